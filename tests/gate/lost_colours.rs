//! A colour is lost in one change, and the category is red in a later one. The record still has the colour.

use crate::review::review;
use crate::world::{DROP, Estate, Service, World, golden, other};

fn bag() -> Service {
    golden("bag-api").on("2026-10-01", "logging: green, metrics: green")
}

fn amber_bag() -> Service {
    golden("bag-api").on("2026-10-01", "logging: amber, metrics: green")
}

fn nothing(on: &str) -> String {
    format!("logging: {{ rag: not-applicable, because: {on} }}")
}

fn inherited() -> Service {
    bag().on("2026-11-05", "logging: { inherited-from: gateway }")
}

/// A branch that starts where the last change was merged.
fn merged(world: &World, estate: impl Into<Estate>) {
    world.becomes(estate).commit("a merged change");
}

#[test]
fn an_amber_that_was_not_applicable_for_a_change_and_is_red_is_a_drop() {
    let before = amber_bag().on("2026-11-05", &nothing("so"));
    review(before.clone(), before.on("2026-11-10", "logging: red")).denies(&[DROP]);
}

#[test]
fn a_colour_that_was_not_applicable_for_two_changes_and_is_red_is_a_drop() {
    let before = bag().on("2026-11-05", &nothing("so")).on("2026-11-06", &nothing("still"));
    review(before.clone(), before.on("2026-11-10", "logging: red")).denies(&[DROP]);
}

#[test]
fn a_colour_inherited_from_a_service_never_assessed_and_then_red_is_a_drop() {
    let now = inherited().on("2026-11-10", "logging: red");
    let of = |bag| Estate::of([bag, other("gateway")]);
    review(of(inherited()), of(now)).denies(&[DROP]);
}

#[test]
fn a_colour_inherited_from_a_service_for_which_it_is_not_applicable_and_then_red_is_a_drop() {
    let of = |bag| Estate::of([bag, other("gateway").on("2026-09-01", &nothing("so"))]);
    review(of(inherited()), of(inherited().on("2026-11-10", "logging: red"))).denies(&[DROP]);
}

#[test]
fn an_inherited_colour_whose_provider_becomes_not_applicable_and_then_red_is_a_drop() {
    let gateway = other("gateway").on("2026-09-01", "logging: green");
    let nothing = gateway.on("2026-11-06", &nothing("so"));
    let red = nothing.clone().on("2026-11-10", "logging: red");
    review(Estate::of([inherited(), nothing]), Estate::of([inherited(), red]))
        .denies(&[DROP, "warning drop-to-red gateway"]);
}

#[test]
fn a_green_inherited_from_a_service_that_becomes_red_is_a_drop() {
    let gateway = other("gateway").on("2026-09-01", "logging: green");
    let now = Estate::of([inherited(), gateway.clone().on("2026-11-10", "logging: red")]);
    review(Estate::of([inherited(), gateway]), now).denies(&[DROP, "warning drop-to-red gateway"]);
}

#[test]
fn a_green_handed_to_a_service_that_is_red_is_a_drop() {
    let of = |bag| Estate::of([bag, other("gateway").on("2026-09-01", "logging: red")]);
    review(of(bag()), of(inherited())).denies(&[DROP]);
}

#[test]
fn a_rating_removed_in_one_change_and_red_in_the_next_does_not_pass_in_silence() {
    let removed = golden("bag-api").on("2026-10-01", "metrics: green");
    review(bag(), removed.clone()).passes(&["warning judgement-removed bag-api"]);
    review(removed.clone(), removed.on("2026-11-10", "logging: red")).passes(&["warning new-red bag-api"]);
}

#[test]
fn a_rating_removed_and_red_in_one_change_is_a_drop() {
    let now = golden("bag-api").on("2026-10-01", "metrics: green").on("2026-11-10", "logging: red");
    review(bag(), now).denies(&[DROP, "warning judgement-removed bag-api"]);
}

