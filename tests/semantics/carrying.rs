//! From one major version of a rubric to the next.

use fundamentals::diag::Code;
use fundamentals::eval::{RollUp, Status};
use fundamentals::load::load_texts;
use fundamentals::model::Colour;

use crate::small_rubric::small_rubric;
use crate::support::{codes, day, estate, load, one, service, standing, state};

const RED: Status = Status::Rated(Colour::Red);
const AMBER: Status = Status::Rated(Colour::Amber);
const GREEN: Status = Status::Rated(Colour::Green);

fn moved(scores: &str, next: &str) -> fundamentals::model::Estate {
    let text = format!(
        "assessments:\n  - {{ date: 2026-01-10, rubric: r@1, scores: {{ {scores} }} }}\n  - {{ date: 2026-03-10, {next} }}\n"
    );
    one(&text, "2026-05-01")
}

#[test]
fn a_renamed_category_keeps_its_score_and_says_where_it_comes_from() {
    let estate = moved("a: amber", "rubric: r@2, scores: { e: green }");
    let alpha = standing(&estate, "s", "alpha", "2026-05-01");
    assert_eq!(alpha.status, AMBER);
    assert_eq!(alpha.carried_from.map(|rubric| rubric.version.major), Some(1));
    assert_eq!(alpha.judged.expect("judged").reviewed, day("2026-01-10"));
}

#[test]
fn what_was_confirmed_by_the_new_version_is_no_longer_marked_as_carried() {
    let estate = moved("a: amber", "rubric: r@2, confirmed: [alpha]");
    let alpha = standing(&estate, "s", "alpha", "2026-05-01");
    assert_eq!((alpha.status, alpha.carried_from.is_none()), (AMBER, true));
    assert_eq!(alpha.judged.expect("judged").reviewed, day("2026-03-10"));
    assert_eq!(alpha.judged.expect("judged").since, day("2026-01-10"));
}

#[test]
fn a_merge_of_equals_gives_a_reason_if_any_has_one_and_is_as_young_as_its_last_change() {
    let text = "
assessments:
  - { date: 2026-01-10, rubric: r@1, scores: { b: green, c: red } }
  - { date: 2026-02-10, rubric: r@1, scores: { c: { rag: green, because: It works } } }
  - { date: 2026-03-10, rubric: r@2 }
";
    let estate = one(text, "2026-05-01");
    let merged = standing(&estate, "s", "bc", "2026-05-01");
    assert_eq!((merged.status, merged.because()), (GREEN, Some("It works")));
    let judged = merged.judged.expect("judged");
    assert_eq!(judged.since, day("2026-02-10"), "it was red until then");
    assert_eq!(judged.reviewed, day("2026-01-10"), "half of it was not looked at since");
}

#[test]
fn a_raised_bar_says_nothing_of_what_makes_no_sense_for_a_service() {
    let estate = moved("d: { rag: not-applicable, because: x }", "rubric: r@2, confirmed: [d]");
    let d = standing(&estate, "s", "d", "2026-05-01");
    assert_eq!(d.status, Status::NotApplicable);
    assert_eq!(d.judged.expect("judged").reviewed, day("2026-03-10"), "so it can be confirmed");
}

#[test]
fn a_merge_carries_the_worst_of_its_sources() {
    let estate = moved("b: green, c: red", "rubric: r@2, scores: { e: green }");
    assert_eq!(standing(&estate, "s", "bc", "2026-05-01").status, RED);
}

#[test]
fn a_merge_with_a_source_never_judged_is_never_green() {
    let estate = moved("b: green", "rubric: r@2, scores: { e: green }");
    assert_eq!(standing(&estate, "s", "bc", "2026-05-01").status, Status::NotAssessed);
    let estate = moved("b: red", "rubric: r@2, scores: { e: green }");
    assert_eq!(standing(&estate, "s", "bc", "2026-05-01").status, RED, "what is known to be bad stays bad");
}

