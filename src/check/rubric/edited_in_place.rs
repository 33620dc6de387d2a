//! A published text that was edited, under the version that it was published as.

use super::{PublishedRubric, list_ids};
use crate::diag::{Code, Diagnostic, Problems};
use crate::eval::{InPlace, RubricEdit, rubric_edit};
use crate::model::{Rubric, Version};

pub(super) fn lint(rubric: &Rubric, base: &PublishedRubric<'_>, problems: &mut Problems) {
    let (now, then) = (rubric.version, base.rubric.version);
    let edit = rubric_edit(base.rubric, rubric);
    let Some(how) = edit.in_place else { return };
    let (title, help) = match how {
        InPlace::WentBack => {
            (format!("{} went back from {then} to {now}", rubric.key()), format!("put {then} back"))
        }
        InPlace::PublishedLater => {
            let day = base.rubric.published;
            (
                format!("{} is said to be published later than it was", rubric.key()),
                format!("put `published = {day}` back; a minor version keeps the day of its major version"),
            )
        }
        InPlace::Reworded => {
            let title = format!("{} {now} was edited after it was published", rubric.key());
            (title, new_version(&edit, then))
        }
    };
    let label = format!("{then} at `{}`", base.revision);
    let mut problem = Diagnostic::new(Code::EditedInPlace, title).at(rubric.span, label);
    if let Some(first) = edit.words.iter().chain(&edit.meaning).next() {
        problem = problem.and(first.span, "not what it was");
    }
    let why = "assessments name this version: what it says may not change under them";
    problems.push(problem.help(help).help(why));
}

/// Which version the text should have become.
fn new_version(edit: &RubricEdit<'_>, then: Version) -> String {
    let categories = list_ids(edit.words.iter().chain(&edit.meaning).chain(&edit.gone));
    let what = match (edit.replaces, categories.is_empty()) {
        (true, true) => "`replaces`".to_owned(),
        (true, false) => format!("`replaces`, {categories}"),
        (false, true) => "its title, its pillars or their order".to_owned(),
        (false, false) => categories,
    };
    if edit.changes_meaning() {
        format!("{what} changed, other than in words: make this {}.0 in a file of its own", then.major + 1)
    } else {
        format!("{what} changed, in words only: make this {}.{}", then.major, then.minor + 1)
    }
}
