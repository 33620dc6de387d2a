//! The edges of a review pack: the day itself, the half, the quarter, and what is left out.

use fundamentals::eval::DevelopmentKind;
use fundamentals::report::review::contract::{Effect, PackDocument, State};

use crate::reviewing::{
    all, assessed, commitments, estate, golden, hot_spots, measured, of_team, pack, pack_on, told,
};
use crate::support::{day, service};

fn what(report: &PackDocument) -> Vec<&str> {
    report.commitments.as_ref().expect("commitments").lines.iter().map(|it| it.what.as_str()).collect()
}

#[test]
fn what_is_promised_on_the_day_of_the_review_is_listed_and_what_is_promised_later_is_not() {
    let estate = estate(&[service("s", "actions: [{ what: x, raised: 2026-06-10 }]\n")]);
    assert_eq!(what(&pack_on("2026-06-10", &[], &estate)), ["x"]);
    assert!(what(&pack_on("2026-06-09", &[], &estate)).is_empty());
}

#[test]
fn what_is_done_only_later_is_still_open() {
    let estate = estate(&[service("s", "actions: [{ what: x, raised: 2026-05-10, done: 2026-06-10 }]\n")]);
    let counts = |today: &str| {
        let commitments = pack_on(today, &[], &estate).commitments.expect("commitments");
        (commitments.counts.open, commitments.counts.kept, commitments.lines[0].done)
    };
    assert_eq!(counts("2026-06-09"), (1, 0, None));
    assert_eq!(counts("2026-06-10"), (0, 1, Some(day("2026-06-10"))));
}

#[test]
fn what_was_done_last_comes_first() {
    let lines = commitments(
        &[],
        "  - { what: earlier, raised: 2026-01-10, done: 2026-05-20 }\n  \
         - { what: later, raised: 2026-01-11, done: 2026-06-20 }\n",
    );
    assert_eq!(lines.iter().map(|it| it.what.as_str()).collect::<Vec<_>>(), ["later", "earlier"]);
}

#[test]
fn owners_and_dates_are_missed_only_where_something_is_open() {
    let rest = "actions: [{ what: x, raised: 2026-01-10, done: 2026-06-01 }]\n";
    let counts = pack(&estate(&[service("s", rest)])).commitments.expect("commitments").counts;
    assert_eq!((counts.kept, counts.without_owner, counts.without_date), (1, 0, 0));
}

#[test]
fn only_commitments_about_the_chosen_categories_are_listed() {
    let actions = "actions:\n  - { what: x, category: a, raised: 2026-05-10 }\n  \
                   - { what: y, category: b, raised: 2026-05-10 }\n  - { what: z, raised: 2026-05-10 }\n";
    let rest = format!("{}{actions}", assessed(&[("2026-04-01", "a: red")]));
    let estate = estate(&[service("s", &rest)]);
    assert_eq!(what(&pack_on("2026-06-30", &["a"], &estate)), ["x"]);
    assert_eq!(what(&pack_on("2026-06-30", &[], &estate)).len(), 3);
}

fn effect(scores: &[(&str, &str)], action: &str) -> (Option<Effect>, Option<State>) {
    let line =
        &commitments(scores, &format!("  - {{ what: x, category: a, {action}, done: 2026-05-20 }}\n"))[0];
    (line.effect, line.colour_now)
}

#[test]
fn an_effect_is_told_from_the_colour_on_the_day_of_the_promise() {
    let scores = [("2026-01-10", "a: red"), ("2026-04-01", "a: amber")];
    let moved = (Some(Effect::Moved), Some(State::Amber));
    assert_eq!(effect(&scores, "target: green, raised: 2026-01-10"), moved);
    let since = (Some(Effect::NotLookedAt), Some(State::Amber));
    assert_eq!(effect(&scores, "target: green, raised: 2026-04-01"), since);
}

#[test]
fn a_green_that_stays_green_is_reached_and_so_is_more_than_was_aimed_at() {
    let reached = (Some(Effect::Reached), Some(State::Green));
    assert_eq!(effect(&[("2026-01-10", "a: green")], "raised: 2026-01-10"), reached);
    let scores = [("2026-01-10", "a: red"), ("2026-06-01", "a: green")];
    assert_eq!(effect(&scores, "target: amber, raised: 2026-01-10"), reached);
}

#[test]
fn a_first_amber_cannot_be_called_better_than_before() {
    let scores = [("2026-01-10", "b: green"), ("2026-06-01", "a: amber")];
    let first = (Some(Effect::FirstRated), Some(State::Amber));
    assert_eq!(effect(&scores, "raised: 2026-01-10"), first);
}

#[test]
fn where_a_category_became_several_the_worst_tells_what_came_of_a_promise_and_of_a_waiver() {
    let rest = "assessments:\n  - { date: 2026-01-10, rubric: r@2, scores: { bc: red } }\n  \
                - { date: 2026-06-01, rubric: r@3, scores: { b: green, c: red } }\n\
                actions: [{ what: x, category: bc, raised: 2026-01-10, done: 2026-05-20 }]\n\
                waivers: [{ category: bc, until: 2026-12-01, because: x, approved-by: y }]\n";
    let report = pack(&estate(&[service("s", rest)]));
    let line = &report.commitments.as_ref().expect("commitments").lines[0];
    assert_eq!((line.effect, line.colour_now), (Some(Effect::NotMoved), Some(State::Red)));
    assert_eq!(report.waivers.expect("waivers")[0].status, Some(State::Red));
    let by_today = rest.replace("category: bc", "category: b");
    let report = pack(&estate(&[service("s", &by_today)]));
    assert_eq!(report.waivers.expect("waivers")[0].status, Some(State::Green), "the name of today is meant");
}

