//! Markdown tables in which no text can become markup.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::diag::harmless;

/// A line of a table.
pub(super) fn row<'c>(cells: impl IntoIterator<Item = Cow<'c, str>>, out: &mut dyn Write) -> io::Result<()> {
    for cell in cells {
        write!(out, "| {cell} ")?;
    }
    writeln!(out, "|")
}

/// The line under the heading.
pub(super) fn rule(columns: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}|", "| --- ".repeat(columns))
}

/// Text from a file, with everything that means something in Markdown or HTML escaped.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    const MARKUP: &[char] =
        &['\\', '|', '`', '*', '_', '[', ']', '<', '>', '#', '!', '&', '~', '$', '@', ':'];
    let text = harmless(text);
    if !text.contains(MARKUP) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, letter) in text.char_indices() {
        let rest = &text[at + letter.len_utf8()..];
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' if rest.starts_with(|next: char| next == '#' || next.is_ascii_alphanumeric()) => {
                escaped.push_str("&amp;");
            }
            // Addresses and mentions would become links by themselves; a backslash doesn't stop that.
            '@' => escaped.push_str("&#64;"),
            ':' if !rest.starts_with(' ') => escaped.push_str("&#58;"),
            ':' | '&' => escaped.push(letter),
            _ if MARKUP.contains(&letter) => escaped.extend(['\\', letter]),
            _ => escaped.push(letter),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(escape("a|b\nc"), "a\\|b c");
        assert_eq!(
            escape("<script> [x](javascript:1) @all"),
            "&lt;script&gt; \\[x\\](javascript&#58;1) &#64;all"
        );
        assert_eq!(escape("a: b https://x"), "a: b https&#58;//x");
        assert_eq!(escape("抽選サイト (Raffle site)"), "抽選サイト (Raffle site)");
    }
}
