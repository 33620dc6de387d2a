//! `report --format html`: one page that needs nothing else, and in which no text acts. What a browser makes of it is
//! asked in `tests/browser`.

use serde_json::Value;

use crate::excerpts::assert_sections;
use crate::support::{Estate, parse_json, run};

/// A rubric of two pillars, short enough for a page that can be read as a whole.
const RUBRIC: &str = r#"
id = "tiny"
version = "1.0"
title = "Tiny"
published = 2025-01-07

[[pillar]]
id = "seeing"
title = "Seeing"
[[pillar.category]]
id = "logging"
title = "Logging"
question = "Can we see what happened?"
red = "No."
amber = "In part."
green = "Yes."
guidance = [{ title = "How we log", href = "https://wiki.example.com/logging?a=1&b=2" }]

[[pillar]]
id = "standing"
title = "Standing"
[[pillar.category]]
id = "rollback"
title = "Rollback"
question = "Can we go back?"
red = "No."
amber = "In part."
green = "Yes."
"#;

const SETTINGS: &str = r#"
[estate]
name = "Tiny Shop"

[[domain]]
id = "shop"
title = "The shop"
reviews = [2026-08-04, 2026-09-29, 2026-11-24]
"#;

const BAG: &str = r#"service: bag
title: Bag
domain: shop
platform: web
criticality: mission-critical
golden-thread: true
assessments:
  - { date: 2026-09-01, rubric: tiny@1, by: [us], scores: { logging: green, rollback: amber } }
  - date: 2026-11-10
    rubric: tiny@1
    by: [us]
    scores:
      logging: { rag: red, because: "Lost <b>all</b> & more" }
actions:
  - { what: Log again, category: logging, owner: us, raised: 2026-11-10, due: 2026-11-15, target: green, support: them }
waivers:
  - { category: logging, until: 2026-12-31, because: It is replaced, approved-by: head }
"#;

const SEARCH: &str = r"service: search
title: Search
domain: shop
platform: web
criticality: low
assessments:
  - { date: 2026-09-01, rubric: tiny@1, by: [us], scores: { logging: red } }
";

pub(crate) fn tiny() -> Estate {
    Estate::empty()
        .with("fundamentals.toml", SETTINGS)
        .with("rubric/tiny/v1.toml", RUBRIC)
        .with("services/bag.yaml", BAG)
        .with("services/search.yaml", SEARCH)
        .with(
            "slo/results.csv",
            "service,slo,period,objective,attained\nbag,availability,2026-10,99.9%,99.85%\n",
        )
}

fn page(estate: &Estate, args: &str) -> String {
    estate.run(&format!("report --format html {args}")).fine()
}

/// What stands between two texts, without them.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start}"));
    rest.split_once(end).unwrap_or_else(|| panic!("no {end}")).0
}

/// The page without its style and script, of which only the hashes matter.
fn without_style_and_script(page: &str) -> String {
    let style = between(page, "<style>", "</style>");
    let script = between(page, "<script>", "</script>");
    page.replace(style, "…").replace(script, "…")
}

/// The values of an attribute, wherever it stands.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    page.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// What begins a line of the page where its snapshots show it.
const BLOCKS: [&str; 30] = [
    "html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "section", "article",
    "h1", "h2", "h3", "h4", "p", "dl", "div", "ol", "ul", "li", "table", "caption", "thead", "tbody", "tr",
    "details", "figure", "svg",
];

#[test]
fn the_page_of_a_tiny_estate() {
    let page = without_style_and_script(&page(&tiny(), "--domain shop"));
    let hash = between(&page, "style-src '", "'; base-uri");
    let page = page
        .replace(hash, "…")
        .replace(concat!("fundamentals ", env!("CARGO_PKG_VERSION")), "fundamentals …");
    let lines = BLOCKS.into_iter().fold(page, |page, tag| {
        let page = page.replace(&format!("><{tag}>"), &format!(">\n<{tag}>"));
        page.replace(&format!("><{tag} "), &format!(">\n<{tag} "))
    });
    let sections = assert_sections("report_html_tiny", &lines, |line| {
        line.starts_with("<section ").then(|| between(line, "id=\"", "\"").to_owned())
    });
    let ids = ["glance", "changes", "map", "hot-spots", "commitments", "slos", "talk", "waivers"];
    assert_eq!(sections[1..], ids);
}

#[test]
fn the_page_asks_for_nothing() {
    for args in ["--domain shopping", "--domain customer", "--domain engagement", ""] {
        let page = without_style_and_script(&run(&format!("report --format html {args}")).fine());
        for attribute in ["src", "srcset", "action", "data", "poster", "xlink:href", "style"] {
            assert_eq!(values(&page, attribute), [""; 0], "{attribute}");
        }
        assert!(!page.contains("<link") && !page.contains("<img") && !page.contains("<iframe"));
        for href in values(&page, "href") {
            // The evidence of a waiver is a link, which asks for something only once it is followed.
            let is_evidence = href.starts_with("https://decisions.example.com/");
            assert!(href.starts_with('#') || is_evidence, "{href}");
        }
    }
}

