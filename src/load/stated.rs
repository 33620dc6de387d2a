//! What is said of a service outside of its file, on a command line or in a table: read like a file, with places to
//! point at.

use std::path::Path;

use crate::diag::{Code, Diagnostic, Place, Problems};
use crate::model::{CategoryId, Confirmation, Rubric, Score};
use crate::source::{Entry, FileId, Node, ScalarStyle, SourceFile, Sources, Span, Spanned, Value};

use super::csv::rows;
use super::files::{Input, Limit};
use super::keys::service::SCORES;
use super::service::{find_category, read_entries};
use super::yaml::duplicate_key;
use super::{EstateDir, StdinText};

/// Where a table of scores is.
#[derive(Debug)]
pub enum ScoreTable<'a> {
    /// In a file, by its absolute path.
    File(&'a Path),
    /// On standard input, which was read.
    Stdin(StdinText),
}

/// What is said, as far as it can be understood by a rubric.
#[derive(Debug)]
pub struct Stated {
    /// The scores, each category once.
    pub scores: Vec<Score>,
    /// What is said to be unchanged.
    pub confirmation: Confirmation,
    /// Where it was said.
    pub sources: Sources,
    /// What is wrong with it.
    pub problems: Problems,
    /// Rows of a table that say nothing: their colour is empty.
    pub silent_rows: usize,
}

impl Stated {
    /// Whether all that is wrong is wrong with the options, and nothing with a table.
    #[must_use]
    pub fn only_options_are_wrong(&self) -> bool {
        let is_option = |place: Place| self.sources.file(place.file()).path() == COMMAND_LINE;
        self.problems.iter().flat_map(Diagnostic::places).all(is_option)
    }
}

/// Collects what is said.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    files: Vec<SourceFile>,
    entries: Vec<Entry>,
    confirmed: Vec<Spanned<String>>,
    problems: Problems,
    silent_rows: usize,
}

/// How the options on the command line are named where something is wrong with them.
const COMMAND_LINE: &str = "the command line";
/// How another service's colour is taken over: `inherited-from:api-gateway`.
const INHERITED_FROM: &str = "inherited-from:";

/// An option of the command line.
#[derive(Clone, Copy, Debug)]
pub struct Stating<'a> {
    /// What it says.
    pub what: What,
    /// Its name, without dashes.
    pub option: &'a str,
    /// Its value.
    pub text: &'a str,
}

/// What an option says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A category and its score.
    Score,
    /// Why the score before is what it is.
    Because,
    /// Where that can be seen.
    Evidence,
    /// Anything else worth knowing of it.
    Note,
    /// A category that is unchanged, or `all`.
    Confirmation,
}

impl Statements {
    /// Adds options of the command line, in its order.
    pub fn add_options<'a>(&mut self, options: impl IntoIterator<Item = Stating<'a>>) {
        let file = FileId::from_index(self.files.len());
        let mut text = String::new();
        let mut said: Vec<Said> = Vec::new();
        // The score that reasons belong to.
        let mut current = None;
        for Stating { what, option, text: value } in options {
            let line = text.len();
            text.push_str(&format!("--{option} "));
            let start = text.len();
            text.push_str(value);
            let value = Spanned::new(value.to_owned(), Span::new(file, start..text.len()));
            let option =
                Spanned::new(text[line..start].trim_end().to_owned(), Span::new(file, line..start - 1));
            text.push('\n');
            match (what, current.and_then(|at: usize| said.get_mut(at))) {
                (What::Score, _) => {
                    let read = self.read_set(&value);
                    current = read.is_some().then_some(said.len());
                    said.extend(read);
                }
                (What::Confirmation, _) => self.confirmed.push(value),
                (What::Because, Some(said)) => self.say_once(&mut said.because, &option, value),
                (What::Note, Some(said)) => self.say_once(&mut said.note, &option, value),
                (What::Evidence, Some(said)) => said.evidence.push(value),
                // The score that it belongs to couldn't be read, which is said.
                (What::Because | What::Note | What::Evidence, None) => {}
            }
        }
        self.files.push(SourceFile::new(COMMAND_LINE, text));
        self.entries.extend(said.into_iter().map(Said::into_entry));
    }

    /// Of two texts for the same place, one would be lost.
    fn say_once(
        &mut self,
        place: &mut Option<Spanned<String>>,
        option: &Spanned<String>,
        value: Spanned<String>,
    ) {
        match place {
            Some(first) => self.problems.push(duplicate_key(option, first.span)),
            None => *place = Some(value),
        }
    }

    /// `logging=green`
    fn read_set(&mut self, text: &Spanned<String>) -> Option<Said> {
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
            Some(provider) => Said {
                provider: Some(Spanned::new(provider.to_owned(), place(behind, text.span.end))),
                ..Said::new(category)
            },
            None => Said {
                colour: Some(Spanned::new(colour.to_owned(), place(behind, text.span.end))),
                ..Said::new(category)
            },
        })
    }

    /// Adds the rows of a table that are about a service.
    pub fn add_table(&mut self, table: ScoreTable<'_>, service: &str, estate: &EstateDir) {
        let file = FileId::from_index(self.files.len());
        let input = match table {
            ScoreTable::File(path) => Input::File { shown: estate.shown(path), path: path.to_owned() },
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
        let is_about = |row: &&super::csv::Row| {
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
                self.silent_rows += 1;
                continue;
            }
            let evidence = row.field("evidence");
            let links = evidence.value.split_whitespace();
            let said = Said {
                colour,
                provider,
                because: field("because"),
                note: field("note"),
                evidence: links.map(|link| Spanned::new(link.to_owned(), evidence.span)).collect(),
                ..Said::new(row.field("category"))
            };
            self.entries.push(said.into_entry());
        }
    }

    /// What all of it says by a rubric. With `confirm all` beside names of categories, all are confirmed.
    #[must_use]
    pub fn read(mut self, rubric: &Rubric) -> Stated {
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
        Stated {
            scores: scores.collect(),
            confirmation,
            sources: Sources::new(self.files),
            problems: self.problems,
            silent_rows: self.silent_rows,
        }
    }
}

/// What is said of one category.
struct Said {
    category: Spanned<String>,
    colour: Option<Spanned<String>>,
    because: Option<Spanned<String>>,
    evidence: Vec<Spanned<String>>,
    note: Option<Spanned<String>>,
    provider: Option<Spanned<String>>,
}

impl Said {
    fn new(category: Spanned<String>) -> Self {
        Self { category, colour: None, because: None, evidence: Vec::new(), note: None, provider: None }
    }

    /// The same as an entry of `scores:` says it.
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
