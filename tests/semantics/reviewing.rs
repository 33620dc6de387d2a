//! The review pack as a model, without any format.

use fundamentals::eval::{
    DevelopmentKind, MAX_ABOUT_ONE_TEAM, MAX_PROMPTS, MIN_PROMPTS, RollUp, Selection, SinceBasis,
};
use fundamentals::model::{CategoryId, Date, DomainId, Estate, Share, SloResult};
use fundamentals::report::review::contract::{Commitment, Effect, Label, PackDocument, State};
use fundamentals::report::review::{PackRequest, Section};
use proptest::prelude::*;

use crate::random::{plan, plan_across_versions};
use crate::support::{day, load_with, service};

pub const TODAY: &str = "2026-06-30";
/// Reviews in January, March and May; the next in July.
const SETTINGS: &str = r#"
[[domain]]
id = "shop"
title = "The shop"
reviews = [2026-01-13, 2026-03-10, 2026-05-05, 2026-07-07]
[[domain]]
id = "other"
title = "Another"
"#;

pub fn estate(services: &[(String, String)]) -> Estate {
    let loaded = load_with(Some(SETTINGS), services, TODAY);
    let errors: Vec<_> = loaded.problems.iter().map(|problem| (problem.code, &problem.title)).collect();
    assert!(!loaded.problems.has_errors(), "{errors:?}");
    loaded.estate
}

pub fn of_team(id: &str, team: &str, rest: &str) -> (String, String) {
    let head = format!("service: {id}\ndomain: shop\nplatform: {team}\ncriticality: low\ntags: [api]\n");
    (format!("{id}.yaml"), format!("{head}{rest}"))
}

pub fn golden(id: &str, rest: &str) -> (String, String) {
    let head = format!(
        "service: {id}\ndomain: shop\nplatform: team\ncriticality: mission-critical\ngolden-thread: true\n"
    );
    (format!("{id}.yaml"), format!("{head}{rest}"))
}

fn pack_since(estate: &Estate, since: Option<Date>) -> PackDocument {
    pack_of("shop", estate, since)
}

fn pack_of(domain: &str, estate: &Estate, since: Option<Date>) -> PackDocument {
    let domain = DomainId::new(domain).expect("an id");
    let selection = Selection { domains: vec![domain.clone()], ..Selection::default() };
    made(&PackRequest {
        estate,
        selection: &selection,
        domain: Some(&domain),
        since,
        today: day(TODAY),
        sections: &[],
        filters: None,
        command: "fundamentals report",
    })
}

/// The pack of the shop as it would have been on another day, of some categories or all.
pub fn pack_on(today: &str, categories: &[&str], estate: &Estate) -> PackDocument {
    let categories = categories.iter().map(|id| CategoryId::new(id).expect("an id")).collect();
    let domain = DomainId::new("shop").expect("an id");
    let selection = Selection { domains: vec![domain.clone()], categories, ..Selection::default() };
    made(&PackRequest {
        estate,
        selection: &selection,
        domain: Some(&domain),
        since: None,
        today: day(today),
        sections: &[],
        filters: None,
        command: "fundamentals report",
    })
}

fn made(request: &PackRequest<'_>) -> PackDocument {
    PackDocument::of(&request.pack(&request.review()))
}

pub fn pack(estate: &Estate) -> PackDocument {
    pack_since(estate, None)
}

fn summary(estate: &Estate) -> PackDocument {
    made(&PackRequest {
        estate,
        selection: &Selection::default(),
        domain: None,
        since: None,
        today: day(TODAY),
        sections: &[],
        filters: None,
        command: "fundamentals report",
    })
}

/// Assessments by version 1: each a day and its scores.
pub fn assessed(assessments: &[(&str, &str)]) -> String {
    let one = |(date, scores): &(&str, &str)| {
        format!("  - {{ date: {date}, rubric: r@1, scores: {{ {scores} }} }}\n")
    };
    format!("assessments:\n{}", assessments.iter().map(one).collect::<String>())
}

