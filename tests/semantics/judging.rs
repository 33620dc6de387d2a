//! One service under one rubric: carrying forward, confirming, ageing, counting.

use fundamentals::diag::Code;
use fundamentals::eval::{Counts, RollUp, Status, service_state_in};
use fundamentals::model::Colour;

use crate::support::{codes, day, load, one, service, standing, state};

const RED: Status = Status::Rated(Colour::Red);
const AMBER: Status = Status::Rated(Colour::Amber);
const GREEN: Status = Status::Rated(Colour::Green);

const TWO_ASSESSMENTS: &str = "
assessments:
  - { date: 2026-01-10, rubric: r@1, scores: { a: red, b: amber } }
  - { date: 2026-03-10, rubric: r@1, scores: { a: green }, confirmed: [b] }
";

#[test]
fn a_judgement_holds_until_the_category_is_judged_again() {
    let estate = one(TWO_ASSESSMENTS, "2026-04-01");
    assert_eq!(standing(&estate, "s", "a", "2026-03-09").status, RED);
    assert_eq!(standing(&estate, "s", "a", "2026-03-10").status, GREEN);
    assert_eq!(standing(&estate, "s", "b", "2026-12-31").status, AMBER);
}

#[test]
fn a_category_never_judged_is_not_assessed_and_not_green() {
    let estate = one(TWO_ASSESSMENTS, "2026-04-01");
    assert_eq!(standing(&estate, "s", "c", "2026-04-01").status, Status::NotAssessed);
    let rubric = &estate.services()[0].assessments[0].rubric;
    let before = service_state_in(&estate, &estate.services()[0], day("2026-01-09"), rubric);
    assert!(before.categories().all(|(_, _, standing)| standing.status == Status::NotAssessed));
}

#[test]
fn age_counts_from_the_day_a_category_was_last_judged_or_confirmed() {
    let estate = one(TWO_ASSESSMENTS, "2026-04-01");
    let on = day("2026-03-20");
    assert_eq!(standing(&estate, "s", "b", "2026-02-10").age_in_days(day("2026-02-10")), Some(31));
    assert_eq!(standing(&estate, "s", "b", "2026-03-20").age_in_days(on), Some(10), "confirmed");
    assert_eq!(standing(&estate, "s", "a", "2026-03-20").age_in_days(on), Some(10), "judged");
    assert_eq!(standing(&estate, "s", "c", "2026-03-20").age_in_days(on), None, "never");
}

#[test]
fn confirming_changes_neither_the_colour_nor_the_day_it_began() {
    let estate = one(TWO_ASSESSMENTS, "2026-04-01");
    let judged = standing(&estate, "s", "b", "2026-04-01").judged.expect("judged");
    assert_eq!((judged.on, judged.since), (day("2026-01-10"), day("2026-01-10")));
    assert_eq!(judged.reviewed, day("2026-03-10"));
}

#[test]
fn judging_the_same_again_keeps_the_day_since_which_it_holds() {
    let text = "
assessments:
  - { date: 2026-01-10, rubric: r@1, scores: { a: red } }
  - { date: 2026-02-10, rubric: r@1, scores: { a: { rag: red, because: still } } }
  - { date: 2026-03-10, rubric: r@1, scores: { a: amber } }
  - { date: 2026-04-10, rubric: r@1, scores: { a: red } }
";
    let estate = one(text, "2026-05-01");
    let since = |on| standing(&estate, "s", "a", on).judged.expect("judged").since;
    assert_eq!(since("2026-03-01"), day("2026-01-10"));
    assert_eq!(since("2026-05-01"), day("2026-04-10"));
}

#[test]
fn confirmed_all_means_everything_judged_before_and_nothing_else() {
    let text = "
assessments:
  - { date: 2026-01-10, rubric: r@1, scores: { a: red, b: amber } }
  - { date: 2026-02-10, rubric: r@1, confirmed: all }
";
    let estate = one(text, "2026-05-01");
    for category in ["a", "b"] {
        let judged = standing(&estate, "s", category, "2026-05-01").judged.expect("judged");
        assert_eq!(judged.reviewed, day("2026-02-10"), "{category}");
    }
    assert_eq!(standing(&estate, "s", "c", "2026-05-01").status, Status::NotAssessed);
}

