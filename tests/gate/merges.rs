//! A version that merges or swaps categories, brought by this change or by an earlier one, hides no red.

use crate::review::review;
use crate::small_rubric::small_rubric;
use crate::world::{DROP, Estate, Service, Verdict, golden};

const NEW_RED: &str = "warning new-red bag-api";

/// A version with these categories, each an id and more lines.
fn version(major: u32, categories: &[(&str, &str)]) -> String {
    small_rubric(&format!("ours@{major}"), "published = 2026-01-01", categories)
}

/// Web is green and logging red by version 1.
fn before() -> Service {
    golden("bag-api").on_by("2026-10-01", "ours@1", "web: green, logging: red")
}

fn of(service: Service, second: Option<&str>) -> Estate {
    let first = version(1, &[("logging", ""), ("web", "")]);
    let estate = Estate::from(service).with("rubric/ours-1.toml", &first);
    second.map_or(estate.clone(), |second| estate.with("rubric/ours-2.toml", second))
}

fn merged() -> String {
    version(2, &[("web", "from = [\"web\", \"logging\"]")])
}

fn swapped() -> String {
    version(2, &[("logging", "from = \"web\""), ("web", "from = \"logging\"")])
}

fn renamed() -> String {
    version(2, &[("edge", "from = [\"web\", \"logging\"]")])
}

fn rated(scores: &str) -> Service {
    before().on_by("2026-11-10", "ours@2", scores)
}

/// The service is rated by a version that the same change brings.
fn in_one_change(second: &str, now: Service) -> Verdict {
    review(of(before(), None), of(now, Some(second)))
}

/// An earlier change brought the version.
fn in_two_changes(second: &str, now: Service) -> Verdict {
    review(of(before(), Some(second)), of(now, Some(second)))
}

#[test]
fn a_green_merged_with_a_red_and_rated_red_under_its_own_id_is_a_drop_in_one_change_and_in_two() {
    in_one_change(&merged(), rated("web: red")).denies(&[DROP]);
    in_two_changes(&merged(), rated("web: red")).denies(&[DROP]);
}

#[test]
fn a_green_that_carries_a_merged_red_is_named_in_one_change_and_in_two() {
    in_one_change(&merged(), rated("")).passes(&[NEW_RED]);
    in_two_changes(&merged(), rated("")).passes(&[NEW_RED]);
}

#[test]
fn a_green_rated_red_under_a_swapped_name_is_a_drop_in_one_change_and_in_two() {
    in_one_change(&swapped(), rated("web: red, logging: green")).denies(&[DROP]);
    in_two_changes(&swapped(), rated("web: red, logging: green")).denies(&[DROP]);
}

#[test]
fn a_green_that_carries_a_red_by_a_swapped_name_is_named_in_one_change_and_in_two() {
    in_one_change(&swapped(), rated("")).passes(&[NEW_RED]);
    in_two_changes(&swapped(), rated("")).passes(&[NEW_RED]);
}

#[test]
fn a_red_rated_by_a_merge_that_an_earlier_change_brought_under_a_new_name_is_named() {
    in_two_changes(&renamed(), rated("edge: red")).passes(&[NEW_RED]);
}

#[test]
fn a_red_carried_into_a_merge_of_a_new_name_is_no_news() {
    in_one_change(&renamed(), rated("")).passes(&[]);
    in_two_changes(&renamed(), rated("")).passes(&[]);
}

#[test]
fn a_red_that_was_carried_by_an_earlier_change_and_is_rated_again_is_no_news() {
    let carried = of(rated(""), Some(&merged()));
    review(carried, of(rated("").on_by("2026-11-12", "ours@2", "web: red"), Some(&merged()))).passes(&[]);
}

#[test]
fn a_red_of_a_category_that_was_only_renamed_is_no_news() {
    let second = version(2, &[("logs", "from = \"logging\""), ("web", "from = \"web\"")]);
    in_one_change(&second, rated("logs: red")).passes(&[]);
    in_two_changes(&second, rated("logs: red, web: green")).passes(&[]);
}
