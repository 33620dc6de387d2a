//! Adding an assessment to a service's file.

use std::fmt;

use crate::load;
use crate::model::{Date, RubricKey};
use crate::source::{Node, Value};

use super::block::{self, Position};

/// An assessment that judges nothing yet.
#[derive(Clone, Debug)]
pub struct NewAssessment {
    /// Its day; no other assessment of the service has it.
    pub date: Date,
    /// Its rubric.
    pub rubric: RubricKey,
    /// Lines of comment below it, without `#`; left out where the list is in brackets on one line.
    pub comments: Vec<String>,
}

impl NewAssessment {
    fn entries(&self) -> [(&'static str, String); 2] {
        [("date", self.date.to_string()), ("rubric", self.rubric.to_string())]
    }
}

/// Why a text is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It can't be read, or has no list of assessments.
    NoAssessments,
    /// The list is written somewhere else and named by an alias.
    Alias,
    /// No place was found at which the change would say what it should and leave the rest alone.
    NoPlace,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoAssessments => "no list of assessments to add to",
            Self::Alias => "the list of assessments is an alias (`*…`); write it out, and try again",
            Self::NoPlace => "laid out in a way that can't be added to safely; add an assessment by hand",
        })
    }
}

/// The text of a service's file with one more assessment: the first where the newest comes first, else the last.
///
/// # Errors
/// When that can't be done without touching anything else.
pub fn add_assessment(text: &str, assessment: &NewAssessment) -> Result<String, Refusal> {
    let root = load::parse_yaml(text).ok_or(Refusal::NoAssessments)?;
    let Value::Table(entries) = &root.value else { return Err(Refusal::NoAssessments) };
    let entry = entries.iter().find(|entry| entry.key.value == "assessments");
    let entry = entry.ok_or(Refusal::NoAssessments)?;
    let Value::List(items) = &entry.node.value else { return Err(Refusal::NoAssessments) };
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return Err(Refusal::NoAssessments) };
    if entry.node.span.start < entry.key.span.end {
        return Err(Refusal::Alias);
    }
    let position = if written_date(first) > written_date(last) { Position::First } else { Position::Last };
    let candidates = if text[entry.node.span.range()].starts_with('[') {
        block::in_brackets(text, items, position, &flow(assessment))
    } else {
        block::in_block(text, entry.key.span.range().end, items, position, &lines(assessment))
    };
    let says_it = |text: &String| {
        let read = load::parse_yaml(text);
        read.is_some_and(|read| is_intended(&root, &read, position, assessment))
    };
    candidates.into_iter().find(says_it).ok_or(Refusal::NoPlace)
}

/// The day of an assessment as written: days written `YYYY-MM-DD` sort as text.
fn written_date(item: &Node) -> Option<&str> {
    let Value::Table(entries) = &item.value else { return None };
    match &entries.iter().find(|entry| entry.key.value == "date")?.node.value {
        Value::Scalar(text, _) => Some(text),
        Value::Null | Value::List(_) | Value::Table(_) => None,
    }
}

fn flow(assessment: &NewAssessment) -> String {
    let entries = assessment.entries().map(|(key, value)| format!("{key}: {value}"));
    format!("{{ {} }}", entries.join(", "))
}

fn lines(assessment: &NewAssessment) -> Vec<String> {
    let entries = assessment.entries().map(|(key, value)| format!("{key}: {value}"));
    let comments = assessment.comments.iter().map(|comment| format!("# {comment}"));
    entries.into_iter().chain(comments).collect()
}

/// Whether `new` is `old` with the assessment added at `position` of its list, and nothing else.
fn is_intended(old: &Node, new: &Node, position: Position, assessment: &NewAssessment) -> bool {
    let (Value::Table(old), Value::Table(new)) = (&old.value, &new.value) else { return false };
    let same_keys = old.iter().map(|entry| &entry.key.value).eq(new.iter().map(|entry| &entry.key.value));
    same_keys
        && old.iter().zip(new).all(|(old, new)| match (&old.node.value, &new.node.value) {
            (Value::List(before), Value::List(after)) if old.key.value == "assessments" => {
                let Some((added, rest)) = (match position {
                    Position::First => after.split_first(),
                    Position::Last => after.split_last(),
                }) else {
                    return false;
                };
                is_the(added, assessment)
                    && before.len() == rest.len()
                    && before.iter().zip(rest).all(|(before, after)| before.says_the_same_as(after))
            }
            _ => old.node.says_the_same_as(&new.node),
        })
}

fn is_the(node: &Node, assessment: &NewAssessment) -> bool {
    let Value::Table(entries) = &node.value else { return false };
    let says = |entry: &crate::source::Entry, (key, value): &(&str, String)| {
        entry.key.value == *key && matches!(&entry.node.value, Value::Scalar(text, _) if text == value)
    };
    let wanted = assessment.entries();
    entries.len() == wanted.len() && entries.iter().zip(&wanted).all(|(entry, wanted)| says(entry, wanted))
}
