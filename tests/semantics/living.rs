//! Services that move, retire, are renamed, and answer to several rubrics: the cases that must come out right.

use fundamentals::diag::Code;
use fundamentals::eval::{
    Base, By, Cadence, Counts, PeriodRange, Review, Row, Selection, Status, Trend, gate, periods, trend,
};
use fundamentals::model::{Colour, Date, DomainId, Estate, Identity};

use crate::support::{codes, day, estate, load, standing};

const TODAY: &str = "2026-11-20";
/// Days of reviews, the last of which is planned.
const REVIEWS: [&str; 3] = ["2026-07-15", "2026-09-30", "2026-12-15"];

/// A file whose keys are all given.
fn file(id: &str, keys: &str, assessments: &[&str]) -> (String, String) {
    let mut text = format!("service: {id}\n{keys}");
    if !assessments.is_empty() {
        text += "assessments:\n";
    }
    assessments.iter().for_each(|entry| text += &format!("  - {{ {entry} }}\n"));
    (format!("{id}.yaml"), text)
}

const SHOP: &str = "domain: shop\nplatform: web\nowner: one\ncriticality: low\n";

fn entry(date: &str, scores: &str) -> String {
    format!("date: {date}, rubric: r@1, scores: {{ {scores} }}")
}

fn three(keys_of_first: &str) -> Estate {
    let green = entry("2026-06-10", "a: green, b: green, c: green");
    let red = entry("2026-06-10", "a: red, b: amber");
    let later = entry("2026-11-03", "a: amber");
    let files = [
        file("one", keys_of_first, &[&green, &later]),
        file("two", SHOP, &[&red]),
        file("three", "domain: pay\nplatform: cards\ncriticality: low\n", &[&green]),
    ];
    estate(&files, TODAY)
}

fn trend_by(estate: &Estate, selection: &Selection, by: By, cadence: Cadence, until: &str) -> Trend {
    let range = PeriodRange { since: day("2026-06-01"), until: day(until), last: None };
    trend(estate, selection, by, periods(cadence, range, &REVIEWS.map(day)))
}

/// Each row with the columns of days before November.
fn past(trend: &Trend) -> Vec<String> {
    let ended = trend.periods.iter().filter(|period| period.as_of < day("2026-10-01")).count();
    let cells = |row: &Row| format!("{:?} {:?}", row.subject.domain, &row.cells[..ended]);
    let is_there = |row: &&Row| row.cells[..ended].iter().any(|cell| cell.services.total() > 0);
    trend.rows.iter().filter(is_there).chain([&trend.total]).map(cells).collect()
}

const MOVES: [(&str, &str); 5] = [
    ("domain: pay", "domain: shop"),
    ("platform: cards", "platform: web"),
    ("owner: two", "owner: one"),
    ("criticality: mission-critical\ngolden-thread: true", "criticality: low, golden-thread: false"),
    ("tags: [api]", "tags: []"),
];

/// The estate in which the first service is something else from November on, and the one in which it never was.
fn moved(now: &str, was: &str) -> [Estate; 2] {
    let key = |line: &str| line.split(':').next().map(str::to_owned);
    let kept = SHOP.lines().filter(|line| now.lines().all(|changed| key(changed) != key(line)));
    let kept = kept.fold(String::new(), |text, line| text + line + "\n");
    let keys = format!("{kept}{now}\npreviously:\n  - {{ until: 2026-10-31, {was} }}\n");
    [three(&keys), three(SHOP)]
}

fn selections() -> [Selection; 3] {
    let shop = Selection { domains: vec![DomainId::new("shop").expect("an id")], ..Selection::default() };
    let golden = Selection { golden_thread_only: true, ..Selection::default() };
    [Selection::default(), shop, golden]
}

