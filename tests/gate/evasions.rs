//! Ways to make a red disappear without putting it right. None of them goes unmentioned.

use crate::review::{alone, review};
use crate::world::{DROP, Estate, RUBRIC, Service, World, dropped_bag, gate_in, golden, green_bag, other};

fn bag() -> Service {
    golden("bag-api")
}

/// Green in September, red since October.
fn red_bag() -> Service {
    bag().on("2026-09-01", "metrics: green").on("2026-10-01", "logging: red, alerting: green")
}

#[test]
fn a_red_that_becomes_not_applicable_is_mentioned() {
    let now = red_bag().on("2026-11-10", "logging: { rag: not-applicable, because: We print nothing }");
    let verdict = review(red_bag(), now);
    verdict.passes(&["warning red-to-not-applicable bag-api"]).says_on_stdout("We print nothing");
}

#[test]
fn a_red_handed_to_a_provider_is_mentioned_unless_it_stays_red() {
    let now = red_bag().on("2026-11-10", "logging: { inherited-from: gateway }");
    let of = |bag: &Service, gateway: &str| {
        Estate::of([bag.clone(), other("gateway").on("2026-09-01", &format!("logging: {gateway}"))])
    };
    let handed = |gateway| review(of(&red_bag(), gateway), of(&now, gateway));
    handed("green").passes(&["warning red-to-inherited bag-api"]);
    handed("amber").passes(&["warning red-to-inherited bag-api"]);
    handed("red").passes(&[]);
}

#[test]
fn a_red_handed_to_a_provider_that_was_never_judged_is_unknown() {
    let now = red_bag().on("2026-11-10", "logging: { inherited-from: gateway }");
    let verdict = review(Estate::of([red_bag(), other("gateway")]), Estate::of([now, other("gateway")]));
    verdict.passes(&["warning red-to-unknown bag-api"]);
}

#[test]
fn a_red_judgement_taken_out_of_its_assessment_is_mentioned_twice() {
    let now = bag().on("2026-09-01", "metrics: green").on("2026-10-01", "alerting: green");
    review(red_bag(), now).passes(&["warning red-to-unknown bag-api", "warning judgement-removed bag-api"]);
}

#[test]
fn a_service_file_under_a_hidden_name_is_a_removed_service() {
    let hidden = || Estate::of([other("till")]).with("services/.bag-api.yaml", &red_bag().text());
    let world = World::with(Estate::of([red_bag(), other("till")]));
    world.proposes(hidden()).gate("--base main").passes(&["warning service-removed bag-api"]);
    // Nor is one that the base hides a service of the base.
    let world = World::with(hidden());
    world
        .proposes(Estate::of([red_bag(), other("till")]))
        .gate("--base main")
        .passes(&["warning new-red bag-api"]);
}

#[test]
fn a_whole_assessment_taken_away_is_mentioned() {
    let now = bag().on("2026-09-01", "metrics: green");
    review(red_bag(), now).passes(&["warning red-to-unknown bag-api", "warning judgement-removed bag-api"]);
}

#[test]
fn a_red_of_today_may_still_be_corrected() {
    let today = |colour| bag().on("2026-11-20", &format!("logging: {colour}"));
    review(today("red"), today("amber")).passes(&["resolved bag-api"]);
}

#[test]
fn a_drop_written_into_the_past_is_a_drop() {
    let now = bag().on("2026-10-01", "logging: red, metrics: green");
    review(green_bag(), now).denies(&[DROP, "warning past-rewritten bag-api"]);
}

#[test]
fn a_deleted_service_is_mentioned() {
    let keeper = other("keeper").on("2026-10-02", "logging: green");
    let verdict = review(Estate::of([red_bag(), keeper.clone()]), keeper);
    verdict.passes(&["warning service-removed bag-api"]).says_on_stdout("--> services/bag-api.yaml\n");
}

#[test]
fn a_service_renamed_with_its_history_is_compared_with_what_it_was() {
    let now = golden("basket-api").on("2026-10-01", "logging: green, metrics: green");
    let verdict = review(green_bag(), now.clone().on("2026-11-10", "logging: red"));
    verdict.denies(&["denied drop-to-red basket-api"]);
    verdict.says_on_stdout("note: `basket-api` was `bag-api` at `main`");
    review(green_bag(), now).passes(&[]);
}

