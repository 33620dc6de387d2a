//! What goes into a cell.

use rust_xlsxwriter::{ColNum, ExcelDateTime, Format, RowNum, Worksheet, XlsxError};

use super::look::Look;
use crate::model::Date;
use crate::report::sheet::CellValue;
use crate::text::{is_formula_like, sanitize_lines};

/// What fits into a cell, in UTF-16 units.
const LIMIT: usize = 32_767;

/// Writes a value as what it is: days and numbers can be reckoned with, text is never a formula.
pub(in crate::report) fn write(
    page: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    value: &CellValue,
    look: &Look,
) -> Result<(), XlsxError> {
    let number = |page: &mut Worksheet, number: f64, format: &Format| {
        page.write_number_with_format(row, column, number, format).map(|_| ())
    };
    match value {
        CellValue::Empty => page.write_blank(row, column, &look.word).map(|_| ()),
        CellValue::Text(text) => write_text(page, (row, column), text, &look.text),
        CellValue::Word(word) => write_text(page, (row, column), word, &look.word),
        CellValue::Count(count) => {
            number(page, small(i64::try_from(*count).unwrap_or(i64::MAX)), &look.number)
        }
        CellValue::Days(days) => number(page, small(*days), &look.number),
        CellValue::Percent(percent) => number(page, *percent, &look.percent),
        CellValue::Share(share) => number(page, *share, &look.share),
        CellValue::Date(date) => match day(*date) {
            Some(day) => page.write_datetime_with_format(row, column, &day, &look.day).map(|_| ()),
            None => write_text(page, (row, column), &date.to_string(), &look.text),
        },
        CellValue::YesNo(is_so) => {
            page.write_boolean_with_format(row, column, *is_so, &look.yes_no).map(|_| ())
        }
    }
}

/// Writes text. What looks like a formula is marked as text, so that it stays text when somebody edits the cell.
pub(in crate::report) fn write_text(
    page: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let text = fitting(text);
    if is_formula_like(&text) {
        page.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        page.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// The text without what XML can't hold, and no longer than a cell can hold.
pub(in crate::report) fn fitting(text: &str) -> String {
    let text = sanitize_lines(text)
        .replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    if text.encode_utf16().count() <= LIMIT {
        return text;
    }
    let mut room = LIMIT - 1;
    let fits = |letter: &char| {
        let left = room.checked_sub(letter.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// A day as spreadsheets know it; `None` before 1900.
pub(in crate::report) fn day(date: Date) -> Option<ExcelDateTime> {
    let (year, month) = (u16::try_from(date.year()).ok()?, u8::try_from(date.month()).ok()?);
    let day = u8::try_from(date.days_since(date.month_start()) + 1).ok()?;
    (year >= 1900).then(|| ExcelDateTime::from_ymd(year, month, day).ok())?
}

/// A count as a spreadsheet has it.
#[expect(clippy::cast_precision_loss, reason = "there are never 2^53 of anything")]
fn small(count: i64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_where_a_cell_ends_and_not_within_a_letter() {
        let cut = fitting(&"🎁".repeat(20_000));
        assert_eq!(cut.encode_utf16().count(), LIMIT);
        assert!(cut.ends_with("🎁…"));
        assert_eq!(fitting(&"a".repeat(LIMIT)).len(), LIMIT);
    }

    #[test]
    fn what_xml_cannot_hold_is_made_visible_and_lines_stay() {
        assert_eq!(fitting("a\u{1}b\r\nc\td\u{ffff}"), "a␁b\nc\td\u{fffd}");
    }

    #[test]
    fn spreadsheets_know_no_day_before_1900() {
        assert!(Date::new(1899, 12, 31).and_then(day).is_none());
        assert!(Date::new(1900, 1, 1).and_then(day).is_some());
    }
}
