//! A service that was never assessed.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Service;

pub(super) fn check(service: &Service, _: &CheckContext<'_>, problems: &mut Problems) {
    if service.assessments.is_empty() {
        let problem = Diagnostic::new(Code::NoAssessments, format!("`{}` was never assessed", service.id));
        let problem = problem.at(service.span, "every category shows as not assessed");
        problems.push(
            problem.help(
                "add an assessment under `assessments:`; `fundamentals explain no-assessments` shows one",
            ),
        );
    }
}
