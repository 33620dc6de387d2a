//! What teams really propose, and what they are told.

use std::fs;

use crate::review::review;
use crate::world::{DROP, Estate, Service, Verdict, World, golden, other, program};

fn green_bag() -> Service {
    golden("bag-api").on("2026-10-01", "logging: green, metrics: green")
}

fn dropped_bag() -> Service {
    green_bag().on("2026-11-10", "logging: red")
}

#[test]
fn one_change_may_bring_bad_and_good_news() {
    let cart = golden("cart-api").on("2026-10-01", "logging: red");
    let now = Estate::of([dropped_bag(), cart.clone().on("2026-11-10", "logging: amber")]);
    review(Estate::of([green_bag(), cart]), now).denies(&[DROP, "resolved cart-api"]);
}

#[test]
fn a_new_service_may_arrive_red_and_that_is_mentioned() {
    let red = golden("new-api").on("2026-11-10", "logging: red");
    let verdict = review(green_bag(), Estate::of([green_bag(), red]));
    verdict.passes(&["warning new-red new-api"]).says_on_stdout("note: not there at `main`: `new-api`");
}

#[test]
fn a_finding_says_all_that_is_needed_to_act_on_it() {
    let before = golden("bag-api").on("2026-10-01", "logging: { rag: amber, because: Kept for 20 days }");
    let now = before.clone().on("2026-11-10", "logging: { rag: red, because: Lost after a day }");
    let verdict = review(before, now);
    verdict.denies(&[DROP]);
    for words in [
        "Logging dropped from amber to red",
        "--> services/bag-api.yaml:8:",
        "status          new",
        "red since       2026-11-10",
        "red because     Lost after a day",
        "amber because   Kept for 20 days",
        "back to amber",
        "guidance        Logging",
        "--until … --because … --approved-by …`; for more: ",
        "compared with `main`",
    ] {
        verdict.says_on_stdout(words);
    }
}

#[test]
fn a_change_elsewhere_in_the_repository_is_told_nothing() {
    let now = Estate::from(dropped_bag()).with("README.md", "# Bag\n");
    review(dropped_bag(), now).passes(&[]);
}

#[test]
fn a_standing_red_is_counted_in_reviews_of_its_domain() {
    let settings = "[gate]\nstanding-red-reviews = 2\n\
                    [gate.standing-red]\ngolden-thread = \"warn\"\nstanding = \"warn\"\n\
                    [[domain]]\nid = \"shop\"\nreviews = [2026-10-02, 2026-11-20, 2026-12-24]";
    let of = |bag: Service| Estate::from(bag).set(settings);
    let red = of(golden("bag-api").on("2026-10-01", "logging: red"));
    let verdict = review(red.clone(), red);
    verdict.passes(&["warning standing-red bag-api"]).says_on_stdout("standing for 2 reviews");
    let later = of(golden("bag-api").on("2026-10-02", "logging: red"));
    review(later.clone(), later).passes(&[]);
}

#[test]
fn what_is_already_tomorrow_where_its_author_lives_has_to_wait_for_the_day_of_the_build() {
    let world = World::with(green_bag());
    world.proposes(green_bag().on("2026-11-21", "logging: red"));
    let today = world.gate("--base main");
    // The only service is left out, so nothing is looked at; with a second one it would be undecided.
    today.refuses("nothing was looked at, which is never a pass");
    assert!(today.err.contains("`bag-api` is left out"), "{today:?}");
    world.gate("--base main --today 2026-11-21").denies(&[DROP]);
}

#[test]
fn what_is_still_yesterday_where_its_author_lives_is_fine() {
    review(green_bag(), green_bag().on("2026-11-19", "logging: amber")).passes(&[]);
}

#[test]
fn a_service_whose_file_had_errors_is_compared_with_its_own_past() {
    for broken in ["colour: red\n", "service: [\n", "\tx"] {
        let verdict = review(green_bag().also(broken), dropped_bag());
        verdict.denies(&[DROP]).says_on_stdout("note: not readable at `main`");
    }
}

#[test]
fn a_file_with_errors_does_not_hide_the_drop_of_another() {
    let broken = other("cart-api").also("colour: red\n");
    let world = World::with(green_bag());
    let verdict = world.proposes(Estate::of([dropped_bag(), broken.clone()])).gate("--base main");
    verdict.denies(&[DROP]);
    assert!(verdict.err.contains("`cart-api` is left out"), "{verdict:?}");
    let undecided = review(green_bag(), Estate::of([green_bag(), broken]));
    undecided.is(3, &[]).says_on_stdout("gate undecided");
}

