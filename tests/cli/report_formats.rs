//! One pack of a small estate in every format: what each looks like.

use std::fs;
use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx, open_workbook_from_rs};

use crate::excerpts::{assert_sections, dense, member};
use crate::report_html::tiny;
use crate::support::assert_snapshot;

#[test]
fn one_pack_for_a_terminal() {
    assert_snapshot!("pack_table", tiny().run("report --domain shop").fine());
}

#[test]
fn one_pack_for_a_code_host() {
    assert_snapshot!("pack_markdown", tiny().run("report --domain shop --format markdown").fine());
}

#[test]
fn one_pack_for_programs() {
    let pack = tiny().run("report --domain shop --format json").fine();
    let members = assert_sections("pack_json", &dense(&pack), member);
    let sections = [
        "about",
        "glance",
        "changes",
        "map",
        "hot_spots",
        "commitments",
        "slos",
        "talk",
        "waivers",
        "movements",
    ];
    assert_eq!(members[1..], sections);
}

#[test]
fn one_pack_for_scripts() {
    let sections = ["glance", "changes", "map", "hot-spots", "commitments", "slos", "talk", "waivers"];
    let section = |section: &str| {
        let csv = tiny().run(&format!("report --domain shop --format csv --section {section}")).fine();
        format!("{section}\n{csv}\n")
    };
    assert_snapshot!("pack_csv", sections.map(section).concat().replace("\r\n", "\n"));
}

fn workbook() -> Vec<u8> {
    let estate = tiny();
    assert_eq!(estate.run("report --domain shop -o pack.xlsx").fine(), "");
    fs::read(estate.path().join("pack.xlsx")).expect("the workbook is there")
}

#[test]
fn one_pack_as_a_workbook() {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(workbook())).expect("a workbook");
    let mut text = String::new();
    for name in workbook.sheet_names() {
        text.push_str(&format!("[{name}]\n"));
        let sheet = workbook.worksheet_range(&name).expect("the sheet can be read");
        for row in sheet.rows() {
            let cells: Vec<_> = row.iter().map(ToString::to_string).collect();
            text.push_str(&format!("{}\n", cells.join(" | ").trim_end()));
        }
    }
    assert_snapshot!("pack_xlsx", text);
}

/// What a reader's program makes of it: heads stay in sight, rows can be filtered, colours follow the words.
#[test]
fn a_workbooks_tables_have_a_frozen_head_a_filter_and_colours_by_rules() {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook())).expect("a workbook is an archive");
    let names = archive.file_names().map(|name| name.expect("a name").into_owned());
    let names: Vec<_> = names.filter(|name| name.starts_with("xl/worksheets/sheet")).collect();
    assert!(names.len() > 8, "{names:?}");
    let (mut frozen, mut filtered, mut coloured) = (0, 0, 0);
    for name in &names {
        let mut xml = String::new();
        let mut file = archive.by_name(name).expect("the sheet is there");
        file.read_to_string(&mut xml).expect("the sheet is text");
        frozen += usize::from(xml.contains("state=\"frozen\""));
        filtered += usize::from(xml.contains("<autoFilter "));
        coloured += usize::from(xml.contains("<conditionalFormatting "));
        assert!(!xml.contains("<f>") && !xml.contains("<hyperlink"), "{name}: no formula, no link");
    }
    // The first sheet is about the workbook: it is no table.
    assert!(frozen >= names.len() - 1 && filtered >= names.len() - 1, "{frozen} frozen, {filtered} filtered");
    assert!(coloured >= 5, "{coloured} with colours");
}
