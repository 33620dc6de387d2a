//! Fitting text to a terminal.

use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use unicode_width::UnicodeWidthStr;

use super::glyph::GOLDEN_THREAD_MARK;
use crate::text::sanitize;

/// The narrowest terminal that tables are made for; narrower ones get this and wrap.
pub const MIN_WIDTH: usize = 60;

/// A column that may be left out where there is no room.
pub(super) struct Column {
    pub heading: String,
    /// How wide its widest cell is.
    pub width: usize,
    /// Columns with the lowest number go first; `None` always stays.
    pub importance: Option<usize>,
}

/// Spaces between two columns.
const GAP: usize = 2;

impl Column {
    /// A column wide enough for its heading and cells.
    pub fn new<'c>(
        heading: &str,
        cells: impl IntoIterator<Item = &'c str>,
        importance: Option<usize>,
    ) -> Self {
        let widest = cells.into_iter().map(UnicodeWidthStr::width).max().unwrap_or(0);
        Self { heading: heading.to_owned(), width: widest.max(heading.width()), importance }
    }
}

/// Which of the columns fit side by side: their places. The first column may be squeezed down to `first_at_least`, but
/// the least important column goes before that happens.
pub(super) fn fit(columns: &[&Column], width: usize, first_at_least: usize) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    let needed = |kept: &[usize], first: usize| -> usize {
        let widths = kept.iter().map(|at| if *at == 0 { first } else { columns[*at].width });
        widths.sum::<usize>() + GAP * kept.len().saturating_sub(1)
    };
    if needed(&kept, columns[0].width) > width {
        kept.retain(|at| columns[*at].importance != Some(0));
    }
    while needed(&kept, columns[0].width.min(first_at_least)) > width {
        let droppable =
            kept.iter().filter_map(|at| columns[*at].importance.map(|importance| (importance, *at)));
        let Some((_, least)) = droppable.min() else { break };
        kept.retain(|at| *at != least);
    }
    kept
}

/// How wide the first column may be beside the others that are kept.
pub(super) fn room_for_first(columns: &[&Column], kept: &[usize], width: usize) -> usize {
    let others = kept.iter().filter(|at| **at != 0).map(|at| columns[*at].width + GAP);
    width.saturating_sub(others.sum()).max(NARROWEST)
}

/// Less than this is no column.
const NARROWEST: usize = 8;

/// A name in the first column, broken into lines of at most `width`. Each is indented as the first one is, be it by
/// spaces or by a star.
pub(super) fn wrap_name(name: &str, width: usize) -> String {
    let is_indented = name.starts_with("  ") || name.starts_with(GOLDEN_THREAD_MARK);
    let options = textwrap::Options::new(width)
        .subsequent_indent(if is_indented { "  " } else { "" })
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(name, options)
}

/// A table without vertical lines, as wide as the terminal at most; only its first columns wrap.
pub(super) fn table(width: usize) -> Table {
    let style = TableStyle::new().header_separator(LineStyle::none().fill('─'));
    let mut table = Table::new();
    table
        .load_style(style)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .enforce_styling();
    table.style_text_only();
    table
}

/// Prints a table, all of whose rows are in.
pub(super) fn print(mut table: Table, out: &mut dyn Write) -> io::Result<()> {
    let columns = table.column_count();
    for (at, column) in table.column_iter_mut().enumerate() {
        let right = if at + 1 == columns { 0 } else { GAP };
        column.set_padding((0, u16::try_from(right).unwrap_or(0)));
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// The note that names the columns that were dropped.
pub(super) fn hidden(columns: &str) -> String {
    format!("Not shown at this width: {columns}. `--width` or another `--format` shows all.")
}

/// A cell of text from a file.
pub(super) fn text(text: &str) -> Cell {
    Cell::new(sanitize(text))
}

/// A cell in a style.
pub(super) fn styled(text: &str, style: anstyle::Style) -> Cell {
    let cell = Cell::new(text);
    let cell = match style.get_fg_color() {
        Some(anstyle::Color::Ansi(anstyle::AnsiColor::Red)) => cell.fg(comfy_table::Color::DarkRed),
        Some(anstyle::Color::Ansi(anstyle::AnsiColor::Yellow)) => cell.fg(comfy_table::Color::DarkYellow),
        Some(anstyle::Color::Ansi(anstyle::AnsiColor::Green)) => cell.fg(comfy_table::Color::DarkGreen),
        Some(anstyle::Color::Ansi(anstyle::AnsiColor::Cyan)) => cell.fg(comfy_table::Color::DarkCyan),
        Some(_) | None => cell,
    };
    let effects = style.get_effects();
    let cell = if effects.contains(anstyle::Effects::BOLD) {
        cell.add_attribute(comfy_table::Attribute::Bold)
    } else {
        cell
    };
    if effects.contains(anstyle::Effects::DIMMED) {
        cell.add_attribute(comfy_table::Attribute::Dim)
    } else {
        cell
    }
}

/// A cell that is aligned to the right.
pub(super) fn right(cell: Cell) -> Cell {
    cell.set_alignment(CellAlignment::Right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_broken_keeps_its_indentation() {
        for (name, expected) in [
            ("Bag API", "Bag API"),
            ("  Environment Configuration", "  Environment\n  Configuration"),
            ("★ Environment Configuration", "★ Environment\n  Configuration"),
            ("Environment Configuration", "Environment\nConfiguration"),
            ("  Environment-Configuration", "  Environment-Con\n  figuration"),
            ("  抽選サイト抽選サイト", "  抽選サイト抽選\n  サイト"),
        ] {
            assert_eq!(wrap_name(name, 17), expected);
        }
    }
}
