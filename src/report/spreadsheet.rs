//! CSV, and text in it that a spreadsheet must not run.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

/// Writes a header and rows as the standard has it: lines end with CR LF, and no field is a formula.
pub(super) fn write_csv<const COLUMNS: usize>(
    header: [&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    csv.write_record(header)?;
    for row in rows {
        csv.write_record(row.iter().map(|field| inert(field).into_owned()))?;
    }
    csv.flush()
}

/// The text with an apostrophe before it if a spreadsheet would take it for a formula. Looks behind leading white
/// space, which spreadsheets skip.
fn inert(text: &str) -> Cow<'_, str> {
    let begins = text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if begins { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_is_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            assert!(inert(formula).starts_with('\''), "{formula}");
        }
        assert_eq!(inert("checkout-api"), "checkout-api");
    }
}
