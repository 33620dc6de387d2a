//! CSV, and text in it that a spreadsheet must not run.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::text::sanitize;

/// A field of a CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Field<'t> {
    /// Text, which somebody may have written: it is made inert.
    Text(Cow<'t, str>),
    /// A number, a day, or true or false, as digits and letters: a number that is negative stays a number.
    Exact(String),
}

/// Writes a header and rows of text.
pub(super) fn write_csv<const COLUMNS: usize>(
    header: [&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_fields(header, rows.map(|row| row.map(|text| Field::Text(Cow::Owned(text)))), out)
}

/// Writes a header and rows as the standard has it: lines end with CR LF. No text in it is a formula, or acts on a
/// terminal or a log; a row is one line.
pub(super) fn write_fields<'t, R: IntoIterator<Item = Field<'t>>>(
    header: impl IntoIterator<Item = &'t str>,
    rows: impl Iterator<Item = R>,
    out: &mut dyn Write,
) -> io::Result<()> {
    // The library knows one separator, and quotes for it alone.
    let mut csv =
        WriterBuilder::new().terminator(Terminator::CRLF).quote_style(QuoteStyle::Never).from_writer(out);
    csv.write_record(header)?;
    for row in rows {
        let fields = row.into_iter().map(|field| match field {
            Field::Text(text) => quoted(&inert(&sanitize(&text))).into_owned(),
            Field::Exact(text) => text,
        });
        csv.write_record(fields)?;
    }
    csv.flush()
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

/// Whether a spreadsheet would take a text for a formula if it were typed in.
pub(super) fn is_formula_like(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
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
            let mut out = Vec::new();
            let row = [Field::Text(text.into()), Field::Exact("-5".to_owned())];
            write_fields(["a", "b"], [row].into_iter(), &mut out).expect("a vector takes everything");
            assert_eq!(String::from_utf8_lossy(&out), format!("a,b\r\n{expected},-5\r\n"));
        }
    }

    #[test]
    fn a_negative_number_stays_a_number_and_a_row_is_one_line() {
        let row =
            [Field::Exact("-5".to_owned()), Field::Text("-5".into()), Field::Text("a\n=b\u{1b}[2J".into())];
        let mut out = Vec::new();
        write_fields(["a", "b", "c"], [row].into_iter(), &mut out).expect("a vector takes everything");
        assert_eq!(String::from_utf8_lossy(&out), "a,b,c\r\n-5,'-5,a =b␛[2J\r\n");
    }
}
