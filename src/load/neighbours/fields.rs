//! Reading the tables of other tools' files. What they hold besides is their own affair; a value that can't be used is
//! reported and counts as absent.

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Link;
use crate::source::{Entry, Node, Spanned, Value};

use super::super::values::address;

/// A table of which some keys are read. A key without a value counts as absent.
#[derive(Clone, Copy)]
pub(super) struct Fields<'n> {
    entries: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// The table that a node is.
    pub fn of(node: &'n Node) -> Option<Self> {
        match &node.value {
            Value::Table(entries) => Some(Self { entries }),
            Value::Null | Value::Scalar(..) | Value::List(_) => None,
        }
    }

    /// A key's value.
    pub fn get(self, key: &str) -> Option<&'n Node> {
        let entry = self.entries.iter().find(|entry| entry.key.value == key)?;
        (entry.node.value != Value::Null).then_some(&entry.node)
    }

    pub fn entries(self) -> impl Iterator<Item = &'n Entry> {
        self.entries.iter().filter(|entry| entry.node.value != Value::Null)
    }

    /// The table in a key.
    pub fn table(self, key: &str, problems: &mut Problems) -> Option<Self> {
        let node = self.get(key)?;
        let table = Self::of(node);
        if table.is_none() {
            unusable(node, key, "a table of keys", problems);
        }
        table
    }

    /// The text in a key; a number, a date or a truth value is the text that it is written as.
    pub fn text(self, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
        text(self.get(key)?, key, problems)
    }

    /// The values in a key; one alone counts as a list of one.
    pub fn items(self, key: &str) -> &'n [Node] {
        match self.get(key) {
            None => &[],
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => std::slice::from_ref(node),
        }
    }

    /// The texts in a key.
    pub fn texts(self, key: &str, problems: &mut Problems) -> Vec<Spanned<String>> {
        self.items(key).iter().filter_map(|item| text(item, key, problems)).collect()
    }

    /// The tables in a key.
    pub fn tables(self, key: &str, problems: &mut Problems) -> Vec<Self> {
        let table = |item: &'n Node| {
            let table = Self::of(item);
            if table.is_none() && item.value != Value::Null {
                unusable(item, key, "tables of keys", problems);
            }
            table
        };
        self.items(key).iter().filter_map(table).collect()
    }

    /// The links in a key: tables with a `url`, and a `name` or else another of the keys `titles`.
    pub fn links(self, key: &str, titles: &[&str], problems: &mut Problems) -> Vec<Link> {
        let tables = self.tables(key, problems);
        tables.into_iter().filter_map(|table| table.link(titles, problems)).collect()
    }

    fn link(self, titles: &[&str], problems: &mut Problems) -> Option<Link> {
        let href = self.text("url", problems)?;
        let mut wrong = Problems::default();
        address(&href, &mut wrong);
        if let Some(reason) = wrong.iter().next() {
            let problem =
                Diagnostic::new(Code::InvalidCatalogValue, format!("{}: the link is left out", reason.title));
            problems.push(problem.at(href.span, "not followed"));
            return None;
        }
        let title = titles.iter().find_map(|title| self.text(title, problems));
        let title = title.map(|title| readable(&title.value)).filter(|title| !title.trim().is_empty());
        let title = title.unwrap_or_else(|| href.value.clone());
        Some(Link { title, href: href.value, span: href.span })
    }
}

/// What tools call a type of link stands for a missing name: `OTHER_LINK` is "Other link".
fn readable(title: &str) -> String {
    let is_constant =
        title.len() > 1 && title.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_');
    if !is_constant {
        return title.to_owned();
    }
    let words = title.replace('_', " ").to_ascii_lowercase();
    let (first, rest) = words.split_at(1);
    format!("{}{rest}", first.to_ascii_uppercase())
}

/// The text that a node is. An empty one counts as absent.
pub(super) fn text(node: &Node, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
    match &node.value {
        Value::Scalar(text, _) => {
            let text = text.trim();
            (!text.is_empty()).then(|| Spanned::new(text.to_owned(), node.span))
        }
        Value::Null => None,
        Value::List(_) | Value::Table(_) => {
            unusable(node, key, "text", problems);
            None
        }
    }
}

fn unusable(node: &Node, key: &str, expected: &str, problems: &mut Problems) {
    let problem = Diagnostic::new(Code::InvalidCatalogValue, format!("`{key}` should be {expected}"));
    problems.push(problem.at(node.span, format!("found {}, which is ignored", node.value.describe())));
}
