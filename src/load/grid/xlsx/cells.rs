//! The cells of a sheet, its merged ranges and hidden rows.

use std::sync::Arc;

use quick_xml::events::BytesStart;

use crate::model::Date;

use super::super::{Epoch, Fill, MAX_COLUMNS, MAX_ROWS, place_name};
use super::archive::{PartXml, Result, XmlPiece, attribute, broken, refusal, too_much};
use super::strings::rich_text;
use super::styles::CellStyle;

/// A cell of a sheet before it has a place in a text.
#[derive(Clone, Debug)]
pub(super) struct SheetCell {
    pub row: u32,
    pub column: u32,
    pub content: CellContent,
    pub fill: Option<Fill>,
}

/// What a cell shows.
#[derive(Clone, Debug)]
pub(super) enum CellContent {
    Nothing,
    Text(Arc<str>),
    Number(f64),
    Day(Date),
}

/// Cells that belong together, corners included: from the first row and column to the last ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct MergedRange {
    pub from: (u32, u32),
    pub to: (u32, u32),
}

/// The cells of a sheet in any order.
#[derive(Default)]
pub(super) struct SheetCells {
    pub cells: Vec<SheetCell>,
    pub merged: Vec<MergedRange>,
    pub hidden_rows: Vec<u32>,
}

/// What cells refer to, and how many of them there may be.
pub(super) struct SheetContext<'w> {
    pub name: &'w str,
    pub strings: &'w [Arc<str>],
    pub styles: &'w [CellStyle],
    pub epoch: Epoch,
    pub keeps_fills: bool,
    pub most_cells: usize,
}

/// Merged ranges that a sheet may have.
const MAX_MERGED: usize = 10_000;

pub(super) fn read(xml: &mut PartXml<'_, '_>, context: &SheetContext<'_>) -> Result<SheetCells> {
    let mut sheet = SheetCells::default();
    let (mut row, mut column, mut buffer): (u32, u32, Vec<u8>) = (0, 0, Vec::new());
    while let Some(piece) = xml.next(&mut buffer)? {
        if piece.closes(b"row") {
            row = row.saturating_add(1);
        }
        let Some(tag) = piece.opened() else { continue };
        match tag.local_name().as_ref() {
            b"row" => {
                row = attribute(tag, "r")
                    .and_then(|row| row.parse::<u32>().ok()?.checked_sub(1))
                    .unwrap_or(row);
                column = 0;
                if attribute(tag, "hidden").is_some_and(|hidden| hidden == "1" || hidden == "true") {
                    sheet.hidden_rows.push(row);
                    check_size(sheet.hidden_rows.len(), context)?;
                }
                if !piece.has_content() {
                    row = row.saturating_add(1);
                }
            }
            b"c" => {
                let about = CellAttributes::of(tag, (row, column));
                column = about.at.1.saturating_add(1);
                let shown = if piece.has_content() {
                    read_content(xml, &about, context)?
                } else {
                    CellContent::Nothing
                };
                let style = context.styles.get(about.style).copied().unwrap_or_default();
                let fill = style.fill.filter(|_| context.keeps_fills);
                push(about.at, shown, fill, context, &mut sheet)?;
            }
            b"mergeCell" => {
                sheet.merged.extend(attribute(tag, "ref").and_then(|range| merged_range(&range)));
                if sheet.merged.len() > MAX_MERGED {
                    return Err(too_much(&format!(
                        "more than {MAX_MERGED} merged ranges in `{}`",
                        context.name
                    )));
                }
            }
            _ => {}
        }
    }
    Ok(sheet)
}

/// Adds a cell that shows anything.
fn push(
    (row, column): (u32, u32),
    shown: CellContent,
    fill: Option<Fill>,
    context: &SheetContext<'_>,
    sheet: &mut SheetCells,
) -> Result<()> {
    let is_empty = match &shown {
        CellContent::Nothing => true,
        CellContent::Text(text) => text.trim().is_empty(),
        CellContent::Number(_) | CellContent::Day(_) => false,
    };
    let is_beyond = row >= MAX_ROWS || column >= MAX_COLUMNS;
    if is_empty && (fill.is_none() || is_beyond) {
        return Ok(());
    }
    if is_beyond {
        let name = place_name(Some(context.name), row, column);
        let last = place_name(Some(context.name), MAX_ROWS - 1, MAX_COLUMNS - 1);
        return Err(refusal(
            format!("the cell {name} lies outside of any table of scores"),
            &format!("clear it: a table ends at {last} at the latest"),
        ));
    }
    sheet.cells.push(SheetCell { row, column, content: shown, fill });
    check_size(sheet.cells.len(), context)
}

