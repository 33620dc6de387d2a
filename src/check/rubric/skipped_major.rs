//! A major version whose predecessor isn't the one before.

use super::{LintContext, Previous, is_just_before};
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Rubric;

pub(super) fn lint(rubric: &Rubric, context: &LintContext<'_>, problems: &mut Problems) {
    let Previous::Known(previous) = context.previous else { return };
    if is_just_before(previous, rubric) {
        return;
    }
    let (major, before) = (rubric.version.major, previous.version.major);
    let title = format!("{} comes after {}", rubric.key(), previous.key());
    let problem = Diagnostic::new(Code::SkippedMajor, title)
        .at(rubric.span, format!("major {} is not here", major - 1))
        .and(previous.span, "the one before");
    problems.push(
        problem
            .help("put the files of the versions between beside this one: colours go from one to the next")
            .help(format!("if there never were any, make this {}.{}", before + 1, rubric.version.minor)),
    );
}