#[test]
fn a_score_below_a_raised_bar_needs_a_rescore_until_it_is_judged_again() {
    let estate = moved("d: green", "rubric: r@2, confirmed: all");
    let carried = standing(&estate, "s", "d", "2026-05-01");
    assert_eq!(carried.status, Status::NeedsRescore(Colour::Green), "confirming is not judging");
    assert_eq!(carried.judged.expect("judged").reviewed, day("2026-01-10"), "nor is it looking again");
    let estate = moved("d: green", "rubric: r@2, scores: { d: amber }");
    assert_eq!(standing(&estate, "s", "d", "2026-05-01").status, AMBER);
}

#[test]
fn what_needs_a_rescore_is_never_counted_as_green() {
    let estate = moved("a: green, b: green, c: green, d: green", "rubric: r@2, scores: { e: green }");
    let state = state(&estate, "s", "2026-05-01");
    assert_eq!(state.colour(), RollUp::Incomplete);
    assert_eq!((state.counts().green, state.counts().needs_rescore, state.counts().applicable()), (3, 1, 4));
}

#[test]
fn confirming_by_name_what_needs_a_rescore_is_an_error() {
    let text = "
assessments:
  - { date: 2026-01-10, rubric: r@1, scores: { d: green } }
  - { date: 2026-03-10, rubric: r@2, confirmed: [d] }
";
    assert_eq!(codes(&load(&[service("s", text)], "2026-05-01")), [Code::NeverJudged]);
}

#[test]
fn a_new_category_begins_as_a_gap() {
    let estate = moved("a: green", "rubric: r@2, scores: { alpha: green }");
    assert_eq!(standing(&estate, "s", "e", "2026-05-01").status, Status::NotAssessed);
}

#[test]
fn a_score_is_carried_through_a_version_that_was_never_used() {
    let estate = moved("a: amber, b: green, c: red, d: green", "rubric: r@3, scores: { alpha: amber }");
    let status = |category| standing(&estate, "s", category, "2026-05-01").status;
    assert_eq!(status("b"), RED, "merged with c in version 2, split again in version 3");
    assert_eq!(status("c"), RED);
    assert_eq!(status("d"), Status::NeedsRescore(Colour::Green), "the bar was raised on the way");
}

#[test]
fn the_past_is_shown_by_the_rubric_of_its_time() {
    let estate = moved("a: green", "rubric: r@2, scores: { alpha: red }");
    assert_eq!(state(&estate, "s", "2026-02-01").rubric.version.major, 1);
    assert_eq!(standing(&estate, "s", "a", "2026-02-01").status, GREEN);
    assert_eq!(state(&estate, "s", "2026-05-01").rubric.version.major, 2);
}

#[test]
fn going_back_to_an_older_version_hides_nothing_that_was_judged_since() {
    let text = "
assessments:
  - { date: 2026-01-10, rubric: r@1, scores: { a: green, b: amber, d: amber } }
  - { date: 2026-02-10, rubric: r@2, scores: { alpha: red } }
  - { date: 2026-03-10, rubric: r@1, scores: { b: green } }
";
    let estate = one(text, "2026-05-01");
    assert_eq!(
        standing(&estate, "s", "a", "2026-05-01").status,
        RED,
        "judged by the newer version in between"
    );
    assert_eq!(standing(&estate, "s", "b", "2026-05-01").status, GREEN);
    assert_eq!(standing(&estate, "s", "d", "2026-05-01").status, AMBER, "the bar it was judged by is back");
}

#[test]
fn coming_back_to_a_newer_version_takes_along_what_was_judged_by_the_older_one() {
    let text = "
assessments:
  - { date: 2026-01-10, rubric: r@2, scores: { alpha: green, e: green, d: green } }
  - { date: 2026-02-10, rubric: r@1, scores: { a: red, d: green } }
  - { date: 2026-03-10, rubric: r@2 }
";
    let estate = one(text, "2026-05-01");
    let status = |category| standing(&estate, "s", category, "2026-05-01").status;
    assert_eq!(status("alpha"), RED);
    assert_eq!(status("e"), GREEN);
    assert_eq!(status("d"), Status::NeedsRescore(Colour::Green), "judged by the lower bar last");
}

