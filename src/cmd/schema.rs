//! `fundamentals schema`

use schemars::Schema;

use super::open::open_rubrics;
use super::stop::{Result, Stop};
use super::{Context, Outcome, output};
use crate::cli::{SchemaArgs, SchemaOf};
use crate::model::Estate;
use crate::report::{actions, coverage, review};
use crate::schema;
use crate::text::write_json;

pub(super) fn run(args: &SchemaArgs, context: &mut Context<'_>) -> Result {
    if !args.for_estate {
        let schema = match args.what {
            SchemaOf::Service => schema::service(None),
            SchemaOf::Rubric => schema::rubric(None),
            SchemaOf::Settings => schema::settings(None),
            SchemaOf::Report => review::json::schema(),
            SchemaOf::Actions => actions::schema(),
            SchemaOf::Coverage => coverage::schema(),
        };
        return print(args, &schema, context);
    }
    let make: fn(Option<&Estate>) -> Schema = match args.what {
        SchemaOf::Service => schema::service,
        SchemaOf::Rubric => schema::rubric,
        SchemaOf::Settings => schema::settings,
        SchemaOf::Report | SchemaOf::Actions | SchemaOf::Coverage => {
            let reason = "the JSON of a report is the same for every estate: leave `--for-estate` out";
            return Err(Stop::usage(reason));
        }
    };
    let loaded = open_rubrics(context)?;
    // Half a schema would call right what is wrong, and the other way round, and perhaps replace a whole one.
    if loaded.problems.has_errors() {
        let reason = "rubrics or settings have errors, so there is no schema for this estate";
        return Err(Stop::invalid(reason));
    }
    print(args, &make(Some(&loaded.estate)), context)
}

fn print(args: &SchemaArgs, schema: &Schema, context: &mut Context<'_>) -> Result {
    output::write_text(args.output.as_deref(), context, |out| write_json(schema, out))?;
    Ok(Outcome::Fine)
}
