//! Services that retire, move, matter less or were something else than their files said: what each change tells.

use crate::review::{alone, review, review_of, selections};
use crate::small_rubric::small_rubric;
use crate::world::{DROP, Estate, Service, dropped_bag, golden, green_bag, other};

const RETIRED: &str = "warning service-retired bag-api";
const MOVED: &str = "warning service-moved bag-api";
const LOWERED: &str = "warning importance-lowered bag-api";
const REWRITTEN: &str = "warning past-rewritten bag-api";

/// With a service that nothing happens to.
fn beside(service: Service) -> Estate {
    Estate::of([service, other("cart-api").on("2026-10-02", "alerting: green")])
}

fn retired(service: Service, when: &str) -> Service {
    service.also(&format!("retired: {when}\n"))
}

/// Something that it was up to a day.
fn before(service: Service, until: &str, was: &str) -> Service {
    service.also(&format!("previously: [{{ until: {until}, {was} }}]\n"))
}

#[test]
fn a_service_that_is_retired_is_named_with_its_reason() {
    let now = retired(green_bag(), "{ on: 2026-11-20, because: Replaced by orders }");
    let verdict = review(beside(green_bag()), beside(now));
    verdict.passes(&[RETIRED]).says_on_stdout("it retired on 2026-11-20");
    verdict.says_on_stdout("Replaced by orders");
}

#[test]
fn a_service_that_is_retired_is_named_though_the_policy_allows_it() {
    let of = |bag: Service| beside(bag).set("[gate]\nservice-retired = \"allow\"");
    review(of(green_bag()), of(retired(green_bag(), "2026-11-20"))).passes(&[RETIRED]);
    let off = |bag: Service| bag.but("golden-thread", "false");
    review(of(off(green_bag())), of(off(retired(green_bag(), "2026-11-20")))).passes(&[]);
}

#[test]
fn a_service_retired_in_the_change_in_which_it_drops_is_denied() {
    for day in ["2026-11-20", "2026-11-10", "2026-10-15", "2026-11-21", "2027-01-01"] {
        let now = retired(dropped_bag(), day);
        review(beside(green_bag()), beside(now)).denies(&[DROP, RETIRED]);
    }
}

#[test]
fn a_service_retired_and_renamed_with_a_drop_is_denied() {
    let now = golden("basket-api").on("2026-10-01", "logging: green, metrics: green");
    let now = retired(now.on("2026-11-10", "logging: red"), "2026-11-20");
    review(beside(green_bag()), beside(now))
        .denies(&["denied drop-to-red basket-api", "warning service-retired basket-api"]);
}

#[test]
fn a_service_that_retired_before_is_in_no_gate() {
    let retired = |bag| retired(bag, "2026-11-05");
    review(beside(retired(green_bag())), beside(retired(dropped_bag()))).passes(&[]);
    alone(beside(retired(dropped_bag()))).passes(&[]);
}

#[test]
fn a_planned_retirement_is_named_when_it_is_written_and_not_when_its_day_comes() {
    let planned = || beside(retired(green_bag(), "2026-12-01"));
    let verdict = review(beside(green_bag()), planned());
    verdict.passes(&[RETIRED]).says_on_stdout("it will be retired on 2026-12-01");
    review(planned(), planned()).passes(&[]);
    let come = |bag| beside(retired(bag, "2026-11-20"));
    review(come(green_bag()), come(green_bag())).passes(&[]);
    review(planned(), beside(retired(green_bag(), "2027-12-01"))).passes(&[]);
    review(planned(), beside(retired(green_bag(), "2026-11-25"))).passes(&[RETIRED]);
}

#[test]
fn a_drop_before_a_planned_retirement_is_denied() {
    let planned = |bag| beside(retired(bag, "2026-11-21"));
    review(planned(green_bag()), planned(dropped_bag())).denies(&[DROP]);
    alone(planned(dropped_bag())).denies(&[DROP]);
}

#[test]
fn a_retirement_in_a_time_in_which_it_was_assessed_rewrites_the_past() {
    let verdict = review(beside(green_bag()), beside(retired(green_bag(), "2026-09-01")));
    verdict.passes(&[REWRITTEN, RETIRED]);
    verdict.says_on_stdout("it was in the estate on 2026-10-01, and now says that it was not");
}

