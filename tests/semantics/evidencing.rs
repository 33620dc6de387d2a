//! A green of a category that wants evidence.

use fundamentals::diag::Code;
use fundamentals::eval::{
    Selection, SignKind, Status, Task, next_steps, rubric_diff, rubric_edit, rubric_health,
};
use fundamentals::load::{Loaded, load_texts};
use fundamentals::model::{Colour, RubricKey};

use crate::reviewing::pack;
use crate::small_rubric::small_rubric;
use crate::support::{codes, day, service, state};

/// Version 1 wants no evidence, version 2 does.
fn load(services: &[(String, String)]) -> Loaded {
    let version = |major: u32, more: &str| {
        let head = format!("title = \"E\"\npublished = {}-01-01", 2020 + major);
        small_rubric(&format!("e@{major}"), &head, &[("p/a", more), ("p/b", "")])
    };
    let rubrics = [("e1.toml", version(1, "")), ("e2.toml", version(2, "evidence = \"required\""))];
    let rubrics: Vec<_> = rubrics.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let services: Vec<_> = services.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut loaded = load_texts(None, &rubrics, &services);
    fundamentals::check::check(&mut loaded, day("2026-06-01"));
    loaded
}

fn assessed(id: &str, assessments: &[&str]) -> (String, String) {
    let entries = assessments.iter().map(|entry| format!("  - {{ {entry} }}\n"));
    service(id, &format!("assessments:\n{}", entries.collect::<String>()))
}

#[test]
fn a_green_without_evidence_is_told_and_still_green() {
    let loaded = load(&[assessed("s", &["date: 2026-01-10, rubric: e@2, scores: { a: green, b: green }"])]);
    assert_eq!(codes(&loaded), [Code::GreenWithoutEvidence]);
    let state = state(&loaded.estate, "s", "2026-06-01");
    assert!(state.categories().all(|(_, _, standing)| standing.status == Status::Rated(Colour::Green)));
}

#[test]
fn evidence_any_other_colour_and_a_category_that_wants_none_are_fine() {
    for score in ["{ rag: green, evidence: [x] }", "red", "{ rag: not-applicable, because: No data }"] {
        let entry = format!("date: 2026-01-10, rubric: e@2, scores: {{ a: {score}, b: green }}");
        assert_eq!(codes(&load(&[assessed("s", &[&entry])])), [], "{score}");
    }
    assert_eq!(codes(&load(&[assessed("s", &["date: 2026-01-10, rubric: e@1, scores: { a: green }"])])), []);
}

#[test]
fn evidence_that_says_nothing_is_none() {
    for evidence in ["", "\" \"", "'.', '-'", "tbd", "n/a, TODO"] {
        let score = format!("a: {{ rag: green, evidence: [{evidence}] }}");
        let entry = format!("date: 2026-01-10, rubric: e@2, scores: {{ {score} }}");
        assert_eq!(codes(&load(&[assessed("s", &[&entry])])), [Code::GreenWithoutEvidence], "{evidence}");
    }
    let some = "date: 2026-01-10, rubric: e@2, scores: { a: { rag: green, evidence: [tbd, '#42'] } }";
    assert_eq!(codes(&load(&[assessed("s", &[some])])), []);
}

#[test]
fn the_next_step_of_a_green_without_evidence_is_to_show_it_however_old_it_is() {
    let tasks = |service: (String, String)| {
        let loaded = load(&[service]);
        let steps =
            next_steps(&loaded.estate, &[state(&loaded.estate, "s", "2026-06-01")], day("2026-06-01"));
        steps.iter().map(|step| (step.category.id.to_string(), step.task == Task::Show)).collect::<Vec<_>>()
    };
    for on in ["2026-05-30", "2024-01-10"] {
        let entry = format!("date: {on}, rubric: e@2, scores: {{ a: {{ rag: green, evidence: ['-'] }} }}");
        assert_eq!(tasks(assessed("s", &[&entry]))[0], ("a".to_owned(), true), "{on}");
        let entry = entry.replace("'-'", "x");
        assert!(tasks(assessed("s", &[&entry])).iter().all(|(_, is_to_show)| !is_to_show), "{on}");
    }
}

#[test]
fn a_pack_praises_no_green_that_its_category_wants_to_see_and_nobody_can() {
    let praise = |evidence: &str| {
        let scores = format!("scores: {{ a: {{ rag: green{evidence} }} }}");
        let assessment = format!("date: 2026-01-10, rubric: e@2, {scores}");
        let loaded = load(&["s", "t", "u"].map(|id| assessed(id, &[&assessment])));
        let texts: Vec<_> =
            pack(&loaded.estate).talk.expect("prompts").into_iter().map(|it| it.text).collect();
        texts.iter().any(|text| text.contains("is green in 3 of 3"))
    };
    assert!(praise(", evidence: [x]"));
    assert!(!praise(""));
}

