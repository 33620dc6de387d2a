//! Services by categories: under one rubric, or under each.

use super::super::model::{Cover, MapSection, ServiceRow, pillars, rubric_name};
use super::name;
use crate::eval::{Counts, MapColumn, RollUp, Standing};
use crate::report::document::{Block, Cell, Document, Grid, GridGroup, GridRow};
use crate::report::glyph;

/// One grid, or, where there are several rubrics, one for all and one for each.
pub(super) fn push(map: &MapSection<'_>, text: &mut Document) {
    let rubrics: Vec<_> = map.rubrics().collect();
    let whole = |columns: &[MapColumn<'_>]| Grid {
        title: None,
        subject: "Service",
        groups: groups(columns),
        rows: map.rows.iter().map(|row| whole_row(row, columns)).collect(),
        note: Some(order(map)),
    };
    if rubrics.len() < 2 {
        text.push(Block::Grid(whole(&map.columns)));
        return;
    }
    text.push(Block::Grid(whole(&[])));
    let mut first = 0;
    for columns in rubrics {
        let cells = first..first + columns.len();
        first = cells.end;
        let rows = map.rows.iter().filter_map(|row| rubric_row(row, columns, &row.cells[cells.clone()]));
        text.push(Block::Grid(Grid {
            title: Some(rubric_name(columns)),
            subject: "Service",
            groups: groups(columns),
            rows: rows.collect(),
            note: None,
        }));
    }
}

fn order(map: &MapSection<'_>) -> String {
    match map.periods.as_slice() {
        [first, .., last] => {
            let trend = if map.columns.len() == 1 { "its colour" } else { "green of what applies" };
            format!("Worst first. Trend: {trend}, from {} to {}.", first.label, last.label)
        }
        [] | [_] => "Worst first.".to_owned(),
    }
}

fn groups(columns: &[MapColumn<'_>]) -> Vec<GridGroup> {
    let groups = pillars(columns).map(|columns| GridGroup {
        title: columns[0].pillar.title.clone(),
        columns: columns.iter().map(|column| column.category.title.clone()).collect(),
    });
    groups.collect()
}

/// What a service is under all rubrics.
fn whole_row(row: &ServiceRow<'_>, columns: &[MapColumn<'_>]) -> GridRow {
    let judgements = &row.glance.now.judgements;
    GridRow {
        groups: signs(columns, &row.cells),
        title: name(row.member),
        colour: Cell::sign(row.colour),
        counts: share(judgements),
        bars: row.history.iter().map(|point| point.bar).collect(),
        change: glyph::changes(&row.glance.changes),
    }
}

/// What a service is under one rubric; `None` if it has none of its categories.
fn rubric_row(
    row: &ServiceRow<'_>,
    columns: &[MapColumn<'_>],
    cells: &[Option<Standing<'_>>],
) -> Option<GridRow> {
    let standings = || cells.iter().flatten();
    standings().next()?;
    Some(GridRow {
        groups: signs(columns, cells),
        title: name(row.member),
        colour: Cell::sign(RollUp::over(standings())),
        counts: share(&standings().collect()),
        bars: Vec::new(),
        change: String::new(),
    })
}

/// "14/22": green of what applies.
fn share(counts: &Counts) -> String {
    format!("{}/{}", counts.green, counts.applicable())
}

fn signs(columns: &[MapColumn<'_>], cells: &[Option<Standing<'_>>]) -> Vec<Vec<Cell>> {
    let mut cells = cells.iter();
    let groups = pillars(columns).map(|columns| {
        let of_pillar = cells.by_ref().take(columns.len());
        of_pillar.map(|cell| cell.as_ref().map(sign).unwrap_or_default()).collect()
    });
    groups.collect()
}

fn sign(standing: &Standing<'_>) -> Cell {
    Cell::coloured(glyph::standing(standing), RollUp::of([standing.status]))
}

/// What the signs of the map mean.
pub(super) fn legend(cover: &Cover<'_>) -> String {
    format!(
        "R red, A amber, G green, · not assessed, ? to re-score, n/a not applicable; {} another service's colour, \
         {} carried over from another version of the rubric, {}, {} Golden Thread.",
        glyph::INHERITED,
        glyph::CARRIED,
        glyph::stale_legend(cover.stale_after_weeks),
        glyph::GOLDEN_THREAD
    )
}
