//! Always green.

use fundamentals::eval::SignKind;

use super::{LAST_FRESH, by, estate, judged, on, sign, sign_in};

const KIND: SignKind = SignKind::AlwaysGreen;

fn green() -> String {
    judged(&[("2025-01-01", "green")])
}

#[test]
fn one_that_is_not_green_is_enough_to_tell_services_apart() {
    let amber = judged(&[("2025-01-01", "amber")]);
    assert_eq!(sign(&estate(&[(5, &green())]), "a", KIND), Some((5, 5)));
    assert_eq!(sign(&estate(&[(5, &green()), (1, &amber)]), "a", KIND), None);
}

#[test]
fn another_colour_counts_if_it_held_on_any_day_that_is_looked_at() {
    let back = |date, again| judged(&[("2025-01-01", "green"), (date, "amber"), (again, "green")]);
    let with = |odd: String| sign(&estate(&[(5, &green()), (1, &odd)]), "a", KIND);
    assert_eq!(with(back("2026-01-10", "2026-01-12")), None, "between the ends of two months");
    assert_eq!(with(back("2025-05-01", "2025-07-01")), None, "on the first day");
    assert_eq!(with(back("2025-05-01", "2025-06-01")), Some((6, 6)), "only before it");
}

#[test]
fn most_services_that_it_applies_to_must_have_a_colour() {
    let silent = on("2026-06-01", "b: red");
    assert_eq!(sign(&estate(&[(4, &green()), (3, &silent)]), "a", KIND), Some((4, 7)));
    assert_eq!(sign(&estate(&[(4, &green()), (4, &silent)]), "a", KIND), None);
}

#[test]
fn three_must_have_been_green_for_long() {
    let young = judged(&[("2026-06-01", "green")]);
    assert_eq!(sign(&estate(&[(3, &green()), (1, &young)]), "a", KIND), Some((4, 4)));
    assert_eq!(sign(&estate(&[(2, &green()), (2, &young)]), "a", KIND), None);
    let since = |date| estate(&[(3, &judged(&[(date, "green")]))]);
    assert_eq!(sign(&since(LAST_FRESH), "a", KIND), Some((3, 3)));
    assert_eq!(sign(&since("2026-03-11"), "a", KIND), None);
}

#[test]
fn a_carried_green_is_green_and_one_to_rescore_is_not() {
    let old = on("2025-01-01", "a: green, d: green");
    let moved = old.clone() + &by("r@2", "2026-06-01", "e: amber");
    for estate in [estate(&[(3, &old)]), estate(&[(3, &moved)])] {
        assert_eq!(sign_in(&estate, "r@2", "alpha", KIND), Some((3, 3)));
        assert_eq!(sign_in(&estate, "r@2", "d", KIND), None);
    }
}
