//! The same numbers in every format of a pack, each read from what the format prints.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::support::{Estate, parse_csv, parse_json};

/// What a pack says in numbers: a name for each, such as `glance All services red`.
type Numbers = BTreeMap<String, usize>;

const KINDS: [(&str, &str); 7] = [
    ("dropped", "Dropped to red"),
    ("first_rated", "Rated for the first time, and not green"),
    ("slipped", "Slipped to amber"),
    ("no_longer_rated", "No longer rated"),
    ("still_red", "Still red"),
    ("recovered", "Dropped and put right"),
    ("improved", "Improved"),
];
const STATUSES: [(&str, &str); 4] =
    [("overdue", "Overdue"), ("open", "Open"), ("slipped", "Slipped: done, but late"), ("kept", "Kept")];
/// Services by colour; what is neither red, amber nor green is added up.
const COLOURS: [&str; 4] = ["red", "amber", "green", "other"];

/// The example shop, with a commitment that slipped and one more waiver.
fn estate() -> Estate {
    let file = "services/customer/identity-api.yaml";
    let estate = Estate::shop();
    let more = "      - { what: Rehearse, raised: 2026-06-01, due: 2026-11-01, done: 2026-11-10 }\n";
    assert!(estate.read(file).contains("actions:\n"), "there are actions to add to");
    let text = estate.read(file).replacen("actions:\n", &format!("actions:\n{}", &more[4..]), 1);
    let waiver =
        "waivers:\n  - { category: failure-testing, until: 2026-12-31, because: x, approved-by: y }\n";
    estate.with(file, &format!("{text}{waiver}"))
}

fn count_all(numbers: &mut Numbers, name: &str, words: impl IntoIterator<Item = String>) {
    for word in words {
        *numbers.entry(format!("{name} {word}")).or_default() += 1;
    }
}

fn json(estate: &Estate, domain: &str) -> Numbers {
    let report = parse_json(&estate.run(&format!("report --domain {domain} --format json")).fine());
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("a small one");
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let word = |value: &Value| value.as_str().expect("a word").to_owned();
    let mut numbers = Numbers::new();
    for line in list(&report["glance"]["lines"]) {
        let title = word(&line["title"]);
        let mut put = |name: &str, value: usize| numbers.insert(format!("glance {title} {name}"), value);
        put("total", number(&line["total"]));
        for when in ["now", "before"] {
            let services = &line[when]["services"];
            for colour in ["red", "amber", "green"] {
                put(&format!("{when} {colour}"), number(&services[colour]));
            }
            let other = ["incomplete", "not_assessed", "not_applicable"].map(|it| number(&services[it]));
            put(&format!("{when} other"), other.iter().sum());
            let judgements = &line[when]["judgements"];
            put(&format!("{when} green judgements"), number(&judgements["green"]));
        }
        put("applicable", number(&line["now"]["judgements"]["applicable"]));
    }
    for (kind, _) in KINDS {
        numbers.insert(format!("changes {kind}"), number(&report["changes"]["counts"][kind]));
    }
    let cells = list(&report["map"]["rows"]).into_iter().flat_map(|row| list(&row["cells"]));
    count_all(&mut numbers, "map", cells.filter(|cell| !cell.is_null()).map(|cell| word(&cell["status"])));
    for (status, _) in STATUSES {
        numbers.insert(format!("commitments {status}"), number(&report["commitments"]["counts"][status]));
    }
    numbers.insert("hot spots".to_owned(), list(&report["hot_spots"]["spots"]).len());
    let months = list(&report["slos"]["lines"]).into_iter().flat_map(|slo| list(&slo["months"]));
    numbers.insert("months".to_owned(), months.filter(|month| !month.is_null()).count());
    numbers.insert("prompts".to_owned(), list(&report["talk"]).len());
    numbers.insert("waivers".to_owned(), list(&report["waivers"]).len());
    numbers
}

/// Rows of tables by the id of their section, each a map from a column's name to its text.
type Tables = BTreeMap<&'static str, Vec<BTreeMap<String, String>>>;