#[test]
fn a_retirement_taken_back_rewrites_the_past_unless_it_is_kept_as_that() {
    let gone = || beside(retired(green_bag(), "2026-11-10"));
    let verdict = review(gone(), beside(green_bag()));
    verdict.passes(&[REWRITTEN]);
    verdict.says_on_stdout("it was not in the estate on 2026-11-10, and now says that it was");
    let kept = before(green_bag(), "2026-11-19", "retired: 2026-11-10");
    review(gone(), beside(kept)).passes(&[]);
    // It is not gone yet.
    review(beside(retired(green_bag(), "2026-12-01")), beside(green_bag())).passes(&[]);
}

#[test]
fn a_service_retired_then_red_then_back_is_denied_at_its_third_change() {
    let gone = |bag| beside(retired(bag, "2026-11-05"));
    let back = before(dropped_bag(), "2026-11-19", "retired: 2026-11-05");
    review(beside(green_bag()), gone(green_bag())).passes(&[RETIRED]);
    review(gone(green_bag()), gone(dropped_bag())).passes(&[]);
    review(gone(dropped_bag()), beside(back)).denies(&[DROP]);
}

#[test]
fn a_provider_retired_in_the_change_that_moves_its_heirs_passes() {
    let gateway = || other("gateway").on("2026-09-01", "logging: green");
    let edge = || other("edge").on("2026-09-02", "logging: green, metrics: green");
    let heir = || golden("bag-api").on("2026-10-01", "logging: { inherited-from: gateway }");
    let moved = heir().on("2026-11-20", "logging: { inherited-from: edge }");
    review(
        Estate::of([heir(), gateway(), edge()]),
        Estate::of([moved, retired(gateway(), "2026-11-20"), edge()]),
    )
    .passes(&["warning service-retired gateway"]);
}

#[test]
fn a_red_inherited_from_a_provider_that_retires_is_not_put_right() {
    let gateway = || other("gateway").on("2026-09-01", "logging: red");
    let heir = || golden("bag-api").on("2026-10-01", "logging: { inherited-from: gateway }");
    review(Estate::of([heir(), gateway()]), Estate::of([heir(), retired(gateway(), "2026-11-20")]))
        .passes(&["warning red-to-unknown bag-api", "warning service-retired gateway"]);
}

#[test]
fn a_provider_that_retires_with_a_drop_takes_it_from_no_heir() {
    let gateway = || other("gateway").on("2026-09-01", "logging: green");
    let edge = || other("edge").on("2026-09-01", "logging: { inherited-from: gateway }");
    let gone = || retired(gateway().on("2026-11-10", "logging: red"), "2026-11-12");
    for provider in ["gateway", "edge"] {
        let heir =
            || golden("bag-api").on("2026-10-01", &format!("logging: {{ inherited-from: {provider} }}"));
        review(Estate::of([heir(), edge(), gateway()]), Estate::of([heir(), edge(), gone()])).denies(&[
            DROP,
            "warning drop-to-red edge",
            "warning drop-to-red gateway",
            "warning service-retired gateway",
        ]);
        // It is over in the next change.
        review(Estate::of([heir(), edge(), gone()]), Estate::of([heir(), edge(), gone()])).passes(&[]);
    }
}

#[test]
fn a_provider_renamed_and_retired_with_a_drop_takes_it_from_no_heir() {
    let gateway = |id: &str| other(id).on("2026-09-01", "logging: green, metrics: green, alerting: green");
    let heir = |provider: &str| {
        golden("bag-api").on("2026-10-01", &format!("logging: {{ inherited-from: {provider} }}"))
    };
    let gone = || retired(gateway("edge").on("2026-11-10", "logging: red"), "2026-11-12");
    let base = || Estate::of([heir("gateway"), gateway("gateway")]);
    let told = [DROP, "warning drop-to-red edge", "warning service-retired edge"];
    let claimed = || Estate::of([heir("gateway"), gone().also("renamed-from: [gateway]\n")]);
    review(base(), claimed()).denies(&told);
    review(base(), Estate::of([heir("edge"), gone()])).denies(&told);
    // Another one, for all that anybody can tell.
    let other = || retired(other("edge").on("2026-11-10", "logging: red"), "2026-11-12");
    let moved = heir("gateway").on("2026-11-10", "logging: { inherited-from: edge }");
    review(base(), Estate::of([moved, other()])).denies(&[DROP, "warning service-removed gateway"]);
    for selection in selections() {
        let verdict = review_of(&selection, base(), claimed());
        assert!(verdict.told().contains(&DROP.to_owned()), "{verdict:#?}");
    }
    review(claimed(), claimed()).passes(&[]);
}

