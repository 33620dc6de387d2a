//! Text with a separator between fields → a grid.

use crate::diag::{Code, Diagnostic, Problems};
use crate::source::FileId;

use super::super::csv::lines;
use super::encoding::Decoded;
use super::{Grid, GridCell, GridValue, MAX_COLUMNS, MAX_ROWS, is_blank};

/// What separates fields, the likeliest first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// Lines by which the separator is found.
const SAMPLE: usize = 30;

/// Reads a text, noting what is wrong with it as a whole.
pub(super) fn parse(decoded: Decoded, file: FileId, problems: &mut Problems) -> Option<Grid> {
    let text = decoded.text;
    let (separator, named_in) = separator(&text, file);
    let mut cells = Vec::new();
    let mut row_of = RowCounter::new(&text);
    for (at, line) in lines(&text, separator, file).enumerate() {
        let line = match line {
            Ok(line) => line,
            Err(error) => {
                problems.push(
                    Diagnostic::new(Code::InvalidTable, format!("this is not CSV: {error}")).in_file(file),
                );
                return None;
            }
        };
        if at < named_in {
            continue;
        }
        let row = row_of.at(line.span().start as usize);
        for column in 0..line.len() {
            let field = line.field(column);
            if field.value.trim_matches(is_blank).is_empty() {
                continue;
            }
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            if row >= MAX_ROWS || column >= MAX_COLUMNS {
                let title = format!("a table has at most {MAX_ROWS} rows and {MAX_COLUMNS} columns");
                let problem = Diagnostic::new(Code::InvalidTable, title).at(field.span, "beyond that");
                problems.push(problem.help("is this really a table of scores? keep only what you need"));
                return None;
            }
            let is_as_written =
                text.get(field.span.range()).is_some_and(|written| written.trim() == field.value);
            let value =
                if is_as_written { GridValue::AsWritten } else { GridValue::Unlike(field.value.into()) };
            let (start, end) = (field.span.start, field.span.end);
            cells.push(GridCell { row, column, start, end, value, fill: None });
        }
    }
    if cells.is_empty() {
        let empty = Diagnostic::new(Code::EmptyFile, "the file says nothing").in_file(file);
        problems.push(empty.help("its first line names the columns: `service,category,date,colour`"));
        return None;
    }
    let is_windows_1252 = decoded.is_windows_1252;
    Some(Grid { file, text, sheet: None, cells, hidden_rows: 0, is_windows_1252 })
}

/// Counts the lines of a text up to places that come in order.
struct RowCounter<'t> {
    text: &'t str,
    at: usize,
    row: u32,
}

impl<'t> RowCounter<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, row: 0 }
    }

    fn at(&mut self, place: usize) -> u32 {
        let lines = self.text.get(self.at..place).unwrap_or_default().matches('\n').count();
        self.row = self.row.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.at = place.max(self.at);
        self.row
    }
}

/// The separator by which most lines have the same number of fields, and how many lines only name it: spreadsheets write
/// `sep=;`.
fn separator(text: &str, file: FileId) -> (u8, usize) {
    let first = text.lines().next().unwrap_or_default().trim();
    if let Some([separator]) = first.strip_prefix("sep=").map(str::as_bytes) {
        return (*separator, 1);
    }
    let regularity = |separator: u8| {
        let widths = lines(text, separator, file).take(SAMPLE).map_while(Result::ok).map(|line| line.len());
        let widths: Vec<usize> = widths.collect();
        let agreeing = |width: usize| widths.iter().filter(|other| **other == width).count();
        let usual =
            widths.iter().copied().filter(|width| *width > 1).max_by_key(|width| (agreeing(*width), *width));
        usual.map_or((0, 0), |width| (agreeing(width), width))
    };
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| regularity(*separator));
    (best.unwrap_or(b','), 0)
}
