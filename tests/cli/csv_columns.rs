//! The tables of columns in `docs/formats.md` are what the headers of CSV say, in the same order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::run;

/// The section of the page under a heading.
fn section(heading: &str) -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md");
    let page = fs::read_to_string(page).expect("the page");
    let (_, section) = page.split_once(&format!("\n## {heading}\n")).expect("the section is on the page");
    section.split("\n## ").next().unwrap_or_default().to_owned()
}

/// The rows of the table with a heading, cell by cell.
fn table(section: &str, heading: &str) -> Vec<Vec<String>> {
    let (_, table) = section.split_once(&format!("\n{heading}\n")).expect("the table is on the page");
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// What stands between a pair of marks: every second part.
fn marked(cell: &str, mark: char) -> impl Iterator<Item = String> {
    cell.split(mark).skip(1).step_by(2).map(str::to_owned)
}

fn header(args: &str) -> Vec<String> {
    let csv = run(args).fine();
    let header = csv.split("\r\n").next().expect("a header");
    let columns: Vec<_> = header.split(',').map(str::to_owned).collect();
    let unique: BTreeSet<_> = columns.iter().collect();
    assert_eq!(unique.len(), columns.len(), "each column is named once: {header}");
    columns
}

#[test]
fn the_page_lists_the_columns_of_each_csv_in_their_order() {
    for (heading, args) in [
        ("CSV of `trend`", "trend --format csv"),
        ("CSV of `report --upcoming`", "report --upcoming --format csv"),
        ("CSV of `rubric health`", "rubric health --format csv"),
        (
            "CSV of `import backstage --coverage`",
            "import backstage ../backstage/catalog --coverage --format csv --quiet",
        ),
    ] {
        let rows = table(&section(heading), "| column | holds |");
        let listed: Vec<_> = rows.iter().flat_map(|row| marked(&row[0], '`')).collect();
        assert_eq!(listed, header(args), "{heading}");
    }
}

#[test]
fn the_page_lists_the_columns_of_each_section_of_a_pack_in_their_order() {
    let section = section("CSV of `report`");
    let groups: BTreeMap<_, Vec<_>> = table(&section, "| group | columns |")
        .iter()
        .map(|row| (row[0].clone(), marked(&row[1], '`').collect()))
        .collect();
    let mut listed = BTreeMap::new();
    for row in table(&section, "| section | one row for each | columns |") {
        let columns = row[2].split(", ").flat_map(|part| match groups.get(part) {
            Some(group) => group.clone(),
            None => marked(part, '`').collect(),
        });
        listed.insert(row[0].trim_matches('`').to_owned(), columns.collect::<Vec<_>>());
    }
    for (name, columns) in &listed {
        let scope = if name == "domains" { "" } else { "--domain shopping " };
        assert_eq!(*columns, header(&format!("report {scope}--section {name} --format csv")), "{name}");
    }
    assert_eq!(listed.len(), 9, "each section has a row");
    assert_eq!(listed["commitments"], header("actions --format csv"));
}
