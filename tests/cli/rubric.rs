//! `fundamentals rubric`: rubrics that people can read.

use crate::support::{ELSEWHERE, Estate, assert_snapshot, assessed, run};

/// A small rubric, with text that would be markup in Markdown.
const TINY: &str = r#"id = "tiny"
version = "1.2"
title = "Tiny | but *ours*"
published = 2025-01-01

[[pillar]]
id = "basics"
title = "Basics"

[[pillar.category]]
id = "logging"
title = "Logging"
question = "Can the person on call find the log lines, all of them, without asking somebody from another team first?"
red = ["After a failure nobody can find the log lines.", "Or they were gone <b>within a day</b>."]
amber = "The log lines can be found, but not by everybody on call."
green = "Everybody on call can find the log lines."
guidance = [{ title = "Logging [guidance]", href = "docs/logging.md" }]

[[pillar.category]]
id = "rollback"
title = "Rollback"
red = "The previous version has never been put back."
green = "The previous version was put back in the last 12 months."
"#;

fn tiny() -> Estate {
    let service = assessed("2026-11-01", "logging: red").replace("fundamentals@2", "tiny@1");
    Estate::empty().with("rubric/tiny/v1.toml", TINY).with_service("bag-api", ELSEWHERE, &service)
}

#[test]
fn rubrics_are_listed_with_who_pins_them() {
    assert_snapshot!("rubric-list", tiny().run("rubric list").fine());
}

#[test]
fn the_estate_s_newest_rubric_is_shown() {
    assert_snapshot!("rubric-show", tiny().run("rubric show").fine());
}

#[test]
fn a_rubric_is_shown_as_markdown() {
    assert_snapshot!("rubric-show-markdown", tiny().run("rubric show tiny@1 --format markdown").fine());
}

#[test]
fn who_is_asked_is_shown_with_the_category() {
    let ours = |applies_to: &str| {
        let rubric = TINY.replace("id = \"rollback\"", &format!("id = \"rollback\"\n{applies_to}"));
        Estate::empty().with("rubric/tiny/v1.toml", &rubric)
    };
    for (applies_to, sentence) in [
        (
            "applies-to = { criticality = [\"low\", \"experimental\"] }",
            "Asks only low or experimental services.",
        ),
        (
            "applies-to = { tags = [\"web\", \"api\", \"batch\"] }",
            "Asks only services tagged web, api or batch.",
        ),
        ("applies-to = { criticality = [\"low\"], tags = [\"web\"] }", "Asks only low services tagged web."),
        ("applies-to = { tags = { all = [\"api\", \"pci\"] } }", "Asks only services tagged api and pci."),
        (
            "applies-to = { tags = { any = [\"web\", \"api\"], all = [\"pci\"] } }",
            "Asks only services tagged pci, and also web or api.",
        ),
    ] {
        let estate = ours(applies_to);
        for command in ["rubric show", "rubric show --format markdown", "explain rollback"] {
            let shown = estate.run(command).fine();
            assert_eq!(shown.matches(sentence).count(), 1, "{command}: {shown}");
        }
    }
    assert!(!ours("applies-to = {}").run("rubric show").fine().contains("Asks only"));
}

#[test]
fn the_built_in_rubric_is_there_beside_the_estate_s_own_and_without_any_estate() {
    let built_in = Estate::empty().run("rubric show").fine();
    assert!(built_in.starts_with("Reliability Fundamentals 2.0\n"), "{built_in}");
    assert_eq!(tiny().run("rubric show fundamentals@2").fine(), built_in);
}

#[test]
fn every_category_of_the_built_in_rubric_is_shown_with_its_colours() {
    for format in ["text", "markdown"] {
        let shown = run(&format!("rubric show --format {format}"))
            .fine()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let text = include_str!("../../rubric/fundamentals/v2.toml");
        for line in text.lines().filter(|line| line.starts_with("title = ")) {
            let title = line.trim_start_matches("title = ").trim_matches('"');
            let heading = shown.contains(title) || shown.contains(&title.to_uppercase());
            assert!(heading, "{title} in {format}");
        }
    }
}

#[test]
fn an_unknown_rubric_is_wrong_usage() {
    for name in ["fundamentals@3", "fundamental@2", "fundamentals", "nonsense"] {
        let message = run(&format!("rubric show {name}")).refused(2);
        assert!(message.starts_with(&format!("error: unknown rubric `{name}`: ")), "{message}");
        assert!(message.contains("`fundamentals@2`"), "{message}");
    }
}

