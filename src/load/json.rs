//! JSON text → [`Node`]s, with places: only the keys that are described, or everything up to a limit.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::keys::TableKeys;
use super::repeated_keys::{RepeatedKey, last_of_each};
use super::yaml::duplicate_key;
use crate::diag::Problems;
use crate::source::{Entry, FileId, Node, ScalarStyle, Span, Spanned, Value};

/// How many repeated keys of a table are reported.
const MAX_REPEATS: usize = 20;

/// A JSON text, and where it is in its file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json<'t> {
    text: &'t str,
    start: usize,
    file: FileId,
}

/// A text that is JSON only up to here, and what is wrong there.
pub(super) struct NotJson {
    pub span: Span,
    pub message: String,
}

/// All values of a file, one after the other: as a rule one, or one a line. The last of them may be where it ends to be
/// JSON.
pub(super) fn values(text: &str, file: FileId) -> impl Iterator<Item = Result<Json<'_>, NotJson>> {
    let whole = Json { text, start: 0, file };
    let values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    values.map(move |value| match value {
        Ok(value) => Ok(whole.part(value)),
        Err(error) => Err(whole.not_json(&error)),
    })
}

impl<'t> Json<'t> {
    /// A value within this one, with its place found from its address within the text.
    fn part(self, value: &'t RawValue) -> Self {
        let text = value.get();
        let offset = (text.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        Self { text, start: self.start + offset, file: self.file }
    }

    pub fn text(self) -> &'t str {
        self.text
    }

    pub fn span(self) -> Span {
        Span::new(self.file, self.start..self.start + self.text.len())
    }

    /// Its first sign: a value of many lines is pointed at where it begins.
    pub fn head(self) -> Span {
        Span::new(self.file, self.start..self.start + self.text.chars().next().map_or(0, char::len_utf8))
    }

