//! How a change may look in a text: like its neighbours. Each function gives texts with the change, the likeliest first;
//! whether one of them says what it should is for the caller to see.

use std::ops::Range;

use crate::load;
use crate::source::{Entry, Node};

use super::fresh::{self, Dialect, Fresh, Indents};
use super::place::{
    self, above_comments, is_blank, line_end, line_start, newline_around, past_blanks, past_deeper,
};

/// Where in a list that has items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListPosition {
    /// Before the item that is there now.
    Before(usize),
    Last,
}

/// Texts with another value behind a key.
pub(super) fn set(text: &str, entry: &Entry, is_flow: bool, new: &Fresh, dialect: Dialect) -> Vec<String> {
    let Some((colon, old)) = place::colon(text, entry).zip(place::value(text, entry)) else {
        return Vec::new();
    };
    let place = ValuePlace { text, key: entry.key.span.range().start, behind_colon: colon + 1, old };
    let in_line =
        if is_flow { Some(new.in_line(dialect)) } else { new.fits_behind_key(entry.key.value.len()) };
    match in_line {
        Some(new) if is_flow => place.set_in_braces(&new),
        Some(new) => place.set_in_line(&new),
        None => {
            let indents = indents(text);
            place.set_lines(&new.lines(indents), new.indent(indents))
        }
    }
}

/// Where a value is, or would be, that gives way to another one. Comments within it stay, above or below.
struct ValuePlace<'t> {
    text: &'t str,
    key: usize,
    behind_colon: usize,
    old: Range<usize>,
}

impl ValuePlace<'_> {
    fn set_in_line(&self, new: &str) -> Vec<String> {
        let whole = self.behind_colon..self.old.end;
        let in_place = self.in_place(new);
        if !self.text[whole.clone()].contains('\n') {
            return vec![in_place];
        }
        let behind_key = replaced(self.text, whole, &format!(" {new}"));
        let mut ways = vec![behind_key.clone(), in_place];
        ways.extend(self.with_comments_above(&behind_key));
        let rest = self.text[self.old.end..line_end(self.text, self.old.end)].trim_end();
        let behind = self.behind_colon..self.old.end + rest.len();
        let comments = self.comments().into_iter().map(|comment| self.on_line(0, &comment));
        let below = format!(" {new}{rest}{}", comments.collect::<String>());
        ways.push(replaced(self.text, behind, &below));
        ways
    }

    fn set_in_braces(&self, new: &str) -> Vec<String> {
        let in_place = self.in_place(new);
        let mut ways = vec![in_place.clone()];
        ways.extend(self.with_comments_above(&in_place));
        let rest = &self.text[self.old.end..];
        let (comma, behind) = match rest.trim_start_matches([' ', '\t']).strip_prefix(',') {
            Some(behind) => (",", self.text.len() - behind.trim_start_matches([' ', '\t']).len()),
            None => ("", self.old.end),
        };
        let comments = self.comments().join(&self.on_line(0, ""));
        let behind_colon = &self.text[self.behind_colon..self.old.start];
        let space = if behind_colon.contains('#') || behind_colon.is_empty() { " " } else { behind_colon };
        let end =
            if self.text[behind..].starts_with(['\r', '\n']) { String::new() } else { self.on_line(0, "") };
        let below = format!("{space}{new}{comma} {comments}{end}");
        ways.push(replaced(self.text, self.behind_colon..behind, &below));
        ways
    }

    fn set_lines(&self, lines: &[String], deeper: usize) -> Vec<String> {
        let lines: Vec<_> = lines.iter().map(|line| self.on_line(deeper, line)).collect();
        let lines = lines.concat();
        let whole = self.behind_colon..self.old.end;
        let below = replaced(self.text, whole.clone(), &lines);
        let comment = self.text[self.old.end..line_end(self.text, self.old.end)].trim_end();
        let behind = self.behind_colon..self.old.end + comment.len();
        let behind_key = replaced(self.text, behind, &format!("{comment}{lines}"));
        let mut ways = vec![behind_key, below.clone()];
        ways.extend(self.with_comments_above(&below));
        let comments = self.comments().into_iter().map(|comment| self.on_line(deeper, &comment));
        ways.push(replaced(self.text, whole, &format!("{}{lines}", comments.collect::<String>())));
        ways
    }

    fn in_place(&self, new: &str) -> String {
        let space = if self.old.is_empty() { " " } else { "" };
        replaced(self.text, self.old.clone(), &format!("{space}{new}"))
    }

    /// A text in which the value was replaced, with its comments above the key's line.
    fn with_comments_above(&self, changed: &str) -> Option<String> {
        let line = line_start(self.text, self.key);
        let indent = &self.text[line..self.key];
        let comments = comment_lines(self.text, self.behind_colon..self.old.end, indent);
        (is_blank(indent) && !comments.is_empty()).then(|| replaced(changed, line..line, &comments))
    }

    fn comments(&self) -> Vec<String> {
        let comments = load::yaml_comments(self.text).into_iter();
        let within = comments.filter(|comment| (self.behind_colon..self.old.end).contains(&comment.start));
        within.map(|comment| self.text[comment].trim_end().to_owned()).collect()
    }

    /// Something on a line of its own, so much deeper than the key.
    fn on_line(&self, deeper: usize, line: &str) -> String {
        let column = self.key - line_start(self.text, self.key);
        format!("{}{}{line}", newline_around(self.text, self.key), " ".repeat(column + deeper))
    }
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
    let places: Option<Vec<_>> = entries.iter().map(|entry| place::entry(text, entry)).collect();
    places.map(|places| append_in_brackets(text, &places, entry)).unwrap_or_default()
}

