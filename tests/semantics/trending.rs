//! States over time.

use fundamentals::eval::{
    By, Cadence, PeriodRange, RollUp, Row, Selection, Trend, TrendCell, periods, trend,
};
use fundamentals::model::{CategoryId, Estate};

use crate::support::{day, estate, one, service};

fn by_month(estate: &Estate, by: By, since: &str, until: &str) -> Trend {
    let range = PeriodRange { since: day(since), until: day(until), last: None };
    trend(estate, &Selection::default(), by, periods(Cadence::Month, range, &[]))
}

fn colours(row: &Row) -> Vec<Option<RollUp>> {
    row.cells.iter().map(|cell| cell.colour).collect()
}

fn breaks(row: &Row) -> Vec<bool> {
    row.cells.iter().map(TrendCell::is_break).collect()
}

#[test]
fn a_period_shows_the_state_as_of_its_last_day() {
    let text = "
assessments:
  - { date: 2026-01-31, rubric: r@1, scores: { a: green, b: green, c: green, d: green } }
  - { date: 2026-03-01, rubric: r@1, scores: { a: red } }
";
    let trend = by_month(&one(text, "2026-05-01"), By::Service, "2025-12-01", "2026-03-15");
    let expected = [RollUp::NotAssessed, RollUp::Green, RollUp::Green, RollUp::Red].map(Some);
    assert_eq!(colours(&trend.rows[0]), expected);
}

#[test]
fn before_the_first_assessment_there_is_a_gap_not_a_zero() {
    let text = "assessments: [{ date: 2026-02-10, rubric: r@1, scores: { a: red } }]";
    let trend = by_month(&one(text, "2026-05-01"), By::Service, "2026-01-01", "2026-02-20");
    let shares: Vec<_> = trend.rows[0].cells.iter().map(|cell| cell.counts.green_share()).collect();
    assert_eq!(shares, [None, Some(0.0)]);
}

#[test]
fn the_bars_of_one_category_tell_red_from_amber_and_a_gap_from_both() {
    let text = "
assessments:
  - { date: 2026-02-10, rubric: r@1, scores: { a: amber, b: amber } }
  - { date: 2026-03-10, rubric: r@1, scores: { a: red, b: red } }
  - { date: 2026-04-10, rubric: r@1, scores: { a: green, b: amber } }
";
    let estate = one(text, "2026-05-01");
    let bars = |row: &Row| -> Vec<_> { row.cells.iter().map(|cell| row.subject.bar(&cell.counts)).collect() };
    let of_one = [None, Some(0.5), Some(0.0), Some(1.0)];
    let by_category = by_month(&estate, By::Category, "2026-01-01", "2026-04-30");
    assert_eq!(bars(&by_category.rows[0]), of_one);
    let selection =
        Selection { categories: vec![CategoryId::new("a").expect("an id")], ..Selection::default() };
    let range = PeriodRange { since: day("2026-01-01"), until: day("2026-04-30"), last: None };
    for by in [By::Service, By::Platform, By::Domain, By::Pillar, By::Category] {
        let filtered = trend(&estate, &selection, by, periods(Cadence::Month, range, &[]));
        assert_eq!(bars(&filtered.rows[0]), of_one, "{by:?}");
    }
}

#[test]
fn the_bars_of_a_category_over_several_services_fall_when_an_amber_turns_red() {
    let service = |id: &str, then: &str| {
        let text = format!(
            "assessments:\n  - {{ date: 2026-01-10, rubric: r@1, scores: {{ a: amber }} }}\n  \
             - {{ date: 2026-02-10, rubric: r@1, scores: {{ a: {then} }} }}\n"
        );
        service(id, &text)
    };
    let estate = estate(&[service("one", "red"), service("two", "amber")], "2026-05-01");
    let trend = by_month(&estate, By::Category, "2026-01-01", "2026-02-28");
    let bars: Vec<_> =
        trend.rows[0].cells.iter().map(|cell| trend.rows[0].subject.bar(&cell.counts)).collect();
    assert_eq!(bars, [Some(0.5), Some(0.25)]);
}

#[test]
fn above_a_service_there_is_no_single_colour_but_counts_of_services_and_judgements() {
    let green = "assessments: [{ date: 2026-01-01, rubric: r@1, scores: { a: green, b: green, c: green, d: green } }]";
    let red = "assessments: [{ date: 2026-01-01, rubric: r@1, scores: { a: red } }]";
    let estate = estate(&[service("one", green), service("two", red)], "2026-05-01");
    let trend = by_month(&estate, By::Domain, "2026-01-01", "2026-01-31");
    let cell = &trend.rows[0].cells[0];
    assert_eq!(cell.colour, None);
    assert_eq!((cell.services.green, cell.services.red, cell.services.total()), (1, 1, 2));
    assert_eq!(
        (cell.counts.green, cell.counts.red, cell.counts.not_assessed, cell.counts.applicable()),
        (4, 1, 3, 8)
    );
}