    /// What lies in it if it is an array, otherwise the value itself.
    pub fn items(self) -> Box<dyn Iterator<Item = Self> + 't> {
        match serde_json::from_str::<Vec<&RawValue>>(self.text) {
            Ok(items) => Box::new(items.into_iter().map(move |item| self.part(item))),
            Err(_) => Box::new(std::iter::once(self)),
        }
    }

    /// Hands over what lies in it if it is an array, or in its list `items` if it is a page of an API's answer, otherwise the
    /// value itself, until `take` has enough. Returns whether it took all.
    pub fn each_item_of_page(self, take: &mut dyn FnMut(Self) -> bool) -> bool {
        let list = match self.text.as_bytes().first() {
            Some(b'{') => {
                let pairs: Option<Pairs<'t>> = serde_json::from_str(self.text).ok();
                let mut pairs = pairs.into_iter().flat_map(|pairs| pairs.0);
                let items =
                    pairs.find(|(key, _)| key.get() == "\"items\"").map(|(_, value)| self.part(value));
                items.filter(|items| items.text.starts_with('['))
            }
            Some(b'[') => Some(self),
            Some(_) | None => None,
        };
        let Some(list) = list else { return take(self) };
        let visitor = EachItem(&mut |item| take(list.part(item)));
        // Values are known to be JSON, so that nothing but the visitor ends this early.
        serde_json::Deserializer::from_str(list.text).deserialize_seq(visitor).is_ok()
    }

    /// Returns the value with all that is in it, and the keys that stand twice in a table.
    pub fn tree(self, max_depth: usize, max_values: usize) -> Result<(Node, Vec<RepeatedKey>), NotJson> {
        let mut repeated = Vec::new();
        let mut left = max_values;
        let node = self.subtree(max_depth, &mut left, &mut repeated)?;
        Ok((node, repeated))
    }

    fn subtree(
        self,
        levels: usize,
        left: &mut usize,
        repeated: &mut Vec<RepeatedKey>,
    ) -> Result<Node, NotJson> {
        let refused = |what: &str| NotJson { span: self.head(), message: what.to_owned() };
        *left = left.checked_sub(1).ok_or_else(|| refused("there are too many values in one document"))?;
        let inner = levels.checked_sub(1).ok_or_else(|| refused("values are nested too deep"));
        let value = match self.text.as_bytes().first() {
            Some(b'{') => {
                let inner = inner?;
                let pairs: Pairs<'t> =
                    serde_json::from_str(self.text).map_err(|error| self.not_json(&error))?;
                let entries = pairs.0.into_iter().map(|(key, value)| {
                    let key = self.part(key);
                    let key = Spanned::new(key.unescaped()?, key.span());
                    Ok(Entry { key, node: self.part(value).subtree(inner, left, repeated)? })
                });
                Value::Table(last_of_each(entries.collect::<Result<_, NotJson>>()?, repeated))
            }
            Some(b'[') => {
                let inner = inner?;
                Value::List(
                    self.items().map(|item| item.subtree(inner, left, repeated)).collect::<Result<_, _>>()?,
                )
            }
            Some(_) | None => return self.shallow(),
        };
        Ok(Node { span: self.span(), value })
    }

    /// Returns the value as a node: a table with those of its keys that are described, everything else without what is in
    /// it.
    pub fn node(self, keys: Option<&TableKeys>, problems: &mut Problems) -> Result<Node, NotJson> {
        match keys {
            Some(keys) if self.text.starts_with('{') => {
                Ok(Node { span: self.span(), value: Value::Table(self.entries(keys, problems)?) })
            }
            Some(_) | None => self.shallow(),
        }
    }

    /// The value as a node, without what is in it.
    fn shallow(self) -> Result<Node, NotJson> {
        let value = match self.text.as_bytes().first() {
            Some(b'{') => Value::Table(Vec::new()),
            Some(b'[') => Value::List(Vec::new()),
            Some(b'"') => Value::Scalar(self.unescaped()?, ScalarStyle::Text),
            Some(b'n') => Value::Null,
            Some(_) | None => Value::Scalar(self.text.to_owned(), ScalarStyle::Plain),
        };
        Ok(Node { span: self.span(), value })
    }

    fn entries(self, keys: &TableKeys, problems: &mut Problems) -> Result<Vec<Entry>, NotJson> {
        let pairs: Pairs<'t> = serde_json::from_str(self.text).map_err(|error| self.not_json(&error))?;
        let mut entries: Vec<Entry> = Vec::new();
        let mut repeats = 0;
        for (key, value) in pairs.0 {
            let key = self.part(key);
            let key = Spanned::new(key.unescaped()?, key.span());
            let Some(described) = keys.find(&key.value) else { continue };
            if let Some(first) = entries.iter().find(|entry| entry.key.value == key.value) {
                repeats += 1;
                if repeats <= MAX_REPEATS {
                    problems.push(duplicate_key(&key, first.key.span));
                }
                continue;
            }
            let node = self.part(value).node(described.kind.table(), problems)?;
            entries.push(Entry { key, node });
        }
        Ok(entries)
    }

    fn unescaped(self) -> Result<String, NotJson> {
        serde_json::from_str(self.text).map_err(|error| self.not_json(&error))
    }

    fn not_json(self, error: &serde_json::Error) -> NotJson {
        let mut lines = self.text.split_inclusive('\n');
        let before: usize = lines.by_ref().take(error.line().saturating_sub(1)).map(str::len).sum();
        let line = lines.next().unwrap_or_default();
        // Columns are bytes, and the first is 1.
        let column = error.column().saturating_sub(1).min(line.len());
        let column = (0..=column).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
        let at = self.start + before + column;
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = message.strip_suffix(place.as_str()).unwrap_or(&message).to_owned();
        NotJson { span: Span::new(self.file, at..at), message }
    }
}

/// The keys and values of an object, in its order, twice where it has one twice.
struct Pairs<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'t> Deserialize<'t> for Pairs<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'t> Visitor<'t> for PairsVisitor {
    type Value = Pairs<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

/// Hands over each value of an array until there are enough.
struct EachItem<'f, 't>(&'f mut dyn FnMut(&'t RawValue) -> bool);

impl<'t> Visitor<'t> for EachItem<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element()? {
            if !(self.0)(item) {
                return Err(A::Error::custom("enough"));
            }
        }
        Ok(())
    }
}
