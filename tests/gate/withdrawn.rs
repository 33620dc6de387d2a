//! Findings that disappear because their entry is deleted, postponed or moved, and not because it is fulfilled.

use crate::review::{category, review, review_of, selections};
use crate::world::{Estate, RUBRIC, Service, Verdict, golden, other};

const WITHDRAWN: &str = "warning finding-withdrawn bag-api";
const POLICY: &str =
    "[gate]\noverdue-action = \"deny\"\nexpired-waiver = \"deny\"\nslo-missed-while-green = \"deny\"";

fn bag() -> Service {
    golden("bag-api").on("2026-10-01", "logging: green")
}

fn action(what: &str, more: &str) -> String {
    format!("actions: [{{ what: {what}, raised: 2026-10-01{more} }}]\n")
}

fn overdue() -> Service {
    bag().also(&action("Write it down", ", due: 2026-11-01"))
}

fn strict(service: Service) -> Estate {
    Estate::from(service).set(POLICY)
}

fn becomes(now: Service) -> Verdict {
    review(strict(overdue()), strict(now))
}

#[test]
fn a_deleted_overdue_action_is_named() {
    becomes(bag()).passes(&[WITHDRAWN]);
}

#[test]
fn a_postponed_overdue_action_is_named() {
    becomes(bag().also(&action("Write it down", ", due: 2027-11-01"))).passes(&[WITHDRAWN]);
}

#[test]
fn an_overdue_action_that_loses_its_day_is_named() {
    becomes(bag().also(&action("Write it down", ""))).passes(&[WITHDRAWN]);
}

#[test]
fn a_retitled_and_postponed_overdue_action_is_named() {
    becomes(bag().also(&action("Write it up", ", due: 2027-11-01"))).passes(&[WITHDRAWN]);
}

#[test]
fn an_overdue_action_postponed_by_a_later_raised_day_is_named() {
    let now = "actions: [{ what: Write it down, raised: 2026-11-19, due: 2027-01-01 }]\n";
    becomes(bag().also(now)).passes(&[WITHDRAWN]);
}

#[test]
fn an_overdue_action_moved_to_another_service_is_named() {
    let cart = || other("cart-api").on("2026-10-02", "alerting: green");
    let before = Estate::of([overdue(), cart()]).set(POLICY);
    let moved = cart().also(&action("Write it down", ", due: 2027-11-01"));
    review(before, Estate::of([bag(), moved]).set(POLICY)).passes(&[WITHDRAWN]);
}

#[test]
fn a_policy_can_deny_a_withdrawn_finding() {
    let policy = "[gate]\noverdue-action = \"deny\"\nfinding-withdrawn = \"deny\"";
    let of = |service: Service| Estate::from(service).set(policy);
    review(of(overdue()), of(bag())).denies(&["denied finding-withdrawn bag-api"]);
}

#[test]
fn a_withdrawn_finding_is_named_though_the_policy_allows_it() {
    let policy = "[gate]\noverdue-action = \"deny\"\nfinding-withdrawn = \"allow\"";
    let of = |service: Service| Estate::from(service).set(policy);
    review(of(overdue()), of(bag())).passes(&[WITHDRAWN]);
}

#[test]
fn a_withdrawn_finding_is_named_though_its_rule_is_loosened_by_the_same_change() {
    let verdict = review(strict(overdue()), bag());
    verdict.passes(&[WITHDRAWN, "warning settings-loosened"]);
}

#[test]
fn filters_by_service_domain_and_golden_thread_keep_a_withdrawn_finding() {
    for selection in selections() {
        review_of(&selection, strict(overdue()), strict(bag())).passes(&[WITHDRAWN]);
    }
}

#[test]
fn a_service_renamed_to_lose_an_overdue_action_is_held_to_what_it_was() {
    let of = |id, more: &str| golden(id).on("2026-10-01", "logging: green, metrics: green").also(more);
    let before = of("bag-api", &action("Write it down", ", due: 2026-11-01"));
    review(strict(before), strict(of("basket-api", ""))).passes(&["warning finding-withdrawn basket-api"]);
}

fn red() -> Service {
    golden("bag-api").on("2026-10-01", "logging: red")
}

#[test]
fn a_deleted_waiver_that_had_ended_is_named() {
    review(strict(red().waiving("logging", "2026-11-01")), strict(red())).passes(&[WITHDRAWN]);
}

#[test]
fn a_waiver_that_had_ended_and_is_renewed_is_named_as_added() {
    let of = |until| strict(red().waiving("logging", until));
    review(of("2026-11-01"), of("2026-12-31")).passes(&["warning waiver-added bag-api"]);
}

/// A green service with what was measured of it.
fn measured(lines: &str) -> Estate {
    let service = golden("bag-api").but("tags", "[data]");
    let service = service.on_by("2026-10-01", "ours@1", "logs: green, restore: green");
    let text = format!("service,slo,period,objective,attained\n{lines}");
    strict(service).with("rubric/ours.toml", RUBRIC).with("slo/2026.csv", &text)
}

const MISSED: &str = "bag-api,availability,2026-10,99.9%,99%\n";

#[test]
fn a_deleted_result_of_a_missed_objective_is_named() {
    review(measured(MISSED), measured("")).passes(&[WITHDRAWN]);
}

