//! One estate whose texts mean harm, through every format of `report` and `actions`.

use std::fs;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use scraper::{Html, Selector};

use crate::small_rubric::small_rubric;
use crate::support::{Estate, GOLDEN_THREAD, parse_json};

/// As YAML and TOML write it in double quotes. It begins as a formula would.
const NASTY: &str = r#"=HYPERLINK(\"https://evil.example\")\n::error file=x,line=1::forged\r\n##[error]x <script>alert(1)</script><img src=x onerror=alert(2)> </style></svg></title>--> | pipe | `tick` **b** _i_ ~~s~~ # h\n\n# heading\n- item\n1. one\n> quote\n\n    code\n![x](https://evil.example/x.png) [x](javascript:alert(3)) <https://evil.example> https://evil.example www.evil.example mail@evil.example @team #12 &lt;b&gt; \u001b[31m\u0007 \u202e \u2066 \ufeff end"#;

/// An address that is one, with what means something in HTML and Markdown.
const ADDRESS: &str = "https://good.example/how?a=1&b=<2>|(3)";
/// Where the rubric leads. Other schemes are refused when it is read.
const HREFS: [&str; 2] = [ADDRESS, "../guidance/how.md"];

fn rubric() -> String {
    let guidance = HREFS.map(|href| format!("{{ title = \"{NASTY}\", href = \"{href}\" }}")).join(", ");
    let lines = |id: &str| format!("title = \"{NASTY} {id}\"\nguidance = [{guidance}]");
    let categories = ["a", "b", "c"].map(|id| (id, lines(id)));
    small_rubric("ours@1", &format!("title = \"{NASTY}\""), &categories)
        .replace("title = \"P\"", &format!("title = \"{NASTY}\""))
}

fn assessed(date: &str, colours: [&str; 3]) -> String {
    let score = |(category, colour): (&str, &str)| {
        format!("      {category}: {{ rag: {colour}, because: \"{NASTY}\" }}\n")
    };
    let scores = ["a", "b", "c"].into_iter().zip(colours).map(score).collect::<String>();
    format!("  - date: {date}\n    rubric: ours@1\n    by: [us]\n    scores:\n{scores}")
}

/// Two services with something in every section of the pack.
fn estate() -> Estate {
    let settings = format!(
        "[estate]\nname = \"{NASTY}\"\n[[domain]]\nid = \"shop\"\ntitle = \"{NASTY}\"\nreviews = [2026-09-29, 2026-11-24]\n"
    );
    let actions = format!(
        "actions:\n  - {{ what: \"{NASTY}\", owner: \"{NASTY}\", because: \"{NASTY}\", raised: 2026-09-01, due: 2026-10-02, support: \"{NASTY}\" }}\n  \
         - {{ what: \"{NASTY}\", category: b, raised: 2026-09-01, done: 2026-11-02 }}\n"
    );
    let waiver = format!(
        "waivers:\n  - {{ category: c, until: 2026-12-31, because: \"{NASTY}\", approved-by: \"{NASTY}\" }}\n"
    );
    let before = assessed("2026-06-01", ["amber", "red", "red"]);
    let now = assessed("2026-11-10", ["red", "red", "green"]);
    let head = format!("title: \"{NASTY}\"\ntags: [\"{NASTY}\"]\n{GOLDEN_THREAD}");
    let rest = format!("{before}{now}{actions}{waiver}");
    let slo = "=1+1 <b>x</b> | [x](javascript:alert(7)) https://evil.example";
    let slos = format!(
        "service,slo,period,objective,attained\none,{slo},2026-09,99%,98%\none,{slo},2026-10,99%,99.5%\n"
    );
    Estate::empty()
        .with("fundamentals.toml", &settings)
        .with("rubric/ours/v1.toml", &rubric())
        .with("slo/all.csv", &slos)
        .with_service("one", &head, &rest)
        .with_service("two", &head, &rest)
}

/// The text as whoever wrote it meant it.
fn nasty() -> String {
    serde_yaml::from_str(&format!("\"{NASTY}\"")).expect("it is YAML")
}

fn acts(letter: char) -> bool {
    let reorders = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    letter.is_control() && !matches!(letter, '\n' | '\r') || reorders
}

#[test]
fn nothing_acts_on_a_terminal_or_a_log_in_any_format() {
    let estate = estate();
    let formats = ["table", "markdown", "html", "csv", "json"];
    let packs = formats.map(|format| format!("report --domain shop --format {format}"));
    let summaries = formats.map(|format| format!("report --format {format}"));
    let others = ["table", "markdown", "csv", "json"];
    let actions = others.map(|format| format!("actions --format {format}"));
    let upcoming = others.map(|format| format!("report --upcoming --format {format}"));
    for args in packs.iter().chain(&summaries).chain(&actions).chain(&upcoming) {
        let out = estate.run(args).fine();
        assert!(!out.contains(acts), "{args}: {out:?}");
        assert!(!out.contains("##["), "{args}: {out}");
        assert!(!out.lines().any(|line| line.trim_start().starts_with("::")), "{args}: {out}");
        assert!(out.contains("end"), "{args}: the text is there");
    }
}

