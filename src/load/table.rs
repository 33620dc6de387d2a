//! Reading a [`Node`] that should be a table with known keys, noting every way in which it isn't.

use crate::diag::{Code, Diagnostic, Problems};
use crate::source::{Entry, Node, ScalarStyle, Span, Spanned, Value};
use crate::text::{did_you_mean, list};

use super::keys::{EXTENSION, Key, Kind, TableKeys};

/// A table being read. Unknown and missing keys are reported when it is opened.
pub(super) struct Table<'n> {
    entries: &'n [Entry],
    keys: &'static TableKeys,
    /// What to point at when a key is missing.
    head: Span,
}

impl<'n> Table<'n> {
    /// Opens `node` as a table with `keys`. `head` is the place at which the table as a whole is shown.
    pub fn open(
        node: &'n Node,
        head: Span,
        keys: &'static TableKeys,
        problems: &mut Problems,
    ) -> Option<Self> {
        let Value::Table(entries) = &node.value else {
            let help = format!("its keys are {}", list(&keys.names()));
            problems.push(wrong_type(node, &format!("{} must be a table of keys", keys.what)).help(help));
            return None;
        };
        for Entry { key, node } in entries.iter().filter(|entry| keys.find(&entry.key.value).is_none()) {
            let names = keys.names();
            let help =
                did_you_mean(&key.value, names.iter().copied(), &format!("the keys are {}", list(&names)));
            let problem = Diagnostic::new(Code::UnknownKey, format!("unknown key `{}`", key.value));
            let problem = problem.at(key.span, format!("not a key of {}", keys.what));
            let is_rest_of_a_text = node.value == Value::Null && key.value.contains(' ');
            problems.push(if is_rest_of_a_text {
                problem.help("within `{…}` a comma ends a text; put a text that has one in quotes")
            } else {
                problem.help(help)
            });
        }
        let table = Self { entries, keys, head };
        for key in keys.required() {
            if table.get(key).is_none() {
                table.missing(key, problems);
            }
        }
        Some(table)
    }

    /// The description of a key.
    pub fn key(&self, key: &str) -> Option<&'static Key> {
        self.keys.find(key)
    }

    /// A required key's value, where its absence wasn't reported yet.
    pub fn require(&self, key: &str, problems: &mut Problems) -> Option<&'n Node> {
        let node = self.get(key);
        if node.is_none() {
            self.missing(key, problems);
        }
        node
    }

    /// The keys that are its users' own.
    pub fn extensions(&self) -> Vec<Entry> {
        let is_own = |entry: &&Entry| self.key(&entry.key.value).is_some_and(|key| key.name == EXTENSION);
        self.entries.iter().filter(is_own).cloned().collect()
    }

    /// The place at which the table as a whole is shown.
    pub fn head(&self) -> Span {
        self.head
    }

    /// The entry of a key that has a value; a key without one counts as absent.
    pub fn entry(&self, key: &str) -> Option<&'n Entry> {
        debug_assert!(self.key(key).is_some(), "`{key}` is not described in {}", self.keys.name);
        self.entries.iter().find(|entry| entry.key.value == key && entry.node.value != Value::Null)
    }

    /// Whether the key was written, with or without a value.
    pub fn mentions(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key.value == key)
    }

    /// A key's value.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// Reports that a key is missing.
    pub fn missing(&self, key: &str, problems: &mut Problems) {
        problems.push(self.absence(key));
    }

    /// The problem that a key is missing.
    pub fn absence(&self, key: &str) -> Diagnostic {
        let problem = Diagnostic::new(Code::MissingKey, format!("{} needs `{key}`", self.keys.what));
        match self.mentions(key) {
            Some(entry) => problem.at(entry.key.span, "has no value").help("give it a value"),
            None => problem.at(self.head, "not given here").help(format!("add `{key}`")),
        }
    }

    /// Panics in debug builds where a key is read as something else than its description says.
    pub fn assert_kind(&self, key: &str, is_right: fn(Kind) -> bool) {
        let is_described = || self.key(key).is_some_and(|key| is_right(key.kind));
        debug_assert!(is_described(), "`{key}` of {} is described otherwise", self.keys.name);
    }

    /// A text. An empty one counts as absent where the key is required.
    pub fn text(&self, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
        self.assert_kind(key, |kind| matches!(kind, Kind::Text(_) | Kind::IdFrom | Kind::Word(_)));
        let text = text(self.get(key)?, &format!("`{key}`"), problems)?;
        if text.value.trim().is_empty() && self.keys.requires(key) {
            self.missing(key, problems);
            return None;
        }
        Some(text)
    }

    /// A list of texts; one text alone counts as a list of one.
    pub fn texts(&self, key: &str, problems: &mut Problems) -> Vec<Spanned<String>> {
        self.assert_kind(key, |kind| matches!(kind, Kind::Texts(..) | Kind::TextsOrTable(..)));
        self.get(key).map_or_else(Vec::new, |node| texts(node, key, problems))
    }

    /// A list; anything else is reported.
    pub fn items(&self, key: &str, problems: &mut Problems) -> &'n [Node] {
        self.assert_kind(key, |kind| matches!(kind, Kind::Tables(..) | Kind::Dates));
        match self.get(key) {
            None => &[],
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => {
                let problem = wrong_type(node, &format!("`{key}` must be a list"));
                problems.push(problem.help("write a list, even of one entry"));
                &[]
            }
        }
    }

    /// A truth value.
    pub fn truth(&self, key: &str, problems: &mut Problems) -> Option<Spanned<bool>> {
        self.assert_kind(key, |kind| matches!(kind, Kind::Truth));
        let node = self.get(key)?;
        let truth = match bare(node) {
            Some("true") => true,
            Some("false") => false,
            Some(_) | None => {
                let problem = wrong_type(node, &format!("`{key}` must be true or false"));
                problems.push(problem.help("write `true` or `false`, without quotes"));
                return None;
            }
        };
        Some(Spanned::new(truth, node.span))
    }

    /// A whole number, from 1: 0 is reported, and still returned.
    pub fn count(&self, key: &str, problems: &mut Problems) -> Option<Spanned<u32>> {
        self.assert_kind(key, |kind| matches!(kind, Kind::Count));
        let node = self.get(key)?;
        let number: Option<u32> = bare(node).and_then(|text| text.parse().ok());
        if number.is_none() {
            let problem = wrong_type(node, &format!("`{key}` must be a whole number"));
            problems.push(problem.help("write digits only, without quotes"));
        }
        if number == Some(0) {
            let problem = Diagnostic::new(Code::InvalidValue, format!("`{key}` can't be 0"));
            let problem = problem.at(node.span, "must be at least 1");
            problems.push(problem.help("leave the key out to have the default"));
        }
        Some(Spanned::new(number?, node.span))
    }
}

