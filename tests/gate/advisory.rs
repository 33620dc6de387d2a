//! Advisory categories: the gate says nothing of them, and nothing becomes advisory to hide what gets worse.

use crate::review::{alone, review};
use crate::world::{DROP, Estate, RUBRIC, Service, golden, rubric_2};

fn judged(scores: &str) -> Service {
    golden("bag-api").but("tags", "[data]").on_by("2026-10-01", "ours@1", scores)
}

fn green() -> Service {
    judged("logs: green, restore: green")
}

fn with(service: Service, rubrics: &[&str]) -> Estate {
    let texts = rubrics.iter().enumerate();
    texts.fold(Estate::from(service), |estate, (at, text)| {
        estate.with(&format!("rubric/ours-{at}.toml"), text)
    })
}

/// A rubric in which the logs are advisory.
fn advisory(rubric: &str) -> String {
    rubric.replace("id = \"logs\"\n", "id = \"logs\"\nadvisory = true\n")
}

#[test]
fn an_advisory_red_is_no_finding() {
    let rubric = advisory(RUBRIC);
    let red = || green().on_by("2026-11-10", "ours@1", "logs: red");
    review(with(green(), &[&rubric]), with(red(), &[&rubric])).passes(&[]);
    review(with(red(), &[&rubric]), with(red(), &[&rubric])).passes(&[]);
    alone(with(red(), &[&rubric])).passes(&[]);
}

#[test]
fn a_drop_in_the_change_that_makes_its_category_advisory_is_denied() {
    let red = green().on_by("2026-11-10", "ours@1", "logs: red");
    review(with(green(), &[RUBRIC]), with(red, &[&advisory(RUBRIC)]))
        .denies(&[DROP, "warning rubric-edited"]);
    let second = advisory(&rubric_2());
    let red = || green().on_by("2026-11-10", "ours@2", "logs: red");
    review(with(green(), &[RUBRIC]), with(red(), &[RUBRIC, &second])).denies(&[DROP]);
    // The version may be there already: the service moves to it with the drop.
    review(with(green(), &[RUBRIC, &second]), with(red(), &[RUBRIC, &second])).denies(&[DROP]);
    alone(with(red(), &[RUBRIC, &second])).denies(&["denied drop-to-red bag-api"]);
}

#[test]
fn a_category_that_has_been_advisory_may_drop() {
    let second = advisory(&rubric_2());
    let moved = || green().on_by("2026-11-05", "ours@2", "logs: green, restore: green");
    let red = moved().on_by("2026-11-10", "ours@2", "logs: red");
    review(with(moved(), &[RUBRIC, &second]), with(red, &[RUBRIC, &second])).passes(&[]);
}

#[test]
fn a_category_that_stops_being_advisory_counts_at_once() {
    let red = green().on_by("2026-11-10", "ours@1", "logs: red");
    review(with(green(), &[&advisory(RUBRIC)]), with(red, &[RUBRIC]))
        .denies(&[DROP, "warning rubric-edited"]);
}
