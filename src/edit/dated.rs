//! Lists at the root whose items each have a day: assessments by `date`, past identities by `until`.

use crate::source::{Node, Value};

use super::EditError;
use super::document::{EditedText, PathStep};
use super::fresh::Fresh;
use super::layout::ListPosition;

/// A list of dated items.
#[derive(Clone, Copy, Debug)]
pub(super) struct DatedList {
    pub key: &'static str,
    /// The key of an item's day.
    pub day: &'static str,
}

impl DatedList {
    pub fn path(self) -> PathStep<'static> {
        PathStep::Key(self.key)
    }

    /// The items; none where there is no list.
    pub fn items(self, document: &EditedText) -> &[Node] {
        document.items(&[self.path()])
    }

    /// The day of an item as written: days written `YYYY-MM-DD` sort as text.
    pub fn written_day(self, item: &Node) -> Option<&str> {
        let Value::Table(entries) = &item.value else { return None };
        entries.iter().find(|entry| entry.key.value == self.day)?.node.text()
    }

    /// Adds an item of a day to a list that has some, in their order.
    pub fn push(
        self,
        document: &mut EditedText,
        day: &str,
        item: &Fresh,
        comments: &[String],
    ) -> Result<(), EditError> {
        let position = self.position(self.items(document), day);
        document.push(&[self.path()], item, comments, position)
    }

    /// Where an item of a day goes among others. Where they are in no order, at the end at which the newest is.
    fn position(self, items: &[Node], day: &str) -> ListPosition {
        let days: Vec<_> = items.iter().map(|item| self.written_day(item).unwrap_or_default()).collect();
        let is_newest_first = days.first() > days.last();
        let is_sorted = if is_newest_first { days.is_sorted_by(|a, b| a >= b) } else { days.is_sorted() };
        let next = match (is_sorted, is_newest_first) {
            (true, true) => days.iter().position(|other| *other < day),
            (true, false) => days.iter().position(|other| *other > day),
            (false, true) => Some(0),
            (false, false) => None,
        };
        next.map_or(ListPosition::Last, ListPosition::Before)
    }
}
