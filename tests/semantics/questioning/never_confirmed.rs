//! Never confirmed: judged once, and left alone.

use fundamentals::eval::SignKind;

use super::{LAST_FRESH, by, estate, judged, on, sign, sign_in};

const KIND: SignKind = SignKind::NeverConfirmed;

#[test]
fn it_takes_longer_than_a_colour_takes_to_become_stale() {
    let since = |date| estate(&[(3, &judged(&[(date, "amber")]))]);
    assert_eq!(sign(&since("2026-03-09"), "a", KIND), Some((3, 3)));
    assert_eq!(sign(&since(LAST_FRESH), "a", KIND), None);
}

#[test]
fn more_than_half_of_those_that_had_the_time_is_enough_and_half_is_not() {
    let once = judged(&[("2025-01-01", "amber")]);
    let again = judged(&[("2025-01-01", "amber"), ("2025-02-01", "amber")]);
    let young = judged(&[("2026-06-01", "amber")]);
    assert_eq!(sign(&estate(&[(3, &once), (2, &again), (9, &young)]), "a", KIND), Some((3, 5)));
    assert_eq!(sign(&estate(&[(2, &once), (2, &again)]), "a", KIND), None);
}

#[test]
fn confirming_once_is_enough_even_long_ago() {
    let confirmed = |how| {
        judged(&[("2025-01-01", "amber")])
            + &format!("  - {{ date: 2025-02-01, rubric: r@1, confirmed: {how} }}\n")
    };
    for how in ["all", "[a]"] {
        assert_eq!(sign(&estate(&[(3, &confirmed(how))]), "a", KIND), None, "{how}");
    }
}

#[test]
fn what_was_looked_at_under_an_older_version_of_the_same_question_was_looked_at() {
    let again = judged(&[("2024-01-01", "amber")]) + &by("r@2", "2025-02-01", "alpha: amber");
    assert_eq!(sign_in(&estate(&[(3, &again)]), "r@2", "alpha", KIND), None);
}

#[test]
fn behind_a_raised_bar_it_begins_afresh() {
    let raised = on("2024-01-01", "d: amber") + &by("r@2", "2025-02-01", "d: amber");
    assert_eq!(sign_in(&estate(&[(3, &raised)]), "r@2", "d", KIND), Some((3, 3)));
}

#[test]
fn a_merge_is_another_question_and_begins_afresh() {
    let merged = on("2024-01-01", "b: amber, c: red") + &by("r@2", "2025-02-01", "bc: amber");
    assert_eq!(sign_in(&estate(&[(3, &merged)]), "r@2", "bc", KIND), Some((3, 3)));
}

#[test]
fn who_inherits_has_nothing_to_confirm() {
    let provider = judged(&[("2025-01-01", "amber")]);
    let inherits = judged(&[("2025-01-01", "{ inherited-from: s0 }")]);
    assert_eq!(sign(&estate(&[(1, &provider), (5, &inherits)]), "a", KIND), None);
}
