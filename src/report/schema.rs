//! JSON Schemas of documents, from the types that they are written from; and how days and colours stand in them.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::eval::RollUp;
use crate::model::Date;

/// The schema of a document. Draft-07: what editors and most validators know.
pub(super) fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<T>()
}

impl JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
    }
}

impl Serialize for RollUp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for RollUp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let colour = Self::ALL.into_iter().find(|colour| colour.word() == word);
        colour.ok_or_else(|| D::Error::custom(format!("`{word}` is not a colour")))
    }
}

impl JsonSchema for RollUp {
    fn schema_name() -> Cow<'static, str> {
        "Colour".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The colour of a service: the worst of its categories counts, and green is earned.",
            "enum": Self::ALL.map(Self::word)
        })
    }
}
