//! Entries of a day that has begun elsewhere and not here: they count from today, and move nothing else.

use fundamentals::check;
use fundamentals::diag::Code;
use fundamentals::eval::{ActionStatus, Status, action_status, promises};
use fundamentals::load::{Loaded, load_texts};
use fundamentals::model::{Clock, Colour, Date, Estate, WaiverState};

use crate::support::{RUBRICS, codes, day, service, standing};

/// Today; elsewhere it is tomorrow already.
const TODAY: &str = "2026-11-30";
const TOMORROW: &str = "2026-12-01";
const DAY_AFTER: &str = "2026-12-02";

fn clock(latest_day: &str) -> Clock {
    Clock { today: day(TODAY), latest_day: day(latest_day) }
}

/// Services, loaded and checked where it is tomorrow elsewhere.
fn load(services: &[(String, String)]) -> Loaded {
    load_at(services, clock(TOMORROW))
}

fn load_at(services: &[(String, String)], clock: impl Into<Clock>) -> Loaded {
    let services: Vec<_> = services.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut loaded = load_texts(None, &*RUBRICS, &services);
    check::check(&mut loaded, clock);
    loaded
}

fn assessed(entries: &[(&str, &str)]) -> String {
    let entries = entries.iter();
    let entries = entries.map(|(date, rest)| format!("  - {{ date: {date}, rubric: r@1, {rest} }}\n"));
    format!("assessments:\n{}", entries.collect::<String>())
}

fn status(estate: &Estate, id: &str, category: &str) -> Status {
    standing(estate, id, category, TODAY).status
}

/// A service that was assessed in October, and more.
fn also(more: &str) -> (String, String) {
    service("s", &(assessed(&[("2026-10-01", "scores: { a: green }")]) + more))
}

const RED: Status = Status::Rated(Colour::Red);
const GREEN: Status = Status::Rated(Colour::Green);

#[test]
fn only_a_day_after_today_and_up_to_the_latest_has_begun_elsewhere() {
    let clock = clock(TOMORROW);
    let days = ["2026-11-29", TODAY, TOMORROW, DAY_AFTER].map(day);
    assert_eq!(days.map(|day| clock.has_begun_elsewhere(day)), [false, false, true, false]);
    let counted = ["2026-11-29", TODAY, TODAY, DAY_AFTER].map(day);
    assert_eq!(days.map(|day| clock.counts_from(day)), counted);
}

#[test]
fn an_assessment_of_a_day_that_has_begun_elsewhere_counts_from_today() {
    let history = assessed(&[("2026-10-01", "scores: { a: green }"), (TOMORROW, "scores: { a: red }")]);
    let loaded = load(&[service("s", &history)]);
    assert_eq!(codes(&loaded), []);
    let now = standing(&loaded.estate, "s", "a", TODAY);
    assert_eq!(now.status, RED);
    assert_eq!(now.judged.expect("it was rated").since, day(TODAY));
    assert_eq!(standing(&loaded.estate, "s", "a", "2026-11-29").status, GREEN);
}

#[test]
fn what_is_dated_on_a_day_that_has_begun_nowhere_is_an_error() {
    let entries = |date: &str| {
        [
            format!("  - {{ date: {date}, rubric: r@1, scores: {{ a: red }} }}\n"),
            format!("actions: [{{ what: x, raised: {date} }}]"),
            format!("actions: [{{ what: x, raised: 2026-10-01, done: {date} }}]"),
            format!(
                "waivers: [{{ category: a, raised: {date}, until: 2027-01-01, because: ok then, approved-by: head }}]"
            ),
        ]
    };
    let has_error = |entry: &str, clock: Clock| {
        let loaded = load_at(&[also(entry)], clock);
        assert_eq!(loaded.estate.service("s").is_none(), codes(&loaded).contains(&Code::FutureDate));
        loaded.estate.service("s").is_none()
    };
    for entry in entries(DAY_AFTER) {
        assert!(has_error(&entry, clock(TOMORROW)), "{entry}");
        assert!(!has_error(&entry, clock(DAY_AFTER)), "{entry}");
    }
    for entry in entries(TOMORROW) {
        assert!(has_error(&entry, Clock::from(day(TODAY))), "{entry}");
    }
}

#[test]
fn an_assessment_of_tomorrow_wins_over_one_of_today_in_whatever_order_they_are_written() {
    let entries = [(TODAY, "scores: { a: green, b: red }"), (TOMORROW, "scores: { a: red }")];
    let reversed: Vec<_> = entries.iter().rev().copied().collect();
    for history in [assessed(&entries), assessed(&reversed)] {
        let loaded = load(&[service("s", &history)]);
        assert_eq!(codes(&loaded), []);
        assert_eq!(status(&loaded.estate, "s", "a"), RED);
        assert_eq!(status(&loaded.estate, "s", "b"), RED);
    }
}

#[test]
fn tomorrow_confirms_what_was_rated_today() {
    let history = assessed(&[(TODAY, "scores: { a: green }"), (TOMORROW, "confirmed: [a]")]);
    let loaded = load(&[service("s", &history)]);
    assert_eq!(codes(&loaded), []);
    assert_eq!(status(&loaded.estate, "s", "a"), GREEN);
}