/// Service, category, kind, label and reviews of everything that is told to have changed.
pub fn told(report: &PackDocument) -> Vec<(String, DevelopmentKind, Label, Option<usize>)> {
    let changes = report.changes.as_ref().expect("a pack tells what changed");
    let lines = changes
        .lines
        .iter()
        .map(|it| (format!("{} {}", it.service.id, it.category.id), it.kind, it.label, it.reviews));
    lines.collect()
}

fn told_of(assessments: &[(&str, &str)]) -> Vec<(String, DevelopmentKind, Label, Option<usize>)> {
    told(&pack(&estate(&[service("s", &assessed(assessments))])))
}

#[test]
fn a_pack_is_compared_with_the_last_review_before_today_or_with_a_day_that_is_asked_for() {
    let estate = estate(&[service("s", &assessed(&[("2026-01-10", "a: red")]))]);
    let since = pack(&estate).about.since.expect("a pack is compared with a day");
    assert_eq!((since.date, since.basis), (day("2026-05-05"), SinceBasis::LastReview));
    let next = pack(&estate).about.next_review.expect("one is planned");
    assert_eq!((next.date, next.planned, next.in_days), (day("2026-07-07"), true, 7));
    let asked = pack_since(&estate, Some(day("2026-02-01"))).about.since.expect("it was asked for");
    assert_eq!((asked.date, asked.basis), (day("2026-02-01"), SinceBasis::Asked));
}

#[test]
fn without_a_known_review_the_rhythm_tells_what_to_compare_with() {
    let service = service("s", &assessed(&[("2026-01-10", "a: red")]));
    let loaded = load_with(None, &[service], TODAY);
    let about = pack(&loaded.estate).about;
    let since = about.since.expect("a day eight weeks ago");
    assert_eq!((since.date, since.basis), (day("2026-05-05"), SinceBasis::Rhythm));
    assert!(about.next_review.is_none(), "nobody knows");
}

#[test]
fn counts_come_with_their_denominators_now_and_before_and_the_golden_thread_first() {
    let report = pack(&estate(&[
        golden("g", &assessed(&[("2026-04-01", "a: green, b: green, c: green"), ("2026-06-01", "a: red")])),
        service("s", &assessed(&[("2026-04-01", "a: amber, b: green")])),
        service("t", ""),
    ]));
    let glance = report.glance.expect("a pack has a glance");
    let [golden, all] = glance.lines.as_slice() else { panic!("two lines: {:?}", glance.lines) };
    assert_eq!(
        (golden.title.as_str(), golden.total, all.title.as_str(), all.total),
        ("Golden Thread", 1, "All services", 3)
    );
    assert_eq!((golden.before.services.green, golden.now.services.red), (1, 1));
    let now = all.now.judgements;
    // Three categories are asked of g, four of the others.
    assert_eq!((now.red, now.amber, now.green, now.not_assessed, now.applicable), (1, 1, 3, 6, 11));
    assert_eq!((all.changes.dropped, all.now.services.not_assessed), (1, 1));
    assert_eq!((glance.quality.never_assessed, glance.quality.not_looked_at), (1, 2));
}

#[test]
fn files_with_errors_are_named_and_counted() {
    let estate = estate(&[service("s", &assessed(&[("2026-04-01", "a: red")]))]);
    let report = pack_since(&estate.with_unreadable(["broken".to_owned()]), None);
    assert_eq!(report.glance.expect("a glance").quality.invalid_files, 1);
    assert!(report.about.left_out.iter().any(|it| it.what == "broken" && it.why.contains("errors")));
}

