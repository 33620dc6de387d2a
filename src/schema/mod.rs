//! JSON Schemas of the files that people write, for their editors: from the description of their keys, and narrowed
//! to one estate where one is given. What is wrong with a file is for [`crate::load`] to say; a schema repeats as much of
//! it as JSON Schema can.

mod category;
mod estate;
mod form;
mod keys;

use schemars::Schema;
use serde_json::Value;

use crate::load::keys::{TableKeys, rubric, service, settings};
use crate::model::Estate;
use estate::KnownNames;
use form::Syntax;

/// The schema of service files: of any, or of an estate's.
#[must_use]
pub fn service(estate: Option<&Estate>) -> Schema {
    let names = estate.map_or_else(KnownNames::default, estate::for_services);
    let mut schema = keys::file(&service::FILE, "urn:fundamentals:schema:service", Syntax::Yaml, &names);
    keys::demand_one_verdict(&mut schema);
    if let Some(estate) = estate {
        category::put_into(&mut schema, estate);
        if !estate.settings.catalog.files.is_empty() {
            keys::leave_to_others(&mut schema, &service::FILE);
        }
    }
    done(schema, estate)
}

/// The schema of rubrics: of any, or of an estate's.
#[must_use]
pub fn rubric(estate: Option<&Estate>) -> Schema {
    of_toml(&rubric::FILE, "urn:fundamentals:schema:rubric", estate, estate::for_rubrics)
}

/// The schema of settings: of any, or of an estate's.
#[must_use]
pub fn settings(estate: Option<&Estate>) -> Schema {
    of_toml(&settings::FILE, "urn:fundamentals:schema:settings", estate, estate::for_settings)
}

fn of_toml(keys: &TableKeys, id: &str, estate: Option<&Estate>, names: fn(&Estate) -> KnownNames) -> Schema {
    let names = estate.map_or_else(KnownNames::default, names);
    done(keys::file(keys, id, Syntax::Toml, &names), estate)
}

fn done(schema: Value, estate: Option<&Estate>) -> Schema {
    let mut schema = Schema::try_from(schema).expect("it was a schema, and only its keywords were changed");
    // Each estate's is another one.
    if estate.is_some() {
        schema.remove("$id");
    }
    schema
}