#[test]
fn a_service_renamed_without_its_history_is_one_gone_and_one_new() {
    let verdict = review(green_bag(), golden("basket-api").on("2026-11-10", "logging: red"));
    verdict.passes(&["warning new-red basket-api", "warning service-removed bag-api"]);
    verdict.says_on_stdout("note: not there at `main`: `basket-api`");
}

#[test]
fn who_leaves_the_golden_thread_while_dropping_is_held_to_what_it_was() {
    let now = dropped_bag().but("golden-thread", "false");
    review(green_bag(), now).denies(&[
        DROP,
        "warning past-rewritten bag-api",
        "warning importance-lowered bag-api",
    ]);
}

#[test]
fn who_joins_the_golden_thread_while_dropping_is_held_to_what_it_is() {
    let off = green_bag().but("golden-thread", "false");
    review(off, dropped_bag()).denies(&[DROP, "warning past-rewritten bag-api"]);
}

#[test]
fn who_lowers_a_criticality_while_dropping_is_held_to_what_it_was() {
    let policy = "[gate.drop-to-red]\ncriticality = { business-critical = \"deny\" }";
    let of = |bag: Service, criticality| {
        Estate::from(bag.but("golden-thread", "false").but("criticality", criticality)).set(policy)
    };
    let verdict = review(of(green_bag(), "business-critical"), of(dropped_bag(), "low"));
    verdict.denies(&[DROP, "warning past-rewritten bag-api", "warning importance-lowered bag-api"]);
}

