//! An action due before it was raised.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Service;

pub(super) fn check(service: &Service, _: &CheckContext<'_>, problems: &mut Problems) {
    for action in &service.actions {
        if let (Some(due), Some(span)) = (action.due, action.spans.due)
            && due < action.raised
        {
            let title = format!("due on {due}, but raised on {}", action.raised);
            let problem = Diagnostic::new(Code::DueBeforeRaised, title).at(span, "due before it was raised");
            problems
                .push(problem.and(action.spans.raised, "raised here").help("correct one of the two dates"));
        }
    }
}
