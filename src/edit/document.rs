//! A text that is changed step by step. After each step it holds what it held before and that change, keeps every
//! comment, and is the same outside of the place of the change; a step for which no such text is found isn't taken.

use crate::load;
use crate::load::keys::Key;
use crate::source::{Entry, Node, Value};

use super::EditError;
use super::fresh::{self, Dialect, Fresh};
use super::layout::{self, ListPosition, Parts};
use super::place;

/// One step on the way from the root to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PathStep<'p> {
    /// To the value of a key.
    Key(&'p str),
    /// To an item of a list, counted from 0.
    Item(usize),
}

/// A text and what it says.
pub(super) struct EditedText {
    text: String,
    root: Node,
    dialect: Dialect,
}

impl EditedText {
    pub fn read(text: &str) -> Result<Self, EditError> {
        let root = load::parse_yaml(text).ok_or(EditError::Unreadable)?;
        let is_json = text[root.span.range()].starts_with('{')
            && text[root.span.range()][1..].trim_start().starts_with('"');
        let dialect = if is_json { Dialect::Json } else { Dialect::Yaml };
        Ok(Self { text: text.to_owned(), root, dialect })
    }

    pub fn into_text(self) -> String {
        self.text
    }

    /// The value at the end of a path.
    pub fn get(&self, path: &[PathStep<'_>]) -> Option<&Node> {
        path.iter().try_fold(&self.root, |node, step| child(node, *step))
    }

    /// The items of the list at the end of a path; none where there is no list.
    pub fn items(&self, path: &[PathStep<'_>]) -> &[Node] {
        match self.get(path).map(|node| &node.value) {
            Some(Value::List(items)) => items,
            Some(Value::Null | Value::Scalar(..) | Value::Table(_)) | None => &[],
        }
    }

    /// Puts a value in the place of another one, or behind a key that has none.
    pub fn set(&mut self, path: &[PathStep<'_>], value: &Fresh) -> Result<(), EditError> {
        let (PathStep::Key(key), table) = self.last_step(path)? else { return Err(EditError::NoPlace) };
        let entry = find(table, key).ok_or(EditError::NoPlace)?;
        let is_flow = self.is_flow(table);
        let candidates = layout::set(&self.text, entry, is_flow, value, self.dialect);
        let node = value.node(self.dialect);
        self.change(path, candidates, &[], |old| *old = node)
    }

    /// Gives a key of a table a value, be the key there or not; what says so already is left alone.
    pub fn put(&mut self, path: &[PathStep<'_>], key: &str, value: &Fresh) -> Result<(), EditError> {
        self.put_by(path, key, value, Self::insert)
    }

    /// The same for a key of the root that has its place among others, which are given in their order.
    pub fn put_in_order(&mut self, key: &str, value: &Fresh, order: &[Key]) -> Result<(), EditError> {
        self.put_by(&[], key, value, |document, _, key, value| document.insert_in_order(key, value, order))
    }

    fn put_by(
        &mut self,
        path: &[PathStep<'_>],
        key: &str,
        value: &Fresh,
        insert: impl FnOnce(&mut Self, &[PathStep<'_>], &str, &Fresh) -> Result<(), EditError>,
    ) -> Result<(), EditError> {
        let entry = [path, &[PathStep::Key(key)]].concat();
        match self.get(&entry) {
            None => insert(self, path, key, value),
            Some(old) if value.is_said_by(old) => Ok(()),
            Some(_) => self.set(&entry, value),
        }
    }

    /// Adds those texts to a list that it doesn't have; `insert` adds the list where there is none.
    pub fn add_texts<T: ToString>(
        &mut self,
        path: &[PathStep<'_>],
        key: &str,
        texts: &[T],
        insert: impl FnOnce(&mut Self, &[PathStep<'_>], &str, &Fresh) -> Result<(), EditError>,
    ) -> Result<(), EditError> {
        let list = [path, &[PathStep::Key(key)]].concat();
        let (known, is_list) = match self.get(&list).map(|node| &node.value) {
            Some(Value::List(items)) => {
                (items.iter().filter_map(Node::text).map(str::to_owned).collect(), true)
            }
            Some(Value::Scalar(text, _)) => (vec![text.clone()], false),
            Some(Value::Null | Value::Table(_)) | None => (Vec::new(), false),
        };
        let texts = texts.iter().map(ToString::to_string);
        let new: Vec<_> = texts.filter(|text| !known.contains(text)).collect();
        if new.is_empty() {
            Ok(())
        } else if is_list && !known.is_empty() {
            let mut each = new.iter();
            each.try_for_each(|text| self.push(&list, &Fresh::text(text), &[], ListPosition::Last))
        } else {
            self.put_by(path, key, &Fresh::texts(&[known, new].concat()), insert)
        }
    }

    /// Gives a table these keys and values and no others; as little as possible is written anew.
    pub fn become_table(
        &mut self,
        path: &[PathStep<'_>],
        entries: &[(&str, Fresh)],
    ) -> Result<(), EditError> {
        for (key, value) in entries {
            self.put(path, key, value)?;
        }
        let Some(Value::Table(all)) = self.get(path).map(|node| &node.value) else { return Ok(()) };
        let is_obsolete = |key: &&String| !entries.iter().any(|(new, _)| new == key);
        let obsolete: Vec<_> =
            all.iter().map(|entry| &entry.key.value).filter(is_obsolete).cloned().collect();
        obsolete.iter().try_for_each(|key| self.remove(&[path, &[PathStep::Key(key)]].concat()))
    }

    /// Adds a key and its value to a table.
    pub fn insert(&mut self, path: &[PathStep<'_>], key: &str, value: &Fresh) -> Result<(), EditError> {
        let table = self.get(path).ok_or(EditError::NoPlace)?;
        let Value::Table(entries) = &table.value else { return Err(EditError::NoPlace) };
        self.insert_at(path, entries.len(), key, value)
    }

    /// Adds a key and its value to a table, as its entry at an index.
    fn insert_at(
        &mut self,
        path: &[PathStep<'_>],
        at: usize,
        key: &str,
        value: &Fresh,
    ) -> Result<(), EditError> {
        let table = self.get(path).ok_or(EditError::NoPlace)?;
        let Value::Table(entries) = &table.value else { return Err(EditError::NoPlace) };
        let before = entries.get(..at).ok_or(EditError::NoPlace)?;
        let candidates = if self.is_flow(table) {
            layout::insert_in_braces(&self.text, before, &value.behind_key(key, self.dialect))
        } else {
            layout::insert_in_block(&self.text, before, |indents| value.below_key(key, indents))
        };
        let entry = fresh::entry(key, value.node(self.dialect));
        self.change(path, candidates, &[], |old| {
            if let Value::Table(entries) = &mut old.value {
                entries.insert(at, entry);
            }
        })
    }

    /// Adds a key and its value to the root: behind those that come before it in an order or, where that can't be done,
    /// behind all.
    fn insert_in_order(&mut self, key: &str, value: &Fresh, order: &[Key]) -> Result<(), EditError> {
        let Value::Table(entries) = &self.root.value else { return Err(EditError::NoPlace) };
        let rank = |key: &str| order.iter().position(|known| known.name == key);
        let comes_before = |entry: &Entry| rank(&entry.key.value).is_some_and(|it| Some(it) < rank(key));
        let at = entries.iter().rposition(comes_before).map_or(entries.len(), |last| last + 1);
        let inserted = self.insert_at(&[], at, key, value);
        if inserted.is_err() { self.insert(&[], key, value) } else { inserted }
    }

    /// Adds an item to a list that has some. `comments`, without `#`, go below it, but not where the list is in brackets.
    pub fn push(
        &mut self,
        path: &[PathStep<'_>],
        item: &Fresh,
        comments: &[String],
        position: ListPosition,
    ) -> Result<(), EditError> {
        let list = self.get(path).ok_or(EditError::NoPlace)?;
        let Value::List(items) = &list.value else { return Err(EditError::NoPlace) };
        let (PathStep::Key(key), table) = self.last_step(path)? else { return Err(EditError::NoPlace) };
        let key = find(table, key).map(|entry| entry.key.span).ok_or(EditError::NoPlace)?;
        if list.span.start < key.end {
            return Err(EditError::Alias);
        }
        let comments: Vec<_> = comments.iter().map(|comment| format!("# {}", comment.trim_end())).collect();
        let (candidates, comments) = if self.is_flow(list) {
            (layout::push_in_brackets(&self.text, items, position, &item.in_line(self.dialect)), &[][..])
        } else {
            let lines = |indents| [item.lines(indents), comments.clone()].concat();
            (layout::push_in_block(&self.text, key.range().end, items, position, lines), &comments[..])
        };
        let node = item.node(self.dialect);
        self.change(path, candidates, comments, |old| {
            if let Value::List(items) = &mut old.value {
                match position {
                    ListPosition::Before(at) => items.insert(at, node),
                    ListPosition::Last => items.push(node),
                }
            }
        })
    }

    /// Takes a key with its value, or an item of a list, away from others that stay.
    pub fn remove(&mut self, path: &[PathStep<'_>]) -> Result<(), EditError> {
        let (step, parent) = self.last_step(path)?;
        let (parts, at, places) = match (&parent.value, step) {
            (Value::Table(entries), PathStep::Key(key)) => {
                let at = entries.iter().position(|entry| entry.key.value == key).ok_or(EditError::NoPlace)?;
                let places = entries.iter().map(|entry| place::entry(&self.text, entry));
                (Parts::Entries, at, places.collect::<Option<Vec<_>>>().ok_or(EditError::NoPlace)?)
            }
            (Value::List(items), PathStep::Item(at)) => {
                (Parts::Items, at, items.iter().map(|item| place::item(&self.text, item)).collect())
            }
            (Value::Null | Value::Scalar(..) | Value::List(_) | Value::Table(_), _) => {
                return Err(EditError::NoPlace);
            }
        };
        if places.len() < 2 || at >= places.len() {
            return Err(EditError::NoPlace);
        }
        let candidates = if self.is_flow(parent) {
            layout::remove_in_brackets(&self.text, &places, at)
        } else {
            layout::remove_in_block(&self.text, parts, &places, at)
        };
        let above = &path[..path.len() - 1];
        self.change(above, candidates, &[], |old| match &mut old.value {
            Value::Table(entries) => drop(entries.remove(at)),
            Value::List(items) => drop(items.remove(at)),
            Value::Null | Value::Scalar(..) => {}
        })
    }

    fn last_step<'p>(&self, path: &[PathStep<'p>]) -> Result<(PathStep<'p>, &Node), EditError> {
        let (last, above) = path.split_last().ok_or(EditError::NoPlace)?;
        Ok((*last, self.get(above).ok_or(EditError::NoPlace)?))
    }

    /// Whether a list or table is in brackets. The place of one that isn't may begin with its first item, which may be.
    fn is_flow(&self, node: &Node) -> bool {
        let first = match &node.value {
            Value::List(items) => items.first().map(|item| item.span.start),
            Value::Table(entries) => entries.first().map(|entry| entry.key.span.start),
            Value::Null | Value::Scalar(..) => return false,
        };
        first != Some(node.span.start) && self.text[node.span.range()].starts_with(['{', '['])
    }

    /// Takes the first candidate that says what the text says once `edit` has changed the value at a path, with all its
    /// comments and these.
    fn change(
        &mut self,
        path: &[PathStep<'_>],
        candidates: Vec<String>,
        new_comments: &[String],
        edit: impl FnOnce(&mut Node),
    ) -> Result<(), EditError> {
        let mut wanted = self.root.clone();
        let node = path.iter().try_fold(&mut wanted, |node, step| child_mut(node, *step));
        edit(node.ok_or(EditError::NoPlace)?);
        let mut comments = comments(&self.text);
        comments.extend(new_comments.iter().map(String::as_str));
        comments.sort_unstable();
        for text in candidates {
            let Some(root) = load::parse_yaml(&text) else { continue };
            if root.says_the_same_as(&wanted) && sorted(self::comments(&text)) == comments {
                (self.text, self.root) = (text, root);
                return Ok(());
            }
        }
        Err(EditError::NoPlace)
    }
}

fn comments(text: &str) -> Vec<&str> {
    load::yaml_comments(text).into_iter().map(|comment| text[comment].trim_end()).collect()
}

fn sorted(mut comments: Vec<&str>) -> Vec<&str> {
    comments.sort_unstable();
    comments
}

fn find<'n>(table: &'n Node, key: &str) -> Option<&'n Entry> {
    let Value::Table(entries) = &table.value else { return None };
    entries.iter().find(|entry| entry.key.value == key)
}

fn child<'n>(node: &'n Node, step: PathStep<'_>) -> Option<&'n Node> {
    match (&node.value, step) {
        (Value::Table(_), PathStep::Key(key)) => find(node, key).map(|entry| &entry.node),
        (Value::List(items), PathStep::Item(at)) => items.get(at),
        (Value::Null | Value::Scalar(..) | Value::List(_) | Value::Table(_), _) => None,
    }
}

fn child_mut<'n>(node: &'n mut Node, step: PathStep<'_>) -> Option<&'n mut Node> {
    match (&mut node.value, step) {
        (Value::Table(entries), PathStep::Key(key)) => {
            entries.iter_mut().find(|entry| entry.key.value == key).map(|entry| &mut entry.node)
        }
        (Value::List(items), PathStep::Item(at)) => items.get_mut(at),
        (Value::Null | Value::Scalar(..) | Value::List(_) | Value::Table(_), _) => None,
    }
}
