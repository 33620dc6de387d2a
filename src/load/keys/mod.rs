//! The keys of the files that people write, each described once: tables are read by these descriptions, and JSON Schemas
//! and the tables of the documentation are made from them.

pub mod rubric;
pub mod scores;
pub mod service;
pub mod settings;
pub mod slo;

use serde_json::Value;

use crate::model::GateRule;

/// Tables of keys, each key with its doc comment as its description: `"key": kind, presence;`.
macro_rules! keys {
    ($($(#[doc = $doc:literal])+ $table:ident $name:literal $what:literal {$(
        $(#[doc = $about:literal])+ $key:literal: $kind:expr, $presence:expr;
    )+})+) => {$(
        $(#[doc = $doc])+
        pub static $table: TableKeys = TableKeys {
            name: $name,
            what: $what,
            doc: concat!($($doc),+).trim_ascii_start(),
            keys: &[$(Key {
                name: $key,
                kind: $kind,
                presence: $presence,
                doc: concat!($($about),+).trim_ascii_start(),
            }),+],
        };
    )+};
}
use keys;

/// Stands for the keys that a table leaves to its users.
pub const EXTENSION: &str = "x-…";

/// The word for what makes no sense for a service.
pub const NOT_APPLICABLE: &str = "not-applicable";

/// The keys of a table, in the order in which they are listed to readers.
#[derive(Debug)]
pub struct TableKeys {
    /// The table's name in a JSON Schema.
    pub name: &'static str,
    /// The table in a message: "a service file", "`[estate]`".
    pub what: &'static str,
    /// What the table is for, in sentences.
    pub doc: &'static str,
    /// Its keys; any other key is an error.
    pub keys: &'static [Key],
}

impl TableKeys {
    /// The description of a key.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&'static Key> {
        let is_own =
            EXTENSION.strip_suffix('…').is_some_and(|prefix| name.starts_with(prefix) && name != prefix);
        let name = if is_own { EXTENSION } else { name };
        self.keys.iter().find(|key| key.name == name)
    }

    /// Whether a table without a key is reported when it is opened.
    pub(super) fn requires(&self, name: &str) -> bool {
        self.required().any(|required| required == name)
    }

    /// Names of the keys that are reported when a table is opened without them.
    pub(super) fn required(&self) -> impl Iterator<Item = &'static str> + use<> {
        let required = self.keys.iter().filter(|key| matches!(key.presence, Presence::Required));
        required.map(|key| key.name)
    }

    /// Names of all keys.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As it is written in the file.
    pub name: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Whether it must be there.
    pub presence: Presence,
    /// What it is for, in sentences.
    pub doc: &'static str,
}

/// Whether a table must have a key, and its default.
#[derive(Clone, Copy, Debug)]
pub enum Presence {
    /// A table without it is reported when it is opened.
    Required,
    /// The same, but reported by the code that reads the table: in words of its own, only where the key is wanted, or
    /// only if nothing else supplies it.
    RequiredByReader,
    /// Without it there is nothing.
    Optional,
    /// The default, in words.
    OrMeans(&'static str),
    /// Its absence means this value.
    OrDefault(fn() -> Value),
}

impl Presence {
    /// Whether a table must have the key.
    #[must_use]
    pub fn is_required(self) -> bool {
        match self {
            Self::Required | Self::RequiredByReader => true,
            Self::Optional | Self::OrMeans(_) | Self::OrDefault(_) => false,
        }
    }
}

/// What a key's value is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text.
    Text(Form),
    /// A list of texts, or one text alone.
    Texts(Form, Items),
    /// A day.
    Date,
    /// A day alone, or a table about it.
    DateOr(&'static TableKeys),
    /// A list of days.
    Dates,
    /// `true` or `false`.
    Truth,
    /// A whole number from 1.
    Count,
    /// Any number.
    Number,
    /// Anything: the key is its users' own.
    Extension,
    /// A table.
    Table(&'static TableKeys),
    /// A list of texts, one text alone, or a table about them.
    TextsOrTable(Form, &'static TableKeys),
    /// A text alone, or a list of texts and tables.
    TextsOrTables(Form, &'static TableKeys),
    /// A list of tables.
    Tables(&'static TableKeys, Items),
    /// A colour.
    Colour,
    /// A colour, or not applicable.
    Verdict,
    /// A table of categories, each with a verdict or such a table.
    Scores(&'static TableKeys),
    /// A list of categories, or `all`.
    Confirmed,
    /// What a service's id must agree with.
    IdFrom,
    /// Whether a green needs evidence.
    EvidenceNeed,
    /// A level of the gate.
    GateLevel,
    /// A level of the gate, or a table of levels by scope, for a rule.
    Rule(GateRule),
    /// A table whose keys are names of a form, each with a value of a kind.
    ByName(Form, &'static Kind),
    /// One of these words.
    Word(&'static [&'static str]),
}

impl Kind {
    /// The keys of the table, or of each table, that such a value is or holds.
    #[must_use]
    pub fn table(self) -> Option<&'static TableKeys> {
        if let Self::Table(keys)
        | Self::DateOr(keys)
        | Self::TextsOrTable(_, keys)
        | Self::TextsOrTables(_, keys)
        | Self::Tables(keys, _)
        | Self::Scores(keys) = self
        {
            Some(keys)
        } else {
            None
        }
    }
}

/// What a list must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Items {
    /// Any number of items.
    Any,
    /// At least one item.
    Some,
    /// At least one item, and none twice.
    Distinct,
}

/// The kind of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Anything, also nothing.
    Any,
    /// Something.
    Words,
    /// A reason in words.
    Reason,
    /// The name of a person or a team.
    Name,
    /// A free label.
    Tag,
    /// Where a link leads.
    Address,
    /// Where something can be seen, or words about it.
    Evidence,
    /// A glob that stays within the estate.
    Glob,
    /// `major.minor`.
    Version,
    /// A service's own id.
    Service,
    /// The id of another service.
    Provider,
    /// A domain's id.
    Domain,
    /// A platform's id.
    Platform,
    /// A level of criticality.
    Level,
    /// A rubric's own id.
    RubricId,
    /// The id of a rubric that there is.
    KnownRubric,
    /// A rubric with its major version: `id@major`.
    Rubric,
    /// A pillar's id.
    Pillar,
    /// A category's id.
    Category,
    /// A category's id, with its rubric's before a `/` where several have it.
    CategoryName,
    /// A month: `2026-01`.
    Month,
    /// A share: `99.95%`.
    Percentage,
}