#[test]
fn only_the_rating_in_force_needs_evidence_and_a_confirmation_keeps_it() {
    let seen = "date: 2026-01-10, rubric: e@2, scores: { a: { rag: green, evidence: [x] } }";
    let unseen = "date: 2026-01-10, rubric: e@2, scores: { a: green }";
    let confirmed = "date: 2026-02-10, rubric: e@2, confirmed: [a]";
    let red = "date: 2026-02-10, rubric: e@2, scores: { a: red }";
    assert_eq!(codes(&load(&[assessed("s", &[seen, confirmed])])), []);
    assert_eq!(codes(&load(&[assessed("s", &[unseen, confirmed])])), [Code::GreenWithoutEvidence]);
    assert_eq!(codes(&load(&[assessed("s", &[unseen, red])])), []);
}

#[test]
fn a_green_carried_over_to_a_version_that_wants_evidence_needs_it() {
    let old = "date: 2026-01-10, rubric: e@1, scores: { a: green }";
    let new = "date: 2026-02-10, rubric: e@2, scores: { b: red }";
    assert_eq!(codes(&load(&[assessed("s", &[old, new])])), [Code::GreenWithoutEvidence]);
}

#[test]
fn the_evidence_of_the_provider_counts_for_what_is_inherited() {
    let inherits = || assessed("s", &["date: 2026-01-10, rubric: e@2, scores: { a: { inherited-from: t } }"]);
    let provider =
        |score: &str| assessed("t", &[&format!("date: 2026-01-10, rubric: e@2, scores: {{ a: {score} }}")]);
    assert_eq!(codes(&load(&[inherits(), provider("{ rag: green, evidence: [x] }")])), []);
    assert_eq!(codes(&load(&[inherits(), provider("green")])), [Code::GreenWithoutEvidence; 2]);
}

#[test]
fn the_health_of_a_rubric_counts_greens_without_evidence() {
    let seen = "date: 2026-01-10, rubric: e@2, scores: { a: { rag: green, evidence: [x] } }";
    let unseen = "date: 2026-01-10, rubric: e@2, scores: { a: green, b: green }";
    let red = "date: 2026-01-10, rubric: e@2, scores: { a: red }";
    let loaded = load(&[assessed("s", &[seen]), assessed("t", &[unseen]), assessed("u", &[red])]);
    let rubric = loaded.estate.rubrics.get(&RubricKey::parse("e@2").expect("a key")).expect("a rubric");
    let health =
        rubric_health(&loaded.estate, &Selection::default(), rubric, day("2026-01-01"), day("2026-06-01"));
    let signs = health.categories.iter().flat_map(|category| &category.signs);
    let unseen: Vec<_> = signs
        .filter(|sign| sign.kind == SignKind::GreenWithoutEvidence)
        .map(|sign| (sign.share.count, sign.share.of))
        .collect();
    assert_eq!(unseen, [(1, 2)]);
}

#[test]
fn whatever_is_an_edit_of_a_category_is_a_difference_too() {
    let rubric = |more: &str| small_rubric("e@1", "title = \"E\"\npublished = 2021-01-01", &[("p/a", more)]);
    let before = rubric("guidance = [\"Ask us.\"]");
    for after in [
        "guidance = [\"Ask them.\"]",
        "guidance = [{ title = \"Ask us.\", href = \"docs/us.md\" }]",
        "",
        "guidance = [\"Ask us.\"]\nevidence = \"required\"",
        "guidance = [\"Ask us.\"]\nadvisory = true",
    ] {
        let after = rubric(after);
        let loaded = [&before, &after].map(|text| load_texts(None, &[("e.toml", text)], &[]));
        let [old, new] = loaded.each_ref().map(|loaded| loaded.own_rubrics().next().expect("a rubric"));
        assert!(!rubric_edit(old, new).is_empty(), "{after}");
        assert_eq!(rubric_diff(old, new).changes.len(), 1, "{after}");
        assert!(rubric_diff(old, old).changes.is_empty(), "{after}");
    }
}

#[test]
fn to_want_evidence_changes_what_a_score_means() {
    let loaded = load(&[]);
    let versions: Vec<_> = loaded.own_rubrics().collect();
    let edit = rubric_edit(versions[0], versions[1]);
    let ids: Vec<_> = edit.meaning.iter().map(|category| category.id.as_str()).collect();
    assert_eq!(ids, ["a"]);
}
