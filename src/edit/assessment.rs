//! Assessments: adds a new one, or puts ratings into the one of that day.

use crate::load::keys::NOT_APPLICABLE;
use crate::model::{Confirmation, Date, RubricId, RubricKey, Score, Scoring, Verdict};
use crate::source::{Node, Value};

use super::EditError;
use super::dated::DatedList;
use super::document::{EditedText, PathStep};
use super::fresh::Fresh;

/// An assessment that judges nothing yet.
#[derive(Clone, Debug)]
pub struct NewAssessment {
    /// Its day; no other assessment of the service has it.
    pub date: Date,
    pub rubric: RubricKey,
    /// Lines of comment below it, without `#`; left out where the list is in brackets on one line.
    pub comments: Vec<String>,
}

const ASSESSMENTS: DatedList = DatedList { key: "assessments", day: "date" };

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
    let is_same =
        |item: &Node| ASSESSMENTS.written_day(item) == Some(&date) && is_under(item, &scoring.rubric.id);
    match ASSESSMENTS.items(&document).iter().position(is_same) {
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
    if ASSESSMENTS.items(document).is_empty() {
        document.put(&[], ASSESSMENTS.key, &Fresh::List(vec![assessment]))
    } else {
        ASSESSMENTS.push(document, date, &assessment, comments)
    }
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
        let path = self.path(&[]);
        self.document.add_texts(&path, key, names, EditedText::insert)
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
        [ASSESSMENTS.path(), self.item].into_iter().chain(keys.iter().map(|key| PathStep::Key(key))).collect()
    }
}
