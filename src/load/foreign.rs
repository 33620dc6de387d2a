//! YAML and JSON that other programs' users write → [`Node`]s, with places. Unlike our own files (`yaml`), these may hold
//! tags, merge keys, anchors, repeated keys and several documents; what can't be read never hides what can.

mod raw;

use std::ops::Range;

use serde_yaml::{DuplicateKeyPolicy, NonFiniteFloatPolicy, Options, Span as YamlSpan};

use super::json::{self, Json};
use super::repeated_keys::{RepeatedKey, last_of_each};
use raw::{Raw, RawValue};

use crate::source::{Entry, FileId, Node, ScalarStyle, Span, Spanned, Value};

/// How deep the values of a document may be nested.
pub(super) const MAX_DEPTH: usize = 32;
/// Values in one document.
pub(super) const MAX_VALUES: usize = 250_000;
/// Documents in one file.
const MAX_DOCUMENTS: usize = 500_000;
/// Bytes of text that the aliases of a document may copy.
const MAX_COPIED_BYTES: usize = 1 << 20;

/// A document that could be read.
#[derive(Debug)]
pub(super) struct ForeignDocument {
    pub node: Node,
    /// Keys that stand twice in a table, of which the last counts.
    pub repeated_keys: Vec<RepeatedKey>,
}

/// A document, or the rest of a file, that can't be read.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub span: Span,
    /// What is wrong there, in the words of the parser.
    pub reason: String,
}

pub(super) type Reading = Result<ForeignDocument, Unreadable>;

/// Returns all documents of a file in order: those of YAML, or values of JSON. A JSON array, and the list `items` of a page
/// that an API answers with, are taken apart. Documents that say nothing are left out.
pub(super) fn documents(text: &str, file: FileId) -> Vec<Reading> {
    parts(text, file).iter().flat_map(Part::read).collect()
}

/// Whether a generator of files fills a text in: `${{ … }}`, `{% … %}`, `{{cookiecutter…}}`.
pub(super) fn is_filled_in_later(text: &str) -> bool {
    ["{{", "{%", "${"].iter().any(|mark| text.contains(mark))
}

/// A part of a file that can be read by itself.
#[derive(Debug)]
pub(super) enum Part<'t> {
    /// Mostly one document.
    Yaml {
        text: &'t str,
        /// Where the text begins in its file.
        start: usize,
        file: FileId,
    },
    Json(Json<'t>),
    /// What is no JSON where JSON began.
    Unreadable {
        span: Span,
        reason: String,
    },
}

/// Cuts a file into the parts that can be read apart.
pub(super) fn parts(text: &str, file: FileId) -> Vec<Part<'_>> {
    if text.trim_start().starts_with(['{', '['])
        && let Some(parts) = json_parts(text, file)
    {
        return parts;
    }
    let ranges = yaml_ranges(text);
    if ranges.len() > MAX_DOCUMENTS {
        return vec![too_many(Span::new(file, 0..0))];
    }
    ranges.into_iter().map(|range| Part::Yaml { start: range.start, text: &text[range], file }).collect()
}

/// The values of a JSON file; `None` if the first of them is no JSON: it may be YAML then.
fn json_parts(text: &str, file: FileId) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    for (nth, value) in json::values(text, file).enumerate() {
        match value {
            Ok(value) => {
                let taken = value.each_item_of_page(&mut |item| {
                    parts.push(Part::Json(item));
                    parts.len() <= MAX_DOCUMENTS
                });
                if !taken {
                    return Some(vec![too_many(value.head())]);
                }
            }
            Err(_) if nth == 0 && !text.trim_start().starts_with("{\"") => return None,
            Err(not_json) => {
                parts.push(Part::Unreadable { span: not_json.span, reason: not_json.message });
            }
        }
    }
    Some(parts)
}

fn too_many(span: Span) -> Part<'static> {
    Part::Unreadable { span, reason: format!("there are more than {MAX_DOCUMENTS} documents in the file") }
}

