//! What a service file may hold: the types of its schema. What a key's comment says is what an editor shows of it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::json;

use super::texts::{
    Address, Evidence, HAS_A_LETTER, KEBAB, Level, PinnedRubric, Plain, Provider, Reason, Tag, Text, Texts,
    Words,
};
use crate::model::{CategoryId, Colour, Date, DomainId, PlatformId, ServiceId};

/// Who a service is, how it was judged, what was promised, and which exceptions were agreed.
#[derive(JsonSchema)]
#[schemars(title = "Service file", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("$id" = "urn:fundamentals:schema:service"))]
pub(super) struct ServiceFile {
    /// The service's id. It equals the file's name without extension.
    service: Plain<ServiceId>,
    /// The service's name for people. Default: the id.
    title: Option<Plain<Text>>,
    /// The set of platforms that the service is reviewed with. If the settings list domains, it is one of them.
    domain: Plain<DomainId>,
    /// The platform or team that owns the service.
    platform: Plain<PlatformId>,
    /// Who to ask.
    owner: Option<Plain<Text>>,
    /// What an outage would cost: one of the levels in the settings.
    criticality: Plain<Level>,
    /// Whether customers can't browse and buy without the service. It then has the highest criticality.
    #[schemars(extend("default" = false))]
    golden_thread: Option<bool>,
    /// Free labels, for `--tag` and for rubrics that ask only some services.
    tags: Option<Texts<Plain<Tag>>>,
    /// Where to read on.
    links: Option<Vec<Link>>,
    /// How the service was judged, in any order. Each assessment has its own date.
    assessments: Option<Vec<Assessment>>,
    /// Commitments. They outlive the assessment that they came from.
    actions: Option<Vec<Action>>,
    /// Agreed exceptions for the gate. The colour stays what it is.
    waivers: Option<Vec<Waiver>>,
}

/// A page to read.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Link {
    /// What the reader sees.
    title: Plain<Words>,
    /// Where it leads: a path, or an address with `https:`, `http:` or `mailto:`.
    href: Plain<Address>,
}

/// What was judged on one day.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Assessment {
    /// The day, as YYYY-MM-DD. It is not after today.
    date: Date,
    /// The rubric that was used, as `id@major`. `fundamentals rubric list` lists them.
    rubric: PinnedRubric,
    /// Who judged.
    by: Option<Texts<Plain<Text>>>,
    /// The outside view: who judged with them.
    with: Option<Texts<Plain<Text>>>,
    /// The categories that were judged on this day, each with its colour. What isn't mentioned keeps its last one.
    scores: Option<Scores>,
    /// What was looked at again and found unchanged: a list of categories, or `all` for everything judged before.
    confirmed: Option<Confirmed>,
}

/// Category → score.
enum Scores {}

impl JsonSchema for Scores {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Scores".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let score = generator.subschema_for::<Score>();
        json_schema!({
            "type": "object",
            "propertyNames": { "pattern": KEBAB },
            "additionalProperties": score
        })
    }
}

/// A score in short or long form.
enum Score {}

impl JsonSchema for Score {
    fn schema_name() -> Cow<'static, str> {
        "Score".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let short = Colour::json_schema(generator);
        let long = generator.subschema_for::<LongScore>();
        json_schema!({ "description": "A colour, or a table with a colour and its reason.", "anyOf": [short, long] })
    }
}

/// A score with its reason.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields, transform = exactly_one_verdict)]
pub(super) struct LongScore {
    /// What was found. Not applicable needs a `because`.
    rag: Option<Rag>,
    /// Why.
    because: Option<Plain<Text>>,
    /// Where it can be seen: addresses, paths or words.
    evidence: Option<Texts<Plain<Evidence>>>,
    /// Anything else worth knowing.
    note: Option<Plain<Text>>,
    /// Another service of the estate that does this for us: its colour counts. It stands in place of `rag`.
    inherited_from: Option<Plain<Provider>>,
}

/// The word for what makes no sense for a service.
pub(super) const NOT_APPLICABLE: &str = "not-applicable";

/// A colour, or not applicable.
enum Rag {}

impl JsonSchema for Rag {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Rag".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<_> = Colour::ALL.map(Colour::word).into_iter().chain([NOT_APPLICABLE]).collect();
        json_schema!({ "enum": words })
    }
}

/// Of `rag` and `inherited-from` exactly one has a value, and what makes no sense here has a reason.
fn exactly_one_verdict(schema: &mut Schema) {
    // With nothing behind it, `rag` is a score without a colour, where other keys count as absent.
    if let Some(rag) = schema.pointer_mut("/properties/rag/enum").and_then(|words| words.as_array_mut()) {
        rag.retain(|word| !word.is_null());
    }
    let inherits = json!({ "required": ["inherited-from"], "properties": { "inherited-from": { "not": { "type": "null" } } } });
    schema.insert("if".to_owned(), inherits);
    schema.insert("then".to_owned(), json!({ "properties": { "rag": false } }));
    schema.insert("else".to_owned(), json!({ "required": ["rag"] }));
    let not_applicable = json!({
        "if": { "required": ["rag"], "properties": { "rag": { "const": NOT_APPLICABLE } } },
        "then": {
            "required": ["because"],
            "properties": { "because": { "not": { "type": "null" }, "pattern": HAS_A_LETTER } }
        }
    });
    schema.insert("allOf".to_owned(), json!([not_applicable]));
}

/// Everything, or a list of categories.
enum Confirmed {}

impl JsonSchema for Confirmed {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Confirmed".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let category = Plain::<CategoryId>::json_schema(generator);
        json_schema!({ "anyOf": [{ "const": "all" }, { "type": "array", "items": category }] })
    }
}

/// A commitment.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Action {
    /// What was promised.
    what: Plain<Words>,
    /// The category that it should improve.
    category: Option<Plain<CategoryId>>,
    /// Who will do it.
    owner: Option<Plain<Text>>,
    /// When it was promised, as YYYY-MM-DD. It is not after today.
    raised: Date,
    /// By when, as YYYY-MM-DD. It is not before `raised`.
    due: Option<Date>,
    /// When it was done, as YYYY-MM-DD. Leave it out while the action is open.
    done: Option<Date>,
    /// The colour that it should bring.
    target: Option<Colour>,
    /// Who outside the team is needed.
    support: Option<Plain<Text>>,
    /// Why it was promised.
    because: Option<Plain<Text>>,
}

/// An agreed exception for the gate.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Waiver {
    /// Which category.
    category: Plain<CategoryId>,
    /// When it was asked for, as YYYY-MM-DD. It is not after today.
    raised: Option<Date>,
    /// The last day on which it counts, as YYYY-MM-DD. It is at most `max-weeks` of the settings after `raised`, or
    /// after today where that is not given.
    until: Date,
    /// Why, in words.
    because: Plain<Reason>,
    /// Who approved it: a name, or several. Without, the waiver is a request and doesn't count.
    approved_by: Option<Texts<Plain<Text>>>,
    /// Addresses or paths where the agreement can be read.
    evidence: Option<Texts<Plain<Address>>>,
}
