//! Where in a text a key's value, an entry or an item stands, and the lines around it.

use std::ops::Range;

use crate::source::{Entry, Node, Value};

/// Where the value of a key is written: an empty range behind the colon where there is none, the alias where it is one.
pub(super) fn value(text: &str, entry: &Entry) -> Option<Range<usize>> {
    let colon = colon(text, entry)?;
    let behind = &text[colon + 1..];
    let written = colon + 1 + (behind.len() - behind.trim_start().len());
    if is_alias(entry) {
        let name = text[written..].starts_with('*').then_some(&text[written..])?;
        let end = name.find(|letter: char| letter.is_whitespace() || ",]}".contains(letter));
        return Some(written..written + end.unwrap_or(name.len()));
    }
    if entry.node.value == Value::Null {
        let word = ["~", "null", "Null", "NULL"].into_iter().find(|word| text[written..].starts_with(word));
        let on_this_line = !text[colon + 1..written].contains('\n');
        return Some(match word.filter(|_| on_this_line) {
            Some(word) => written..written + word.len(),
            None => colon + 1..colon + 1,
        });
    }
    Some(item(text, &entry.node))
}

/// Where a key's colon is.
pub(super) fn colon(text: &str, entry: &Entry) -> Option<usize> {
    let end = entry.key.span.range().end;
    let behind = text[end..].trim_start();
    behind.starts_with(':').then(|| text.len() - behind.len())
}

/// Where a key and its value are written.
pub(super) fn entry(text: &str, entry: &Entry) -> Option<Range<usize>> {
    Some(entry.key.span.range().start..value(text, entry)?.end)
}

/// Where a value is written that isn't an alias, without white space behind it.
pub(super) fn item(text: &str, node: &Node) -> Range<usize> {
    let range = node.span.range();
    range.start..range.start + text[range].trim_end().len()
}

/// What an alias stands for was written before its key.
pub(super) fn is_alias(entry: &Entry) -> bool {
    entry.node.value != Value::Null && entry.node.span.start < entry.key.span.end
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The offset behind the line's end.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// The line ending that is used at a place, or `\n` in a text of one line.
pub(super) fn newline_around(text: &str, at: usize) -> &'static str {
    let before = || text[..at].rfind('\n').map(|newline| newline + 1);
    let end = text[at..].find('\n').map(|newline| at + newline + 1).or_else(before);
    if end.is_some_and(|end| text[..end].ends_with("\r\n")) { "\r\n" } else { "\n" }
}

pub(super) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// The start of the comment that stands right above a line, if it isn't the one at the head of the list.
pub(super) fn above_comments(text: &str, line: usize, head: usize) -> usize {
    let mut at = line;
    while at > head {
        let start = line_start(text, at - 1);
        if !text[start..at].trim_start().starts_with('#') {
            return at;
        }
        at = start;
    }
    line
}

/// Past the lines that are indented deeper than a column: comments that speak of what is above them, and what its last
/// value doesn't reach to, because that is an alias and stands where it was first written.
pub(super) fn past_deeper(text: &str, from: usize, column: usize) -> usize {
    let (mut at, mut end) = (from, from);
    while at < text.len() {
        let next = line_end(text, at);
        let line = &text[at..next];
        let written = line.trim_start();
        let is_deeper = line.len() - written.len() > column;
        if is_deeper && !is_blank(line) {
            end = next;
        } else if !(is_blank(line) || written.starts_with('#')) {
            break;
        }
        at = next;
    }
    end
}

pub(super) fn past_blanks(text: &str, from: usize) -> usize {
    let mut at = from;
    while at < text.len() && is_blank(&text[at..line_end(text, at)]) {
        at = line_end(text, at);
    }
    at
}

/// Where the next comma is, if nothing but white space and comments stand before it.
pub(super) fn comma(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at = text.len() - text[at..].trim_start().len();
        match text[at..].chars().next()? {
            ',' => return Some(at),
            '#' => at = line_end(text, at),
            _ => return None,
        }
    }
}
