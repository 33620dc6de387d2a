//! A table of any layout as cells with their places: CSV, or the sheets of an XLSX workbook. Knows nothing of scores.

mod delimited;
mod encoding;
mod xlsx;

use std::fmt;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Date;
use crate::source::{FileId, SourceFile, Span, Spanned};

use super::conflict;

/// Cells with a value beyond these are refused: a table ends before.
const MAX_ROWS: u32 = 1_000_000;
const MAX_COLUMNS: u32 = 1_000;
/// A workbook may have these many cells, and one more for each [`BYTES_OF_A_CELL`] bytes of its file.
const MAX_CELLS: usize = 250_000;
const BYTES_OF_A_CELL: usize = 2;

/// A table, or a sheet of a workbook, as cells that are not empty.
pub(super) struct Grid {
    /// The text that the places of cells are in; that of a sheet is made here, a line for each row.
    pub file: FileId,
    text: String,
    /// The sheet's name; `None` for CSV.
    pub sheet: Option<String>,
    /// By row and column.
    cells: Vec<GridCell>,
    /// Rows that are hidden and hold something.
    pub hidden_rows: usize,
    /// Whether the encoding was taken for Windows-1252, since the text is not UTF-8.
    pub is_windows_1252: bool,
}

/// A cell that is not empty. Rows and columns count from 0.
#[derive(Clone, Debug)]
struct GridCell {
    row: u32,
    column: u32,
    start: u32,
    end: u32,
    value: GridValue,
    fill: Option<Fill>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
enum GridValue {
    /// The text at its place.
    AsWritten,
    /// A text that stands otherwise at its place: with quotes, or on one line.
    Unlike(Arc<str>),
    Day(Date),
}

/// The colour that a cell is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Fill(pub [u8; 3]);

impl fmt::Display for Fill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Whether the colours that cells are filled with are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillUse {
    Ignore,
    Read,
}

/// The day from which a workbook counts days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1 January 1900, and 1900 counts as a leap year.
    Of1900,
    /// Day 0 is 1 January 1904.
    Of1904,
}

impl Epoch {
    pub fn year(self) -> u32 {
        match self {
            Self::Of1900 => 1900,
            Self::Of1904 => 1904,
        }
    }

    /// The day that a number stands for; a fraction is a time of it.
    pub fn day(self, serial: f64) -> Option<Date> {
        const BETWEEN_1900_AND_1970: i64 = 25_569;
        const BETWEEN_1904_AND_1970: i64 = 24_107;
        if !(0.0..2_958_466.0).contains(&serial) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is within the range of days above")]
        let days = serial.trunc() as i64;
        let since_1970 = match self {
            // The 29 February 1900 that never was is day 60.
            Self::Of1900 if days < 60 => days + 1 - BETWEEN_1900_AND_1970,
            Self::Of1900 => days - BETWEEN_1900_AND_1970,
            Self::Of1904 => days - BETWEEN_1904_AND_1970,
        };
        Date::from_unix_seconds(since_1970 * 86_400)
    }
}

/// A cell of a grid.
#[derive(Clone, Copy)]
pub(super) struct CellRef<'g> {
    grid: &'g Grid,
    cell: &'g GridCell,
}

impl<'g> CellRef<'g> {
    pub fn column(self) -> u32 {
        self.cell.column
    }

    /// Its text, without white space around it.
    pub fn text(self) -> &'g str {
        let text = match &self.cell.value {
            GridValue::Unlike(text) => text,
            GridValue::AsWritten | GridValue::Day(_) => &self.grid.text[self.span().range()],
        };
        text.trim_matches(is_blank)
    }

    /// Its text, with its place.
    pub fn spanned(self) -> Spanned<String> {
        Spanned::new(self.text().to_owned(), self.span())
    }

    pub fn span(self) -> Span {
        Span { file: self.grid.file, start: self.cell.start, end: self.cell.end }
    }

    /// The day that a workbook has there.
    pub fn day(self) -> Option<Date> {
        match self.cell.value {
            GridValue::Day(day) => Some(day),
            GridValue::AsWritten | GridValue::Unlike(_) => None,
        }
    }

    pub fn fill(self) -> Option<Fill> {
        self.cell.fill
    }
}

