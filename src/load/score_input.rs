//! Scores and confirmations from the command line or a table, read like a service file: each has its place for messages.

use crate::diag::{Code, Diagnostic, Place, Problems};
use crate::model::{CategoryId, Confirmation, Rubric, Score};
use crate::source::{Entry, FileId, SourceFile, Sources, Span, Spanned};

use super::ratings::TableRating;
use super::score_fields::ScoreFields;
use super::service::{find_category, read_entries};
use super::yaml::duplicate_key;

/// Scores and confirmations, read with a rubric.
#[derive(Debug)]
pub struct ParsedScores {
    /// Each category has at most one.
    pub scores: Vec<Score>,
    pub confirmation: Confirmation,
    pub problems: Problems,
}

/// Collects scores and confirmations of a service on a day before the rubric is known.
#[derive(Clone, Debug, Default)]
pub struct ScoreInput {
    entries: Vec<Entry>,
    confirmed: Vec<Spanned<String>>,
    problems: Problems,
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
    /// Whether every problem is in the options, and none in a table.
    #[must_use]
    pub fn only_options_are_wrong(problems: &Problems, sources: &Sources) -> bool {
        let is_option = |place: Place| sources.file(place.file()).path() == COMMAND_LINE;
        problems.iter().flat_map(Diagnostic::places).all(is_option)
    }

    /// Adds options in the order of the command line, and returns a text of them, for the file that their places are in.
    pub fn add_options<'a>(
        &mut self,
        options: impl IntoIterator<Item = ScoreOption<'a>>,
        file: FileId,
    ) -> SourceFile {
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
        self.entries.extend(scores.into_iter().map(ScoreFields::into_entry));
        SourceFile::new(COMMAND_LINE, text)
    }

    /// Adds what another input says.
    pub fn extend(&mut self, other: Self) {
        self.entries.extend(other.entries);
        self.confirmed.extend(other.confirmed);
        self.problems.extend(other.problems);
    }

    /// Adds a rating of a table, whose category has this id.
    pub fn add_rating(&mut self, rating: &TableRating, category: &CategoryId) {
        let category = Spanned::new(category.to_string(), rating.category.span);
        self.entries.push(rating.fields(category).into_entry());
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
        ParsedScores { scores: scores.collect(), confirmation, problems: self.problems }
    }
}
