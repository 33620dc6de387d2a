//! Several rubrics on one service: each counts on its own, and a service is the worst of them.

use fundamentals::check;
use fundamentals::diag::Code;
use fundamentals::eval::{
    Base, By, Cadence, PeriodRange, Review, RollUp, Selection, gate, periods, rubrics_in_force,
    service_state, trend,
};
use fundamentals::load::{Loaded, load_texts};
use fundamentals::model::Estate;

use crate::small_rubric::small_rubric;
use crate::support::{RUBRICS, codes, day};

const TODAY: &str = "2026-11-20";

/// A service `s` on the Golden Thread, under the rubric `r` and one of readiness; `more` are keys of its file.
fn load(settings: &str, head_of_peak: &str, more: &str, assessments: &[&str]) -> Loaded {
    let peak = small_rubric("peak@1", head_of_peak, &[("s/load", ""), ("s/freeze", "")]);
    let rubrics: Vec<_> = RUBRICS.iter().copied().chain([("peak.toml", peak.as_str())]).collect();
    let mut text =
        "service: s\ndomain: shop\nplatform: web\ncriticality: mission-critical\ngolden-thread: true\n"
            .to_owned();
    text += &format!("{more}assessments:\n");
    assessments.iter().for_each(|entry| text += &format!("  - {{ {entry} }}\n"));
    let mut loaded = load_texts(Some(settings), &rubrics, &[("s.yaml", &text)]);
    check::check(&mut loaded, day(TODAY));
    loaded
}

fn estate(settings: &str, head_of_peak: &str, more: &str, assessments: &[&str]) -> Estate {
    let loaded = load(settings, head_of_peak, more, assessments);
    assert_eq!(codes(&loaded), []);
    loaded.estate
}

fn in_force(estate: &Estate, on: &str) -> Vec<String> {
    let service = estate.service("s").expect("it is there");
    rubrics_in_force(estate, service, day(on)).into_iter().map(|rubric| rubric.key().to_string()).collect()
}

const GREEN: &str = "date: 2026-09-10, rubric: r@1, scores: { a: green, b: green, c: green }";
const PEAK_GREEN: &str = "date: 2026-09-10, rubric: peak@1, scores: { load: green, freeze: green }";
const PEAK_RED: &str = "date: 2026-11-10, rubric: peak@1, scores: { load: red }";
const CONFIRMED: &str = "date: 2026-11-11, rubric: r@1, confirmed: all";

#[test]
fn a_confirmation_under_one_rubric_hides_no_drop_under_another() {
    let now = estate("", "", "", &[GREEN, PEAK_GREEN, PEAK_RED, CONFIRMED]);
    let base = estate("", "", "", &[GREEN, PEAK_GREEN]);
    let selection = Selection::default();
    assert!(gate(&now, Base::LatestAssessment, &selection, day(TODAY)).is_denied());
    assert!(gate(&now, Base::Estate(&base), &selection, day(TODAY)).is_denied());
    let service = now.service("s").expect("it is there");
    assert_eq!(service_state(&now, service, day(TODAY)).colour(), RollUp::Red);
    let range = PeriodRange { since: day("2026-09-01"), until: day(TODAY), last: None };
    for cadence in [Cadence::Month, Cadence::Quarter, Cadence::Review] {
        let periods = periods(cadence, range, &[day("2026-09-30"), day("2026-12-15")]);
        let trend = trend(&now, &selection, By::Service, periods);
        let last = trend.total.cells.last().expect("a period");
        assert_eq!((last.services.red, last.counts.red, last.counts.green), (1, 1, 4), "{cadence:?}");
        assert_eq!(trend.rows[0].changes.dropped, 1, "{cadence:?}");
    }
    let review = Review::new(&now, &selection, |_| day("2026-09-30"), day(TODAY));
    let glance = review.glance(|_| true);
    assert_eq!((glance.before.services.green, glance.now.services.red, glance.changes.dropped), (1, 1, 1));
    assert_eq!((glance.before.judgements.green, glance.now.judgements.applicable()), (5, 5));
}

#[test]
fn two_assessments_of_one_day_under_different_rubrics_both_count() {
    let estate = estate("", "", "", &[GREEN, PEAK_GREEN]);
    let service = estate.service("s").expect("it is there");
    assert_eq!(service_state(&estate, service, day("2026-09-10")).counts().green, 5);
    let again = "date: 2026-09-10, rubric: peak@1, scores: { load: red }";
    assert_eq!(codes(&load("", "", "", &[GREEN, PEAK_GREEN, again])), [Code::DuplicateAssessment]);
}

#[test]
fn a_rubric_that_replaces_another_ends_it_from_its_first_assessment_on() {
    let first = "date: 2026-10-10, rubric: peak@1, scores: { load: red, freeze: green }";
    let estate = estate("", "replaces = [\"r\"]", "", &[GREEN, first]);
    assert_eq!(in_force(&estate, "2026-10-09"), ["r@1"]);
    assert_eq!(in_force(&estate, "2026-10-10"), ["peak@1"]);
}

#[test]
fn a_list_of_rubrics_counts_on_the_days_of_its_entry_only() {
    let more = "rubrics: [r]\npreviously: [{ until: 2026-09-30, rubrics: [] }]\n";
    let estate = estate("", "", more, &[GREEN, PEAK_GREEN]);
    assert_eq!(in_force(&estate, "2026-09-30"), ["peak@1", "r@1"]);
    assert_eq!(in_force(&estate, "2026-10-01"), ["r@1"]);
}

#[test]
fn a_required_rubric_is_not_assessed_from_its_day_on_where_its_conditions_hold() {
    let require = |condition: &str| format!("[[require]]\nrubric = \"peak\"\nfrom = 2026-10-01\n{condition}");
    for condition in ["", "criticality = [\"mission-critical\"]"] {
        let estate = estate(&require(condition), "", "", &[GREEN]);
        assert_eq!(in_force(&estate, "2026-09-30"), ["r@1"]);
        assert_eq!(in_force(&estate, "2026-10-01"), ["peak@1", "r@1"]);
        let service = estate.service("s").expect("it is there");
        let state = service_state(&estate, service, day("2026-10-01"));
        assert_eq!((state.counts().not_assessed, state.colour()), (2, RollUp::Incomplete));
    }
    for condition in ["criticality = [\"low\"]", "tags = [\"api\"]"] {
        assert_eq!(in_force(&estate(&require(condition), "", "", &[GREEN]), TODAY), ["r@1"], "{condition}");
    }
}

#[test]
fn an_entry_under_a_rubric_no_longer_in_force_may_name_a_provider_that_is_gone() {
    let gone = "date: 2026-08-10, rubric: peak@1, scores: { load: { inherited-from: gone } }";
    assert_eq!(codes(&load("", "", "", &[gone, GREEN])), [Code::UnknownProvider]);
    assert_eq!(codes(&load("", "", "rubrics: [r]\n", &[gone, GREEN])), []);
}