#[test]
fn an_assessment_that_only_puts_a_newer_version_in_force_is_not_empty() {
    let moved = "assessments:\n- { date: 2026-01-01, rubric: r@1, scores: { a: green } }\n- { date: 2026-02-01, rubric: r@2 }\n";
    assert!(codes(&load(&[service("s", moved)], "2026-06-30")).is_empty());
    let empty = moved.replace("r@2", "r@1");
    assert_eq!(codes(&load(&[service("s", &empty)], "2026-06-30")), [Code::EmptyAssessment]);
}

/// The state of `whole` in the last of three versions, of a service judged by the first: it merges `whole`, which stays
/// as it is, with `half`, which merged `left` and `right`.
fn merged_twice(scores: &str, bar: &str) -> Status {
    let rubric =
        |version: u32, categories: &[(&str, &str)]| small_rubric(&format!("m@{version}"), "", categories);
    let half = format!("from = [\"left\", \"right\"]\n{bar}");
    let rubrics = [
        rubric(1, &[("whole", ""), ("left", ""), ("right", "")]),
        rubric(2, &[("whole", ""), ("half", &half)]),
        rubric(3, &[("whole", "from = [\"whole\", \"half\"]")]),
    ];
    let rubrics = rubrics.each_ref().map(|text| ("m.toml", text.as_str()));
    let assessments = format!(
        "assessments:\n- {{ date: 2026-01-01, rubric: m@1, scores: {{ {scores} }} }}\n- {{ date: 2026-02-01, rubric: m@3 }}\n"
    );
    let (path, text) = service("s", &assessments);
    let loaded = load_texts(None, &rubrics, &[(&path, &text)]);
    assert!(!loaded.problems.has_errors(), "{:?}", loaded.problems);
    standing(&loaded.estate, "s", "whole", "2026-05-01").status
}

#[test]
fn a_gap_or_a_raised_bar_in_a_merge_is_still_there_after_the_next_merge() {
    let all = "whole: green, left: green, right: green";
    assert_eq!(merged_twice(all, ""), GREEN);
    assert_eq!(merged_twice("whole: green, left: green", ""), Status::NotAssessed);
    assert_eq!(merged_twice(all, "rescore = true"), Status::NeedsRescore(Colour::Green));
}

#[test]
fn a_merge_with_an_inherited_gap_is_never_green() {
    let provider = "assessments:\n  - { date: 2026-01-10, rubric: r@1, scores: { a: green } }\n";
    let heir = "
assessments:
  - { date: 2026-01-10, rubric: r@1, scores: { b: green, c: { inherited-from: gateway } } }
  - { date: 2026-03-10, rubric: r@2 }
";
    let estate = estate(&[service("s", heir), service("gateway", provider)], "2026-05-01");
    assert_eq!(standing(&estate, "s", "bc", "2026-05-01").status, Status::NotAssessed);
}

#[test]
fn a_merge_with_a_gap_of_our_own_is_nobody_else_s() {
    let own = "
assessments:
  - { date: 2026-01-10, rubric: r@1, scores: { a: green, b: { inherited-from: gateway } } }
  - { date: 2026-02-10, rubric: r@2, scores: { e: green } }
";
    let gateway = "assessments: [{ date: 2026-01-10, rubric: r@1, scores: { b: green, c: green } }]";
    let estate = estate(&[service("s", own), service("gateway", gateway)], "2026-03-01");
    let merged = standing(&estate, "s", "bc", "2026-03-01");
    assert_eq!((merged.status, merged.provider), (Status::NotAssessed, None));
}
