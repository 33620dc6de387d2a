//! Importance, policy or a service is taken away, and given back after a red.

use crate::review::{category, review, review_of, selections};
use crate::world::{DROP, Estate, Service, Verdict, golden, other};

fn bag() -> Service {
    golden("bag-api").on("2026-10-01", "logging: green, metrics: green")
}

const REWRITTEN: &str = "warning past-rewritten bag-api";
const MOVED: &str = "warning service-moved bag-api";
const LOWERED: &str = "warning importance-lowered bag-api";

/// No longer on the Golden Thread, as if it had never been.
fn off(service: Service) -> Service {
    service.but("golden-thread", "false")
}

fn red(service: Service) -> Service {
    service.on("2026-11-10", "logging: red")
}

/// An estate that has another service as well.
fn beside(service: Service) -> Estate {
    Estate::of([service, cart()])
}

fn cart() -> Service {
    other("cart-api").on("2026-10-02", "alerting: green")
}

/// What the gate says of each of several changes that are merged one after another.
fn changes<const N: usize>(estates: [Estate; N]) -> Vec<Verdict> {
    let now = estates[1..].to_vec();
    estates.into_iter().zip(now).map(|(before, now)| review(before, now)).collect()
}

#[test]
fn golden_thread_taken_away_then_red_then_given_back_is_denied_at_its_third_change() {
    let said = changes([bag().into(), off(bag()).into(), off(red(bag())).into(), red(bag()).into()]);
    said[0].passes(&[REWRITTEN, LOWERED]);
    said[1].passes(&["warning drop-to-red bag-api"]);
    said[2].denies(&[DROP, REWRITTEN]);
}

#[test]
fn golden_thread_taken_away_with_a_red_and_given_back_is_denied_at_both_changes() {
    let said = changes([bag().into(), off(red(bag())).into(), red(bag()).into()]);
    said[0].denies(&[DROP, REWRITTEN, LOWERED]);
    said[1].denies(&[DROP, REWRITTEN]);
}

#[test]
fn golden_thread_taken_away_and_given_back_with_a_red_is_denied_at_its_second_change() {
    let said = changes([bag().into(), off(bag()).into(), red(bag()).into()]);
    said[0].passes(&[REWRITTEN, LOWERED]);
    said[1].denies(&[DROP, REWRITTEN]);
}

#[test]
fn a_policy_taken_away_then_red_then_given_back_is_named_at_each_change() {
    let strict = "[gate]\ndrop-to-red = \"deny\"";
    let low = |service: Service| Estate::from(off(service));
    let said = changes([low(bag()).set(strict), low(bag()), low(red(bag())), low(red(bag())).set(strict)]);
    said[0].passes(&["warning settings-loosened"]);
    said[1].passes(&["warning drop-to-red bag-api"]);
    said[2].passes(&["warning drop-to-red bag-api"]);
}

#[test]
fn a_policy_taken_away_with_a_red_is_denied() {
    let mild = "[gate.drop-to-red]\ngolden-thread = \"allow\"";
    let said = changes([bag().into(), Estate::from(red(bag())).set(mild)]);
    said[0].denies(&[DROP, "warning settings-loosened"]);
}

#[test]
fn a_domain_with_a_milder_policy_is_named_before_the_red_comes() {
    let policy = "[gate.drop-to-red]\ngolden-thread = \"allow\"\ndomain = { shop = \"deny\" }";
    let of = |service: Service| Estate::from(service).set(policy);
    let edge = bag().but("domain", "edge");
    review(of(bag()), of(edge.clone())).passes(&[REWRITTEN, MOVED, LOWERED]);
    review(of(bag()), of(red(edge))).denies(&[DROP, REWRITTEN, MOVED, LOWERED]);
}

#[test]
fn a_domain_with_a_milder_policy_left_again_with_a_red_is_denied() {
    let policy = "[gate.drop-to-red]\ngolden-thread = \"allow\"\ndomain = { shop = \"deny\" }";
    let of = |service: Service| Estate::from(service).set(policy);
    let edge = bag().but("domain", "edge");
    review(of(red(edge)), of(red(bag()))).denies(&[DROP, REWRITTEN, MOVED]);
}