#[test]
fn a_provider_takes_its_heirs_on_the_golden_thread_down_with_it() {
    let heir = || golden("bag-api").on("2026-10-01", "logging: { inherited-from: gateway }");
    let gateway = other("gateway").on("2026-09-01", "logging: green");
    let now = Estate::of([heir(), gateway.clone().on("2026-11-10", "logging: red")]);
    let verdict = review(Estate::of([heir(), gateway.clone()]), now.clone());
    verdict.denies(&[DROP, "warning drop-to-red gateway"]);
    verdict.says_on_stdout("--> services/gateway.yaml:8:").says_on_stdout("talk to gateway");
    let back =
        Estate::of([heir(), gateway.on("2026-11-10", "logging: red").on("2026-11-11", "logging: green")]);
    review(now, back).passes(&["resolved bag-api", "resolved gateway"]);
}

#[test]
fn the_heirs_of_a_renamed_provider_may_follow_it() {
    let heir =
        |provider| golden("bag-api").on("2026-10-01", &format!("logging: {{ inherited-from: {provider} }}"));
    let provider = |id| other(id).on("2026-09-01", "logging: red, metrics: green");
    let of = |id: &'static str| Estate::of([heir(id), provider(id)]);
    review(of("gateway"), of("edge")).passes(&[]);
    let better = Estate::of([heir("edge"), provider("edge").on("2026-11-10", "logging: green")]);
    review(of("gateway"), better).passes(&["resolved bag-api", "resolved edge"]);
}

#[test]
fn a_filter_finds_a_service_that_is_gone_and_one_that_matches_nothing_is_refused() {
    let both = Estate::of([green_bag(), other("cart-api").on("2026-10-02", "logging: green")]);
    let world = World::with(both);
    world.proposes(green_bag());
    world.gate("--base main --service cart-api").passes(&["warning service-removed cart-api"]);
    world.gate("--base main --service bag-api").passes(&[]);
    assert_eq!(world.gate("--base main --service nobody").code, Some(2));
    world.gate("--base main --service bag-api --platform web --category logging --domain shop").passes(&[]);
    world.gate("--base main --golden-thread --service cart-api").refuses("nothing was looked at");
}

/// A repository of a service under version 1, migrated on a branch.
fn migrated() -> World {
    let world =
        World::with(golden("bag-api").on_by("2026-10-01", "fundamentals@1", "logging: green, rollback: red"));
    world.git("switch -q -c work");
    let migrated = Verdict::of(&mut program(&world.path(""), "migrate --all"));
    assert_eq!(migrated.code, Some(0), "{migrated:?}");
    world
}

#[test]
fn a_migration_by_itself_passes() {
    let world = migrated();
    world.commit("migrated");
    world.gate("--base main").passes(&[]);
}

#[test]
fn a_migration_hides_no_drop() {
    let world = migrated();
    let path = world.path("services/bag-api.yaml");
    let text = fs::read_to_string(&path).expect("it can be read");
    let scores = "    scores: { logging: red }\n";
    fs::write(&path, format!("{}\n{scores}", text.trim_end())).expect("it can be written");
    world.commit("migrated");
    world.gate("--base main").denies(&[DROP]);
}

#[test]
fn a_red_whose_bar_a_migration_raises_is_still_known_of() {
    let before =
        golden("bag-api").on_by("2026-10-01", "fundamentals@1", "failure-testing: red, rollback: green");
    let now = before.clone().on("2026-11-10", "rollback: green");
    review(before, now).passes(&["warning red-to-unknown bag-api"]);
}

#[test]
fn a_red_whose_question_a_new_version_retires_is_no_longer_asked_for() {
    let before = golden("bag-api").on_by("2026-10-01", "fundamentals@1", "uptime-page: red, rollback: green");
    let now = before.clone().on("2026-11-10", "rollback: green");
    review(before, now).passes(&[]);
}

#[test]
fn a_drop_of_one_part_of_a_merge_is_a_drop_of_the_whole() {
    let before = golden("bag-api").on_by(
        "2026-10-01",
        "fundamentals@1",
        "request-timeouts: green, retry-policies: amber",
    );
    let now = before
        .clone()
        .on_by("2026-11-09", "fundamentals@1", "retry-policies: red")
        .on("2026-11-10", "rollback: green");
    review(before, now).denies(&[DROP]);
}

#[test]
fn a_merge_whose_worst_part_was_put_right_is_good_news() {
    let before = golden("bag-api").on_by("2026-09-01", "fundamentals@1", "request-timeouts: amber").on_by(
        "2026-10-01",
        "fundamentals@1",
        "retry-policies: red",
    );
    let now = before
        .clone()
        .on_by("2026-11-09", "fundamentals@1", "retry-policies: green")
        .on("2026-11-10", "rollback: green");
    review(before, now).passes(&["resolved bag-api"]);
}
