use super::*;
use crate::eval::latest_state;
use crate::load::load_texts;
use crate::model::Estate;

#[path = "../../../../tests/support/small_rubric.rs"]
mod small_rubric;

use small_rubric::small_rubric;

/// A rubric of these categories, and a service that was judged as `scores` says.
fn estate(version: &str, categories: &[&str], scores: &str) -> Estate {
    let categories: Vec<_> = categories.iter().map(|id| (id, "")).collect();
    let (major, _) = version.split_once('.').expect("major.minor");
    let rubric = small_rubric(&format!("r@{major}"), &format!("version = {version:?}"), &categories);
    let service = format!(
        "service: s\ndomain: d\nplatform: p\ncriticality: low\nassessments:\n  \
         - {{ date: 2026-11-01, rubric: r@{major}, scores: {{ {scores} }} }}\n"
    );
    let loaded = load_texts(None, &[("r.toml", &rubric)], &[("s.yaml", &service)]);
    let problems: Vec<_> = loaded.problems.iter().map(|problem| &problem.title).collect();
    assert!(problems.is_empty(), "{problems:?}");
    loaded.estate
}

fn state(estate: &Estate) -> RubricState<'_> {
    let today = Date::parse("2026-11-21").expect("a day");
    let service = estate.service("s").expect("the service is there");
    latest_state(estate, service, today)
}

fn id(category: &str) -> CategoryId {
    CategoryId::new(category).expect("an id")
}

fn empty(state: &RubricState<'_>) -> Scoring {
    Scoring {
        date: Date::parse("2026-11-21").expect("a day"),
        rubric: state.rubric.key(),
        by: Vec::new(),
        with: Vec::new(),
        scores: Vec::new(),
        confirmation: Confirmation::These(Vec::new()),
    }
}

/// `a` amber, `b` not applicable, `c` inherited, `d` confirmed.
fn entered(state: &RubricState<'_>) -> Scoring {
    let score = |category, verdict| Score {
        category: id(category),
        verdict,
        evidence: vec!["https://example.com/\"\n".to_owned()],
        note: Some("a note".to_owned()),
    };
    let because = Some("Two alerts page for nothing – at night".to_owned());
    let provider = ServiceId::new("p").expect("an id");
    Scoring {
        scores: vec![
            score("a", Verdict::Rated { colour: Colour::Amber, because }),
            score("b", Verdict::NotApplicable { because: "No traffic".to_owned() }),
            score("c", Verdict::Inherited { provider, because: None }),
        ],
        confirmation: Confirmation::These(vec![id("d")]),
        ..empty(state)
    }
}

const SCORES: &str = "a: red, b: green, c: green, d: green";

/// Writes what was entered, and reads it again.
fn drafted() -> Draft {
    let folder = tempfile::tempdir().expect("a folder");
    let estate = estate("1.0", &["a", "b", "c", "d"], SCORES);
    let state = state(&estate);
    let file = DraftFile::of(folder.path(), &state.service.id, folder.path()).expect("a place");
    assert_eq!(file.read(), StoredDraft::Nothing);
    file.write(&entered(&state), &state).expect("it can be written");
    let StoredDraft::Draft(draft) = file.read() else { panic!("it can't be read") };
    file.remove().expect("it can be removed");
    file.remove().expect("what is gone needs no removing");
    assert_eq!(file.read(), StoredDraft::Nothing);
    draft
}

/// What is left out when the draft is taken up in another estate.
fn left_out(estate: &Estate) -> Vec<(String, &'static str)> {
    let state = state(estate);
    let (_, left_out) = drafted().take_up(empty(&state), &state);
    left_out.into_iter().map(|rejected| (rejected.category, rejected.why)).collect()
}

#[test]
fn a_draft_is_taken_up_as_it_was_entered() {
    let estate = estate("1.0", &["a", "b", "c", "d"], SCORES);
    let state = state(&estate);
    assert_eq!(drafted().take_up(empty(&state), &state), (entered(&state), Vec::new()));
}

#[test]
fn what_is_gone_from_the_rubric_is_named() {
    let estate = estate("1.1", &["a", "b", "c"], "a: red, b: green, c: green");
    assert_eq!(left_out(&estate), [("d".to_owned(), "is not in the rubric any more")]);
}

#[test]
fn what_was_judged_otherwise_since_is_named() {
    let estate = estate("1.0", &["a", "b", "c", "d"], "a: green, b: green, c: green, d: amber");
    let since = "was judged in the file since";
    assert_eq!(left_out(&estate), [("a".to_owned(), since), ("d".to_owned(), since)]);
}

#[test]
fn answers_to_another_version_of_the_questions_are_not_taken_up() {
    let estate = estate("2.0", &["a", "b", "c", "d"], SCORES);
    assert_eq!(left_out(&estate).len(), 4);
}
