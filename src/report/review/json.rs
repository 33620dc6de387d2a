//! The pack as JSON: the model as it is, and the schema that it keeps to.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::{Serialize, Serializer};

use super::ReportModel;
use crate::diag::write_json;
use crate::score::RollUp;

pub(super) fn render(report: &ReportModel, out: &mut dyn Write) -> io::Result<()> {
    write_json(report, out)
}

/// The JSON Schema (draft-07) of the document `fundamentals/report/v1`.
#[must_use]
pub fn schema() -> Schema {
    crate::report::schema::<ReportModel>()
}

/// Writes a roll-up as its word.
pub(super) fn roll_up<S: Serializer>(colour: &RollUp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(colour.word())
}

/// The words for a service's colour.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its schema is used")]
pub(super) enum RollUpWord {
    /// At least one red.
    Red,
    /// Amber at worst.
    Amber,
    /// Neither red nor amber, with gaps.
    Incomplete,
    /// Nothing assessed.
    NotAssessed,
    /// All green.
    Green,
    /// Nothing applicable.
    NotApplicable,
}
