//! `fundamentals check --format`: the same problems in every format.

use std::collections::BTreeSet;

use crate::gate_formats::xml_elements;
use crate::gate_markdown::nodes;
use crate::sarif_schema::is_valid_sarif;
use crate::support::{ELSEWHERE, Estate, assessed, parse_json};

/// Two files with an error each, of which one has no line; one with a warning; one without problems, and settings.
fn estate() -> Estate {
    let good = assessed("2026-11-01", "logging: green");
    Estate::empty()
        .with("fundamentals.toml", "[estate]\nname = \"Shop\"\n")
        .with("services/empty.yaml", "")
        .with_service("bag-api", ELSEWHERE, &assessed("2026-11-01", "loging: green"))
        .with_service("gift-api", ELSEWHERE, "")
        .with_service("wish-api", ELSEWHERE, &good)
}

fn check(estate: &Estate, format: &str) -> String {
    let run = estate.run(&format!("check --format {format}"));
    assert_eq!(run.code, 3, "{format}: {}", run.err);
    run.out
}

/// The suite of this name, up to its end.
fn suite<'x>(xml: &'x str, name: &str) -> &'x str {
    let rest = xml.split(&format!("<testsuite name=\"{name}\"")).nth(1).expect("a suite of this name");
    rest.split("</testsuite>").next().expect("an end")
}

#[test]
fn junit_has_a_suite_for_each_file_and_a_passed_test_where_there_is_no_error() {
    let xml = check(&estate(), "junit");
    let elements = xml_elements(&xml);
    let count = |name: &str| elements.get(name).copied().unwrap_or_default();
    assert_eq!(["testsuite", "testcase", "failure", "error", "skipped"].map(count), [5, 5, 2, 0, 0], "{xml}");
    for clean in ["fundamentals.toml", "services/wish-api.yaml", "services/gift-api.yaml"] {
        assert!(suite(&xml, clean).contains("<testcase name=\"no errors\""), "{xml}");
    }
    let warned = suite(&xml, "services/gift-api.yaml");
    assert!(warned.contains("<system-out>warning[no-assessments]: "), "{xml}");
    assert!(!suite(&xml, "services/wish-api.yaml").contains("system-out"), "{xml}");
    let failed = suite(&xml, "services/bag-api.yaml");
    assert!(failed.contains("type=\"unknown-category\"") && failed.contains("line=\"6\""), "{xml}");
    assert!(failed.contains("\nhelp: did you mean `logging`?"), "{xml}");
}

#[test]
fn junit_of_named_files_has_only_their_suites() {
    let xml = estate().run("check services/wish-api.yaml --format junit").out;
    assert_eq!(xml_elements(&xml).get("testsuite"), Some(&1), "{xml}");
    assert!(suite(&xml, "services/wish-api.yaml").contains("no errors"), "{xml}");
}

#[test]
fn gitlab_gets_a_path_and_a_line_for_every_problem() {
    let json = parse_json(&check(&estate(), "gitlab"));
    let entries = json.as_array().expect("a list").iter();
    let entries: Vec<_> = entries
        .map(|entry| {
            let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
            let location = &entry["location"];
            let line = location["lines"]["begin"].as_u64().expect("a line");
            (text(&entry["check_name"]), text(&entry["severity"]), text(&location["path"]), line)
        })
        .collect();
    let expected = [
        ("unknown-category", "blocker", "services/bag-api.yaml", 6),
        ("empty-file", "blocker", "services/empty.yaml", 1),
        ("no-assessments", "minor", "services/gift-api.yaml", 1),
    ];
    let expected = expected
        .map(|(code, severity, path, line)| (code.to_owned(), severity.to_owned(), path.to_owned(), line));
    assert_eq!(entries, expected);
}

#[test]
fn markdown_has_the_numbers_and_every_problem_with_its_help() {
    let out = check(&estate(), "markdown");
    assert!(
        out.starts_with("## Estate check\n\n**2 errors, 1 warning** (checked 4 service files)\n"),
        "{out}"
    );
    let errors = out.split("### Warnings").next().expect("errors come first");
    assert_eq!(errors.matches("\n#### ").count(), 2, "{out}");
    assert!(errors.contains("- **file**: `services/bag-api.yaml`, line 6: "), "{out}");
    assert!(errors.contains("- **help**: did you mean `logging`?\n"), "{out}");
    assert!(out.contains("(`no-assessments`, `services/gift-api.yaml`"), "{out}");
}

