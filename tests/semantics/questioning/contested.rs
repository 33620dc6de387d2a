//! Contested: going back and forth.

use fundamentals::eval::SignKind;

use super::{SINCE, by, category, estate, judged, sign};

const KIND: SignKind = SignKind::Contested;

fn back_and_forth() -> String {
    judged(&[("2025-01-10", "green"), ("2026-01-10", "amber"), ("2026-06-10", "green")])
}

fn steady() -> String {
    judged(&[("2026-06-01", "amber")])
}

#[test]
fn a_quarter_of_those_that_judged_it_is_enough_and_less_is_not() {
    assert_eq!(sign(&estate(&[(2, &back_and_forth()), (6, &steady())]), "a", KIND), Some((2, 8)));
    assert_eq!(sign(&estate(&[(2, &back_and_forth()), (7, &steady())]), "a", KIND), None);
}

#[test]
fn one_service_alone_contests_nothing_however_often_it_turns() {
    let colours = ["green", "red", "green", "red", "green"];
    let dates = ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"];
    let restless = judged(&dates.into_iter().zip(colours).collect::<Vec<_>>());
    let estate = estate(&[(1, &restless), (2, &steady())]);
    assert_eq!(sign(&estate, "a", KIND), None);
    assert_eq!(category(&estate, "r@1", "a").turns, 3);
}

#[test]
fn becoming_better_step_by_step_is_no_turn() {
    let better = judged(&[("2026-01-01", "red"), ("2026-02-01", "amber"), ("2026-03-01", "green")]);
    assert_eq!(category(&estate(&[(3, &better)]), "r@1", "a").turns, 0);
}

#[test]
fn a_turn_counts_on_the_first_day_that_is_looked_at_and_not_before() {
    let turning = |date| judged(&[("2025-01-01", "green"), ("2025-02-01", "amber"), (date, "green")]);
    assert_eq!(sign(&estate(&[(3, &turning(SINCE))]), "a", KIND), Some((3, 3)));
    assert_eq!(sign(&estate(&[(3, &turning("2025-06-29"))]), "a", KIND), None);
}

#[test]
fn a_new_version_of_the_rubric_is_no_turn() {
    let old = judged(&[("2026-01-01", "green"), ("2026-02-01", "amber")]);
    let moved = old + &by("r@2", "2026-03-01", "alpha: green");
    assert_eq!(category(&estate(&[(3, &moved)]), "r@2", "alpha").turns, 0);
    let back = moved + &judged(&[("2026-04-01", "green")]);
    assert_eq!(category(&estate(&[(3, &back)]), "r@1", "a").turns, 0, "nor is going back to the old one");
}

#[test]
fn what_is_no_colour_of_its_own_begins_afresh() {
    let apart = |between| {
        judged(&[
            ("2026-01-01", "green"),
            ("2026-02-01", "amber"),
            ("2026-03-01", between),
            ("2026-04-01", "green"),
        ])
    };
    let absent = apart("{ rag: not-applicable, because: so }");
    assert_eq!(category(&estate(&[(3, &absent)]), "r@1", "a").turns, 0);
    let provider = judged(&[("2026-01-01", "amber")]);
    let inherited = apart("{ inherited-from: s0 }");
    assert_eq!(category(&estate(&[(1, &provider), (3, &inherited)]), "r@1", "a").turns, 0);
}

#[test]
fn what_a_provider_does_is_not_held_against_those_that_inherit() {
    let inherits = judged(&[("2025-01-01", "{ inherited-from: s0 }")]);
    let estate = estate(&[(1, &back_and_forth()), (4, &inherits)]);
    assert_eq!((category(&estate, "r@1", "a").turns, sign(&estate, "a", KIND)), (1, None));
}
