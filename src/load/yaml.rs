//! YAML text → [`Node`]s. The only module that knows which YAML parser is used (docs/decisions/0001-yaml.md).
//!
//! The parser gives events; the limits are ours, because events neither expand aliases nor count anything. The tree
//! is built on the heap, so no input can overflow the stack.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle as Style, Span as YamlSpan};

use super::conflict;
use crate::diag::{Code, Diagnostic, Problems};
use crate::source::{Entry, FileId, Node, ScalarStyle, Span, Spanned, Value};

/// The format needs 7 levels; hostile files have thousands.
const MAX_DEPTH: usize = 16;
/// Values in one file.
const MAX_NODES: usize = 200_000;
/// Number of values that the aliases of a file may copy, and, counted apart, its anchors.
const MAX_ALIASED: usize = 10_000;
/// The same in MiB of text.
const MAX_ALIASED_MIB: usize = 1;
/// How many repeats of the same key are reported.
const MAX_REPEATS: usize = 20;

/// The file's one document; `None` when it can't be read, which is reported.
pub(super) fn parse(text: &str, file: FileId, problems: &mut Problems) -> Option<Node> {
    let mut builder = Builder::new(file);
    let result = builder.read(text);
    problems.extend(builder.problems);
    match result {
        Ok(Some(node)) if node.value != Value::Null => Some(node),
        Ok(_) => {
            let empty = Diagnostic::new(Code::EmptyFile, "the file says nothing").in_file(file);
            problems.push(empty.help("begin with `service: …`, or delete the file"));
            None
        }
        Err(problem) => {
            problems.push(conflict::find_left_over(text, file).unwrap_or(*problem));
            None
        }
    }
}

/// The ranges of the comments of a readable text, each from its `#` to the end of its line.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    let mut parser = Parser::new_from_str(text);
    let mut comments = Vec::new();
    while let Some(Ok((event, span))) = parser.next_event() {
        if let Event::Comment(..) = event {
            comments.extend(span.byte_range());
        }
    }
    comments
}

/// A collection that is not finished yet.
struct OpenCollection {
    anchor: usize,
    start: Span,
    before: NodeSize,
    kind: CollectionKind,
}

enum CollectionKind {
    List(Vec<Node>),
    Table {
        entries: Vec<Entry>,
        /// Where each key was first given, which makes looking for a duplicate linear, and how often again.
        seen: HashMap<String, (Span, usize)>,
        key: Option<Spanned<String>>,
    },
}

/// Size of a node or of several.
#[derive(Clone, Copy, Debug, Default)]
struct NodeSize {
    values: usize,
    /// Of texts and keys.
    bytes: usize,
}

impl NodeSize {
    fn add(&mut self, other: Self) {
        self.values += other.values;
        self.bytes += other.bytes;
    }

    fn since(self, before: Self) -> Self {
        Self { values: self.values - before.values, bytes: self.bytes - before.bytes }
    }
}

struct Builder {
    file: FileId,
    stack: Vec<OpenCollection>,
    root: Option<Node>,
    documents: usize,
    /// What was read, with aliases resolved.
    read: NodeSize,
    aliased: NodeSize,
    anchored: NodeSize,
    /// Finished anchored nodes and what each takes up.
    anchors: HashMap<usize, (Node, NodeSize)>,
    problems: Problems,
}

type YamlError = Box<Diagnostic>;

impl Builder {
    fn new(file: FileId) -> Self {
        Self {
            file,
            stack: Vec::new(),
            root: None,
            documents: 0,
            read: NodeSize::default(),
            aliased: NodeSize::default(),
            anchored: NodeSize::default(),
            anchors: HashMap::new(),
            problems: Problems::default(),
        }
    }

