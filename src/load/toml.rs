//! TOML text → [`Node`]s.

use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue, Error};

use super::conflict;
use crate::diag::{Code, Diagnostic, Problems};
use crate::source::{Entry, FileId, Node, ScalarStyle, Span, Spanned, Value};

/// Bytes up to which all errors of a file are looked for: each takes memory, and a hostile file has one a byte.
const MAX_FOR_ALL: usize = 64 * 1024;
/// Errors of one file that are shown. The first is the cause of most others.
const MAX_SHOWN: usize = 20;

/// The whole file as a table; `None` when it is not TOML, with its first syntax errors in `problems`.
pub(super) fn parse(text: &str, file: FileId, problems: &mut Problems) -> Option<Node> {
    let (table, errors) = match DeTable::parse(text) {
        Ok(table) => {
            let span = Span::new(file, 0..0);
            return Some(Node { span, value: Value::Table(entries(table.get_ref(), file)) });
        }
        Err(_) if text.len() <= MAX_FOR_ALL => DeTable::parse_recoverable(text),
        Err(first) => (TomlSpanned::new(0..0, DeTable::new()), vec![first]),
    };
    if let Some(error) = errors.iter().find(|error| error.message().contains("recurs")) {
        // Whatever else it stumbled over came from not reading on.
        let problem = Diagnostic::new(Code::TooDeep, "values are nested too deeply");
        let problem = problem.at(Span::new(file, error.span().unwrap_or(0..0)), "reading stops here");
        problems.push(problem.help("take the extra brackets or dots away; the format itself needs 7 levels"));
        return None;
    }
    if let Some(problem) = conflict::find_left_over(text, file) {
        problems.push(problem);
        return None;
    }
    for error in errors.iter().take(MAX_SHOWN) {
        problems.push(syntax_error(error, text, table.get_ref(), file));
    }
    None
}

/// `table` is what could be read in spite of the errors.
fn syntax_error(error: &Error, text: &str, table: &DeTable<'_>, file: FileId) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let span = Span::new(file, range.clone());
    if error.message().contains("duplicate key") {
        let key = text.get(range).unwrap_or_default();
        let problem = Diagnostic::new(Code::DuplicateKey, format!("the key `{key}` is given twice"));
        let problem = problem.at(span, "given again here");
        let problem = match last_before(table, key, span.start as usize) {
            Some(first) => problem.and(Span::new(file, first), "first given here"),
            None => problem,
        };
        return problem.help("keep one of them: of two answers, one would be lost");
    }
    Diagnostic::new(Code::InvalidToml, "this is not TOML")
        .at(span, error.message())
        .help("nothing of this file is used until this is put right")
}

/// Where a key of this name was last written before a place. Of a key given twice that is the first one: what lies
/// between the two belongs to the same table.
fn last_before(table: &DeTable<'_>, name: &str, place: usize) -> Option<Range<usize>> {
    let own =
        table.iter().map(|(key, _)| key).filter(|key| key.get_ref().as_ref() == name).map(TomlSpanned::span);
    let own = own.filter(|span| span.end <= place);
    let inner = table.iter().filter_map(|(_, value)| last_in(value.get_ref(), name, place));
    own.chain(inner).max_by_key(|span| span.start)
}

fn last_in(value: &DeValue<'_>, name: &str, place: usize) -> Option<Range<usize>> {
    match value {
        DeValue::Table(table) => last_before(table, name, place),
        DeValue::Array(items) => {
            let found = items.iter().filter_map(|item| last_in(item.get_ref(), name, place));
            found.max_by_key(|span| span.start)
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => None,
    }
}

fn entries(table: &DeTable<'_>, file: FileId) -> Vec<Entry> {
    let entry = |(key, value): (&TomlSpanned<_>, &TomlSpanned<DeValue<'_>>)| {
        let name: &std::borrow::Cow<'_, str> = key.get_ref();
        Entry { key: Spanned::new(name.to_string(), Span::new(file, key.span())), node: node(value, file) }
    };
    table.iter().map(entry).collect()
}

fn node(value: &TomlSpanned<DeValue<'_>>, file: FileId) -> Node {
    let literal = |text: String| Value::Scalar(text, ScalarStyle::Literal);
    let converted = match value.get_ref() {
        DeValue::String(text) => Value::Scalar(text.to_string(), ScalarStyle::Text),
        DeValue::Integer(number) => literal(number.to_string()),
        DeValue::Float(number) => literal(number.to_string()),
        DeValue::Boolean(truth) => literal(truth.to_string()),
        DeValue::Datetime(moment) => literal(moment.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, file)).collect()),
        DeValue::Table(table) => Value::Table(entries(table, file)),
    };
    Node { span: Span::new(file, value.span()), value: converted }
}