#[test]
fn a_new_order_of_levels_does_not_hide_that_a_criticality_was_lowered() {
    let of = |criticality| Estate::from(other("bag-api").but("criticality", criticality));
    for (now, levels) in [
        ("low", r#"["business-critical", "low", "mission-critical"]"#),
        ("new", r#"["new", "business-critical", "mission-critical"]"#),
    ] {
        let now = of(now).set(&format!("[criticality]\nlevels = {levels}"));
        review(of("business-critical"), now).passes(&["warning importance-lowered bag-api"]);
    }
}

#[test]
fn who_moves_to_a_milder_domain_while_dropping_is_held_to_what_it_was() {
    let policy = "[gate.drop-to-red]\ngolden-thread = \"warn\"\ndomain = { shop = \"deny\" }";
    let verdict = review(
        Estate::from(green_bag()).set(policy),
        Estate::from(dropped_bag().but("domain", "edge")).set(policy),
    );
    verdict.denies(&[
        DROP,
        "warning past-rewritten bag-api",
        "warning service-moved bag-api",
        "warning importance-lowered bag-api",
    ]);
}

#[test]
fn a_service_under_another_rubric_too_is_looked_at_under_each() {
    let of = |bag: Service| Estate::from(bag).with("rubric/ours.toml", RUBRIC);
    let now = green_bag().on_by("2026-11-10", "ours@1", "logs: red");
    review(of(green_bag()), of(now)).passes(&["warning new-red bag-api"]);
}

#[test]
fn going_back_to_an_older_version_hides_no_drop_and_is_mentioned() {
    let now = green_bag().on_by("2026-11-10", "fundamentals@1", "logging: red");
    review(green_bag(), now).denies(&[DROP, "warning rubric-switched bag-api"]);
}

#[test]
fn a_built_in_rubric_replaced_by_an_edited_copy_is_mentioned() {
    let copy = include_str!("../../rubric/fundamentals/v2.toml")
        .replace("or lost it within 14 days", "or lost it within a day");
    let now = Estate::from(red_bag().on("2026-11-10", "logging: amber")).with("rubric/copy.toml", &copy);
    review(red_bag(), now).passes(&["warning rubric-edited", "resolved bag-api"]);
}

#[test]
fn a_rubric_edited_in_place_is_mentioned_even_if_no_service_changed() {
    let with = |text: &str| {
        Estate::from(bag().on_by("2026-10-01", "ours@1", "logs: red")).with("rubric/ours.toml", text)
    };
    let edited = RUBRIC.replace("Nobody can", "The dog ate");
    review(with(RUBRIC), with(&edited))
        .passes(&["warning rubric-edited"])
        .says_on_stdout("categories      logs");
}

#[test]
fn a_red_whose_question_is_taken_out_of_the_rubric_is_mentioned_by_way_of_the_rubric() {
    let with = |text: &str, scores: &str| {
        Estate::from(bag().on_by("2026-10-01", "ours@1", scores)).with("rubric/ours.toml", text)
    };
    let (kept, _) = RUBRIC.rsplit_once("[[pillar.category]]").expect("two categories");
    let verdict = review(with(RUBRIC, "logs: green, restore: red"), with(kept, "logs: green"));
    verdict.passes(&["warning judgement-removed bag-api", "warning rubric-edited"]);
}

#[test]
fn a_waiver_that_comes_with_its_drop_counts_and_is_mentioned() {
    let now = dropped_bag().waiving("logging", "2026-12-31");
    let verdict = review(green_bag(), now);
    verdict.passes(&["waived drop-to-red bag-api", "warning waiver-added bag-api"]);
}

#[test]
fn a_policy_can_deny_that_a_drop_brings_its_own_waiver() {
    let policy = "[gate]\nwaiver-added = \"deny\"";
    let now = Estate::from(dropped_bag().waiving("logging", "2026-12-31")).set(policy);
    let verdict = review(Estate::from(green_bag()).set(policy), now);
    verdict.denies(&["waived drop-to-red bag-api", "denied waiver-added bag-api"]);
}

#[test]
fn settings_loosened_with_a_drop_do_not_let_it_pass() {
    for policy in [
        "[gate]\ndrop-to-red = \"allow\"",
        "[gate.drop-to-red]\ngolden-thread = \"warn\"",
        "[gate.drop-to-red]\ndomain = { shop = \"allow\" }\ngolden-thread = \"allow\"",
    ] {
        let verdict = review(green_bag(), Estate::from(dropped_bag()).set(policy));
        verdict.denies(&[DROP, "warning settings-loosened"]);
    }
}

#[test]
fn settings_deleted_with_a_drop_do_not_let_it_pass() {
    let service = |bag: Service| bag.but("golden-thread", "false");
    let strict = Estate::from(service(green_bag())).set("[gate]\ndrop-to-red = \"deny\"");
    review(strict, service(dropped_bag())).denies(&[DROP, "warning settings-loosened"]);
}

#[test]
fn globs_that_no_longer_find_a_service_remove_it() {
    let of = |bag| Estate::of([bag, other("cart-api").on("2026-10-02", "logging: green")]);
    let now = of(dropped_bag()).set("[estate]\nservices = [\"services/c*.yaml\"]");
    let expected = ["warning service-removed bag-api", "warning settings-loosened"];
    review(of(green_bag()), now).passes(&expected);
}

#[test]
fn globs_that_find_nothing_are_no_pass() {
    let now = Estate::from(dropped_bag()).set("[estate]\nservices = [\"nowhere/*.yaml\"]");
    World::with(green_bag()).proposes(now).gate("--base main").refuses("error[nothing-to-check]");
}

#[test]
fn a_tag_taken_away_does_not_excuse_a_question_that_was_answered() {
    let of = |tags, second: &str| {
        let bag = bag().but("tags", tags).on_by("2026-10-01", "ours@1", "logs: green, restore: green");
        let bag = if second.is_empty() { bag } else { bag.on_by("2026-11-10", "ours@1", second) };
        Estate::from(bag).with("rubric/ours.toml", RUBRIC)
    };
    review(of("[data]", ""), of("[]", "restore: red")).denies(&[DROP, "warning past-rewritten bag-api"]);
}

#[test]
fn an_assessment_on_the_next_day_hides_a_drop_only_where_there_is_no_base() {
    let now = dropped_bag().on("2026-11-11", "metrics: green");
    review(green_bag(), now.clone()).denies(&[DROP]);
    alone(now).passes(&[]);
}

#[test]
fn a_drop_that_was_put_right_within_the_change_is_none() {
    review(green_bag(), dropped_bag().on("2026-11-12", "logging: green")).passes(&[]);
}

#[test]
fn a_file_broken_to_hide_a_drop_is_no_pass() {
    for broken in ["colour: red\n", "service: [\n", "\tx"] {
        let of = |bag| Estate::of([bag, other("cart-api").on("2026-10-02", "logging: green")]);
        let verdict = review(of(green_bag()), of(dropped_bag().also(broken)));
        assert_eq!(verdict.code, Some(3), "{verdict:#?}");
        verdict.says_on_stdout("gate undecided");
    }
}

#[test]
fn a_drop_dated_before_the_latest_assessment_is_a_drop() {
    let before = green_bag().on("2026-11-10", "metrics: green");
    let now = before.clone().on("2026-11-01", "logging: red");
    review(before, now).denies(&[DROP, "warning past-rewritten bag-api"]);
}

#[test]
fn an_old_judgement_slipped_in_to_restart_the_clock_of_a_red_is_mentioned() {
    let before = bag().on("2026-03-01", "logging: red").on("2026-10-01", "logging: red");
    let now = before.clone().on("2026-09-30", "logging: amber");
    review(before, now).passes(&["warning past-rewritten bag-api"]);
}

#[test]
fn an_assessment_written_down_late_but_later_than_all_others_is_fine() {
    review(green_bag(), green_bag().on("2026-10-02", "logging: amber")).passes(&[]);
}

#[test]
fn a_red_of_the_past_rewritten_as_amber_is_mentioned_and_no_good_news() {
    let now = bag().on("2026-09-01", "metrics: green").on("2026-10-01", "logging: amber, alerting: green");
    review(red_bag(), now).passes(&["warning red-to-unknown bag-api", "warning past-rewritten bag-api"]);
}

#[test]
fn a_red_taken_away_so_that_an_older_amber_shows_is_not_put_right() {
    let amber = bag().on("2026-08-01", "logging: amber");
    let verdict = review(amber.clone().on("2026-10-01", "logging: red"), amber);
    verdict.passes(&["warning red-to-unknown bag-api", "warning judgement-removed bag-api"]);
}

#[test]
fn a_service_that_was_only_assessed_on_the_same_days_is_not_the_one_that_is_gone() {
    let stranger = other("stranger").on("2026-10-01", "alerting: green").on("2026-11-10", "logging: red");
    review(green_bag(), stranger).passes(&["warning service-removed bag-api"]);
}

#[test]
fn a_renamed_service_whose_past_was_altered_is_still_the_same() {
    let named = |id, alerting: &str| {
        let first = golden(id).on("2026-09-01", "runbooks: amber, rollback: green, redundancy: green");
        first.on("2026-10-01", &format!("alerting: {alerting}, logging: green"))
    };
    let verdict = review(named("bag-api", "red"), named("basket-api", "amber"));
    verdict.passes(&["warning red-to-unknown basket-api", "warning past-rewritten basket-api"]);
}

#[test]
fn a_longer_patience_with_stale_colours_counts_only_once_it_is_merged() {
    let policy = "[gate.stale]\ngolden-thread = \"deny\"\nstanding = \"deny\"\n[review]\nstale-after-weeks";
    let of =
        |weeks| Estate::from(bag().on("2026-07-01", "logging: green")).set(&format!("{policy} = {weeks}"));
    review(of(16), of(99)).denies(&["denied stale bag-api", "warning settings-loosened"]);
    review(of(99), of(16)).passes(&[]);
}

#[test]
fn a_slower_rhythm_or_fewer_reviews_make_a_red_stand_for_less_only_once_they_are_merged() {
    let policy = "[gate.standing-red]\ngolden-thread = \"deny\"\nstanding = \"deny\"";
    let red = || Estate::from(bag().on("2026-06-01", "logging: red")).set(policy);
    let verdict = review(red(), red().set("[review]\ncadence-weeks = 52"));
    verdict.denies(&["denied standing-red bag-api", "warning settings-loosened"]);
    let reviews = |days| red().set(&format!("[[domain]]\nid = \"shop\"\nreviews = [{days}]"));
    let verdict = review(reviews("2026-07-01, 2026-09-01, 2026-11-01"), reviews("2026-11-01"));
    verdict.denies(&["denied standing-red bag-api", "warning settings-loosened"]);
}

#[test]
fn a_milder_level_for_a_new_scope_is_looser() {
    let strict = "[gate]\nslip-to-amber = \"deny\"";
    for milder in [
        "[gate.slip-to-amber]\ngolden-thread = \"deny\"\nelsewhere = \"deny\"\ndomain = { shop = \"allow\" }",
        "[gate.slip-to-amber]\ngolden-thread = \"deny\"\nelsewhere = \"deny\"\ncriticality = { low = \"warn\" }",
    ] {
        let of = |policy| Estate::from(green_bag()).set(policy);
        review(of(strict), of(milder)).passes(&["warning settings-loosened"]);
        review(of(milder), of(strict)).passes(&[]);
    }
}

#[test]
fn a_drop_by_way_of_not_applicable_is_mentioned_at_its_first_step_and_denied_at_its_second() {
    let nothing = green_bag().on("2026-11-10", "logging: { rag: not-applicable, because: so }");
    review(green_bag(), nothing.clone()).passes(&["warning colour-to-not-applicable bag-api"]);
    review(nothing.clone(), nothing.on("2026-11-15", "logging: red")).denies(&[DROP]);
}

#[test]
fn a_colour_handed_to_a_provider_of_which_none_is_known_is_mentioned() {
    const UNKNOWN: &[&str] = &["warning colour-to-unknown bag-api"];
    let gateway = || other("gateway").on("2026-09-01", "logging: green");
    let handed = |colour: &str| {
        bag().on("2026-10-01", colour).on("2026-11-10", "logging: { inherited-from: gateway }")
    };
    for colour in ["logging: green", "logging: amber"] {
        let of = |bag: Service, gateway: Service| Estate::of([bag, gateway]);
        let before = || of(bag().on("2026-10-01", colour), other("gateway"));
        review(before(), of(handed(colour), other("gateway"))).passes(UNKNOWN);
        let others = other("gateway").on("2026-09-01", "metrics: green");
        review(before(), of(handed(colour), others)).passes(UNKNOWN);
        let known = of(bag().on("2026-10-01", colour), gateway());
        review(known, of(handed(colour), gateway())).passes(&[]);
        let retired = gateway().also("retired: 2026-11-01\n");
        let known = of(bag().on("2026-10-01", colour), retired.clone());
        review(known, of(handed(colour), retired)).passes(UNKNOWN);
    }
    let handed_on = handed("logging: green");
    let both = |bag: Service| Estate::of([bag, other("gateway")]);
    review(both(handed_on.clone()), both(handed_on.clone())).passes(&[]);
    let red = handed_on.clone().on("2026-11-15", "logging: red");
    review(both(handed_on), both(red)).denies(&[DROP]);
}

#[test]
fn two_services_that_swap_colours_are_told_apart() {
    let of = |bag: &str, cart: &str| {
        let judged = |id, colour| golden(id).on("2026-10-01", &format!("logging: {colour}, metrics: green"));
        Estate::of([judged("bag-api", bag), judged("cart-api", cart)])
    };
    review(of("green", "red"), of("red", "green")).denies(&[
        DROP,
        "warning past-rewritten bag-api",
        "warning red-to-unknown cart-api",
        "warning past-rewritten cart-api",
    ]);
}

#[test]
fn a_second_file_of_a_service_is_no_pass() {
    let cart = || Estate::from(other("cart-api"));
    let twice = cart().with("services/bag-api.yaml", &green_bag().text());
    let twice = twice.with("services/web/bag-api.yaml", &dropped_bag().text());
    review(Estate::of([green_bag(), other("cart-api")]), twice).is(3, &[]);
}

#[test]
fn a_provider_that_is_gone_leaves_its_heirs_undecided() {
    let heir = golden("bag-api").on("2026-10-01", "logging: { inherited-from: gateway }");
    let gateway = other("gateway").on("2026-09-01", "logging: red");
    let now = Estate::of([heir.clone(), other("cart-api")]);
    review(Estate::of([heir, gateway]), now).is(3, &["warning service-removed gateway"]);
}

#[test]
fn settings_of_another_folder_do_not_take_services_out_of_a_stricter_estate() {
    let strict = "[estate]\nservices = [\"shop/services/*.yaml\"]\n[gate]\nslip-to-amber = \"deny\"";
    let world = World::with(Estate::default().set(strict));
    let slipped = || Estate::from(green_bag().on("2026-11-10", "logging: amber"));
    world.add("shop", green_bag()).commit("a service").add("shop", slipped());
    gate_in(&world.path("shop"), "--base main").denies(&["denied slip-to-amber bag-api"]);
    world.add("shop", slipped().set(""));
    gate_in(&world.path("shop"), "--base main")
        .refuses("the settings of this folder are `../fundamentals.toml`");
    // And the other way round.
    world.commit("an estate by itself").git("rm -q shop/fundamentals.toml");
    gate_in(&world.path("shop"), "--base main")
        .refuses("the settings of this folder are `fundamentals.toml`");
}

#[test]
fn a_published_rubric_can_not_be_made_a_draft_to_be_edited_next() {
    let with = |rubric: &str| Estate::from(green_bag()).with("rubric/ours.toml", rubric);
    let published = RUBRIC.lines().find(|line| line.starts_with("published = ")).expect("a day");
    let draft = RUBRIC.replace(published, "published = 2027-01-01");
    review(with(RUBRIC), with(&draft)).passes(&["warning rubric-edited"]);
}