/// Texts with one more part in brackets, behind the others: on a line of its own, if the last one has one.
fn append_in_brackets(text: &str, places: &[Range<usize>], part: &str) -> Vec<String> {
    let Some(last) = places.last() else { return Vec::new() };
    let behind_last = replaced(text, last.end..last.end, &format!(", {part}"));
    let line = line_start(text, last.start);
    let indent = &text[line..last.start];
    let comma = place::comma(text, last.end).filter(|comma| !text[last.end..*comma].contains('\n'));
    let rest = &text[comma.map_or(last.end, |comma| comma + 1)..line_end(text, last.end)];
    let is_alone = is_blank(indent) && (is_blank(rest) || rest.trim_start().starts_with('#'));
    if !is_alone || !rest.ends_with('\n') {
        return vec![behind_last];
    }
    let (more, end) = if comma.is_some() { ("", ",") } else { (",", "") };
    let below = line_end(text, last.end);
    let new = format!("{indent}{part}{end}{}", newline_around(text, last.end));
    let own_line = replaced(&replaced(text, below..below, &new), last.end..last.end, more);
    vec![own_line, behind_last]
}

/// Texts with one more entry in a block of keys; `lines` makes it, indented in that way.
pub(super) fn insert_in_block(
    text: &str,
    entries: &[Entry],
    lines: impl Fn(Indents) -> Vec<String>,
) -> Vec<String> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Vec::new() };
    let Some(last) = place::entry(text, last) else { return Vec::new() };
    let start = entries.get(1).unwrap_or(first).key.span.range().start;
    let column = start - line_start(text, start);
    let indent = " ".repeat(column);
    let lines: Vec<_> = lines(indents(text)).into_iter().map(|line| format!("{indent}{line}")).collect();
    let own_end = line_end(text, last.end);
    let behind = past_deeper(text, own_end, column);
    // Sections that are set apart stay so.
    let newline = newline_around(text, start);
    let blank =
        if lines.len() > 1 && entries.len() > 1 && has_blank_above(text, last.start) { newline } else { "" };
    // Blank lines may belong to a block of text that keeps them (`|+`).
    let ways = [
        (behind, blank),
        (past_blanks(text, behind), blank),
        (behind, ""),
        (past_blanks(text, behind), ""),
        (own_end, ""),
    ];
    ways.map(|(at, blank)| put_lines(text, at, blank, &lines)).into()
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
/// item, indented in that way within, itself not at all.
pub(super) fn push_in_block(
    text: &str,
    after_key: usize,
    items: &[Node],
    position: ListPosition,
    lines: impl Fn(Indents) -> Vec<String>,
) -> Vec<String> {
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return Vec::new() };
    let Some(dash) = dash_before(text, last.span.range().start) else { return Vec::new() };
    let indent = &text[line_start(text, dash)..dash];
    if !indent.chars().all(|letter| letter == ' ') {
        return Vec::new();
    }
    let sign = &text[dash..last.span.range().start];
    let has_wide_dash = sign.len() > 1 && sign[1..].chars().all(|letter| letter == ' ');
    let sign = if has_wide_dash { sign } else { "- " };
    let item = fresh::hanging(sign, &lines(indents(text))).into_iter();
    let mut item: Vec<_> = item.map(|line| format!("{indent}{line}")).collect();
    let newline = newline_around(text, dash);
    let blank = if items.len() > 1 && has_blank_above(text, dash) { newline } else { "" };
    match position {
        ListPosition::Before(at) => {
            let next = items.get(at).unwrap_or(first);
            let Some(dash) = dash_before(text, next.span.range().start) else { return Vec::new() };
            let head = match at.checked_sub(1).and_then(|before| items.get(before)) {
                Some(before) => {
                    past_deeper(text, line_end(text, place::item(text, before).end), indent.len())
                }
                None => line_end(text, after_key),
            };
            let at = above_comments(text, line_start(text, dash), head);
            if !blank.is_empty() {
                item.push(String::new());
            }
            vec![put_lines(text, at, "", &item)]
        }
        ListPosition::Last => {
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
pub(super) fn push_in_brackets(
    text: &str,
    items: &[Node],
    position: ListPosition,
    item: &str,
) -> Vec<String> {
    let places: Vec<_> = items.iter().map(|item| place::item(text, item)).collect();
    let next = match position {
        ListPosition::Before(at) => items.get(at),
        ListPosition::Last => None,
    };
    let Some(next) = next else { return append_in_brackets(text, &places, item) };
    let at = next.span.range().start;
    let indent = &text[line_start(text, at)..at];
    let between =
        if is_blank(indent) { format!(",{}{indent}", newline_around(text, at)) } else { ", ".to_owned() };
    vec![replaced(text, at..at, &format!("{item}{between}"))]
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
        let changed = replaced(text, line..end, &comments);
        // Without the last line, the one before ends the text as that did.
        let is_open = !text.ends_with('\n') && !changed.lines().last().is_some_and(is_blank);
        let without_end = changed.strip_suffix('\n').filter(|_| is_open);
        let without_end = without_end.map(|text| text.strip_suffix('\r').unwrap_or(text).to_owned());
        return without_end.into_iter().chain([changed]).collect();
    }
    // It is the first behind a dash: the next one takes its place.
    let next = places.get(at + 1).map(|next| place.start..next.start);
    let comments = |range: Range<usize>| comments_between(text, range);
    next.map(|range| replaced(text, range.clone(), comments(range).trim_start())).into_iter().collect()
}

/// The comments of a range, to stand between what is before it and what is behind it.
fn comments_between(text: &str, range: Range<usize>) -> String {
    let indent = " ".repeat(range.start - line_start(text, range.start));
    let comments = comment_lines(text, range, &indent);
    if comments.is_empty() { comments } else { format!(" {}{indent}", comments.trim_start()) }
}

/// Texts without one of several entries or items in brackets; their comments stay.
pub(super) fn remove_in_brackets(text: &str, places: &[Range<usize>], at: usize) -> Vec<String> {
    let own = places[at].clone();
    let (joined, comma_before) = match places.get(at + 1) {
        Some(next) => (own.start..next.start, None),
        None => (places[at - 1].end..own.end, place::comma(text, places[at - 1].end)),
    };
    let together = replaced(text, joined.clone(), "");
    let comma = place::comma(text, own.end);
    let end = comma.map_or(own.end, |comma| comma + 1);
    let (line, rest) = (line_start(text, own.start), line_end(text, end));
    let indent = &text[line..own.start];
    let apart = if is_blank(indent) && is_blank(&text[end..rest]) {
        replaced(text, line..rest, &comment_lines(text, own.start..rest, indent))
    } else {
        let spaces = text[end..].len() - text[end..].trim_start_matches(' ').len();
        replaced(text, own.start..end + spaces, &comments_between(text, own.start..end))
    };
    // The one that is now the last needs no comma.
    let apart = match comma_before.filter(|_| comma.is_none()) {
        Some(comma) => replaced(&apart, comma..comma + 1, ""),
        None => apart,
    };
    if text[joined].contains('\n') { vec![apart, together] } else { vec![together, apart] }
}

/// How this text indents: as its first indented line and its first list, or with two spaces.
fn indents(text: &str) -> Indents {
    let says_something = |line: &&str| !is_blank(line) && !line.trim_start().starts_with('#');
    let lines: Vec<_> = text.lines().filter(says_something).collect();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut widths = lines.iter().map(|line| indent(line));
    let keys = widths.find(|indent| (1..=8).contains(indent)).unwrap_or(2);
    let key_column = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let mut lists = lines
        .windows(2)
        .filter(|pair| pair[0].trim_end().ends_with(':') && pair[1].trim_start().starts_with("- "));
    let is_flush = lists.next().is_some_and(|pair| indent(pair[1]) == key_column(pair[0]));
    Indents { keys, dashes: if is_flush { 0 } else { keys } }
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
