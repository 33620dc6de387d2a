//! A table as CSV, and text in it that a spreadsheet must not run.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::{CellValue, Sheet};
use crate::text::{is_formula_like, sanitize};

/// Writes a table as the standard has it: lines end with CR LF. No text in it is a formula, or acts on a terminal or a
/// log; a row is one line.
pub(in crate::report) fn write_csv(sheet: &Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
    // The library knows one separator, and quotes for it alone.
    let mut csv =
        WriterBuilder::new().terminator(Terminator::CRLF).quote_style(QuoteStyle::Never).from_writer(out);
    csv.write_record(sheet.columns.iter().map(|column| column.id))?;
    for row in sheet.rows() {
        csv.write_record(row.into_iter().map(field))?;
    }
    csv.flush()
}

/// Text is made inert, since somebody may have written it; a number that is negative stays a number.
fn field(value: CellValue) -> String {
    match value {
        CellValue::Empty => String::new(),
        CellValue::Text(text) => quoted(&inert(&sanitize(&text))).into_owned(),
        CellValue::Word(word) => word.to_owned(),
        CellValue::Count(count) => count.to_string(),
        CellValue::Days(days) => days.to_string(),
        CellValue::Percent(number) | CellValue::Share(number) => number.to_string(),
        CellValue::Date(date) => date.to_string(),
        CellValue::YesNo(is_so) => is_so.to_string(),
    }
}

/// The text with an apostrophe before each part of it that a spreadsheet would take for a formula, also where its
/// separator is `;` or a tab. Looks behind leading white space, which spreadsheets skip, and behind quotes, which such a
/// spreadsheet takes for those around a field.
fn inert(text: &str) -> Cow<'_, str> {
    let acts = |part: &str| is_formula_like(part.trim_start_matches(['"', ' ']));
    if !is_formula_like(text) && !text.split(SEPARATORS).any(acts) {
        return Cow::Borrowed(text);
    }
    let parts = text.split_inclusive(SEPARATORS).enumerate();
    let inert = parts.map(|(at, part)| {
        let is_formula = if at == 0 { is_formula_like(part) || acts(part) } else { acts(part) };
        if is_formula { format!("'{part}") } else { part.to_owned() }
    });
    Cow::Owned(inert.collect())
}

/// What parts fields for others than us.
const SEPARATORS: [char; 2] = [';', '\t'];

/// A field in quotes where one of the separators in use, or a quote, is in it.
fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([',', ';', '\t', '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", field.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sheet::{DAYS, PROSE, SheetColumns};

    /// What a row with a number and a text is written as.
    fn written(text: &str) -> String {
        let columns = SheetColumns::new().add(DAYS, "days", "", |_| -5).add(PROSE, "text", "", str::to_owned);
        let mut out = Vec::new();
        write_csv(&columns.over([text]), &mut out).expect("a vector takes everything");
        let csv = String::from_utf8(out).expect("UTF-8");
        let row = csv.strip_prefix("days,text\r\n").and_then(|rows| rows.strip_suffix("\r\n"));
        row.expect("a header and a row").to_owned()
    }

    #[test]
    fn what_would_be_a_formula_is_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            assert!(inert(formula).starts_with('\''), "{formula}");
        }
        assert_eq!(inert("checkout-api"), "checkout-api");
    }

    #[test]
    fn a_formula_behind_another_separator_is_text_and_the_field_is_quoted() {
        for (text, expected) in [
            ("a;b", "\"a;b\""),
            ("a;=1+1", "\"a;'=1+1\""),
            ("a; @x;-1", "\"a;' @x;'-1\""),
            ("a;\"=1\"", "\"a;'\"\"=1\"\"\""),
            ("a\t=1", "a =1"),
            ("a,=1", "\"a,=1\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
        ] {
            assert_eq!(written(text), format!("-5,{expected}"));
        }
    }

    #[test]
    fn a_negative_number_stays_a_number_and_a_row_is_one_line() {
        assert_eq!(written("-5"), "-5,'-5");
        assert_eq!(written("a\n=b\u{1b}[2J"), "-5,a =b␛[2J");
    }
}
