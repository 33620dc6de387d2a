//! Keys that stand twice in a table of somebody else's file: the last counts, as their own readers have it.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;

use crate::source::{Entry, Span, Spanned};

/// A key that stands twice in a table.
#[derive(Debug)]
pub(super) struct RepeatedKey {
    pub key: Spanned<String>,
    /// Where it was first given.
    pub first: Span,
}

/// Leaves the last entry of each key, in the place of the first.
pub(super) fn last_of_each(entries: Vec<Entry>, repeated: &mut Vec<RepeatedKey>) -> Vec<Entry> {
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    let mut places = HashMap::new();
    for entry in entries {
        match places.entry(entry.key.value.clone()) {
            Place::Vacant(place) => {
                place.insert(kept.len());
                kept.push(entry);
            }
            Place::Occupied(place) => {
                let first = &mut kept[*place.get()];
                repeated.push(RepeatedKey { key: entry.key.clone(), first: first.key.span });
                *first = entry;
            }
        }
    }
    kept
}
