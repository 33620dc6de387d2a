//! An assessment that records nothing.

use super::Surroundings;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Confirmed, Service};

pub(super) fn check(service: &Service, _: &Surroundings<'_>, problems: &mut Problems) {
    for assessment in &service.assessments {
        let confirms = match &assessment.confirmed {
            Confirmed::Nothing => false,
            Confirmed::All(_) => true,
            Confirmed::These(categories) => !categories.is_empty(),
        };
        if assessment.judgements.is_empty() && !confirms {
            let title = format!("the assessment of {} judges and confirms nothing", assessment.date);
            let problem = Diagnostic::new(Code::EmptyAssessment, title)
                .at(assessment.span, "says nothing about the service");
            problems
                .push(problem.help("add `confirmed: all` if nothing had changed, or delete the assessment"));
        }
    }
}
