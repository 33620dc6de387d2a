//! `fundamentals report` as CSV and as a workbook: the tables, their headers, and that nothing in them acts.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use serde_json::Value;

use crate::support::{
    CsvRows, ELSEWHERE, Estate, GOLDEN_THREAD, assert_snapshot, assessed, parse_csv, parse_json, run, run_in,
    shop,
};

/// The sections of a domain's pack.
const SECTIONS: [&str; 8] =
    ["glance", "changes", "map", "hot-spots", "commitments", "slos", "talk", "waivers"];

/// A domain with something in every section: a drop, a recovery, promises kept and broken, objectives missed.
fn estate() -> Estate {
    let bag = assessed("2026-06-01", "logging: amber, load-testing: green, tracing: green")
        + &assessed("2026-11-10", "load-testing: { rag: red, because: \"The rig is broken\n\nsince May\" }")
        + "actions:\n  - { what: Mend the rig, raised: 2026-11-10, due: 2026-11-15, category: load-testing, \
           target: amber, support: platform, owner: us }\n"
        + "waivers:\n  - { category: load-testing, until: 2026-11-30, because: Sale first, approved-by: ada }\n";
    let till = assessed("2026-06-01", "logging: red, load-testing: red")
        + &assessed("2026-11-01", "logging: green")
        + "actions:\n  - { what: Log more, raised: 2026-06-01, due: 2026-11-02, done: 2026-11-01, \
           category: logging, target: green }\n";
    Estate::empty()
        .with(
            "fundamentals.toml",
            "[[domain]]\nid = \"shop\"\ntitle = \"Shop\"\nreviews = [2026-07-01, 2026-10-01, 2026-12-01]\n",
        )
        .with_service("bag", &format!("title: Bag\n{GOLDEN_THREAD}"), &bag)
        .with_service("till", ELSEWHERE, &till)
        .with(
            "slo/results.csv",
            "service,slo,period,objective,attained\ntill,availability,2026-09,99.9%,99.95%\n\
             till,availability,2026-10,99.9%,99.5%\n",
        )
}

/// The sections of the small domain; the map and hot spots with three categories.
fn section(section: &str) -> String {
    let few = "--category logging,load-testing,tracing";
    estate().run(&format!("report --domain shop {few} --section {section} --format csv")).fine()
}

#[test]
fn every_section_is_one_table() {
    for name in SECTIONS {
        assert_snapshot!(format!("report-csv-{name}"), section(name));
    }
    assert_snapshot!("report-csv-domains", run("report --format csv").fine());
}

/// Columns are only ever added at the end: whoever reads one by its number or name keeps finding it.
#[test]
fn headers_only_grow_at_their_end() {
    const SERVICE: &str = "platform,service,service_title,golden_thread,";
    const COUNTS: &str = "red,amber,green,not_applicable,not_assessed,needs_rescore,applicable,stale,carried";
    const SERVICES: &str = "services,services_red,services_amber,services_green,services_incomplete,\
                            services_not_assessed,services_not_applicable";
    const CHANGES: &str = "dropped,slipped,improved,first_rated,no_longer_rated";
    let contract = [
        ("glance", format!("which,when,as_of,{SERVICES},{COUNTS},{CHANGES}")),
        (
            "changes",
            format!(
                "{SERVICE}pillar,category,category_title,kind,label,reviews,before,before_because,before_judged,\
                 before_inherited_from,now,now_because,now_judged,now_inherited_from,red_on"
            ),
        ),
        (
            "map",
            format!(
                "{SERVICE}pillar,category,category_title,status,since,reviewed,stale,carried,inherited_from,\
                 because,asked,service_colour"
            ),
        ),
        (
            "hot-spots",
            format!("pillar,category,category_title,{COUNTS},services,remark,guidance_gap,guidance"),
        ),
        (
            "commitments",
            format!(
                "domain,{SERVICE}what,because,category,owner,support,raised,due,done,target,status,new,effect,\
                 colour_now,remark"
            ),
        ),
        (
            "slos",
            format!(
                "{SERVICE}colour,slo,month,objective_percent,attained_percent,met,budget_left_percent,question"
            ),
        ),
        ("talk", "nr,text,went_well,team".to_owned()),
        ("waivers", format!("{SERVICE}category,status,until,in_days,because,approved_by")),
    ];
    for (name, header) in &contract {
        let csv = section(name);
        assert!(csv.starts_with(header.as_str()), "{name}: {}", csv.lines().next().unwrap_or_default());
    }
    let domains = run("report --format csv").fine();
    let header = format!(
        "domain,domain_title,{SERVICES},{COUNTS},{CHANGES},since,since_basis,next_review,next_review_planned,\
         next_review_in_days,open_commitments,overdue_commitments"
    );
    assert!(domains.starts_with(&header), "{domains}");
}

