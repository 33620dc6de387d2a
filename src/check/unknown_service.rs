//! SLO results of a service that doesn't exist.

use std::collections::BTreeSet;

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::text::did_you_mean;

/// An export may well hold more than the estate, so each such service is mentioned once.
pub(super) fn check(context: &CheckContext<'_>, problems: &mut Problems) {
    let known: BTreeSet<_> = context.estate.service_names().collect();
    let mut reported = BTreeSet::new();
    for slo in context.estate.slos() {
        let id = slo.service.as_str();
        if context.may_have(id) || !reported.insert(id) {
            continue;
        }
        let problem = Diagnostic::new(Code::UnknownService, format!("unknown service `{id}`"));
        let otherwise = "leave its lines out if it is none of this estate";
        let help = did_you_mean(id, known.iter().copied(), otherwise);
        problems.push(problem.at(slo.span, "no file describes it, so this is not used").help(help));
    }
}
