//! A category that asks nobody.

use super::LintContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Rubric;

pub(super) fn lint(rubric: &Rubric, context: &LintContext<'_>, problems: &mut Problems) {
    let Some(services) = context.services else { return };
    for category in &rubric.categories {
        let asks = &category.applies_to;
        let Some(span) = asks.span else { continue };
        if services.iter().any(|service| service.identities.all().any(|identity| asks.asks(identity))) {
            continue;
        }
        let title = format!("no service is asked `{}`", category.id);
        let problem = Diagnostic::new(Code::NeverAsked, title).at(span, "matches no service of this estate");
        problems.push(problem.help(
            "check the tags and levels: a service is asked that has one of the levels and one of the tags, or all with `all`",
        ));
    }
}
