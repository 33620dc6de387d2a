//! How a change may look in a text: like its neighbours. Each function gives texts with the change, the likeliest first;
//! whether one of them says what it should is for the caller to see.

use std::ops::Range;

use crate::load;
use crate::source::{Entry, Node};

use super::fresh::{self, Dialect, Fresh};
use super::place::{
    self, above_comments, is_blank, line_end, line_start, newline_around, past_blanks, past_deeper,
};

/// At which end of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    First,
    Last,
}

/// Texts with another value behind a key.
pub(super) fn set(text: &str, entry: &Entry, is_flow: bool, new: &Fresh, dialect: Dialect) -> Vec<String> {
    let Some((colon, old)) = place::colon(text, entry).zip(place::value(text, entry)) else {
        return Vec::new();
    };
    let behind_colon = colon + 1;
    let in_line =
        if is_flow { Some(new.in_line(dialect)) } else { new.fits_behind_key(entry.key.value.len()) };
    let is_one_line = !text[behind_colon..old.end].contains('\n');
    let key = entry.key.span.range().start;
    let (line, column) = (line_start(text, key), key - line_start(text, key));
    let Some(new) = in_line else {
        let lines = new.lines(step(text));
        let newline = newline_around(text, key);
        let indent = " ".repeat(column + step(text));
        let lines: Vec<_> = lines.iter().map(|line| format!("{newline}{indent}{line}")).collect();
        let lines = lines.concat();
        let rest = old.end..line_end(text, old.end);
        let comment = text[rest.clone()].trim_end();
        let on_one = || replaced(text, behind_colon..old.end + comment.len(), &format!("{comment}{lines}"));
        let below = replaced(text, behind_colon..old.end, &lines);
        let mut ways = vec![if is_one_line { on_one() } else { below.clone() }];
        ways.extend(with_comments_above(text, line, column, behind_colon..old.end, &below));
        return ways;
    };
    let space = if old.is_empty() { " " } else { "" };
    let mut ways = vec![replaced(text, old.clone(), &format!("{space}{new}"))];
    if !is_one_line && !is_flow {
        let behind = replaced(text, behind_colon..old.end, &format!(" {new}"));
        ways.insert(0, behind.clone());
        ways.extend(with_comments_above(text, line, column, behind_colon..old.end, &behind));
    }
    ways
}

/// A text in which a range was replaced, with the comments of that range above its line.
fn with_comments_above(
    text: &str,
    line: usize,
    column: usize,
    range: Range<usize>,
    changed: &str,
) -> Option<String> {
    let comments = comment_lines(text, range, &" ".repeat(column));
    let has_blank_head = is_blank(&text[line..line + column]);
    (has_blank_head && !comments.is_empty()).then(|| replaced(changed, line..line, &comments))
}

/// The comments of a range, each on a line of its own.
fn comment_lines(text: &str, range: Range<usize>, indent: &str) -> String {
    let newline = newline_around(text, range.start);
    let comments = load::yaml_comments(text).into_iter();
    let within = comments.filter(|comment| range.contains(&comment.start));
    let lines = within.map(|comment| format!("{indent}{}{newline}", text[comment].trim_end()));
    lines.collect::<Vec<_>>().concat()
}

fn replaced(text: &str, range: Range<usize>, new: &str) -> String {
    format!("{}{new}{}", &text[..range.start], &text[range.end..])
}

/// Texts with one more entry in braces.
pub(super) fn insert_in_braces(text: &str, entries: &[Entry], entry: &str) -> Vec<String> {
    let last = entries.last().and_then(|last| place::entry(text, last));
    let ends = last.map(|last| last.end).into_iter();
    ends.map(|end| replaced(text, end..end, &format!(", {entry}"))).collect()
}

/// Texts with one more entry in a block of keys; `lines` makes it of the width of an indentation.
pub(super) fn insert_in_block(
    text: &str,
    entries: &[Entry],
    lines: impl Fn(usize) -> Vec<String>,
) -> Vec<String> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Vec::new() };
    let Some(last) = place::entry(text, last) else { return Vec::new() };
    let start = entries.get(1).unwrap_or(first).key.span.range().start;
    let column = start - line_start(text, start);
    let indent = " ".repeat(column);
    let lines: Vec<_> = lines(step(text)).into_iter().map(|line| format!("{indent}{line}")).collect();
    let own_end = line_end(text, last.end);
    let behind = past_deeper(text, own_end, column);
    // Blank lines may belong to a block of text that keeps them (`|+`).
    [behind, past_blanks(text, behind), own_end].map(|at| put_lines(text, at, "", &lines)).into()
}

