//! Where in a YAML text an item of a list goes, and how it is laid out there: like its neighbours.

use crate::source::Node;

/// At which end of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    First,
    Last,
}

/// Texts with one more item in a block list (`- …`), the likeliest first. `after_key` is the offset behind the list's
/// key; `lines` is the item without indentation.
pub(super) fn in_block(
    text: &str,
    after_key: usize,
    items: &[Node],
    position: Position,
    lines: &[String],
) -> Vec<String> {
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return Vec::new() };
    let Some(dash) = dash_before(text, last.span.range().start) else { return Vec::new() };
    let indent = &text[line_start(text, dash)..dash];
    if !indent.chars().all(|letter| letter == ' ') {
        return Vec::new();
    }
    let newline = newline_around(text, dash);
    let item = lines.iter().enumerate().map(|(at, line)| {
        let hang = if at == 0 { "- " } else { "  " };
        format!("{indent}{hang}{line}{newline}")
    });
    let item: String = item.collect();
    let blank = if items.len() > 1 && has_blank_above(text, dash) { newline } else { "" };
    let put_in = |at: usize, new: &str| format!("{}{new}{}", &text[..at], &text[at..]);
    match position {
        Position::First => {
            let Some(dash) = dash_before(text, first.span.range().start) else { return Vec::new() };
            let at = above_comments(text, line_start(text, dash), line_end(text, after_key));
            vec![put_in(at, &format!("{item}{blank}"))]
        }
        Position::Last => {
            let own_end = line_end(text, trimmed_end(text, last.span.range()));
            let after_item = past_deeper(text, own_end, indent.len());
            let after_blanks = past_blanks(text, after_item);
            // Blank lines, be they there or new, may belong to a block of text that keeps them (`|+`).
            let ways = [(after_item, blank), (after_blanks, blank), (after_item, ""), (after_blanks, "")];
            let new = |(at, blank): (usize, &str)| {
                if text[..at].ends_with('\n') {
                    put_in(at, &format!("{blank}{item}"))
                } else {
                    put_in(at, &format!("{newline}{blank}{}", item.strip_suffix(newline).unwrap_or(&item)))
                }
            };
            ways.map(new).into()
        }
    }
}

/// Texts with one more item in a list in brackets.
pub(super) fn in_brackets(text: &str, items: &[Node], position: Position, item: &str) -> Vec<String> {
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return Vec::new() };
    // As the last two are set apart, unless there is more between them than a comma and space.
    let between =
        items.windows(2).last().map(|pair| &text[pair[0].span.range().end..pair[1].span.range().start]);
    let is_plain = |between: &&str| {
        between.starts_with(',') && between[1..].chars().all(|letter| letter.is_ascii_whitespace())
    };
    let between = between.filter(is_plain).unwrap_or(", ");
    let (at, new) = match position {
        Position::First => (first.span.range().start, format!("{item}{between}")),
        Position::Last => (last.span.range().end, format!("{between}{item}")),
    };
    vec![format!("{}{new}{}", &text[..at], &text[at..])]
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The offset behind the line's end.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// The line ending that is used at a place, or `\n` in a text of one line.
fn newline_around(text: &str, at: usize) -> &'static str {
    let before = || text[..at].rfind('\n').map(|newline| newline + 1);
    let end = text[at..].find('\n').map(|newline| at + newline + 1).or_else(before);
    if end.is_some_and(|end| text[..end].ends_with("\r\n")) { "\r\n" } else { "\n" }
}

/// The offset of the dash that an item's content stands behind, on the same line or further up.
fn dash_before(text: &str, content: usize) -> Option<usize> {
    let mut end = content;
    loop {
        let start = line_start(text, end);
        let line = &text[start..end];
        let written = line.trim_start();
        if written.starts_with('-') {
            return Some(end - written.len());
        }
        if !(written.trim_end().is_empty() || written.starts_with('#')) || start == 0 {
            return None;
        }
        end = start - 1;
    }
}

/// The end of what is written in a range, without white space behind it.
fn trimmed_end(text: &str, range: std::ops::Range<usize>) -> usize {
    range.start + text[range.clone()].trim_end().len()
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

fn has_blank_above(text: &str, at: usize) -> bool {
    let above = &text[..line_start(text, at)];
    let mut above = above.lines().rev().skip_while(|line| line.trim_start().starts_with('#'));
    above.next().is_some_and(is_blank)
}

/// The start of the comment that stands right above a line, if it isn't the one at the head of the list.
fn above_comments(text: &str, line: usize, head: usize) -> usize {
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

/// Past the lines that are indented deeper than an item's dash: comments that speak of it, and what its last value
/// doesn't reach to, because that is an alias and stands where it was first written.
fn past_deeper(text: &str, from: usize, dash_column: usize) -> usize {
    let (mut at, mut end) = (from, from);
    while at < text.len() {
        let next = line_end(text, at);
        let line = &text[at..next];
        let written = line.trim_start();
        let is_deeper = line.len() - written.len() > dash_column;
        if is_deeper && !is_blank(line) {
            end = next;
        } else if !(is_blank(line) || written.starts_with('#')) {
            break;
        }
        at = next;
    }
    end
}

fn past_blanks(text: &str, from: usize) -> usize {
    let mut at = from;
    while at < text.len() && is_blank(&text[at..line_end(text, at)]) {
        at = line_end(text, at);
    }
    at
}