#[test]
fn drops_slips_and_first_reds_are_new_and_improvements_resolved() {
    let before = ("2026-04-01", "a: amber, b: green, d: amber");
    let told = told_of(&[before, ("2026-06-01", "a: red, b: amber, c: red, d: green")]);
    assert_eq!(
        told,
        [
            ("s a".to_owned(), DevelopmentKind::Dropped, Label::New, None),
            ("s c".to_owned(), DevelopmentKind::FirstRated, Label::New, None),
            ("s b".to_owned(), DevelopmentKind::Slipped, Label::New, None),
            ("s d".to_owned(), DevelopmentKind::Improved, Label::Resolved, None),
        ]
    );
}

#[test]
fn a_red_that_stays_is_standing_for_the_reviews_that_it_has_outlasted() {
    let told = |first: &str| told_of(&[(first, "a: red"), ("2026-06-01", "a: red, b: green")]);
    assert_eq!(told("2026-04-01"), [("s a".to_owned(), DevelopmentKind::StillRed, Label::Standing, Some(1))]);
    assert_eq!(told("2026-01-13"), [("s a".to_owned(), DevelopmentKind::StillRed, Label::Standing, Some(2))]);
    assert_eq!(told("2026-01-12"), [("s a".to_owned(), DevelopmentKind::StillRed, Label::Standing, Some(3))]);
}

#[test]
fn a_red_that_came_and_went_between_two_reviews_is_told() {
    let assessments = [("2026-04-01", "a: green"), ("2026-05-20", "a: red"), ("2026-06-10", "a: green")];
    let report = pack(&estate(&[service("s", &assessed(&assessments))]));
    assert_eq!(told(&report), [("s a".to_owned(), DevelopmentKind::Recovered, Label::Resolved, None)]);
    assert_eq!(report.changes.expect("changes").lines[0].red_on, Some(day("2026-05-20")));
}

#[test]
fn a_colour_that_is_gone_is_told_and_a_first_green_is_not() {
    let gone = [("2026-04-01", "a: red"), ("2026-06-01", "a: { rag: not-applicable, because: x }, b: green")];
    assert_eq!(told_of(&gone), [("s a".to_owned(), DevelopmentKind::NoLongerRated, Label::New, None)]);
}

#[test]
fn a_change_says_why_then_and_now() {
    let report = pack(&estate(&[service(
        "s",
        &assessed(&[
            ("2026-04-01", "a: { rag: green, because: It held }"),
            ("2026-06-01", "a: { rag: red, because: It broke }"),
        ]),
    )]));
    let change = &report.changes.expect("changes").lines[0];
    assert_eq!(change.before.because.as_deref(), Some("It held"));
    assert_eq!(change.now.because.as_deref(), Some("It broke"));
    assert_eq!((change.before.judged, change.now.judged), (Some(day("2026-04-01")), Some(day("2026-06-01"))));
}

#[test]
fn both_days_are_told_by_todays_rubric() {
    let rest = "assessments:\n  - { date: 2026-04-01, rubric: r@1, scores: { a: green, b: red, c: green } }\n  \
                - { date: 2026-06-01, rubric: r@2, scores: { alpha: red, bc: green } }\n";
    let report = pack(&estate(&[service("s", rest)]));
    let told = told(&report);
    assert!(told.contains(&("s alpha".to_owned(), DevelopmentKind::Dropped, Label::New, None)), "{told:?}");
    assert!(
        told.contains(&("s bc".to_owned(), DevelopmentKind::Improved, Label::Resolved, None)),
        "{told:?}"
    );
    assert_eq!(report.glance.expect("a glance").moved, 1);
}

