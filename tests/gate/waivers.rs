//! Waivers that count, and ways to have one that should not.

use crate::review::review;
use crate::world::{Estate, Service, Verdict, golden};

const POLICY: &str = "[waivers]\napprovers = [\"head\"]\nowner-may-approve = false\n\n[waivers.domain]\nshop = [\"shop-head\"]\npay = [\"pay-head\"]\n";
const DENIED: [&str; 1] = ["denied drop-to-red bag-api"];
const WAIVED: [&str; 2] = ["waived drop-to-red bag-api", "warning waiver-added bag-api"];

fn green() -> Service {
    golden("bag-api").but("owner", "team-bag").on("2026-10-01", "logging: green, metrics: green")
}

fn red() -> Service {
    green().on("2026-11-10", "logging: red")
}

fn waived(service: Service, waiver: &str) -> Service {
    service.also(&format!("waivers:\n  - {{ category: logging, because: New vendor, {waiver} }}\n"))
}

/// A drop that comes with this waiver, under the base's settings.
fn drop_with(settings: &str, waiver: &str) -> Verdict {
    let estate = |service: Service| Estate::from(service).set(settings);
    review(estate(green()), estate(waived(red(), waiver)))
}

#[test]
fn a_waiver_without_a_name_that_may_approve_it_waives_nothing() {
    for name in ["me", "tbd", "'-'", "''", "pay-head", "Head", "head of shop", "[ana, bob]", "[]", "team-bag"]
    {
        drop_with(POLICY, &format!("until: 2027-01-31, approved-by: {name}")).denies(&DENIED);
    }
    drop_with("", "until: 2027-01-31").denies(&DENIED).says_on_stdout("requested and not approved yet");
}

#[test]
fn one_approver_of_the_estate_or_of_the_domain_is_enough() {
    for name in ["head", "' head '", "shop-head", "[ana, head]", "[team-bag, shop-head]"] {
        drop_with(POLICY, &format!("until: 2027-01-31, approved-by: {name}")).passes(&WAIVED);
    }
    drop_with("", "until: 2027-01-31, approved-by: ana").passes(&WAIVED);
}

#[test]
fn the_finding_says_why_its_waiver_does_not_count() {
    let of = |waiver| drop_with(POLICY, waiver);
    of("until: 2027-01-31, approved-by: pay-head")
        .says_on_stdout("pay-head may not approve it; approvers: head, shop-head");
    of("until: 2027-05-22, approved-by: head").says_on_stdout("may end on 2027-05-21 at the latest");
}

#[test]
fn a_waiver_of_27_weeks_or_for_ever_waives_nothing() {
    let added = [DENIED[0], "warning waiver-added bag-api"];
    for until in ["2027-05-22", "2027-05-28", "9999-12-31", "2027-01-31, raised: 2026-07-01"] {
        drop_with("", &format!("until: {until}, approved-by: head")).denies(&added);
    }
    drop_with("", "until: 2027-05-21, approved-by: head").passes(&WAIVED);
    drop_with("", "until: 2027-01-01, raised: 2026-07-03, approved-by: head").passes(&WAIVED);
}

#[test]
fn a_reason_without_words_is_an_error() {
    for because in [".", "'-'", "…", "\"\\u200b\"", "\"\\u3164\"", "tbd", "N/A", "42"] {
        let waiver = format!("until: 2027-01-31, because: {because}, approved-by: head");
        let now = red().also(&format!("waivers:\n  - {{ category: logging, {waiver} }}\n"));
        assert_eq!(review(green(), now).code, Some(3), "{because}");
    }
}

#[test]
fn an_owner_approves_with_the_default_and_not_where_that_is_refused() {
    for name in ["team-bag", "Team Bag", "'@team-bag'", "web"] {
        let waiver = format!("until: 2027-01-31, approved-by: {name}");
        drop_with("", &waiver).passes(&WAIVED);
        drop_with("[waivers]\nowner-may-approve = true", &waiver).passes(&WAIVED);
        drop_with("[waivers]\nowner-may-approve = false", &waiver).denies(&DENIED);
    }
}

