//! A confirmation that says nothing new.

use std::collections::HashMap;

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Assessment, Confirmed, Service};

pub(super) fn check(service: &Service, _: &CheckContext<'_>, problems: &mut Problems) {
    service.assessments.iter().for_each(|assessment| check_assessment(assessment, problems));
}

fn check_assessment(assessment: &Assessment, problems: &mut Problems) {
    let Confirmed::These(categories) = &assessment.confirmed else { return };
    let judged = assessment.judgements.iter().map(|judgement| (judgement.category, judgement.span));
    let mut seen: HashMap<_, _> = judged.map(|(category, span)| (category, (span, "judged here"))).collect();
    for (category, span) in categories {
        let id = &assessment.rubric.category(*category).id;
        if let Some((first, label)) = seen.get(category) {
            let problem =
                Diagnostic::new(Code::RedundantConfirmation, format!("`{id}` needs no confirming here"));
            let problem = problem.at(*span, "confirmed here").and(*first, *label);
            problems.push(problem.help(format!("remove `{id}` from `confirmed`")));
        } else {
            seen.insert(*category, (*span, "confirmed already"));
        }
    }
}