#[test]
fn the_map_has_the_worst_first_and_one_column_for_a_category_that_was_renamed() {
    let by_2 = "assessments:\n  - { date: 2026-04-01, rubric: r@2, scores: { alpha: amber, bc: green, d: green, e: green } }\n";
    let report = pack(&estate(&[
        service("green", &assessed(&[("2026-04-01", "a: green, b: green, c: green, d: green")])),
        service("newer", by_2),
        service("red", &assessed(&[("2026-04-01", "a: red, b: green")])),
    ]));
    let map = report.map.expect("a map");
    let rows: Vec<_> = map.rows.iter().map(|row| (row.service.id.as_str(), row.colour)).collect();
    assert_eq!(rows, [("red", RollUp::Red), ("newer", RollUp::Amber), ("green", RollUp::Green)]);
    let columns: Vec<_> =
        map.pillars.iter().flat_map(|pillar| &pillar.categories).map(|it| it.id.as_str()).collect();
    assert_eq!(columns, ["alpha", "bc", "d", "e", "b", "c"], "what only the older version has comes last");
    let status = |row: usize, column: usize| map.rows[row].cells[column].as_ref().map(|cell| cell.status);
    assert_eq!((status(0, 0), status(1, 0)), (Some(State::Red), Some(State::Amber)), "a is alpha by now");
    assert_eq!((status(0, 1), status(1, 1)), (None, Some(State::Green)), "version 1 has no such category");
}

pub fn all(colours: &[(&str, &str, &str)]) -> PackDocument {
    let services: Vec<_> = colours
        .iter()
        .map(|(id, team, scores)| of_team(id, team, &assessed(&[("2026-04-01", scores)])))
        .collect();
    pack(&estate(&services))
}

/// Category and remark of each hot spot.
pub fn hot_spots(report: &PackDocument) -> Vec<(String, String)> {
    let spots = &report.hot_spots.as_ref().expect("hot spots").spots;
    spots.iter().map(|spot| (spot.category.id.clone(), spot.remark.clone())).collect()
}

#[test]
fn a_category_is_hot_if_more_than_half_are_red_or_amber_or_a_quarter_red() {
    let hot = hot_spots(&all(&[
        ("s", "one", "a: amber, b: amber, c: red, d: amber"),
        ("t", "two", "a: amber, b: amber, c: green, d: green"),
        ("u", "three", "a: amber, b: green, c: green, d: green"),
        ("v", "four", "a: green, b: green, c: green, d: green"),
    ]));
    assert_eq!(
        hot,
        [("a".to_owned(), "3 of 4 are amber: likely a platform fix, not 3 team fixes".to_owned())]
    );
    let eight: Vec<_> = ["s", "t", "u", "v", "w", "x", "y", "z"].into_iter().enumerate().collect();
    let scores = |at: usize| if at < 2 { "a: red" } else { "a: green" };
    let services: Vec<_> = eight.iter().map(|(at, id)| (*id, *id, scores(*at))).collect();
    assert_eq!(hot_spots(&all(&services))[0].0, "a", "two of eight are red: a quarter");
}

#[test]
fn a_hot_spot_says_where_the_cure_may_lie() {
    let hot = hot_spots(&all(&[("s", "one", "a: red, b: green"), ("t", "one", "a: amber, b: green")]));
    assert_eq!(hot[0].1, "1 red and 1 amber of 2: all of them are one's");
    let hot = hot_spots(&all(&[
        ("p", "base", "a: amber"),
        ("s", "one", "a: { inherited-from: p }"),
        ("t", "two", "a: { inherited-from: p }"),
    ]));
    assert_eq!(hot[0].1, "3 of 3 are amber: 2 inherit it from p, so one fix there helps most");
}

#[test]
fn several_reds_without_guidance_are_a_gap_of_the_rubric() {
    let report = all(&[("s", "one", "a: red"), ("t", "two", "a: red"), ("u", "three", "a: green")]);
    let spot = &report.hot_spots.expect("hot spots").spots[0];
    assert!(
        spot.guidance_gap && spot.remark.ends_with("the rubric has no guidance on it"),
        "{}",
        spot.remark
    );
    let one = all(&[("s", "one", "a: red"), ("t", "two", "a: amber")]);
    assert!(!one.hot_spots.expect("hot spots").spots[0].guidance_gap, "one red is not many");
}

pub fn commitments(scores: &[(&str, &str)], actions: &str) -> Vec<Commitment> {
    let rest = format!("{}actions:\n{actions}", assessed(scores));
    let report = pack(&estate(&[service("s", &rest)]));
    report.commitments.expect("commitments").lines
}

