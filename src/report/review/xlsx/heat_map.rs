//! The map as people know it: services by categories, a letter and a colour each.

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use crate::eval::Member;
use crate::report::glyph;
use crate::report::review::model::{MapSection, ServiceRow};
use crate::report::sheet::SHARE;
use crate::report::sheet::xlsx::cell;
use crate::report::sheet::xlsx::look::{Look, colour_letters};

/// What stands before the categories, and how wide it is in letters.
const BEFORE: [(&str, u8); 5] =
    [("Service", 30), ("Platform", 18), (glyph::GOLDEN_THREAD, 6), ("Colour", 10), ("Green share", 10)];
/// The column of the colour.
const COLOUR: ColNum = 3;
/// The column of the first category.
const FIRST: ColNum = 5;

pub(super) fn write(
    map: &MapSection<'_>,
    stale_after_weeks: u32,
    look: &Look,
    page: &mut Worksheet,
) -> Result<(), XlsxError> {
    let heading = heading_row(map);
    write_headings(map, look, page)?;
    for (at, row) in (heading + 1..).zip(&map.rows) {
        write_row(row, at, look, page)?;
    }
    let last_column = FIRST - 1 + ColNum::try_from(map.columns.len()).unwrap_or(ColNum::MAX - FIRST);
    let last_row = heading + RowNum::try_from(map.rows.len()).unwrap_or(RowNum::MAX - heading - 2);
    if last_row > heading {
        colour_letters(page, (heading + 1, COLOUR, last_row, COLOUR))?;
        if last_column >= FIRST {
            colour_letters(page, (heading + 1, FIRST, last_row, last_column))?;
        }
    }
    page.autofilter(heading, 0, last_row, last_column)?;
    page.set_freeze_panes(heading + 1, 1)?;
    page.set_repeat_rows(0, heading)?;
    page.set_repeat_columns(0, 0)?;
    for (at, line) in (last_row + 2..).zip(legend(stale_after_weeks)) {
        cell::write_text(page, (at, 0), &line, &look.note)?;
    }
    Ok(())
}

/// The row of the columns' names; above are the pillars, and the rubrics where there are several.
fn heading_row(map: &MapSection<'_>) -> RowNum {
    if map.rubric_headings().is_empty() { 1 } else { 2 }
}

fn write_headings(map: &MapSection<'_>, look: &Look, page: &mut Worksheet) -> Result<(), XlsxError> {
    let heading = heading_row(map);
    page.set_row_height(heading - 1, 32)?;
    page.set_row_height(heading, 150)?;
    for (at, (text, width)) in (0..).zip(BEFORE) {
        page.set_column_width(at, width)?;
        (0..heading).try_for_each(|above| page.write_blank(above, at, &look.heading).map(drop))?;
        cell::write_text(page, (heading, at), text, &look.heading)?;
    }
    for (at, column) in (FIRST..).zip(&map.columns) {
        page.set_column_width(at, 5)?;
        cell::write_text(page, (heading, at), &column.category.title, &look.upright)?;
    }
    let pillars = map.pillars().map(|columns| (columns[0].pillar.title.clone(), columns.len()));
    write_spans(0, map.rubric_headings(), look, page)?;
    write_spans(heading - 1, pillars, look, page)
}

/// Names that each stand over several columns.
fn write_spans(
    row: RowNum,
    names: impl IntoIterator<Item = (String, usize)>,
    look: &Look,
    page: &mut Worksheet,
) -> Result<(), XlsxError> {
    let mut first = FIRST;
    for (name, columns) in names {
        let next = first + ColNum::try_from(columns).unwrap_or(0);
        // One cell can't be merged with itself. The text is written apart, as text.
        if next - first > 1 {
            page.merge_range(row, first, row, next - 1, "", &look.group)?;
        }
        cell::write_text(page, (row, first), &name, &look.group)?;
        first = next;
    }
    Ok(())
}

fn write_row(row: &ServiceRow<'_>, at: RowNum, look: &Look, page: &mut Worksheet) -> Result<(), XlsxError> {
    let Member { service, identity } = row.member;
    let star = if identity.golden_thread { glyph::GOLDEN_THREAD } else { "" };
    cell::write_text(page, (at, 0), &service.title, &look.text)?;
    cell::write_text(page, (at, 1), identity.platform.as_str(), &look.word)?;
    cell::write_text(page, (at, 2), star, &look.letter)?;
    cell::write_text(page, (at, COLOUR), glyph::roll_up(row.colour), &look.letter)?;
    let share = row.history.last().and_then(|point| point.counts.green_share());
    cell::write(page, (at, COLOUR + 1), &SHARE.cell(share), look)?;
    for (column, standing) in (FIRST..).zip(&row.cells) {
        match standing {
            Some(standing) => cell::write_text(page, (at, column), &glyph::standing(standing), &look.letter)?,
            None => {
                page.write_blank(at, column, &look.nothing)?;
            }
        }
    }
    Ok(())
}

/// What the letters and marks mean.
fn legend(stale_after_weeks: u32) -> [String; 4] {
    [
        "R red, A amber, G green, ? needs a new score, · not assessed, n/a not applicable".to_owned(),
        format!(
            "{}; {} another service's; {} judged under an older version of the rubric",
            glyph::stale_legend(stale_after_weeks),
            glyph::INHERITED,
            glyph::CARRIED
        ),
        format!("{} Golden Thread; grey: the service's rubric does not have it", glyph::GOLDEN_THREAD),
        "Green share: green of all that should have a colour. Reasons and days are on the sheet “Judgements”."
            .to_owned(),
    ]
}
