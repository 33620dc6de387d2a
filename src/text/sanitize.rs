//! Text from files that must not act on a terminal, or on the log of a build.

use std::borrow::Cow;

use super::build_log::{BREAK, CommandScanner};

/// The text with control characters and characters that reorder text made visible, line breaks and tabs turned
/// into spaces: nothing in it can move a cursor, change a colour or make one thing look like another. Nor is it a
/// command to a build server that reads logs, even where a line begins with it.
#[must_use]
pub fn sanitize(text: &str) -> Cow<'_, str> {
    without_commands(replace(text, replacement))
}

/// The same for whole lines: line breaks and tabs stay.
#[must_use]
pub fn sanitize_lines(text: &str) -> Cow<'_, str> {
    let text =
        replace(text, |letter| if matches!(letter, '\n' | '\r' | '\t') { None } else { replacement(letter) });
    without_commands(text)
}

fn without_commands(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut scanner = CommandScanner::default();
    let ends: Vec<_> =
        text.char_indices().filter(|(_, letter)| scanner.completes(*letter)).map(|(at, _)| at).collect();
    if ends.is_empty() {
        return text;
    }
    let mut text = text.into_owned();
    ends.iter().rev().for_each(|at| text.insert(*at, BREAK));
    Cow::Owned(text)
}

fn replace(text: &str, replacement: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if text.chars().any(|letter| replacement(letter).is_some()) {
        Cow::Owned(text.chars().map(|letter| replacement(letter).unwrap_or(letter)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// What is shown instead of a letter that could act by itself.
pub(super) fn replacement(letter: char) -> Option<char> {
    match letter {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        // The control pictures stand 0x2400 above what they picture.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)),
        '\u{7f}' => Some('␡'),
        // Control characters beyond ASCII; marks, embeddings, overrides and isolates of bidirectional text; soft
        // hyphen, zero-width space, word joiner and byte-order mark; tag characters. The joiners U+200C and U+200D
        // stay: emoji and Persian need them.
        '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{200b}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' => Some('\u{fffd}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_reordering_become_visible_and_the_rest_stays() {
        assert_eq!(sanitize("a\u{1b}[31mb\u{7}\u{9b}2J"), "a␛[31mb␇\u{fffd}2J");
        assert_eq!(sanitize("one\r\ntwo\tthree"), "one  two three");
        assert_eq!(sanitize("\u{202e}txt"), "\u{fffd}txt");
        assert_eq!(sanitize(" ::error::x ##[error]y ::"), " :\u{fffd}:error::x ##\u{fffd}[error]y ::");
        assert!(matches!(sanitize("抽選サイト 🎁 é"), Cow::Borrowed(_)));
    }
}
