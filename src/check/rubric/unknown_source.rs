//! A category that continues one that there never was.

use super::{Previous, Surroundings};
use crate::diag::{Code, Diagnostic, Problems, did_you_mean};
use crate::model::{Category, Rubric};

pub(super) fn lint(rubric: &Rubric, around: &Surroundings<'_>, problems: &mut Problems) {
    for category in &rubric.categories {
        match around.previous {
            Previous::Known(previous) => compare(category, previous, problems),
            Previous::None => {
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
            Previous::Unreadable => {}
        }
    }
}

fn compare(category: &Category, previous: &Rubric, problems: &mut Problems) {
    for source in &category.from {
        let id = source.value.as_str();
        if previous.find(id).is_some() {
            continue;
        }
        let names = previous.categories.iter().map(|category| category.id.as_str());
        let otherwise = format!("`fundamentals rubric show {}` lists them", previous.key());
        let title = format!("`{}` continues an unknown category `{id}`", category.id);
        let problem = Diagnostic::new(Code::UnknownSource, title);
        problems.push(
            problem
                .at(source.span, format!("not a category of {}", previous.key()))
                .help(did_you_mean(id, names, &otherwise)),
        );
    }
}
