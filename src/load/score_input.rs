//! Scores and confirmations from the command line or a table, read like a service file: each has its place for messages.

use std::path::Path;

use crate::diag::{Code, Diagnostic, Place, Problems};
use crate::model::{CategoryId, Confirmation, Rubric, Score};
use crate::source::{Entry, FileId, Node, ScalarStyle, SourceFile, Sources, Span, Spanned, Value};

use super::csv::rows;
use super::files::Limit;
use super::keys::service::SCORES;
use super::service::{find_category, read_entries};
use super::yaml::duplicate_key;
use super::{EstateDir, StdinText};

/// The source of a table of scores.
#[derive(Debug)]
pub enum ScoreTable<'a> {
    /// A file, by its absolute path.
    File(&'a Path),
    /// Standard input, which was read.
    Stdin(StdinText),
}

/// Scores and confirmations, read with a rubric.
#[derive(Debug)]
pub struct ParsedScores {
    /// Each category has at most one.
    pub scores: Vec<Score>,
    pub confirmation: Confirmation,
    /// The command line and tables, for the places of problems.
    pub sources: Sources,
    pub problems: Problems,
    /// Number of rows that are skipped because their colour is empty.
    pub skipped_rows: usize,
}

impl ParsedScores {
    /// Whether every problem is in the options, and none in a table.
    #[must_use]
    pub fn only_options_are_wrong(&self) -> bool {
        let is_option = |place: Place| self.sources.file(place.file()).path() == COMMAND_LINE;
        self.problems.iter().flat_map(Diagnostic::places).all(is_option)
    }
}

/// Collects scores and confirmations before the rubric is known.
#[derive(Clone, Debug, Default)]
pub struct ScoreInput {
    files: Vec<SourceFile>,
    entries: Vec<Entry>,
    confirmed: Vec<Spanned<String>>,
    problems: Problems,
    skipped_rows: usize,
}

/// The name of the command line in messages.
const COMMAND_LINE: &str = "the command line";
/// Prefix of a provider in place of a colour: `inherited-from:api-gateway`.
const INHERITED_FROM: &str = "inherited-from:";

/// An option of the command line.
#[derive(Clone, Copy, Debug)]
pub struct ScoreOption<'a> {
    pub kind: ScoreOptionKind,
    /// Without dashes.
    pub name: &'a str,
    pub value: &'a str,
}

/// The meaning of an option's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreOptionKind {
    /// A category and its score.
    Score,
    /// The reason for the score before it.
    Because,
    /// Evidence for the score before it.
    Evidence,
    /// A note on the score before it.
    Note,
    /// A category that is unchanged, or `all`.
    Confirmation,
}