#[test]
fn a_result_of_a_missed_objective_that_is_edited_is_named() {
    review(measured(MISSED), measured("bag-api,availability,2026-10,99.9%,99.95%\n")).passes(&[WITHDRAWN]);
}

#[test]
fn a_missed_objective_that_is_loosened_is_named() {
    review(measured(MISSED), measured("bag-api,availability,2026-10,98%,99%\n")).passes(&[WITHDRAWN]);
}

#[test]
fn a_result_of_a_missed_objective_under_another_name_is_named() {
    review(measured(MISSED), measured("bag-api,latency,2026-10,99.9%,99.95%\n")).passes(&[WITHDRAWN]);
}

#[test]
fn an_action_postponed_before_it_is_overdue_is_fine() {
    let of = |due| strict(bag().also(&action("Write it down", due)));
    review(of(", due: 2026-12-01"), of(", due: 2027-01-01")).passes(&[]);
}

#[test]
fn an_overdue_action_that_is_done_is_fine() {
    becomes(bag().also(&action("Write it down", ", due: 2026-11-01, done: 2026-11-19"))).passes(&[]);
}

#[test]
fn a_deleted_action_that_was_done_is_fine() {
    let done = bag().also(&action("Write it down", ", due: 2026-11-01, done: 2026-10-20"));
    review(strict(done), strict(bag())).passes(&[]);
}

#[test]
fn an_objective_met_in_the_next_month_is_fine() {
    let next = "bag-api,availability,2026-11,99.9%,99.95%\n";
    review(measured(MISSED), measured(&format!("{MISSED}{next}"))).passes(&[]);
}

#[test]
fn a_waiver_deleted_after_its_category_was_put_right_is_fine() {
    let right = |bag: Service| strict(bag.on("2026-11-05", "logging: green"));
    review(right(red()).clone(), right(red())).passes(&[]);
    let before = strict(red().on("2026-11-05", "logging: green").waiving("logging", "2026-11-01"));
    review(before, right(red())).passes(&[]);
}

#[test]
fn a_filter_by_category_looks_at_no_actions() {
    review_of(&category("logging"), strict(overdue()), strict(bag())).passes(&[]);
}

#[test]
fn an_action_said_to_be_done_in_the_future_is_no_pass() {
    let verdict = becomes(bag().also(&action("Write it down", ", due: 2026-11-01, done: 2027-11-19")));
    verdict.is(3, &[]);
}

#[test]
fn a_deleted_service_with_an_overdue_action_is_named() {
    let cart = other("cart-api").on("2026-10-02", "alerting: green");
    let before = Estate::of([overdue(), cart.clone()]).set(POLICY);
    review(before, strict(cart)).passes(&["warning service-removed bag-api"]);
}

#[test]
fn a_file_of_results_that_is_deleted_is_named() {
    let service = golden("bag-api").but("tags", "[data]");
    let service = service.on_by("2026-10-01", "ours@1", "logs: green, restore: green");
    review(measured(MISSED), strict(service).with("rubric/ours.toml", RUBRIC)).passes(&[WITHDRAWN]);
}

#[test]
fn a_missed_objective_hidden_by_a_result_of_another_month_is_named() {
    review(measured(MISSED), measured("bag-api,availability,2026-09,99.9%,99.95%\n")).passes(&[WITHDRAWN]);
}

#[test]
fn two_overdue_actions_of_one_title_of_which_one_is_deleted_are_named() {
    let twice = |days: &[&str]| {
        let actions =
            days.iter().map(|day| format!("{{ what: Write it down, raised: {day}, due: 2026-11-01 }}"));
        let actions = actions.collect::<Vec<_>>().join(", ");
        strict(bag().also(&format!("actions: [{actions}]\n")))
    };
    let both = twice(&["2026-10-01", "2026-10-02"]);
    review(both, twice(&["2026-10-02"])).passes(&[WITHDRAWN]);
}

#[test]
fn a_deleted_overdue_action_is_named_though_an_older_one_of_its_title_was_done() {
    let late = "{ what: Write it down, raised: 2026-10-01, due: 2026-11-01 }";
    let of = |actions: &str| strict(bag().also(&format!("actions: [{actions}]\n")));
    for raised in ["2026-08-01", "2026-10-01"] {
        let done = format!("{{ what: Write it down, raised: {raised}, done: 2026-10-02 }}");
        let both = of(&format!("{done}, {late}"));
        review(both.clone(), of(&done)).passes(&[WITHDRAWN]);
        review(both.clone(), both).passes(&[]);
    }
}

#[test]
fn a_waiver_that_had_ended_and_becomes_a_request_is_named() {
    let request = "waivers: [{ category: logging, until: 2026-12-31, because: agreed }]\n";
    review(strict(red().waiving("logging", "2026-11-01")), strict(red().also(request))).passes(&[WITHDRAWN]);
}

#[test]
fn a_request_beside_a_waiver_that_had_ended_is_fine() {
    let ended = "{ category: logging, until: 2026-11-01, because: agreed, approved-by: head }";
    let request = "{ category: logging, until: 2026-12-31, because: agreed }";
    let of = |waivers: &str| strict(red().also(&format!("waivers: [{waivers}]\n")));
    review(of(ended), of(&format!("{ended}, {request}"))).passes(&[]);
}