#[test]
fn no_text_becomes_markdown() {
    let estate = estate();
    for args in ["report --domain shop", "report", "actions", "report --upcoming"] {
        let out = estate.run(&format!("{args} --format markdown")).fine();
        let arena = Arena::new();
        let mut options = Options::default();
        options.extension.strikethrough = true;
        options.extension.table = true;
        options.extension.autolink = true;
        options.extension.tasklist = true;
        options.extension.footnotes = true;
        options.extension.superscript = true;
        let root = parse_document(&arena, &out, &options);
        for node in root.descendants() {
            let value = &node.data.borrow().value;
            let is_ours = matches!(
                value,
                NodeValue::Document
                    | NodeValue::Heading(_)
                    | NodeValue::Paragraph
                    | NodeValue::Text(_)
                    | NodeValue::SoftBreak
                    | NodeValue::List(_)
                    | NodeValue::Item(_)
                    | NodeValue::Table(_)
                    | NodeValue::TableRow(_)
                    | NodeValue::TableCell
                    // The letter of a colour.
                    | NodeValue::Strong
            );
            // The command that makes the pack again.
            let is_ours = is_ours
                || matches!(value, NodeValue::CodeBlock(block) if block.literal.starts_with("fundamentals "));
            assert!(is_ours, "{args}: {value:?}");
            if let NodeValue::Heading(heading) = value {
                assert!(heading.level <= 3, "{args}: {value:?}");
            }
        }
        let rows = out.lines().filter(|line| line.starts_with('|')).count();
        let parsed = root.descendants().filter(|it| matches!(it.data.borrow().value, NodeValue::TableRow(_)));
        let rules = out.lines().filter(|line| line.starts_with("| --- ")).count();
        assert_eq!(parsed.count(), rows - rules, "{args}: a row is a row");
    }
}

#[test]
fn no_text_becomes_an_element_or_a_link_of_the_page() {
    let estate = estate();
    for args in ["report --domain shop --format html", "report --format html"] {
        let out = estate.run(args).fine();
        let page = Html::parse_document(&out);
        assert_eq!(page.errors, Vec::<String>::new(), "{args}");
        let select = |selector: &str| page.select(&Selector::parse(selector).expect("a selector")).count();
        assert_eq!(
            (select("script"), select("style"), select("h1"), select("title")),
            (1, 1, 1, 1 + select("svg title"))
        );
        for forbidden in
            ["img", "iframe", "object", "embed", "base", "form", "link", "b > b", "[onerror]", "[onload]"]
        {
            assert_eq!(select(forbidden), 0, "{args}: {forbidden}");
        }
        let links = Selector::parse("a[href]").expect("a selector");
        for link in page.select(&links) {
            let href = link.value().attr("href").unwrap_or_default();
            assert!(href.starts_with('#') || href == ADDRESS, "{args}: {href}");
        }
        let text: String = page.root_element().text().collect();
        assert!(text.contains("<script>alert(1)</script><img src=x onerror=alert(2)>"), "{args}");
    }
}

#[test]
fn json_gives_texts_back_as_they_are() {
    let estate = estate();
    let report = parse_json(&estate.run("report --domain shop --format json").fine());
    assert_eq!(report["about"]["title"], nasty().as_str());
    assert_eq!(report["map"]["rows"][0]["service"]["title"], nasty().as_str());
    assert_eq!(report["waivers"][0]["because"], nasty().as_str());
    let actions = parse_json(&estate.run("actions --format json").fine());
    assert_eq!(actions["commitments"]["lines"][0]["what"], nasty().as_str());
}

#[test]
fn no_text_becomes_a_formula_or_a_link_of_a_spreadsheet() {
    let estate = estate();
    let report = parse_json(&estate.run("report --domain shop --format json").fine());
    let sections: Vec<_> = report.as_object().expect("an object").keys().cloned().collect();
    // Movements are a part of the glance.
    let others = ["format", "about", "movements"];
    for section in sections.iter().filter(|section| !others.contains(&section.as_str())) {
        let section = section.replace('_', "-");
        let out = estate.run(&format!("report --domain shop --format csv --section {section}")).fine();
        let mut rows = csv::ReaderBuilder::new().from_reader(out.as_bytes());
        for row in rows.records() {
            for field in &row.expect("a row") {
                let is_number = field.parse::<f64>().is_ok();
                assert!(
                    is_number || !field.trim_start().starts_with(['=', '+', '-', '@']),
                    "{section}: {field}"
                );
            }
        }
    }
    assert_eq!(estate.run("report --domain shop -o pack.xlsx").fine(), "");
    let bytes = fs::read(estate.path().join("pack.xlsx")).expect("the workbook is there");
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let mut shown = 0;
    for name in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&name).expect("the sheet can be read");
        assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "{name}");
        let cells = workbook.worksheet_range(&name).expect("the sheet can be read");
        for (_, _, cell) in cells.used_cells() {
            if let Data::String(text) = cell {
                assert!(!text.contains(|letter| acts(letter) || letter == '\u{fffe}'), "{name}: {text:?}");
                shown += usize::from(text.contains("HYPERLINK"));
            }
        }
    }
    assert!(shown > 20, "the texts are there, as texts");
}

#[test]
fn an_address_with_another_scheme_never_gets_as_far_as_a_pack() {
    for href in ["javascript:alert(4)", " JaVaScRiPt:alert(5)", "data:text/html,<b>"] {
        let estate = estate().with("rubric/ours/v1.toml", &rubric().replace("../guidance/how.md", href));
        let run = estate.run("report --domain shop --format html");
        assert_eq!((run.code, run.out.as_str()), (3, ""), "{href}");
    }
}

#[test]
fn a_filter_with_a_nasty_tag_is_refused_without_repeating_what_acts() {
    let estate = estate();
    let mut command = crate::support::command(estate.path(), "report --domain shop --format json");
    let run = crate::support::ended(command.args(["--tag", &nasty()]));
    // The tag holds a comma, at which the flag's values part.
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(!run.err.contains(acts), "{:?}", run.err);
}
