//! One service's category done by another.

use fundamentals::diag::Code;
use fundamentals::eval::{MAX_PROVIDERS, Status};
use fundamentals::model::Colour;

use crate::support::{codes, day, estate, load, service, standing};

const INHERITS: &str =
    "assessments: [{ date: 2026-01-10, rubric: r@1, scores: { a: { inherited-from: gateway } } }]";

#[test]
fn an_inherited_category_has_the_providers_colour_of_the_same_day() {
    let gateway = "
assessments:
  - { date: 2026-02-10, rubric: r@1, scores: { a: amber } }
  - { date: 2026-03-10, rubric: r@1, scores: { a: red } }
";
    let estate = estate(&[service("s", INHERITS), service("gateway", gateway)], "2026-05-01");
    let on = |on| standing(&estate, "s", "a", on);
    assert_eq!(on("2026-02-09").status, Status::NotAssessed, "the provider was not assessed yet");
    assert_eq!(on("2026-02-10").status, Status::Rated(Colour::Amber));
    assert_eq!(on("2026-05-01").status, Status::Rated(Colour::Red));
    assert_eq!(on("2026-05-01").provider.map(|id| id.as_str()), Some("gateway"), "and is marked");
}

#[test]
fn an_inherited_colour_is_as_old_as_the_providers() {
    let gateway = "assessments: [{ date: 2025-01-10, rubric: r@1, scores: { a: green } }]";
    let estate = estate(&[service("s", INHERITS), service("gateway", gateway)], "2026-05-01");
    let inherited = standing(&estate, "s", "a", "2026-01-10");
    assert_eq!(inherited.age_in_days(day("2026-01-10")), Some(365));
    assert!(inherited.is_stale);
}

#[test]
fn what_the_provider_finds_not_applicable_is_not_applicable() {
    let gateway = "assessments: [{ date: 2026-01-01, rubric: r@1, scores: { a: { rag: not-applicable, because: x } } }]";
    let estate = estate(&[service("s", INHERITS), service("gateway", gateway)], "2026-05-01");
    assert_eq!(standing(&estate, "s", "a", "2026-05-01").status, Status::NotApplicable);
}

#[test]
fn inheritance_is_followed_through_several_services() {
    let gateway = INHERITS.replace("gateway", "edge");
    let edge = "assessments: [{ date: 2026-01-01, rubric: r@1, scores: { a: amber } }]";
    let services = [service("s", INHERITS), service("gateway", &gateway), service("edge", edge)];
    let estate = estate(&services, "2026-05-01");
    assert_eq!(standing(&estate, "s", "a", "2026-05-01").status, Status::Rated(Colour::Amber));
}

#[test]
fn a_missing_provider_is_an_error_of_the_one_who_names_it() {
    let other = "assessments: [{ date: 2026-01-01, rubric: r@1, scores: { a: amber } }]";
    let loaded = load(&[service("s", INHERITS), service("other", other)], "2026-05-01");
    assert_eq!(codes(&loaded), [Code::UnknownProvider]);
    assert_eq!(loaded.estate.unreadable(), ["s"]);
    assert!(loaded.estate.service("other").is_some());
}

#[test]
fn a_provider_whose_file_has_errors_is_unknown_not_missing() {
    let broken = "assessments: [{ date: 2026-01-01, rubric: r@1, scores: { a: yellow } }]";
    let loaded = load(&[service("s", INHERITS), service("gateway", broken)], "2026-05-01");
    assert_eq!(codes(&loaded), [Code::InvalidColour]);
    assert_eq!(standing(&loaded.estate, "s", "a", "2026-05-01").status, Status::NotAssessed);
}

#[test]
fn a_circle_is_an_error_of_everyone_in_it_and_of_nobody_else() {
    let services = [
        service("s", INHERITS),
        service("gateway", &INHERITS.replace("gateway", "edge")),
        service("edge", &INHERITS.replace("gateway", "s")),
        service("outside", INHERITS),
    ];
    let loaded = load(&services, "2026-05-01");
    assert_eq!(codes(&loaded), [Code::InheritedLoop; 3]);
    assert_eq!(loaded.estate.unreadable(), ["edge", "gateway", "s"]);
    assert_eq!(standing(&loaded.estate, "outside", "a", "2026-05-01").status, Status::NotAssessed);
}

#[test]
fn a_service_that_inherits_from_itself_is_a_circle() {
    let loaded = load(&[service("s", &INHERITS.replace("gateway", "s"))], "2026-05-01");
    assert_eq!(codes(&loaded), [Code::InheritedLoop]);
}

