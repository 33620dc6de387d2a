//! A version that isn't published yet binds as soon as a service is assessed under it.

use crate::review::review;
use crate::world::{Estate, RUBRIC, Service, golden, rubric_2};

const EDITED: &str = "warning rubric-edited";
const REDEFINED: &str = "warning red-redefined bag-api";

/// Logs are red by version 1.
fn red() -> Service {
    golden("bag-api").but("tags", "[data]").on_by("2026-10-01", "ours@1", "logs: red, restore: green")
}

/// The same, and assessed under the draft, into which the red is carried.
fn pinned() -> Service {
    red().on_by("2026-11-10", "ours@2", "restore: green")
}

fn draft() -> String {
    rubric_2().replace("2026-11-01", "2099-11-01")
}

/// The draft with a line after the id of the logs category.
fn with_line(line: &str) -> String {
    draft().replace("id = \"logs\"\n", &format!("id = \"logs\"\n{line}\n"))
}

fn weaker() -> String {
    draft().replace("Nobody can find", "The dog ate")
}

/// The draft without its logs category.
fn without_logs() -> String {
    let (head, rest) = draft()
        .split_once("[[pillar.category]]")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("a category");
    let (_, restore) = rest.split_once("[[pillar.category]]").expect("two categories");
    format!("{head}[[pillar.category]]{restore}")
        .replace("title = \"Ours\"", "title = \"Ours\"\nretired = [\"logs\"]")
}

fn of(service: Service, draft: &str) -> Estate {
    Estate::from(service).with("rubric/ours-1.toml", RUBRIC).with("rubric/ours-2.toml", draft)
}

#[test]
fn a_draft_in_use_that_is_edited_is_named() {
    let others = draft().replace("tags = [\"data\"]", "tags = [\"batch\"]");
    let minor = weaker().replace("\"2.0\"", "\"2.1\"").replace("[\"data\"]", "[\"batch\"]");
    for edited in [
        without_logs(),
        weaker(),
        with_line("from = \"restore\""),
        with_line("rescore = true"),
        others,
        minor,
    ] {
        let verdict = review(of(pinned(), &draft()), of(pinned(), &edited));
        assert!(verdict.told().contains(&EDITED.to_owned()), "{edited}: {verdict:#?}");
    }
}

#[test]
fn a_draft_before_a_version_in_use_that_is_edited_is_named() {
    let third = rubric_2().replace("\"2.0\"", "\"3.0\"").replace("2026-11-01", "2026-11-05");
    let service = || red().on_by("2026-11-10", "ours@3", "restore: green");
    let with = |draft: &str| of(service(), draft).with("rubric/ours-3.toml", &third);
    let verdict = review(with(&draft()), with(&with_line("from = \"restore\"")));
    verdict.passes(&[REDEFINED, EDITED]);
}

#[test]
fn a_red_lost_through_a_version_slipped_in_before_the_one_in_use_is_named() {
    let third = rubric_2().replace("\"2.0\"", "\"3.0\"").replace("2026-11-01", "2026-11-05");
    let before = Estate::from(red().on_by("2026-11-10", "ours@3", "restore: green"));
    let before = before.with("rubric/ours-1.toml", RUBRIC).with("rubric/ours-3.toml", &third);
    let now = before.clone().with("rubric/ours-2.toml", &with_line("from = \"restore\""));
    review(before, now).passes(&[REDEFINED]);
}

#[test]
fn a_draft_that_is_weakened_together_with_a_better_colour_under_it_is_named() {
    let now = red().on_by("2026-11-10", "ours@2", "logs: green, restore: green");
    review(of(red(), &draft()), of(now, &weaker())).passes(&[REDEFINED]);
}

#[test]
fn a_red_retired_from_a_draft_that_the_same_change_takes_into_use_is_named() {
    review(of(red(), &draft()), of(pinned(), &without_logs())).passes(&[REDEFINED]);
}

#[test]
fn a_red_whose_category_carries_the_colours_of_another_in_a_new_version_is_named() {
    let now = of(pinned(), &with_line("from = \"restore\""));
    let before = Estate::from(red()).with("rubric/ours-1.toml", RUBRIC);
    review(before, now).passes(&[REDEFINED]);
}

#[test]
fn a_draft_that_nothing_rests_on_may_change() {
    for edited in [without_logs(), weaker(), with_line("rescore = true")] {
        review(of(red(), &draft()), of(red(), &edited)).passes(&[]);
    }
}

#[test]
fn a_draft_in_use_may_be_published_on_another_day() {
    for day in ["2026-11-15", "2100-01-01"] {
        review(of(pinned(), &draft()), of(pinned(), &draft().replace("2099-11-01", day))).passes(&[]);
    }
}
