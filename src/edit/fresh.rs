//! What is written anew: values, and how they look as YAML.

use crate::source::{Entry, FileId, Node, ScalarStyle, Span, Spanned, Value};

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fresh {
    /// A day or a rubric's key: written without quotes, whatever else it looks like.
    Bare(String),
    /// Words of somebody: in quotes where they would mean something else without.
    Text(String),
    /// A truth value: never in quotes.
    Truth(bool),
    /// Values; none are written in brackets.
    List(Vec<Fresh>),
    /// Keys and values, at least one.
    Table(Vec<(String, Fresh)>),
}

/// Which kind of text a value is written into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// YAML as people write it.
    Yaml,
    /// YAML that is JSON as well, and should stay so.
    Json,
}

/// By how much a text indents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Indents {
    /// Keys below a key.
    pub keys: usize,
    /// Dashes below a key.
    pub dashes: usize,
}

/// A line of a list in brackets may be so long.
const LINE: usize = 100;

impl Fresh {
    pub fn table(entries: Vec<(&str, Self)>) -> Self {
        Self::Table(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    pub fn texts<T: ToString>(texts: &[T]) -> Self {
        Self::List(texts.iter().map(|text| Self::Text(text.to_string())).collect())
    }

    pub fn text(text: &(impl ToString + ?Sized)) -> Self {
        Self::Text(text.to_string())
    }

    pub fn bare(text: &(impl ToString + ?Sized)) -> Self {
        Self::Bare(text.to_string())
    }

    /// The tree that reading it gives.
    pub fn node(&self, dialect: Dialect) -> Node {
        let text = |text: &str, style| Value::Scalar(text.to_owned(), style);
        let value = match self {
            Self::Bare(bare) => text(bare, style_of(dialect, true)),
            Self::Text(words) => text(words, style_of(dialect, is_plain(words))),
            Self::Truth(truth) => text(&truth.to_string(), ScalarStyle::Plain),
            Self::List(items) => Value::List(items.iter().map(|item| item.node(dialect)).collect()),
            Self::Table(entries) => {
                Value::Table(entries.iter().map(|(key, value)| entry(key, value.node(dialect))).collect())
            }
        };
        Node { span: nowhere(), value }
    }

    /// Whether a value says this already, in whatever quotes.
    pub fn is_said_by(&self, node: &Node) -> bool {
        match (self, &node.value) {
            (Self::Bare(mine) | Self::Text(mine), Value::Scalar(theirs, _)) => mine == theirs,
            (Self::Truth(mine), Value::Scalar(theirs, _)) => mine.to_string() == *theirs,
            (Self::List(mine), Value::List(theirs)) => {
                mine.len() == theirs.len()
                    && mine.iter().zip(theirs).all(|(mine, theirs)| mine.is_said_by(theirs))
            }
            (Self::Table(mine), Value::Table(theirs)) => {
                let same = |(key, value): &(String, Self), theirs: &Entry| {
                    *key == theirs.key.value && value.is_said_by(&theirs.node)
                };
                mine.len() == theirs.len() && mine.iter().zip(theirs).all(|(mine, theirs)| same(mine, theirs))
            }
            (Self::Bare(_) | Self::Text(_) | Self::Truth(_) | Self::List(_) | Self::Table(_), _) => false,
        }
    }

    /// On one line.
    pub fn in_line(&self, dialect: Dialect) -> String {
        match self {
            Self::Bare(bare) if dialect == Dialect::Yaml => bare.clone(),
            Self::Bare(text) | Self::Text(text) => scalar(text, dialect),
            Self::Truth(truth) => truth.to_string(),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(|item| item.in_line(dialect)).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Table(entries) => {
                let entries: Vec<_> =
                    entries.iter().map(|(key, value)| value.behind_key(key, dialect)).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }

    /// On lines of their own, without the indentation around them: a table's keys, a list's dashes, or one line.
    pub fn lines(&self, indents: Indents) -> Vec<String> {
        match self {
            Self::Bare(_) | Self::Text(_) | Self::Truth(_) => vec![self.in_line(Dialect::Yaml)],
            Self::List(items) => items.iter().flat_map(|item| hanging("- ", &item.lines(indents))).collect(),
            Self::Table(entries) => {
                entries.iter().flat_map(|(key, value)| value.below_key(key, indents)).collect()
            }
        }
    }

    /// A key and this on one line.
    pub fn behind_key(&self, key: &str, dialect: Dialect) -> String {
        format!("{}: {}", written_key(key, dialect), self.in_line(dialect))
    }

    /// A key and this on lines of their own, without the indentation around them.
    pub fn below_key(&self, key: &str, indents: Indents) -> Vec<String> {
        let key = written_key(key, Dialect::Yaml);
        match self.fits_behind_key(key.len()) {
            Some(line) => vec![format!("{key}: {line}")],
            None => {
                let indent = " ".repeat(self.indent(indents));
                let lines = self.lines(indents).into_iter().map(|line| format!("{indent}{line}"));
                std::iter::once(format!("{key}:")).chain(lines).collect()
            }
        }
    }

    /// How much deeper than its key this stands.
    pub fn indent(&self, indents: Indents) -> usize {
        match self {
            Self::List(_) => indents.dashes,
            Self::Bare(_) | Self::Text(_) | Self::Truth(_) | Self::Table(_) => indents.keys,
        }
    }

    /// This on one line where it reads well behind a key: text, and short lists of words.
    pub fn fits_behind_key(&self, key: usize) -> Option<String> {
        let line = self.in_line(Dialect::Yaml);
        let fits = match self {
            Self::Bare(_) | Self::Text(_) | Self::Truth(_) => true,
            Self::List(items) => {
                let is_word = |item: &Self| matches!(item, Self::Bare(_) | Self::Text(_) | Self::Truth(_));
                items.iter().all(is_word) && key + line.chars().count() < LINE
            }
            Self::Table(_) => false,
        };
        fits.then_some(line)
    }
}

/// The first line behind a sign, the others below it.
pub(super) fn hanging(sign: &str, lines: &[String]) -> Vec<String> {
    let below = " ".repeat(sign.len());
    let lines = lines.iter().enumerate();
    lines.map(|(at, line)| format!("{}{line}", if at == 0 { sign } else { &below })).collect()
}

/// An entry that is not in any text yet.
pub(super) fn entry(key: &str, node: Node) -> Entry {
    Entry { key: Spanned::new(key.to_owned(), nowhere()), node }
}

fn nowhere() -> Span {
    Span::new(FileId::from_index(0), 0..0)
}

fn style_of(dialect: Dialect, is_plain: bool) -> ScalarStyle {
    if is_plain && dialect == Dialect::Yaml { ScalarStyle::Plain } else { ScalarStyle::Text }
}

/// A key, which stays as the formats' pages write it: only readers of YAML before 1.2 take `on` for a truth value.
fn written_key(key: &str, dialect: Dialect) -> String {
    if key == "on" && dialect == Dialect::Yaml { key.to_owned() } else { scalar(key, dialect) }
}

/// A text in quotes or, where it can't be taken for anything else, without.
fn scalar(text: &str, dialect: Dialect) -> String {
    if style_of(dialect, is_plain(text)) == ScalarStyle::Plain {
        return text.to_owned();
    }
    // JSON's quotes are YAML's, but for a few characters that YAML's readers take for line ends or refuse.
    let quoted = serde_json::Value::from(text).to_string();
    let escaped = quoted.chars().map(|letter| match letter {
        '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
            format!("\\u{:04x}", u32::from(letter))
        }
        letter => letter.to_string(),
    });
    escaped.collect()
}

/// Whether a text means itself without quotes, wherever it stands and whichever version of YAML it is read by.
fn is_plain(text: &str) -> bool {
    const MEANS_SOMETHING: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let may_start = text.chars().next().is_some_and(char::is_alphabetic);
    let may_hold = |letter: char| {
        (letter.is_alphanumeric() && letter != '\u{feff}')
            || matches!(
                letter,
                ' ' | '-' | '_' | '.' | '/' | ':' | ';' | '@' | '+' | '(' | ')' | '%' | '?' | '!'
            )
            || matches!(letter, '=' | '&' | '*' | '~' | '\'' | '’' | '–' | '—' | '…' | '#')
    };
    may_start
        && text.chars().all(may_hold)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !MEANS_SOMETHING.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value as Json;

    use super::*;
    use crate::load;

    /// Signs that mean something in YAML, and words that could be taken for something else, in any order.
    fn words() -> impl Strategy<Value = String> {
        let pieces = [
            ": ",
            " #",
            "#",
            "\"",
            "'",
            "\n",
            "\r\n",
            "\t",
            " ",
            "- ",
            "-",
            "---",
            "...",
            "? ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "*",
            "&",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "~",
            "no",
            "null",
            "true",
            "2026-01-01",
            "12",
            "0x1f",
            "1e3",
            ".inf",
            ".nan",
            "1:30",
            "<<",
            "=",
            "\\",
            "\u{0}",
            "\u{1b}",
            "\u{7f}",
            "\u{85}",
            "\u{a0}",
            "\u{2028}",
            "\u{2029}",
            "\u{feff}",
            "\u{fffe}",
            "\u{ffff}",
            "\u{200d}",
            "\u{202e}",
            "é",
            "雪",
            "👩‍👧",
            "\u{1fffe}",
            "a",
            "red",
            "x y",
        ];
        let piece = prop_oneof![
            4 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned),
            1 => any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
    }

    fn as_json(node: &Node) -> Json {
        match &node.value {
            Value::Null => Json::Null,
            Value::Scalar(text, _) => Json::from(text.as_str()),
            Value::List(items) => items.iter().map(as_json).collect(),
            Value::Table(all) => {
                all.iter().map(|entry| (entry.key.value.clone(), as_json(&entry.node))).collect()
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_somebody_says_stays_text_wherever_it_is_written(
            one in words(),
            few in proptest::collection::vec(words(), 1..3),
            many in proptest::collection::vec(words(), 20..21),
        ) {
            let entries = vec![("one", Fresh::text(&one)), ("few", Fresh::texts(&few)), ("many", Fresh::texts(&many))];
            let fresh = Fresh::table(vec![("list", Fresh::List(vec![Fresh::table(entries)]))]);
            let wanted = serde_json::json!({ "list": [{ "one": one, "few": few, "many": many }] });
            let json = fresh.in_line(Dialect::Json);
            prop_assert_eq!(serde_json::from_str::<Json>(&json).ok(), Some(wanted.clone()), "{}", json);
            let (flush, deep) = (Indents { keys: 2, dashes: 0 }, Indents { keys: 4, dashes: 4 });
            for text in [fresh.lines(flush).join("\n"), fresh.lines(deep).join("\r\n"), fresh.in_line(Dialect::Yaml), json] {
                let read = load::parse_yaml(&text);
                prop_assert_eq!(read.as_ref().map(as_json), Some(wanted.clone()), "{}", text);
                // Another reader, by whose rules unquoted words may be numbers, dates, truth or nothing.
                let read = serde_yaml::from_str::<Json>(&text);
                prop_assert_eq!(read.ok(), Some(wanted.clone()), "{}", text);
            }
        }
    }

    #[test]
    fn what_could_be_taken_for_something_else_is_quoted() {
        for text in
            ["no", "2026-01-01", "12", "a: b", "a #b", "- a", "", "a, b", "[a", "a:", "x\ny", "\u{85}"]
        {
            assert!(scalar(text, Dialect::Yaml).starts_with('"'), "{text}");
        }
        for text in ["Two alerts page for nothing", "https://a.example/x?y=1#z", "it's", "amber", "über – so"]
        {
            assert_eq!(scalar(text, Dialect::Yaml), text);
        }
    }
}
