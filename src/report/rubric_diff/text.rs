//! The difference in a terminal: removed words as `[-…-]`, added ones as `{+…+}`, as git writes them.

use std::io::{self, Write};

use anstyle::Style;

use super::{heading, ids, kind_heading, remarks};
use crate::eval::{RubricDiff, TextChange, Words};
use crate::model::Colour;
use crate::report::glyph::{self, styled};
use crate::report::layout::MIN_WIDTH;
use crate::text::{sanitize, wrap};

pub(super) fn render(diff: &RubricDiff<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    writeln!(out, "{}", styled(glyph::HEADING, &heading(diff)))?;
    if diff.changes.is_empty() {
        return writeln!(out, "no difference");
    }
    let mut kind = None;
    for change in &diff.changes {
        if kind != Some(change.kind) {
            kind = Some(change.kind);
            let (title, meaning) = kind_heading(change.kind);
            writeln!(out, "\n{} – {meaning}", styled(glyph::HEADING, title))?;
        }
        let line = format!("- {}{}", ids(change, ""), remarks(diff, change, ""));
        writeln!(out, "{}", wrap(&line, width, "  "))?;
        for text in &change.texts {
            let line = format!("    {:<10} {}", text.part.word(), marked(text));
            writeln!(out, "{}", wrap(&line, width, "               "))?;
        }
    }
    Ok(())
}

fn marked(change: &TextChange) -> String {
    let words = |words: &Words| match words {
        Words::Same(text) => sanitize(text).into_owned(),
        Words::Removed(text) => each_word(text, glyph::colour_style(Colour::Red), ("[-", "-]")),
        Words::Added(text) => each_word(text, glyph::colour_style(Colour::Green), ("{+", "+}")),
    };
    change.words.iter().map(words).collect()
}

/// Marks a stretch, and styles its words one by one, so that a line may be broken between them.
fn each_word(text: &str, style: Style, (open, close): (&str, &str)) -> String {
    let text = sanitize(text);
    let inner = text.trim_matches(' ');
    if inner.is_empty() {
        return text.into_owned();
    }
    let before = &text[..text.len() - text.trim_start_matches(' ').len()];
    let after = &text[text.trim_end_matches(' ').len()..];
    let marked = format!("{open}{inner}{close}");
    let words: Vec<_> = marked.split(' ').map(|word| styled(style, word)).collect();
    format!("{before}{}{after}", words.join(" "))
}