#[test]
fn a_service_counts_on_the_day_as_if_its_entries_were_dated_today() {
    let text = |date: &str| {
        assessed(&[
            ("2026-10-01", "scores: { a: green, b: red }"),
            (date, "scores: { a: red }, confirmed: [b]"),
        ]) + &format!("actions: [{{ what: x, raised: {date}, done: {date} }}]\n")
    };
    let early = load_at(&[service("s", &text(DAY_AFTER))], clock(DAY_AFTER));
    let here = load_at(&[service("s", &text(TODAY))], day(TODAY));
    let facts = |loaded: &Loaded| {
        let service = loaded.estate.service("s").expect("it is valid").clone();
        let days: Vec<Date> = service.assessments.iter().map(|assessment| assessment.date).collect();
        let action = &service.actions[0];
        let of = |category| {
            let standing = standing(&loaded.estate, "s", category, TODAY);
            standing.judged.map(|judged| (standing.status, judged.since, judged.reviewed))
        };
        (days, action.raised, action.done, of("a"), of("b"))
    };
    assert_eq!(facts(&early), facts(&here));
}

#[test]
fn an_early_entry_of_one_service_leaves_every_other_as_it_is() {
    let other = service(
        "other",
        &(assessed(&[("2026-10-01", "scores: { a: red }")])
            + &format!("actions: [{{ what: x, raised: 2026-10-01, due: {TODAY} }}]\n")
            + &format!(
                "waivers: [{{ category: a, raised: 2026-10-01, until: {TODAY}, because: ok then, approved-by: head }}]\n"
            )),
    );
    let early = service("s", &assessed(&[(TOMORROW, "scores: { a: red }")]));
    let loaded = load(&[other, early]);
    assert_eq!(codes(&loaded), [], "no waiver has expired");
    let other = loaded.estate.service("other").expect("it is valid");
    assert_eq!(action_status(&other.actions[0], day(TODAY)), ActionStatus::Open);
    let policy = &loaded.estate.settings.waivers;
    assert_eq!(
        policy.judge(other.identity_on(day(TODAY)), &other.waivers[0], day(TODAY)),
        WaiverState::InForce
    );
    assert_eq!(loaded.early.iter().map(|service| service.id.as_str()).collect::<Vec<_>>(), ["s"]);
}

#[test]
fn an_action_raised_tomorrow_is_open_and_one_done_tomorrow_is_done() {
    let actions = format!(
        "actions:\n  - {{ what: x, raised: {TOMORROW}, due: 2026-12-20 }}\n  \
         - {{ what: y, raised: 2026-10-01, due: 2026-12-20, done: {TOMORROW} }}\n"
    );
    let loaded = load(&[also(&actions)]);
    let service = loaded.estate.service("s").expect("it is valid");
    let open = promises(service, day(TODAY));
    assert_eq!(open.iter().map(|promise| promise.action.what.as_str()).collect::<Vec<_>>(), ["x"]);
    assert_eq!(action_status(&service.actions[1], day(TODAY)), ActionStatus::Kept);
}

#[test]
fn the_time_of_a_waiver_raised_tomorrow_begins_tomorrow() {
    let state = |until: &str| {
        let waiver = format!(
            "waivers: [{{ category: a, raised: {TOMORROW}, until: {until}, because: ok then, approved-by: head }}]"
        );
        let loaded = load(&[also(&waiver)]);
        let service = loaded.estate.service("s").expect("it is valid");
        loaded.estate.settings.waivers.judge(service.identity_on(day(TODAY)), &service.waivers[0], day(TODAY))
    };
    // 26 weeks after it was raised.
    assert_eq!(state("2027-06-01"), WaiverState::InForce);
    assert_eq!(state("2027-06-02"), WaiverState::TooLong(day("2027-06-01")));
}

#[test]
fn an_heir_has_the_colour_that_its_provider_was_rated_elsewhere_tomorrow() {
    let provider = assessed(&[("2026-10-01", "scores: { a: green }"), (TOMORROW, "scores: { a: red }")]);
    let heir = assessed(&[("2026-10-01", "scores: { a: { inherited-from: gateway } }")]);
    let loaded = load(&[service("gateway", &provider), service("s", &heir)]);
    assert_eq!(status(&loaded.estate, "s", "a"), RED);
}

#[test]
fn dates_are_held_against_each_other_as_they_are_written() {
    let done = format!("actions: [{{ what: x, raised: {TOMORROW}, done: {TODAY} }}]");
    assert_eq!(codes(&load(&[also(&done)])), [Code::DoneBeforeRaised]);
    let due = format!("actions: [{{ what: x, raised: {TOMORROW}, due: {TODAY} }}]");
    assert_eq!(codes(&load(&[also(&due)])), [Code::DueBeforeRaised]);
    let twice = assessed(&[(TOMORROW, "scores: { a: red }"), (TOMORROW, "scores: { b: red }")]);
    assert_eq!(codes(&load(&[service("s", &twice)])), [Code::DuplicateAssessment]);
}

#[test]
fn a_rubric_published_tomorrow_may_be_used_where_it_is_tomorrow() {
    let rubrics = RUBRICS.map(|(path, text)| (path, text.replace("2022-01-01", TOMORROW)));
    let rubrics: Vec<_> = rubrics.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let (path, text) = service("s", &assessed(&[(TOMORROW, "scores: { alpha: red }")]).replace("r@1", "r@3"));
    let mut loaded = load_texts(None, &rubrics, &[(&path, &text), ("t.yaml", &service("t", "").1)]);
    check::check(&mut loaded, clock(TOMORROW));
    assert!(!loaded.problems.has_errors());
    // Another file changes: what was written is still held against what was written.
    let text = service("t", &assessed(&[(TODAY, "scores: { a: red }")])).1;
    let mut changed = loaded.with_service_file("t.yaml", text);
    check::check(&mut changed, clock(TOMORROW));
    assert!(!changed.problems.has_errors());
    assert_eq!(status(&changed.estate, "s", "alpha"), RED);
    assert_eq!(changed.early.len(), 1);
}