#[test]
fn a_move_in_november_leaves_every_figure_of_september_as_it_was() {
    for (now, was) in MOVES {
        let [moved, unmoved] = moved(now, was);
        for cadence in [Cadence::Month, Cadence::Quarter, Cadence::Review] {
            for selection in selections() {
                for by in [By::Domain, By::Pillar, By::Category] {
                    let [moved, unmoved] = [&moved, &unmoved]
                        .map(|estate| past(&trend_by(estate, &selection, by, cadence, TODAY)));
                    assert_eq!(moved, unmoved, "{now} by {by:?} and {cadence:?}");
                }
            }
        }
    }
}

#[test]
fn the_then_of_a_pack_counts_who_was_there_then() {
    for (now, was) in MOVES {
        for (selection, estates) in selections().iter().map(|selection| (selection, moved(now, was))) {
            let [moved, unmoved] = estates.each_ref().map(|estate| {
                let review = Review::new(estate, selection, |_| day("2026-09-30"), day(TODAY));
                let trend = trend_by(estate, selection, By::Service, Cadence::Review, TODAY);
                let then = review.glance(|_| true).before;
                let september = trend.periods.iter().position(|period| period.as_of == day("2026-09-30"));
                let cell = &trend.total.cells[september.expect("a review")];
                assert_eq!(
                    (cell.services, cell.counts.applicable()),
                    (then.services, then.judgements.applicable())
                );
                let golden = review.glance(|identity: &Identity| identity.golden_thread).before;
                (then, golden)
            });
            assert_eq!(moved, unmoved, "{now}");
        }
    }
}

#[test]
fn a_provider_retired_in_the_change_that_moves_its_heirs_leaves_their_past_as_it_was() {
    let inherits = |date: &str, from: &str| entry(date, &format!("a: {{ inherited-from: {from} }}"));
    let (first, second) = (inherits("2026-06-10", "old"), inherits("2026-11-01", "new"));
    let red = entry("2026-06-01", "a: red");
    let old = |more: &str| file("old", &format!("{SHOP}{more}"), &[&red]);
    let new = file("new", SHOP, &[&red]);
    let base = estate(&[file("heir", SHOP, &[&first]), old("")], TODAY);
    let files = [file("heir", SHOP, &[&first, &second]), old("retired: 2026-11-01\n"), new];
    let loaded = load(&files, TODAY);
    assert_eq!(codes(&loaded), []);
    let now = loaded.estate;
    for on in ["2026-06-30", "2026-10-31"] {
        let [before, after] = [&base, &now].map(|estate| standing(estate, "heir", "a", on).status);
        assert_eq!((before, after), (Status::Rated(Colour::Red), Status::Rated(Colour::Red)), "{on}");
    }
    assert_eq!(standing(&now, "heir", "a", TODAY).status, Status::Rated(Colour::Red));
    let selection = Selection::default();
    assert!(!gate(&now, Base::Estate(&base), &selection, day(TODAY)).is_denied());
}

#[test]
fn only_an_entry_in_force_must_name_a_service_that_exists() {
    let gone = entry("2026-06-10", "a: { inherited-from: gone }, b: { inherited-from: gone }");
    let heir = |later: &[&str]| load(&[file("heir", SHOP, &[&[gone.as_str()], later].concat())], TODAY);
    let rated = entry("2026-07-10", "a: amber, b: green");
    let other_version = "date: 2026-07-10, rubric: r@2, scores: { alpha: amber, bc: green }".to_owned();
    let one_of_two = entry("2026-07-10", "a: amber");
    let confirmed = "date: 2026-07-10, rubric: r@1, confirmed: all".to_owned();
    for (later, errors) in [
        (vec![], 2),
        (vec![rated.as_str()], 0),
        (vec![other_version.as_str()], 0),
        (vec![one_of_two.as_str()], 1),
        (vec![confirmed.as_str()], 2),
    ] {
        assert_eq!(codes(&heir(&later)), vec![Code::UnknownProvider; errors], "{later:?}");
    }
}

