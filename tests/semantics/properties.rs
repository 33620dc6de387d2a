//! What must always hold, whatever the estate.

use std::collections::BTreeSet;

use fundamentals::edit::{NewAssessment, add_assessment};
use fundamentals::eval::{
    Base, By, Cadence, ENOUGH_SERVICES, MigrationStep, Outlook, PeriodRange, RollUp, Row, RubricHealth,
    RubricState, Selection, SignKind, Standing, Status, Timeline, Trend, gate, latest_state, migration,
    next_steps, periods, rubric_health, service_state, service_state_in, trend,
};
use fundamentals::model::{Colour, Estate, Rubric};
use fundamentals::report::{TableFormat, trend as report};
use proptest::prelude::*;

use crate::random::{
    CATEGORIES_1, Plan, PlannedAssessment, PlannedVerdict, TODAY, date, id, plan, plan_across_versions,
};
use crate::support::{self, day, drops, gate_alone};

const ALL_BY: [By; 5] = [By::Service, By::Platform, By::Domain, By::Pillar, By::Category];

fn by_quarter(estate: &Estate, by: By) -> Trend {
    let range = PeriodRange { since: day("2024-01-01"), until: day(TODAY), last: None };
    trend(estate, &Selection::default(), by, periods(Cadence::Quarter, range, &[]))
}

fn csv(estate: &Estate, by: By) -> String {
    let mut text = Vec::new();
    let report = report::build(estate, by_quarter(estate, by));
    report::render(&report, TableFormat::Csv, 100, &mut text).expect("a vector can be written to");
    String::from_utf8(text).expect("UTF-8")
}

fn states(estate: &Estate) -> Vec<RubricState<'_>> {
    estate.services().iter().map(|service| latest_state(estate, service, day(TODAY))).collect()
}

/// All that a state says, to compare it.
fn facts(state: &RubricState<'_>) -> String {
    let facts = state.categories().map(|(_, category, standing)| {
        let judged = standing.judged.map(|it| {
            let under = [it.rubric, it.reviewed_under].map(Rubric::key);
            (it.judgement.span, under, it.on, it.since, it.reviewed, it.looks)
        });
        let carried_from = standing.carried_from.map(Rubric::key);
        (&category.id, standing.status, judged, standing.provider, carried_from, standing.is_stale)
    });
    format!("{} {} {:?}", state.rubric.key(), state.is_assessed, facts.collect::<Vec<_>>())
}

/// What answers say about each rubric's questions.
fn healths(estate: &Estate) -> Vec<RubricHealth<'_>> {
    let health = |rubric| rubric_health(estate, &Selection::default(), rubric, day("2025-06-30"), day(TODAY));
    estate.rubrics.iter().filter(|rubric| rubric.id.as_str() == "r").map(health).collect()
}

/// Every roll-up of every service: of all its categories, and of each pillar.
fn roll_ups(estate: &Estate) -> Vec<RollUp> {
    let of_service = |state: RubricState<'_>| {
        let pillars = 0..state.rubric.pillars.len();
        let of_pillar = |pillar| {
            let of_pillar = state.categories().filter(move |(_, category, _)| category.pillar == pillar);
            RollUp::of(of_pillar.map(|(_, _, standing)| standing.status))
        };
        let pillars: Vec<_> = pillars.map(of_pillar).collect();
        [vec![state.colour()], pillars].concat()
    };
    states(estate).into_iter().flat_map(of_service).collect()
}

