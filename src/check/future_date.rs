//! Something that is said to have happened after today.

use super::Surroundings;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Date, Service};
use crate::source::Span;

pub(super) fn check(service: &Service, around: &Surroundings<'_>, problems: &mut Problems) {
    let mut look = |what: &str, date: Date, span: Span| {
        if date > around.today {
            let problem = Diagnostic::new(Code::FutureDate, format!("{what} {date}, after today"));
            let problem = problem.at(span, format!("today is {}", around.today));
            problems.push(problem.help("correct the date; what is planned belongs in an action's `due`"));
        }
    };
    for assessment in &service.assessments {
        look("an assessment is dated", assessment.date, assessment.span);
    }
    for waiver in &service.waivers {
        if let (Some(raised), Some(span)) = (waiver.raised, waiver.raised_span) {
            look("a waiver was raised on", raised, span);
        }
    }
    for action in &service.actions {
        look("an action was raised on", action.raised, action.spans.raised);
        if let (Some(done), Some(span)) = (action.done, action.spans.done) {
            look("an action was done on", done, span);
        }
    }
}
