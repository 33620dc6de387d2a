//! The keys of a rubric's file.

use serde_json::json;

use super::Form::{self, Any, Level, RubricId, Tag, Version, Words};
use super::Kind::{Date, Table, Tables, Text, Texts, Truth};
use super::service::LINK;
use super::{Items, Key, TableKeys};

/// The whole file.
pub static RUBRIC: TableKeys = TableKeys {
    what: "a rubric",
    name: "Rubric",
    doc: "What is judged, and what red, amber and green mean. One file holds one major version.",
    keys: &[
        Key::required("id", Text(RubricId), "The rubric's name, the same for all versions."),
        Key::required(
            "version",
            Text(Version),
            "Major and minor version, in quotes. Assessments pin the major; a minor only clarifies words or guidance.",
        ),
        Key::required("title", Text(Words), "The rubric's name for people."),
        Key::required("published", Date, "The day on which this major version was published."),
        Key::needed(
            "pillar",
            Tables(&PILLAR, Items::Some),
            "Groups of categories, in the order in which they are shown.",
        ),
        Key::optional(
            "retired",
            Texts(Form::Category, Items::Any),
            "Categories that the previous major had and this one drops on purpose.",
        ),
    ],
};

pub(in super::super) static PILLAR: TableKeys = TableKeys {
    what: "a pillar",
    name: "Pillar",
    doc: "A group of categories.",
    keys: &[
        Key::required("id", Text(Form::Pillar), "The pillar's id, unique in the rubric."),
        Key::required("title", Text(Words), "The pillar's name for people."),
        Key::needed(
            "category",
            Tables(&CATEGORY, Items::Some),
            "What services are judged on, in the order in which it is shown.",
        ),
    ],
};

pub(in super::super) static CATEGORY: TableKeys = TableKeys {
    what: "a category",
    name: "Category",
    doc: "One thing that services are judged on.",
    keys: &[
        Key::required(
            "id",
            Text(Form::Category),
            "The category's id, unique in the whole rubric, and never reused for something else.",
        ),
        Key::required("title", Text(Words), "The category's name for people."),
        Key::optional("question", Text(Any), "What a colleague would ask."),
        Key::required("red", Texts(Words, Items::Some), "What red means. A list means all of these."),
        Key::optional(
            "amber",
            Texts(Words, Items::Some),
            "What amber means. A list means all of these. Without it, the category has no amber.",
        ),
        Key::required("green", Texts(Words, Items::Some), "What green means. A list means all of these."),
        Key::optional("guidance", Tables(&LINK, Items::Any), "Where a team learns how to get there."),
        Key::optional("applies-to", Table(&APPLIES_TO), "Which services are asked.").means("all"),
        Key::optional(
            "from",
            Texts(Form::Category, Items::Any),
            "Which categories of the previous major this one continues: a rename, a merge or a split.",
        )
        .means("the one with the same id"),
        Key::optional(
            "rescore",
            Truth,
            "Whether the bar was raised, so that a colour of the previous major says nothing until the category is \
             judged again.",
        )
        .default(|| json!(false)),
    ],
};

pub(in super::super) static APPLIES_TO: TableKeys = TableKeys {
    what: "`applies-to`",
    name: "AppliesTo",
    doc: "Which services are asked. With both keys, a service must match both.",
    keys: &[
        Key::optional("criticality", Texts(Level, Items::Any), "Services of one of these levels."),
        Key::optional("tags", Texts(Tag, Items::Any), "Services with at least one of these tags."),
    ],
};