#[test]
fn without_rubrics_of_the_estate_the_built_in_one_is_linted_and_is_clean() {
    assert_eq!(Estate::empty().run("rubric lint").fine(), "linted 1 rubric: nothing wrong\n");
    assert_eq!(run("rubric lint fundamentals@2 --quiet").fine(), "");
}

#[test]
fn the_estate_s_rubrics_are_linted_or_only_the_one_that_is_named() {
    let estate = tiny();
    let all = estate.run("rubric lint --format concise").fine();
    assert_eq!(
        all,
        "rubric/tiny/v1.toml:17:52: warning[dead-guidance]: no guidance at `docs/logging.md`\n\
         rubric/tiny/v1.toml:20:6: warning[missing-guidance]: `rollback` has no guidance\n"
    );
    assert_eq!(estate.run("rubric lint tiny@1 --format concise").fine(), all);
    assert_eq!(estate.run("rubric lint fundamentals@2").fine(), "linted 1 rubric: nothing wrong\n");
    let message = estate.run("rubric lint tiny@2").refused(2);
    assert!(message.starts_with("error: unknown rubric `tiny@2`: did you mean `tiny@1`?"), "{message}");
}

#[test]
fn guidance_is_found_from_wherever_the_command_runs() {
    let estate = tiny().with("docs/logging.md", "# Logging\n").with("fundamentals.toml", "");
    let below = estate.run("-C rubric rubric lint --format concise").fine();
    assert_eq!(below, "rubric/tiny/v1.toml:20:6: warning[missing-guidance]: `rollback` has no guidance\n");
}

#[test]
fn a_new_version_of_the_built_in_rubric_is_linted_against_it() {
    let ours = TINY.replace("\"tiny\"", "\"fundamentals\"").replace("\"1.2\"", "\"3.0\"");
    let lost = Estate::empty().with("rubric/v3.toml", &ours).run("rubric lint --format concise");
    assert_eq!(lost.code, 3);
    assert_eq!(lost.out.matches("error[lost-category]").count(), 22, "{}", lost.out);
}

#[test]
fn nothing_is_said_about_a_version_before_that_may_be_in_a_file_with_errors() {
    let second =
        TINY.replace("\"1.2\"", "\"2.0\"").replace("id = \"rollback\"", "id = \"undo\"\nfrom = [\"back\"]");
    let estate = tiny().with("rubric/tiny/v2.toml", &second);
    let lint = estate.run("rubric lint tiny@2 --format concise");
    assert_eq!((lint.code, lint.out.matches("error[").count()), (3, 2), "{}", lint.out);
    let lint = estate.with("rubric/tiny/v1.toml", "id = ").run("rubric lint tiny@2 --format concise");
    assert_eq!((lint.code, lint.out.matches("error[").count()), (3, 0), "{}", lint.out);
    assert!(
        lint.err.starts_with("warning: rubrics or settings have errors and are left out"),
        "{}",
        lint.err
    );
}

#[test]
fn a_service_that_can_t_be_read_may_be_the_one_that_is_asked() {
    let tagged = "applies-to = { tags = [\"mobile\"] }\nred = \"The previous";
    let rubric = TINY.replace("red = \"The previous", tagged);
    let estate = tiny().with("rubric/tiny/v1.toml", &rubric);
    let lint = estate.run("rubric lint --format concise").fine();
    assert!(lint.contains("warning[never-asked]: no service is asked `rollback`"), "{lint}");
    let lint = estate.with("services/app.yaml", "service: app\n").run("rubric lint --format concise").fine();
    assert!(!lint.contains("never-asked"), "{lint}");
}

#[test]
fn a_rubric_that_cannot_be_read_is_never_said_to_be_clean() {
    let message = with_broken_rubric("id = ").run("rubric lint").refused(3);
    assert!(message.contains("error: no rubric of this estate can be read"), "{message}");
}

/// An estate whose own `fundamentals@2` has an error, and a service that pins it.
fn with_broken_rubric(rubric: &str) -> Estate {
    Estate::empty().with("rubric/fundamentals/v2.toml", rubric).with_service(
        "bag-api",
        ELSEWHERE,
        &assessed("2026-11-01", "logging: green"),
    )
}

#[test]
fn no_other_rubric_stands_in_for_one_with_errors() {
    let identified = "id = \"fundamentals\"\nversion = \"2.0\"\ntitle = \"Ours\"\npublished = 2024-10-01\n";
    for rubric in [identified, "id = \"fundamentals\nversion"] {
        let estate = with_broken_rubric(rubric);
        let trend = estate.run("trend");
        assert_eq!((trend.code, trend.out.as_str()), (3, ""), "{}", trend.err);
        assert!(trend.err.contains("`bag-api` is left out"), "{}", trend.err);
        let check = estate.run("check --format concise");
        assert!(!check.out.contains("bag-api"), "the service is not to blame: {}", check.out);
    }
}