#[test]
fn a_change_of_rubric_is_a_break_and_the_first_assessment_is_not() {
    let text = "
assessments:
  - { date: 2026-02-10, rubric: r@1, scores: { a: green } }
  - { date: 2026-04-10, rubric: r@2, scores: { alpha: green } }
";
    let trend = by_month(&one(text, "2026-05-01"), By::Service, "2026-01-01", "2026-05-01");
    assert_eq!(breaks(&trend.rows[0]), [false, false, false, true, false]);
}

#[test]
fn changes_are_counted_in_the_last_period_in_terms_of_its_rubric() {
    let text = "
assessments:
  - { date: 2026-02-10, rubric: r@1, scores: { a: green, b: red, c: red, d: green } }
  - { date: 2026-03-10, rubric: r@2, scores: { alpha: amber, bc: amber, d: red, e: red } }
";
    let trend = by_month(&one(text, "2026-05-01"), By::Service, "2026-02-01", "2026-03-31");
    let changes = trend.rows[0].changes;
    assert_eq!((changes.slipped, changes.improved, changes.dropped, changes.first_rated), (1, 1, 0, 2));
}

#[test]
fn rows_follow_the_rubrics_order_of_categories() {
    let text = "assessments: [{ date: 2026-02-10, rubric: r@1, scores: { a: green } }]";
    let trend = by_month(&one(text, "2026-05-01"), By::Category, "2026-02-01", "2026-02-20");
    let ids: Vec<_> = trend.rows.iter().map(category).collect();
    assert_eq!(ids, ["a", "b", "c", "d"]);
}

#[test]
fn a_service_that_joins_by_another_rubric_has_not_moved() {
    let old = "assessments: [{ date: 2026-01-10, rubric: r@1, scores: { a: green } }]";
    let new = "assessments: [{ date: 2026-03-10, rubric: r@2, scores: { alpha: green } }]";
    let estate = estate(&[service("old", old), service("new", new)], "2026-05-01");
    let trend = by_month(&estate, By::Domain, "2026-01-01", "2026-04-01");
    assert_eq!(breaks(&trend.rows[0]), [false; 4]);
}

#[test]
fn a_row_of_several_services_breaks_in_each_period_in_which_one_of_them_moves() {
    let moved = |on: &str| {
        format!(
            "assessments:\n  - {{ date: 2026-01-10, rubric: r@1, scores: {{ a: green }} }}\n  - {{ date: {on}, rubric: r@2, scores: {{ e: red }} }}\n"
        )
    };
    let services = [
        service("one", &moved("2026-02-10")),
        service("two", &moved("2026-03-10")),
        service("three", &moved("2026-05-10")),
    ];
    let estate = estate(&services, "2026-06-01");
    for by in [By::Domain, By::Platform] {
        let trend = by_month(&estate, by, "2026-01-01", "2026-06-01");
        assert_eq!(breaks(&trend.rows[0]), [false, true, true, false, true, false], "{by:?}");
    }
}

fn category(row: &Row) -> &str {
    row.subject.category.as_ref().expect("a category").as_str()
}

/// The rows of a trend by category: id, the judgements of each period, and the versions that alone have it.
fn categories(trend: &Trend) -> Vec<(&str, Vec<usize>, Vec<String>)> {
    let mut told = Vec::new();
    for row in &trend.rows {
        let judgements = row.cells.iter().map(|cell| cell.counts.applicable()).collect();
        told.push((category(row), judgements, row.only_in.iter().map(ToString::to_string).collect()));
    }
    told
}

const MOVED: &str = "
assessments:
  - { date: 2026-01-10, rubric: r@1, scores: { a: green, b: green, c: green, d: green } }
  - { date: 2026-02-10, rubric: r@2, scores: { alpha: red } }
";

#[test]
fn a_renamed_category_is_one_row_and_what_was_merged_has_rows_of_its_own_at_the_end() {
    let trend = by_month(&one(MOVED, "2026-05-01"), By::Category, "2026-01-01", "2026-02-28");
    let old = |id, judgements| (id, judgements, vec!["r@1".to_owned()]);
    let new = |id, judgements| (id, judgements, vec![]);
    let expected = [
        new("alpha", vec![1, 1]),
        new("bc", vec![0, 1]),
        new("d", vec![1, 1]),
        new("e", vec![0, 1]),
        old("b", vec![1, 0]),
        old("c", vec![1, 0]),
    ];
    assert_eq!(categories(&trend), expected);
    let reds: Vec<_> = trend.rows[0].cells.iter().map(|cell| cell.services.red).collect();
    assert_eq!((reds, trend.rows[0].changes.dropped), (vec![0, 1], 1), "the trend crosses the renaming");
}

#[test]
fn a_category_has_the_newest_name_that_anybody_used_by_then() {
    let names = |until: &str| {
        let trend = by_month(&one(MOVED, "2026-05-01"), By::Category, "2026-01-01", until);
        categories(&trend).into_iter().map(|(id, ..)| id.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("2026-01-31"), ["a", "b", "c", "d"]);
    assert_eq!(names("2026-02-28")[0], "alpha");
}