/// The ranges of the documents of a YAML stream. `---` and `...` at the start of a line end a document even within a
/// block of text, as the specification of YAML says; anywhere else they are text.
fn yaml_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut at) = (0, 0);
    // Directives and comments before a document belong to it.
    let mut holds_content = false;
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        if is_marker(line, "---") {
            if holds_content {
                ranges.push(start..at);
                start = at;
            }
            holds_content = true;
        } else if is_marker(line, "...") {
            if holds_content {
                ranges.push(start..next);
            }
            start = next;
            holds_content = false;
        } else if !line.starts_with(['#', '%']) && !line.trim().is_empty() {
            holds_content = true;
        }
        at = next;
    }
    if holds_content {
        ranges.push(start..at);
    }
    ranges
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

impl Part<'_> {
    /// The text of the part.
    pub fn text(&self) -> &str {
        match self {
            Self::Yaml { text, .. } => text,
            Self::Json(json) => json.text(),
            Self::Unreadable { .. } => "",
        }
    }

    /// Reads it: as a rule one document, none if it says nothing.
    pub fn read(&self) -> Vec<Reading> {
        match *self {
            Part::Json(json) => {
                let node = json.tree(MAX_DEPTH, MAX_VALUES);
                let unreadable =
                    |error: json::NotJson| Unreadable { span: error.span, reason: error.message };
                vec![
                    node.map(|(node, repeated_keys)| ForeignDocument { node, repeated_keys })
                        .map_err(unreadable),
                ]
            }
            Part::Unreadable { span, ref reason } => vec![Err(Unreadable { span, reason: reason.clone() })],
            Part::Yaml { text, start, file } => read_yaml(text, start, file),
        }
    }
}

fn read_yaml(text: &str, start: usize, file: FileId) -> Vec<Reading> {
    let raws = match serde_yaml::from_multiple_with_options::<Raw<'_>>(text, options()) {
        Ok(raws) => raws,
        Err(error) => {
            let location = error.location().and_then(|location| location.span().byte_offset());
            let at = start + location.and_then(|at| usize::try_from(at).ok()).unwrap_or(0).min(text.len());
            return vec![Err(Unreadable { span: Span::new(file, at..at), reason: reason(&error) })];
        }
    };
    let documents = raws.into_iter().map(|raw| {
        let mut tree = Tree { text, start, file, bytes: 0, repeated_keys: Vec::new() };
        let node = tree.node(raw)?;
        Ok(ForeignDocument { node, repeated_keys: tree.repeated_keys })
    });
    documents.filter(|document| !matches!(document, Ok(read) if read.node.value == Value::Null)).collect()
}

/// Everything is taken that means no harm.
fn options() -> Options {
    serde_yaml::options! {
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        strict_booleans: true,
        ignore_binary_tag_for_string: true,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
        alias_limits: serde_yaml::alias_limits! {
            max_total_replayed_events: 100_000,
            max_alias_expansions_per_anchor: 1_000,
        },
        budget: serde_yaml::budget! {
            flow_nesting_limit: MAX_DEPTH,
            max_depth: MAX_DEPTH,
            max_nodes: MAX_VALUES,
            // Each value is at least one event, and lists and tables end.
            max_events: 2 * MAX_VALUES,
            max_recorded_anchor_events: 100_000,
            max_recorded_anchor_bytes: MAX_COPIED_BYTES / 16,
            enforce_alias_anchor_ratio: false,
        },
    }
}

/// What turns a document's raw values into nodes.
struct Tree<'t> {
    text: &'t str,
    /// Where the text begins in its file.
    start: usize,
    file: FileId,
    /// Bytes of text in the nodes so far.
    bytes: usize,
    repeated_keys: Vec<RepeatedKey>,
}

