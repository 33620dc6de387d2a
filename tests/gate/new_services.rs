//! Services that the base doesn't have, such as one half of a split with the other's history.

use crate::review::{alone, review};
use crate::world::{Estate, Service, Verdict, golden, green_bag, other};

/// A part of `bag-api` that becomes a service of its own, with a copy of its history.
fn half(scores: &str) -> Service {
    golden("bag-lines").on("2026-10-01", scores)
}

/// What the gate says where this is added beside the service that it was a part of.
fn added(service: Service, settings: &str) -> Verdict {
    let base = Estate::from(green_bag()).set(settings);
    review(base, Estate::of([green_bag(), service]).set(settings))
}

/// The same without a base.
fn by_itself(service: Service, settings: &str) -> Verdict {
    alone(Estate::from(service).set(settings))
}

#[test]
fn a_split_service_that_dropped_in_its_latest_assessment_is_denied_with_and_without_a_base() {
    let told = &["denied drop-to-red bag-lines"];
    for before in ["logging: green", "logging: amber"] {
        let dropped = half(before).on("2026-11-10", "logging: red");
        by_itself(dropped.clone(), "").denies(told);
        let verdict = added(dropped, "");
        verdict.denies(told).says_on_stdout("as of 2026-11-09");
    }
}

#[test]
fn a_split_service_that_dropped_by_way_of_its_provider_is_denied_with_and_without_a_base() {
    let gateway = other("gateway").on("2026-11-10", "logging: red");
    let dropped = half("logging: green").on("2026-11-12", "logging: { inherited-from: gateway }");
    let told = &["denied drop-to-red bag-lines"];
    alone(Estate::of([dropped.clone(), gateway.clone()])).denies(told);
    review(Estate::of([green_bag(), gateway.clone()]), Estate::of([green_bag(), gateway, dropped]))
        .denies(told);
}

#[test]
fn a_split_service_that_slipped_is_found_with_and_without_a_base() {
    let settings = "[gate]\nslip-to-amber = \"deny\"";
    let slipped = half("logging: green").on("2026-11-10", "logging: amber");
    let told = &["denied slip-to-amber bag-lines"];
    by_itself(slipped.clone(), settings).denies(told);
    added(slipped, settings).denies(told);
}

#[test]
fn a_split_service_whose_red_was_fixed_is_good_news_with_and_without_a_base() {
    let fixed = half("logging: red").on("2026-11-10", "logging: amber");
    let told = &["resolved bag-lines"];
    by_itself(fixed.clone(), "").passes(told);
    added(fixed, "").passes(told);
}

#[test]
fn a_split_service_whose_red_is_gone_without_a_fix_is_named_with_and_without_a_base() {
    let gone = half("logging: red").on("2026-11-10", "logging: { rag: not-applicable, because: A batch }");
    let told = &["warning red-to-not-applicable bag-lines"];
    by_itself(gone.clone(), "").passes(told);
    added(gone, "").passes(told);
}

#[test]
fn a_split_service_whose_red_lasted_is_standing_and_news_to_the_estate() {
    let settings = "[gate]\nstanding-red-reviews = 1\nstanding-red = \"deny\"";
    let red = golden("bag-lines").on("2026-01-01", "logging: red").on("2026-11-10", "metrics: green");
    by_itself(red.clone(), settings).denies(&["denied standing-red bag-lines"]);
    added(red, settings).denies(&["warning new-red bag-lines", "denied standing-red bag-lines"]);
}

#[test]
fn a_drop_before_the_latest_assessment_of_a_split_service_is_denied_until_a_review_was_held() {
    let dropped = half("logging: green").on("2026-11-05", "logging: red").on("2026-11-10", "metrics: green");
    by_itself(dropped.clone(), "").passes(&[]);
    added(dropped, "").denies(&["denied drop-to-red bag-lines"]);
}

#[test]
fn first_ratings_of_a_new_service_are_news_and_no_drop_whatever_their_number() {
    let red = golden("bag-lines").on("2026-11-10", "logging: red, metrics: amber");
    by_itself(red.clone(), "").passes(&[]);
    added(red, "").passes(&["warning new-red bag-lines"]);
    let twice = half("metrics: green").on("2026-11-10", "logging: red");
    by_itself(twice.clone(), "").passes(&[]);
    added(twice, "").passes(&["warning new-red bag-lines"]);
}
