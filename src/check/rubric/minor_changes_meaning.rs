//! A new minor version in which more than words changed.

use super::{PublishedRubric, list_ids};
use crate::diag::{Code, Diagnostic, Problems};
use crate::eval::rubric_edit;
use crate::model::Rubric;

pub(super) fn lint(rubric: &Rubric, base: &PublishedRubric<'_>, problems: &mut Problems) {
    let edit = rubric_edit(base.rubric, rubric);
    if !edit.minor_changes_meaning {
        return;
    }
    let then = base.rubric.version;
    let title = format!("{} changes what scores mean, in a minor version", rubric.key());
    let label = format!("{then} at `{}`", base.revision);
    let mut problem = Diagnostic::new(Code::MinorChangesMeaning, title).at(rubric.span, label);
    if let Some(first) = edit.meaning.first() {
        problem = problem.and(first.span, "here");
    }
    let categories = list_ids(edit.meaning.iter().chain(&edit.gone));
    let categories = (!categories.is_empty()).then(|| {
        format!(
            "{categories} changed levels, sources, bar, `evidence`, `advisory` or whom they ask, came or went"
        )
    });
    let replaces = edit.replaces.then(|| "`replaces` changed".to_owned());
    let changes: Vec<_> = categories.into_iter().chain(replaces).collect();
    problems.push(
        problem.help(format!("a minor only clarifies words or guidance; {}", changes.join("; "))).help(
            format!("make this {}.0, in a file of its own, and keep this one as it was", then.major + 1),
        ),
    );
}
