//! Services that say what they were called, or what another service was called.

use crate::review::review;
use crate::world::{DROP, Estate, Service, golden, green_bag, other};

const DROPPED: &str = "denied drop-to-red basket-api";

fn cart() -> Service {
    other("cart-api").on("2026-10-02", "alerting: green")
}

fn of(services: &[Service]) -> Estate {
    let none = Estate::default();
    services.iter().fold(none, |estate, service| estate.with(&service.path(), &service.text()))
}

fn named(service: Service, old: &str) -> Service {
    service.also(&format!("renamed-from: [{old}]\n"))
}

/// The service `bag-api` under another id, red, with its history.
fn red(id: &str) -> Service {
    golden(id).on("2026-10-01", "logging: green, metrics: green").on("2026-11-10", "logging: red")
}

#[test]
fn a_service_that_names_its_old_id_is_compared_with_what_it_was_whatever_it_shares() {
    let base = of(&[green_bag(), cart()]);
    review(base.clone(), of(&[named(red("basket-api"), "bag-api"), cart()])).denies(&[DROPPED]);
    let other_ratings = golden("basket-api").on("2026-11-10", "logging: red, alerting: green");
    let verdict = review(base, of(&[named(other_ratings, "bag-api"), cart()]));
    verdict.denies(&[DROPPED, "warning judgement-removed basket-api"]);
    verdict.says_on_stdout("note: `basket-api` was `bag-api` at `main`");
}

#[test]
fn a_service_renamed_twice_is_compared_with_what_it_was() {
    let trolley = |service: Service, old: &str| of(&[named(service, old), cart()]);
    let twice = || red("trolley-api");
    let told = &["denied drop-to-red trolley-api"];
    review(of(&[green_bag(), cart()]), trolley(twice(), "bag-api, basket-api")).denies(told);
    let green = golden("basket-api").on("2026-10-01", "logging: green, metrics: green");
    let base = of(&[named(green, "bag-api"), cart()]);
    review(base.clone(), trolley(twice(), "basket-api, bag-api")).denies(told);
    // What it was called in between is left out.
    review(base.clone(), trolley(twice(), "bag-api")).denies(told);
    // Back to its first name.
    review(base.clone(), trolley(red("bag-api"), "basket-api")).denies(&[DROP]);
    review(base, of(&[red("bag-api"), cart()])).denies(&[DROP]);
}

#[test]
fn a_service_that_takes_an_old_id_of_another_is_a_new_one() {
    let green = || named(golden("basket-api").on("2026-10-01", "logging: green"), "bag-api");
    let new = golden("bag-api").on("2026-11-12", "logging: red");
    review(of(&[green(), cart()]), of(&[green(), new, cart()])).is(3, &["warning new-red bag-api"]);
}

#[test]
fn an_old_id_that_is_a_living_service_is_no_old_id() {
    let claims = named(golden("basket-api").on("2026-11-10", "logging: red"), "bag-api");
    let verdict = review(of(&[green_bag(), cart()]), of(&[green_bag(), claims.clone(), cart()]));
    verdict.is(3, &[]);
    let red_bag = green_bag().on("2026-11-10", "logging: red");
    review(of(&[green_bag(), cart()]), of(&[red_bag, claims, cart()])).denies(&[DROP]);
}

#[test]
fn a_service_that_was_there_does_not_hide_that_another_is_gone_by_naming_it() {
    let claims = named(cart(), "bag-api");
    review(of(&[green_bag(), cart()]), of(&[claims])).passes(&["warning service-removed bag-api"]);
}

#[test]
fn a_red_inherited_from_a_service_that_another_claims_to_have_been_is_not_put_right() {
    let heir = golden("bag-api").on("2026-10-01", "logging: { inherited-from: gateway }");
    let gateway = other("gateway").on("2026-09-01", "logging: red");
    let edge = || other("edge").on("2026-09-02", "logging: green");
    let base = of(&[heir.clone(), gateway, edge()]);
    review(base, of(&[heir, named(edge(), "gateway")])).passes(&[
        "warning red-to-inherited bag-api",
        "warning past-rewritten bag-api",
        "warning service-removed gateway",
    ]);
}

#[test]
fn a_service_that_claims_to_have_been_a_red_one_drops_from_its_own_colour() {
    let junk = golden("junk").on("2026-09-05", "logging: red");
    let claims = named(red("basket-api"), "junk");
    let verdict = review(of(&[green_bag(), junk, cart()]), of(&[claims, cart()]));
    verdict.denies(&[DROPPED, "warning service-removed junk"]);
}

#[test]
fn a_renamed_service_with_a_red_is_a_drop_though_a_decoy_claims_its_old_id() {
    let decoy = || named(other("decoy").on("2026-10-01", "logging: green, metrics: green"), "bag-api");
    let verdict = review(of(&[green_bag(), cart()]), of(&[decoy(), red("basket-api"), cart()]));
    verdict.denies(&[DROPPED, "warning past-rewritten decoy", "warning importance-lowered decoy"]);
}

#[test]
fn a_renamed_service_makes_nobody_an_approver() {
    let policy = "[waivers]\nowner-may-approve = false";
    let owned = |service: Service, owner: &str| service.also(&format!("owner: {owner}\n"));
    let base = of(&[owned(green_bag(), "head"), cart()]).set(policy);
    let now = owned(named(red("basket-api"), "bag-api"), "somebody").waiving("logging", "2026-12-31");
    let verdict = review(base, of(&[now, cart()]).set(policy));
    assert!(verdict.told().contains(&DROPPED.to_owned()), "{verdict:#?}");
}

#[test]
fn a_provider_that_is_renamed_is_fine_by_its_old_and_its_new_id() {
    let heir = |provider: &str| {
        golden("bag-api").on("2026-10-01", &format!("logging: {{ inherited-from: {provider} }}"))
    };
    for colour in ["green", "red"] {
        let gateway = |id| other(id).on("2026-09-01", &format!("logging: {colour}"));
        let base = of(&[heir("gateway"), gateway("gateway")]);
        for provider in ["gateway", "edge"] {
            review(base.clone(), of(&[heir(provider), named(gateway("edge"), "gateway")])).passes(&[]);
        }
    }
}
