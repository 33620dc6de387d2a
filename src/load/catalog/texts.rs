//! Texts and links in an entity, where they are what they should be.

use crate::model::Link;
use crate::source::{Node, Spanned, Value};

/// A text that says something.
pub(super) fn text(node: Option<&Node>) -> Option<Spanned<String>> {
    let node = node?;
    let text = node.text()?.trim();
    (!text.is_empty()).then(|| Spanned::new(text.to_owned(), node.span))
}

/// The texts of a list; a text alone is one.
pub(super) fn texts(node: &Node) -> Vec<Spanned<String>> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|item| text(Some(item))).collect(),
        Value::Scalar(..) => text(Some(node)).into_iter().collect(),
        Value::Null | Value::Table(_) => Vec::new(),
    }
}

pub(super) fn links(node: Option<&Node>) -> Vec<Link> {
    let Some(Value::List(items)) = node.map(|node| &node.value) else { return Vec::new() };
    let link = |item: &Node| {
        let href = text(item.get("url"))?;
        let title = text(item.get("title")).unwrap_or_else(|| href.clone());
        Some(Link { title: title.value, href: href.value, span: href.span })
    };
    items.iter().filter_map(link).collect()
}
