//! Something dated after today.

use std::collections::HashMap;

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Date, Service};
use crate::source::Span;

/// Future results of a file that are mentioned.
const MAX_RESULTS: usize = 20;

/// Results of months that have not begun.
pub(super) fn check_slos(context: &CheckContext<'_>, problems: &mut Problems) {
    let future = context.estate.slos().iter().filter(|slo| slo.month > context.today);
    let mut told: HashMap<_, usize> = HashMap::new();
    for slo in future {
        let count = told.entry(slo.span.file).or_default();
        *count += 1;
        if *count > MAX_RESULTS {
            continue;
        }
        let title = format!("`{}` is measured in {}, after today", slo.slo, slo.month_in_digits());
        let problem = Diagnostic::new(Code::FutureDate, title);
        let problem = problem.at(slo.span, format!("today is {}", context.today));
        problems.push(problem.help("correct the month: only what has begun can be measured"));
    }
}

pub(super) fn check(service: &Service, context: &CheckContext<'_>, problems: &mut Problems) {
    let mut look = |what: &str, date: Date, span: Span| {
        if date > context.latest_day {
            let problem = Diagnostic::new(Code::FutureDate, format!("{what} {date}, after today"));
            let problem = problem.at(span, format!("today is {}", context.today));
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
