//! A category without guidance.

use super::LintContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Rubric;

pub(super) fn lint(rubric: &Rubric, _: &LintContext<'_>, problems: &mut Problems) {
    for category in rubric.categories.iter().filter(|category| category.guidance.is_empty()) {
        let title = format!("`{}` has no guidance", category.id);
        let problem = Diagnostic::new(Code::MissingGuidance, title);
        problems.push(problem.at(category.span, "nothing says how a team gets to green").help(
            "add `guidance = \"…\"`, or `guidance = [{ title = \"…\", href = \"…\" }]`; a sentence is enough to begin with",
        ));
    }
}
