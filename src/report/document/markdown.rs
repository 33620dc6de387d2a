//! A document as Markdown that needs no HTML.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Block, Cell, Grid, GridGroup, Item};
use crate::report::glyph;
use crate::report::markdown::{row, rule};
use crate::text::{escape, sanitize};

pub(super) fn render(blocks: &[Block], out: &mut dyn Write) -> io::Result<()> {
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        match block {
            Block::Title(text) => writeln!(out, "# {}", escape(text))?,
            Block::Heading(text) => writeln!(out, "## {}", escape(text))?,
            Block::Subheading(text) => writeln!(out, "### {}", escape(text))?,
            Block::Text(text) => writeln!(out, "{}", paragraph(text))?,
            Block::Items(items) => items.iter().try_for_each(|item| write_item(item, out))?,
            Block::Numbered(texts) => {
                for (at, text) in texts.iter().enumerate() {
                    writeln!(out, "{}. {}", at + 1, paragraph(text))?;
                }
            }
            Block::Table(table) => {
                row(table.headings.iter().map(|heading| escape(heading)), out)?;
                rule(table.headings.len(), out)?;
                for cells in &table.rows {
                    row(cells.iter().map(|cell| escape(&cell.text)), out)?;
                }
            }
            Block::Grid(grid) => write_grid(grid, out)?,
            // An indented block takes everything as it is, to the end of the line.
            Block::Code(text) => writeln!(out, "    {}", sanitize(text))?,
        }
    }
    Ok(())
}

/// A text that begins a line, where a list, a heading or a number could begin as well.
fn paragraph(text: &str) -> Cow<'_, str> {
    let text = escape(text);
    let is_number = |text: &str| {
        let rest = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
        rest.len() < text.len() && rest.starts_with(['.', ')'])
    };
    if text.starts_with(['-', '+', '=']) {
        format!("\\{text}").into()
    } else if is_number(&text) {
        let at = text.find(['.', ')']).unwrap_or(0);
        format!("{}\\{}", &text[..at], &text[at..]).into()
    } else {
        text
    }
}

fn write_item(item: &Item, out: &mut dyn Write) -> io::Result<()> {
    let sign = item.sign.as_ref().map(|sign| format!("**{}** ", escape(&sign.text))).unwrap_or_default();
    let text = if sign.is_empty() { paragraph(&item.text) } else { escape(&item.text) };
    writeln!(out, "- {sign}{text}")?;
    for detail in &item.details {
        writeln!(out, "  - {}", paragraph(detail))?;
    }
    Ok(())
}

/// One table for all, and one for each group: all columns side by side would be too wide to read.
fn write_grid(grid: &Grid, out: &mut dyn Write) -> io::Result<()> {
    if let Some(title) = &grid.title {
        writeln!(out, "### {}\n", escape(title))?;
    }
    let shown = if grid.has_past() { 5 } else { 3 };
    row([grid.subject, "", "Green", "Trend", "Change"].map(Cow::Borrowed).into_iter().take(shown), out)?;
    rule(shown, out)?;
    for line in &grid.rows {
        let trend = glyph::sparkline(line.bars.iter().copied());
        let cells = [&line.title, &line.colour.text, &line.counts, &trend, &line.change];
        row(cells.map(|text| escape(text)).into_iter().take(shown), out)?;
    }
    if let Some(note) = &grid.note {
        writeln!(out, "\n{}", paragraph(note))?;
    }
    let level = if grid.title.is_some() { "####" } else { "###" };
    for (at, group) in grid.groups.iter().enumerate() {
        writeln!(out, "\n{level} {}\n", escape(&group.title))?;
        write_group(grid, at, group, out)?;
    }
    Ok(())
}

fn write_group(grid: &Grid, at: usize, group: &GridGroup, out: &mut dyn Write) -> io::Result<()> {
    let headings = group.columns.iter().map(|column| escape(column));
    row(std::iter::once(Cow::Borrowed(grid.subject)).chain(headings), out)?;
    rule(group.columns.len() + 1, out)?;
    for line in &grid.rows {
        let signs = line.groups.get(at).map(Vec::as_slice).unwrap_or_default();
        let signs = signs.iter().map(|cell: &Cell| escape(&cell.text));
        row(std::iter::once(escape(&line.title)).chain(signs), out)?;
    }
    Ok(())
}
