//! The difference as Markdown, for an announcement.

use std::io::{self, Write};

use super::{heading, ids, kind_heading, remarks};
use crate::eval::{RubricDiff, TextChange, Words};
use crate::text::escape;

pub(super) fn render(diff: &RubricDiff<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}", escape(&heading(diff)))?;
    if diff.changes.is_empty() {
        return writeln!(out, "\nNo difference.");
    }
    let mut kind = None;
    for change in &diff.changes {
        if kind != Some(change.kind) {
            kind = Some(change.kind);
            let (title, meaning) = kind_heading(change.kind);
            writeln!(out, "\n## {title}\n\n_{meaning}_\n")?;
        }
        writeln!(out, "- {}{}", ids(change, "`"), remarks(diff, change, "**"))?;
        for text in &change.texts {
            writeln!(out, "  - {}: {}", text.part.word(), marked(text))?;
        }
    }
    Ok(())
}

fn marked(change: &TextChange) -> String {
    let words = |words: &Words| match words {
        Words::Same(text) => escape(text).into_owned(),
        Words::Removed(text) => wrapped(text, "~~"),
        Words::Added(text) => wrapped(text, "**"),
    };
    // Between two marks a space, so that both are read as marks.
    change.words.iter().map(words).collect::<String>().replace("~~**", "~~ **")
}

/// Markdown wants its marks right beside the words.
fn wrapped(text: &str, mark: &str) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return " ".to_owned();
    }
    let (before, after) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    let space = |there: bool| if there { " " } else { "" };
    format!("{}{mark}{}{mark}{}", space(before), escape(inner), space(after))
}
