//! What answers say about a rubric's questions. Each sign has its boundary here.

mod always_green;
mod contested;
mod mostly_not_applicable;
mod mostly_unjudged;
mod never_confirmed;
mod red_without_guidance;

use fundamentals::eval::{
    CategoryHealth, Outlook, Population, RubricHealth, Selection, SignKind, rubric_health,
};
use fundamentals::model::{Estate, RubricKey};

use crate::support::{self, day};

const TODAY: &str = "2026-06-30";
const SINCE: &str = "2025-06-30";
/// On this day a colour is exactly as old as it may be; a day earlier it is stale.
const LAST_FRESH: &str = "2026-03-10";

/// Some services, each with these assessments.
fn estate(kinds: &[(usize, &str)]) -> Estate {
    let bodies = kinds.iter().flat_map(|(count, body)| std::iter::repeat_n(*body, *count));
    let services = bodies.enumerate().map(|(at, body)| {
        let assessments = if body.is_empty() { String::new() } else { format!("assessments:\n{body}") };
        support::service(&format!("s{at}"), &assessments)
    });
    support::estate(&services.collect::<Vec<_>>(), TODAY)
}

/// One assessment by version 1.
fn on(date: &str, scores: &str) -> String {
    by("r@1", date, scores)
}

fn by(rubric: &str, date: &str, scores: &str) -> String {
    format!("  - {{ date: {date}, rubric: {rubric}, scores: {{ {scores} }} }}\n")
}

/// A category judged on several days.
fn judged(answers: &[(&str, &str)]) -> String {
    answers.iter().map(|(date, answer)| on(date, &format!("a: {answer}"))).collect()
}

fn health<'e>(estate: &'e Estate, rubric: &str) -> RubricHealth<'e> {
    let key = RubricKey::parse(rubric).expect("a key");
    let rubric = estate.rubrics.get(&key).expect("the rubric is there");
    rubric_health(estate, &Selection::default(), rubric, day(SINCE), day(TODAY))
}

fn category<'e>(estate: &'e Estate, rubric: &str, id: &str) -> CategoryHealth<'e> {
    let mut categories = health(estate, rubric).categories.into_iter();
    categories.find(|health| health.category.id.as_str() == id).expect("the category is there")
}

/// So many of so many, if a category of version 1 shows a sign.
fn sign(estate: &Estate, id: &str, kind: SignKind) -> Option<(usize, usize)> {
    sign_in(estate, "r@1", id, kind)
}

fn sign_in(estate: &Estate, rubric: &str, id: &str, kind: SignKind) -> Option<(usize, usize)> {
    let signs = category(estate, rubric, id).signs;
    signs.iter().find(|sign| sign.kind == kind).map(|sign| (sign.share.count, sign.share.of))
}

#[test]
fn of_two_services_nothing_is_claimed() {
    let all = "a: red, b: { rag: not-applicable, because: so }, d: green";
    let estate = |count| estate(&[(count, &on("2025-01-01", all))]);
    let two = estate(2);
    for category in health(&two, "r@1").categories {
        assert_eq!((category.signs.len(), category.outlook()), (0, Outlook::TooFew));
    }
    let three = estate(3);
    for category in health(&three, "r@1").categories {
        assert_eq!(category.outlook(), Outlook::Signs, "{}", category.category.id);
    }
}

#[test]
fn too_few_colours_are_not_the_same_as_nothing_standing_out() {
    let (answered, silent) = (judged(&[("2026-06-01", "green")]), on("2026-06-01", "b: green"));
    let outlook = |kinds: &[(usize, &str)]| category(&estate(kinds), "r@1", "a").outlook();
    assert_eq!(outlook(&[(3, &answered)]), Outlook::Unremarkable);
    assert_eq!(outlook(&[(2, &answered), (2, &silent)]), Outlook::TooFew);
}

#[test]
fn who_is_judged_by_a_newer_version_or_another_rubric_is_not_looked_at() {
    let old = on("2026-01-01", "a: green");
    let newer = by("r@2", "2026-01-01", "alpha: green");
    let other = by("fundamentals@2", "2026-01-01", "logging: green");
    let estate = estate(&[(3, &old), (2, &newer), (1, &other), (1, "")]);
    let services = |rubric| health(&estate, rubric).services;
    assert_eq!(services("r@1"), Population { looked_at: 3, never_assessed: 1, elsewhere: 3 });
    assert_eq!(services("r@2"), Population { looked_at: 5, never_assessed: 1, elsewhere: 1 });
    assert_eq!(services("fundamentals@2"), Population { looked_at: 1, never_assessed: 1, elsewhere: 5 });
}
