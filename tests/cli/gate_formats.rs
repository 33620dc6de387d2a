//! `fundamentals gate --format`: one verdict in every format.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::excerpts::{dense, member, sections, start};
use crate::support::{ELSEWHERE, Estate, GOLDEN_THREAD, assert_snapshot, assessed, parse_json, shop};
use fundamentals::model::GateRule;

/// Every format.
pub(crate) const FORMATS: [&str; 8] =
    ["human", "concise", "json", "github", "sarif", "junit", "gitlab", "markdown"];

/// What the settings are at the base; the change makes them milder.
const POLICY: &str = "[gate.drop-to-red]\nelsewhere = \"warn\"\n[gate.standing-red]\nelsewhere = \"warn\"\n";

fn because(category: &str, colour: &str, because: &str) -> String {
    format!("{category}: {{ rag: {colour}, because: \"{because}\" }}")
}

/// A drop on the Golden Thread, one elsewhere, one that is waived beside a red that was put right, a red that stays, a
/// service that is gone, one that is new, and milder settings.
pub(crate) fn estate() -> Estate {
    let first = |scores: &str| assessed("2026-06-01", scores);
    let waiver = "waivers:\n  - { category: alerting, until: 2026-12-31, because: The new pager comes in December, \
                  approved-by: head-of-shop }\n";
    let bag = first("logging: { rag: amber, because: Half of it is structured }");
    let checkout = first("alerting: amber, runbooks: red");
    let search = assessed("2026-01-05", "tracing: red");
    let estate = Estate::empty()
        .with("fundamentals.toml", POLICY)
        .with_service("bag-api", GOLDEN_THREAD, &bag)
        .with_service("checkout-api", GOLDEN_THREAD, &format!("{checkout}{waiver}"))
        .with_service("old-api", ELSEWHERE, &first("logging: green"))
        .with_service("search-api", ELSEWHERE, &search)
        .with_service("wish-api", ELSEWHERE, &first("metrics: green"));
    estate.commit("Before");
    std::fs::remove_file(estate.path().join("services/old-api.yaml")).expect("the file was there");
    let now = |scores: &str| assessed("2026-11-10", scores);
    let dropped = because("logging", "red", "The new half, which takes most orders, logs nothing");
    let later = now("alerting: red, runbooks: green");
    estate
        .with("fundamentals.toml", &POLICY.replacen("warn", "allow", 1))
        .appending("services/bag-api.yaml", &now(&dropped))
        .with_service("checkout-api", GOLDEN_THREAD, &format!("{checkout}{later}{waiver}"))
        .appending("services/wish-api.yaml", &now("metrics: red"))
        .with_service("gift-api", ELSEWHERE, &now("logging: green"))
}

