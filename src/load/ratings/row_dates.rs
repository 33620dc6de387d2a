//! The day of each score: that of its column, of its row, of its sheet, or the one for all.

use crate::model::Date;
use crate::source::Span;

use super::super::grid::{CellRef, GridRow};
use super::columns::ScoreColumn;
use super::day::{self, DayProblem};
use super::layout::RatedColumn;
use super::rows::{SheetRows, seen};
use super::sightings::SeenCell;

/// Nothing was assessed before: such a day comes from a number that is no date.
const FIRST_YEAR: i32 = 2000;

impl SheetRows<'_, '_> {
    /// The day of a score; what is no day, or is to come, is noted. `span` is the place of the score.
    pub fn date(&mut self, row: GridRow<'_>, rated: &RatedColumn, span: Span) -> Option<Date> {
        let at = SeenCell { span, row: row.index(), column: rated.column };
        let (date, at) = match (rated.date, &rated.period, self.cell(row, ScoreColumn::Date)) {
            (Some(date), ..) => (date, at),
            (None, Some(heading), _) => {
                let cell = SeenCell { span: heading.span, row: self.layout.header, column: rated.column };
                (self.read_day(&heading.value, cell)?, cell)
            }
            (None, None, Some(cell)) => (self.day_of_cell(cell, row)?, seen(cell, row)),
            (None, None, None) => match self.date.or(self.context.date).or(self.context.map.date) {
                Some(date) => (date, at),
                None => {
                    self.results.undated.add("", at, self.sheet());
                    return None;
                }
            },
        };
        if date.year() < FIRST_YEAR {
            self.results.early_dates.add_distinct(&date.to_string(), at, self.sheet());
            return None;
        }
        if date > self.context.clock.latest_day {
            self.results.future_dates.add_distinct(&date.to_string(), at, self.sheet());
            return None;
        }
        Some(date)
    }

    /// The day of a cell. A number that isn't shown as a day is one only where the map says from when days are counted.
    fn day_of_cell(&mut self, cell: CellRef<'_>, row: GridRow<'_>) -> Option<Date> {
        let map = self.context.map;
        let of_map = map.dates.get(cell.text()).copied();
        let of_serial = || {
            let day = map.epoch?.day(plain_serial(cell.text())?)?;
            (day.year() >= FIRST_YEAR).then_some(day)
        };
        let day = of_map.or_else(|| cell.day()).or_else(of_serial);
        day.or_else(|| self.read_day(cell.text(), seen(cell, row)))
    }

    fn read_day(&mut self, text: &str, cell: SeenCell) -> Option<Date> {
        if let Some(day) = self.context.map.dates.get(text) {
            return Some(*day);
        }
        let sheet = self.sheet();
        match day::parse(text, self.context.date_order, self.context.clock.today) {
            Ok(day) => Some(day),
            Err(DayProblem::Ambiguous) => {
                self.results.ambiguous_dates.add_distinct(text, cell, sheet);
                None
            }
            Err(DayProblem::NotADate | DayProblem::NoSuchDay | DayProblem::TwoDigitYear) => {
                self.results.wrong_dates.add_distinct(text, cell, sheet);
                None
            }
        }
    }
}

/// A day as a spreadsheet counts it, written as a number.
fn plain_serial(text: &str) -> Option<f64> {
    let is_number = text.len() >= 5 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number { text.parse().ok() } else { None }
}
