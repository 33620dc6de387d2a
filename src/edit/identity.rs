//! Who a service is: moved, retired, back again, renamed. What it was before stays in the file, for figures of the past.

use crate::load::keys::service::FILE;
use crate::model::{Date, ServiceId};
use crate::source::{Node, Value};

use super::EditError;
use super::dated::DatedList;
use super::document::{EditedText, PathStep};
use super::fresh::Fresh;

const PREVIOUSLY: DatedList = DatedList { key: "previously", day: "until" };
const RETIRED: &str = "retired";
const OWNER: &str = "owner";
const RUBRICS: &str = "rubrics";
const RENAMED_FROM: &str = "renamed-from";
const INHERITED_FROM: &str = "inherited-from";

/// Some of what a service is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartialIdentity {
    pub domain: Option<String>,
    pub platform: Option<String>,
    /// Empty for nobody.
    pub owner: Option<String>,
    pub criticality: Option<String>,
    pub golden_thread: Option<bool>,
    pub tags: Option<Vec<String>>,
    /// Empty for all that its assessments use.
    pub rubrics: Option<Vec<String>>,
}

/// A change of what a service is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityChange {
    /// The last day before the change; `None` where there is no earlier time to keep, and no past entry.
    pub until: Option<Date>,
    /// What it was up to that day, of all that changes.
    pub was: PartialIdentity,
    /// What it is from then on.
    pub becomes: PartialIdentity,
}

/// The end of a service, to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRetirement {
    /// The first day on which it is in no count.
    pub on: Date,
    pub because: Option<String>,
}

/// The text of a service's file in which the service has changed. If an entry of `previously` ends on the same day, it
/// keeps what it says.
///
/// # Errors
/// When that can't be done without touching anything else.
pub fn change_identity(text: &str, change: &IdentityChange) -> Result<String, EditError> {
    let mut document = EditedText::read(text)?;
    for (key, value) in change.becomes.entries() {
        let is_none =
            [(OWNER, Fresh::text("")), (RUBRICS, Fresh::List(Vec::new()))].contains(&(key, value.clone()));
        if is_none {
            document.remove(&[PathStep::Key(key)])?;
        } else {
            document.put_in_order(key, &value, FILE.keys)?;
        }
    }
    if let Some(until) = change.until {
        keep_past(&mut document, until, change.was.entries())?;
    }
    Ok(document.into_text())
}

/// The text of a service's file in which the service is retired.
///
/// # Errors
/// When that can't be done without touching anything else.
pub fn retire(text: &str, retirement: &NewRetirement) -> Result<String, EditError> {
    let mut document = EditedText::read(text)?;
    let retired = [PathStep::Key(RETIRED)];
    match (document.get(&retired).map(|node| &node.value), retirement.fresh()) {
        (Some(Value::Table(_)), Fresh::Table(entries)) => {
            let entries: Vec<_> = entries.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
            document.become_table(&retired, &entries)?;
        }
        (_, new) => document.put_in_order(RETIRED, &new, FILE.keys)?,
    }
    Ok(document.into_text())
}

/// The text of a service's file in which a service is no longer retired. `until` is the last day on which it was; `None`
/// where it never was.
///
/// # Errors
/// When that can't be done without touching anything else.
pub fn reinstate(text: &str, retirement: &NewRetirement, until: Option<Date>) -> Result<String, EditError> {
    let mut document = EditedText::read(text)?;
    document.remove(&[PathStep::Key(RETIRED)])?;
    if let Some(until) = until {
        keep_past(&mut document, until, vec![(RETIRED, retirement.fresh())])?;
    }
    Ok(document.into_text())
}

/// The text of a service's file in which the service has another id, and the old one among those that it had before.
///
/// # Errors
/// When that can't be done without touching anything else.
pub fn rename(text: &str, old: &ServiceId, new: &ServiceId) -> Result<String, EditError> {
    let mut document = EditedText::read(text)?;
    document.put(&[], "service", &Fresh::text(new))?;
    document.add_texts(&[], RENAMED_FROM, &[old], |document, _, key, value| {
        document.put_in_order(key, value, FILE.keys)
    })?;
    // A service may get an id back that it had before.
    let list = PathStep::Key(RENAMED_FROM);
    let is_new = |item: &Node| item.text() == Some(new.as_str());
    while let Some(at) = document.items(&[list]).iter().position(is_new) {
        document.remove(&[list, PathStep::Item(at)])?;
    }
    Ok(document.into_text())
}

