//! A confirmation of something that was never judged.

use super::Surroundings;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Assessment, Bar, CategoryIx, Confirmed, Service};
use crate::score::held_before;
use crate::source::Span;

pub(super) fn check(service: &Service, around: &Surroundings<'_>, problems: &mut Problems) {
    for assessment in &service.assessments {
        let Confirmed::These(categories) = &assessment.confirmed else { continue };
        for (category, span) in categories {
            // Judged in the same assessment: redundant, and that is said elsewhere.
            if !assessment.judgements.iter().any(|judgement| judgement.category == *category) {
                check_one(service, assessment, *category, *span, around, problems);
            }
        }
    }
}

fn check_one(
    service: &Service,
    assessment: &Assessment,
    category: CategoryIx,
    span: Span,
    around: &Surroundings<'_>,
    problems: &mut Problems,
) {
    let rubrics = &around.estate.rubrics;
    let held = held_before(service, rubrics, assessment.date, &assessment.rubric, category);
    let label = match held.map(|held| held.bar) {
        Some(Bar::Same) => return,
        Some(Bar::Raised) => format!("{} raised the bar: judge it again", assessment.rubric.key()),
        None => format!("not judged before {}", assessment.date),
    };
    let id = &assessment.rubric.category(category).id;
    let problem =
        Diagnostic::new(Code::NeverJudged, format!("`{id}` is confirmed, but there is nothing to confirm"));
    problems.push(
        problem.at(span, label).help(format!("judge it under `scores:`, or remove `{id}` from `confirmed`")),
    );
}
