//! A table of another model. What isn't asked for becomes comments, so that nothing of the source is lost.

use crate::source::{Entry, Node, Value};

/// A table, and which of its keys were used.
pub(super) struct SourceTable<'n> {
    entries: &'n [Entry],
    used: Vec<&'n str>,
}

impl<'n> SourceTable<'n> {
    /// The table that a node is.
    pub fn of(node: &'n Node) -> Option<Self> {
        match &node.value {
            Value::Table(entries) => Some(Self { entries, used: Vec::new() }),
            Value::Null | Value::Scalar(..) | Value::List(_) => None,
        }
    }

    fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key.value == key)
    }

    /// Whether it has a key.
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// The text of the first of several keys that has one.
    pub fn text(&mut self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| {
            let entry = self.entry(key)?;
            let text = words(&entry.node)?;
            self.used.push(&entry.key.value);
            Some(text.to_owned())
        })
    }

    /// The table in a key, as a node.
    pub fn table(&mut self, key: &str) -> Option<&'n Node> {
        let entry = self.entry(key)?;
        let Value::Table(_) = entry.node.value else { return None };
        self.used.push(&entry.key.value);
        Some(&entry.node)
    }

    /// The items of a list in the first of several keys that has one.
    pub fn list(&mut self, keys: &[&str]) -> Option<&'n [Node]> {
        keys.iter().find_map(|key| {
            let entry = self.entry(key)?;
            let Value::List(items) = &entry.node.value else { return None };
            self.used.push(&entry.key.value);
            Some(items.as_slice())
        })
    }

    /// What was not asked for, in words: `key: value`.
    pub fn rest(&self) -> Vec<String> {
        let unused = self.entries.iter().filter(|entry| !self.used.contains(&entry.key.value.as_str()));
        unused.filter_map(|Entry { key, node }| Some(format!("{}: {}", key.value, in_words(node)?))).collect()
    }
}

/// The text that a node is, if it says something.
pub(super) fn words(node: &Node) -> Option<&str> {
    node.text().map(str::trim).filter(|text| !text.is_empty())
}

/// A value in words; `None` if it says nothing.
pub(super) fn in_words(node: &Node) -> Option<String> {
    match &node.value {
        Value::Null => None,
        Value::Scalar(..) => words(node).map(str::to_owned),
        Value::List(items) => {
            let items: Vec<_> = items.iter().filter_map(in_words).collect();
            (!items.is_empty()).then(|| items.join(", "))
        }
        Value::Table(entries) => {
            let entry = |entry: &Entry| Some(format!("{}: {}", entry.key.value, in_words(&entry.node)?));
            let entries: Vec<_> = entries.iter().filter_map(entry).collect();
            (!entries.is_empty()).then(|| format!("{{ {} }}", entries.join("; ")))
        }
    }
}
