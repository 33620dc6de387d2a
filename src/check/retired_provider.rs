//! A category inherited, as of now, from a service that is retired.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::eval::judgements_in_force;
use crate::model::Service;

pub(super) fn check(service: &Service, context: &CheckContext<'_>, problems: &mut Problems) {
    for record in judgements_in_force(context.estate, service, context.latest_day) {
        let Some(provider) = record.judgement.verdict.provider() else { continue };
        let Some(provider) = context.estate.service(provider.as_str()) else { continue };
        let Some(retirement) = provider.retirement_on(context.today) else { continue };
        let category = &record.rubric.category(record.judgement.category).id;
        let title = format!("`{category}` is inherited from `{}`, which is retired", provider.id);
        let label = format!("not assessed since {}", retirement.on);
        let problem = Diagnostic::new(Code::RetiredProvider, title).at(record.judgement.span, label);
        let problem = problem.and(retirement.span, "retired here");
        problems.push(
            problem.help(format!("rate `{category}`, or inherit it from the service that does it now")),
        );
    }
}
