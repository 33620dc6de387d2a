//! What somebody says of a service, and what it would come to.

use fundamentals::eval::{Change, WhatIf, latest_rubric};
use fundamentals::model::{CategoryId, Colour, Confirmation, Estate, Score, Scoring, Verdict};

use crate::support::{day, load, one, service};

/// What is said of `a` on 1 June.
fn says(colour: Colour, because: Option<&str>, evidence: &[&str]) -> Scoring {
    let verdict = Verdict::Rated { colour, because: because.map(str::to_owned) };
    let score = Score {
        category: CategoryId::new("a").expect("an id"),
        verdict,
        evidence: evidence.iter().map(ToString::to_string).collect(),
        note: None,
    };
    let estate = one("assessments: [{date: 2026-06-01, rubric: r@1}]", "2026-06-01");
    let rubric = estate.services()[0].assessments[0].rubric.key();
    let (by, with) = (Vec::new(), Vec::new());
    Scoring {
        date: day("2026-06-01"),
        rubric,
        by,
        with,
        scores: vec![score],
        confirmation: Confirmation::These(Vec::new()),
    }
}

/// The score that is left of it on a day on which `a` was judged amber already.
fn onto_amber(scoring: Scoring) -> Score {
    let text = "assessments:\n  - date: 2026-06-01\n    rubric: r@1\n    scores:\n      a: {rag: amber, because: Two gaps, evidence: [x], note: n}\n";
    let estate = one(text, "2026-06-01");
    scoring.onto(&estate.services()[0].assessments[0]).scores.remove(0)
}

#[test]
fn said_again_on_one_day_a_colour_keeps_its_reason_and_gains_evidence() {
    let score = onto_amber(says(Colour::Amber, None, &["x", "y"]));
    assert_eq!(score.verdict.because(), Some("Two gaps"));
    assert_eq!((score.evidence, score.note.as_deref()), (vec!["x".to_owned(), "y".to_owned()], Some("n")));
}

#[test]
fn a_new_reason_takes_the_place_of_the_old_one() {
    let score = onto_amber(says(Colour::Amber, Some("Three gaps"), &[]));
    assert_eq!(score.verdict.because(), Some("Three gaps"));
}

#[test]
fn another_colour_keeps_nothing_of_the_one_before() {
    let score = onto_amber(says(Colour::Green, None, &[]));
    assert_eq!((score.verdict.because(), score.evidence.len(), score.note), (None, 0, None));
}

fn two(before: &str, after: &str) -> (Estate, Estate) {
    (one(before, "2026-06-30"), one(after, "2026-06-30"))
}

/// What a change to `s` would come to on 30 June.
fn what_if<'e>((before, after): &'e (Estate, Estate)) -> WhatIf<'e> {
    let of = |estate: &'e Estate| (estate, &estate.services()[0]);
    let today = day("2026-06-30");
    WhatIf::new(of(before), of(after), latest_rubric(after, &after.services()[0], today), today)
}

const BEFORE: &str =
    "assessments:\n  - {date: 2026-01-01, rubric: r@1, scores: {a: green, b: red, c: red}}\n";

#[test]
fn what_turns_is_told_with_what_it_was() {
    let after =
        format!("{BEFORE}  - {{date: 2026-06-01, rubric: r@1, scores: {{a: red, b: green, c: red}}}}\n");
    let estates = two(BEFORE, &after);
    let what_if = what_if(&estates);
    let turned: Vec<_> =
        what_if.turned().map(|turned| (turned.category.id.to_string(), turned.change)).collect();
    assert_eq!(turned, [("a".to_owned(), Change::Dropped), ("b".to_owned(), Change::Improved)]);
    assert_eq!(what_if.looked_at_again(), 1, "c was judged, and is what it was");
}

#[test]
fn confirming_turns_nothing() {
    let after = format!("{BEFORE}  - {{date: 2026-06-01, rubric: r@1, confirmed: all}}\n");
    let estates = two(BEFORE, &after);
    let what_if = what_if(&estates);
    assert_eq!((what_if.turned().count(), what_if.looked_at_again()), (0, 3));
    let (before, after) = (what_if.before.counts(), what_if.after.counts());
    assert_eq!((before.red, before.stale), (after.red, 3));
    assert_eq!((after.red, after.stale), (2, 0), "what was looked at is not stale");
}

#[test]
fn an_estate_with_another_text_of_a_file_is_as_if_it_were_loaded_so() {
    let others = [service("s", BEFORE), service("t", BEFORE)];
    let loaded = load(&others, "2026-06-30");
    let (path, text) =
        service("s", &format!("{BEFORE}  - {{date: 2026-06-01, rubric: r@1, scores: {{a: red}}}}\n"));
    let changed = loaded.with_service_file(&path, text.clone());
    let anew = load(&[(path, text), others[1].clone()], "2026-06-30");
    assert_eq!(format!("{:?}", changed.estate.services()), format!("{:?}", anew.estate.services()));
    let broken = loaded.with_service_file("s.yaml", "service: s\n".to_owned());
    assert!(broken.problems.has_errors());
    assert_eq!((broken.estate.unreadable(), broken.estate.services().len()), (&["s".to_owned()][..], 1));
}

#[test]
fn a_service_whose_file_is_mended_is_in_the_estate_again() {
    let (path, text) = service("s", BEFORE);
    let broken = load(&[(path.clone(), "service: s\n".to_owned())], "2026-06-30");
    assert_eq!(broken.estate.unreadable(), ["s"]);
    let mended = broken.with_service_file(&path, text);
    assert!(mended.estate.unreadable().is_empty() && mended.estate.service("s").is_some());
}