#[test]
fn confirming_what_was_never_judged_is_an_error() {
    let text = "
assessments:
  - { date: 2026-01-10, rubric: r@1, scores: { a: red }, confirmed: [b] }
  - { date: 2026-02-10, rubric: r@1, scores: { b: red } }
";
    assert_eq!(codes(&load(&[service("s", text)], "2026-05-01")), [Code::NeverJudged]);
}

#[test]
fn a_colour_is_stale_after_the_weeks_set_and_not_on_the_last_day_of_them() {
    let estate = one("assessments: [{ date: 2026-01-01, rubric: r@1, scores: { a: green } }]", "2026-12-01");
    assert!(!standing(&estate, "s", "a", "2026-04-23").is_stale, "16 weeks");
    assert!(standing(&estate, "s", "a", "2026-04-24").is_stale, "16 weeks and a day");
    assert_eq!(standing(&estate, "s", "a", "2026-12-01").status, GREEN, "a mark, not a state");
}

#[test]
fn not_applicable_is_outside_the_denominator() {
    let text = "
assessments:
  - date: 2026-01-10
    rubric: r@1
    scores: { a: green, b: amber, c: { rag: not-applicable, because: no data of its own } }
";
    let estate = one(text, "2026-05-01");
    let counts = state(&estate, "s", "2026-05-01").counts();
    assert_eq!(counts, Counts { green: 1, amber: 1, not_applicable: 1, not_assessed: 1, ..counts_none() });
    assert_eq!(counts.applicable(), 3);
}

fn counts_none() -> Counts {
    Counts { stale: 0, ..Counts::default() }
}

#[test]
fn a_category_that_the_rubric_does_not_ask_is_not_applicable_unless_judged_all_the_same() {
    let head = "service: s\ndomain: d\nplatform: p\ncriticality: low\n";
    let not_asked =
        format!("{head}assessments: [{{ date: 2026-01-10, rubric: r@1, scores: {{ a: green }} }}]\n");
    let answered = not_asked.replace("a: green", "a: green, d: red");
    let status = |text: String| {
        let estate = crate::support::estate(&[("s.yaml".to_owned(), text)], "2026-05-01");
        standing(&estate, "s", "d", "2026-05-01").status
    };
    assert_eq!(status(not_asked), Status::NotApplicable);
    assert_eq!(status(answered), RED);
}

#[test]
fn a_service_is_green_only_when_everything_applicable_is() {
    let green = "assessments: [{ date: 2026-01-10, rubric: r@1, scores: { a: green, b: green, c: green, d: green } }]";
    assert_eq!(state(&one(green, "2026-05-01"), "s", "2026-05-01").colour(), RollUp::Green);
    let gap = green.replace(", d: green", "");
    assert_eq!(state(&one(&gap, "2026-05-01"), "s", "2026-05-01").colour(), RollUp::Incomplete);
    assert_eq!(state(&one(green, "2026-05-01"), "s", "2026-01-09").colour(), RollUp::NotAssessed);
}

#[test]
fn the_order_of_assessments_in_the_file_does_not_matter() {
    let text = "
assessments:
  - { date: 2026-03-10, rubric: r@1, scores: { a: green }, confirmed: [b] }
  - { date: 2026-01-10, rubric: r@1, scores: { a: red, b: amber } }
";
    let estate = one(text, "2026-04-01");
    assert_eq!(standing(&estate, "s", "a", "2026-04-01").status, GREEN);
}

#[test]
fn a_category_is_asked_of_services_of_its_criticality_and_of_no_others() {
    let rubric = crate::support::RUBRICS[0].1.replace("id = \"r\"", "id = \"vital\"");
    let rubric = rubric.replace("{ tags = [\"api\"] }", "{ criticality = [\"mission-critical\"] }");
    let status = |criticality: &str| {
        let text = format!(
            "service: s\ndomain: d\nplatform: p\ncriticality: {criticality}\nassessments: [{{ date: 2026-01-10, rubric: vital@1, scores: {{ a: green }} }}]\n"
        );
        let loaded = fundamentals::load::load_texts(None, &[("v.toml", &rubric)], &[("s.yaml", &text)]);
        assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        standing(&loaded.estate, "s", "d", "2026-05-01").status
    };
    assert_eq!(status("low"), Status::NotApplicable);
    assert_eq!(status("mission-critical"), Status::NotAssessed);
}
