//! The pack as JSON: the model as it is, and the schema that it keeps to.

use std::io::{self, Write};

use schemars::Schema;

use super::ReportModel;
use crate::text::write_json;

pub(super) fn render(report: &ReportModel, out: &mut dyn Write) -> io::Result<()> {
    write_json(report, out)
}

/// The JSON Schema (draft-07) of the document `fundamentals/report/v1`.
#[must_use]
pub fn schema() -> Schema {
    crate::report::schema::<ReportModel>()
}