#[test]
fn globs_turned_to_a_decoy_copy_of_one_service_are_named() {
    let now = beside(red(bag())).set("[estate]\nservices = [\"decoys/*.yaml\"]");
    let now = now.with("decoys/bag-api.yaml", &bag().text());
    review(beside(bag()), now).passes(&["warning service-removed cart-api", "warning settings-loosened"]);
}

#[test]
fn globs_turned_to_decoy_copies_of_all_services_are_named() {
    let now = beside(red(bag())).set("[estate]\nservices = [\"decoys/*.yaml\"]");
    let now = now.with("decoys/bag-api.yaml", &bag().text()).with("decoys/cart-api.yaml", &cart().text());
    review(beside(bag()), now).passes(&["warning settings-loosened"]);
}

#[test]
fn a_renamed_service_with_a_red_is_a_drop_though_a_decoy_keeps_the_history() {
    let of = |id| golden(id).on("2026-10-01", "logging: green, metrics: green");
    let now = Estate::of([
        red(of("basket-api")),
        other("decoy").on("2026-10-01", "logging: green, metrics: green"),
    ]);
    review(bag(), now).denies(&[
        "denied drop-to-red basket-api",
        "warning past-rewritten decoy",
        "warning importance-lowered decoy",
    ]);
}

#[test]
fn a_service_removed_is_named_and_denied_when_it_is_added_again_red_with_its_history() {
    let said = changes([beside(bag()), cart().into(), beside(red(bag()))]);
    said[0].passes(&["warning service-removed bag-api"]);
    said[1].denies(&[DROP]);
}

#[test]
fn a_service_removed_and_added_again_red_without_its_history_is_named_at_both_changes() {
    let said = changes([beside(bag()), cart().into(), beside(red(golden("bag-api")))]);
    said[0].passes(&["warning service-removed bag-api"]);
    said[1].passes(&["warning new-red bag-api"]);
}

#[test]
fn a_watched_service_that_is_gone_is_named_though_the_policy_allows_it() {
    let policy = "[gate]\nservice-removed = \"allow\"";
    let now = Estate::from(cart()).set(policy);
    review(beside(bag()).set(policy), now).passes(&["warning service-removed bag-api"]);
}

#[test]
fn a_watched_service_that_leaves_the_golden_thread_is_named_though_the_policy_allows_it() {
    let policy = "[gate]\nimportance-lowered = \"allow\"";
    let of = |service: Service| Estate::from(service).set(policy);
    review(of(bag()), of(off(bag()))).passes(&[REWRITTEN, LOWERED]);
}

#[test]
fn who_leaves_the_golden_thread_is_told_so_and_not_that_its_domain_is_milder() {
    let verdict = review(bag(), off(bag()));
    verdict.passes(&[REWRITTEN, LOWERED]).says_on_stdout("it was on the Golden Thread, and is no longer");
    assert!(!verdict.out.contains("milder"), "{verdict:#?}");
}

#[test]
fn a_level_that_only_one_side_has_counts_as_the_highest_there() {
    let of = |levels: &str, level: &str| {
        let levels = format!("[criticality]\nlevels = [\"low\", {levels}, \"mission-critical\"]");
        Estate::from(other("bag-api").but("criticality", level)).set(&levels)
    };
    let medium = || of("\"medium\"", "medium");
    review(of("\"high\"", "high"), medium()).passes(&[LOWERED]);
    review(medium(), of("\"medium\", \"high\"", "high")).passes(&[]);
}

#[test]
fn a_planned_review_may_be_taken_off_the_calendar_and_one_that_was_held_may_not() {
    let of = |days| Estate::from(bag()).set(&format!("[[domain]]\nid = \"shop\"\nreviews = [{days}]"));
    let both = || of("2026-11-01, 2026-12-24");
    review(both(), of("2026-11-01")).passes(&[]);
    review(both(), of("2026-12-24")).passes(&["warning settings-loosened"]);
}

#[test]
fn filters_do_not_hide_that_a_service_left_what_they_select() {
    for selection in selections() {
        let verdict = review_of(&selection, beside(bag()), beside(off(red(bag()))));
        verdict.denies(&[DROP, REWRITTEN, LOWERED]);
    }
}

