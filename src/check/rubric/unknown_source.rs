//! A category that continues one that there never was.

use std::collections::BTreeSet;

use super::{LintContext, Previous, help_for_unknown};
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Rubric;

pub(super) fn lint(rubric: &Rubric, context: &LintContext<'_>, problems: &mut Problems) {
    match context.previous {
        Previous::Known(previous) => compare(rubric, previous, problems),
        Previous::None => {
            for category in &rubric.categories {
                let Some(source) = category.from.first() else { continue };
                let title =
                    format!("`{}` continues `{}` of a version that is not known", category.id, source.value);
                let problem = Diagnostic::new(Code::UnknownSource, title);
                problems.push(
                    problem
                        .at(source.span, format!("there is no `{}` before {}", rubric.id, rubric.key()))
                        .help("put the file of the version before beside this one, or remove `from`"),
                );
            }
        }
        Previous::Unreadable => {}
    }
}

fn compare(rubric: &Rubric, previous: &Rubric, problems: &mut Problems) {
    let sources =
        rubric.categories.iter().flat_map(|category| category.from.iter().map(move |from| (category, from)));
    let known: BTreeSet<_> = previous.categories.iter().map(|category| &category.id).collect();
    let unknown = sources.filter(|(_, source)| !known.contains(&source.value));
    for (nth, (category, source)) in unknown.enumerate() {
        let id = source.value.as_str();
        let title = format!("`{}` continues an unknown category `{id}`", category.id);
        let problem = Diagnostic::new(Code::UnknownSource, title);
        problems.push(
            problem
                .at(source.span, format!("not a category of {}", previous.key()))
                .help(help_for_unknown(id, previous, nth)),
        );
    }
}