#[test]
fn markdown_that_does_not_fit_a_comment_is_cut_by_whole_problems_and_counted() {
    let services = (0..500).map(|number| format!("api-{number:04}"));
    let text = assessed("2026-11-01", "loging: green");
    let estate = services.fold(Estate::empty(), |estate, id| estate.with_service(&id, ELSEWHERE, &text));
    let out = check(&estate, "markdown");
    assert!(out.len() < 65_536, "{} bytes", out.len());
    let shown = out.matches("\n#### ").count();
    assert_eq!(out.matches("\n- **help**: ").count(), shown, "each problem is whole");
    let rest = format!("\n… and {} more findings: run\n\n```sh\nfundamentals check\n```\n", 500 - shown);
    assert!(out.ends_with(&rest), "{out}");
}

#[test]
fn texts_of_files_are_nothing_but_text_in_markdown() {
    let key = "\"<b>@team [x](javascript:1) `rm` \\n# y ##[error]\": 1\n";
    let out = check(&estate().appending("services/wish-api.yaml", key), "markdown");
    for (kind, text) in nodes(&out) {
        assert_ne!(kind, "foreign", "{text}: {out}");
    }
    assert!(out.contains("&lt;b&gt;@&#8203;team"), "{out}");
}

/// Fingerprints in GitLab's report, which are those of SARIF.
fn fingerprints(estate: &Estate) -> Vec<String> {
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let json = parse_json(&check(estate, "gitlab"));
    let gitlab: Vec<_> = json.as_array().expect("a list").iter().map(|it| text(&it["fingerprint"])).collect();
    let sarif = is_valid_sarif(&check(estate, "sarif"));
    let results = sarif["runs"][0]["results"].as_array().expect("a list").iter();
    let sarif: Vec<_> =
        results.map(|result| text(&result["partialFingerprints"]["fundamentals/v1"])).collect();
    assert_eq!(sarif, gitlab);
    gitlab
}

#[test]
fn fingerprints_of_problems_stay_when_lines_move_and_differ_between_problems() {
    let twice = assessed("2026-10-01", "loging: green") + &assessed("2026-11-01", "loging: green");
    let estate = estate().with_service("twin-api", ELSEWHERE, &twice);
    let before = fingerprints(&estate);
    assert_eq!(before.len(), 5);
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), 5, "{before:?}");
    let text = estate.read("services/twin-api.yaml");
    let moved = estate.with("services/twin-api.yaml", &format!("# A comment\n\n{text}"));
    assert_eq!(fingerprints(&moved), before);
}

#[test]
fn where_nothing_can_be_checked_each_document_has_the_reason() {
    let cases = [
        (Estate::empty(), "check", "no service file in"),
        (Estate::empty(), "-C nowhere check", "there is no folder"),
        (estate(), "rubric lint theirs", "theirs"),
        (estate(), "-C nowhere rubric lint", "there is no folder"),
    ];
    for (estate, args, reason) in cases {
        let xml = estate.run(&format!("{args} --format junit")).out;
        assert_eq!(xml_elements(&xml).get("error"), Some(&1), "{args}: {xml}");
        assert!(suite(&xml, "files").contains(reason), "{args}: {xml}");
        let json = parse_json(&estate.run(&format!("{args} --format gitlab")).out);
        assert_eq!(json[0]["severity"], "blocker", "{args}");
        assert_eq!(json[0]["location"]["path"], "fundamentals.toml", "{args}");
        assert!(json[0]["description"].as_str().is_some_and(|text| text.contains(reason)), "{args}: {json}");
        let markdown = estate.run(&format!("{args} --format markdown")).out;
        assert!(markdown.contains("**1 error** (checked nothing)"), "{args}: {markdown}");
        assert!(markdown.replace('\\', "").contains(reason), "{args}: {markdown}");
    }
}

#[test]
fn a_lint_names_its_rubric_as_what_was_looked_at() {
    let run = Estate::empty().run("rubric lint --format junit");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("<testsuites name=\"fundamentals rubric lint\" tests=\"1\""), "{}", run.out);
    assert!(suite(&run.out, "(built-in rubric)").contains("no errors"), "{}", run.out);
}

#[test]
fn the_gate_is_concise_with_a_place_a_line_and_its_verdict_last() {
    let run = crate::gate_formats::estate().run("gate --base main --format concise");
    assert_eq!(run.code, 4, "{}", run.err);
    let first = "services/bag-api.yaml:9:69: denied[drop-to-red]: ★ bag-api (bag-api): Logging dropped";
    assert!(run.out.lines().any(|line| line.starts_with(first)), "{}", run.out);
    assert!(
        run.out.lines().last().is_some_and(|line| line.starts_with("gate failed: 1 denied")),
        "{}",
        run.out
    );
}
