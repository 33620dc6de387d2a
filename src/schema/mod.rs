//! JSON Schemas of the files that people write, for their editors: from types that say what a file may hold, and narrowed
//! to one estate where one is given. What is wrong with a file is for [`crate::load`] to say; a schema repeats as much of
//! it as JSON Schema can.

// The types of files are never made: only their shape is asked for.
mod category;
mod estate;
mod finish;
mod marks;
#[expect(dead_code, reason = "only the shape of its types is asked for")]
mod rubric;
#[expect(dead_code, reason = "only the shape of its types is asked for")]
mod service;
#[expect(dead_code, reason = "only the shape of its types is asked for")]
mod settings;
mod texts;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use crate::model::Estate;
use estate::Names;

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
    let mut schema = generated::<service::ServiceFile>();
    let names = files.map_or_else(Names::default, |files| {
        category::put_into(&mut schema, files.estate);
        estate::for_services(files.estate, files.left_out)
    });
    names.put_into(&mut schema);
    finish::of_yaml(&mut schema);
    done(schema, files)
}

/// The schema of rubrics: of any, or of an estate's.
#[must_use]
pub fn rubric(files: Option<EstateFiles<'_>>) -> Schema {
    of_toml::<rubric::RubricFile>(files, estate::for_rubrics)
}

/// The schema of settings: of any, or of an estate's.
#[must_use]
pub fn settings(files: Option<EstateFiles<'_>>) -> Schema {
    of_toml::<settings::SettingsFile>(files, estate::for_settings)
}

fn of_toml<T: JsonSchema>(files: Option<EstateFiles<'_>>, names: fn(&Estate) -> Names) -> Schema {
    let mut schema = generated::<T>();
    let names = files.map_or_else(Names::default, |files| names(files.estate));
    names.put_into(&mut schema);
    finish::of_toml(&mut schema);
    done(schema, files)
}

/// Draft-07: what editors know.
fn generated<T: JsonSchema>() -> Value {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().into();
    finish::join_lines(&mut schema);
    schema
}

fn done(schema: Value, files: Option<EstateFiles<'_>>) -> Schema {
    let mut schema = Schema::try_from(schema).expect("it was a schema, and only its keywords were changed");
    // Each estate's is another one.
    if files.is_some() {
        schema.remove("$id");
    }
    schema
}
