//! Something that is said to have happened after today.

use super::Surroundings;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Date, Service};
use crate::source::Span;

pub(super) fn check(service: &Service, around: &Surroundings<'_>, problems: &mut Problems) {
    let mut look = |what: &str, date: Date, span: Span| {
        if date > around.today {
            let problem = Diagnostic::new(Code::FutureDate, format!("{what} is dated {date}, after today"));
            let problem = problem.at(span, format!("today is {}", around.today));
            problems.push(problem.help("correct the date; what is planned belongs into an action's `due`"));
        }
    };
    for assessment in &service.assessments {
        look("an assessment", assessment.date, assessment.span);
    }
    for action in &service.actions {
        look("the raising of an action", action.raised, action.spans.raised);
        if let (Some(done), Some(span)) = (action.done, action.spans.done) {
            look("the completion of an action", done, span);
        }
    }
}
