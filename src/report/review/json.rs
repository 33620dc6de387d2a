//! The pack as JSON, and the schema that it keeps to.

use std::io::{self, Write};

use schemars::Schema;

use super::Pack;
use super::contract::PackDocument;
use crate::text::write_json;

pub(super) fn render(pack: &Pack<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_json(&PackDocument::of(pack), out)
}

/// The JSON Schema (draft-07) of the document `fundamentals/report/v1`.
#[must_use]
pub fn schema() -> Schema {
    crate::report::schema::<PackDocument>()
}