#[test]
fn filters_do_not_hide_loosened_settings() {
    let now = Estate::from(bag()).set("[gate.drop-to-red]\ngolden-thread = \"allow\"");
    for selection in selections().into_iter().chain([category("metrics")]) {
        review_of(&selection, bag(), now.clone()).passes(&["warning settings-loosened"]);
    }
}

#[test]
fn a_service_renamed_with_its_history_is_fine() {
    let of = |id| golden(id).on("2026-10-01", "logging: green, metrics: green");
    review(of("bag-api"), of("basket-api")).passes(&[]);
}

#[test]
fn a_service_file_in_another_folder_is_fine() {
    let moved = Estate::default().with("services/web/bag-api.yaml", &bag().text());
    review(bag(), moved).passes(&[]);
}

#[test]
fn a_green_service_that_is_added_is_fine() {
    review(cart(), beside(bag())).passes(&[]);
}

#[test]
fn a_service_that_joins_the_golden_thread_green_is_fine() {
    let joined = bag().also("previously: [{ until: 2026-11-19, golden-thread: false }]\n");
    review(off(bag()), joined).passes(&[]);
    // As if it had always been.
    review(off(bag()), bag()).passes(&[REWRITTEN]);
}

#[test]
fn a_stricter_policy_with_standing_findings_is_fine() {
    let red = || Estate::from(golden("bag-api").on("2026-03-01", "logging: red"));
    let policy = "[gate]\nslip-to-amber = \"deny\"\nstanding-red = \"deny\"\nstale = \"deny\"";
    review(red(), red().set(policy)).passes(&[]);
}

#[test]
fn a_renamed_service_that_leaves_the_golden_thread_with_a_red_is_held_to_what_it_was() {
    let basket = golden("basket-api").on("2026-10-01", "logging: green, metrics: green");
    review(bag(), off(red(basket))).denies(&[
        "denied drop-to-red basket-api",
        "warning past-rewritten basket-api",
        "warning importance-lowered basket-api",
    ]);
}

#[test]
fn a_service_that_comes_back_red_under_another_name_with_its_history_is_a_drop() {
    let basket = golden("basket-api").on("2026-10-01", "logging: green, metrics: green");
    let said = changes([beside(bag()), cart().into(), beside(red(basket))]);
    said[0].passes(&["warning service-removed bag-api"]);
    said[1].denies(&["denied drop-to-red basket-api"]);
}

#[test]
fn golden_thread_given_back_after_another_assessment_denies_the_red() {
    let red = || red(bag()).on("2026-11-12", "metrics: green");
    let said = changes([off(bag()).into(), off(red()).into(), golden_red(red()).into()]);
    said[0].passes(&["warning drop-to-red bag-api"]);
    said[1].denies(&[DROP, REWRITTEN]);
}

fn golden_red(service: Service) -> Service {
    service.but("golden-thread", "true")
}

#[test]
fn a_criticality_lowered_and_given_back_with_a_red_is_denied() {
    let policy = "[gate.drop-to-red]\ncriticality = { business-critical = \"deny\" }";
    let of = |service: Service, level| Estate::from(off(service).but("criticality", level)).set(policy);
    let said = changes([
        of(bag(), "business-critical"),
        of(bag(), "low"),
        of(red(bag()), "low"),
        of(red(bag()), "business-critical"),
    ]);
    said[0].passes(&[REWRITTEN, LOWERED]);
    said[1].passes(&["warning drop-to-red bag-api"]);
    said[2].denies(&[DROP, REWRITTEN]);
}

#[test]
fn a_file_broken_in_one_change_and_mended_with_a_red_in_the_next_is_denied() {
    let broken = beside(bag()).with("services/bag-api.yaml", "service: [\n");
    let said = changes([beside(bag()), broken, beside(red(bag()))]);
    said[0].is(3, &[]);
    said[1].denies(&[DROP]);
}

#[test]
fn ids_that_need_agree_with_no_name_any_more_are_named() {
    let word = |word: &str| Estate::from(bag()).set(&format!("[estate]\nid-from = \"{word}\""));
    review(bag(), word("key")).passes(&["warning settings-loosened"]);
    review(word("key"), bag()).passes(&[]);
}
