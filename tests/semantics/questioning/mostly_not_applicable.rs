//! Mostly not applicable.

use fundamentals::eval::SignKind;

use super::{TODAY, category, estate, on, sign};
use crate::support::{self};

const KIND: SignKind = SignKind::MostlyNotApplicable;
const ABSENT: &str = "d: { rag: not-applicable, because: so }";

#[test]
fn more_than_half_of_those_asked_is_enough_and_half_is_not() {
    let (absent, there) = (on("2026-06-01", ABSENT), on("2026-06-01", "d: green"));
    assert_eq!(sign(&estate(&[(3, &absent), (2, &there)]), "d", KIND), Some((3, 5)));
    assert_eq!(sign(&estate(&[(2, &absent), (2, &there)]), "d", KIND), None);
}

#[test]
fn whom_applies_to_leaves_out_is_not_asked() {
    let files: Vec<_> = (0..5)
        .map(|at| {
            let absent = format!("assessments:\n{}", on("2026-06-01", ABSENT));
            let (path, text) = support::service(&format!("s{at}"), &absent);
            (path, text.replace("tags: [api]", "tags: []"))
        })
        .collect();
    let estate = support::estate(&files, TODAY);
    let health = category(&estate, "r@1", "d");
    assert_eq!((health.signs.len(), health.counts.not_applicable), (0, 0));
}
