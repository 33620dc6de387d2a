//! The keys of a rubric's file.

use serde_json::json;

use super::Form::{self, Any, KnownRubric, Level, RubricId, Tag, Version, Words};
use super::Kind::{
    Date, EvidenceNeed, Extension, Table, Tables, Text, Texts, TextsOrTable, TextsOrTables, Truth,
};
use super::Presence::{Optional, OrDefault, OrMeans, Required, RequiredByReader};
use super::service::LINK;
use super::{Items, Key, TableKeys, keys};

keys! {
    /// What is assessed, and what red, amber and green mean. One file holds one major version.
    FILE "Rubric" "a rubric" {
        /// The rubric's name, the same for all versions.
        "id": Text(RubricId), Required;
        /// Major and minor version, in quotes. Assessments pin the major; a minor only clarifies words or guidance.
        "version": Text(Version), Required;
        /// The rubric's name for people.
        "title": Text(Words), Required;
        /// The day on which this major version was published.
        "published": Date, Required;
        /// Groups of categories, in the order in which they are shown.
        "pillar": Tables(&PILLAR, Items::Some), RequiredByReader;
        /// Categories that the previous major had and this one drops on purpose.
        "retired": Texts(Form::Category, Items::Any), Optional;
        /// Ids of other rubrics that no longer count for a service once it is assessed under this one.
        "replaces": Texts(KnownRubric, Items::Any), Optional;
        /// Keys of your own, such as `x-weight`: kept, and not looked at.
        "x-…": Extension, Optional;
    }

    /// A group of categories.
    PILLAR "Pillar" "a pillar" {
        /// The pillar's id, unique in the rubric.
        "id": Text(Form::Pillar), Required;
        /// The pillar's name for people.
        "title": Text(Words), Required;
        /// What services are assessed on, in the order in which it is shown.
        "category": Tables(&CATEGORY, Items::Some), RequiredByReader;
        /// Keys of your own, such as `x-weight`: kept, and not looked at.
        "x-…": Extension, Optional;
    }

    /// One thing that services are assessed on.
    CATEGORY "Category" "a category" {
        /// The category's id, unique in the whole rubric, and never reused for something else.
        "id": Text(Form::Category), Required;
        /// The category's name for people.
        "title": Text(Words), Required;
        /// What a colleague would ask.
        "question": Text(Any), Optional;
        /// What red means. A list means all of these.
        "red": Texts(Words, Items::Some), Required;
        /// What amber means. A list means all of these. Without it, the category has no amber.
        "amber": Texts(Words, Items::Some), Optional;
        /// What green means. A list means all of these.
        "green": Texts(Words, Items::Some), Required;
        /// How a team gets there: texts, and links to pages.
        "guidance": TextsOrTables(Words, &LINK), Optional;
        /// Which services the category applies to.
        "applies-to": Table(&APPLIES_TO), OrMeans("all services");
        /// Whether a green needs evidence; one without is reported.
        "evidence": EvidenceNeed, OrDefault(|| json!(crate::model::EvidenceNeed::Optional.word()));
        /// Whether the category is only shown: in no colour of a pillar or a service, no count and no gate.
        "advisory": Truth, OrDefault(|| json!(false));
        /// Which categories of the previous major this one continues: a rename, a merge or a split.
        "from": Texts(Form::Category, Items::Any), OrMeans("the one with the same id");
        /// Whether the bar was raised, so that a colour carried over from the previous major needs re-assessment.
        "rescore": Truth, OrDefault(|| json!(false));
        /// Keys of your own, such as `x-weight`: kept, and not looked at.
        "x-…": Extension, Optional;
    }

    /// Which services a category applies to. With both keys, a service must match both.
    APPLIES_TO "AppliesTo" "`applies-to`" {
        /// Services of one of these levels.
        "criticality": Texts(Level, Items::Any), OrMeans("all levels");
        /// Services with at least one of these tags; `{ all = […] }` asks for each of them.
        "tags": TextsOrTable(Tag, &TAGS), OrMeans("with or without tags");
    }

    /// A category on each line, for `import rubric --from csv`. Lines within a field are statements or pages of their own.
    ROWS "RubricRows" "rows of a rubric" {
        /// The pillar's name.
        "pillar": Text(Words), Required;
        /// The category's name for people.
        "category": Text(Words), Required;
        /// What its id is made from.
        "id": Text(Any), OrMeans("the category's name");
        /// What a colleague would ask.
        "question": Text(Any), Optional;
        /// What red means.
        "red": Text(Any), Optional;
        /// What amber means.
        "amber": Text(Any), Optional;
        /// What green means.
        "green": Text(Any), Optional;
        /// Addresses or words.
        "guidance": Text(Any), Optional;
        /// A comment on the category in the file.
        "comment": Text(Any), Optional;
    }

    /// Which tags a service must have. With both keys, a service must match both.
    TAGS "Tags" "`tags`" {
        /// At least one of these tags.
        "any": Texts(Tag, Items::Any), OrMeans("with or without tags");
        /// Each of these tags.
        "all": Texts(Tag, Items::Any), OrMeans("with or without tags");
    }
}
