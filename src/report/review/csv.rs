//! One section of a pack as CSV.

use std::borrow::Cow;
use std::io::{self, Write};

use super::sheets::{Sheet, Value, sheets};
use super::{ReportModel, Section};
use crate::report::spreadsheet::{Field, write_fields};

/// Writes the section that was asked for; if all are there, the map, or the domains of a summary.
pub(super) fn render(report: &ReportModel, out: &mut dyn Write) -> io::Result<()> {
    let main = if report.about.domain.is_some() { Section::Map } else { Section::Domains };
    let sheets = sheets(report);
    let sheet = sheets.iter().find(|sheet| sheet.section == Some(main)).or(sheets.first());
    sheet.map_or(Ok(()), |sheet| write_sheet(sheet, out))
}

/// Writes a table.
pub(in crate::report) fn write_sheet(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let header = sheet.columns.iter().map(|column| column.id);
    write_fields(header, sheet.rows.iter().map(|row| row.iter().map(field)), out)
}

fn field(value: &Value) -> Field<'_> {
    match value {
        Value::Empty => Field::Text(Cow::Borrowed("")),
        Value::Text(text) | Value::Word(text) => Field::Text(Cow::Borrowed(text)),
        Value::Number(count) => Field::Exact(count.to_string()),
        Value::Signed(number) => Field::Exact(number.to_string()),
        Value::Percent(number) | Value::Share(number) => Field::Exact(number.to_string()),
        Value::Date(date) => Field::Exact(date.to_string()),
        Value::State(state) => Field::Text(Cow::Borrowed(state.word())),
        Value::Colour(colour) => Field::Text(Cow::Borrowed(colour.word())),
        Value::YesNo(is_so) => Field::Exact(is_so.to_string()),
    }
}
