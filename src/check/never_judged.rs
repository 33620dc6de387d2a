//! A confirmation of something that was never judged.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::eval::{NamedConfirmation, confirmations};
use crate::model::{Bar, Service};

pub(super) fn check(service: &Service, context: &CheckContext<'_>, problems: &mut Problems) {
    for NamedConfirmation { assessment, category, span, held } in
        confirmations(service, &context.estate.rubrics)
    {
        // Rated in the same assessment: `redundant-confirmation` reports it.
        if assessment.judgements.iter().any(|judgement| judgement.category == category) {
            continue;
        }
        let label = match held {
            Some(Bar::Same) => continue,
            Some(Bar::Raised) => format!("{} raised the bar: judge it again", assessment.rubric.key()),
            None => format!("not judged before {}", assessment.date),
        };
        let id = &assessment.rubric.category(category).id;
        let title = format!("`{id}` is confirmed, but there is nothing to confirm");
        let problem = Diagnostic::new(Code::NeverJudged, title).at(span, label);
        problems.push(problem.help(format!("judge it under `scores:`, or remove `{id}` from `confirmed`")));
    }
}
