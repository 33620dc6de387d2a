//! An assessment of a day on which its service is retired.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Service;

pub(super) fn check(service: &Service, _: &CheckContext<'_>, problems: &mut Problems) {
    for assessment in &service.assessments {
        let Some(retirement) = service.retirement_on(assessment.date) else { continue };
        let title = format!("an assessment is dated {}, when `{}` is retired", assessment.date, service.id);
        let problem = Diagnostic::new(Code::AfterRetirement, title).at(assessment.span, "counts nowhere");
        let problem = problem.and(retirement.span, format!("retired from {} on", retirement.on));
        problems.push(problem.help("correct one of the days; if the service came back, write under `previously` until when it was retired"));
    }
}
