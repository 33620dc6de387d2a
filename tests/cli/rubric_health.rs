//! `fundamentals rubric health`: which questions need work.

use crate::excerpts::dense;
use crate::support::{
    COUNTS, ELSEWHERE, Estate, assert_snapshot, assessed, json_counts, parse_csv, parse_json, run,
};

/// Titles that would be markup in Markdown, a formula in a spreadsheet, or act on a terminal.
const OURS: &str = r#"id = "ours"
version = "1.3"
title = "Our | *rubric*"
published = 2024-01-01

[[pillar]]
id = "observability"
title = "Observability"

[[pillar.category]]
id = "logging"
title = "Logging"
red = "Nobody can find the log lines."
green = "Everybody on call can find the log lines."

[[pillar.category]]
id = "alerting"
title = "=Alerting\u001b[31m, for everybody who is on call at night | <b>and</b> by day"
red = "Customers tell us first."
amber = "Many alerts need no action."
green = "Each alert needs action."

[[pillar.category]]
id = "tracing"
title = "Tracing"
red = "One failed request can't be followed."
green = "One failed request can be followed."

[[pillar]]
id = "deployability"
title = "Deployability"

[[pillar.category]]
id = "rollback"
title = "Rollback"
red = "It was never put back."
green = "It was put back."

[[pillar.category]]
id = "pipelines"
title = "Pipelines"
red = "By hand."
green = "By a pipeline."

[[pillar.category]]
id = "canaries"
title = "Canaries"
red = "All at once."
green = "Some first."

[[pillar.category]]
id = "backups"
title = "Backups"
red = "Nothing was restored."
amber = "A part was restored."
green = "Everything was restored."

[[pillar.category]]
id = "cold-starts"
title = "Cold starts"
red = "Callers wait."
green = "Nobody waits."
applies-to = { tags = ["function"] }
"#;

/// An assessment by our rubric.
fn ours(date: &str, scores: &str, confirmed: &str) -> String {
    assessed(date, scores)
        .replace("fundamentals@2", "ours@1")
        .replace(" }\n", &format!(", confirmed: [{confirmed}] }}\n"))
}

/// Eight services on which every sign shows, one that was never assessed, and one with another rubric.
fn estate() -> Estate {
    let mut estate = Estate::empty()
        .with("fundamentals.toml", "[estate]\nname = \"Test estate\"\ndefault-rubric = \"ours@1\"\n")
        .with("rubric/ours/v1.toml", OURS)
        .with_service("other", ELSEWHERE, &assessed("2026-11-01", "logging: red"))
        .with_service("new", "criticality: low", "");
    for at in 0..8 {
        let rollback = if at < 5 { "red" } else { "green" };
        let canaries = if at < 6 { "{ rag: not-applicable, because: one user }" } else { "green" };
        let turning = if at < 3 { "amber" } else { "green" };
        let first = format!(
            "logging: green, alerting: green, rollback: {rollback}, pipelines: red, canaries: {canaries}, \
             backups: amber"
        );
        let all = "logging, rollback, canaries";
        let assessments = ours("2025-01-10", &first, "")
            + &ours("2026-03-10", &format!("alerting: {turning}"), all)
            + &ours("2026-10-10", "alerting: green, pipelines: green", all);
        estate = estate.with_service(&format!("s{at}"), ELSEWHERE, &assessments);
    }
    estate
}

#[test]
fn questions_are_told_by_sign_with_denominators() {
    assert_snapshot!("rubric-health", estate().run("rubric health").fine());
}

#[test]
fn in_60_columns_it_can_still_be_read() {
    let narrow = estate().run("--width 60 rubric health").fine();
    assert!(narrow.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 60), "{narrow}");
    assert_snapshot!("rubric-health-width-60", narrow);
}

#[test]
fn it_is_written_as_markdown_csv_and_json() {
    for format in ["markdown", "csv", "json"] {
        let text = estate().run(&format!("rubric health ours@1 --format {format}")).fine();
        let text = if format == "json" { dense(&text) } else { text };
        assert_snapshot!(format!("rubric-health-{format}"), text);
    }
}