#[test]
fn csv_is_the_map_unless_told_otherwise_and_the_domains_in_a_summary() {
    let csv = |args: &str| run(&format!("report --format csv {args}")).fine();
    assert_eq!(csv("--domain shopping"), csv("--domain shopping --section map"));
    assert_eq!(csv(""), csv("--section domains"));
}

/// Texts that spreadsheets take for formulas, or that act elsewhere.
const NASTY: [&str; 9] = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\\t=1+1",
    "=HYPERLINK(\\\"https://evil.example.com\\\",\\\"Click\\\")",
    "=cmd|'/C calc'!A0",
    "https://example.com/=1",
    "\\e[31m\\x01 =1 \\uFFFF _x0041_",
];

/// An estate whose every text is one of them.
fn nasty() -> Estate {
    NASTY.iter().zip('a'..).fold(Estate::empty(), |estate, (text, id)| {
        let head = format!("title: \"{text}\"\n{ELSEWHERE}");
        let red = format!("logging: {{ rag: red, because: \"{text}\" }}");
        let rest = assessed("2026-11-01", &red)
            + &format!(
                "actions:\n  - {{ what: \"{text}\", because: \"{text}\", owner: \"{text}\", support: \"{text}\", \
                 raised: 2026-11-01 }}\nwaivers:\n  - {{ category: logging, until: 2026-12-01, because: \"{text}x\", \
                 approved-by: \"{text}x\" }}\n"
            );
        estate.with_service(&format!("service-{id}"), &head, &rest)
    })
}

#[test]
fn no_field_of_a_csv_is_a_formula_and_negative_numbers_are_numbers() {
    let estate = nasty();
    for name in SECTIONS {
        let csv = estate.run(&format!("report --domain shop --section {name} --format csv")).fine();
        assert!(!csv.contains(['\u{1b}', '\u{1}', '\t']), "{csv}");
        for (column, field) in parse_csv(&csv).into_iter().flatten() {
            let is_number = field.parse::<f64>().is_ok();
            assert!(is_number || !field.trim_start().starts_with(['=', '+', '-', '@']), "{column}: {field}");
        }
    }
    let slos = parse_csv(&section("slos"));
    let overspent = slos.iter().find(|row| row["month"] == "2026-10").expect("a month");
    assert_eq!(overspent["budget_left_percent"].parse::<f64>().map(f64::round), Ok(-400.0));
}

type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// Makes a workbook of an estate.
#[track_caller]
fn bytes(estate: &Path, args: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("pack.xlsx");
    let path_text = path.to_str().expect("a path in UTF-8");
    assert_eq!(run_in(estate, &format!("report {args} -o {path_text}")).fine(), "");
    fs::read(path).expect("the workbook is there")
}

fn workbook(estate: &Path, args: &str) -> Workbook {
    open_workbook_from_rs(Cursor::new(bytes(estate, args))).expect("it is a workbook")
}

