//! Assessments: adds a new one, or puts ratings into the one of that day.

use crate::load::keys::NOT_APPLICABLE;
use crate::model::{Confirmation, Date, RubricId, RubricKey, Score, Scoring, Verdict};
use crate::source::{Node, Value};

use super::EditError;
use super::document::{EditedText, PathStep};
use super::fresh::Fresh;
use super::layout::ListPosition;

/// An assessment that judges nothing yet.
#[derive(Clone, Debug)]
pub struct NewAssessment {
    /// Its day; no other assessment of the service has it.
    pub date: Date,
    pub rubric: RubricKey,
    /// Lines of comment below it, without `#`; left out where the list is in brackets on one line.
    pub comments: Vec<String>,
}

const ASSESSMENTS: PathStep<'_> = PathStep::Key("assessments");

/// The text of a service's file with one more assessment, in the order in which the others are.
///
/// # Errors
/// When that can't be done without touching anything else.
pub fn add_assessment(text: &str, assessment: &NewAssessment) -> Result<String, EditError> {
    let mut document = EditedText::read(text)?;
    let head = vec![("date", Fresh::bare(&assessment.date)), ("rubric", Fresh::bare(&assessment.rubric))];
    push(&mut document, &assessment.date.to_string(), Fresh::table(head), &assessment.comments)?;
    Ok(document.into_text())
}

/// Returns the text of a service's file with a scoring in the assessment of its day under its rubric, or in a new one.
///
/// # Errors
/// When that can't be done without touching anything else.
pub fn assess(text: &str, scoring: &Scoring) -> Result<String, EditError> {
    let mut document = EditedText::read(text)?;
    let date = scoring.date.to_string();
    let items = match document.get(&[ASSESSMENTS]).map(|node| &node.value) {
        Some(Value::List(items)) => items.as_slice(),
        Some(Value::Null | Value::Scalar(..) | Value::Table(_)) | None => &[],
    };
    let is_same = |item: &Node| written_date(item) == Some(&date) && is_under(item, &scoring.rubric.id);
    match items.iter().position(is_same) {
        None => push(&mut document, &date, whole(scoring), &[])?,
        Some(at) => SameDay { document: &mut document, item: PathStep::Item(at) }.update(scoring)?,
    }
    Ok(document.into_text())
}

/// Adds an assessment of a day, in the order of the others, or as the first there is.
fn push(
    document: &mut EditedText,
    date: &str,
    assessment: Fresh,
    comments: &[String],
) -> Result<(), EditError> {
    match document.get(&[ASSESSMENTS]).map(|node| &node.value) {
        Some(Value::List(items)) if !items.is_empty() => {
            let position = position(items, date);
            document.push(&[ASSESSMENTS], &assessment, comments, position)
        }
        Some(_) => document.set(&[ASSESSMENTS], &Fresh::List(vec![assessment])),
        None => document.insert(&[], "assessments", &Fresh::List(vec![assessment])),
    }
}

/// Where an assessment of a day goes among others. Where they are in no order, at the end at which the newest is.
fn position(items: &[Node], date: &str) -> ListPosition {
    let dates: Vec<_> = items.iter().map(|item| written_date(item).unwrap_or_default()).collect();
    let is_newest_first = dates.first() > dates.last();
    let is_sorted = if is_newest_first { dates.is_sorted_by(|a, b| a >= b) } else { dates.is_sorted() };
    let next = match (is_sorted, is_newest_first) {
        (true, true) => dates.iter().position(|other| *other < date),
        (true, false) => dates.iter().position(|other| *other > date),
        (false, true) => Some(0),
        (false, false) => None,
    };
    next.map_or(ListPosition::Last, ListPosition::Before)
}

/// The day of an assessment as written: days written `YYYY-MM-DD` sort as text.
fn written_date(item: &Node) -> Option<&str> {
    let Value::Table(entries) = &item.value else { return None };
    entries.iter().find(|entry| entry.key.value == "date")?.node.text()
}

/// Whether an assessment is under a version of a rubric.
fn is_under(item: &Node, rubric: &RubricId) -> bool {
    let Value::Table(entries) = &item.value else { return false };
    let written =
        entries.iter().find(|entry| entry.key.value == "rubric").and_then(|entry| entry.node.text());
    written.and_then(RubricKey::parse).is_some_and(|key| key.id == *rubric)
}

fn whole(scoring: &Scoring) -> Fresh {
    let mut entries = vec![("date", Fresh::bare(&scoring.date)), ("rubric", Fresh::bare(&scoring.rubric))];
    for (key, names) in [("by", &scoring.by), ("with", &scoring.with)] {
        if !names.is_empty() {
            entries.push((key, Fresh::texts(names)));
        }
    }
    if !scoring.scores.is_empty() {
        entries.push(("scores", scores(&scoring.scores)));
    }
    match &scoring.confirmation {
        Confirmation::All => entries.push(("confirmed", Fresh::text("all"))),
        Confirmation::These(categories) if categories.is_empty() => {}
        Confirmation::These(categories) => entries.push(("confirmed", Fresh::texts(categories))),
    }
    Fresh::table(entries)
}

fn scores<'s>(scores: impl IntoIterator<Item = &'s Score>) -> Fresh {
    let entries = scores.into_iter().map(|score| (score.category.to_string(), value(score)));
    Fresh::Table(entries.collect())
}

