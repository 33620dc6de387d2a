//! A tidy table as a sheet.

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::cell;
use super::look::{Look, colour_words};
use crate::report::review::sheets::{Column, Holds, Sheet, Value};

/// What a column leaves to the button of the filter, in letters.
const BUTTON: usize = 4;
/// The height of a line, in points.
const LINE: f64 = 15.0;
/// No row may be higher, in points.
const HIGHEST: f64 = 400.0;

pub(super) fn write(sheet: &Sheet, look: &Look, page: &mut Worksheet) -> Result<(), XlsxError> {
    let last_row = RowNum::try_from(sheet.rows.len()).unwrap_or(RowNum::MAX);
    let widths: Vec<_> = (0..sheet.columns.len()).map(|at| width(sheet, at)).collect();
    let headings = sheet.columns.iter().zip(&widths);
    let headings = headings.map(|(column, width)| lines(column.heading, width.saturating_sub(BUTTON)));
    page.set_row_height(0, height(headings.max()))?;
    for ((at, column), width) in (0..).zip(&sheet.columns).zip(&widths) {
        page.set_column_width(at, u16::try_from(*width).unwrap_or(u16::MAX))?;
        cell::write_text(page, (0, at), column.heading, &look.heading)?;
        if column.holds == Holds::Word && last_row > 0 {
            colour_words(page, (1, at, last_row, at))?;
        }
    }
    for (row, values) in (1..).zip(&sheet.rows) {
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

/// How wide a column is, in letters: as wide as what is in it, within limits; a heading is broken between words only.
fn width(sheet: &Sheet, at: usize) -> usize {
    let Column { heading, holds, .. } = sheet.columns[at];
    let word = heading.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
    let most = match holds {
        Holds::Name => 34,
        Holds::Word => 18,
        Holds::Prose => 46,
        Holds::Number | Holds::Day => 16,
    };
    let values = sheet.rows.iter().map(|row| written(&row[at]).width() + 3);
    values.max().unwrap_or(0).min(most).max(word + BUTTON)
}

/// What counts for the room that a value takes: all but text is short.
fn written(value: &Value) -> &str {
    match value {
        Value::Text(text) | Value::Word(text) => text,
        Value::State(state) => state.word(),
        Value::Colour(colour) => colour.word(),
        Value::Date(_) => "2026-11-20",
        Value::Number(_) | Value::Signed(_) | Value::Share(_) => "100 %",
        Value::Percent(_) => "-1000.123456%",
        Value::YesNo(_) => "FALSE",
        Value::Empty => "",
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