fn sheet(workbook: &mut Workbook, name: &str) -> Range<Data> {
    workbook.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The sheet of a workbook that holds what CSV has of a section.
const SHEETS: [(&str, &str); 8] = [
    ("glance", "At a glance"),
    ("changes", "What changed"),
    ("map", "Judgements"),
    ("hot-spots", "Hot spots"),
    ("commitments", "Commitments"),
    ("slos", "SLOs beside scores"),
    ("talk", "Worth talking about"),
    ("waivers", "Waivers and small print"),
];

#[test]
fn a_workbook_says_what_it_is_about_and_then_each_section() {
    let names = workbook(&shop(), "--domain shopping").sheet_names();
    assert_eq!(
        names,
        [
            "About",
            "At a glance",
            "Trend",
            "Joined, moved, left",
            "What changed",
            "The map",
            "Judgements",
            "Hot spots",
            "Support",
            "Commitments",
            "SLOs beside scores",
            "Worth talking about",
            "Waivers and small print"
        ]
    );
    let summary = workbook(&shop(), "").sheet_names();
    assert_eq!(
        summary,
        [
            "About",
            "At a glance",
            "Trend",
            "Joined, moved, left",
            "Domains",
            "Hot spots",
            "Support",
            "Waivers and small print"
        ]
    );
    let one = workbook(&shop(), "--domain shopping --section talk").sheet_names();
    assert_eq!(one, ["About", "Worth talking about"]);
}

/// What CSV writes for a cell.
fn as_in_csv(cell: &Data) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) => text.clone(),
        Data::Bool(is_so) => is_so.to_string(),
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        Data::Empty => String::new(),
        Data::DateTimeIso(_) | Data::DurationIso(_) | Data::Error(_) => panic!("unexpected: {cell:?}"),
    }
}

/// A text of a CSV as cells have it: a cell keeps its line breaks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Rows of a CSV, the header first.
fn rows_of(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    let rows = reader.records().map(|row| row.expect("rows are as wide as the header"));
    rows.map(|row| row.iter().map(one_line).collect()).collect()
}

/// What looks like a number, a day or a truth is one, and no text.
#[track_caller]
fn assert_is_of_its_kind(cell: &Data, field: &str) {
    let is_day = field.len() == 10 && field.split('-').all(|part| part.parse::<u16>().is_ok());
    match field {
        "" => assert_eq!(cell, &Data::Empty),
        "true" | "false" => assert!(matches!(cell, Data::Bool(_)), "{cell:?}"),
        _ if is_day => assert!(matches!(cell, Data::DateTime(_)), "{cell:?}"),
        _ if field.parse::<f64>().is_ok() => assert!(matches!(cell, Data::Float(_)), "{cell:?}"),
        _ => assert!(matches!(cell, Data::String(_)), "{cell:?}"),
    }
}

#[test]
fn a_workbook_has_the_same_numbers_days_and_words_as_the_csv() {
    let small = estate();
    for (folder, domain) in [(shop().as_path(), "shopping"), (small.path(), "shop")] {
        let mut workbook = workbook(folder, &format!("--domain {domain}"));
        for (section, name) in SHEETS {
            let args = format!("report --domain {domain} --section {section} --format csv");
            let rows = rows_of(&run_in(folder, &args).fine());
            let cells = sheet(&mut workbook, name);
            for (cell, field) in cells.rows().flatten().zip(rows.iter().flatten()).skip(rows[0].len()) {
                assert_is_of_its_kind(cell, field);
            }
            let cells = cells.rows().map(|row| row.iter().map(|cell| one_line(&as_in_csv(cell))).collect());
            let cells: Vec<Vec<_>> = cells.collect();
            assert_eq!(cells[1..], rows[1..], "{name}");
        }
    }
}

/// A JSON value as CSV has it.
fn as_text(json: &Value) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
}

#[test]
fn numbers_are_those_of_the_json() {
    let json = parse_json(&run("report --domain shopping --format json").fine());
    let mut workbook = workbook(&shop(), "--domain shopping");
    let glance = sheet(&mut workbook, "At a glance");
    let now = glance.rows().nth(1).expect("a row");
    let line = &json["glance"]["lines"][0];
    let number = |json: &Value| Data::Float(json.as_f64().expect("a number"));
    assert_eq!(now[3], number(&line["total"]));
    assert_eq!(now[10], number(&line["now"]["judgements"]["red"]));
    assert_eq!(now[12], number(&line["now"]["judgements"]["green"]));
    assert_eq!(now[16], number(&line["now"]["judgements"]["applicable"]));
    assert!(matches!(now[2], Data::DateTime(_)), "{:?}", now[2]);
    let judgements: CsvRows = parse_csv(&run("report --domain shopping --format csv").fine());
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for row in &judgements {
        *counted.entry(row["status"].replace('-', "_")).or_default() += 1;
    }
    let all = json["glance"]["lines"].as_array().and_then(|lines| lines.last()).expect("all services");
    for (status, count) in counted {
        assert_eq!(all["now"]["judgements"][&status], count, "{status}");
    }
    let commitments = parse_csv(&run("report --domain shopping --section commitments --format csv").fine());
    for (row, line) in commitments.iter().zip(json["commitments"]["lines"].as_array().expect("a list")) {
        for column in ["what", "raised", "status", "remark", "domain", "new"] {
            assert_eq!(row[column], as_text(&line[column]), "{column}");
        }
    }
    assert_eq!(commitments.len(), json["commitments"]["lines"].as_array().map_or(0, Vec::len));
}

