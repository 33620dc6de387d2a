//! Services that inherit a category from each other in a circle, or through more services than anybody means.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::eval::MAX_PROVIDERS;
use crate::model::{CategoryId, Date, Judgement, RubricId, Service, ServiceId};
use crate::text::list;

pub(super) fn check(service: &Service, context: &CheckContext<'_>, problems: &mut Problems) {
    for assessment in &service.assessments {
        for judgement in &assessment.judgements {
            let category = &assessment.rubric.category(judgement.category).id;
            let asked = (&assessment.rubric.id, category);
            let (title, help) = match chain(service, judgement, asked, assessment.date, context) {
                Chain::Ends => continue,
                Chain::Circle(members) => {
                    let title = format!("`{category}` is inherited in a circle: {}", members.join(" → "));
                    let help = match &members[1..] {
                        [only] => format!("judge `{category}` in `{only}`, or name the service that does it"),
                        others => format!("judge `{category}` in one of {}", list(others)),
                    };
                    (title, help)
                }
                Chain::TooLong => (
                    format!("`{category}` is inherited through more than {MAX_PROVIDERS} services"),
                    "name the service that does it".to_owned(),
                ),
            };
            let problem = Diagnostic::new(Code::InheritedLoop, title);
            problems.push(problem.at(judgement.span, "never reaches a colour").help(help));
        }
    }
}

/// Where it leads to follow what a service inherits on a day from provider to provider.
enum Chain<'e> {
    /// To a service that doesn't inherit it, or into a circle further on, which is reported for its own members.
    Ends,
    /// Back to the service: from it, and to it again.
    Circle(Vec<&'e str>),
    /// Through more providers than anybody means.
    TooLong,
}

/// On a later day the same holds, or another judgement says otherwise and is then looked at itself.
fn chain<'e>(
    service: &'e Service,
    judgement: &'e Judgement,
    asked: (&RubricId, &CategoryId),
    date: Date,
    context: &CheckContext<'e>,
) -> Chain<'e> {
    let mut path = vec![service.id.as_str()];
    let mut next = judgement.verdict.provider();
    while let Some(id) = next.map(ServiceId::as_str) {
        let is_known = path.contains(&id);
        path.push(id);
        if id == service.id.as_str() {
            return Chain::Circle(path);
        }
        if is_known {
            return Chain::Ends;
        }
        if path.len() > MAX_PROVIDERS + 1 {
            return Chain::TooLong;
        }
        let held = context.estate.service(id).and_then(|service| last_judgement(service, asked, date));
        next = held.and_then(|judgement| judgement.verdict.provider());
    }
    Chain::Ends
}

fn last_judgement<'e>(
    service: &'e Service,
    (rubric, category): (&RubricId, &CategoryId),
    date: Date,
) -> Option<&'e Judgement> {
    let past = service.assessments.partition_point(|assessment| assessment.date <= date);
    let past = service.assessments[..past].iter().rev();
    past.flat_map(|assessment| {
        assessment.judgements.iter().map(move |judgement| (&assessment.rubric, judgement))
    })
    .find(|(used, judgement)| used.id == *rubric && used.category(judgement.category).id == *category)
    .map(|(_, judgement)| judgement)
}
