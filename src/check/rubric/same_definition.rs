//! Two levels of a category that read the same.

use super::LintContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Colour, Definition, Rubric};

pub(super) fn lint(rubric: &Rubric, _: &LintContext<'_>, problems: &mut Problems) {
    for category in &rubric.categories {
        let levels: Vec<_> = category.definitions().collect();
        for (at, (colour, definition)) in levels.iter().enumerate() {
            let text = bare(definition);
            let Some((other, first)) = levels[..at].iter().find(|(_, other)| bare(other) == text) else {
                continue;
            };
            let title = format!("{other} and {colour} of `{}` read the same", category.id);
            let problem = Diagnostic::new(Code::SameDefinition, title)
                .at(definition.span, format!("reads like {other}"))
                .and(first.span, "the other");
            let problem = problem.help("say in each what is not so in the other");
            let is_halfway = [*colour, *other].contains(&Colour::Amber);
            problems.push(if is_halfway {
                problem.help("if there is no honest halfway, leave `amber` out")
            } else {
                problem
            });
        }
    }
}

/// What is read, without case, punctuation and white space. Punctuation within a number is part of it: 1.5 is not 15.
fn bare(definition: &Definition) -> String {
    let text = definition.statements.join(" ").to_lowercase();
    let letters: Vec<_> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let is_read = |at: usize, letter: char| {
        letter.is_whitespace()
            || !is_punctuation(letter)
            || is_digit(at.checked_sub(1)) && is_digit(Some(at + 1))
    };
    let read: String = letters
        .iter()
        .enumerate()
        .filter(|(at, letter)| is_read(*at, **letter))
        .map(|(_, letter)| *letter)
        .collect();
    read.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What separates words and sentences. Signs that say something, such as `<` and `%`, don't.
fn is_punctuation(letter: char) -> bool {
    ".,;:!?'\"()[]{}-–—…/*_`‘’“”".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn read(statements: &[&str]) -> String {
        let statements = statements.iter().map(|statement| (*statement).to_owned()).collect();
        bare(&Definition { statements, span: Span::new(FileId::from_index(0), 0..0) })
    }

    #[test]
    fn case_punctuation_and_white_space_are_not_read() {
        let text = "the logs can be found by everybody";
        assert_eq!(read(&["The logs  can be\nfound, by everybody."]), text);
        assert_eq!(read(&["The logs can be found", "– by everybody!"]), text);
    }

    #[test]
    fn numbers_and_signs_are_read() {
        for (one, other) in [("within 1.5 hours", "within 15 hours"), ("> 5 %", "< 5 %"), ("10", "1 0")] {
            assert_ne!(read(&[one]), read(&[other]));
        }
    }
}
