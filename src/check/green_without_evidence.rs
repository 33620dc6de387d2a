//! A green that nobody can see, where its category wants evidence.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::eval::{Standing, judgements_in_force, service_state};
use crate::model::{Category, CategoryId, EvidenceNeed, Service};
use crate::source::Span;

pub(super) fn check(service: &Service, context: &CheckContext<'_>, problems: &mut Problems) {
    let wants_evidence = |category: &Category| category.evidence == EvidenceNeed::Required;
    // States take time, and few rubrics want evidence.
    let is_of_interest = context.estate.rubrics.categories().any(|(_, category)| wants_evidence(category));
    if !is_of_interest || service.is_retired_on(context.today) {
        return;
    }
    let state = service_state(context.estate, service, context.latest_day);
    for (category, standing) in state.categories().filter(|(category, it)| it.lacks_evidence(category)) {
        let Some(span) = place(service, category, standing, context) else { continue };
        let id = &category.id;
        let problem = match standing.provider {
            None => {
                let label = if standing.evidence().is_empty() {
                    "nothing says where it can be seen"
                } else {
                    "its `evidence` doesn't say where it can be seen"
                };
                Diagnostic::new(Code::GreenWithoutEvidence, format!("`{id}` is green without evidence"))
                    .at(span, label)
                    .help("add `evidence: [https://…]`, or rate what can be seen")
            }
            Some(provider) => {
                let title = format!("`{id}` is inherited from `{provider}`, which is green without evidence");
                let problem = Diagnostic::new(Code::GreenWithoutEvidence, title);
                problem.at(span, "inherited here").help(format!("add evidence to `{id}` of `{provider}`"))
            }
        };
        problems.push(problem);
    }
}

/// Where the service's file says it.
fn place(
    service: &Service,
    category: &Category,
    standing: &Standing<'_>,
    context: &CheckContext<'_>,
) -> Option<Span> {
    let Some(provider) = standing.provider else { return Some(standing.judged?.judgement.span) };
    let own = judgements_in_force(context.estate, service, context.latest_day);
    let mut inherited =
        own.into_iter().filter(|record| record.judgement.verdict.provider() == Some(provider));
    let is_it = |id: &CategoryId| category.id == *id || category.continues().any(|source| source == id);
    let record = inherited.find(|record| is_it(&record.rubric.category(record.judgement.category).id));
    Some(record.map_or(service.span, |record| record.judgement.span))
}
