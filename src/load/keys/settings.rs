//! The keys of `fundamentals.toml`.

use serde_json::json;

use super::Form::{Any, Domain, Glob, Name, Rubric};
use super::Kind::{
    ByCriticality, ByDomain, Count, Dates, GateLevel, Rule, Table, Tables, Text, Texts, Truth,
};
use super::{Items, Key, TableKeys};
use crate::model::{
    CriticalityLevels, GatePolicy, GateRule, ReviewSettings, RubricSettings, Settings, WaiverPolicy,
};

/// The whole file.
pub static SETTINGS: TableKeys = TableKeys {
    what: "`fundamentals.toml`",
    name: "Settings",
    doc: "What an organisation decides for its services. Everything has a default.",
    keys: &[
        Key::optional("estate", Table(&ESTATE), "The estate's name and files."),
        Key::optional("criticality", Table(&LEVELS), "What an outage would cost."),
        Key::optional(
            "domain",
            Tables(&DOMAIN, Items::Any),
            "The domains that there are, with their reviews. As soon as one is listed, every service must be in one of them.",
        ),
        Key::optional("review", Table(&REVIEW), "Rhythm of the reviews."),
        Key::optional(
            "rubric",
            Table(&RUBRICS),
            "What `fundamentals rubric lint` accepts. No score changes by it.",
        ),
        Key::optional("slo", Table(&SLO), "What was measured."),
        Key::optional(
            "gate",
            Table(&GATE),
            "What `fundamentals gate` does about what its rules find: a level for each rule, or a table of levels by scope.",
        ),
        Key::optional("waivers", Table(&WAIVERS), "Which waivers count."),
    ],
};

pub(in super::super) static ESTATE: TableKeys = TableKeys {
    what: "`[estate]`",
    name: "Estate",
    doc: "The estate's name and files.",
    keys: &[
        Key::optional("name", Text(Any), "The estate's name, for headings."),
        Key::optional(
            "services",
            Texts(Glob, Items::Any),
            "Which files are service files: globs relative to this file.",
        )
        .default(|| json!(Settings::default().services)),
        Key::optional(
            "rubrics",
            Texts(Glob, Items::Any),
            "Which files are rubrics: globs relative to this file.",
        )
        .default(|| json!(Settings::default().rubrics)),
        Key::optional(
            "default-rubric",
            Text(Rubric),
            "Which rubric asks a service that was never assessed, as `id@major`.",
        )
        .means("the newest of the estate's own, else the built-in one"),
        Key::optional("max-file-mib", Count, "A larger service file is refused unread, in MiB.")
            .default(|| json!(Settings::default().max_file_bytes / 1024 / 1024)),
    ],
};

pub(in super::super) static LEVELS: TableKeys = TableKeys {
    what: "`[criticality]`",
    name: "Levels",
    doc: "What an outage would cost.",
    keys: &[Key::optional(
        "levels",
        Texts(Any, Items::Distinct),
        "The levels of criticality, lowest first. Golden Thread services have the last one.",
    )
    .default(|| json!(CriticalityLevels::default().names().collect::<Vec<_>>()))],
};

pub(in super::super) static DOMAIN: TableKeys = TableKeys {
    what: "a `[[domain]]`",
    name: "Domain",
    doc: "A set of platforms that are reviewed together.",
    keys: &[
        Key::required("id", Text(Domain), "What service files say under `domain`."),
        Key::optional("title", Text(Any), "The domain's name for people.").means("the id"),
        Key::optional("reviews", Dates, "Days of its reviews, past and planned, in any order."),
    ],
};

pub(in super::super) static REVIEW: TableKeys = TableKeys {
    what: "`[review]`",
    name: "Review",
    doc: "Rhythm of the reviews.",
    keys: &[
        Key::optional("cadence-weeks", Count, "Weeks between two reviews of a domain.")
            .default(|| json!(ReviewSettings::default().cadence_weeks)),
        Key::optional(
            "stale-after-weeks",
            Count,
            "A colour that nobody has looked at for longer is marked as stale.",
        )
        .default(|| json!(ReviewSettings::default().stale_after_weeks)),
    ],
};