#[test]
fn the_same_verdict_in_every_format() {
    let estate = estate();
    for format in FORMATS {
        let run = estate.run(&format!("gate --base main --format {format}"));
        assert_eq!((run.code, run.err.as_str()), (4, ""), "{format}");
        insta::with_settings!({ filters => vec![(r#""version": "\d+\.\d+\.\d+""#, r#""version": "…""#)] }, {
            let text = match format {
                // The rules are those of every run.
                "sarif" => dense(&without_rules(&run.out)),
                "json" => json_excerpt(&run.out),
                _ => run.out,
            };
            assert_snapshot!(format!("gate-format-{format}"), text);
        });
    }
}

/// The first finding, which is denied, the second, which is waived, and everything else but the findings.
fn json_excerpt(out: &str) -> String {
    let members = sections(&dense(out), member).into_iter();
    let excerpts = members.map(|(key, text)| if key == "findings" { start(&text, 78) } else { text });
    excerpts.collect()
}

#[test]
fn each_finding_has_the_same_keys_in_json_and_says_where_it_is() {
    let json = parse_json(&estate().run("gate --base main --format json").out);
    let findings = json["findings"].as_array().expect("a list");
    let keys = |finding: &Value| finding.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert!(findings.iter().all(|finding| keys(finding) == keys(&findings[0])), "{json:#}");
    let told = findings.iter().map(|finding| {
        let [outcome, rule, path] =
            ["outcome", "rule", "path"].map(|key| finding[key].as_str().unwrap_or("-"));
        let (service, line) = (finding["service"]["id"].as_str().unwrap_or("-"), &finding["line"]);
        format!("{outcome} {rule} {service} {path}:{line}")
    });
    let told: Vec<_> = told.collect();
    assert_eq!(
        told,
        [
            "denied drop-to-red bag-api services/bag-api.yaml:9",
            "waived drop-to-red checkout-api services/checkout-api.yaml:8",
            "warning drop-to-red wish-api services/wish-api.yaml:8",
            "warning service-removed old-api services/old-api.yaml:null",
            "warning settings-loosened - fundamentals.toml:null",
        ]
    );
}

fn without_rules(sarif: &str) -> String {
    let mut log = parse_json(sarif);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().expect("a list of rules");
    assert_eq!(rules.len(), GateRule::ALL.len());
    rules.truncate(1);
    // A section of docs/gate.md, of which a test next to the code says that it is there.
    rules[0]["help"]["text"] = "…".into();
    serde_json::to_string_pretty(&log).expect("it is JSON")
}

/// How many findings a text of a format has: denied, warnings, waived.
pub(crate) fn counts(format: &str, out: &str) -> [usize; 3] {
    let lines =
        |starts: [&str; 3]| starts.map(|start| out.lines().filter(|it| it.starts_with(start)).count());
    let values = |list: &Value, key: &str, words: [&str; 3]| {
        let list = list.as_array().expect("a list");
        words.map(|word| list.iter().filter(|it| it[key] == word).count())
    };
    match format {
        "human" => lines(["denied[", "warning[", "waived["]),
        "concise" => ["denied[", "warning[", "waived["].map(|word| {
            let is_of = |line: &&str| line.split(": ").take(2).any(|part| part.starts_with(word));
            out.lines().filter(is_of).count()
        }),
        "json" => values(&parse_json(out)["findings"], "outcome", ["denied", "warning", "waived"]),
        "github" => {
            let [denied, warnings, notices] = lines(["::error ", "::warning ", "::notice "]);
            let is_no_finding = |line: &&str| {
                ["resolved", "note", "not caused by this change"]
                    .iter()
                    .any(|title| line.contains(&format!("title={title}::")))
            };
            [denied, warnings, notices - out.lines().filter(is_no_finding).count()]
        }
        "sarif" => values(&parse_json(out)["runs"][0]["results"], "level", ["error", "warning", "note"]),
        "junit" => {
            let elements = xml_elements(out);
            let count = |name: &str| elements.get(name).copied().unwrap_or_default();
            let warnings = out.replace("<system-out>", "\n");
            let warnings = warnings.lines().filter(|line| line.starts_with("warning[")).count();
            [count("failure"), warnings, count("skipped")]
        }
        "gitlab" => {
            let [denied, warnings, infos] =
                values(&parse_json(out), "severity", ["blocker", "minor", "info"]);
            let notes =
                out.matches("\"not-caused-by-this-change\"").count() + out.matches("\"note\"").count();
            [denied, warnings, infos - notes]
        }
        "markdown" => {
            let section = |heading: &str, start: &str| {
                let section = out.split(&format!("\n### {heading}\n")).nth(1).unwrap_or_default();
                let section = section.split("\n### ").next().unwrap_or_default();
                section.lines().filter(|line| line.starts_with(start)).count()
            };
            [section("Denied", "#### "), section("Warnings", "- "), section("Waived", "- ")]
        }
        other => panic!("`{other}` is no format"),
    }
}

/// How many elements of each name there are in an XML document.
pub(crate) fn xml_elements(text: &str) -> BTreeMap<String, usize> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut elements = BTreeMap::new();
    loop {
        match reader.read_event().expect("it is XML") {
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    attribute.expect("an attribute of XML");
                }
                let name = String::from_utf8(tag.name().as_ref().to_vec()).expect("UTF-8");
                *elements.entry(name).or_default() += 1;
            }
            Event::Eof => return elements,
            Event::End(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

#[test]
fn every_format_has_the_same_numbers() {
    let small = estate();
    for format in FORMATS {
        let run = small.run(&format!("gate --base main --format {format}"));
        assert_eq!(counts(format, &run.out), [1, 3, 1], "{format}: {}", run.out);
    }
    let of_shop = FORMATS.map(|format| {
        let run = crate::support::run_in(&shop(), &format!("gate --format {format}"));
        assert_eq!(run.code, 4, "{format}");
        counts(format, &run.out)
    });
    assert!(of_shop.iter().all(|counts| counts == &of_shop[0]), "{of_shop:?}");
}

#[test]
fn the_counts_of_json_are_those_of_its_findings() {
    let json = parse_json(&estate().run("gate --base main --format json").out);
    let stated = ["denied", "warnings", "waived", "resolved"].map(|key| json["counts"][key].as_u64());
    assert_eq!(stated, [Some(1), Some(3), Some(1), Some(1)]);
    assert_eq!(json["services"], 6);
    assert_eq!(json["looked_at"].as_array().map(Vec::len), Some(6));
}

#[test]
fn findings_that_this_change_did_not_cause_are_one_line_in_every_format_and_all_shows_them() {
    let estate = estate();
    let line = "1 finding that this change did not cause";
    for format in FORMATS {
        let brief = estate.run(&format!("gate --base main --format {format}")).out;
        let line = match format {
            "markdown" => line,
            "json" => "\"count\": 1",
            _ => "1 finding that this change did not cause (`--all` shows it)",
        };
        assert_eq!(brief.matches(line).count(), 1, "{format}: {brief}");
        assert!(!brief.contains("Tracing has been red"), "{format}: {brief}");
        let run = estate.run(&format!("gate --base main --all --format {format}"));
        assert!(
            run.code == 4 && run.out.contains("Tracing has been red for 5 reviews"),
            "{format}: {}",
            run.out
        );
        assert!(!run.out.contains("--all` shows"), "{format}: {}", run.out);
    }
    let json = parse_json(&estate.run("gate --base main --all --format json").out);
    assert_eq!(json["standing"]["count"], 1);
    assert_eq!(json["standing"]["findings"][0]["outcome"], "standing");
    assert_eq!(json["counts"]["warnings"], 3);
}

#[test]
fn an_undecided_gate_is_no_pass_in_any_format() {
    let estate = Estate::empty()
        .with_service("bag-api", GOLDEN_THREAD, &assessed("2026-11-01", "logging: green"))
        .with_service("broken", ELSEWHERE, "colour: red\n");
    let told = [
        ("human", "gate undecided: some files have errors"),
        ("json", r#""result": "undecided""#),
        ("json", r#""broken""#),
        ("github", "::error title=not looked at::some files have errors, so `broken` is left out%0A"),
        ("github", "\ngate undecided: some files have errors ("),
        ("sarif", r#""executionSuccessful": false"#),
        ("junit", r#"<error message="some files have errors, so `broken` is left out">"#),
        ("markdown", "**gate undecided: some files have errors** ("),
    ];
    for (format, what) in told {
        let run = estate.run(&format!("gate --format {format}"));
        assert_eq!(run.code, 3, "{format}");
        assert!(run.out.contains(what), "{format}: {}", run.out);
    }
}

#[test]
fn fingerprints_stay_when_lines_move_and_differ_between_findings() {
    let fingerprints = |estate: &Estate| {
        let json = parse_json(&estate.run("gate --base main --format gitlab").out);
        let list = json.as_array().expect("a list").iter();
        list.map(|it| it["fingerprint"].as_str().expect("a text").to_owned()).collect::<Vec<_>>()
    };
    let estate = estate();
    let before = fingerprints(&estate);
    let different: std::collections::BTreeSet<_> = before.iter().collect();
    assert_eq!(different.len(), before.len());
    assert_eq!(before.len(), 7);
    let text = estate.read("services/bag-api.yaml");
    let moved = estate.with("services/bag-api.yaml", &format!("# A comment\n\n{text}"));
    assert_eq!(fingerprints(&moved), before);
}
