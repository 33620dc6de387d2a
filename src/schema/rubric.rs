//! What a rubric's file may hold: the types of its schema. What a key's comment says is what an editor shows of it.

use schemars::JsonSchema;

use super::texts::{Address, Level, MajorMinor, Tag, Text, Texts, Words};
use crate::model::{CategoryId, Date, PillarId, RubricId};

/// What is judged, and what red, amber and green mean. One file holds one major version.
#[derive(JsonSchema)]
#[schemars(title = "Rubric", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("$id" = "urn:fundamentals:schema:rubric"))]
pub(super) struct RubricFile {
    /// The rubric's name, the same for all versions.
    id: RubricId,
    /// Major and minor version, in quotes. Assessments pin the major; a minor only clarifies words or guidance.
    #[schemars(extend("examples" = ["1.0"]))]
    version: MajorMinor,
    /// The rubric's name for people.
    title: Words,
    /// The day on which this major version was published.
    published: Date,
    /// Categories that the previous major had and this one drops on purpose.
    retired: Option<Texts<CategoryId>>,
    /// Groups of categories, in the order in which they are shown.
    #[schemars(length(min = 1))]
    pillar: Vec<Pillar>,
}

/// A group of categories.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Pillar {
    /// The pillar's id, unique in the rubric.
    id: PillarId,
    /// The pillar's name for people.
    title: Words,
    /// What services are judged on, in the order in which it is shown.
    #[schemars(length(min = 1))]
    category: Vec<Category>,
}

/// One thing that services are judged on.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Category {
    /// The category's id, unique in the whole rubric, and never reused for something else.
    id: CategoryId,
    /// The category's name for people.
    title: Words,
    /// What a colleague would ask.
    question: Option<Text>,
    /// What red means. A list means all of these.
    #[schemars(extend("minItems" = 1))]
    red: Texts<Words>,
    /// What amber means. A list means all of these. Without it, the category has no amber.
    #[schemars(extend("minItems" = 1))]
    amber: Option<Texts<Words>>,
    /// What green means. A list means all of these.
    #[schemars(extend("minItems" = 1))]
    green: Texts<Words>,
    /// Where a team learns how to get there.
    guidance: Option<Vec<Link>>,
    /// Which services are asked. Default: all.
    applies_to: Option<AppliesTo>,
    /// Which categories of the previous major this one continues: a rename, a merge or a split. Default: the one with
    /// the same id.
    from: Option<Texts<CategoryId>>,
    /// Whether the bar was raised, so that a colour of the previous major says nothing until the category is judged
    /// again.
    #[schemars(extend("default" = false))]
    rescore: Option<bool>,
}

/// A page to read.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Link {
    /// What the reader sees.
    title: Words,
    /// Where it leads: a path, or an address with `https:`, `http:` or `mailto:`.
    href: Address,
}

/// Which services are asked. With both keys, a service must match both.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct AppliesTo {
    /// Services of one of these levels.
    criticality: Option<Texts<Level>>,
    /// Services with at least one of these tags.
    tags: Option<Texts<Tag>>,
}