    fn read(&mut self, text: &str) -> Result<Option<Node>, YamlError> {
        let mut options = Options::default();
        options.set_emit_comments(false);
        let mut parser = Parser::new_from_str_with_options(text, options);
        while let Some(event) = parser.next_event() {
            match event {
                Ok((event, span)) => {
                    if let Some(tag) = span.tag_span() {
                        return Err(Box::new(tagged(self.span(&tag))));
                    }
                    self.take(event, self.span(&span))?;
                }
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(text.len());
                    // Brackets are counted ahead of us, with a limit beyond ours.
                    if error.info().contains("recursion limit") {
                        return Err(Box::new(too_deep(Span::new(self.file, at..at))));
                    }
                    return Err(Box::new(self.syntax_error(text, at, &error.info())));
                }
            }
        }
        Ok(self.root.take())
    }

    fn span(&self, span: &YamlSpan) -> Span {
        Span::new(self.file, span.byte_range().unwrap_or(0..0))
    }

    fn syntax_error(&self, text: &str, at: usize, message: &str) -> Diagnostic {
        let span = Span::new(self.file, at..at);
        let line_start = text[..at.min(text.len())].rfind('\n').map_or(0, |newline| newline + 1);
        let indent =
            text[line_start..].split(|letter: char| !letter.is_whitespace()).next().unwrap_or_default();
        let problem = Diagnostic::new(Code::InvalidYaml, "this is not YAML");
        if indent.contains('\t') {
            let tab = line_start + indent.find('\t').unwrap_or(0);
            problem
                .at(Span::new(self.file, tab..tab + 1), "a tab; YAML is indented with spaces")
                .help("replace each tab at the start of a line with two spaces")
        } else {
            let problem = problem.at(span, message);
            let problem = match likely_cause(message) {
                Some(cause) => problem.help(cause),
                None => problem,
            };
            problem.help("nothing of this file is used until this is put right")
        }
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), YamlError> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let problem =
                        Diagnostic::new(Code::SeveralDocuments, "a second YAML document in one file");
                    let problem = problem.at(span, "begins here");
                    return Err(Box::new(problem.help("give each service a file of its own")));
                }
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                if tag.is_some() {
                    return Err(Box::new(tagged(span)));
                }
                let value = match (style, &*text) {
                    (Style::Plain, "" | "~" | "null" | "Null" | "NULL") => Value::Null,
                    (Style::Plain, _) => Value::Scalar(text.into_owned(), ScalarStyle::Plain),
                    (Style::SingleQuoted | Style::DoubleQuoted | Style::Literal | Style::Folded, _) => {
                        Value::Scalar(text.into_owned(), ScalarStyle::Text)
                    }
                };
                let bytes = match &value {
                    Value::Scalar(text, _) => text.len(),
                    Value::Null | Value::List(_) | Value::Table(_) => 0,
                };
                self.count(bytes, span)?;
                self.finish(Node { span, value }, anchor, NodeSize { values: 1, bytes })
            }
            Event::SequenceStart(_, anchor, tag) => {
                if tag.is_some() {
                    return Err(Box::new(tagged(span)));
                }
                self.open(anchor, span, CollectionKind::List(Vec::new()))
            }
            Event::MappingStart(_, anchor, tag) => {
                if tag.is_some() {
                    return Err(Box::new(tagged(span)));
                }
                let kind = CollectionKind::Table { entries: Vec::new(), seen: HashMap::new(), key: None };
                self.open(anchor, span, kind)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => {
                let Some((node, size)) = self.anchors.get(&anchor) else {
                    let problem =
                        Diagnostic::new(Code::InvalidYaml, "an alias stands for something that contains it");
                    return Err(Box::new(problem.at(span, "this alias").help("write the value out")));
                };
                let size = *size;
                self.aliased.add(size);
                within_limits(self.aliased, "aliases stand for", span)?;
                let node = node.clone();
                self.read.add(size);
                self.finish(node, 0, size)
            }
            // The ends of things, and what was not asked for; the parser may learn others.
            Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentEnd
            | Event::Anchor(..)
            | Event::UnresolvedAlias(_)
            | Event::Comment(..)
            | _ => Ok(()),
        }
    }

    fn count(&mut self, bytes: usize, span: Span) -> Result<(), YamlError> {
        self.read.add(NodeSize { values: 1, bytes });
        if self.read.values <= MAX_NODES {
            return Ok(());
        }
        let problem = Diagnostic::new(Code::TooComplex, format!("more than {MAX_NODES} values in one file"));
        Err(Box::new(problem.at(span, "reading stops here").help("is this really a service file?")))
    }

    fn open(&mut self, anchor: usize, start: Span, kind: CollectionKind) -> Result<(), YamlError> {
        self.count(0, start)?;
        if self.stack.len() >= MAX_DEPTH {
            return Err(Box::new(too_deep(start)));
        }
        self.stack.push(OpenCollection { anchor, start, before: self.read, kind });
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), YamlError> {
        let Some(open) = self.stack.pop() else { return Ok(()) };
        // A block collection's end event is placed where the next thing begins, so its end is that of its last child.
        let (value, last) = match open.kind {
            CollectionKind::List(items) => {
                let last = items.last().map(|item| item.span.end);
                (Value::List(items), last)
            }
            CollectionKind::Table { entries, .. } => {
                let last = entries.last().map(|entry| entry.node.span.end);
                (Value::Table(entries), last)
            }
        };
        let is_flow = end.end > end.start;
        let end = if is_flow { end.end } else { last.unwrap_or(open.start.end) };
        let span = Span { end: end.max(open.start.start), ..open.start };
        let mut size = self.read.since(open.before);
        size.values += 1;
        self.finish(Node { span, value }, open.anchor, size)
    }

    /// Puts a finished node where it belongs: into the collection around it, or at the root.
    fn finish(&mut self, node: Node, anchor: usize, size: NodeSize) -> Result<(), YamlError> {
        if anchor != 0 {
            // A copy is kept of it, so that anchors within anchors multiply as aliases do.
            self.anchored.add(size);
            within_limits(self.anchored, "anchors mark", node.span)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.stack.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(CollectionKind::List(items)) => items.push(node),
            Some(CollectionKind::Table { entries, seen, key }) => match key.take() {
                None => *key = Some(as_key(node)?),
                Some(key) => match seen.get_mut(&key.value) {
                    Some((first, again)) => {
                        *again += 1;
                        if *again <= MAX_REPEATS {
                            self.problems.push(duplicate_key(&key, *first));
                        }
                    }
                    None => {
                        seen.insert(key.value.clone(), (key.span, 0));
                        entries.push(Entry { key, node });
                    }
                },
            },
        }
        Ok(())
    }
}