#[test]
fn a_provider_that_retires_takes_no_drop_from_a_merge() {
    let rubrics = |estate: Estate| {
        let first = small_rubric("ours@1", "published = 2026-01-01", &[("logging", ""), ("alerting", "")]);
        let merged = [("signals", "from = [\"logging\", \"alerting\"]")];
        let second = small_rubric("ours@2", "published = 2026-01-01", &merged);
        estate.with("rubric/ours-1.toml", &first).with("rubric/ours-2.toml", &second)
    };
    let gateway = || other("gateway").on_by("2026-09-01", "ours@1", "logging: green, alerting: green");
    let heir = |colour: &str| {
        let scores = format!("logging: {{ inherited-from: gateway }}, alerting: {colour}");
        golden("bag-api").on_by("2026-09-01", "ours@1", &scores).on_by("2026-10-01", "ours@2", "")
    };
    let gone = || retired(gateway().on_by("2026-11-10", "ours@1", "logging: red"), "2026-11-12");
    for colour in ["amber", "green", "{ rag: not-applicable, because: It has no pages }"] {
        let base = || rubrics(Estate::of([heir(colour), gateway()]));
        let now = || rubrics(Estate::of([heir(colour), gone()]));
        review(base(), now()).denies(&[
            DROP,
            "warning drop-to-red gateway",
            "warning service-retired gateway",
        ]);
        review(now(), now()).passes(&[]);
    }
}

#[test]
fn a_move_that_keeps_who_it_was_is_named_and_nothing_else() {
    for (key, was, is) in [("domain", "shop", "edge"), ("platform", "web", "cart"), ("owner", "web", "cart")]
    {
        let moved = before(green_bag().but(key, is), "2026-11-19", &format!("{key}: {was}"));
        review(green_bag().but(key, was), moved)
            .passes(&[MOVED])
            .says_on_stdout(&format!("it moved: {key}: {was} → {is}"));
    }
    let owned = before(green_bag().but("owner", "cart"), "2026-11-19", "owner: \"\"");
    review(green_bag(), owned).passes(&[MOVED]).says_on_stdout("owner: nobody → cart");
}

#[test]
fn a_move_without_who_it_was_rewrites_the_past() {
    let now = green_bag().but("domain", "edge");
    let verdict = review(green_bag(), now);
    verdict.passes(&[REWRITTEN, MOVED]).says_on_stdout("it moved: domain: shop → edge");
    verdict.says_on_stdout("what it was on 2026-10-01 was rewritten: domain: shop → edge");
    verdict.says_on_stdout("`fundamentals move bag-api …`");
}

#[test]
fn a_move_is_kept_from_the_last_assessment_on() {
    let now = |until| before(green_bag().but("domain", "edge"), until, "domain: shop");
    review(green_bag(), now("2026-10-01")).passes(&[MOVED]);
    review(green_bag(), now("2026-09-30")).passes(&[REWRITTEN, MOVED]);
}

#[test]
fn a_new_service_has_no_past_to_rewrite() {
    let now = before(other("till").but("domain", "edge"), "2026-11-01", "domain: shop");
    review(green_bag(), Estate::of([green_bag(), now])).passes(&[]);
}

#[test]
fn a_planned_move_is_named_when_it_is_written_and_not_when_its_day_comes() {
    let planned = |until| before(green_bag().but("domain", "edge"), until, "domain: shop");
    let verdict = review(green_bag(), planned("2026-12-31"));
    verdict.passes(&[MOVED]).says_on_stdout("it will move on 2027-01-01: domain: shop → edge");
    review(planned("2026-12-31"), planned("2026-12-31")).passes(&[]);
    review(planned("2026-11-19"), planned("2026-11-19")).passes(&[]);
}

#[test]
fn an_entry_of_the_past_that_is_edited_or_removed_rewrites_it() {
    let base = || before(green_bag().but("domain", "edge"), "2026-11-10", "domain: shop");
    for now in [
        green_bag().but("domain", "edge"),
        before(green_bag().but("domain", "edge"), "2026-11-09", "domain: shop"),
        before(green_bag().but("domain", "edge"), "2026-11-11", "domain: shop"),
        before(green_bag().but("domain", "edge"), "2026-11-10", "domain: other"),
        before(green_bag().but("domain", "edge"), "2026-11-10", "domain: shop, tags: [x]"),
        before(green_bag().but("domain", "edge"), "2026-11-10", "domain: shop, rubrics: [fundamentals]"),
    ] {
        review(base(), now).passes(&[REWRITTEN]);
    }
    let again = "previously: [{ until: 2026-11-19, domain: edge }, { until: 2026-11-10, domain: shop }]\n";
    review(base(), green_bag().but("domain", "till").also(again)).passes(&[MOVED]);
}

