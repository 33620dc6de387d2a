//! `fundamentals rubric diff`: what changed between two rubrics.

use crate::support::{Estate, assert_snapshot, parse_json};

pub(crate) const OLD: &str = r#"id = "ours"
version = "1.0"
title = "Ours"
published = 2025-01-01
[[pillar]]
id = "basics"
title = "Basics"
[[pillar.category]]
id = "logs"
title = "Logs"
red = "Nobody can find the lines of a failed request."
amber = "Somebody can find them."
green = "Anybody on call can find the lines of a failed request within 5 minutes."
[[pillar.category]]
id = "timeouts"
title = "Timeouts"
red = "None."
green = "All."
[[pillar.category]]
id = "retries"
title = "Retries"
red = "None."
green = "All."
[[pillar.category]]
id = "uptime-page"
title = "Uptime page"
red = "None."
green = "There is one | and it *works*."
"#;

pub(crate) const NEW: &str = r#"id = "ours"
version = "2.0"
title = "Ours"
published = 2026-01-01
retired = ["uptime-page"]
[[pillar]]
id = "basics"
title = "Basics"
[[pillar.category]]
id = "logging"
title = "Logging"
red = "Nobody can find the lines of a failed unit of work."
amber = "Some can find them, with help."
green = "Anybody on call can find the lines of a failed unit of work within 5 minutes."
from = ["logs"]
rescore = true
[[pillar.category]]
id = "outside-calls"
title = "Outside calls"
red = "None."
green = "All."
from = ["timeouts", "retries"]
[[pillar.category]]
id = "restore"
title = "Restore"
red = "None."
green = "Done."
"#;

fn estate() -> Estate {
    Estate::empty().with("rubric/v1.toml", OLD).with("rubric/v2.toml", NEW)
}

#[test]
fn every_kind_of_change_is_told_in_words() {
    assert_snapshot!("rubric-diff", estate().run("rubric diff 1 2").fine());
}

#[test]
fn an_announcement_has_the_same_changes() {
    assert_snapshot!("rubric-diff-markdown", estate().run("rubric diff 1 2 --format markdown").fine());
}

#[test]
fn programs_get_the_same_changes() {
    let json = parse_json(&estate().run("rubric diff ours@1 ours@2 --format json").fine());
    assert_eq!(json["format"], "fundamentals/rubric-diff/v1");
    let changes = json["changes"].as_array().expect("a list");
    let told: Vec<_> =
        changes.iter().map(|change| (change["kind"].as_str(), change["bar"].as_str())).collect();
    let expected = [("merged", "same"), ("renamed", "raised"), ("removed", "same"), ("added", "same")];
    assert_eq!(told, expected.map(|(kind, bar)| (Some(kind), Some(bar))));
    assert_eq!(changes[2]["retired"], true);
}

#[test]
fn that_other_services_are_asked_is_a_change() {
    let narrowed = OLD.replace(
        "id = \"timeouts\"",
        "id = \"timeouts\"\napplies-to = { criticality = [\"low\"], tags = [\"web\"] }",
    );
    let estate = Estate::empty().with("rubric/v1.toml", OLD).with("v1-1.toml", &narrowed);
    let out = estate.run("rubric diff 1 v1-1.toml").fine();
    assert!(out.contains("applies-to [-all services-]{+only low services tagged web+}\n"), "{out}");
    let back = parse_json(&estate.run("rubric diff v1-1.toml 1 --format json").fine());
    assert_eq!(back["changes"][0]["texts"][0]["part"], "applies-to");
}

#[test]
fn a_rubric_does_not_differ_from_itself() {
    for name in ["1", "ours@2", "rubric/v1.toml"] {
        let out = estate().run(&format!("rubric diff {name} {name}")).fine();
        assert!(out.ends_with("\nno difference\n"), "{out}");
    }
}

#[test]
fn files_and_git_revisions_of_a_file_can_be_compared() {
    let estate = estate();
    estate.commit("first");
    let clarified =
        OLD.replace("Somebody can find them.", "Somebody in the team can find them.").replace("1.0", "1.1");
    let estate = estate.with("rubric/v1.toml", &clarified);
    let out = estate.run("rubric diff HEAD:rubric/v1.toml rubric/v1.toml").fine();
    assert!(out.starts_with("ours 1.0 → ours 1.1\n\nReworded – the colour carries\n- logs\n"), "{out}");
    assert!(out.contains("Somebody {+in the team+} can find them."), "{out}");
}

#[test]
fn what_cannot_be_compared_is_refused_with_a_reason() {
    let estate = estate();
    assert_eq!(
        estate.run("rubric diff 1 3").refused(2),
        "error: unknown rubric `ours@3`: did you mean `ours@2`? known here: `fundamentals@1`, `fundamentals@2`, `ours@1` and `ours@2`\n"
    );
    assert!(estate.run("rubric diff 1 nowhere:rubric/v1.toml").refused(2).contains("not a git repository"));
    assert!(estate.run("rubric diff 1 nope.toml").refused(3).contains("error[no-such-path]"));
    let broken = estate.with("broken.toml", "id = 1\n");
    assert!(broken.run("rubric diff 1 broken.toml").refused(3).contains("error[wrong-type]"));
}
