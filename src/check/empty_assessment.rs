//! An assessment that records nothing.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Service;

pub(super) fn check(service: &Service, _: &CheckContext<'_>, problems: &mut Problems) {
    let mut rubric_before = None;
    for assessment in &service.assessments {
        // Moving to another version of the rubric is something, too.
        let rubric = assessment.rubric.key();
        let moves = rubric_before.replace(rubric.clone()).is_some_and(|before| before != rubric);
        if !assessment.looks_at_anything() && !moves {
            let title = format!("the assessment of {} judges and confirms nothing", assessment.date);
            let problem = Diagnostic::new(Code::EmptyAssessment, title)
                .at(assessment.span, "says nothing about the service");
            problems
                .push(problem.help("add `confirmed: all` if nothing had changed, or delete the assessment"));
        }
    }
}