#[test]
fn commitments_are_those_that_are_open_and_those_done_since_the_last_review() {
    let lines = commitments(
        &[("2026-01-10", "a: red")],
        "  - { what: long done, raised: 2026-01-10, done: 2026-05-05 }\n  \
         - { what: kept, raised: 2026-01-10, due: 2026-06-01, done: 2026-05-06 }\n  \
         - { what: slipped, raised: 2026-01-10, due: 2026-05-20, done: 2026-06-02 }\n  \
         - { what: open, raised: 2026-05-10, owner: sam }\n  \
         - { what: overdue, raised: 2026-01-10, due: 2026-06-29, support: platform }\n",
    );
    let told: Vec<_> = lines.iter().map(|it| (it.what.as_str(), it.remark.as_str())).collect();
    assert_eq!(
        told,
        [("overdue", "overdue by 1 day"), ("open", "new"), ("slipped", "done 13 days late"), ("kept", ""),]
    );
}

#[test]
fn commitments_without_an_owner_or_a_date_are_counted() {
    let rest = "actions:\n  - { what: x, raised: 2026-05-10 }\n  - { what: y, raised: 2026-05-10, owner: sam, due: 2026-08-01 }\n";
    let report = pack(&estate(&[service("s", rest)]));
    let counts = report.commitments.expect("commitments").counts;
    assert_eq!((counts.open, counts.without_owner, counts.without_date), (2, 1, 1));
}

#[test]
fn a_commitment_that_is_done_tells_what_it_did_to_the_colour() {
    let effect = |scores: &[(&str, &str)], target: &str| {
        let action =
            format!("  - {{ what: x, category: a, raised: 2026-04-01, done: 2026-06-01{target} }}\n");
        let line = &commitments(scores, &action)[0];
        (line.effect, line.colour_now)
    };
    let first = ("2026-04-01", "a: red");
    let done = |colour| (Some(colour), Some(State::Red));
    assert_eq!(effect(&[first], ""), done(Effect::NotLookedAt));
    assert_eq!(effect(&[first, ("2026-06-01", "a: red")], ""), done(Effect::NotMoved));
    assert_eq!(
        effect(&[first, ("2026-06-01", "a: amber")], ", target: green"),
        (Some(Effect::Moved), Some(State::Amber))
    );
    assert_eq!(
        effect(&[first, ("2026-06-01", "a: amber")], ", target: amber"),
        (Some(Effect::Reached), Some(State::Amber))
    );
    assert_eq!(effect(&[first, ("2026-06-01", "a: green")], ""), (Some(Effect::Reached), Some(State::Green)));
}

/// The effect of a commitment for `a` of April that was done in June, and its remark.
fn effect_with(assessments: &str, target: &str) -> (Option<Effect>, String) {
    let action =
        format!("actions: [{{ what: x, category: a, raised: 2026-04-01, done: 2026-06-01{target} }}]\n");
    let report = pack(&estate(&[service("s", &format!("{assessments}{action}")), service("nobody", "")]));
    let line = &report.commitments.expect("commitments").lines[0];
    (line.effect, line.remark.clone())
}

#[test]
fn a_category_first_rated_after_a_commitment_is_no_improvement_unless_it_reaches_the_target() {
    let first = |colour: &str, target: &str| {
        effect_with(&assessed(&[("2026-03-01", "b: green"), ("2026-06-01", &format!("a: {colour}"))]), target)
    };
    let not_rated_before =
        |colour: &str| (Some(Effect::FirstRated), format!("{colour} now, not rated before"));
    assert_eq!(first("red", ""), not_rated_before("red"));
    assert_eq!(first("amber", ""), not_rated_before("amber"));
    assert_eq!(first("red", ", target: green"), not_rated_before("red"));
    assert_eq!(first("amber", ", target: green"), not_rated_before("amber"));
    assert_eq!(first("amber", ", target: amber"), (Some(Effect::Reached), "amber now".to_owned()));
    assert_eq!(first("green", ""), (Some(Effect::Reached), "green now".to_owned()));
}