/// The text of a service's file that names another service by its new id wherever it inherits from it.
///
/// # Errors
/// When that can't be done without touching anything else.
pub fn rename_provider(text: &str, old: &ServiceId, new: &ServiceId) -> Result<String, EditError> {
    if !text.contains(old.as_str()) {
        return Ok(text.to_owned());
    }
    let mut document = EditedText::read(text)?;
    let assessments = document.items(&[PathStep::Key("assessments")]).iter().enumerate();
    let references: Vec<_> = assessments
        .flat_map(|(at, assessment)| inheriting(assessment, old).map(move |category| (at, category.clone())))
        .collect();
    for (at, category) in &references {
        let steps = ["scores", category, INHERITED_FROM].map(PathStep::Key);
        let path = [&[PathStep::Key("assessments"), PathStep::Item(*at)], &steps[..]].concat();
        document.set(&path, &Fresh::text(new))?;
    }
    Ok(document.into_text())
}

/// The categories that an assessment inherits from a service.
fn inheriting<'n>(assessment: &'n Node, provider: &ServiceId) -> impl Iterator<Item = &'n String> {
    let scores = child(assessment, "scores").map_or(&[][..], |scores| match &scores.value {
        Value::Table(scores) => scores,
        Value::Null | Value::Scalar(..) | Value::List(_) => &[],
    });
    let is_from =
        move |score: &Node| child(score, INHERITED_FROM).and_then(Node::text) == Some(provider.as_str());
    scores.iter().filter(move |score| is_from(&score.node)).map(|score| &score.key.value)
}

fn child<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Value::Table(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.node)
}

/// Writes down what a service was up to a day. What is known of that time stays.
fn keep_past(
    document: &mut EditedText,
    until: Date,
    mut was: Vec<(&'static str, Fresh)>,
) -> Result<(), EditError> {
    if was.is_empty() {
        return Ok(());
    }
    let day = until.to_string();
    let entries = PREVIOUSLY.items(document);
    if let Some(at) = entries.iter().position(|entry| PREVIOUSLY.written_day(entry) == Some(&day)) {
        let path = [PREVIOUSLY.path(), PathStep::Item(at)];
        for (key, value) in was {
            let known = document.get(&[path.as_slice(), &[PathStep::Key(key)]].concat());
            if known.is_none_or(|node| node.value == Value::Null) {
                document.put(&path, key, &value)?;
            }
        }
        return Ok(());
    }
    was.insert(0, (PREVIOUSLY.day, Fresh::bare(&until)));
    let entry = Fresh::table(was);
    if entries.is_empty() {
        document.put_in_order(PREVIOUSLY.key, &Fresh::List(vec![entry]), FILE.keys)
    } else {
        PREVIOUSLY.push(document, &day, &entry, &[])
    }
}

impl PartialIdentity {
    fn entries(&self) -> Vec<(&'static str, Fresh)> {
        let texts = [
            ("domain", &self.domain),
            ("platform", &self.platform),
            (OWNER, &self.owner),
            ("criticality", &self.criticality),
        ];
        let texts = texts.into_iter().filter_map(|(key, text)| Some((key, Fresh::text(text.as_ref()?))));
        let golden_thread = self.golden_thread.map(|golden| ("golden-thread", Fresh::Truth(golden)));
        let tags = self.tags.as_ref().map(|tags| ("tags", Fresh::texts(tags)));
        let rubrics = self.rubrics.as_ref().map(|rubrics| (RUBRICS, Fresh::texts(rubrics)));
        texts.chain(golden_thread).chain(tags).chain(rubrics).collect()
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl NewRetirement {
    /// The day alone where there is no reason.
    fn fresh(&self) -> Fresh {
        let on = Fresh::bare(&self.on);
        match &self.because {
            Some(because) => Fresh::table(vec![("on", on), ("because", Fresh::text(because))]),
            None => on,
        }
    }
}