#[test]
fn two_services_may_inherit_from_each_other_one_after_the_other() {
    let first = "
assessments:
  - { date: 2026-01-10, rubric: r@1, scores: { a: { inherited-from: gateway } } }
  - { date: 2026-02-10, rubric: r@1, scores: { a: green } }
";
    let gateway = "
assessments:
  - { date: 2026-01-01, rubric: r@1, scores: { a: amber } }
  - { date: 2026-03-10, rubric: r@1, scores: { a: { inherited-from: s } } }
";
    let estate = estate(&[service("s", first), service("gateway", gateway)], "2026-05-01");
    assert_eq!(standing(&estate, "gateway", "a", "2026-05-01").status, Status::Rated(Colour::Green));
}

#[test]
fn a_circle_that_nobody_has_checked_ends_all_the_same() {
    let [s, gateway] = [service("s", INHERITS), service("gateway", &INHERITS.replace("gateway", "s"))];
    let files = [(s.0.as_str(), s.1.as_str()), (gateway.0.as_str(), gateway.1.as_str())];
    let unchecked = fundamentals::load::load_texts(None, &*crate::support::RUBRICS, &files);
    assert_eq!(standing(&unchecked.estate, "s", "a", "2026-05-01").status, Status::NotAssessed);
}

/// A provider that was green in everything by version 1, and judges by version 2 since March.
fn moved_on(scores: &str) -> String {
    format!(
        "
assessments:
  - {{ date: 2026-01-01, rubric: r@1, scores: {{ a: green, b: green, c: green, d: green }} }}
  - {{ date: 2026-03-10, rubric: r@2, scores: {{ {scores} }} }}
"
    )
}

#[test]
fn a_provider_that_moved_on_is_still_followed_by_those_who_did_not() {
    let heir = "
assessments:
  - date: 2026-01-10
    rubric: r@1
    scores: { a: { inherited-from: gateway }, b: { inherited-from: gateway }, d: { inherited-from: gateway } }
";
    let status = |scores, category, on| {
        let estate = estate(&[service("s", heir), service("gateway", &moved_on(scores))], "2026-05-01");
        standing(&estate, "s", category, on).status
    };
    let red = Status::Rated(Colour::Red);
    let green = Status::Rated(Colour::Green);
    assert_eq!(status("alpha: red", "a", "2026-03-09"), green);
    assert_eq!(status("alpha: red", "a", "2026-05-01"), red, "renamed");
    assert_eq!(status("bc: red", "b", "2026-05-01"), red, "merged");
    assert_eq!(status("d: red", "d", "2026-05-01"), red, "by the stricter bar, which is never better");
    assert_eq!(status("e: red", "a", "2026-05-01"), green, "carried, not judged anew");
    assert_eq!(status("e: red", "d", "2026-05-01"), green, "the old bar still holds for who is judged by it");
}

#[test]
fn an_inherited_category_clears_a_raised_bar_with_its_provider() {
    let heir = "
assessments:
  - { date: 2026-01-10, rubric: r@1, scores: { d: { inherited-from: gateway } } }
  - { date: 2026-03-20, rubric: r@2 }
";
    let status = |scores| {
        let estate = estate(&[service("s", heir), service("gateway", &moved_on(scores))], "2026-05-01");
        standing(&estate, "s", "d", "2026-05-01").status
    };
    assert_eq!(
        status("e: green"),
        Status::NeedsRescore(Colour::Green),
        "the provider has not judged it again"
    );
    assert_eq!(status("d: amber"), Status::Rated(Colour::Amber));
}

/// Services that each inherit a category from the next; the last is green in it.
fn chain(services: usize) -> Vec<(String, String)> {
    let rest = |at: usize| {
        let last = at + 1 == services;
        let score = if last { "green".to_owned() } else { format!("{{ inherited-from: s{} }}", at + 1) };
        format!("assessments: [{{ date: 2026-01-10, rubric: r@1, scores: {{ a: {score} }} }}]")
    };
    (0..services).map(|at| service(&format!("s{at}"), &rest(at))).collect()
}

#[test]
fn a_category_is_inherited_through_100_services_and_not_through_more() {
    let loaded = load(&chain(MAX_PROVIDERS + 1), "2026-05-01");
    assert_eq!(codes(&loaded), []);
    assert_eq!(standing(&loaded.estate, "s0", "a", "2026-05-01").status, Status::Rated(Colour::Green));
    let loaded = load(&chain(MAX_PROVIDERS + 2), "2026-05-01");
    assert_eq!(codes(&loaded), [Code::InheritedLoop]);
    assert_eq!(loaded.estate.unreadable(), ["s0"]);
}

#[test]
fn thousands_of_services_that_inherit_from_each_other_are_looked_at_in_time() {
    let loaded = load(&chain(3000), "2026-05-01");
    assert_eq!(loaded.estate.unreadable().len(), 3000 - MAX_PROVIDERS - 1);
}
