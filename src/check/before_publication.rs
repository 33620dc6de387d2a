//! An assessment made before its rubric existed.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Service;

pub(super) fn check(service: &Service, _: &CheckContext<'_>, problems: &mut Problems) {
    for assessment in &service.assessments {
        let rubric = &assessment.rubric;
        if assessment.date < rubric.published {
            let title = format!(
                "an assessment of {} pins {}, which was published later",
                assessment.date,
                rubric.key()
            );
            let problem = Diagnostic::new(Code::BeforePublication, title);
            let problem = problem
                .at(assessment.span, format!("{} was published on {}", rubric.key(), rubric.published));
            problems.push(problem.help("correct the date, or pin the rubric that was used then"));
        }
    }
}