#[test]
fn a_red_after_a_gap_of_any_kind_is_no_improvement() {
    let gaps = ["{ rag: not-applicable, because: Nothing to do }", "{ inherited-from: nobody }"];
    for gap in gaps {
        let scores = assessed(&[("2026-03-01", &format!("a: {gap}")), ("2026-06-01", "a: red")]);
        assert_eq!(effect_with(&scores, "").0, Some(Effect::FirstRated), "{gap}");
    }
}

#[test]
fn what_was_first_rated_before_it_was_done_has_not_been_looked_at_since() {
    let scores = assessed(&[("2026-05-01", "a: red")]);
    assert_eq!(effect_with(&scores, "").0, Some(Effect::NotLookedAt));
}

#[test]
fn support_is_listed_by_whom_it_is_asked_of() {
    let actions = "actions:\n  - { what: x, raised: 2026-05-10, support: platform }\n  - { what: y, raised: 2026-05-10, support: legal, done: 2026-06-01 }\n";
    let report = pack(&estate(&[service("s", actions), service("t", actions)]));
    let support = report.hot_spots.expect("hot spots").support;
    let asked: Vec<_> = support.iter().map(|it| (it.from.as_str(), it.asks.len())).collect();
    assert_eq!(asked, [("platform", 2)], "what is done needs nobody any more");
}

/// The estate with months of one objective of its first service: each a month, what was aimed at, and what was attained.
pub fn measured(estate: Estate, months: &[(&str, &str, &str)]) -> Estate {
    let service = &estate.services()[0];
    let results = months.iter().map(|(month, objective, attained)| SloResult {
        service: service.id.clone(),
        slo: "availability".to_owned(),
        month: day(&format!("{month}-01")),
        objective: Share::parse(objective).expect("a share"),
        attained: Share::parse(attained).expect("a share"),
        span: service.span,
    });
    let results = results.collect();
    estate.with_slos(results)
}

pub const ALL_GREEN: &str = "a: green, b: green, c: green, d: green";

#[test]
fn slos_stand_beside_scores_month_by_month_with_what_is_left_of_the_budget() {
    let estate = estate(&[service("s", &assessed(&[("2026-04-01", ALL_GREEN)])), service("t", "")]);
    let estate = measured(
        estate,
        &[("2025-11", "99%", "99%"), ("2026-04", "99%", "99.5%"), ("2026-06", "99%", "98%")],
    );
    let slos = pack(&estate).slos.expect("SLOs");
    assert_eq!(
        slos.months,
        ["2026-04", "2026-06"],
        "this month and the six before it, as far as anything was measured"
    );
    let months: Vec<_> = slos.lines[0].months.iter().flatten().collect();
    assert_eq!(months.iter().map(|it| it.met).collect::<Vec<_>>(), [true, false]);
    let left: Vec<_> = months.iter().filter_map(|it| it.budget_left_percent).map(f64::round).collect();
    assert!(left.iter().zip([50.0, -100.0]).all(|(left, right)| (left - right).abs() < 0.01), "{left:?}");
    assert_eq!(slos.unmeasured.len(), 1);
}

#[test]
fn what_was_measured_before_the_months_that_are_shown_is_old_and_not_missing() {
    let estate = estate(&[service("s", &assessed(&[("2026-04-01", ALL_GREEN)])), service("t", "")]);
    let estate = measured(estate, &[("2025-03", "99%", "99%"), ("2025-11", "99%", "98%")]);
    let slos = pack(&estate).slos.expect("SLOs");
    let old: Vec<_> =
        slos.outdated.iter().map(|it| (it.service.id.as_str(), it.last_month.as_str())).collect();
    assert_eq!(old, [("s", "2025-11")]);
    assert_eq!(slos.unmeasured.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["t"]);
}

