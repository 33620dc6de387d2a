//! Drops to red, seen from a service's latest assessment.

use fundamentals::eval::{FindingOutcome, Selection};
use fundamentals::model::{Colour, GateLevel};

use crate::support::{day, drops, estate, gate_alone, load_with, service};

fn golden(id: &str, rest: &str) -> (String, String) {
    let head = format!(
        "service: {id}\ndomain: shop\nplatform: team\ncriticality: mission-critical\ngolden-thread: true\n"
    );
    (format!("{id}.yaml"), format!("{head}{rest}"))
}

/// Service, category and outcome of every finding.
fn found(services: &[(String, String)]) -> Vec<(String, String, FindingOutcome)> {
    let estate = estate(services, "2026-05-01");
    let selection = Selection::default();
    let verdict = gate_alone(&estate, "2026-05-01", &selection);
    let found = drops(&verdict).map(|(finding, service, turn)| {
        (service.id.to_string(), turn.category.id.to_string(), finding.outcome())
    });
    found.collect()
}

fn two(before: &str, now: &str) -> String {
    format!(
        "assessments:\n  - {{ date: 2026-01-10, rubric: r@1, scores: {{ {before} }} }}\n  - {{ date: 2026-03-10, rubric: r@1, scores: {{ {now} }} }}\n"
    )
}

#[test]
fn a_golden_thread_service_that_dropped_to_red_is_denied() {
    for before in ["green", "amber"] {
        let found = found(&[golden("s", &two(&format!("a: {before}"), "a: red"))]);
        assert_eq!(found, [("s".to_owned(), "a".to_owned(), FindingOutcome::Denied)], "{before}");
    }
}

#[test]
fn any_other_service_that_dropped_is_only_mentioned() {
    let found = found(&[service("s", &two("a: green", "a: red"))]);
    assert_eq!(found, [("s".to_owned(), "a".to_owned(), FindingOutcome::Warned)]);
}

#[test]
fn standing_red_first_red_and_slips_are_no_drops() {
    for (before, now) in [
        ("a: red", "a: red"),
        ("a: red", "b: green"),
        ("b: green", "a: red"),
        ("a: green", "a: amber"),
        ("a: { rag: not-applicable, because: x }", "a: red"),
    ] {
        assert_eq!(found(&[golden("s", &two(before, now))]), [], "{before} then {now}");
    }
}

#[test]
fn an_older_drop_is_history_once_the_service_is_assessed_again() {
    let text = two("a: green", "a: red") + "  - { date: 2026-04-10, rubric: r@1, confirmed: all }\n";
    assert_eq!(found(&[golden("s", &text)]), []);
}

#[test]
fn a_drop_is_found_whatever_day_it_is_looked_at() {
    let services = [golden("s", &two("a: green", "a: red"))];
    let estate = estate(&services, "2026-05-01");
    for (today, drops) in [("2026-03-09", 0), ("2026-03-10", 1), ("2027-01-01", 1)] {
        let selection = Selection::default();
        assert_eq!(self::drops(&gate_alone(&estate, today, &selection)).count(), drops, "{today}");
    }
}

#[test]
fn a_red_inherited_since_the_last_assessment_is_a_drop_of_the_heir_too() {
    let heir = "assessments: [{ date: 2026-02-01, rubric: r@1, scores: { a: { inherited-from: gateway } } }]";
    let heir_again = heir.replace("}]", "}, { date: 2026-03-10, rubric: r@1, confirmed: all }]");
    let services = [golden("s", &heir_again), service("gateway", &two("a: green", "a: red"))];
    let found = found(&services);
    assert!(found.contains(&("s".to_owned(), "a".to_owned(), FindingOutcome::Denied)), "{found:?}");
}

#[test]
fn a_drop_across_a_new_rubric_is_judged_in_the_new_rubrics_terms() {
    let across = |before: &str, now: &str| {
        two(before, now).replace("2026-03-10, rubric: r@1", "2026-03-10, rubric: r@2")
    };
    let renamed = found(&[golden("s", &across("a: green", "alpha: red"))]);
    assert_eq!(renamed, [("s".to_owned(), "alpha".to_owned(), FindingOutcome::Denied)]);
    let raised = found(&[golden("s", &across("d: green", "d: red"))]);
    assert_eq!(raised, [], "the ruler moved, not the service");
}

#[test]
fn a_waiver_keeps_a_drop_from_failing_until_its_last_day_and_is_still_mentioned() {
    let waiver = "waivers: [{ category: a, until: 2026-05-01, because: x, approved-by: y }]\n";
    let silenced = found(&[golden("s", &(two("a: green", "a: red") + waiver))]);
    assert_eq!(silenced, [("s".to_owned(), "a".to_owned(), FindingOutcome::Waived)]);
    let ended = waiver.replace("2026-05-01", "2026-04-30");
    let denied = found(&[golden("s", &(two("a: green", "a: red") + &ended))]);
    assert_eq!(denied, [("s".to_owned(), "a".to_owned(), FindingOutcome::Denied)]);
    let other = waiver.replace("category: a", "category: b");
    let denied = found(&[golden("s", &(two("a: green", "a: red") + &other))]);
    assert_eq!(denied, [("s".to_owned(), "a".to_owned(), FindingOutcome::Denied)]);
}

#[test]
fn the_settings_say_how_seriously_a_drop_is_taken() {
    let services = [golden("g", &two("a: green", "a: red")), service("s", &two("b: green", "b: red"))];
    for (set, expected) in [
        ("", vec![GateLevel::Deny, GateLevel::Warn]),
        (
            "[gate.drop-to-red]\ngolden-thread = \"warn\"\nelsewhere = \"deny\"",
            vec![GateLevel::Warn, GateLevel::Deny],
        ),
        ("[gate.drop-to-red]\nelsewhere = \"allow\"", vec![GateLevel::Deny]),
    ] {
        let loaded = load_with(Some(set), &services, "2026-05-01");
        let selection = Selection::default();
        let verdict = gate_alone(&loaded.estate, "2026-05-01", &selection);
        let levels: Vec<_> = drops(&verdict).map(|(finding, _, _)| finding.level).collect();
        assert_eq!(levels, expected, "{set}");
    }
}

#[test]
fn a_finding_says_from_what_since_when_and_why() {
    let text = two("a: { rag: amber, because: was fine }", "a: { rag: red, because: broke }");
    let estate = estate(&[golden("s", &text)], "2026-05-01");
    let selection = Selection::default();
    let verdict = gate_alone(&estate, "2026-05-01", &selection);
    let (_, _, turn) = drops(&verdict).next().expect("one drop");
    let before = turn.before.expect("it was judged before");
    assert_eq!((before.status.colour(), before.because()), (Some(Colour::Amber), Some("was fine")));
    assert_eq!(turn.before_on, Some(day("2026-03-09")));
    let now = turn.now.expect("it is asked");
    assert_eq!(now.because(), Some("broke"));
    assert_eq!(now.judged.expect("judged").since, day("2026-03-10"));
}

#[test]
fn a_waiver_outlives_the_renaming_of_its_category() {
    let across = two("a: green", "alpha: red").replace("2026-03-10, rubric: r@1", "2026-03-10, rubric: r@2");
    let waiver = "waivers: [{ category: a, until: 2026-10-01, because: x, approved-by: y }]\n";
    let found = found(&[golden("s", &(across + waiver))]);
    assert_eq!(found, [("s".to_owned(), "alpha".to_owned(), FindingOutcome::Waived)]);
}