/// White space, and what shows as nothing.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// A row that is not empty.
#[derive(Clone, Copy)]
pub(super) struct GridRow<'g> {
    grid: &'g Grid,
    cells: &'g [GridCell],
}

impl<'g> GridRow<'g> {
    /// Its place among the rows, from 0.
    pub fn index(self) -> u32 {
        self.cells[0].row
    }

    /// Its cells, from left to right.
    pub fn cells(self) -> impl DoubleEndedIterator<Item = CellRef<'g>> {
        self.cells.iter().map(move |cell| CellRef { grid: self.grid, cell })
    }

    pub fn cell(self, column: u32) -> Option<CellRef<'g>> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        Some(CellRef { grid: self.grid, cell: &self.cells[at] })
    }

    /// The place of its first cell.
    pub fn span(self) -> Span {
        CellRef { grid: self.grid, cell: &self.cells[0] }.span()
    }
}

impl Grid {
    /// The rows that are not empty, from the top.
    pub fn rows(&self) -> impl Iterator<Item = GridRow<'_>> {
        let rows = self.cells.chunk_by(|one, other| one.row == other.row);
        rows.map(|cells| GridRow { grid: self, cells })
    }
}

/// The name of a cell, for people: `Scores!D17` of a sheet, or `line 4` of a text.
pub(super) fn place_name(sheet: Option<&str>, row: u32, column: u32) -> String {
    let line = u64::from(row) + 1;
    match sheet {
        Some(sheet) => format!("{sheet}!{}{line}", column_name(column)),
        None => format!("line {line}"),
    }
}

/// `D` for column 3, `AA` for column 26.
fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// What a file of tables holds.
pub(super) struct GridFile {
    /// Its sheets, or the one table of a text.
    pub grids: Vec<Grid>,
    /// Hidden sheets, which are read only where they are named.
    pub hidden_sheets: Vec<String>,
    /// The text of each grid; the first has the id that was given, and the others follow it.
    pub files: Vec<SourceFile>,
}

/// What of a file is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct GridOptions<'o> {
    /// The only sheet; all that are not hidden if there is none.
    pub sheet: Option<&'o str>,
    pub fills: FillUse,
}

/// Reads the bytes of a file, noting what keeps it from being read. `next` gives the id of the text at a place among
/// those of this file.
pub(super) fn parse(
    bytes: &[u8],
    shown: &str,
    options: GridOptions<'_>,
    next: impl Fn(usize) -> FileId,
    problems: &mut Problems,
) -> GridFile {
    if bytes.starts_with(b"PK\x03\x04") {
        return xlsx::parse(bytes, shown, options, next, problems);
    }
    let first = next(0);
    let nothing = |text| GridFile {
        grids: Vec::new(),
        hidden_sheets: Vec::new(),
        files: vec![SourceFile::new(shown, text)],
    };
    let no_sheet = options.sheet.map(|sheet| {
        let title = format!("a text has no sheets, so there is none called `{sheet}`");
        Diagnostic::new(Code::InvalidTable, title).help("leave `--sheet` out")
    });
    if let Some(problem) = other_kind(bytes).or(no_sheet) {
        problems.push(problem.in_file(first));
        return nothing(String::new());
    }
    let decoded = encoding::decode(bytes);
    let text = decoded.text.clone();
    if let Some(conflict) = conflict::find(&text, first) {
        problems.push(conflict);
        return nothing(text);
    }
    let grid = delimited::parse(decoded, first, problems);
    GridFile { grids: grid.into_iter().collect(), ..nothing(text) }
}

/// The problem with a file that is of another kind than a text or a workbook.
fn other_kind(bytes: &[u8]) -> Option<Diagnostic> {
    let (title, help) = if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        (
            "this is a workbook of the old kind, or one with a password",
            "save it as `.xlsx` without a password, or as CSV",
        )
    } else if bytes.starts_with(b"%PDF") {
        ("this is a PDF", "export the table as `.xlsx` or CSV")
    } else {
        return None;
    };
    Some(Diagnostic::new(Code::InvalidTable, title).help(help))
}

#[cfg(test)]
mod tests;
