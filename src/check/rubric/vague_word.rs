//! Words about which two people would argue instead of looking.

use super::LintContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Rubric;
use crate::text::list;

pub(super) fn lint(rubric: &Rubric, context: &LintContext<'_>, problems: &mut Problems) {
    let vague = &context.settings.vague_words;
    for category in &rubric.categories {
        for (colour, definition) in category.definitions() {
            let found = said(&definition.statements.join(" "), vague);
            if found.is_empty() {
                continue;
            }
            let title = format!("{colour} of `{}` says {}", category.id, list(&found));
            let problem = Diagnostic::new(Code::VagueWord, title);
            problems.push(
                problem
                    .at(definition.span, "two people would judge this differently")
                    .help("say what can be seen instead: a number, a date, a name")
                    .help("the words are `vague-words` in `[rubric]` of fundamentals.toml"),
            );
        }
    }
}

/// Which of these words, or words in a row, a text says.
fn said<'w>(text: &str, vague: &'w [String]) -> Vec<&'w str> {
    let text = words(text);
    let is_said = |word: &&String| {
        let word = words(word);
        word.len() > 1 && text.contains(&word)
    };
    vague.iter().filter(is_said).map(String::as_str).collect()
}

/// The words of a text in lower case, each with a space on both sides.
fn words(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |line, word| line + word + " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_found_in_any_case_and_beside_punctuation() {
        let vague = ["good", "as needed", "", "!"].map(str::to_owned);
        assert_eq!(said("Good: \"as-needed\" alerts", &vague), ["good", "as needed"]);
        assert!(said("goodness, goods and needed as", &vague).is_empty());
        assert!(said("", &vague).is_empty());
    }
}