#[test]
fn a_rubric_with_errors_is_not_passed_over_in_silence() {
    let estate = with_broken_rubric("id = \"ours\"\n");
    for command in ["rubric list", "rubric show", "explain load-testing"] {
        let run = estate.run(command);
        assert_eq!(run.code, 3, "{command}");
        assert!(run.err.starts_with("warning: rubrics or settings have errors"), "{}", run.err);
    }
}

#[test]
fn a_default_rubric_that_does_not_exist_is_an_error() {
    let settings = "[estate]\ndefault-rubric = \"fundamental@2\"\n";
    let estate = Estate::empty().with("fundamentals.toml", settings).with_service(
        "bag-api",
        ELSEWHERE,
        &assessed("2026-11-01", "logging: green"),
    );
    let check = estate.run("check");
    assert_eq!(check.code, 3);
    assert!(check.out.contains("fundamentals.toml:2:18"), "{}", check.out);
    assert!(check.out.contains("did you mean `fundamentals@2`?"), "{}", check.out);
}

#[test]
fn keys_of_ones_own_are_kept_in_the_json_of_a_rubric() {
    let rubric = TINY
        .replace("title = \"Tiny", "x-source = { book = \"B\", pages = [1, 2.5] }\ntitle = \"Tiny")
        .replace("id = \"basics\"", "id = \"basics\"\nx-weight = 2")
        .replace(
            "id = \"rollback\"",
            "id = \"rollback\"\nx-since = 2026-01-31\nx-on = true\nevidence = \"required\"",
        );
    let estate = Estate::empty().with("rubric/tiny/v1.toml", &rubric);
    let json: serde_json::Value =
        serde_json::from_str(&estate.run("rubric show --format json").fine()).expect("JSON");
    assert_eq!(json["format"], "fundamentals/rubric/v1");
    assert_eq!(json["x-source"], serde_json::json!({ "book": "B", "pages": [1, 2.5] }));
    let pillar = &json["pillars"][0];
    assert_eq!(pillar["x-weight"], 2);
    let categories = pillar["categories"].as_array().expect("a list");
    let category = categories.iter().find(|it| it["id"] == "rollback").expect("it is there");
    assert_eq!(category["x-since"], "2026-01-31");
    assert_eq!(category["x-on"], true);
    assert_eq!(category["evidence"], "required");
}

#[test]
fn wanted_evidence_is_told_by_show_and_asked_for_by_score() {
    let rubric = TINY.replace("id = \"rollback\"", "id = \"rollback\"\nevidence = \"required\"");
    let service = "service: till\ndomain: shop\nplatform: team\ncriticality: low\n";
    let estate = Estate::empty().with("rubric/tiny/v1.toml", &rubric).with("services/till.yaml", service);
    let warning = "warning: a green of `rollback` needs evidence: add `--evidence`\n";
    let set = estate.run("score till --rubric tiny --set rollback=green");
    assert_eq!((set.code, set.err.as_str()), (0, warning));
    let shown = estate.run("show till").fine();
    assert!(shown.contains("Green without the evidence that the rubric wants: Rollback\n"), "{shown}");
    assert!(shown.contains("`fundamentals score till --set rollback=green --evidence …`"), "{shown}");
    assert!(!shown.contains("--confirm"), "{shown}");
    for confirm in ["rollback", "all"] {
        let said = estate.run(&format!("score till --confirm {confirm} --dry-run"));
        let warning = "warning: a green of `rollback` needs evidence: \
                       say where it can be seen, `--set CATEGORY=green --evidence …`\n";
        assert!(said.code == 0 && said.err.starts_with(warning), "{said:?}");
    }
    let blank = estate.run("score till --rubric tiny --set rollback=green --evidence tbd --dry-run");
    assert!(blank.err.starts_with(warning), "{blank:?}");
    let again =
        estate.run("score till --rubric tiny --set rollback=green --evidence https://a.example/drill");
    assert_eq!((again.code, again.err.as_str()), (0, ""));
    assert!(!estate.run("show till").fine().contains("without the evidence"));
    assert!(estate.run("rubric show").fine().contains("A green needs evidence."));
    let diff = Estate::empty().with("rubric/a.toml", TINY).with("b.toml", &rubric);
    let said = diff.run("rubric diff rubric/a.toml b.toml").fine();
    assert!(said.contains("evidence") && said.contains("required"), "{said}");
}
