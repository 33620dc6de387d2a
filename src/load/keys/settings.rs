//! The keys of `fundamentals.toml`.

use serde_json::json;

use super::Form::{Any, Domain, Glob, KnownRubric, Level, Name, Platform, Rubric, Tag};
use super::Kind::{
    ByName, Count, Date, Dates, GateLevel, IdFrom, Rule, Table, Tables, Text, Texts, TextsOrTable, Truth,
};
use super::Presence::{Optional, OrDefault, OrMeans, Required};
use super::rubric::TAGS;
use super::{Items, Key, TableKeys, keys};
use crate::model::{
    CatalogSettings, CriticalityLevels, GatePolicy, GateRule, ReviewSettings, RubricSettings, Settings,
    WaiverPolicy,
};

keys! {
    /// What an organisation decides for its services. Everything has a default.
    FILE "Settings" "`fundamentals.toml`" {
        /// The estate's name and files.
        "estate": Table(&ESTATE), Optional;
        /// What an outage would cost.
        "criticality": Table(&LEVELS), Optional;
        /// The domains that there are, with their reviews. As soon as one is listed, every service must be in one of
        /// them.
        "domain": Tables(&DOMAIN, Items::Any), Optional;
        /// Rhythm of the reviews.
        "review": Table(&REVIEW), Optional;
        /// What `fundamentals rubric lint` accepts. No score changes by it.
        "rubric": Table(&RUBRIC), Optional;
        /// Rubrics that services must be assessed under.
        "require": Tables(&REQUIRE, Items::Any), Optional;
        /// What was measured.
        "slo": Table(&SLO), Optional;
        /// What `fundamentals gate` does about its findings: a level for each rule, or a table of levels by scope.
        "gate": Table(&GATE), Optional;
        /// Which waivers count.
        "waivers": Table(&WAIVERS), Optional;
        /// The software catalog that says who services are, so that their files needn't.
        "catalog": Table(&CATALOG), Optional;
    }

    /// The estate's name and files.
    ESTATE "Estate" "`[estate]`" {
        /// The estate's name, for headings.
        "name": Text(Any), Optional;
        /// Which files are service files: globs relative to this file.
        "services": Texts(Glob, Items::Any), OrDefault(|| json!(Settings::default().services));
        /// What the id of a service must agree with: the name of its file without the extension (`file-stem`), or the name
        /// of its `folder`. With `key`, the key `service` alone gives the id, and files may have any name.
        "id-from": IdFrom, OrDefault(|| json!(Settings::default().id_from.word()));
        /// Which files are rubrics: globs relative to this file.
        "rubrics": Texts(Glob, Items::Any), OrDefault(|| json!(Settings::default().rubrics));
        /// Which rubric applies to a service that was never assessed, as `id@major`. One that does not exist is an error.
        "default-rubric": Text(Rubric), OrMeans("the newest of the estate's own, else the built-in one");
        /// A larger service file is refused unread, in MiB. Settings and rubrics may have 1 MiB.
        "max-file-mib": Count, OrDefault(|| json!(Settings::default().max_file_bytes / 1024 / 1024));
    }

    /// What an outage would cost.
    LEVELS "Levels" "`[criticality]`" {
        /// The levels of criticality, lowest first. Golden Thread services have the last one.
        "levels": Texts(Any, Items::Distinct), OrDefault(|| json!(CriticalityLevels::default().names().collect::<Vec<_>>()));
    }

    /// A set of platforms that are reviewed together.
    DOMAIN "Domain" "a `[[domain]]`" {
        /// What service files say under `domain`.
        "id": Text(Domain), Required;
        /// The domain's name for people.
        "title": Text(Any), OrMeans("the id");
        /// Days of its reviews, past and planned, in any order. They are the periods of `trend --period review`.
        "reviews": Dates, Optional;
    }

    /// Rhythm of the reviews.
    REVIEW "Review" "`[review]`" {
        /// Weeks between two reviews of a domain: when the next is due where none is planned, what a pack is compared with
        /// where no review is known, and what counts as a review for `standing-red` where a domain lists none.
        "cadence-weeks": Count, OrDefault(|| json!(ReviewSettings::default().cadence_weeks));
        /// A colour that was not assessed or confirmed for longer is marked as stale.
        "stale-after-weeks": Count, OrDefault(|| json!(ReviewSettings::default().stale_after_weeks));
    }

    /// How a rubric should be written.
    RUBRIC "Rubric" "`[rubric]`" {
        /// A level with more words gets a warning.
        "max-words": Count, OrDefault(|| json!(RubricSettings::default().max_words));
        /// A level that says one of these words gets a warning. Words in a row count too, such as `as needed`. The list
        /// replaces the usual one, and an empty list looks for nothing.
        "vague-words": Texts(Any, Items::Any), OrDefault(|| json!(RubricSettings::default().vague_words));
    }

    /// A rubric that services must be assessed under. One that never was shows as not assessed. With several conditions, a service
    /// must match all.
    REQUIRE "Require" "a `[[require]]`" {
        /// The rubric, by its id.
        "rubric": Text(KnownRubric), Required;
        /// The first day on which it is required, as YYYY-MM-DD. Figures of earlier days don't change.
        "from": Date, Required;
        /// Services of one of these levels.
        "criticality": Texts(Level, Items::Any), OrMeans("all levels");
        /// Services with at least one of these tags; `{ all = […] }` asks for each of them.
        "tags": TextsOrTable(Tag, &TAGS), OrMeans("with or without tags");
    }

    /// The software catalog that says who services are: Backstage descriptors, or what its API answers.
    CATALOG "Catalog" "`[catalog]`" {
        /// Which files are descriptors or answers of the API: globs relative to this file. Locations in them are followed.
        "files": Texts(Glob, Items::Any), Optional;
        /// Kinds of entities that are services.
        "kinds": Texts(Any, Items::Any), OrDefault(|| json!(CatalogSettings::default().kinds));
        /// Types of entities that are services.
        "types": Texts(Any, Items::Any), OrMeans("all types");
        /// Lifecycles of entities that are services.
        "lifecycles": Texts(Any, Items::Any), OrMeans("all lifecycles");
        /// Domains.
        "domain": Table(&CATALOG_DOMAIN), OrMeans("that of the entity, or of its system");
        /// Platforms.
        "platform": Table(&CATALOG_PLATFORM), OrMeans("the entity's system");
        /// Levels of criticality.
        "criticality": Table(&CATALOG_CRITICALITY), OrMeans("service files give it");
        /// Whether services are on the Golden Thread.
        "golden-thread": Table(&CATALOG_GOLDEN_THREAD), OrMeans("service files give it");
        /// Lifecycles.
        "lifecycle": Table(&CATALOG_LIFECYCLE), OrMeans("`spec.lifecycle`");
        /// Labels.
        "tags": Table(&CATALOG_TAGS), OrMeans("the entity's tags");
    }

    /// What the catalog says of services on the Golden Thread, and of others.
    CATALOG_TRUTH "CatalogTruth" "`values` of `[catalog.golden-thread]`" {
        /// Values of services on the Golden Thread.
        "true": Texts(Any, Items::Any), Optional;
        /// Values of other services.
        "false": Texts(Any, Items::Any), Optional;
    }

    /// What was measured.
    SLO "Slo" "`[slo]`" {
        /// Which files hold SLO results: globs relative to this file.
        "files": Texts(Glob, Items::Any), OrDefault(|| json!(Settings::default().slos));
    }

    /// Which waivers count. One that breaks this policy is shown and waives nothing.
    WAIVERS "Waivers" "`[waivers]`" {
        /// The longest time from a waiver's `raised`, or from today without it, to its `until`, in weeks.
        "max-weeks": Count, OrDefault(|| json!(WaiverPolicy::default().max_weeks));
        /// Who may approve waivers in every domain.
        "approvers": Texts(Name, Items::Any), OrMeans("anyone, except in the domains that have approvers");
        /// Who else may approve waivers in a domain.
        "domain": ByName(Domain, &Texts(Name, Items::Any)), Optional;
        /// Whether the `owner` or `platform` of a service may approve its waivers.
        "owner-may-approve": Truth, OrMeans("yes, with a warning");
    }

    /// Levels of a rule by scope. The strictest of the scopes that a service is in counts.
    RULE "RuleOfServices" "a rule of `[gate]`" {
        /// In Golden Thread services.
        "golden-thread": GateLevel, OrMeans("that of the rule");
        /// In services that none of these names.
        "elsewhere": GateLevel, OrMeans("that of the rule");
        /// In services of these domains.
        "domain": ByName(Domain, &GateLevel), Optional;
        /// In services of these levels of criticality.
        "criticality": ByName(Level, &GateLevel), Optional;
        /// With `--base`, the highest level of a finding that the change did not cause.
        "standing": GateLevel, OrMeans("allow, which only counts such findings");
    }

    /// The level of a rule about the estate.
    RULE_OF_THE_ESTATE "RuleOfTheEstate" "a rule of `[gate]`" {
        /// The level.
        "elsewhere": GateLevel, OrMeans("that of the rule");
    }
}

