//! An advisory category: shown, and in no colour, count or gate.

use fundamentals::check::check;
use fundamentals::eval::{
    By, Cadence, Counts, PeriodRange, RollUp, Selection, Status, gate, periods, rubric_edit, service_state,
    trend,
};
use fundamentals::load::{Loaded, load_texts};
use fundamentals::model::Colour;
use proptest::prelude::*;

use crate::small_rubric::small_rubric;
use crate::support::{day, service};

/// Category `a` counts, and `b` has these lines.
fn load(lines: &str, scores: &str) -> Loaded {
    let rubric = small_rubric("ours@1", "", &[("p/a", ""), ("q/b", lines)]);
    let assessments =
        format!("assessments:\n  - {{ date: 2026-01-10, rubric: ours@1, scores: {{ {scores} }} }}\n");
    let (path, text) = service("s", &assessments);
    let mut loaded = load_texts(None, &[("ours.toml", &rubric)], &[(&path, &text)]);
    check(&mut loaded, day("2026-06-01"));
    assert!(!loaded.problems.has_errors(), "{:?}", loaded.problems);
    loaded
}

fn advisory(scores: &str) -> Loaded {
    load("advisory = true", scores)
}

#[test]
fn a_red_that_is_advisory_colours_nothing_and_is_still_red() {
    let loaded = advisory("a: green, b: red");
    let service = loaded.estate.service("s").expect("a service");
    let state = service_state(&loaded.estate, service, day("2026-06-01"));
    assert_eq!(state.colour(), RollUp::Green);
    assert_eq!((state.counts().red, state.counts().applicable()), (0, 1));
    let statuses: Vec<_> = state.categories().map(|(_, standing)| standing.status).collect();
    assert_eq!(statuses, [Colour::Green, Colour::Red].map(Status::Rated));
}

#[test]
fn an_advisory_gap_leaves_a_green_earned() {
    let loaded = advisory("a: green");
    let service = loaded.estate.service("s").expect("a service");
    assert_eq!(service_state(&loaded.estate, service, day("2026-06-01")).colour(), RollUp::Green);
}

/// The counts of each row of a trend today.
fn rows(loaded: &Loaded, by: By, selection: &Selection) -> Vec<(usize, usize, usize)> {
    let range = PeriodRange { since: day("2026-06-01"), until: day("2026-06-01"), last: None };
    let periods = periods(Cadence::Month, range, &[]);
    let trend = trend(&loaded.estate, selection, by, periods);
    let counts = |counts: &Counts| (counts.red, counts.green, counts.applicable());
    trend.rows.iter().filter_map(|row| Some(counts(&row.cells.last()?.counts))).collect()
}

#[test]
fn a_trend_by_category_shows_it_and_what_it_is_part_of_does_not_count_it() {
    let loaded = advisory("a: green, b: red");
    let all = Selection::default();
    assert_eq!(rows(&loaded, By::Category, &all), [(0, 1, 1), (1, 0, 1)]);
    assert_eq!(rows(&loaded, By::Pillar, &all), [(0, 1, 1), (0, 0, 0)]);
    assert_eq!(rows(&loaded, By::Service, &all), [(0, 1, 1)]);
}

#[test]
fn to_make_a_category_advisory_changes_what_a_score_means() {
    let (before, now) = (load("", "a: green"), advisory("a: green"));
    let edit = rubric_edit(
        before.own_rubrics().next().expect("a rubric"),
        now.own_rubrics().next().expect("a rubric"),
    );
    assert_eq!(edit.meaning.iter().map(|category| category.id.as_str()).collect::<Vec<_>>(), ["b"]);
}

fn score() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("red"), Just("amber"), Just("green"), Just("{ rag: not-applicable, because: No data }"),]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn figures_and_gate_are_those_of_the_other_categories_alone(one in score(), other in score()) {
        let both = advisory(&format!("a: {one}, b: {other}"));
        let alone = advisory(&format!("a: {one}"));
        let figures = |loaded: &Loaded| {
            let service = loaded.estate.service("s").expect("a service");
            let state = service_state(&loaded.estate, service, day("2026-06-01"));
            (state.colour(), state.counts())
        };
        prop_assert_eq!(figures(&both), figures(&alone));
        let findings = |loaded: &Loaded| {
            let selection = Selection::default();
            let verdict = gate(&loaded.estate, fundamentals::eval::Base::LatestAssessment, &selection, day("2026-06-01"));
            verdict.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>()
        };
        prop_assert_eq!(findings(&both), findings(&alone));
    }
}