fn check_size(count: usize, context: &SheetContext<'_>) -> Result<()> {
    if count > context.most_cells {
        return Err(too_much(&format!("`{}` has too many cells for the size of the file", context.name)));
    }
    Ok(())
}

/// What a cell's tag says.
struct CellAttributes {
    at: (u32, u32),
    style: usize,
    kind: ContentKind,
}

/// How what a cell shows is written.
#[derive(Clone, Copy)]
enum ContentKind {
    Number,
    /// By its place among the shared texts.
    Shared,
    /// As it is.
    Text,
    Truth,
    /// A date as text.
    Day,
}

impl CellAttributes {
    /// Reads a tag; where it gives no place, the cell follows the one before.
    fn of(tag: &BytesStart<'_>, follows: (u32, u32)) -> Self {
        let mut about = Self { at: follows, style: 0, kind: ContentKind::Number };
        let mut attributes = tag.attributes();
        for attribute in attributes.with_checks(false).flatten() {
            let Ok(value) = std::str::from_utf8(&attribute.value) else { continue };
            match attribute.key.as_ref() {
                b"r" => about.at = cell_place(value).unwrap_or(follows),
                b"s" => about.style = value.parse().unwrap_or(0),
                b"t" => {
                    about.kind = match value {
                        "s" => ContentKind::Shared,
                        "str" | "inlineStr" | "e" => ContentKind::Text,
                        "b" => ContentKind::Truth,
                        "d" => ContentKind::Day,
                        _ => ContentKind::Number,
                    }
                }
                _ => {}
            }
        }
        about
    }
}

/// The content of a cell up to its end: what a formula came to when it was last computed.
fn read_content(
    xml: &mut PartXml<'_, '_>,
    about: &CellAttributes,
    context: &SheetContext<'_>,
) -> Result<CellContent> {
    let (mut value, mut buffer, mut is_value) = (String::new(), Vec::new(), false);
    while let Some(piece) = xml.next(&mut buffer)? {
        match &piece {
            XmlPiece::Start(tag) => match tag.local_name().as_ref() {
                b"v" => is_value = true,
                b"is" => value = rich_text(xml, b"is")?,
                _ => {}
            },
            XmlPiece::End(tag) => match tag.local_name().as_ref() {
                b"v" => is_value = false,
                b"c" => break,
                _ => {}
            },
            XmlPiece::Text(part) if is_value => xml.text(part, &mut value)?,
            XmlPiece::Text(_) | XmlPiece::Empty(_) | XmlPiece::Ignored => {}
        }
    }
    let text = |text: &str| CellContent::Text(text.into());
    Ok(match about.kind {
        _ if value.trim().is_empty() => CellContent::Nothing,
        ContentKind::Shared => {
            let shared = value.trim().parse().ok().and_then(|at: usize| context.strings.get(at));
            let wrong =
                || broken(&format!("a cell of `{}` refers to a text that is not there", context.name));
            CellContent::Text(Arc::clone(shared.ok_or_else(wrong)?))
        }
        ContentKind::Text => text(&value),
        ContentKind::Truth => text(if value.trim() == "1" { "TRUE" } else { "FALSE" }),
        ContentKind::Day => {
            Date::parse(value.get(..10).unwrap_or_default()).map_or_else(|| text(&value), CellContent::Day)
        }
        ContentKind::Number => number(&value, about, context).unwrap_or_else(|| text(&value)),
    })
}

fn number(value: &str, about: &CellAttributes, context: &SheetContext<'_>) -> Option<CellContent> {
    let number: f64 = value.trim().parse().ok().filter(|number: &f64| number.is_finite())?;
    let is_day = context.styles.get(about.style).is_some_and(|style| style.is_day);
    let day = if is_day { context.epoch.day(number) } else { None };
    Some(day.map_or(CellContent::Number(number), CellContent::Day))
}

/// Row and column, from 0, of `D17`.
fn cell_place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let mut column: u32 = 0;
    for letter in name[..digits].bytes() {
        let place = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|place| *place < 26)?);
        column = column.checked_mul(26)?.checked_add(place + 1)?;
    }
    Some((name[digits..].parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn merged_range(range: &str) -> Option<MergedRange> {
    let (from, to) = range.split_once(':')?;
    let (from, to) = (cell_place(from)?, cell_place(to)?);
    (from.0 <= to.0 && from.1 <= to.1).then_some(MergedRange { from, to })
}
