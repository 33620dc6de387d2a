//! A corrected title of an action, or another name for an objective, is no news.

use crate::review::review;
use crate::world::{Estate, RUBRIC, Verdict, golden};

const POLICY: &str = "[gate]\noverdue-action = \"deny\"\nslo-missed-while-green = \"deny\"";
const WITHDRAWN: &str = "warning finding-withdrawn bag-api";

/// A service with these actions, each a title and more.
fn promised(actions: &[(&str, &str)]) -> Estate {
    let actions =
        actions.iter().map(|(what, more)| format!("{{ what: {what}, raised: 2026-10-01, {more} }}"));
    let actions = actions.collect::<Vec<_>>().join(", ");
    let service = golden("bag-api").on("2026-10-01", "logging: green");
    Estate::from(service.also(&format!("actions: [{actions}]\n"))).set(POLICY)
}

/// A green service with what was measured of it.
fn measured(lines: &str) -> Estate {
    let service = golden("bag-api").but("tags", "[data]");
    let service = service.on_by("2026-10-01", "ours@1", "logs: green, restore: green");
    let text = format!("service,slo,period,objective,attained\n{lines}");
    Estate::from(service).set(POLICY).with("rubric/ours.toml", RUBRIC).with("slo/2026.csv", &text)
}

fn renamed(before: &str, now: &str) -> Verdict {
    review(measured(before), measured(now))
}

const DUE: &str = "due: 2026-11-01";
const MISSED: &str = "bag-api,av,2026-09,99.9%,99.95%\nbag-api,av,2026-10,99.9%,99%\n";

#[test]
fn a_typo_corrected_in_an_overdue_action_is_no_news() {
    review(promised(&[("Rteire it", DUE)]), promised(&[("Retire it", DUE)])).passes(&[]);
}

#[test]
fn a_typo_corrected_in_one_of_two_actions_of_a_day_is_no_news() {
    let of = |what| promised(&[(what, DUE), ("Write it down", DUE)]);
    review(of("Rteire it"), of("Retire it")).passes(&[]);
}

#[test]
fn an_overdue_action_that_is_done_and_has_its_title_corrected_is_fine() {
    let done = "due: 2026-11-01, done: 2026-11-19";
    review(promised(&[("Rteire it", DUE)]), promised(&[("Retire it", done)])).passes(&[]);
}

#[test]
fn an_overdue_action_with_another_title_and_another_day_or_category_is_named() {
    let before = || promised(&[("Rteire it", DUE)]);
    review(before(), promised(&[("Retire it", "due: 2027-11-01")])).passes(&[WITHDRAWN]);
    let other = promised(&[("Retire it", "due: 2026-11-01, category: logging")]);
    review(before(), other).denies(&["denied overdue-action bag-api", WITHDRAWN]);
}

#[test]
fn two_overdue_actions_replaced_by_one_of_another_title_are_named() {
    let before = promised(&[("Rteire it", DUE), ("Wirte it down", DUE)]);
    review(before, promised(&[("Retire it", DUE)])).denies(&[
        "denied overdue-action bag-api",
        WITHDRAWN,
        WITHDRAWN,
    ]);
}

#[test]
fn a_missed_objective_of_another_name_and_the_same_results_is_no_news() {
    renamed(MISSED, &MISSED.replace(",av,", ",availability,")).passes(&[]);
}

#[test]
fn a_missed_objective_of_another_name_and_other_results_is_named() {
    let now = MISSED.replace(",av,", ",availability,");
    renamed(MISSED, &now.replace("99.95%", "99.96%"))
        .denies(&["denied slo-missed-while-green bag-api", WITHDRAWN]);
    renamed(MISSED, &now.replace("99%", "99.9%")).passes(&[WITHDRAWN]);
}

#[test]
fn two_missed_objectives_of_the_same_results_of_which_one_is_gone_are_named() {
    let both = format!("{MISSED}{}", MISSED.replace(",av,", ",bv,"));
    renamed(&both, &MISSED.replace(",av,", ",cv,")).denies(&[
        "denied slo-missed-while-green bag-api",
        WITHDRAWN,
        WITHDRAWN,
    ]);
}
