//! What `fundamentals.toml` may hold: the types of its schema. What a key's comment says is what an editor shows of it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::marks::{DOMAIN, KEYS, LEVEL};
use super::texts::{Count, Glob, NAME, Name, PinnedRubric, Text, Texts};
use crate::model::{
    CriticalityLevels, Date, DomainId, GateLevel, GatePolicy, GateRule, ReviewSettings, RubricSettings,
    Settings, WaiverPolicy,
};

/// What an organisation decides for its services. Everything has a default.
#[derive(JsonSchema)]
#[schemars(title = "Settings", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("$id" = "urn:fundamentals:schema:settings"))]
pub(super) struct SettingsFile {
    /// The estate's name and files.
    estate: Option<Estate>,
    /// What an outage would cost.
    criticality: Option<Levels>,
    /// The domains that there are, with their reviews. As soon as one is listed, every service must be in one of them.
    domain: Option<Vec<Domain>>,
    /// Rhythm of the reviews.
    review: Option<Review>,
    /// What `fundamentals rubric lint` accepts. No score changes by it.
    rubric: Option<Rubric>,
    /// What was measured.
    slo: Option<Slo>,
    /// What `fundamentals gate` does about what its rules find: a level for each rule, or a table of levels by scope.
    gate: Option<Gate>,
    /// Which waivers count.
    waivers: Option<Waivers>,
}

/// The estate's name and files.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Estate {
    /// The estate's name, for headings.
    name: Option<Text>,
    /// Which files are service files: globs relative to this file.
    #[schemars(extend("default" = Settings::default().services))]
    services: Option<Texts<Glob>>,
    /// Which files are rubrics: globs relative to this file.
    #[schemars(extend("default" = Settings::default().rubrics))]
    rubrics: Option<Texts<Glob>>,
    /// Which rubric asks a service that was never assessed, as `id@major`. Default: the newest of the estate's own, else
    /// the built-in one.
    default_rubric: Option<PinnedRubric>,
    /// A larger service file is refused unread, in MiB.
    #[schemars(extend("default" = Settings::default().max_file_bytes / 1024 / 1024))]
    max_file_mib: Option<Count>,
}

/// What an outage would cost.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Levels {
    /// The levels of criticality, lowest first. Golden Thread services have the last one.
    #[schemars(extend("minItems" = 1, "uniqueItems" = true))]
    #[schemars(extend("default" = CriticalityLevels::default().names().collect::<Vec<_>>()))]
    levels: Option<Texts<Text>>,
}

/// A set of platforms that are reviewed together.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Domain {
    /// What service files say under `domain`.
    id: DomainId,
    /// The domain's name for people. Default: the id.
    title: Option<Text>,
    /// Days of its reviews, past and planned, in any order.
    reviews: Option<Vec<Date>>,
}

/// Rhythm of the reviews.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Review {
    /// Weeks between two reviews of a domain.
    #[schemars(extend("default" = ReviewSettings::default().cadence_weeks))]
    cadence_weeks: Option<Count>,
    /// A colour that nobody has looked at for longer is marked as stale.
    #[schemars(extend("default" = ReviewSettings::default().stale_after_weeks))]
    stale_after_weeks: Option<Count>,
}

/// How a rubric should be written.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Rubric {
    /// A level with more words gets a warning.
    #[schemars(extend("default" = RubricSettings::default().max_words))]
    max_words: Option<Count>,
    /// A level that says one of these words gets a warning. The list replaces the usual one.
    #[schemars(extend("default" = RubricSettings::default().vague_words))]
    vague_words: Option<Texts<Text>>,
}

/// What was measured.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Slo {
    /// Which files hold SLO results: globs relative to this file.
    #[schemars(extend("default" = Settings::default().slos))]
    files: Option<Texts<Glob>>,
}

/// Which waivers count. One that breaks this policy is shown and waives nothing.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Waivers {
    /// The longest time between the day a waiver was asked for and its last day, in weeks.
    #[schemars(extend("default" = WaiverPolicy::default().max_weeks))]
    max_weeks: Option<Count>,
    /// Who may approve waivers in every domain. Default: anyone, except in the domains that have approvers.
    approvers: Option<Texts<Name>>,
    /// Who else may approve waivers in a domain.
    domain: Option<Approvers>,
    /// Whether the owner or platform of a service may approve its waivers. Default: yes, with a warning.
    owner_may_approve: Option<bool>,
}

/// Domain → who may approve.
enum Approvers {}

impl JsonSchema for Approvers {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Approvers".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        by_domain(&Texts::<Name>::json_schema(generator))
    }
}

/// The gate's rules, each a key.
enum Gate {}

impl JsonSchema for Gate {
    fn schema_name() -> Cow<'static, str> {
        "Gate".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let policy = GatePolicy::default();
        let everywhere = generator.subschema_for::<RuleOfServices>();
        let elsewhere = generator.subschema_for::<RuleOfTheEstate>();
        let level = GateLevel::json_schema(generator);
        let mut properties: Map<String, Value> = GateRule::ALL
            .iter()
            .map(|rule| {
                let levels = policy.levels(*rule);
                let (golden, other) = (levels.golden_thread.word(), levels.elsewhere.word());
                let (table, usual) = if rule.is_about_the_estate() {
                    (&elsewhere, other.to_owned())
                } else if golden == other {
                    (&everywhere, other.to_owned())
                } else {
                    (&everywhere, format!("{golden} in Golden Thread services, {other} elsewhere"))
                };
                let description = format!("What is found: {}. Default: {usual}.", rule.summary());
                let schema = json!({ "description": description, "anyOf": [level, table] });
                (rule.name().to_owned(), schema)
            })
            .collect();
        let mut reviews = Count::json_schema(generator);
        let description = "A category that has been red for so many reviews is a standing red.";
        reviews.insert("description".to_owned(), description.into());
        reviews.insert("default".to_owned(), policy.standing_red_reviews.into());
        properties.insert("standing-red-reviews".to_owned(), reviews.into());
        json_schema!({
            "description": "What the gate does about what its rules find.",
            "type": "object",
            "properties": properties,
            "additionalProperties": false
        })
    }
}

/// Levels of a rule by scope. The strictest of the scopes that a service is in counts.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct RuleOfServices {
    /// In Golden Thread services.
    golden_thread: Option<GateLevel>,
    /// In services of these domains.
    domain: Option<ByDomain>,
    /// In services of these levels of criticality.
    criticality: Option<ByCriticality>,
    /// In services that none of these names.
    elsewhere: Option<GateLevel>,
    /// With `--base`, what a finding that the change did not cause is taken for at most. Default: allow, which only counts
    /// such findings.
    standing: Option<GateLevel>,
}

/// The level of a rule about the estate.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct RuleOfTheEstate {
    /// The level.
    elsewhere: Option<GateLevel>,
}

/// Domain → level.
enum ByDomain {}

impl JsonSchema for ByDomain {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ByDomain".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        by_domain(&GateLevel::json_schema(generator))
    }
}

/// A table whose keys are domains.
fn by_domain(value: &Schema) -> Schema {
    json_schema!({
        "type": "object",
        "patternProperties": { NAME: value },
        "additionalProperties": false,
        KEYS: DOMAIN
    })
}

/// Level of criticality → level of the gate.
enum ByCriticality {}

impl JsonSchema for ByCriticality {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ByCriticality".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = GateLevel::json_schema(generator);
        json_schema!({ "type": "object", "additionalProperties": level, KEYS: LEVEL })
    }
}