#[test]
fn a_change_makes_nobody_an_approver() {
    let estate = |service: Service| Estate::from(service).set(POLICY);
    let by = |service: Service, name| waived(service, &format!("until: 2027-01-31, approved-by: {name}"));
    // By another domain or owner.
    let moved = by(red().but("domain", "pay"), "pay-head");
    let told = [
        DENIED[0],
        "warning past-rewritten bag-api",
        "warning service-moved bag-api",
        "warning waiver-added bag-api",
    ];
    review(estate(green()), estate(moved)).denies(&told);
    let refusing = "[waivers]\nowner-may-approve = false";
    let before = Estate::from(green()).set(refusing);
    let disowned = Estate::from(by(red().but("owner", "others"), "team-bag")).set(refusing);
    review(before, disowned).denies(&told);
    // By other settings.
    let loosened = Estate::from(by(red(), "ana")).set("[waivers]\napprovers = [\"ana\"]");
    review(estate(green()), loosened).is(4, &[DENIED[0], "warning settings-loosened"]);
}

#[test]
fn a_waiver_that_is_extended_again_and_again_is_mentioned_each_time() {
    let until =
        |raised, until| waived(red(), &format!("raised: {raised}, until: {until}, approved-by: head"));
    let [first, second, third] = [
        until("2026-06-01", "2026-11-25"),
        until("2026-11-01", "2026-12-31"),
        until("2026-11-20", "2027-04-30"),
    ];
    review(first.clone(), second.clone()).passes(&["warning waiver-added bag-api"]);
    review(second, third.clone()).passes(&["warning waiver-added bag-api"]);
    review(third.clone(), third).passes(&[]);
    // Without a new day it breaks the policy.
    let stretched = until("2026-06-01", "2027-04-30");
    review(waived(green(), "raised: 2026-06-01, until: 2026-11-25, approved-by: head"), stretched)
        .denies(&[DENIED[0], "warning waiver-added bag-api"]);
    // A later day of asking makes one count that did not.
    let long = |raised| until(raised, "2026-12-31");
    review(long("2026-01-01"), long("2026-11-01")).passes(&["warning waiver-added bag-api"]);
}

#[test]
fn a_request_is_no_waiver_until_it_is_approved() {
    let requested = waived(red(), "until: 2027-01-31");
    let approved = waived(red(), "until: 2027-01-31, approved-by: head");
    review(red(), requested.clone()).passes(&[]);
    review(requested, approved).passes(&["warning waiver-added bag-api"]);
}

#[test]
fn of_two_waivers_the_one_that_counts_waives() {
    let two = |first: &str, second: &str| {
        let entry = |waiver| format!("  - {{ category: logging, because: New vendor, {waiver} }}\n");
        review(green(), red().also(&format!("waivers:\n{}{}", entry(first), entry(second))))
    };
    let good = "until: 2026-12-31, approved-by: head";
    two(good, "until: 2027-03-31").passes(&WAIVED);
    two("until: 9999-12-31, approved-by: head", good).passes(&[WAIVED[0], WAIVED[1], WAIVED[1]]);
    two("until: 2027-03-31", "until: 2027-03-31, approved-by: tbd").denies(&DENIED);
}

#[test]
fn waiver_settings_that_are_less_strict_are_mentioned() {
    let strict = POLICY.replace("approvers", "max-weeks = 8\napprovers");
    let estate = |settings: &str| Estate::from(green()).set(settings);
    let review = |now: &str| review(estate(&strict), estate(now));
    for (from, to, said) in [
        ("= 8", "= 9", "8 → 9"),
        ("[\"head\"]", "[\"head\", \"ana\"]", "`ana` may approve waivers"),
        ("[\"shop-head\"]", "[\"shop-head\", \"ana\"]", "`ana` may approve waivers in the domain shop"),
        ("= false", "= true", "refused → accepted"),
        (strict.as_str(), "", "anyone may approve waivers"),
    ] {
        assert!(strict.contains(from), "{from}");
        review(&strict.replace(from, to)).passes(&["warning settings-loosened"]).says_on_stdout(said);
    }
    for (from, to) in [("= 8", "= 7"), ("[\"head\"]", "[]"), ("pay = [\"pay-head\"]\n", "")] {
        review(&strict.replace(from, to)).passes(&[]);
    }
}