impl<'t> Tree<'t> {
    fn node(&mut self, raw: Raw<'_>) -> Result<Node, Unreadable> {
        let range = self.range(raw.defined.span());
        let mut span = self.span(range.clone());
        let value = match raw.value {
            RawValue::Null => Value::Null,
            RawValue::Text(text) => {
                let style = self.style(range);
                self.scalar(text.into_owned(), style, span)?
            }
            RawValue::Plain(value) => {
                let written = self.slice(range).trim();
                let written = if written.is_empty() { value } else { written.to_owned() };
                self.scalar(written, ScalarStyle::Plain, span)?
            }
            RawValue::List(items) => {
                let items = items.into_iter().map(|item| self.node(item)).collect::<Result<Vec<_>, _>>()?;
                span = self.until(span, items.last());
                Value::List(items)
            }
            RawValue::Table(entries) => {
                let entries = self.entries(entries)?;
                span = self.until(span, entries.last().map(|entry| &entry.node));
                Value::Table(entries)
            }
        };
        Ok(Node { span, value })
    }

    fn entries(&mut self, raws: Vec<(Raw<'_>, Raw<'_>)>) -> Result<Vec<Entry>, Unreadable> {
        let mut entries = Vec::with_capacity(raws.len());
        for (key, value) in raws {
            let key = self.key(key)?;
            entries.push(Entry { key, node: self.node(value)? });
        }
        Ok(last_of_each(entries, &mut self.repeated_keys))
    }

    /// A key that is no text is known by what was written.
    fn key(&mut self, raw: Raw<'_>) -> Result<Spanned<String>, Unreadable> {
        let node = self.node(raw)?;
        let text = match node.value {
            Value::Scalar(text, _) => text,
            Value::Null | Value::List(_) | Value::Table(_) => {
                let range = node.span.range();
                self.slice(range.start - self.start..range.end - self.start).to_owned()
            }
        };
        Ok(Spanned::new(text, node.span))
    }

    /// Counts what aliases copy: the text of all nodes is hardly longer than the document otherwise.
    fn scalar(&mut self, text: String, style: ScalarStyle, span: Span) -> Result<Value, Unreadable> {
        self.bytes += text.len();
        if self.bytes > self.text.len() + MAX_COPIED_BYTES {
            return Err(Unreadable { span, reason: "aliases stand for too much text".to_owned() });
        }
        Ok(Value::Scalar(text, style))
    }

    fn range(&self, span: YamlSpan) -> Range<usize> {
        let offset = |at: Option<u64>| at.and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
        let start = offset(span.byte_offset()).min(self.text.len());
        let end = (start + offset(span.byte_len())).min(self.text.len());
        start..end
    }

    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// How text was written, which its first sign gives away, or what is before a block.
    fn style(&self, range: Range<usize>) -> ScalarStyle {
        let before = self.slice(0..range.start).split_whitespace().next_back().unwrap_or_default();
        let is_text = self.slice(range).starts_with(['"', '\'']) || before.starts_with(['|', '>']);
        if is_text { ScalarStyle::Text } else { ScalarStyle::Plain }
    }

    /// A collection reaches to the end of its last value, unless that is an alias, and to its bracket.
    fn until(&self, span: Span, last: Option<&Node>) -> Span {
        let end = last.map_or(span.end, |last| last.span.end.max(span.end));
        let range =
            (span.start as usize).saturating_sub(self.start)..(end as usize).saturating_sub(self.start);
        let bracket = match self.slice(range.start..self.text.len()).as_bytes().first() {
            Some(b'[') => ']',
            Some(b'{') => '}',
            Some(_) | None => return Span { end, ..span },
        };
        let rest = self.slice(range.end..self.text.len());
        let behind = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == ',');
        let end =
            if behind.starts_with(bracket) { range.end + rest.len() - behind.len() + 1 } else { range.end };
        self.span(range.start..end)
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.start + range.start..self.start + range.end)
    }
}

/// What the parser says, without the place, which is shown in another way.
fn reason(error: &serde_yaml::Error) -> String {
    let mut reason = error.to_string();
    if reason.starts_with("budget breached") || reason.contains("alias replay limit") {
        return "it holds too many values, or too deep ones".to_owned();
    }
    let place = [" (defined at ", " at line "].iter().find_map(|place| reason.find(place));
    reason.truncate(place.unwrap_or(reason.len()));
    reason
}

#[cfg(test)]
mod tests;