#[test]
fn csv_and_json_say_the_same() {
    let estate = estate();
    let rows = parse_csv(&estate.run("rubric health --format csv").fine());
    let json = parse_json(&estate.run("rubric health --format json").fine());
    for category in json["categories"].as_array().expect("categories") {
        let id = category["id"].as_str().expect("an id");
        let rows: Vec<_> = rows.iter().filter(|row| row["category"] == id).collect();
        let signs = category["signs"].as_array().expect("signs");
        assert_eq!(rows.len(), signs.len().max(1), "{id}");
        for (at, row) in rows.iter().enumerate() {
            let counts = COUNTS.map(|column| row[column].parse::<usize>().expect("a number"));
            assert_eq!(counts, json_counts(&category["judgements"]), "{id}");
            assert_eq!(row["outlook"], category["outlook"].as_str().expect("a word"));
            let sign = signs.get(at).map_or("", |sign| sign["sign"].as_str().expect("a word"));
            assert_eq!(row["sign"], sign);
        }
    }
}

#[test]
fn nothing_to_say_is_said_with_what_was_looked_at() {
    let out = estate().run("rubric health --category pipelines").fine();
    assert_snapshot!("rubric-health-nothing", out);
}

#[test]
fn not_enough_to_tell_is_not_nothing_to_say() {
    let out = estate().run("rubric health fundamentals@2 --category logging,tracing").fine();
    assert!(
        out.contains("\nNothing can be told of 2 categories: none has a colour in 3 services or more.\n"),
        "{out}"
    );
    let out = estate().run("rubric health --service s0,s1").fine();
    assert!(out.contains("\nNothing can be told of 8 categories: "), "{out}");
}

#[test]
fn movement_is_looked_at_since_a_year_or_the_day_that_is_given() {
    let estate = estate();
    let turns = |args: &str| {
        let json = parse_json(&estate.run(&format!("rubric health --format json {args}")).fine());
        (json["since"].as_str().map(str::to_owned), json["categories"][1]["turns"].as_u64())
    };
    assert_eq!(turns(""), (Some("2025-11-20".to_owned()), Some(3)));
    assert_eq!(turns("--since 2026-10-11"), (Some("2026-10-11".to_owned()), Some(0)));
    assert_eq!(turns("--since 0001-01-01"), (Some("0001-01-01".to_owned()), Some(3)));
}

#[test]
fn what_there_is_not_is_refused() {
    let estate = estate();
    for (args, message) in [
        ("our@1", "error: unknown rubric `our@1`: did you mean `ours@1`?"),
        ("--category tracin", "error: unknown category `tracin`: did you mean `tracing`?"),
        ("--category load-testing", "error: unknown category `load-testing`: "),
        ("--pillar resilience", "error: unknown pillar `resilience`: "),
        ("--service s99", "error: unknown service `s99`: "),
        ("--since 2026-11-21", "error: --since 2026-11-21 is after today, 2026-11-20\n"),
        ("--since 2026-02-30", "error: invalid value '2026-02-30' for '--since <DATE>'"),
        ("--rubric ours@1", "error: unexpected argument '--rubric'"),
        ("--format html", "error: invalid value 'html'"),
    ] {
        let refused = estate.run(&format!("rubric health {args}")).refused(2);
        assert!(refused.starts_with(message), "{refused}");
    }
    assert_eq!(
        estate.run("rubric health --golden-thread").refused(3),
        "error: no service is left: the filters together match none\n"
    );
    assert_eq!(
        estate.run("rubric health --pillar deployability --category logging").refused(3),
        "error: no category is left: the filters together match none\n"
    );
    assert!(Estate::empty().run("rubric health").refused(3).contains("nothing-to-check"));
}

#[test]
fn who_is_left_out_is_said_and_the_exit_code_is_3() {
    let estate = estate().with_service("broken", ELSEWHERE, &assessed("2026-11-01", "nonsense: red"));
    let told = estate.run("rubric health --format json");
    assert_eq!(told.code, 3);
    assert_eq!(
        told.err,
        "warning: `broken` is left out: its file has errors; `fundamentals check` shows them\n"
    );
    assert_eq!(parse_json(&told.out)["left_out"], serde_json::json!(["broken"]));
}

#[test]
fn the_example_is_looked_at_by_its_own_rubric() {
    let out = run("rubric health").fine();
    assert!(out.starts_with("Reliability Fundamentals 2.0: questions to look at\n"), "{out}");
}
