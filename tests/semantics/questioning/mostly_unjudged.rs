//! Mostly unjudged.

use fundamentals::eval::{Outlook, Population, SignKind};

use super::{by, category, estate, health, judged, on, sign, sign_in};

const KIND: SignKind = SignKind::MostlyUnjudged;

#[test]
fn more_than_half_of_those_that_it_applies_to_is_enough_and_half_is_not() {
    let (asked, answered) = (on("2026-06-01", "b: green"), judged(&[("2026-06-01", "green")]));
    assert_eq!(sign(&estate(&[(3, &asked), (2, &answered)]), "a", KIND), Some((3, 5)));
    assert_eq!(sign(&estate(&[(2, &asked), (2, &answered)]), "a", KIND), None);
}

#[test]
fn a_service_without_any_assessment_is_not_looked_at() {
    let answered = judged(&[("2026-06-01", "green")]);
    let estate = estate(&[(9, ""), (3, &answered)]);
    let expected = Population { looked_at: 3, never_assessed: 9, elsewhere: 0 };
    assert_eq!((sign(&estate, "a", KIND), health(&estate, "r@1").services), (None, expected));
}

#[test]
fn what_needs_a_rescore_has_no_colour_once_its_service_uses_the_version() {
    let moved = on("2026-01-01", "d: green") + &by("r@2", "2026-06-01", "e: green");
    assert_eq!(sign_in(&estate(&[(3, &moved)]), "r@2", "d", KIND), Some((3, 3)));
}

#[test]
fn a_service_that_has_not_come_to_the_version_was_not_asked() {
    let old = on("2026-01-01", "a: green, d: green");
    let estate = estate(&[(3, &old)]);
    for id in ["d", "e"] {
        let health = category(&estate, "r@2", id);
        assert_eq!((health.counts.applicable(), health.outlook()), (0, Outlook::TooFew), "{id}");
    }
    assert_eq!(category(&estate, "r@2", "alpha").counts.green, 3, "what carries over counts");
}