#[test]
fn green_but_missed_and_red_but_met_are_questions() {
    let question = |scores: &str, months: &[(&str, &str, &str)]| {
        let estate = estate(&[service("s", &assessed(&[("2026-04-01", scores)]))]);
        let slos = pack(&measured(estate, months)).slos.expect("SLOs");
        slos.questions.into_iter().map(|it| it.text).collect::<Vec<_>>()
    };
    let met = [("2026-04", "99%", "99%"), ("2026-05", "99%", "99.9%"), ("2026-06", "99%", "100%")];
    let missed = [("2026-06", "99.9%", "99.8%")];
    assert_eq!(
        question(ALL_GREEN, &missed),
        [
            "s is all green and missed availability in 2026-06 (99.8% of 99.9%): what do the categories not see?"
        ]
    );
    assert_eq!(
        question("a: red", &met),
        [
            "s is red in A and met every objective for 3 months: does the red overstate the risk, or does the objective not see it?"
        ]
    );
    assert!(question("a: red", &met[1..]).is_empty(), "two months are too few to tell");
    assert!(question("a: red", &missed).is_empty() && question(ALL_GREEN, &met).is_empty(), "both agree");
}

#[test]
fn waivers_are_listed_with_what_they_hide_and_when_they_end() {
    let waiver = "waivers:\n  - { category: a, until: 2026-06-20, because: x, approved-by: y }\n";
    let rest = format!("{}{waiver}", assessed(&[("2026-04-01", "a: red")]));
    let waivers = pack(&estate(&[service("s", &rest)])).waivers.expect("waivers");
    assert_eq!((waivers[0].status, waivers[0].in_days), (Some(State::Red), -10));
}

#[test]
fn a_long_standing_colour_becomes_a_neutral_question() {
    let report = pack(&estate(&[service("s", &assessed(&[("2026-01-10", "a: amber, b: green")]))]));
    let talk = report.talk.expect("prompts");
    let texts: Vec<_> = talk.iter().map(|it| it.text.as_str()).collect();
    assert!(texts.contains(&"A has been amber on s for three reviews: what is in the way?"), "{texts:?}");
}

#[test]
fn a_summary_has_a_line_for_each_domain_each_compared_with_its_own_review() {
    let other = of_team("o", "team", &assessed(&[("2026-04-01", "a: green")]));
    let other = (other.0, other.1.replace("domain: shop", "domain: other"));
    let dropped = [("2026-04-01", "a: green"), ("2026-06-01", "a: red")];
    let report = summary(&estate(&[service("s", &assessed(&dropped)), other]));
    let domains = report.domains.expect("domains");
    let told: Vec<_> =
        domains.iter().map(|it| (it.title.as_str(), it.total, it.changes.dropped, it.since.basis)).collect();
    assert_eq!(
        told,
        [("The shop", 1, 1, SinceBasis::LastReview), ("Another", 1, 0, SinceBasis::Rhythm)],
        "least green first"
    );
    assert!(report.map.is_none() && report.talk.is_none() && report.hot_spots.is_some());
}

#[test]
fn a_summary_counts_open_and_overdue_commitments_as_the_pack_does() {
    let rest = "actions:
  - { what: no date, raised: 2026-05-10 }
  - { what: not due yet, raised: 2026-05-10, due: 2026-06-30 }
  - { what: overdue, raised: 2026-01-10, due: 2026-06-29 }
  - { what: kept, raised: 2026-01-10, done: 2026-06-01 }
  - { what: done later than today, raised: 2026-01-10, due: 2026-06-01, done: 2026-07-01 }
";
    let loaded = load_with(Some(SETTINGS), &[of_team("s", "team", rest)], "2026-07-02");
    let line = summary(&loaded.estate).domains.expect("domains").remove(0);
    let counts = pack(&loaded.estate).commitments.expect("commitments").counts;
    assert_eq!((counts.open, counts.overdue), (2, 2));
    assert_eq!((line.open_commitments, line.overdue_commitments), (counts.open, counts.overdue));
}

