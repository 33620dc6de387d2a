//! A document in a terminal.

use std::borrow::Cow;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{Block, Cell, Grid, GridRow, Item, TextTable};
use crate::report::glyph::{self, CARRIED, INHERITED, STALE, styled};
use crate::report::layout::{self, MIN_WIDTH};
use crate::text::{sanitize, wrap};

/// Between two columns of a grid.
const GAP: usize = 2;
/// A name in a grid takes no more room than this.
const WIDEST_NAME: usize = 28;

pub(super) fn render(blocks: &[Block], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        match block {
            Block::Heading(text) => {
                let rule = "─".repeat(width.saturating_sub(text.width() + 4));
                writeln!(out, "{}", styled(glyph::HEADING, &format!("── {} {rule}", sanitize(text))))?;
            }
            Block::Title(text) | Block::Subheading(text) => {
                line(&styled(glyph::HEADING, &sanitize(text)), width, "", out)?;
            }
            Block::Text(text) => line(&sanitize(text), width, "", out)?,
            Block::Items(items) => items.iter().try_for_each(|item| write_item(item, width, out))?,
            Block::Numbered(texts) => {
                for (at, text) in texts.iter().enumerate() {
                    line(&format!("{:>2}. {}", at + 1, sanitize(text)), width, "    ", out)?;
                }
            }
            Block::Table(table) => write_table(table, width, out)?,
            Block::Grid(grid) => write_grid(grid, width, out)?,
            Block::Code(text) => writeln!(out, "  {}", sanitize(text))?,
        }
    }
    Ok(())
}

fn line(text: &str, width: usize, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", wrap(text, width, indent))
}

fn write_item(item: &Item, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let sign = item.sign.as_ref().map(|sign| format!("{} ", in_colour(sign, &sign.text))).unwrap_or_default();
    line(&format!("  {sign}{}", sanitize(&item.text)), width, "    ", out)?;
    for detail in &item.details {
        line(&format!("      {}", sanitize(detail)), width, "      ", out)?;
    }
    Ok(())
}

fn in_colour<'t>(cell: &Cell, text: &'t str) -> Cow<'t, str> {
    match cell.colour {
        Some(colour) => styled(glyph::roll_up_style(colour), text).into(),
        None => text.into(),
    }
}

fn write_table(table: &TextTable, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut shown = layout::table(width);
    let headings = table.headings.iter().map(|heading| layout::styled(&sanitize(heading), glyph::HEADING));
    shown.set_header(headings.collect::<Vec<_>>());
    for row in &table.rows {
        let cells = row.iter().map(|cell| match cell.colour {
            Some(colour) => layout::styled(&sanitize(&cell.text), glyph::roll_up_style(colour)),
            None => layout::text(&cell.text),
        });
        shown.add_row(cells.collect::<Vec<_>>());
    }
    layout::print(shown, out)
}

/// One line for each subject: its signs side by side, group by group. What the columns are is said below, since their
/// names are much longer than their signs.
fn write_grid(grid: &Grid, width: usize, out: &mut dyn Write) -> io::Result<()> {
    if let Some(title) = &grid.title {
        line(&styled(glyph::HEADING, &sanitize(title)), width, "", out)?;
        writeln!(out)?;
    }
    let names: Vec<_> = grid.rows.iter().map(|row| sanitize(&row.title)).collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0).max(grid.subject.width());
    let name_width = widest.min(WIDEST_NAME);
    let counts = grid.rows.iter().map(|row| row.counts.width()).max().unwrap_or(0).max("Green".width());
    let trend = grid.rows.iter().map(|row| row.bars.len()).max().unwrap_or(0).max("Trend".width());
    let change = grid.rows.iter().map(|row| row.change.width()).max().unwrap_or(0).max("Change".width());
    let fixed = name_width + GAP + "n/a".width() + GAP + counts + GAP;
    let signs: Vec<_> = grid.groups.iter().map(|group| group.columns.len()).collect();
    let needed = fixed + signs.iter().sum::<usize>() + signs.len() * GAP;
    let has_past = grid.has_past();
    let has_tail = has_past && needed + trend + GAP + change <= width;
    let tail = if has_tail { trend + GAP + change } else { 0 };
    let spare = width.saturating_sub(needed + tail) / signs.len().max(1);
    let widths: Vec<_> = grid
        .groups
        .iter()
        .zip(&signs)
        .map(|(group, signs)| group.title.width().clamp(*signs, signs + spare))
        .collect();
    let head = |text: &str, width: usize| pad(&cut(&sanitize(text), width), width);
    let mut heading = head(grid.subject, name_width);
    heading.push_str(&format!("{}{}", " ".repeat(GAP), head("", "n/a".width() + GAP)));
    heading.push_str(&head("Green", counts + GAP));
    for (group, width) in grid.groups.iter().zip(&widths) {
        heading.push_str(&format!("{}{}", head(&group.title, *width), " ".repeat(GAP)));
    }
    if has_tail {
        heading.push_str(&format!("{}{}", head("Trend", trend + GAP), "Change"));
    }
    writeln!(out, "{}", styled(glyph::HEADING, heading.trim_end()))?;
    for (row, name) in grid.rows.iter().zip(&names) {
        let mut text = pad(&cut(name, name_width), name_width + GAP);
        text.push_str(&in_colour(&row.colour, &pad(&row.colour.text, "n/a".width() + GAP)));
        text.push_str(&pad(&row.counts, counts + GAP));
        text.push_str(&signs_of(row, &widths));
        if has_tail {
            let line = glyph::sparkline(row.bars.iter().copied());
            text.push_str(&format!("{}{}", pad(&line, trend + GAP), row.change));
        }
        writeln!(out, "{}", text.trim_end())?;
    }
    if !grid.groups.is_empty() || grid.note.is_some() {
        writeln!(out)?;
    }
    if has_past && !has_tail {
        line(&layout::hidden("trend, change"), width, "  ", out)?;
    }
    for group in &grid.groups {
        let text = format!("{}: {}", sanitize(&group.title), sanitize(&group.columns.join(" · ")));
        line(&text, width, "  ", out)?;
    }
    let is_stale = |row: &GridRow| row.groups.iter().flatten().any(|cell| cell.text.ends_with(STALE));
    if grid.rows.iter().any(is_stale) {
        line("Lower case: not looked at for too long.", width, "  ", out)?;
    }
    grid.note.iter().try_for_each(|note| line(note, width, "  ", out))
}

/// The signs of all groups, each group as wide as its column.
fn signs_of(row: &GridRow, widths: &[usize]) -> String {
    let mut text = String::new();
    for (cells, width) in row.groups.iter().zip(widths) {
        for cell in cells {
            text.push_str(&in_colour(cell, &one_letter(&cell.text)));
        }
        text.push_str(&" ".repeat(width.saturating_sub(cells.len()) + GAP));
    }
    text
}

/// A sign that takes one column: without its marks, but in lower case where nobody has looked for too long.
fn one_letter(sign: &str) -> String {
    let is_mark = |letter: char| [STALE, CARRIED, INHERITED].iter().any(|mark| mark.starts_with(letter));
    match sign.trim_matches(is_mark) {
        "" => " ".to_owned(),
        "n/a" => "-".to_owned(),
        letter if sign.ends_with(STALE) => letter.to_lowercase(),
        letter => letter.to_owned(),
    }
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// As much of a text as there is room for.
fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return text.into();
    }
    let mut cut = String::new();
    for letter in text.chars() {
        if cut.width() + letter.to_string().width() + 1 > width {
            break;
        }
        cut.push(letter);
    }
    format!("{}…", cut.trim_end()).into()
}