/// Refuses what is copied more than a file may have copied. `what` is "aliases stand for".
fn within_limits(copied: NodeSize, what: &str, span: Span) -> Result<(), YamlError> {
    let (much, most) = if copied.values > MAX_ALIASED {
        ("too many values", format!("{MAX_ALIASED}"))
    } else if copied.bytes > MAX_ALIASED_MIB << 20 {
        ("too much text", format!("{MAX_ALIASED_MIB} MiB"))
    } else {
        return Ok(());
    };
    let problem = Diagnostic::new(Code::TooComplex, format!("{what} {much}"));
    let problem = problem.at(span, format!("with this one, more than {most}"));
    Err(Box::new(problem.help("write the values out where they are needed")))
}

/// What most often leads to a message of the parser, which speaks of YAML's grammar.
fn likely_cause(message: &str) -> Option<&'static str> {
    if message.contains("mapping values are not allowed") {
        Some("text that contains a colon and a space needs quotes")
    } else if message.contains("quoted scalar") || message.contains("illegal placement") {
        Some("further up, a quote or a bracket may be open that is never closed")
    } else if message.contains("simple key expected") {
        Some("a colon and a space may be missing after a key")
    } else if message.contains("did not find expected") {
        Some(
            "what belongs together begins in the same column; is this line indented too far, or not far enough?",
        )
    } else if message.contains("unexpected character") || message.contains("unknown anchor") {
        Some("text that begins with a sign which means something in YAML needs quotes")
    } else {
        None
    }
}

fn too_deep(at: Span) -> Diagnostic {
    let problem = Diagnostic::new(Code::TooDeep, format!("values are nested more than {MAX_DEPTH} deep"));
    let problem = problem.at(at, "reading stops here");
    problem.help("take the extra brackets or indentation away; the format itself needs 7 levels")
}

fn tagged(span: Span) -> Diagnostic {
    let problem =
        Diagnostic::new(Code::UnsupportedTag, "a YAML tag (`!…`)").at(span, "not part of this format");
    problem.help("remove the tag; every value of this format is text, a list or a table")
}

fn as_key(node: Node) -> Result<Spanned<String>, YamlError> {
    match node.value {
        Value::Scalar(text, ScalarStyle::Plain) if text == "<<" => {
            let problem = Diagnostic::new(Code::MergeKey, "a merge key (`<<`)")
                .at(node.span, "not part of this format");
            Err(Box::new(problem.help("write the keys out here, or alias a whole value instead")))
        }
        Value::Scalar(text, _) => Ok(Spanned::new(text, node.span)),
        Value::Null => Ok(Spanned::new("null".to_owned(), node.span)),
        Value::List(_) | Value::Table(_) => {
            let problem =
                Diagnostic::new(Code::InvalidYaml, "a key must be text").at(node.span, "used as a key");
            Err(Box::new(problem.help("if it was meant as text, put it in quotes")))
        }
    }
}

/// A key given twice, which JSON and YAML have in common.
pub(super) fn duplicate_key(key: &Spanned<String>, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateKey, format!("the key `{}` is given twice", key.value))
        .at(key.span, "given again here")
        .and(first, "first given here")
        .help("keep one of them: of two answers, one would be lost")
}

#[cfg(test)]
mod tests;