/// What the tidy tables of CSV and workbook say.
fn from_tables(tables: &Tables) -> Numbers {
    let mut numbers = Numbers::new();
    let number = |row: &BTreeMap<String, String>, column: &str| {
        row[column].parse::<usize>().unwrap_or_else(|_| panic!("{column} of {row:?}"))
    };
    for row in &tables["glance"] {
        let (title, when) = (&row["which"], &row["when"]);
        let mut put = |name: String, value: usize| numbers.insert(format!("glance {title} {name}"), value);
        for colour in ["red", "amber", "green"] {
            put(format!("{when} {colour}"), number(row, &format!("services_{colour}")));
        }
        let other = ["incomplete", "not_assessed", "not_applicable"];
        put(format!("{when} other"), other.iter().map(|it| number(row, &format!("services_{it}"))).sum());
        put(format!("{when} green judgements"), number(row, "green"));
        if when == "now" {
            put("total".to_owned(), number(row, "services"));
            put("applicable".to_owned(), number(row, "applicable"));
        }
    }
    let words = |section: &str, column: &str| {
        let rows = tables[section].iter().map(|row| row[column].replace('-', "_"));
        rows.collect::<Vec<_>>()
    };
    let count = |section: &str, column: &str, word: &str| {
        words(section, column).iter().filter(|it| it.as_str() == word).count()
    };
    for (kind, _) in KINDS {
        numbers.insert(format!("changes {kind}"), count("changes", "kind", kind));
    }
    for (status, _) in STATUSES {
        numbers.insert(format!("commitments {status}"), count("commitments", "status", status));
    }
    let statuses = tables["map"].iter().map(|row| row["status"].clone());
    count_all(&mut numbers, "map", statuses);
    numbers.insert("hot spots".to_owned(), tables["hot-spots"].len());
    let measured = tables["slos"].iter().filter(|row| !row["attained_percent"].is_empty());
    numbers.insert("months".to_owned(), measured.count());
    numbers.insert("prompts".to_owned(), tables["talk"].len());
    numbers.insert("waivers".to_owned(), tables["waivers"].len());
    numbers
}

const SECTIONS: [(&str, &str); 8] = [
    ("glance", "At a glance"),
    ("changes", "What changed"),
    ("map", "Judgements"),
    ("hot-spots", "Hot spots"),
    ("commitments", "Commitments"),
    ("slos", "SLOs beside scores"),
    ("talk", "Worth talking about"),
    ("waivers", "Waivers"),
];

fn csv(estate: &Estate, domain: &str) -> Numbers {
    let table = |section: &'static str| {
        (
            section,
            parse_csv(
                &estate.run(&format!("report --domain {domain} --format csv --section {section}")).fine(),
            ),
        )
    };
    from_tables(&SECTIONS.map(|(section, _)| table(section)).into())
}

/// The workbook's sheets have headings for people in the order of the columns of CSV, so these name them here.
fn xlsx(estate: &Estate, domain: &str) -> Numbers {
    assert_eq!(estate.run(&format!("report --domain {domain} -o pack.xlsx")).fine(), "");
    let bytes = fs::read(estate.path().join("pack.xlsx")).expect("the workbook is there");
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let mut table = |(section, title): (&'static str, &str)| {
        let names = workbook.sheet_names();
        let name = names.iter().find(|name| name.starts_with(title));
        let name = name.unwrap_or_else(|| panic!("a sheet {title} among {names:?}")).clone();
        let sheet: Range<Data> = workbook.worksheet_range(&name).expect("the sheet can be read");
        let header = estate.run(&format!("report --domain {domain} --format csv --section {section}")).fine();
        let header: Vec<_> =
            header.lines().next().unwrap_or_default().split(',').map(str::to_owned).collect();
        let rows = sheet.rows().skip(1).map(|row| {
            let texts = row.iter().map(Data::to_string);
            header.iter().cloned().zip(texts).collect()
        });
        (section, rows.collect())
    };
    from_tables(&SECTIONS.map(&mut table).into())
}

/// `7 (6)`: now, and before in brackets.
fn now_and_before(text: &str) -> (usize, usize) {
    let (now, before) = text.split_once(" (").unwrap_or_else(|| panic!("now (before): {text}"));
    (digits(now), digits(before))
}

fn digits(text: &str) -> usize {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("a number: {text}"))
}