#[test]
fn a_red_in_between_is_told_with_its_first_day_and_only_if_it_has_a_colour_again() {
    let lines = |scores: [&str; 4], today: &str| {
        let days = ["2026-04-01", "2026-05-20", "2026-05-30", "2026-06-20"];
        let assessments: Vec<_> = days.into_iter().zip(scores).collect();
        let report = pack_on(today, &[], &estate(&[service("s", &assessed(&assessments))]));
        report.changes.expect("changes").lines.iter().map(|it| (it.kind, it.red_on)).collect::<Vec<_>>()
    };
    let recovered = [(DevelopmentKind::Recovered, Some(day("2026-05-20")))];
    assert_eq!(lines(["a: green", "a: red", "a: red", "a: green"], "2026-06-30"), recovered);
    assert!(
        lines(["a: green", "a: green", "a: green", "a: red"], "2026-06-10").is_empty(),
        "it is still to come"
    );
    let na = "a: { rag: not-applicable, because: x }";
    assert!(lines([na, "a: red", "a: red", na], "2026-06-30").is_empty(), "nothing was put right");
}

#[test]
fn a_look_on_the_day_of_the_last_review_is_not_one_since() {
    let not_looked_at = |on: &str| {
        let report = pack(&estate(&[service("s", &assessed(&[(on, "a: red")]))]));
        report.glance.expect("a glance").quality.not_looked_at
    };
    assert_eq!((not_looked_at("2026-05-05"), not_looked_at("2026-05-06")), (1, 0));
}

#[test]
fn a_service_with_one_old_colour_among_new_ones_is_counted_as_such() {
    let scores = [("2026-01-10", "a: red, b: green"), ("2026-06-01", "b: green, c: green, d: green")];
    let quality = pack(&estate(&[service("s", &assessed(&scores))])).glance.expect("a glance").quality;
    assert_eq!((quality.stale, quality.services_with_stale), (1, 1));
}

#[test]
fn a_service_that_had_no_assessment_before_has_not_moved_to_another_rubric() {
    let rest = "assessments: [{ date: 2026-06-01, rubric: r@1, scores: { a: red } }]\n";
    assert_eq!(pack(&estate(&[service("s", rest)])).glance.expect("a glance").moved, 0);
}

#[test]
fn one_service_is_no_hot_spot() {
    assert!(hot_spots(&all(&[("s", "one", "a: red")])).is_empty());
}

#[test]
fn where_the_cure_lies_is_not_guessed_from_half_of_the_services_or_from_two() {
    let remark = |colours: &[(&str, &str, &str)]| hot_spots(&all(colours))[0].1.clone();
    let two = remark(&[("s", "one", "a: amber"), ("t", "two", "a: amber"), ("u", "three", "a: green")]);
    assert_eq!(two, "2 of 3 are amber", "two are too few for a platform");
    let half = remark(&[
        ("s", "one", "a: red"),
        ("t", "two", "a: red"),
        ("u", "three", "a: red"),
        ("v", "four", "a: green"),
        ("w", "five", "a: green"),
        ("x", "six", "a: green"),
    ]);
    assert!(!half.contains("platform fix"), "{half}");
}

#[test]
fn one_provider_of_half_of_them_is_where_to_begin_even_within_one_team() {
    let inherits = "a: { inherited-from: p }";
    let hot = hot_spots(&all(&[
        ("p", "one", "a: amber"),
        ("s", "one", inherits),
        ("t", "one", inherits),
        ("u", "one", "a: amber"),
    ]));
    assert_eq!(hot[0].1, "4 of 4 are amber: 2 inherit it from p, so one fix there helps most");
}

#[test]
fn hot_spots_with_the_most_reds_come_first_and_their_services_worst_first() {
    let report = pack(&estate(&[
        of_team("s", "one", &assessed(&[("2026-04-01", "a: amber, b: red")])),
        of_team("t", "two", &assessed(&[("2026-04-01", "a: amber, b: red")])),
        golden("z", &assessed(&[("2026-04-01", "a: amber, b: amber")])),
        golden("y", &assessed(&[("2026-04-01", "a: amber, b: green")])),
    ]));
    assert_eq!(hot_spots(&report).iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    let spots = report.hot_spots.expect("hot spots").spots;
    let ids = |at: usize| spots[at].services.iter().map(|it| it.service.id.as_str()).collect::<Vec<_>>();
    assert_eq!((ids(0), ids(1)), (vec!["s", "t", "z"], vec!["y", "z", "s", "t"]), "then the Golden Thread");
}

#[test]
fn six_months_before_this_one_are_looked_at_and_none_to_come() {
    let months = ["2025-11", "2025-12", "2026-06", "2026-07"].map(|month| (month, "99%", "99%"));
    let estate = measured(estate(&[service("s", "")]), &months);
    assert_eq!(pack(&estate).slos.expect("SLOs").months, ["2025-12", "2026-06"]);
}

#[test]
fn measurements_are_compared_with_all_categories_whichever_are_chosen() {
    let estate = estate(&[service("s", &assessed(&[("2026-04-01", "a: red, b: green")]))]);
    let months = ["2026-04", "2026-05", "2026-06"].map(|month| (month, "99%", "99%"));
    let questions = pack_on("2026-06-30", &["b"], &measured(estate, &months)).slos.expect("SLOs").questions;
    assert!(questions[0].text.starts_with("s is red in A "), "{}", questions[0].text);
}

#[test]
fn a_red_on_the_day_of_the_next_review_has_outlasted_the_review_of_that_day() {
    let estate = estate(&[service("s", &assessed(&[("2026-04-01", "a: red")]))]);
    let reviews = |today: &str| told(&pack_on(today, &[], &estate))[0].3;
    assert_eq!((reviews("2026-07-06"), reviews("2026-07-07")), (Some(1), Some(2)));
}
