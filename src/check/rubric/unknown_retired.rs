//! A category retired that there never was, or that lives on.

use std::collections::BTreeSet;

use super::{LintContext, Previous, help_for_unknown};
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Category, Rubric};

pub(super) fn lint(rubric: &Rubric, context: &LintContext<'_>, problems: &mut Problems) {
    match context.previous {
        Previous::Known(previous) => compare(rubric, previous, problems),
        Previous::None => {
            let Some(retired) = rubric.retired.first() else { return };
            let title = format!("`{}` of a version that is not known is retired", retired.value);
            let problem = Diagnostic::new(Code::UnknownRetired, title);
            problems.push(
                problem
                    .at(retired.span, format!("there is no `{}` before {}", rubric.id, rubric.key()))
                    .help("put the file of the version before beside this one, or remove `retired`"),
            );
        }
        Previous::Unreadable => {}
    }
}

fn compare(rubric: &Rubric, previous: &Rubric, problems: &mut Problems) {
    let known: BTreeSet<_> = previous.categories.iter().map(|category| &category.id).collect();
    let mut unknown = 0;
    for retired in &rubric.retired {
        let id = &retired.value;
        if !known.contains(id) {
            let title = format!("an unknown category `{id}` is retired");
            let problem = Diagnostic::new(Code::UnknownRetired, title);
            let problem = problem.at(retired.span, format!("not a category of {}", previous.key()));
            problems.push(problem.help(help_for_unknown(id.as_str(), previous, unknown)));
            unknown += 1;
            continue;
        }
        let continues = |category: &&Category| category.continues().any(|source| source == id);
        if let Some(heir) = rubric.categories.iter().find(continues) {
            let title = format!("`{id}` is retired, but `{}` continues it", heir.id);
            let problem = Diagnostic::new(Code::UnknownRetired, title)
                .at(retired.span, "retired here")
                .and(heir.span, "continued here");
            problems.push(problem.help(format!("take `{id}` out of `retired`, or let nothing continue it")));
        }
    }
}
