//! The one tree that YAML and TOML are both parsed into: values with their places, and nothing yet decided about
//! what they mean.

use super::{Span, Spanned};

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub span: Span,
    pub value: Value,
}

impl Node {
    /// Its text, if that is what it is.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text, _) => Some(text),
            Value::Null | Value::List(_) | Value::Table(_) => None,
        }
    }

    /// The value of a key, if this is a table that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|entry| entry.key.value == key).map(|entry| &entry.node)
    }

    /// The entries, if this is a table.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            Value::Null | Value::Scalar(..) | Value::List(_) => &[],
        }
    }

    /// Whether both hold the same values in the same order, wherever they are written, as text or plainly alike.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Scalar(mine, style), Value::Scalar(theirs, other)) => mine == theirs && style == other,
            (Value::List(mine), Value::List(theirs)) => {
                mine.len() == theirs.len()
                    && mine.iter().zip(theirs).all(|(mine, theirs)| mine.says_the_same_as(theirs))
            }
            (Value::Table(mine), Value::Table(theirs)) => {
                let same = |mine: &Entry, theirs: &Entry| {
                    mine.key.value == theirs.key.value && mine.node.says_the_same_as(&theirs.node)
                };
                mine.len() == theirs.len() && mine.iter().zip(theirs).all(|(mine, theirs)| same(mine, theirs))
            }
            (Value::Null | Value::Scalar(..) | Value::List(_) | Value::Table(_), _) => false,
        }
    }
}

/// What was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: a key with no value, `~` or `null`.
    Null,
    /// Text, and how it was written.
    Scalar(String, ScalarStyle),
    /// A sequence or array.
    List(Vec<Node>),
    /// A mapping or table, in the order of the file; keys are unique.
    Table(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: Spanned<String>,
    pub node: Node,
}

/// How a scalar was written, as far as it matters to what it may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes in YAML: may be read as text, a date, a number or a truth value, whichever the place wants.
    Plain,
    /// Quoted, or a block of text: always text.
    Text,
    /// A number, date or truth value of TOML: never text.
    Literal,
}

impl Value {
    /// What this is, for a message: "a list", "the text `x`".
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Null => "nothing".to_owned(),
            Self::Scalar(text, ScalarStyle::Plain | ScalarStyle::Literal) => format!("`{text}`"),
            Self::Scalar(text, ScalarStyle::Text) => format!("the text `{text}`"),
            Self::List(_) => "a list".to_owned(),
            Self::Table(_) => "a table of keys".to_owned(),
        }
    }
}
