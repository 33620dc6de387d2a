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
use estate::Names;
use form::Syntax;

/// An estate whose files are edited.
#[derive(Clone, Copy, Debug)]
pub struct EstateFiles<'e> {
    /// What could be read.
    pub estate: &'e Estate,
    /// The names of services that are there, but can't be read.
    pub left_out: &'e [String],
}

/// The schema of service files: of any, or of an estate's.
#[must_use]
pub fn service(files: Option<EstateFiles<'_>>) -> Schema {
    let names = files.map_or_else(Names::default, |files| estate::for_services(files.estate, files.left_out));
    let mut schema = keys::file(&service::FILE, "urn:fundamentals:schema:service", Syntax::Yaml, &names);
    keys::demand_one_verdict(&mut schema);
    if let Some(files) = files {
        category::put_into(&mut schema, files.estate);
    }
    done(schema, files)
}

/// The schema of rubrics: of any, or of an estate's.
#[must_use]
pub fn rubric(files: Option<EstateFiles<'_>>) -> Schema {
    of_toml(&rubric::FILE, "urn:fundamentals:schema:rubric", files, estate::for_rubrics)
}

/// The schema of settings: of any, or of an estate's.
#[must_use]
pub fn settings(files: Option<EstateFiles<'_>>) -> Schema {
    of_toml(&settings::FILE, "urn:fundamentals:schema:settings", files, estate::for_settings)
}

fn of_toml(
    keys: &TableKeys,
    id: &str,
    files: Option<EstateFiles<'_>>,
    names: fn(&Estate) -> Names,
) -> Schema {
    let names = files.map_or_else(Names::default, |files| names(files.estate));
    done(keys::file(keys, id, Syntax::Toml, &names), files)
}

fn done(schema: Value, files: Option<EstateFiles<'_>>) -> Schema {
    let mut schema = Schema::try_from(schema).expect("it was a schema, and only its keywords were changed");
    // Each estate's is another one.
    if files.is_some() {
        schema.remove("$id");
    }
    schema
}