impl ScoreInput {
    /// Adds options in the order of the command line.
    pub fn add_options<'a>(&mut self, options: impl IntoIterator<Item = ScoreOption<'a>>) {
        let file = FileId::from_index(self.files.len());
        let mut text = String::new();
        let mut scores: Vec<ScoreFields> = Vec::new();
        // The place in `scores` that reasons, evidence and notes belong to.
        let mut current = None;
        for ScoreOption { kind, name, value } in options {
            let line = text.len();
            text.push_str(&format!("--{name} "));
            let start = text.len();
            text.push_str(value);
            let value = Spanned::new(value.to_owned(), Span::new(file, start..text.len()));
            let option =
                Spanned::new(text[line..start].trim_end().to_owned(), Span::new(file, line..start - 1));
            text.push('\n');
            match (kind, current.and_then(|at: usize| scores.get_mut(at))) {
                (ScoreOptionKind::Score, _) => {
                    let read = self.read_set(&value);
                    current = read.is_some().then_some(scores.len());
                    scores.extend(read);
                }
                (ScoreOptionKind::Confirmation, _) => self.confirmed.push(value),
                (ScoreOptionKind::Because, Some(score)) => self.set_once(&mut score.because, &option, value),
                (ScoreOptionKind::Note, Some(score)) => self.set_once(&mut score.note, &option, value),
                (ScoreOptionKind::Evidence, Some(score)) => score.evidence.push(value),
                // The score that it belongs to couldn't be read, which is reported.
                (ScoreOptionKind::Because | ScoreOptionKind::Note | ScoreOptionKind::Evidence, None) => {}
            }
        }
        self.files.push(SourceFile::new(COMMAND_LINE, text));
        self.entries.extend(scores.into_iter().map(ScoreFields::into_entry));
    }

    /// The categories that are rated or confirmed by name.
    #[must_use]
    pub fn categories(&self) -> Vec<&str> {
        let rated = self.entries.iter().map(|entry| entry.key.value.as_str());
        let confirmed = self.confirmed.iter().map(|name| name.value.as_str());
        rated.chain(confirmed.filter(|name| *name != "all")).collect()
    }

    /// Sets a field, or reports that it is set already.
    fn set_once(
        &mut self,
        field: &mut Option<Spanned<String>>,
        option: &Spanned<String>,
        value: Spanned<String>,
    ) {
        match field {
            Some(first) => self.problems.push(duplicate_key(option, first.span)),
            None => *field = Some(value),
        }
    }

    /// Reads `logging=green`.
    fn read_set(&mut self, text: &Spanned<String>) -> Option<ScoreFields> {
        let Some((category, colour)) = text.value.split_once('=') else {
            let problem = Diagnostic::new(Code::InvalidValue, format!("`{}` says no colour", text.value));
            let problem = problem.at(text.span, "not of the form CATEGORY=COLOUR");
            self.problems.push(problem.help("write for example `--set logging=green`"));
            return None;
        };
        let behind = text.span.end - u32::try_from(colour.len()).unwrap_or(0);
        let place = |start, end| Span { start, end, ..text.span };
        let category = Spanned::new(category.to_owned(), place(text.span.start, behind - 1));
        Some(match colour.strip_prefix(INHERITED_FROM) {
            Some(provider) => ScoreFields {
                provider: Some(Spanned::new(provider.to_owned(), place(behind, text.span.end))),
                ..ScoreFields::new(category)
            },
            None => ScoreFields {
                colour: Some(Spanned::new(colour.to_owned(), place(behind, text.span.end))),
                ..ScoreFields::new(category)
            },
        })
    }

    /// Adds the rows of a table that are about a service.
    pub fn add_table(&mut self, table: ScoreTable<'_>, service: &str, estate: &EstateDir) {
        let file = FileId::from_index(self.files.len());
        let input = match table {
            ScoreTable::File(path) => estate.input(path.to_owned()),
            ScoreTable::Stdin(text) => text.0,
        };
        let (source, refusal) = input.read(file, Limit::Table);
        match refusal {
            Some(refusal) => self.problems.push(refusal),
            None => self.read_table(source.text(), file, service),
        }
        self.files.push(source);
    }

    fn read_table(&mut self, text: &str, file: FileId, service: &str) {
        let rows = rows(text, file, &SCORES, &mut self.problems);
        let is_about = |row: &&super::csv::CsvRow| {
            let named = row.field("service").value;
            named.is_empty() || named == service
        };
        let own: Vec<_> = rows.iter().filter(is_about).collect();
        if own.is_empty() && !self.problems.has_errors() {
            let problem = Diagnostic::new(Code::InvalidCsv, format!("no row is about `{service}`"));
            let help =
                "its `service` column names others; leave that column out if all rows are about one service";
            self.problems.push(problem.in_file(file).help(help));
        }
        for row in own {
            let field = |column| Some(row.field(column)).filter(|field| !field.value.is_empty());
            let (colour, provider) = (field("colour"), field("inherited-from"));
            if colour.is_none() && provider.is_none() {
                self.skipped_rows += 1;
                continue;
            }
            let evidence = row.field("evidence");
            let links = evidence.value.split_whitespace();
            let fields = ScoreFields {
                colour,
                provider,
                because: field("because"),
                note: field("note"),
                evidence: links.map(|link| Spanned::new(link.to_owned(), evidence.span)).collect(),
                ..ScoreFields::new(row.field("category"))
            };
            self.entries.push(fields.into_entry());
        }
    }

    /// Reads the scores with a rubric. If `all` is confirmed beside categories, all are confirmed.
    #[must_use]
    pub fn parse(mut self, rubric: &Rubric) -> ParsedScores {
        let mut known: Vec<&Spanned<String>> = Vec::new();
        for entry in &self.entries {
            match known.iter().find(|known| known.value == entry.key.value) {
                Some(first) => self.problems.push(duplicate_key(&entry.key, first.span)),
                None => known.push(&entry.key),
            }
        }
        let judgements = read_entries(&self.entries, rubric, &mut self.problems);
        let id = |category| rubric.category(category).id.clone();
        let scores = judgements.into_iter().map(|judgement| Score {
            category: id(judgement.category),
            verdict: judgement.verdict,
            evidence: judgement.evidence,
            note: judgement.note,
        });
        let (all, named): (Vec<_>, Vec<_>) = self.confirmed.iter().partition(|name| name.value == "all");
        let mut confirmed: Vec<CategoryId> = Vec::new();
        for name in named {
            let found = find_category(name, &[rubric], &mut self.problems);
            confirmed.extend(found.map(|(_, category)| id(category)).filter(|id| !confirmed.contains(id)));
        }
        let confirmation = if all.is_empty() { Confirmation::These(confirmed) } else { Confirmation::All };
        self.problems.sort();
        ParsedScores {
            scores: scores.collect(),
            confirmation,
            sources: Sources::new(self.files),
            problems: self.problems,
            skipped_rows: self.skipped_rows,
        }
    }
}

/// A category's score as text, before it is checked.
struct ScoreFields {
    category: Spanned<String>,
    colour: Option<Spanned<String>>,
    because: Option<Spanned<String>>,
    evidence: Vec<Spanned<String>>,
    note: Option<Spanned<String>>,
    provider: Option<Spanned<String>>,
}

impl ScoreFields {
    fn new(category: Spanned<String>) -> Self {
        Self { category, colour: None, because: None, evidence: Vec::new(), note: None, provider: None }
    }

    /// Returns the score as an entry of `scores:` in a service file.
    fn into_entry(self) -> Entry {
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
