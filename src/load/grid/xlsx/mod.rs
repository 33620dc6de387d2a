//! XLSX → grids. A file that is built to take memory or time is refused: see [`archive`] for the bounds.

mod archive;
mod cells;
mod strings;
mod styles;
mod workbook;

use std::collections::HashSet;
use std::fmt::Write as _;

use super::{BYTES_OF_A_CELL, FillUse, Grid, GridCell, GridFile, GridOptions, GridValue, MAX_CELLS};
use crate::diag::{Code, Diagnostic, Problems};
use crate::source::{FileId, SourceFile};
use crate::text::{did_you_mean, list_some, sanitize};
use archive::{Archive, Result, XlsxRefusal, too_much};
use cells::{CellContent, MergedRange, SheetCell, SheetCells, SheetContext};
use workbook::SheetEntry;

/// Characters of a cell that are shown in messages.
const SHOWN: usize = 40;

/// Reads the sheets of a workbook that are not hidden, or the one that is named; each has a text of its own for places.
pub(super) fn parse(
    bytes: &[u8],
    shown: &str,
    options: GridOptions<'_>,
    next: impl Fn(usize) -> FileId,
    problems: &mut Problems,
) -> GridFile {
    match read(bytes, shown, options, &next) {
        Ok(file) => file,
        Err(refusal) => {
            problems.push(refusal.into_diagnostic().in_file(next(0)));
            let files = vec![SourceFile::new(shown, "")];
            GridFile { grids: Vec::new(), hidden_sheets: Vec::new(), files }
        }
    }
}

fn read(
    bytes: &[u8],
    shown: &str,
    options: GridOptions<'_>,
    next: &impl Fn(usize) -> FileId,
) -> Result<GridFile> {
    let mut archive = Archive::open(bytes)?;
    let workbook = workbook::read(&mut archive)?;
    let (read, hidden): (Vec<_>, Vec<_>) = match options.sheet {
        Some(name) => (vec![find_sheet(name, &workbook.sheets)?], Vec::new()),
        None => workbook.sheets.iter().partition(|sheet| !sheet.is_hidden),
    };
    let mut most_cells = MAX_CELLS + bytes.len() / BYTES_OF_A_CELL;
    let strings = strings::read(&mut archive, workbook.strings.as_deref(), most_cells)?;
    let styles = styles::read(&mut archive, &workbook)?;
    let (mut grids, mut files) = (Vec::new(), Vec::new());
    for sheet in read {
        let context = SheetContext {
            name: &sheet.name,
            strings: &strings,
            styles: &styles,
            epoch: workbook.epoch,
            keeps_fills: options.fills == FillUse::Read,
            most_cells,
        };
        let cells = match archive.part(&sheet.part)? {
            Some(mut xml) => cells::read(&mut xml, &context)?,
            None => SheetCells::default(),
        };
        let grid = arrange(cells, &context, next(files.len()))?;
        most_cells -= grid.cells.len();
        files.push(SourceFile::new(format!("{shown}:{}", sheet.name), grid.text.clone()));
        grids.push(grid);
    }
    if files.is_empty() {
        files.push(SourceFile::new(shown, ""));
    }
    let hidden_sheets = hidden.into_iter().map(|sheet| sheet.name.clone()).collect();
    Ok(GridFile { grids, hidden_sheets, files })
}

/// The sheet with a name, whatever its case.
fn find_sheet<'w>(name: &str, sheets: &'w [SheetEntry]) -> Result<&'w SheetEntry> {
    let same = |sheet: &&SheetEntry| sheet.name.trim().to_lowercase() == name.trim().to_lowercase();
    sheets.iter().find(same).ok_or_else(|| {
        let names: Vec<_> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let title = format!("the workbook has no sheet called `{name}`");
        let all = format!("its sheets are {}", list_some(&names));
        let help = did_you_mean(name, names.iter().copied(), &all);
        XlsxRefusal::from(Diagnostic::new(Code::InvalidTable, title).help(help))
    })
}

/// Puts the cells of a sheet in order, fills merged ranges, and writes the text that shows them: a line for each row.
fn arrange(sheet: SheetCells, context: &SheetContext<'_>, file: FileId) -> Result<Grid> {
    let SheetCells { mut cells, merged, hidden_rows } = sheet;
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells.dedup_by_key(|cell| (cell.row, cell.column));
    let hidden: HashSet<_> = hidden_rows.into_iter().collect();
    let (mut text, mut line) = (String::new(), 0);
    let mut grid_cells = Vec::with_capacity(cells.len());
    for (at, cell) in cells.iter().enumerate() {
        while line < cell.row {
            text.push('\n');
            line += 1;
        }
        if at > 0 && cells[at - 1].row == cell.row {
            text.push_str(" | ");
        }
        let start = text.len();
        let value = write_cell(cell, &mut text);
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (row, column) = (cell.row, cell.column);
        grid_cells.push(GridCell {
            row,
            column,
            start: place(start),
            end: place(text.len()),
            value,
            fill: cell.fill,
        });
    }
    let rows: HashSet<_> = grid_cells.iter().map(|cell| cell.row).collect();
    let hidden_rows = rows.intersection(&hidden).count();
    fill_merged(&mut grid_cells, &merged, context)?;
    let sheet = Some(context.name.to_owned());
    Ok(Grid { file, text, sheet, cells: grid_cells, hidden_rows, is_windows_1252: false })
}

/// Writes what a cell shows on one line.
fn write_cell(cell: &SheetCell, text: &mut String) -> GridValue {
    let start = text.len();
    match &cell.content {
        CellContent::Nothing => GridValue::AsWritten,
        CellContent::Number(number) => {
            // Writing to a string can't fail.
            let _: std::fmt::Result = write!(text, "{number}");
            GridValue::AsWritten
        }
        CellContent::Day(day) => {
            let _: std::fmt::Result = write!(text, "{day}");
            GridValue::Day(*day)
        }
        CellContent::Text(content) => {
            let shown: String = content.trim().chars().take(SHOWN).collect();
            text.push_str(&sanitize(&shown));
            if text[start..] == *content.trim() {
                GridValue::AsWritten
            } else {
                GridValue::Unlike(std::sync::Arc::clone(content))
            }
        }
    }
}

/// Makes each cell of a merged range say what its first one says, within the rows and columns that are used.
fn fill_merged(cells: &mut Vec<GridCell>, merged: &[MergedRange], context: &SheetContext<'_>) -> Result<()> {
    let (Some(last_row), Some(last_column)) =
        (cells.last().map(|cell| cell.row), cells.iter().map(|cell| cell.column).max())
    else {
        return Ok(());
    };
    let mut copies = Vec::new();
    for range in merged {
        let Ok(first) = cells.binary_search_by_key(&range.from, |cell| (cell.row, cell.column)) else {
            continue;
        };
        for row in range.from.0..=range.to.0.min(last_row) {
            for column in range.from.1..=range.to.1.min(last_column) {
                if (row, column) == range.from {
                    continue;
                }
                if cells.len() + copies.len() >= context.most_cells {
                    return Err(too_much(&format!(
                        "`{}` has merged ranges too large for its size",
                        context.name
                    )));
                }
                copies.push(GridCell { row, column, ..cells[first].clone() });
            }
        }
    }
    // What stands in a merged range besides its first cell is not shown: of two in one place, the copy comes first.
    copies.append(cells);
    copies.sort_by_key(|cell| (cell.row, cell.column));
    copies.dedup_by_key(|cell| (cell.row, cell.column));
    *cells = copies;
    Ok(())
}
