//! A category inherited, as of now, from a service that doesn't exist.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::eval::judgements_in_force;
use crate::model::Service;
use crate::text::did_you_mean;

/// What a later rating replaced may name a service that is gone. In a file with errors a later one may be unreadable.
pub(super) fn check(service: &Service, context: &CheckContext<'_>, problems: &mut Problems) {
    let Some(last) = service.assessments.last().map(|assessment| assessment.date) else { return };
    let is_flawed = context.flawed.iter().any(|flawed| std::ptr::eq(flawed, service));
    let in_force = judgements_in_force(context.estate, service, last.max(context.latest_day));
    for record in in_force.into_iter().filter(|record| !is_flawed || record.on == last) {
        let Some(provider) = record.judgement.verdict.provider() else { continue };
        let id = provider.as_str();
        if context.may_have(id) {
            continue;
        }
        let names = context.estate.services().iter().map(|service| service.id.as_str());
        let help = did_you_mean(id, names, "there must be a service file for it in this estate");
        let problem =
            Diagnostic::new(Code::UnknownProvider, format!("inherited from an unknown service `{id}`"));
        problems.push(problem.at(record.judgement.span, format!("no service is called `{id}`")).help(help));
    }
}
