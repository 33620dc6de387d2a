//! The schemas of texts: their patterns, as the rules of ids, dates and links have it.

use serde_json::{Value, json};

use crate::load::keys::Form;
use crate::model::CriticalityLevels;

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// What has no quotes is text here, and a number or a truth value to a validator. A key may have nothing behind it.
    Yaml,
    /// Every value has one type, and every key a value.
    Toml,
}

/// Lower-case letters and digits in words joined by single hyphens.
const KEBAB: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// The same, or two of them with a `/` between.
const CATEGORY_NAME: &str = "^([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*$";
/// What software catalogs allow as a name.
pub(super) const NAME: &str = "^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$";
/// Keys that a table leaves to its users.
pub(super) const EXTENSION: &str = "^x-.";
/// `id@major`, without leading zeros.
const RUBRIC_KEY: &str = "^[a-z0-9]+(-[a-z0-9]+)*@(0|[1-9][0-9]*)$";
/// Whatever isn't blank.
const NOT_BLANK: &str = "\\S";
/// Whatever has a letter of some script.
pub(super) const HAS_A_LETTER: &str = "\\p{Alphabetic}";
/// Where a reader may be sent: one of three schemes, or a path, which has no colon before its first `/`, `?` or `#`.
const ADDRESS: &str = "^([Hh][Tt][Tt][Pp][Ss]?:|[Mm][Aa][Ii][Ll][Tt][Oo]:|[^:/?#]*([/?#]|$))";
/// The same, or words.
const ADDRESS_OR_WORDS: &str = "^([Hh][Tt][Tt][Pp][Ss]?:|[Mm][Aa][Ii][Ll][Tt][Oo]:|[^:/?#]*([/?#]|$))|[ ]";
/// A glob that doesn't lead out of the estate.
const GLOB: &str = "^(?!/)(?!(.*/)?\\.\\.(/|$))";

/// The schema of a text.
pub(super) fn schema(form: Form) -> Value {
    let pattern = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let with = |examples: Value, mut schema: Value| {
        schema["examples"] = examples;
        schema
    };
    match form {
        Form::Any | Form::Tag | Form::Percentage => json!({ "type": "string" }),
        Form::Words => pattern(NOT_BLANK),
        Form::Reason | Form::Name => pattern(HAS_A_LETTER),
        Form::Address => pattern(ADDRESS),
        Form::Evidence => pattern(ADDRESS_OR_WORDS),
        Form::Glob => pattern(GLOB),
        Form::Version => with(json!(["1.0"]), pattern("^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$")),
        Form::Month => pattern("^\\d{4}-\\d{2}$"),
        Form::Service | Form::Provider | Form::Domain | Form::Platform => pattern(NAME),
        Form::RubricId | Form::KnownRubric | Form::Pillar | Form::Category => pattern(KEBAB),
        Form::CategoryName => pattern(CATEGORY_NAME),
        Form::Level => with(CriticalityLevels::default().names().collect(), pattern(NOT_BLANK)),
        Form::Rubric => with(json!(["fundamentals@2"]), pattern(RUBRIC_KEY)),
    }
}