#[test]
fn a_category_carried_over_from_an_unknown_provider_is_an_error_under_the_new_version_too() {
    let gone = entry("2026-06-10", "a: { inherited-from: gone }");
    let moved = "date: 2026-07-10, rubric: r@2, scores: { e: red }";
    assert_eq!(codes(&load(&[file("heir", SHOP, &[&gone, moved])], TODAY)), [Code::UnknownProvider]);
}

#[test]
fn a_service_retired_mid_month_is_out_of_that_months_column_and_in_the_one_before() {
    let keys = format!("{SHOP}retired: {{ on: 2026-09-15, because: Replaced by two }}\n");
    let estate = three(&keys);
    for by in [By::Service, By::Platform, By::Domain, By::Pillar, By::Category] {
        let trend = trend_by(&estate, &Selection::default(), by, Cadence::Month, TODAY);
        let services: Vec<_> = trend.total.cells.iter().map(|cell| cell.services.total()).collect();
        assert_eq!(services, [3, 3, 3, 2, 2, 2], "{by:?}");
        for (at, total) in trend.total.cells.iter().enumerate() {
            let mut sum = Counts::default();
            trend.rows.iter().for_each(|row| sum += row.cells[at].counts);
            assert_eq!(sum, total.counts, "{by:?}");
        }
    }
    let review = |today: Date, since: Date| {
        let selection = Selection::default();
        let review = Review::new(&estate, &selection, |_| since, today);
        let glance = review.glance(|_| true);
        (glance.before.services.total(), glance.now.services.total())
    };
    assert_eq!(review(day("2026-09-30"), day("2026-08-31")), (3, 2));
    assert_eq!(review(day("2026-09-14"), day("2026-08-31")), (3, 3));
    assert_eq!(review(day("2026-10-31"), day("2026-09-15")), (2, 2));
}

#[test]
fn a_planned_move_and_a_planned_retirement_count_from_their_day() {
    let keys = "domain: pay\nplatform: cards\ncriticality: low\nretired: 2027-03-01\npreviously:\n  \
                - { until: 2027-01-31, domain: shop }\n  - { until: 2026-06-30, domain: old }\n";
    let loaded = load(&[file("s", keys, &[&entry("2026-06-10", "a: green")])], TODAY);
    assert_eq!(codes(&loaded), []);
    let service = loaded.estate.service("s").expect("it is there");
    let domain = |on: &str| service.identity_on(day(on)).domain.to_string();
    assert_eq!(
        ["2026-06-30", "2026-07-01", TODAY, "2027-01-31", "2027-02-01"].map(domain),
        ["old", "shop", "shop", "shop", "pay"]
    );
    assert_eq!([TODAY, "2027-02-28", "2027-03-01"].map(|on| service.exists_on(day(on))), [true, true, false]);
}

#[test]
fn a_service_that_came_back_is_out_only_while_it_was_retired() {
    let keys = format!("{SHOP}previously:\n  - {{ until: 2026-09-30, retired: 2026-08-01 }}\n");
    let trend = trend_by(&three(&keys), &Selection::default(), By::Domain, Cadence::Month, TODAY);
    let services: Vec<_> = trend.total.cells.iter().map(|cell| cell.services.total()).collect();
    assert_eq!(services, [3, 3, 2, 2, 3, 3]);
}

#[test]
fn every_old_id_of_a_service_renamed_twice_means_it() {
    let inherits = entry("2026-06-12", "a: { inherited-from: first }, b: { inherited-from: second }");
    let third = format!("{SHOP}renamed-from: [first, second]\n");
    let files =
        [file("heir", SHOP, &[&inherits]), file("third", &third, &[&entry("2026-06-10", "a: red, b: red")])];
    let estate = estate(&files, TODAY);
    for category in ["a", "b"] {
        let found = standing(&estate, "heir", category, TODAY);
        assert_eq!(found.status, Status::Rated(Colour::Red));
        assert_eq!(found.provider.map(|id| id.as_str()), Some("third"));
    }
}
