//! Tables of typed columns over rows, before their format is known: CSV, or a sheet of a workbook. A column's type, id,
//! heading and value are given together, so that no row can lack a value or have one in another's place.
//!
//! Ids of columns are a contract with those who read the CSV: columns are only ever added at the end. `docs/formats.md`
//! lists them.

mod csv;
pub(super) mod xlsx;

use crate::model::Date;

pub(super) use csv::write_csv;

/// The columns of a table, for rows of one type.
pub(super) struct SheetColumns<'r, Row>(Vec<(SheetColumn, Values<'r, Row>)>);

/// Gives the value of a row.
type Values<'r, Row> = Box<dyn Fn(Row) -> CellValue + 'r>;

#[derive(Clone, Copy)]
pub(super) struct SheetColumn {
    /// As CSV has it in its header.
    pub(super) id: &'static str,
    /// For people.
    pub(super) heading: &'static str,
    pub(super) kind: ColumnKind,
}

/// What the values of a column are, and in which unit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnKind {
    /// Ids and names.
    Name,
    /// Words out of a list, which may have a colour.
    Word,
    /// Sentences.
    Prose,
    /// A value of any kind.
    Fact,
    Count,
    /// Negative for days that have passed.
    Days,
    /// Of 100; may be negative.
    Percent,
    /// From 0 to 1.
    Share,
    Date,
    YesNo,
}

/// A kind of column, and how it holds the values of a type.
pub(super) struct ColumnType<T>(ColumnKind, fn(T) -> CellValue);

impl<T> ColumnType<T> {
    pub(super) fn cell(&self, value: impl Into<Option<T>>) -> CellValue {
        value.into().map_or(CellValue::Empty, self.1)
    }
}

pub(super) const NAME: ColumnType<String> = ColumnType(ColumnKind::Name, CellValue::Text);
pub(super) const WORD: ColumnType<&'static str> = ColumnType(ColumnKind::Word, CellValue::Word);
pub(super) const PROSE: ColumnType<String> = ColumnType(ColumnKind::Prose, CellValue::Text);
pub(super) const FACT: ColumnType<CellValue> = ColumnType(ColumnKind::Fact, |value| value);
pub(super) const COUNT: ColumnType<usize> = ColumnType(ColumnKind::Count, CellValue::Count);
pub(super) const DAYS: ColumnType<i64> = ColumnType(ColumnKind::Days, CellValue::Days);
pub(super) const PERCENT: ColumnType<f64> = ColumnType(ColumnKind::Percent, CellValue::Percent);
pub(super) const SHARE: ColumnType<f64> = ColumnType(ColumnKind::Share, CellValue::Share);
pub(super) const DATE: ColumnType<Date> = ColumnType(ColumnKind::Date, CellValue::Date);
pub(super) const YES_NO: ColumnType<bool> = ColumnType(ColumnKind::YesNo, CellValue::YesNo);

#[derive(Clone)]
pub(super) enum CellValue {
    Empty,
    /// Text that somebody wrote, or a sentence.
    Text(String),
    /// A word out of a list.
    Word(&'static str),
    Count(usize),
    Days(i64),
    Percent(f64),
    Share(f64),
    Date(Date),
    YesNo(bool),
}

impl<'r, Row: Clone + 'r> SheetColumns<'r, Row> {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a column. A row without a value has an empty cell.
    pub(super) fn add<T: 'r, V: Into<Option<T>>>(
        mut self,
        column_type: ColumnType<T>,
        id: &'static str,
        heading: &'static str,
        value: impl Fn(Row) -> V + 'r,
    ) -> Self {
        let column = SheetColumn { id, heading, kind: column_type.0 };
        self.0.push((column, Box::new(move |row| column_type.cell(value(row)))));
        self
    }

    /// Adds the columns of a part of each row. A row without that part has empty cells.
    pub(super) fn add_all<Part: 'r, V: Into<Option<Part>>>(
        mut self,
        columns: SheetColumns<'r, Part>,
        part: impl Fn(Row) -> V + Copy + 'r,
    ) -> Self {
        let of_part = |values: Values<'r, Part>| -> Values<'r, Row> {
            Box::new(move |row| part(row).into().map_or(CellValue::Empty, &values))
        };
        self.0.extend(columns.0.into_iter().map(|(column, values)| (column, of_part(values))));
        self
    }

    /// The table of these columns.
    pub(super) fn over(self, rows: impl IntoIterator<Item = Row>) -> Sheet<'r> {
        let rows: Vec<Row> = rows.into_iter().collect();
        let (columns, values): (Vec<_>, Vec<_>) = self.0.into_iter().unzip();
        let height = rows.len();
        let row = move |at: usize| values.iter().map(|value| value(rows[at].clone())).collect();
        Sheet { columns, height, row: Box::new(row) }
    }
}

/// A table.
pub(super) struct Sheet<'r> {
    columns: Vec<SheetColumn>,
    /// The number of rows.
    height: usize,
    /// The values of a row, one for each column.
    row: Box<dyn Fn(usize) -> Vec<CellValue> + 'r>,
}

impl Sheet<'_> {
    fn rows(&self) -> impl Iterator<Item = Vec<CellValue>> {
        (0..self.height).map(&self.row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(sheet: &Sheet<'_>) -> String {
        let mut out = Vec::new();
        write_csv(sheet, &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("UTF-8").replace("\r\n", "\n")
    }

    #[test]
    fn a_row_without_a_value_or_a_part_keeps_its_other_values_in_place() {
        let part = SheetColumns::<(usize, &str)>::new();
        let part = part.add(COUNT, "count", "Count", |(count, _)| count);
        let part = part.add(NAME, "name", "Name", |(_, name)| name.to_owned());
        let sheet = SheetColumns::<(Option<bool>, Option<(usize, &str)>)>::new()
            .add(YES_NO, "first", "First", |(first, _)| first)
            .add_all(part, |(_, part)| part)
            .add(DAYS, "last", "Last", |_| -1)
            .over([(Some(true), Some((2, "b"))), (None, None), (None, Some((3, "c")))]);
        assert_eq!(csv(&sheet), "first,count,name,last\ntrue,2,b,-1\n,,,-1\n,3,c,-1\n");
    }

    #[test]
    fn a_table_without_rows_has_a_header() {
        let columns = SheetColumns::<usize>::new().add(COUNT, "count", "Count", |count| count);
        assert_eq!(csv(&columns.over([])), "count\n");
    }
}