#[test]
fn who_leaves_the_golden_thread_by_its_day_while_dropping_is_held_to_what_it_was() {
    let off = |bag: Service| bag.but("golden-thread", "false").but("criticality", "low");
    let was = "golden-thread: true, criticality: mission-critical";
    for until in ["2026-10-01", "2026-11-09", "2026-11-10", "2026-11-19"] {
        let now = before(off(dropped_bag()), until, was);
        review(green_bag(), now).denies(&[DROP, LOWERED]);
    }
    for until in ["2026-11-20", "2026-11-21", "2027-11-19"] {
        let now = before(off(dropped_bag()), until, was);
        review(green_bag(), now).denies(&[DROP, LOWERED]);
    }
}

#[test]
fn who_moves_to_a_milder_domain_by_its_day_while_dropping_is_held_to_what_it_was() {
    let policy = "[gate.drop-to-red]\ngolden-thread = \"warn\"\ndomain = { shop = \"deny\" }";
    let now = before(dropped_bag().but("domain", "edge"), "2026-11-09", "domain: shop");
    review(Estate::from(green_bag()).set(policy), Estate::from(now).set(policy))
        .denies(&[DROP, MOVED, LOWERED]);
}

#[test]
fn a_planned_demotion_is_named_when_it_is_written_step_by_step() {
    let bag = |level: &str| green_bag().but("golden-thread", "false").but("criticality", level);
    let was = "golden-thread: true, criticality: mission-critical";
    let verdict = review(green_bag(), before(bag("mission-critical"), "2026-12-31", was));
    verdict.passes(&[LOWERED]).says_on_stdout("it leaves the Golden Thread on 2027-01-01");
    let steps = "previously: [{ until: 2026-11-19, criticality: business-critical }, \
                 { until: 2026-12-31, criticality: low }]\n";
    let verdict = review(bag("business-critical"), bag("experimental").also(steps));
    verdict.passes(&[LOWERED, LOWERED]).says_on_stdout("it was business-critical, and is low");
    verdict.says_on_stdout("it is business-critical, and will be experimental from 2027-01-01 on");
}

#[test]
fn a_day_on_which_it_joined_is_not_moved() {
    let joined = |day: &str| beside(green_bag().also(&format!("joined: {day}\n")));
    review(joined("2026-06-01"), joined("2026-09-01")).passes(&[REWRITTEN]);
    review(joined("2026-09-01"), joined("2026-06-01")).passes(&[REWRITTEN]);
    review(joined("2026-06-01"), beside(green_bag())).passes(&[REWRITTEN]);
    review(beside(green_bag()), joined("2026-06-01")).passes(&[REWRITTEN]);
    // It was there when it was assessed.
    review(joined("2026-11-01"), joined("2027-11-01")).passes(&[]);
}

#[test]
fn a_service_that_joins_in_the_future_is_in_the_gate() {
    let now = |bag: Service| beside(bag.also("joined: 2027-01-01\n"));
    review(now(green_bag()), now(dropped_bag())).denies(&[DROP]);
    alone(now(dropped_bag())).denies(&[DROP]);
}

#[test]
fn an_entry_that_still_holds_hides_no_drop() {
    let off = "golden-thread: false, criticality: low";
    let was = "{ until: 2026-11-19, golden-thread: true, criticality: mission-critical }";
    let now = dropped_bag().also(&format!("previously: [{was}, {{ until: 2027-01-01, {off} }}]\n"));
    review(green_bag(), now).denies(&[DROP, LOWERED]);
    let gone = before(dropped_bag(), "2027-01-01", "retired: 2026-11-20");
    review(beside(green_bag()), beside(gone)).denies(&[DROP, RETIRED]);
}

#[test]
fn filters_do_not_hide_that_a_service_moved_or_retired() {
    for selection in selections() {
        let moved = before(green_bag().but("domain", "edge"), "2026-11-19", "domain: shop");
        review_of(&selection, beside(green_bag()), beside(moved)).passes(&[MOVED]);
        let gone = beside(retired(dropped_bag(), "2026-11-20"));
        review_of(&selection, beside(green_bag()), gone).denies(&[DROP, RETIRED]);
    }
}