/// A text; numbers and dates of TOML are not text, what YAML leaves unquoted is. `what` should be one.
pub(super) fn text(node: &Node, what: &str, problems: &mut Problems) -> Option<Spanned<String>> {
    let help = match &node.value {
        Value::Scalar(text, ScalarStyle::Plain | ScalarStyle::Text) => {
            return Some(Spanned::new(text.clone(), node.span));
        }
        Value::Scalar(_, ScalarStyle::Literal) => "put it in quotes",
        Value::Null => "write a text, or leave it out",
        Value::List(_) | Value::Table(_) => "write one text, in quotes if it has brackets or a colon",
    };
    problems.push(wrong_type(node, &format!("{what} must be text")).help(help));
    None
}

/// The texts of a list, or one text alone, that are the value of `key`.
pub(super) fn texts(node: &Node, key: &str, problems: &mut Problems) -> Vec<Spanned<String>> {
    let what = format!("every entry of `{key}`");
    let items = match &node.value {
        Value::List(items) => items,
        Value::Null | Value::Scalar(..) | Value::Table(_) => std::slice::from_ref(node),
    };
    items.iter().filter_map(|item| text(item, &what, problems)).collect()
}

/// A date as written, to be parsed by the caller: quoted or not, TOML's own or text.
pub(super) fn date_text(node: &Node, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
    match &node.value {
        Value::Scalar(text, _) => Some(Spanned::new(text.clone(), node.span)),
        Value::Null | Value::List(_) | Value::Table(_) => {
            let problem = wrong_type(node, &format!("`{key}` must be a date"));
            problems.push(problem.help("write YYYY-MM-DD, for example 2026-01-05"));
            None
        }
    }
}

/// A node of another kind than the title says it must be.
pub(super) fn wrong_type(node: &Node, title: &str) -> Diagnostic {
    let found = node.value.describe();
    Diagnostic::new(Code::WrongType, title).at(node.span, format!("found {found}"))
}

/// What was written without quotes.
fn bare(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(text, ScalarStyle::Plain | ScalarStyle::Literal) => Some(text),
        Value::Scalar(_, ScalarStyle::Text) | Value::Null | Value::List(_) | Value::Table(_) => None,
    }
}
