//! An action done before it was raised.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Service;

pub(super) fn check(service: &Service, _: &CheckContext<'_>, problems: &mut Problems) {
    for action in &service.actions {
        if let (Some(done), Some(span)) = (action.done, action.spans.done)
            && done < action.raised
        {
            let title = format!("done on {done}, but raised on {}", action.raised);
            let problem =
                Diagnostic::new(Code::DoneBeforeRaised, title).at(span, "done before it was raised");
            problems
                .push(problem.and(action.spans.raised, "raised here").help("correct one of the two dates"));
        }
    }
}
