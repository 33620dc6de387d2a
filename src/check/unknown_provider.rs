//! A category inherited from a service that doesn't exist.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Service, Verdict};
use crate::text::did_you_mean;

pub(super) fn check(service: &Service, context: &CheckContext<'_>, problems: &mut Problems) {
    for judgement in service.assessments.iter().flat_map(|assessment| &assessment.judgements) {
        let Verdict::Inherited { provider, .. } = &judgement.verdict else { continue };
        let id = provider.as_str();
        if context.estate.may_have(id) {
            continue;
        }
        let names = context.estate.services().iter().map(|service| service.id.as_str());
        let help = did_you_mean(id, names, "there must be a service file for it in this estate");
        let problem =
            Diagnostic::new(Code::UnknownProvider, format!("inherited from an unknown service `{id}`"));
        problems.push(problem.at(judgement.span, format!("no service is called `{id}`")).help(help));
    }
}