/// The keys that say where a value stands in an entity, before the one that says what values mean.
macro_rules! catalog_fields {
    ($($(#[doc = $doc:literal])+ $table:ident $name:literal $what:literal: $values:expr;)+) => {$(
        $(#[doc = $doc])+
        pub static $table: TableKeys = TableKeys {
            name: $name,
            what: $what,
            doc: concat!($($doc),+).trim_ascii_start(),
            keys: &[
                Key {
                    name: "annotation",
                    kind: Text(Any),
                    presence: Optional,
                    doc: "The key of the annotation that gives the value.",
                },
                Key {
                    name: "label",
                    kind: Text(Any),
                    presence: Optional,
                    doc: "The key of the label that gives the value.",
                },
                Key {
                    name: "tag",
                    kind: Text(Any),
                    presence: Optional,
                    doc: "A glob, such as `tier-*`: the tag that matches it is the value.",
                },
                Key {
                    name: "path",
                    kind: Text(Any),
                    presence: Optional,
                    doc: "The keys that lead to the value, joined by dots, such as `spec.tier`.",
                },
                Key {
                    name: "values",
                    kind: $values,
                    presence: OrMeans("each value means itself"),
                    doc: "Values of this estate, each with a list of the catalog's values that mean it. Upper and lower case, and \
                          `-`, `_` and spaces, are the same.",
                },
            ],
        };
    )+};
}

catalog_fields! {
    /// Where the catalog gives domains, and which they are here.
    CATALOG_DOMAIN "CatalogDomain" "`[catalog.domain]`": ByName(Domain, &Texts(Any, Items::Any));
    /// Where the catalog gives platforms, and which they are here.
    CATALOG_PLATFORM "CatalogPlatform" "`[catalog.platform]`": ByName(Platform, &Texts(Any, Items::Any));
    /// Where the catalog gives criticality, and which levels its values mean.
    CATALOG_CRITICALITY "CatalogCriticality" "`[catalog.criticality]`": ByName(Level, &Texts(Any, Items::Any));
    /// Where the catalog says that a service is on the Golden Thread. With `tag` and without `values`, the tag means that
    /// it is.
    CATALOG_GOLDEN_THREAD "CatalogGoldenThread" "`[catalog.golden-thread]`": Table(&CATALOG_TRUTH);
    /// Where the catalog gives lifecycles, and what they are called here.
    CATALOG_LIFECYCLE "CatalogLifecycle" "`[catalog.lifecycle]`": ByName(Any, &Texts(Any, Items::Any));
    /// Where the catalog gives labels, and what they are called here.
    CATALOG_TAGS "CatalogTags" "`[catalog.tags]`": ByName(Tag, &Texts(Any, Items::Any));
}

/// `[gate]`: a key for each rule, and one more.
pub static GATE: TableKeys = TableKeys {
    name: "Gate",
    what: "`[gate]`",
    doc: "What the gate does about its findings.",
    keys: &{
        let mut keys = [REVIEWS; GateRule::ALL.len() + 1];
        let mut at = 0;
        while at < GateRule::ALL.len() {
            let rule = GateRule::ALL[at];
            keys[at] = Key { name: rule.name(), kind: Rule(rule), presence: Optional, doc: rule.summary() };
            at += 1;
        }
        keys
    },
};

const REVIEWS: Key = Key {
    name: "standing-red-reviews",
    kind: Count,
    presence: OrDefault(|| json!(GatePolicy::default().standing_red_reviews)),
    doc: "A category that has been red for this number of reviews is a standing red.",
};

/// The keys of a rule's table of levels.
#[must_use]
pub fn of_rule(rule: GateRule) -> &'static TableKeys {
    if rule.is_about_the_estate() { &RULE_OF_THE_ESTATE } else { &RULE }
}