/// A text with more lines at the start of a line, or at its end where that has no line end. `above` stands before them.
fn put_lines(text: &str, at: usize, above: &str, lines: &[String]) -> String {
    let newline = newline_around(text, at);
    let lines = lines.join(newline);
    if at == 0 || text[..at].ends_with('\n') {
        replaced(text, at..at, &format!("{above}{lines}{newline}"))
    } else {
        replaced(text, at..at, &format!("{newline}{above}{lines}"))
    }
}

/// Texts with one more item in a block list (`- …`). `after_key` is the offset behind the list's key; `lines` makes the
/// item of the width of an indentation, itself without any.
pub(super) fn push_in_block(
    text: &str,
    after_key: usize,
    items: &[Node],
    position: Position,
    lines: impl Fn(usize) -> Vec<String>,
) -> Vec<String> {
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return Vec::new() };
    let Some(dash) = dash_before(text, last.span.range().start) else { return Vec::new() };
    let indent = &text[line_start(text, dash)..dash];
    if !indent.chars().all(|letter| letter == ' ') {
        return Vec::new();
    }
    let item = fresh::hanging("- ", &lines(step(text))).into_iter();
    let mut item: Vec<_> = item.map(|line| format!("{indent}{line}")).collect();
    let newline = newline_around(text, dash);
    let blank = if items.len() > 1 && has_blank_above(text, dash) { newline } else { "" };
    match position {
        Position::First => {
            let Some(dash) = dash_before(text, first.span.range().start) else { return Vec::new() };
            let at = above_comments(text, line_start(text, dash), line_end(text, after_key));
            if !blank.is_empty() {
                item.push(String::new());
            }
            vec![put_lines(text, at, "", &item)]
        }
        Position::Last => {
            let own_end = line_end(text, place::item(text, last).end);
            let after_item = past_deeper(text, own_end, indent.len());
            let after_blanks = past_blanks(text, after_item);
            // Blank lines, be they there or new, may belong to a block of text that keeps them (`|+`).
            let ways = [(after_item, blank), (after_blanks, blank), (after_item, ""), (after_blanks, "")];
            ways.map(|(at, blank)| put_lines(text, at, blank, &item)).into()
        }
    }
}

/// Texts with one more item in a list in brackets.
pub(super) fn push_in_brackets(text: &str, items: &[Node], position: Position, item: &str) -> Vec<String> {
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return Vec::new() };
    // As the last two are set apart, unless there is more between them than a comma and space.
    let between = items.windows(2).last();
    let between = between.and_then(|pair| text.get(pair[0].span.range().end..pair[1].span.range().start));
    let is_plain = |between: &&str| {
        between.starts_with(',') && between[1..].chars().all(|letter| letter.is_ascii_whitespace())
    };
    let between = between.filter(is_plain).unwrap_or(", ");
    let (at, new) = match position {
        Position::First => (first.span.range().start, format!("{item}{between}")),
        Position::Last => (last.span.range().end, format!("{between}{item}")),
    };
    vec![replaced(text, at..at, &new)]
}

/// What a block is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parts {
    /// Keys and values.
    Entries,
    /// Values behind dashes.
    Items,
}

/// Texts without one of several entries or items on lines of their own; their comments stay.
pub(super) fn remove_in_block(text: &str, parts: Parts, places: &[Range<usize>], at: usize) -> Vec<String> {
    let place = &places[at];
    let start = match parts {
        Parts::Entries => Some(place.start),
        Parts::Items => dash_before(text, place.start),
    };
    let Some(start) = start else { return Vec::new() };
    let line = line_start(text, start);
    if is_blank(&text[line..start]) {
        let end = line_end(text, place.end);
        let comments = comment_lines(text, line..end, &text[line..start]);
        return vec![replaced(text, line..end, &comments)];
    }
    // It is the first behind a dash: the next one takes its place.
    let next = places.get(at + 1).map(|next| replaced(text, place.start..next.start, ""));
    next.into_iter().collect()
}

/// Texts without one of several entries or items in brackets.
pub(super) fn remove_in_brackets(text: &str, places: &[Range<usize>], at: usize) -> Vec<String> {
    let range = match places.get(at + 1) {
        Some(next) => places[at].start..next.start,
        None => places[at - 1].end..places[at].end,
    };
    vec![replaced(text, range, "")]
}

/// By how much this text indents: as its first indented line, or two spaces.
fn step(text: &str) -> usize {
    let indents = text.lines().filter(|line| !is_blank(line) && !line.trim_start().starts_with('#'));
    let mut indents = indents.map(|line| line.len() - line.trim_start_matches(' ').len());
    indents.find(|indent| (1..=8).contains(indent)).unwrap_or(2)
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

fn has_blank_above(text: &str, at: usize) -> bool {
    let above = &text[..line_start(text, at)];
    let mut above = above.lines().rev().skip_while(|line| line.trim_start().starts_with('#'));
    above.next().is_some_and(is_blank)
}
