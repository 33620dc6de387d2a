//! What a policy denies disappears by a postponed waiver, a tag, another version or another domain, and not by an
//! assessment.

use crate::review::review;
use crate::world::{Estate, RUBRIC, Service, golden, rubric_2};

const WITHDRAWN: &str = "warning finding-withdrawn bag-api";
const REWRITTEN: &str = "warning past-rewritten bag-api";
const WAIVERS: &str = "[gate]\nwaiver-added = \"allow\"\nexpired-waiver = \"deny\"";

fn denying(rule: &str) -> String {
    format!("[gate.{rule}]\ngolden-thread = \"deny\"\nstanding = \"deny\"")
}

fn red(until: &str) -> Estate {
    let red = golden("bag-api").on("2026-10-01", "logging: red");
    Estate::from(red.waiving("logging", until)).set(WAIVERS)
}

#[test]
fn an_ended_waiver_that_is_postponed_is_named_though_new_waivers_are_allowed() {
    for until in ["2026-11-20", "2026-12-24", "2099-01-01"] {
        review(red("2026-11-01"), red(until)).passes(&[WITHDRAWN]);
    }
}

#[test]
fn a_waiver_beside_one_that_ended_is_named_though_new_waivers_are_allowed() {
    let of = |waivers: &str| {
        let red = golden("bag-api").on("2026-10-01", "logging: red");
        Estate::from(red.also(&format!("waivers: [{waivers}]\n"))).set(WAIVERS)
    };
    let waiver =
        |until| format!("{{ category: logging, until: {until}, because: agreed, approved-by: head }}");
    let (ended, later) = (waiver("2026-11-01"), waiver("2026-12-24"));
    review(of(&ended), of(&format!("{ended}, {later}"))).passes(&[WITHDRAWN]);
}

fn bag(tags: &str, scores: &str) -> Service {
    golden("bag-api").but("tags", tags).on_by("2026-10-01", "ours@1", scores)
}

/// A service that missed its objective, where that is denied.
fn measured(service: Service) -> Estate {
    let missed = "service,slo,period,objective,attained\nbag-api,availability,2026-10,99.9%,99%\n";
    let estate = Estate::from(service).with("rubric/ours.toml", RUBRIC).with("slo/2026.csv", missed);
    estate.set(&denying("slo-missed-while-green"))
}

#[test]
fn a_tag_that_asks_for_a_category_never_assessed_does_not_hide_a_missed_objective() {
    let of = |tags| measured(bag(tags, "logs: green"));
    review(of("[]"), of("[data]")).passes(&[REWRITTEN, WITHDRAWN]);
}

#[test]
fn a_missed_objective_that_an_assessment_answers_is_fine() {
    let before = bag("[]", "logs: green");
    review(measured(before.clone()), measured(before.on_by("2026-11-10", "ours@1", "logs: amber")))
        .passes(&[]);
}

fn asked(service: Service) -> Estate {
    Estate::from(service).with("rubric/ours.toml", RUBRIC).set(&denying("not-assessed"))
}

#[test]
fn a_tag_taken_away_does_not_hide_a_category_that_was_never_assessed() {
    let of = |tags| asked(bag(tags, "logs: green"));
    let verdict = review(of("[data]"), of("[dtaa]"));
    verdict
        .passes(&[REWRITTEN, WITHDRAWN])
        .says_on_stdout("`restore` was never assessed, and is no longer asked");
}

#[test]
fn a_category_never_assessed_that_is_assessed_is_fine() {
    let before = bag("[data]", "logs: green");
    for scores in ["restore: green", "restore: { rag: not-applicable, because: It keeps nothing }"] {
        review(asked(before.clone()), asked(before.clone().on_by("2026-11-10", "ours@1", scores)))
            .passes(&[]);
    }
}

/// Logs were assessed long ago.
fn stale() -> Service {
    golden("bag-api").on_by("2026-01-10", "ours@1", "logs: green")
}

fn aged(service: Service, policy: &str) -> Estate {
    let raised = rubric_2().replace("id = \"logs\"\n", "id = \"logs\"\nrescore = true\n");
    let estate = Estate::from(service).with("rubric/1.toml", RUBRIC).with("rubric/2.toml", &raised);
    estate.set(&denying("stale")).set(policy)
}

#[test]
fn a_stale_colour_that_another_version_makes_unknown_is_named_once() {
    let now = || stale().on_by("2026-11-10", "ours@2", "");
    review(aged(stale(), ""), aged(now(), "")).passes(&[WITHDRAWN]);
    let warns = "[gate.not-assessed]\ngolden-thread = \"warn\"";
    review(aged(stale(), warns), aged(now(), warns)).passes(&["warning not-assessed bag-api"]);
}

#[test]
fn a_stale_colour_that_is_assessed_anew_is_fine() {
    let now = stale().on_by("2026-11-10", "ours@2", "logs: green");
    review(aged(stale(), ""), aged(now, "")).passes(&[]);
}

/// A red since April in a domain, where a red of two reviews is denied.
fn lasting(domain: &str, domains: &str) -> Estate {
    let red = golden("bag-api").but("domain", domain).on("2026-04-01", "logging: red");
    Estate::from(red).set(&format!("{}\n{domains}", denying("standing-red")))
}

const STANDING: &str = "denied standing-red bag-api";
const SHOP: &str = "[[domain]]\nid = \"shop\"\nreviews = [2026-05-01, 2026-07-01, 2026-09-01]\n";
const OTHER: &str = "[[domain]]\nid = \"other\"\nreviews = [2026-11-01]\n";

#[test]
fn a_red_is_as_old_as_it_was_in_a_domain_with_fewer_reviews() {
    let both = format!("{SHOP}{OTHER}");
    review(lasting("shop", &both), lasting("other", &both)).denies(&[
        STANDING,
        REWRITTEN,
        "warning service-moved bag-api",
    ]);
}

#[test]
fn a_red_is_as_old_as_the_reviews_of_the_domains_that_it_was_in() {
    let red = || golden("bag-api").but("domain", "other").on("2026-04-01", "logging: red");
    let of = |reviews: &str, was: &str| {
        let settings =
            format!("{}\n{SHOP}[[domain]]\nid = \"other\"\nreviews = [{reviews}]\n", denying("standing-red"));
        Estate::from(red().also(was)).set(&settings)
    };
    let moved = "previously: [{ until: 2026-06-01, domain: shop }]\n";
    let one_before = || of("2026-07-15, 2026-11-01", moved);
    review(one_before(), one_before()).denies(&[STANDING]);
    let none_before = || of("2026-05-15, 2026-05-20, 2026-11-01", moved);
    review(none_before(), none_before()).passes(&[]);
    // However often it moved, the rhythm goes on.
    let days = ["2026-05-01", "2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"];
    let entries = days.map(|day| format!("{{ until: {day}, platform: p{} }}", &day[5..7]));
    let often = format!("previously: [{}]\n", entries.join(", "));
    review(of("", &often), of("", &often)).denies(&[STANDING]);
}

#[test]
fn a_red_is_as_old_as_it_was_where_the_change_lists_the_first_review() {
    let listed = OTHER.replace("other", "shop");
    review(lasting("shop", ""), lasting("shop", &listed)).denies(&[STANDING]);
}