/// A drop, worked out in the plainest way from the plan: (service, category).
fn naive_drops(plan: &Plan) -> BTreeSet<(usize, &'static str)> {
    let mut drops = BTreeSet::new();
    for (at, service) in plan.services.iter().enumerate() {
        let looks_at_anything = |it: &PlannedAssessment| it.confirms_all || !it.scores.is_empty();
        let looked = service.assessments.iter().find(|(_, assessment)| looks_at_anything(assessment));
        let Some((latest, _)) = looked else { continue };
        for category in CATEGORIES_1 {
            let before = plan.colour(at, category, latest + 1);
            let now = plan.colour(at, category, 0);
            if now == Some(Colour::Red) && matches!(before, Some(Colour::Amber | Colour::Green)) {
                drops.insert((at, category));
            }
        }
    }
    drops
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_files_and_of_assessments_never_matters(plan in plan_across_versions()) {
        let turned = support::estate(&plan.files(true), TODAY);
        let straight = plan.estate();
        for by in ALL_BY {
            prop_assert_eq!(csv(&straight, by), csv(&turned, by));
        }
    }

    #[test]
    fn whatever_is_known_not_to_be_green_or_not_known_has_one_next_step(plan in plan_across_versions()) {
        let estate = plan.estate();
        for state in states(&estate) {
            let steps = next_steps(&estate, std::slice::from_ref(&state), day(TODAY));
            for (_, category, now) in state.categories() {
                let steps = steps.iter().filter(|step| step.category.id == category.id).count();
                match now.status {
                    Status::Rated(Colour::Green) => {
                        prop_assert_eq!(steps, usize::from(now.is_stale && now.provider.is_none()));
                    }
                    Status::NotApplicable => prop_assert_eq!(steps, 0),
                    Status::Rated(_) | Status::NotAssessed | Status::NeedsRescore(_) => {
                        prop_assert_eq!(steps, 1);
                    }
                }
            }
        }
    }

    #[test]
    fn judging_a_category_red_today_never_improves_any_roll_up(
        plan in plan_across_versions(), at in 0..6usize, category in 0..4usize,
    ) {
        let before = plan.estate();
        let mut worse = plan.clone();
        let at = at % worse.services.len();
        let state = &states(&before)[at];
        let category = state.rubric.categories[category].id.to_string();
        let major = state.rubric.version.major;
        let scores = [(category, PlannedVerdict::Rated(Colour::Red))].into();
        worse.services[at].assessments.insert(0, PlannedAssessment { major, scores, confirms_all: false });
        // A service that was never assessed has the newest rubric until its first assessment pins another.
        for (before, after) in roll_ups(&before).into_iter().zip(roll_ups(&worse.estate())) {
            prop_assert!(after <= before, "{before:?} became {after:?}");
        }
    }

    #[test]
    fn without_any_judgement_of_a_category_that_is_asked_nothing_is_green(
        plan in plan(), at in 0..6usize, category in 0..4usize,
    ) {
        let mut poorer = plan.clone();
        let at = at % poorer.services.len();
        let category = CATEGORIES_1[category];
        poorer.services[at].is_api = true;
        for assessment in poorer.services[at].assessments.values_mut() {
            assessment.scores.remove(category);
        }
        let estate = poorer.estate();
        let state = latest_state(&estate, estate.service(&id(at)).expect("there"), day(TODAY));
        prop_assert_ne!(state.colour(), RollUp::Green);
        if let Some(ix) = state.rubric.find(category) {
            prop_assert_eq!(state.standing(ix).status, Status::NotAssessed);
        }
    }

    #[test]
    fn counts_sum_to_their_denominators_and_agree_whatever_the_rows(plan in plan_across_versions()) {
        let estate = plan.estate();
        for (state, service) in states(&estate).iter().zip(estate.services()) {
            let counts = state.counts();
            let all = counts.applicable() + counts.not_applicable;
            prop_assert_eq!(all, state.rubric.categories.len(), "{}", service.id);
            prop_assert_eq!(counts.rated() + counts.not_assessed + counts.needs_rescore, counts.applicable());
            prop_assert!(counts.stale <= counts.rated());
            prop_assert!(counts.carried <= counts.rated() + counts.needs_rescore);
        }
        let total = by_quarter(&estate, By::Service).total;
        for by in ALL_BY {
            let trend = by_quarter(&estate, by);
            let subjects: BTreeSet<_> = trend.rows.iter().map(|row| &row.subject).collect();
            prop_assert_eq!(subjects.len(), trend.rows.len());
            for (at, expected) in total.cells.iter().enumerate() {
                let mut sum = fundamentals::eval::Counts::default();
                trend.rows.iter().for_each(|row| sum += row.cells[at].counts);
                prop_assert_eq!(sum, expected.counts);
                for row in &trend.rows {
                    // A service is in a row once, also where the row joins what was renamed.
                    prop_assert!(row.cells[at].services.total() <= estate.services().len());
                }
                if matches!(by, By::Service | By::Platform | By::Domain) {
                    let services: usize = trend.rows.iter().map(|row| row.cells[at].services.total()).sum();
                    prop_assert_eq!(services, estate.services().len());
                }
            }
        }
    }

    #[test]
    fn the_changes_agree_whatever_the_rows(plan in plan_across_versions()) {
        let estate = plan.estate();
        let total = by_quarter(&estate, By::Service).total.changes;
        for by in ALL_BY {
            let mut sum = fundamentals::eval::Changes::default();
            by_quarter(&estate, by).rows.iter().for_each(|row| sum += row.changes);
            prop_assert_eq!(sum, total);
        }
    }

    #[test]
    fn a_row_breaks_exactly_where_one_of_its_services_does(plan in plan_across_versions()) {
        let estate = plan.estate();
        let services = by_quarter(&estate, By::Service);
        for by in [By::Platform, By::Domain] {
            for row in by_quarter(&estate, by).rows {
                for (at, cell) in row.cells.iter().enumerate() {
                    let is_of_row = |service: &&Row| {
                        let (of, platform) = (&service.subject, &row.subject.platform);
                        of.domain == row.subject.domain && (platform.is_none() || of.platform == *platform)
                    };
                    let of_row = services.rows.iter().filter(is_of_row);
                    prop_assert_eq!(cell.moved, of_row.map(|service| service.cells[at].moved).sum::<usize>());
                }
            }
        }
    }

    #[test]
    fn the_trends_last_column_is_the_state_that_show_shows(plan in plan_across_versions()) {
        let estate = plan.estate();
        let trend = by_quarter(&estate, By::Service);
        for row in &trend.rows {
            let service = row.subject.service.as_ref().and_then(|id| estate.service(id.as_str())).expect("a service");
            let state = latest_state(&estate, service, day(TODAY));
            let last = row.cells.last().expect("a period");
            prop_assert_eq!(last.colour, Some(state.colour()));
            prop_assert_eq!(last.counts, state.counts());
        }
    }

    #[test]
    fn a_drop_is_reported_exactly_when_a_category_is_red_now_and_was_amber_or_green_at_the_base(plan in plan()) {
        let estate = plan.estate();
        let selection = Selection::default();
        let verdict = gate_alone(&estate, TODAY, &selection);
        let found = drops(&verdict).map(|(_, service, turn)| (service.id.to_string(), turn.category.id.to_string()));
        let expected = naive_drops(&plan).into_iter().map(|(at, category)| (id(at), category.to_owned()));
        prop_assert_eq!(found.collect::<BTreeSet<_>>(), expected.collect::<BTreeSet<_>>());
        let golden = naive_drops(&plan).iter().any(|(at, _)| plan.services[*at].is_golden);
        prop_assert_eq!(verdict.is_denied(), golden);
    }

    #[test]
    fn what_did_not_change_is_no_news(plan in plan_across_versions()) {
        let estate = plan.estate();
        let side = &estate;
        let selection = Selection::default();
        let verdict = gate(side, Base::Estate(side), &selection, day(TODAY));
        prop_assert!(verdict.findings.is_empty() && verdict.resolved.is_empty(), "{verdict:?}");
    }

    #[test]
    fn a_category_has_the_colour_that_the_plainest_reading_gives(plan in plan(), ago in 0..900i64) {
        let estate = plan.estate();
        for at in 0..plan.services.len() {
            let state = latest_state(&estate, estate.service(&id(at)).expect("there"), date(ago));
            // Before its first assessment a service may be shown by another version of the rubric.
            for (_, category, standing) in state.categories().filter(|_| state.is_assessed) {
                prop_assert_eq!(standing.status.colour(), plan.colour(at, category.id.as_str(), ago));
            }
        }
    }

    #[test]
    fn one_timeline_asked_for_many_days_gives_the_state_of_each(
        plan in plan_across_versions(),
        days in proptest::collection::vec(0..900i64, 1..12),
        is_in_order in any::<bool>(),
    ) {
        let estate = plan.estate();
        let mut days: Vec<_> = days.into_iter().map(date).collect();
        if is_in_order {
            days.sort_unstable();
        }
        for service in estate.services() {
            let mut timeline = Timeline::new(&estate, service);
            for day in &days {
                let alone = service_state(&estate, service, *day).rubrics;
                let all = |states: &[RubricState<'_>]| states.iter().map(facts).collect::<Vec<_>>();
                prop_assert_eq!(all(&timeline.state(*day).rubrics), all(&alone));
                for rubric in estate.rubrics.iter() {
                    let alone = service_state_in(&estate, service, *day, rubric);
                    prop_assert_eq!(facts(&timeline.state_under(rubric, *day)), facts(&alone));
                }
            }
        }
    }

    #[test]
    fn migrating_and_then_reading_gives_what_reading_without_migrating_gives(plan in plan_across_versions()) {
        let before = plan.estate();
        let mut files = plan.files(false);
        let mut moved = Vec::new();
        for (service, (_, text)) in before.services().iter().zip(&mut files) {
            if let MigrationStep::Move(migration) = migration(&before, service, None, day(TODAY)) {
                let assessment = NewAssessment { date: day(TODAY), rubric: migration.to.key(), comments: vec![] };
                *text = add_assessment(text, &assessment).expect("a plain layout");
                moved.push(migration);
            }
        }
        let after = support::estate(&files, TODAY);
        for moved in moved {
            let service = after.service(moved.service.id.as_str()).expect("it is still there");
            let read = latest_state(&after, service, day(TODAY));
            let carried = service_state_in(&before, moved.service, day(TODAY), moved.to);
            prop_assert_eq!(read.rubric.key(), moved.to.key());
            for ((_, category, read), (_, _, carried)) in read.categories().zip(carried.categories()) {
                let key = |standing: &Standing<'_>| (
                    standing.status,
                    standing.judged.map(|judged| (judged.on, judged.since, judged.reviewed, judged.rubric.key())),
                    standing.provider.cloned(),
                    standing.carried_from.map(Rubric::key),
                    standing.is_stale,
                );
                prop_assert_eq!(key(read), key(carried), "{}", category.id);
            }
            prop_assert!(matches!(
                migration(&after, service, None, day(TODAY)), MigrationStep::Arrived(_)
            ), "moving twice");
        }
    }

    #[test]
    fn a_category_whose_bar_was_raised_never_counts_as_green_until_it_is_judged_again(plan in plan_across_versions()) {
        let estate = plan.estate();
        let raised = estate.rubrics.newest();
        let version_2 = estate.rubrics.previous(raised).expect("there are three versions");
        for service in estate.services() {
            let state = service_state_in(&estate, service, day(TODAY), version_2);
            let d = version_2.find("d").expect("version 2 raised its bar");
            let standing = state.standing(d);
            let judged_anew = standing.judged.is_some_and(|judged| judged.rubric.version.major == 2);
            if !judged_anew {
                prop_assert_eq!(standing.status.colour(), None);
                let counts = standing.status != Status::NotApplicable;
                prop_assert!(!counts || state.colour() != RollUp::Green);
            }
        }
    }

    #[test]
    fn a_carried_score_is_never_better_than_its_worst_source(plan in plan()) {
        let before = plan.estate();
        let newest = std::sync::Arc::clone(before.rubrics.newest());
        for service in before.services().iter().filter(|service| !service.assessments.is_empty()) {
            let old = latest_state(&before, service, day(TODAY));
            let new = service_state_in(&before, service, day(TODAY), &newest);
            for (_, category, standing) in new.categories() {
                let sources: &[&str] = match category.id.as_str() {
                    "alpha" => &["a"],
                    "b" | "c" => &["b", "c"],
                    other => &[if other == "d" { "d" } else { "e" }],
                };
                let worst = sources.iter().filter_map(|id| old.rubric.find(id));
                let worst = worst.filter_map(|ix| old.standing(ix).status.colour()).min();
                // What is inherited follows the provider, in whose hands it may have become worse or better.
                if let Some(colour) = standing.status.colour().filter(|_| standing.provider.is_none()) {
                    prop_assert!(worst.is_some_and(|worst| colour <= worst), "{} {colour} {worst:?}", category.id);
                    prop_assert_ne!(category.id.as_str(), "d", "its bar was raised");
                }
            }
        }
    }

    #[test]
    fn a_sign_rests_on_services_that_were_looked_at_and_every_service_is_counted_once(
        plan in plan_across_versions(),
    ) {
        let estate = plan.estate();
        for health in healths(&estate) {
            let services = health.services;
            let all = services.looked_at + services.never_assessed + services.elsewhere;
            prop_assert_eq!(all, estate.services().len());
            for category in &health.categories {
                let counts = category.counts;
                prop_assert!(counts.applicable() + counts.not_applicable <= services.looked_at);
                for sign in &category.signs {
                    prop_assert!(sign.share.count <= sign.share.of && sign.share.of <= services.looked_at);
                    prop_assert!(sign.share.of >= ENOUGH_SERVICES);
                }
                prop_assert!(category.signs.is_sorted_by(|one, next| one.kind < next.kind));
                prop_assert_eq!(category.outlook() == Outlook::Signs, !category.signs.is_empty());
                let shows = |kind| category.signs.iter().any(|sign| sign.kind == kind);
                if shows(SignKind::AlwaysGreen) {
                    prop_assert_eq!((counts.red, counts.amber), (0, 0));
                }
            }
        }
    }

    #[test]
    fn where_everything_was_always_green_no_question_is_red_or_contested(plan in plan_across_versions()) {
        let mut green = plan;
        let assessments = green.services.iter_mut().flat_map(|service| service.assessments.values_mut());
        for verdict in assessments.flat_map(|assessment| assessment.scores.values_mut()) {
            if let PlannedVerdict::Rated(colour) = verdict {
                *colour = Colour::Green;
            }
        }
        let estate = green.estate();
        let signs = healths(&estate).into_iter().flat_map(|health| health.categories);
        for sign in signs.flat_map(|category| category.signs) {
            prop_assert!(!matches!(sign.kind, SignKind::RedWithoutGuidance | SignKind::Contested));
        }
    }
}
