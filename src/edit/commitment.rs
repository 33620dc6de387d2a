//! Actions and waivers: new ones, and what becomes of them.

use crate::model::{CategoryName, Colour, Date};
use crate::source::{Node, Value};

use super::EditError;
use super::document::{EditedText, PathStep};
use super::fresh::Fresh;
use super::layout::ListPosition;

/// A commitment to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAction {
    pub what: String,
    /// The category that it should improve.
    pub category: Option<CategoryName>,
    pub owner: Option<String>,
    pub raised: Date,
    pub due: Option<Date>,
    /// The colour that it should bring.
    pub target: Option<Colour>,
    /// Who outside the team is needed.
    pub support: Option<String>,
    pub because: Option<String>,
}

/// A waiver to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWaiver {
    pub category: CategoryName,
    /// When it is asked for.
    pub raised: Date,
    /// The last day on which it counts.
    pub until: Date,
    pub because: String,
    /// Who approved it; empty for a request.
    pub approved_by: Vec<String>,
    /// Where that can be seen.
    pub evidence: Vec<String>,
}

/// The text of a service's file with one more action.
///
/// # Errors
/// When that can't be done without touching anything else.
pub fn add_action(text: &str, action: &NewAction) -> Result<String, EditError> {
    let mut entries = vec![("what", Fresh::text(&action.what))];
    entries.extend(action.category.as_ref().map(|category| ("category", Fresh::text(category))));
    entries.extend(action.owner.as_ref().map(|owner| ("owner", Fresh::text(owner))));
    entries.push(("raised", Fresh::bare(&action.raised)));
    entries.extend(action.due.map(|due| ("due", Fresh::bare(&due))));
    entries.extend(action.target.map(|target| ("target", Fresh::text(target.word()))));
    entries.extend(action.support.as_ref().map(|support| ("support", Fresh::text(support))));
    entries.extend(action.because.as_ref().map(|because| ("because", Fresh::text(because))));
    let mut document = EditedText::read(text)?;
    append(&mut document, "actions", Fresh::table(entries))?;
    Ok(document.into_text())
}

/// The text of a service's file in which the action at a place of the list, counted from 0, is done.
///
/// # Errors
/// When that can't be done without touching anything else.
pub fn finish_action(text: &str, action: usize, done: Date) -> Result<String, EditError> {
    let mut document = EditedText::read(text)?;
    document.put(&[PathStep::Key("actions"), PathStep::Item(action)], "done", &Fresh::bare(&done))?;
    Ok(document.into_text())
}

/// The text of a service's file with a waiver: in the place of the one that the category has, or as a new one.
///
/// # Errors
/// When that can't be done without touching anything else.
pub fn waive(text: &str, waiver: &NewWaiver) -> Result<String, EditError> {
    let mut entries = vec![
        ("category", Fresh::text(&waiver.category)),
        ("raised", Fresh::bare(&waiver.raised)),
        ("until", Fresh::bare(&waiver.until)),
        ("because", Fresh::text(&waiver.because)),
    ];
    match waiver.approved_by.as_slice() {
        [] => {}
        [name] => entries.push(("approved-by", Fresh::text(name))),
        names => entries.push(("approved-by", Fresh::texts(names))),
    }
    if !waiver.evidence.is_empty() {
        entries.push(("evidence", Fresh::texts(&waiver.evidence)));
    }
    let mut document = EditedText::read(text)?;
    let known =
        document.items(&[PathStep::Key("waivers")]).iter().rposition(|item| is_about(item, &waiver.category));
    match known {
        None => append(&mut document, "waivers", Fresh::table(entries))?,
        Some(at) => document.become_table(&[PathStep::Key("waivers"), PathStep::Item(at)], &entries)?,
    }
    Ok(document.into_text())
}

fn is_about(item: &Node, category: &CategoryName) -> bool {
    let Value::Table(entries) = &item.value else { return false };
    let named = entries.iter().find(|entry| entry.key.value == "category");
    named.and_then(|entry| entry.node.text()) == Some(category.to_string().as_str())
}

/// Adds an item to a list at the root, be the list there or not.
fn append(document: &mut EditedText, key: &str, item: Fresh) -> Result<(), EditError> {
    if document.items(&[PathStep::Key(key)]).is_empty() {
        document.put(&[], key, &Fresh::List(vec![item]))
    } else {
        document.push(&[PathStep::Key(key)], &item, &[], ListPosition::Last)
    }
}