/// What a pack for a terminal or a code host says. `cells` takes a line of a table apart.
fn from_text(text: &str, cells: impl Fn(&str) -> Vec<String>, is_item: impl Fn(&str) -> bool) -> Numbers {
    let mut numbers = Numbers::new();
    let (mut part, mut section) = (String::new(), String::new());
    let mut prompts = 0;
    for line in text.lines() {
        let heading = line.trim_start_matches(['#', '─', ' ']).trim_end_matches(['─', ' ']);
        if line.starts_with("## ") || line.starts_with("── ") {
            heading.clone_into(&mut section);
        }
        part = match heading {
            "Services" | "Judgements" => heading.to_owned(),
            _ => part,
        };
        for title in ["Golden Thread", "All services"] {
            let is_row = section == "At a glance" && line.trim_start_matches("| ").starts_with(title);
            if is_row {
                let cells = cells(line);
                let mut put = |name: String, value| numbers.insert(format!("glance {title} {name}"), value);
                if part == "Services" {
                    put("total".to_owned(), digits(&cells[1]));
                    for (colour, cell) in COLOURS.iter().zip(&cells[2..]) {
                        let (now, before) = now_and_before(cell);
                        put(format!("now {colour}"), now);
                        put(format!("before {colour}"), before);
                    }
                } else {
                    put("applicable".to_owned(), digits(&cells[1]));
                    let (now, before) = now_and_before(&cells[4]);
                    put("now green judgements".to_owned(), now);
                    put("before green judgements".to_owned(), before);
                }
            }
        }
        for (name, titles) in [("changes", KINDS.as_slice()), ("commitments", STATUSES.as_slice())] {
            let is_here = section == "What changed" && name == "changes"
                || section == "Commitments" && name == "commitments";
            for (kind, title) in titles.iter().filter(|_| is_here) {
                let count = heading.strip_prefix(title).and_then(|rest| rest.strip_prefix(" ("));
                numbers.extend(count.map(|count| (format!("{name} {kind}"), digits(count))));
            }
        }
        let spots = usize::from(section == "Hot spots" && is_item(line) && !line.contains("commitment"));
        *numbers.entry("hot spots".to_owned()).or_default() += spots;
        let months = line.split(" · ").filter(|it| it.trim_start_matches([' ', '-']).starts_with("2026-"));
        let months = if section == "SLOs beside scores" { months.count() } else { 0 };
        *numbers.entry("months".to_owned()).or_default() += months;
        let number = format!("{}. ", prompts + 1);
        prompts += usize::from(section == "Worth talking about" && line.trim_start().starts_with(&number));
    }
    for (name, titles) in [("changes", KINDS.as_slice()), ("commitments", STATUSES.as_slice())] {
        for (kind, _) in titles {
            numbers.entry(format!("{name} {kind}")).or_default();
        }
    }
    numbers.insert("prompts".to_owned(), prompts);
    numbers
}

