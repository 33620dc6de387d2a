//! The schemas of texts: their patterns, as the rules of ids, dates and links have it.

use serde_json::{Value, json};

use super::marks::{CATEGORY, DOMAIN, IDS, LEVEL, PLATFORM, PROVIDER, RUBRIC, TAG};
use crate::load::keys::Form;
use crate::model::CriticalityLevels;

/// Lower-case letters and digits in words joined by single hyphens.
const KEBAB: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// What software catalogs allow as a name.
pub(super) const NAME: &str = "^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$";
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
    let id = |pattern: &str, of: &str| json!({ "type": "string", "pattern": pattern, IDS: of });
    let with = |examples: Value, mut schema: Value| {
        schema["examples"] = examples;
        schema
    };
    match form {
        Form::Any | Form::Percentage => json!({ "type": "string" }),
        Form::Tag => json!({ "type": "string", IDS: TAG }),
        Form::Words => pattern(NOT_BLANK),
        Form::Reason | Form::Name => pattern(HAS_A_LETTER),
        Form::Address => pattern(ADDRESS),
        Form::Evidence => pattern(ADDRESS_OR_WORDS),
        Form::Glob => pattern(GLOB),
        Form::Version => with(json!(["1.0"]), pattern("^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$")),
        Form::Month => pattern("^\\d{4}-\\d{2}$"),
        Form::Service => pattern(NAME),
        Form::Provider => id(NAME, PROVIDER),
        Form::Domain => id(NAME, DOMAIN),
        Form::Platform => id(NAME, PLATFORM),
        Form::Level => with(CriticalityLevels::default().names().collect(), id(NOT_BLANK, LEVEL)),
        Form::Rubric => with(json!(["fundamentals@2"]), id(RUBRIC_KEY, RUBRIC)),
        Form::RubricId | Form::Pillar => pattern(KEBAB),
        Form::Category => id(KEBAB, CATEGORY),
    }
}