/// A score in its shortest form.
fn value(score: &Score) -> Fresh {
    let entries = long_form(score);
    match entries.as_slice() {
        [("rag", colour)] => colour.clone(),
        _ => Fresh::table(entries),
    }
}

fn long_form(score: &Score) -> Vec<(&'static str, Fresh)> {
    let mut entries = vec![match &score.verdict {
        Verdict::Rated { colour, .. } => ("rag", Fresh::text(colour.word())),
        Verdict::NotApplicable { .. } => ("rag", Fresh::text(NOT_APPLICABLE)),
        Verdict::Inherited { provider, .. } => ("inherited-from", Fresh::text(provider)),
    }];
    entries.extend(score.verdict.because().map(|because| ("because", Fresh::text(because))));
    if !score.evidence.is_empty() {
        entries.push(("evidence", Fresh::texts(&score.evidence)));
    }
    entries.extend(score.note.as_ref().map(|note| ("note", Fresh::text(note))));
    entries
}

/// An assessment that is there already.
struct SameDay<'d> {
    document: &'d mut EditedText,
    item: PathStep<'static>,
}

impl SameDay<'_> {
    fn update(&mut self, scoring: &Scoring) -> Result<(), EditError> {
        self.add_all("by", &scoring.by)?;
        self.add_all("with", &scoring.with)?;
        for score in &scoring.scores {
            self.put(score)?;
        }
        self.confirm(&scoring.confirmation)?;
        // Last, so that a list that changes stays where it is.
        let mut judged = scoring.scores.iter();
        judged.try_for_each(|score| self.unconfirm(score.category.as_str()))
    }

    fn confirm(&mut self, confirmation: &Confirmation) -> Result<(), EditError> {
        match confirmation {
            Confirmation::All => self.document.put(&self.path(&[]), "confirmed", &Fresh::text("all")),
            Confirmation::These(_) if self.text("confirmed") == Some("all") => Ok(()),
            Confirmation::These(categories) => {
                let is_judged = |id: &&_| self.get(&["scores", &format!("{id}")]).is_some();
                let categories: Vec<_> = categories.iter().filter(|id| !is_judged(id)).collect();
                self.add_all("confirmed", &categories)
            }
        }
    }

    /// Adds those names to a list that it doesn't have.
    fn add_all<T: ToString>(&mut self, key: &str, names: &[T]) -> Result<(), EditError> {
        let known = match self.get(&[key]).map(|node| &node.value) {
            Some(Value::List(items)) => items.iter().filter_map(Node::text).map(str::to_owned).collect(),
            Some(Value::Scalar(text, _)) => vec![text.clone()],
            Some(Value::Null | Value::Table(_)) | None => Vec::new(),
        };
        let names = names.iter().map(ToString::to_string);
        let new: Vec<_> = names.filter(|name| !known.contains(name)).collect();
        let is_list = matches!(self.get(&[key]), Some(Node { value: Value::List(_), .. }));
        match (new.as_slice(), known.is_empty()) {
            ([], _) => Ok(()),
            (new, false) if is_list => {
                let path = self.path(&[key]);
                let mut each = new.iter();
                each.try_for_each(|name| {
                    self.document.push(&path, &Fresh::text(name), &[], ListPosition::Last)
                })
            }
            (new, _) => self.document.put(&self.path(&[]), key, &Fresh::texts(&[&known, new].concat())),
        }
    }

    /// Says what was found of a category; as little as possible is written anew.
    fn put(&mut self, score: &Score) -> Result<(), EditError> {
        let category = score.category.as_str();
        let Some(Value::Table(known)) = self.get(&["scores"]).map(|node| &node.value) else {
            return self.document.put(&self.path(&[]), "scores", &scores([score]));
        };
        let Some(old) = known.iter().find(|entry| entry.key.value == category) else {
            let path = self.path(&["scores"]);
            return match known.as_slice() {
                [] => self.document.set(&path, &scores([score])),
                _ => self.document.insert(&path, category, &value(score)),
            };
        };
        let path = self.path(&["scores", category]);
        if !matches!(old.node.value, Value::Table(_)) {
            return self.document.set(&path, &value(score));
        }
        self.document.become_table(&path, &long_form(score))
    }

    /// What is judged isn't confirmed as well.
    fn unconfirm(&mut self, category: &str) -> Result<(), EditError> {
        let Some(Value::List(items)) = self.get(&["confirmed"]).map(|node| &node.value) else {
            return Ok(());
        };
        let Some(at) = items.iter().position(|item| item.text() == Some(category)) else { return Ok(()) };
        let path = self.path(&["confirmed"]);
        if items.len() > 1 {
            self.document.remove(&[path.as_slice(), &[PathStep::Item(at)]].concat())
        } else {
            self.document.remove(&path)
        }
    }

    fn get(&self, keys: &[&str]) -> Option<&Node> {
        self.document.get(&self.path(keys))
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.get(&[key]).and_then(Node::text)
    }

    fn path<'k>(&self, keys: &[&'k str]) -> Vec<PathStep<'k>> {
        [ASSESSMENTS, self.item].into_iter().chain(keys.iter().map(|key| PathStep::Key(key))).collect()
    }
}