#[test]
fn the_map_of_a_workbook_is_the_map() {
    let json = parse_json(&run("report --domain shopping --section map --format json").fine());
    let map = sheet(&mut workbook(&shop(), "--domain shopping"), "The map");
    let letters = BTreeMap::from([
        ("green", "G"),
        ("amber", "A"),
        ("red", "R"),
        ("not-applicable", "n/a"),
        ("not-assessed", "·"),
        ("needs-rescore", "?"),
    ]);
    let rows = json["map"]["rows"].as_array().expect("a list");
    // Below the rubrics, their pillars and categories.
    for (cells, row) in map.rows().skip(3).zip(rows) {
        assert_eq!(as_in_csv(&cells[0]), as_text(&row["service"]["title"]));
        let categories = row["cells"].as_array().expect("a list");
        assert_eq!(cells.len(), 5 + categories.len());
        for (cell, category) in cells[5..].iter().zip(categories) {
            let letter = as_in_csv(cell);
            assert_eq!(letter.trim_matches(['»', '↥', '~']), letters[as_text(&category["status"]).as_str()]);
            assert_eq!(letter.contains('~'), category["stale"] == true, "{letter}");
            assert_eq!(letter.contains('↥'), !category["inherited_from"].is_null(), "{letter}");
        }
    }
}

#[test]
fn the_same_files_make_the_same_workbook() {
    assert_eq!(bytes(&shop(), "--domain shopping"), bytes(&shop(), "--domain shopping"));
}

#[test]
fn no_cell_of_a_workbook_is_a_formula_or_a_link_whatever_the_texts() {
    let estate = nasty();
    let mut workbook = workbook(estate.path(), "--domain shop");
    let mut texts = Vec::new();
    for name in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&name).expect("the sheet is there");
        assert!(formulas.is_empty(), "{name}: {formulas:?}");
        texts.extend(sheet(&mut workbook, &name).cells().map(|(_, _, cell)| as_in_csv(cell)));
    }
    for text in &NASTY[..4] {
        assert!(texts.iter().any(|cell| cell == text), "{text}");
    }
    assert!(texts.iter().any(|cell| cell == "␛[31m␁ =1 \u{fffd} _x0041_"), "{texts:?}");
    let bytes = bytes(estate.path(), "--domain shop");
    let mut archive = zip_names(&bytes);
    archive.retain(|name| name.contains("_rels/sheet") || name.contains("externalLink"));
    assert_eq!(archive, Vec::<String>::new(), "a sheet refers to something outside of it");
}

/// The names of the files in an archive, from its table of contents.
fn zip_names(bytes: &[u8]) -> Vec<String> {
    let starts = bytes.windows(4).enumerate().filter(|(_, it)| it == b"PK\x01\x02").map(|(at, _)| at);
    let name = |at: usize| {
        let length = usize::from(u16::from_le_bytes([bytes[at + 28], bytes[at + 29]]));
        String::from_utf8_lossy(&bytes[at + 46..at + 46 + length]).into_owned()
    };
    let names: Vec<_> = starts.map(name).collect();
    assert!(names.iter().any(|name| name == "xl/workbook.xml"), "{names:?}");
    names
}

#[test]
fn a_text_that_is_too_long_for_a_cell_ends_with_a_sign_of_that() {
    let long = "long ".repeat(8_000);
    let rest = assessed("2026-11-01", &format!("logging: {{ rag: red, because: {} }}", long.trim()));
    let estate = Estate::empty().with_service("wordy", ELSEWHERE, &rest);
    let cells = sheet(&mut workbook(estate.path(), "--domain shop"), "Judgements");
    let longest = cells.cells().map(|(_, _, cell)| as_in_csv(cell)).max_by_key(String::len).expect("cells");
    assert_eq!(longest.chars().count(), 32_767);
    assert!(longest.ends_with('…'));
}