pub(in super::super) static RUBRICS: TableKeys = TableKeys {
    what: "`[rubric]`",
    name: "Rubric",
    doc: "How a rubric should be written.",
    keys: &[
        Key::optional("max-words", Count, "A level with more words gets a warning.")
            .default(|| json!(RubricSettings::default().max_words)),
        Key::optional(
            "vague-words",
            Texts(Any, Items::Any),
            "A level that says one of these words gets a warning. The list replaces the usual one.",
        )
        .default(|| json!(RubricSettings::default().vague_words)),
    ],
};

pub(in super::super) static SLO: TableKeys = TableKeys {
    what: "`[slo]`",
    name: "Slo",
    doc: "What was measured.",
    keys: &[Key::optional(
        "files",
        Texts(Glob, Items::Any),
        "Which files hold SLO results: globs relative to this file.",
    )
    .default(|| json!(Settings::default().slos))],
};

pub(in super::super) static WAIVERS: TableKeys = TableKeys {
    what: "`[waivers]`",
    name: "Waivers",
    doc: "Which waivers count. One that breaks this policy is shown and waives nothing.",
    keys: &[
        Key::optional(
            "max-weeks",
            Count,
            "The longest time between the day a waiver was asked for and its last day, in weeks.",
        )
        .default(|| json!(WaiverPolicy::default().max_weeks)),
        Key::optional("approvers", Texts(Name, Items::Any), "Who may approve waivers in every domain.")
            .means("anyone, except in the domains that have approvers"),
        Key::optional(
            "domain",
            ByDomain(&Texts(Name, Items::Any)),
            "Who else may approve waivers in a domain.",
        ),
        Key::optional(
            "owner-may-approve",
            Truth,
            "Whether the owner or platform of a service may approve its waivers.",
        )
        .means("yes, with a warning"),
    ],
};

pub(in super::super) static GATE: TableKeys = TableKeys {
    what: "`[gate]`",
    name: "Gate",
    doc: "What the gate does about what its rules find.",
    keys: &GATE_KEYS,
};

/// A key for each rule, and one more.
const GATE_KEYS: [Key; GateRule::ALL.len() + 1] = {
    let reviews = Key::optional(
        "standing-red-reviews",
        Count,
        "A category that has been red for so many reviews is a standing red.",
    )
    .default(|| json!(GatePolicy::default().standing_red_reviews));
    let mut keys = [reviews; GateRule::ALL.len() + 1];
    let mut at = 0;
    while at < GateRule::ALL.len() {
        let rule = GateRule::ALL[at];
        keys[at] = Key::optional(rule.name(), Rule(rule), rule.summary());
        at += 1;
    }
    keys
};

/// The keys of a rule's table of levels.
#[must_use]
pub fn of_rule(rule: GateRule) -> &'static TableKeys {
    if rule.is_about_the_estate() { &RULE_OF_THE_ESTATE } else { &RULE }
}

static RULE: TableKeys = TableKeys {
    what: "a rule of `[gate]`",
    name: "RuleOfServices",
    doc: "Levels of a rule by scope. The strictest of the scopes that a service is in counts.",
    keys: &[
        Key::optional("golden-thread", GateLevel, "In Golden Thread services."),
        Key::optional("elsewhere", GateLevel, "In services that none of these names."),
        Key::optional("domain", ByDomain(&GateLevel), "In services of these domains."),
        Key::optional(
            "criticality",
            ByCriticality(&GateLevel),
            "In services of these levels of criticality.",
        ),
        Key::optional(
            "standing",
            GateLevel,
            "With `--base`, what a finding that the change did not cause is taken for at most.",
        )
        .means("allow, which only counts such findings"),
    ],
};

static RULE_OF_THE_ESTATE: TableKeys = TableKeys {
    what: "a rule of `[gate]`",
    name: "RuleOfTheEstate",
    doc: "The level of a rule about the estate.",
    keys: &[Key::optional("elsewhere", GateLevel, "The level.")],
};
