//! The file that says what a table of scores means → [`ScoreMap`].

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{CategoryId, Colour, Date, DateOrder, RubricKey, ServiceId};
use crate::source::{Entry, FileId, Node, Spanned, Value};
use crate::text::{did_you_mean, list, simplified};

use super::super::grid::Epoch;
use super::super::keys::NOT_APPLICABLE;
use super::super::keys::scores::{COLUMNS, MAP, NOT_ASSESSED, VALUES};
use super::super::table::{Table, text, wrong_type};
use super::super::toml;
use super::super::values::{date, date_of, id, reason};
use super::columns::ScoreColumn;

/// What a table of scores means.
#[derive(Clone, Debug, Default)]
pub(super) struct ScoreMap {
    pub rubric: Option<RubricKey>,
    pub date: Option<Date>,
    pub date_order: Option<DateOrder>,
    pub epoch: Option<Epoch>,
    pub not_applicable_because: Option<String>,
    pub skip: Vec<String>,
    pub columns: NameMap<ScoreColumn>,
    pub values: NameMap<MappedValue>,
    pub services: NameMap<ServiceId>,
    pub categories: NameMap<CategoryId>,
    pub dates: NameMap<Date>,
}

/// What a value of a table stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MappedValue {
    Colour(Colour),
    NotApplicable,
    /// Nobody rated it, so that there is nothing to write.
    NotAssessed,
}

impl MappedValue {
    pub fn word(self) -> &'static str {
        match self {
            Self::Colour(colour) => colour.word(),
            Self::NotApplicable => NOT_APPLICABLE,
            Self::NotAssessed => NOT_ASSESSED,
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        let others = [Self::NotApplicable, Self::NotAssessed];
        let all = Colour::ALL.into_iter().map(Self::Colour).chain(others);
        let mut found = all.filter(|value| value.word() == word);
        found.next()
    }

    /// What a value means without a map: a word for a score or its first letter, in any case. Words of our own output that say
    /// that there is no rating are among them.
    pub fn understood(text: &str) -> Option<Self> {
        let word = text.to_lowercase().replace([' ', '_'], "-");
        let by_letter =
            Colour::ALL.into_iter().find(|colour| colour.letter().to_lowercase().eq(word.chars()));
        let known = Self::from_word(&word).or(by_letter.map(Self::Colour));
        known.or_else(|| (word == "needs-rescore").then_some(Self::NotAssessed))
    }
}

/// Texts of a table and what they stand for, in the order of the file.
#[derive(Clone, Debug)]
pub(super) struct NameMap<T>(pub Vec<(String, T)>);

impl<T> Default for NameMap<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone> NameMap<T> {
    /// What a text stands for: as it is written or, where no entry is, in any case.
    pub fn get(&self, text: &str) -> Option<&T> {
        let exact = self.0.iter().find(|(name, _)| name == text);
        let lower = || text.to_lowercase();
        let same = || self.0.iter().find(|(name, _)| name.to_lowercase() == lower());
        exact.or_else(same).map(|(_, value)| value)
    }
}

impl ScoreMap {
    /// Whether a sheet, service or category is left out.
    pub fn skips(&self, name: &str) -> bool {
        let name = simplified(name);
        self.skip.iter().any(|skipped| simplified(skipped) == name)
    }

    /// What a value stands for.
    pub fn meaning(&self, value: &str) -> Option<MappedValue> {
        self.values.get(value).copied().or_else(|| MappedValue::understood(value))
    }
}

/// Reads a map, noting everything that is wrong with it.
pub(super) fn parse(source: &str, file: FileId, problems: &mut Problems) -> ScoreMap {
    let mut map = ScoreMap::default();
    let Some(root) = toml::parse(source, file, problems) else { return map };
    let Some(table) = Table::open(&root, root.span, &MAP, problems) else { return map };
    if let Some(name) = table.text("rubric", problems) {
        map.rubric = RubricKey::parse(&name.value);
        if map.rubric.is_none() {
            let problem =
                Diagnostic::new(Code::InvalidValue, format!("`{}` does not name a rubric", name.value));
            problems
                .push(problem.at(name.span, "not of the form id@major").help("for example `fundamentals@2`"));
        }
    }
    map.date = date(&table, "date", problems).map(|date| date.value);
    if let Some(word) = table.text("date-order", problems) {
        map.date_order = word_of(&word, DateOrder::from_word, &DateOrder::WORDS, problems);
    }
    if let Some(year) = table.count("epoch", problems) {
        map.epoch = match year.value {
            1900 => Some(Epoch::Of1900),
            1904 => Some(Epoch::Of1904),
            other => {
                let problem = Diagnostic::new(Code::InvalidValue, format!("`epoch` can't be {other}"));
                problems.push(
                    problem
                        .at(year.span, "not 1900 or 1904")
                        .help("spreadsheets count days from 1900 or 1904"),
                );
                None
            }
        };
    }
    if let Some(because) = table.text("not-applicable-because", problems) {
        let problem = Diagnostic::new(Code::MissingBecause, "a reason that says nothing");
        map.not_applicable_because = reason(because, problem, problems).map(|because| because.value);
    }
    map.skip = table.texts("skip", problems).into_iter().map(|name| name.value).collect();
    map.columns = names(&table, "columns", problems, |node, problems| {
        let word = text(node, "a column", problems)?;
        word_of(&word, ScoreColumn::from_key, &COLUMNS, problems)
    });
    map.values = names(&table, "values", problems, |node, problems| {
        let word = text(node, "a score", problems)?;
        word_of(&word, MappedValue::from_word, &VALUES, problems)
    });
    map.services = names(&table, "services", problems, |node, problems| {
        id(&text(node, "a service", problems)?, ServiceId::new, problems)
    });
    map.categories = names(&table, "categories", problems, |node, problems| {
        id(&text(node, "a category", problems)?, CategoryId::new, problems)
    });
    map.dates =
        names(&table, "dates", problems, |node, problems| Some(date_of(node, "dates", problems)?.value));
    map
}

/// The entries of a table of names.
fn names<T>(
    table: &Table<'_>,
    key: &str,
    problems: &mut Problems,
    mut read: impl FnMut(&Node, &mut Problems) -> Option<T>,
) -> NameMap<T> {
    let Some(node) = table.get(key) else { return NameMap::default() };
    let Value::Table(entries) = &node.value else {
        let problem = wrong_type(node, &format!("`{key}` must be a table"));
        problems.push(
            problem.help(format!(
                "write `[{key}]`, and below it a text of the table and its meaning on each line"
            )),
        );
        return NameMap::default();
    };
    let read = |Entry { key, node }: &Entry| Some((key.value.trim().to_owned(), read(node, problems)?));
    NameMap(entries.iter().filter_map(read).collect())
}

/// A word out of a list.
fn word_of<T>(
    word: &Spanned<String>,
    from_word: impl Fn(&str) -> Option<T>,
    words: &[&str],
    problems: &mut Problems,
) -> Option<T> {
    let found = from_word(&word.value);
    if found.is_none() {
        let title = format!("`{}` is not one of the words for this", word.value);
        let help = did_you_mean(&word.value, words.iter().copied(), &format!("use one of: {}", list(words)));
        let label = if word.value.is_empty() { "still to be filled in" } else { "unknown" };
        problems.push(Diagnostic::new(Code::InvalidValue, title).at(word.span, label).help(help));
    }
    found
}