#[test]
fn guidance_on_the_web_is_a_link_and_guidance_beside_the_rubric_is_not() {
    let estate = tiny();
    let web = page(&estate, "--domain shop");
    assert!(web.contains(
        r#"<a href="https://wiki.example.com/logging?a=1&amp;b=2" rel="noopener noreferrer">How we log</a>"#
    ));
    let beside = estate.with("docs/logging.md", "# Logging\n").replacing(
        "rubric/tiny/v1.toml",
        "https://wiki.example.com/logging?a=1&b=2",
        "docs/logging.md",
    );
    let beside = page(&beside, "--domain shop");
    assert!(!beside.contains(r#"href="docs/"#));
    assert!(beside.contains("How we log") && beside.contains("fundamentals explain logging"));
}

#[test]
fn no_text_becomes_markup() {
    let nasty = r#"</script><script>alert(1)</script>"><img src=x onerror=alert(2)>"#;
    let quoted = Value::from(nasty).to_string();
    let estate = tiny()
        .replacing("fundamentals.toml", "\"The shop\"", &quoted)
        .replacing("fundamentals.toml", "\"Tiny Shop\"", &quoted)
        .replacing("rubric/tiny/v1.toml", "\"Logging\"", &quoted)
        .replacing("rubric/tiny/v1.toml", "\"Seeing\"", &quoted)
        .replacing("rubric/tiny/v1.toml", "\"How we log\"", &quoted)
        .replacing("services/bag.yaml", "title: Bag", &format!("title: {quoted}"))
        .replacing("services/bag.yaml", "\"Lost <b>all</b> & more\"", &quoted)
        .replacing("services/bag.yaml", "Log again", &quoted)
        .replacing("services/bag.yaml", "support: them", &format!("support: {quoted}"))
        .replacing("services/bag.yaml", "It is replaced", &quoted);
    let page = page(&estate, "--domain shop");
    assert_eq!((page.matches("<script").count(), page.matches("<img").count()), (1, 0));
    assert!(page.matches(&escaped(nasty)).count() > 8, "it is shown as it was written");
}

#[test]
fn no_text_reorders_or_controls() {
    let estate = tiny()
        .replacing("services/bag.yaml", "\"Lost <b>all</b> & more\"", r#""a\u202eb\u2066c\e[31md\x9be""#)
        .replacing("services/search.yaml", "title: Search", r#"title: "f\u200bg""#);
    let page = page(&estate, "--domain shop");
    let acts = |letter: &char| {
        (letter.is_control() && *letter != '\n')
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}')
    };
    assert_eq!(page.chars().find(acts), None);
    assert!(page.contains("a\u{fffd}b\u{fffd}c␛[31md\u{fffd}e") && page.contains("f\u{fffd}g"));
}

#[test]
fn whatever_the_json_asks_the_page_asks() {
    let page = run("report --format html --domain shopping").fine();
    let json = parse_json(&run("report --format json --domain shopping").fine());
    let mut texts = Vec::new();
    for (list, key) in [("talk", "text"), ("waivers", "because")] {
        let list = json[list].as_array().expect("a list");
        texts.extend(list.iter().map(|it| it[key].as_str().expect("a text")));
    }
    let commitments = json["commitments"]["lines"].as_array().expect("a list");
    texts.extend(commitments.iter().map(|it| it["what"].as_str().expect("a text")));
    let spots = json["hot_spots"]["spots"].as_array().expect("a list");
    texts.extend(spots.iter().map(|it| it["remark"].as_str().expect("a text")));
    let rows = json["map"]["rows"].as_array().expect("a list");
    let cells = rows.iter().flat_map(|row| row["cells"].as_array().expect("a list"));
    texts.extend(cells.filter_map(|cell| cell["because"].as_str()));
    assert!(texts.len() > 50, "{}", texts.len());
    // Not only where one has to hover.
    let read = values(&page, "title")
        .iter()
        .fold(page.clone(), |page, title| page.replace(&format!("\"{title}\""), ""));
    for text in texts {
        assert!(read.contains(&escaped(text)), "{text}");
    }
}

#[test]
fn every_cell_of_the_map_has_a_letter() {
    let page = run("report --format html --domain shopping --section map").fine();
    let cells: Vec<_> = page.split("<td data-status=\"").skip(1).collect();
    assert_eq!(cells.len(), 9 * (24 + 8));
    for cell in cells {
        let (status, rest) = cell.split_once('"').expect("a status");
        let sign = between(rest, ">", "<");
        let letter = match status {
            "red" => "R",
            "amber" => "A",
            "green" => "G",
            "not-applicable" => "n/a",
            "not-assessed" => "·",
            other => panic!("{other}"),
        };
        assert!(sign.contains(letter), "{status}: {sign}");
    }
}

#[test]
fn only_the_sections_that_were_asked_for_are_there_and_always_the_small_print() {
    let page = run("report --format html --domain shopping --section talk --section glance").fine();
    let sections = |page: &str| {
        let rest = page.split("<section id=\"").skip(1);
        rest.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(sections(&page), ["glance", "talk"]);
    assert_eq!(values(&page, "href"), ["#content", "#glance", "#talk"]);
    assert!(page.contains("To make it again"));
    let summary = run("report --format html").fine();
    assert_eq!(sections(&summary), ["glance", "domains", "hot-spots", "waivers"]);
    assert_eq!(summary.matches("To make it again").count(), 1);
}
