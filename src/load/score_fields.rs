//! A score as text, wherever it comes from, in the form in which a service file has it.

use crate::source::{Entry, Node, ScalarStyle, Spanned, Value};

/// A category's score as text, before it is checked.
pub(super) struct ScoreFields {
    pub category: Spanned<String>,
    pub colour: Option<Spanned<String>>,
    pub because: Option<Spanned<String>>,
    pub evidence: Vec<Spanned<String>>,
    pub note: Option<Spanned<String>>,
    pub provider: Option<Spanned<String>>,
}

impl ScoreFields {
    pub fn new(category: Spanned<String>) -> Self {
        Self { category, colour: None, because: None, evidence: Vec::new(), note: None, provider: None }
    }

    /// Returns the score as an entry of `scores:` in a service file.
    pub fn into_entry(self) -> Entry {
        let span = self.category.span;
        let keyed = |key: &str, node: Node| Entry { key: Spanned::new(key.to_owned(), node.span), node };
        let mut entries = Vec::new();
        let texts = [
            ("rag", self.colour),
            ("because", self.because),
            ("note", self.note),
            ("inherited-from", self.provider),
        ];
        for (key, text) in texts {
            entries.extend(text.map(|text| keyed(key, scalar(text))));
        }
        if !self.evidence.is_empty() {
            let links = self.evidence.into_iter().map(scalar).collect();
            entries.push(keyed("evidence", Node { span, value: Value::List(links) }));
        }
        Entry { key: self.category, node: Node { span, value: Value::Table(entries) } }
    }
}

fn scalar(text: Spanned<String>) -> Node {
    Node { span: text.span, value: Value::Scalar(text.value, ScalarStyle::Text) }
}
