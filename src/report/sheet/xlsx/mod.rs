//! A table as a sheet of a workbook.

pub(in crate::report) mod cell;
pub(in crate::report) mod look;

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use self::look::{Look, colour_words};
use super::{CellValue, ColumnKind, Sheet, SheetColumn};

/// What a column leaves to the button of the filter, in letters.
const BUTTON: usize = 4;
/// The height of a line, in points.
const LINE: f64 = 15.0;
/// No row may be higher, in points.
const HIGHEST: f64 = 400.0;

pub(in crate::report) fn write(
    sheet: &Sheet<'_>,
    look: &Look,
    page: &mut Worksheet,
) -> Result<(), XlsxError> {
    let rows: Vec<_> = sheet.rows().collect();
    let last_row = RowNum::try_from(rows.len()).unwrap_or(RowNum::MAX);
    let widths = widths(&sheet.columns, &rows);
    let headings = sheet.columns.iter().zip(&widths);
    let headings = headings.map(|(column, width)| lines(column.heading, width.saturating_sub(BUTTON)));
    page.set_row_height(0, height(headings.max()))?;
    for ((at, column), width) in (0..).zip(&sheet.columns).zip(&widths) {
        page.set_column_width(at, u16::try_from(*width).unwrap_or(u16::MAX))?;
        cell::write_text(page, (0, at), column.heading, &look.heading)?;
        if column.kind == ColumnKind::Word && last_row > 0 {
            colour_words(page, (1, at, last_row, at))?;
        }
    }
    for (row, values) in (1..).zip(&rows) {
        // Not every program makes room for lines by itself.
        let heights =
            values.iter().zip(&widths).map(|(value, width)| lines(written(value), width.saturating_sub(1)));
        page.set_row_height(row, height(heights.max()))?;
        for (at, value) in (0..).zip(values) {
            cell::write(page, (row, at), value, look)?;
        }
    }
    let last_column = ColNum::try_from(sheet.columns.len() - 1).unwrap_or(ColNum::MAX);
    page.autofilter(0, 0, last_row, last_column)?;
    page.set_freeze_panes(1, 0)?;
    page.set_repeat_rows(0, 0)?;
    Ok(())
}

/// How wide columns are, in letters: as wide as what is in them, within limits; a heading is broken between words only.
fn widths(columns: &[SheetColumn], rows: &[Vec<CellValue>]) -> Vec<usize> {
    let mut widths = vec![0; columns.len()];
    for row in rows {
        for (width, value) in widths.iter_mut().zip(row) {
            *width = (*width).max(written(value).width() + 3);
        }
    }
    let limited = widths.into_iter().zip(columns).map(|(width, SheetColumn { heading, kind, .. })| {
        let word = heading.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
        width.min(most(*kind)).max(word + BUTTON)
    });
    limited.collect()
}

/// How wide a column may be for its values, in letters.
fn most(kind: ColumnKind) -> usize {
    match kind {
        ColumnKind::Name => 34,
        ColumnKind::Word => 18,
        ColumnKind::Prose | ColumnKind::Fact => 46,
        ColumnKind::Count
        | ColumnKind::Days
        | ColumnKind::Percent
        | ColumnKind::Share
        | ColumnKind::Date
        | ColumnKind::YesNo => 16,
    }
}

/// What counts for the room that a value takes: all but text is short.
fn written(value: &CellValue) -> &str {
    match value {
        CellValue::Text(text) => text,
        CellValue::Word(word) => word,
        CellValue::Date(_) => "2026-11-20",
        CellValue::Count(_) | CellValue::Days(_) | CellValue::Share(_) => "100 %",
        CellValue::Percent(_) => "-1000.123456%",
        CellValue::YesNo(_) => "FALSE",
        CellValue::Empty => "",
    }
}

/// How many lines a text takes in a column, about: words are broken where they end.
fn lines(text: &str, width: usize) -> usize {
    let width = width.max(1);
    let of_line = |line: &str| {
        let (mut lines, mut used) = (1, 0);
        for word in line.split(' ') {
            let word = word.width();
            if used > 0 && used + 1 + word > width {
                lines += 1;
                used = word;
            } else {
                used += word + usize::from(used > 0);
            }
            lines += used / (width + 1);
        }
        lines
    };
    text.lines().map(of_line).sum::<usize>().max(1)
}

fn height(lines: Option<usize>) -> f64 {
    let lines = u16::try_from(lines.unwrap_or(1)).unwrap_or(u16::MAX);
    (f64::from(lines) * LINE).min(HIGHEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_as_many_lines_as_its_words_need() {
        assert_eq!(lines("", 10), 1);
        assert_eq!(lines("one two three", 10), 2);
        assert_eq!(lines("one\ntwo", 10), 2);
        assert_eq!(lines("抽選サイト", 4), 3);
    }
}