#[test]
fn a_latest_rating_removed_so_that_an_older_red_shows_is_a_drop() {
    let red = golden("bag-api").on("2026-09-01", "logging: red, metrics: green");
    let before = red.clone().on("2026-10-01", "logging: green");
    review(before, red).denies(&[DROP, "warning judgement-removed bag-api"]);
}

#[test]
fn a_colour_that_was_only_confirmed_and_then_red_is_a_drop() {
    let confirmed = |by: &str| {
        let text = bag().text();
        let text = format!(
            "{text}  - {{ date: 2026-11-01, rubric: fundamentals@2, by: [us], confirmed: all }}\n{by}"
        );
        Estate::default().with("services/bag-api.yaml", &text)
    };
    let red = "  - { date: 2026-11-10, rubric: fundamentals@2, by: [us], scores: { logging: red } }\n";
    review(confirmed(""), confirmed(red)).denies(&[DROP]);
}

#[test]
fn a_past_assessment_that_confirms_more_is_named() {
    let confirmed = |what: &str| {
        let text = bag().text();
        let text = format!(
            "{text}  - {{ date: 2026-11-01, rubric: fundamentals@2, by: [us], confirmed: {what} }}\n"
        );
        Estate::default().with("services/bag-api.yaml", &text)
    };
    for more in ["all", "[logging, metrics]"] {
        review(confirmed("[metrics]"), confirmed(more)).passes(&["warning past-rewritten bag-api"]);
    }
}

#[test]
fn a_red_that_was_not_applicable_for_a_change_and_is_red_again_is_named() {
    let red = golden("bag-api").on("2026-10-01", "logging: red, metrics: green");
    let before = red.on("2026-11-05", &nothing("so"));
    review(before.clone(), before.on("2026-11-10", "logging: red")).passes(&["warning new-red bag-api"]);
}

#[test]
fn a_colour_lost_and_red_in_the_past_of_a_stale_branch_is_a_drop() {
    let world = World::with(bag());
    let lost = bag().on("2026-11-05", &nothing("so"));
    merged(&world, Estate::of([lost.clone(), other("cart-api").on("2026-10-01", "logging: green")]));
    world.git("branch old HEAD~1");
    merged(&world, Estate::of([lost.on("2026-11-10", "logging: red")]));
    let verdict = world.gate("--base old");
    verdict.denies(&[DROP]);
}

#[test]
fn a_not_applicable_dated_between_a_green_and_a_red_of_one_change_hides_no_drop() {
    let now = bag().on("2026-11-05", &nothing("so")).on("2026-11-10", "logging: red");
    review(bag(), now).denies(&[DROP]);
}

#[test]
fn an_amber_rated_green_is_fine() {
    review(amber_bag(), amber_bag().on("2026-11-10", "logging: green")).passes(&[]);
}

#[test]
fn a_not_applicable_category_that_becomes_green_is_fine() {
    let before = bag().on("2026-11-05", &nothing("so"));
    review(before.clone(), before.on("2026-11-10", "logging: green")).passes(&[]);
}

#[test]
fn a_confirmation_of_today_is_fine() {
    let text = bag().text() + "  - { date: 2026-11-20, rubric: fundamentals@2, by: [us], confirmed: all }\n";
    review(bag(), Estate::default().with("services/bag-api.yaml", &text)).passes(&[]);
}

#[test]
fn a_red_that_two_providers_hand_to_each_other_is_no_pass() {
    let of = |bag: &str, gateway: &str| {
        let service = |id, scores: &str| golden(id).on("2026-10-01", scores);
        Estate::of([service("bag-api", bag), service("gateway", gateway)])
    };
    let now = of("logging: { inherited-from: gateway }", "logging: { inherited-from: bag-api }");
    let verdict = review(of("logging: red", "logging: green"), now);
    assert_ne!(verdict.code, Some(4), "{verdict:#?}");
    verdict.is(3, &[]);
}

#[test]
fn an_assessment_split_in_two_on_the_way_to_red_hides_no_drop() {
    let split = golden("bag-api").on("2026-10-01", "metrics: green").on("2026-10-02", "logging: red");
    review(bag(), split).denies(&[DROP, "warning judgement-removed bag-api"]);
}
