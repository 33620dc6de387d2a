//! Services that inherit a category from each other in a circle.

use super::Surroundings;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{CategoryId, Date, Judgement, Service, Verdict};
use crate::text::list;

pub(super) fn check(service: &Service, around: &Surroundings<'_>, problems: &mut Problems) {
    for assessment in &service.assessments {
        for judgement in &assessment.judgements {
            let category = &assessment.rubric.category(judgement.category).id;
            if let Some(circle) = circle(service, judgement, category, assessment.date, around) {
                let title = format!("`{category}` is inherited in a circle: {}", circle.join(" → "));
                let problem =
                    Diagnostic::new(Code::InheritedLoop, title).at(judgement.span, "never reaches a colour");
                problems.push(problem.help(match &circle[1..] {
                    [only] => format!("judge `{category}` in `{only}`, or name the service that does it"),
                    members => format!("judge `{category}` in one of {}", list(members)),
                }));
            }
        }
    }
}

/// The services from one back to itself, if what it inherits on a day leads there; on a later day the same holds or
/// another judgement says otherwise, and is then looked at itself.
fn circle(
    service: &Service,
    judgement: &Judgement,
    category: &CategoryId,
    date: Date,
    around: &Surroundings<'_>,
) -> Option<Vec<String>> {
    let mut path = vec![service.id.to_string()];
    let mut next = provider(judgement);
    while let Some(id) = next {
        path.push(id.to_owned());
        if id == service.id.as_str() {
            return Some(path);
        }
        if path[..path.len() - 1].iter().any(|before| before == id) {
            // A circle further on, which its own members are told of.
            return None;
        }
        let held = around.estate.service(id).and_then(|service| last_judgement(service, category, date));
        next = held.and_then(provider);
    }
    None
}

fn provider(judgement: &Judgement) -> Option<&str> {
    match &judgement.verdict {
        Verdict::Inherited { provider, .. } => Some(provider.as_str()),
        Verdict::Rated { .. } | Verdict::NotApplicable { .. } => None,
    }
}

fn last_judgement<'e>(service: &'e Service, category: &CategoryId, date: Date) -> Option<&'e Judgement> {
    let past = service.assessments.partition_point(|assessment| assessment.date <= date);
    let past = service.assessments[..past].iter().rev();
    past.flat_map(|assessment| {
        assessment.judgements.iter().map(move |judgement| (&assessment.rubric, judgement))
    })
    .find(|(rubric, judgement)| rubric.category(judgement.category).id == *category)
    .map(|(_, judgement)| judgement)
}
