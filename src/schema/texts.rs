//! Texts that stand in files, by what may be in them: the schemas of their patterns, as the ids' own rules say it.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::marks::{CATEGORY, DOMAIN, IDS, LEVEL, PLATFORM, PROVIDER, RUBRIC, TAG};
use crate::model::{
    CategoryId, Colour, CriticalityLevels, DomainId, GateLevel, PillarId, PlatformId, RubricId, ServiceId,
};

/// Lower-case letters and digits in words joined by single hyphens.
pub(super) const KEBAB: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// What software catalogs allow as a name.
pub(super) const NAME: &str = "^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$";
/// `id@major`, without leading zeros.
const RUBRIC_KEY: &str = "^[a-z0-9]+(-[a-z0-9]+)*@(0|[1-9][0-9]*)$";
/// Whatever has a letter.
const SAYS_SOMETHING: &str = "\\S";
/// Whatever has a letter of some script.
pub(super) const HAS_A_LETTER: &str = "\\p{Alphabetic}";
/// Where a reader may be sent: one of three schemes, or a path, which has no colon before its first `/`, `?` or `#`.
const ADDRESS: &str = "^([Hh][Tt][Tt][Pp][Ss]?:|[Mm][Aa][Ii][Ll][Tt][Oo]:|[^:/?#]*([/?#]|$))";
/// The same, or words.
const ADDRESS_OR_WORDS: &str = "^([Hh][Tt][Tt][Pp][Ss]?:|[Mm][Aa][Ii][Ll][Tt][Oo]:|[^:/?#]*([/?#]|$))|[ ]";

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident $keywords:tt;)+) => {$(
        $(#[$doc])*
        pub(super) enum $name {}

        written!($name $keywords);
    )+};
}

/// The schema of a text, given as JSON.
macro_rules! written {
    ($name:ident $keywords:tt) => {
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($keywords)
            }
        }
    };
}

texts! {
    /// Any text, also an empty one.
    Text { "type": "string" };
    /// A text that says something.
    Words { "type": "string", "pattern": SAYS_SOMETHING };
    /// A reason, which has words.
    Reason { "type": "string", "pattern": HAS_A_LETTER };
    /// Somebody's name.
    Name { "type": "string", "pattern": HAS_A_LETTER };
    /// Where a link leads.
    Address { "type": "string", "pattern": ADDRESS };
    /// Where something can be seen, or what there is to see.
    Evidence { "type": "string", "pattern": ADDRESS_OR_WORDS };
    /// A level of criticality.
    Level {
        "type": "string",
        "pattern": SAYS_SOMETHING,
        "examples": CriticalityLevels::default().names().collect::<Vec<_>>(),
        IDS: LEVEL
    };
    /// A free label.
    Tag { "type": "string", IDS: TAG };
    /// Another service, whose colour counts.
    Provider { "type": "string", "pattern": NAME, IDS: PROVIDER };
    /// Id and major version of a rubric.
    PinnedRubric { "type": "string", "pattern": RUBRIC_KEY, "examples": ["fundamentals@2"], IDS: RUBRIC };
    /// Which files: a glob that doesn't lead out of the estate.
    Glob { "type": "string", "pattern": "^(?!/)(?!(.*/)?\\.\\.(/|$))" };
    /// A whole number from 1.
    Count { "type": "integer", "minimum": 1, "maximum": u32::MAX };
    /// `major.minor`.
    MajorMinor { "type": "string", "pattern": "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$" };
}

written!(ServiceId { "type": "string", "pattern": NAME });
written!(DomainId { "type": "string", "pattern": NAME, IDS: DOMAIN });
written!(PlatformId { "type": "string", "pattern": NAME, IDS: PLATFORM });
written!(CategoryId { "type": "string", "pattern": KEBAB, IDS: CATEGORY });
written!(PillarId { "type": "string", "pattern": KEBAB });
written!(RubricId { "type": "string", "pattern": KEBAB });
written!(Colour { "type": "string", "enum": Colour::ALL.map(Colour::word) });
written!(GateLevel { "type": "string", "enum": GateLevel::ALL.map(GateLevel::word) });

/// A text as YAML takes it: what is written without quotes is text here, and a number or a truth value to a validator.
pub(super) struct Plain<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for Plain<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = T::json_schema(generator);
        schema.insert("type".to_owned(), json!(["string", "number", "boolean"]));
        schema
    }
}

/// A list of texts, or one text alone.
pub(super) struct Texts<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for Texts<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}s", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = T::json_schema(generator);
        let mut schema = one.clone();
        let mut types: Vec<_> = match schema.get("type") {
            Some(Value::Array(types)) => types.clone(),
            single => single.into_iter().cloned().collect(),
        };
        types.push(json!("array"));
        schema.insert("type".to_owned(), types.into());
        schema.insert("items".to_owned(), one.into());
        schema
    }
}
