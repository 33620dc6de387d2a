//! A category of the version before that is gone without a word.

use std::collections::BTreeSet;

use super::{LintContext, Previous};
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Category, Rubric};

pub(super) fn lint(rubric: &Rubric, context: &LintContext<'_>, problems: &mut Problems) {
    let Previous::Known(previous) = context.previous else { return };
    let continued = rubric.categories.iter().flat_map(Category::continues);
    let kept: BTreeSet<_> = continued.chain(rubric.retired.iter().map(|retired| &retired.value)).collect();
    for category in previous.categories.iter().filter(|category| !kept.contains(&category.id)) {
        let id = &category.id;
        let title = format!("`{id}` of {} is neither continued nor retired", previous.key());
        let problem = Diagnostic::new(Code::LostCategory, title)
            .at(rubric.span, "its colours end here")
            .and(category.span, "asked here");
        problems.push(
            problem
                .help(format!("if another category takes over, name `{id}` in its `from`"))
                .help(format!("if it is dropped on purpose, add `{id}` to `retired` of {}", rubric.key())),
        );
    }
}
