//! A level that takes too many words.

use super::LintContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Rubric;

pub(super) fn lint(rubric: &Rubric, context: &LintContext<'_>, problems: &mut Problems) {
    let most = context.settings.max_words;
    for category in &rubric.categories {
        for (colour, definition) in category.definitions() {
            let words: usize = definition.statements.iter().map(|text| text.split_whitespace().count()).sum();
            if u32::try_from(words).is_ok_and(|words| words <= most) {
                continue;
            }
            let title = format!("{colour} of `{}` has {words} words", category.id);
            let problem =
                Diagnostic::new(Code::LongDefinition, title).at(definition.span, format!("more than {most}"));
            problems.push(
                problem
                    .help("say what can be seen, and leave to the guidance how to get there")
                    .help("the limit is `max-words` in `[rubric]` of fundamentals.toml"),
            );
        }
    }
}