#[test]
fn only_the_sections_that_are_asked_for_are_there() {
    let estate = estate(&[service("s", &assessed(&[("2026-04-01", "a: red")]))]);
    let domain = DomainId::new("shop").expect("an id");
    let report = made(&PackRequest {
        estate: &estate,
        selection: &Selection::default(),
        domain: Some(&domain),
        since: None,
        today: day(TODAY),
        sections: &[Section::Talk],
        filters: None,
        command: "",
    });
    assert!(report.talk.is_some() && report.glance.is_none() && report.waivers.is_none());
}

/// What must hold of the pack of any domain that has a service.
fn check(estate: &Estate) {
    for domain in ["d0", "d1"] {
        if estate.services().iter().any(|service| service.identity_on(day(TODAY)).domain.as_str() == domain) {
            check_pack(&pack_of(domain, estate, None));
        }
    }
}

fn check_pack(report: &PackDocument) {
    let glance = report.glance.as_ref().expect("a glance");
    let all = glance.lines.last().expect("a line for all services");
    let map = report.map.as_ref().expect("a map");
    assert_eq!(all.total, map.rows.len(), "each service has a row");
    for line in &glance.lines {
        let services = line.now.services;
        let counted = services.red + services.amber + services.green;
        let others = services.incomplete + services.not_assessed + services.not_applicable;
        assert_eq!(counted + others, line.total, "each service has one colour");
    }
    let cells: Vec<_> = map.rows.iter().flat_map(|row| row.cells.iter().flatten()).collect();
    let count = |status| cells.iter().filter(|cell| cell.status == status).count();
    let now = all.now.judgements;
    assert_eq!(
        (count(State::Red), count(State::Amber), count(State::Green)),
        (now.red, now.amber, now.green)
    );
    let last = glance.history.last().expect("the current period");
    assert_eq!((last.green, last.applicable), (now.green, now.applicable), "the same as in a trend");
    let kinds = report.changes.as_ref().expect("changes").counts;
    assert_eq!(
        (kinds.dropped, kinds.slipped, kinds.improved, kinds.no_longer_rated),
        (all.changes.dropped, all.changes.slipped, all.changes.improved, all.changes.no_longer_rated)
    );
    assert!(kinds.dropped + kinds.still_red + kinds.first_rated >= now.red, "every red is told");
    if now.applicable > 0 {
        check_prompts(report);
    }
}

fn check_prompts(report: &PackDocument) {
    let talk = report.talk.as_ref().expect("prompts");
    assert!((MIN_PROMPTS..=MAX_PROMPTS).contains(&talk.len()), "{talk:?}");
    assert!(talk.iter().any(|it| it.went_well) || !has_good_news(report), "{talk:?}");
    for prompt in talk {
        let about = talk.iter().filter(|it| it.team.is_some() && it.team == prompt.team).count();
        assert!(about <= MAX_ABOUT_ONE_TEAM, "{talk:?}");
        assert!(prompt.text.ends_with('?') && !prompt.text.contains("  "), "{}", prompt.text);
        assert_eq!(talk.iter().filter(|it| it.text == prompt.text).count(), 1, "{}", prompt.text);
    }
}

/// Whether anything at all went well: something got better or is green somewhere, or somebody has looked lately.
fn has_good_news(report: &PackDocument) -> bool {
    let glance = report.glance.as_ref().expect("a glance");
    let all = glance.lines.last().expect("a line");
    all.changes.improved > 0 || all.now.services.green > 0 || glance.quality.not_looked_at < all.total
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_pack_agrees_with_itself_and_asks_five_to_eight_questions(plan in plan()) {
        check(&plan.estate());
    }

    #[test]
    fn so_it_does_across_versions_of_a_rubric(plan in plan_across_versions()) {
        check(&plan.estate());
    }
}