fn table(estate: &Estate, domain: &str) -> Numbers {
    // Wide enough that no line is broken.
    let text = estate.run(&format!("--width 500 report --domain {domain}")).fine();
    // Two spaces or more are between cells.
    let cells = |line: &str| {
        line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let is_spot = |line: &str| line.starts_with("  R ") || line.starts_with("  A ");
    let mut numbers = from_text(&text, cells, is_spot);
    // A service of the map: its name, its colour, its counts, its signs by pillar, and bars.
    let map = text.split("── The map").nth(1).and_then(|rest| rest.split("\n── ").next()).expect("a map");
    let counted = map.lines().filter_map(|line| line.split_once('/'));
    let rows = counted.filter(|(before, _)| before.ends_with(|letter: char| letter.is_ascii_digit()));
    for (_, behind) in rows {
        let signs = behind.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let signs = signs.split(|letter| ('▁'..='█').contains(&letter)).next().unwrap_or_default();
        let signs = signs.chars().filter(|sign| *sign != ' ');
        count_all(&mut numbers, "map", signs.map(|sign| status(&sign.to_string()).to_owned()));
    }
    let waivers = text.split("── Waivers").nth(1).expect("waivers");
    numbers.insert("waivers".to_owned(), waivers.lines().filter(|line| line.starts_with("20")).count());
    numbers
}

fn markdown(estate: &Estate, domain: &str) -> Numbers {
    let text = estate.run(&format!("report --domain {domain} --format markdown")).fine();
    let cells = |line: &str| {
        line.trim_matches('|').split(" | ").map(str::trim).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut numbers = from_text(&text, cells, |line| line.starts_with("- **"));
    let map = text.split("## The map").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("a map");
    let is_of_pillar = |table: &&str| !table.contains("|  | Green |");
    for pillar in map.split("# ").skip(1).filter(is_of_pillar) {
        let rows = pillar.lines().filter(|line| line.starts_with('|')).skip(2);
        let signs = rows.flat_map(|row| cells(row).into_iter().skip(1).collect::<Vec<_>>());
        let signs = signs.filter(|sign| !sign.is_empty());
        count_all(&mut numbers, "map", signs.map(|sign| status(&sign).to_owned()));
    }
    let waivers = text.split("## Waivers").nth(1).expect("waivers");
    numbers.insert("waivers".to_owned(), waivers.lines().filter(|line| line.starts_with("| 20")).count());
    numbers
}

/// The status that a sign stands for, whatever its marks.
fn status(sign: &str) -> &'static str {
    match sign.trim_matches(['~', '\\', '»', '↥', ' ']) {
        "R" | "r" => "red",
        "A" | "a" => "amber",
        "G" | "g" => "green",
        "-" | "n/a" => "not-applicable",
        "·" => "not-assessed",
        "?" => "needs-rescore",
        other => panic!("no sign: {other}"),
    }
}

fn html(estate: &Estate, domain: &str) -> Numbers {
    let page = Html::parse_document(&estate.run(&format!("report --domain {domain} --format html")).fine());
    let select = |selector: &str| -> Vec<ElementRef<'_>> {
        page.select(&Selector::parse(selector).expect("a selector")).collect()
    };
    let text = |element: &ElementRef<'_>| element.text().collect::<String>();
    let mut numbers = Numbers::new();
    for row in select("#glance-table tbody tr") {
        let within = |row: &ElementRef<'_>, selector: &str| {
            let selector = Selector::parse(selector).expect("a selector");
            row.select(&selector).map(|it| it.text().collect::<String>()).collect::<Vec<_>>()
        };
        let title = within(&row, "th").concat();
        let cells = within(&row, "td");
        let was = within(&row, "td .was");
        let now = |at: usize| cells[at].split("was").next().unwrap_or_default().to_owned();
        let of = |text: &str| text.split(" of ").map(digits).collect::<Vec<_>>();
        let mut put = |name: String, value| numbers.insert(format!("glance {} {name}", title.trim()), value);
        put("total".to_owned(), digits(&cells[0]));
        for (at, colour) in COLOURS.iter().enumerate() {
            put(format!("now {colour}"), digits(&now(at + 1)));
            put(format!("before {colour}"), digits(&was[at]));
        }
        put("now green judgements".to_owned(), of(&now(5))[0]);
        put("applicable".to_owned(), of(&now(5))[1]);
        put("before green judgements".to_owned(), of(&was[4])[0]);
    }
    for (kind, _) in KINDS {
        let rows = select(&format!("#changes-{} tbody tr", kind.replace('_', "-"))).len();
        numbers.insert(format!("changes {kind}"), rows);
    }
    let cells = select("#map td[data-status]");
    let statuses = cells.iter().map(|cell| cell.value().attr("data-status").unwrap_or_default().to_owned());
    count_all(&mut numbers, "map", statuses);
    let counts: Vec<_> = select("#commitments .counts dd").iter().map(|it| digits(&text(it))).collect();
    for (at, status) in ["kept", "slipped", "open", "overdue"].iter().enumerate() {
        numbers.insert(format!("commitments {status}"), counts[at]);
    }
    numbers.insert("hot spots".to_owned(), select("#hot-spots .spot").len());
    numbers.insert("months".to_owned(), select("#slos-table tbody td.num .name").len());
    numbers.insert("prompts".to_owned(), select("#talk ol li").len());
    numbers.insert("waivers".to_owned(), select("#waivers-table tbody tr").len());
    numbers
}

#[test]
fn every_format_says_the_same_numbers() {
    let estate = estate();
    let mut sums = Numbers::new();
    for domain in ["shopping", "customer", "engagement"] {
        let expected = json(&estate, domain);
        for (format, numbers) in [
            ("csv", csv(&estate, domain)),
            ("xlsx", xlsx(&estate, domain)),
            ("table", table(&estate, domain)),
            ("markdown", markdown(&estate, domain)),
            ("html", html(&estate, domain)),
        ] {
            assert_eq!(numbers, expected, "{domain} as {format}");
        }
        expected.into_iter().for_each(|(name, number)| *sums.entry(name).or_default() += number);
    }
    let zero: Vec<_> = sums.iter().filter(|(_, sum)| **sum == 0).map(|(name, _)| name.as_str()).collect();
    let told =
        ["changes dropped", "changes improved", "changes slipped", "commitments kept", "months", "waivers"];
    assert!(!told.iter().any(|name| zero.contains(name)), "there is something to compare: {zero:?}");
}
