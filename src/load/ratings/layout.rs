//! Where the parts of a table are: its header, and the columns that hold scores.

use std::collections::{HashMap, HashSet};

use crate::model::{Date, DateOrder};
use crate::source::Spanned;

use super::super::grid::{CellRef, Grid, GridRow};
use super::columns::{Naming, ScoreColumn};
use super::day;
use super::map::ScoreMap;
use super::names::KnownCategories;

/// Rows in which a header is looked for.
const HEADER_WITHIN: usize = 60;
/// Rows above a header that may belong to it.
const ROWS_ABOVE: usize = 4;

/// The parts of a table.
#[derive(Debug)]
pub(super) struct Layout {
    /// The row of the header; what follows it are the table's rows.
    pub header: u32,
    /// The columns that say something of a score, each once.
    pub columns: Vec<(ScoreColumn, u32)>,
    /// The columns that hold scores.
    pub rated: Vec<RatedColumn>,
    /// Headings of columns that are not read.
    pub surplus: Vec<String>,
    /// Headings that name the same column, so that it is unknown which is meant.
    pub contested: Vec<(ScoreColumn, Spanned<String>, Spanned<String>)>,
}

/// A column of scores.
#[derive(Debug)]
pub(super) struct RatedColumn {
    pub column: u32,
    /// Its category, if the heading names it; else the row does.
    pub category: Option<Spanned<String>>,
    /// Its heading where that should be a day.
    pub period: Option<Spanned<String>>,
    /// Its day, if the header gives it.
    pub date: Option<Date>,
}

/// What headings are understood by.
#[derive(Clone, Copy)]
pub(super) struct HeadingContext<'c> {
    pub map: &'c ScoreMap,
    pub categories: &'c KnownCategories,
    pub date_order: Option<DateOrder>,
    pub today: Date,
    /// Whether all rows may be about one service that isn't named.
    pub is_about_one_service: bool,
}

/// A cell of a header, and what it names.
struct Heading<'g> {
    cell: CellRef<'g>,
    column: Option<(ScoreColumn, Naming)>,
    day: Option<Date>,
    is_category: bool,
}

impl<'g> Heading<'g> {
    fn of(cell: CellRef<'g>, context: HeadingContext<'_>) -> Self {
        let text = cell.text();
        let mapped = context.map.columns.get(text).map(|column| (*column, Naming::Exact));
        let column = mapped.or_else(|| ScoreColumn::of_heading(text));
        let day = if column.is_some() { None } else { day_of(cell, context) };
        let is_category = column.is_none() && day.is_none() && context.categories.contain(text);
        Self { cell, column, day, is_category }
    }

    fn is(&self, wanted: ScoreColumn) -> bool {
        self.column.is_some_and(|(column, _)| column == wanted)
    }
}

/// The day that a heading or the name of a sheet is.
fn day_of(cell: CellRef<'_>, context: HeadingContext<'_>) -> Option<Date> {
    cell.day().or_else(|| day_of_text(cell.text(), context))
}

/// The day that a text of a header names.
pub(super) fn day_of_text(text: &str, context: HeadingContext<'_>) -> Option<Date> {
    let mapped = context.map.dates.get(text).copied();
    mapped.or_else(|| day::parse(text, context.date_order, context.today).ok())
}

/// Finds the header of a table and what its columns hold; `None` if no row is one.
pub(super) fn find(grid: &Grid, context: HeadingContext<'_>) -> Option<Layout> {
    let mut above: Vec<GridRow<'_>> = Vec::new();
    for row in grid.rows().take(HEADER_WITHIN) {
        let headings = headings(row, &above, context);
        let has = |column| headings.iter().any(|heading| heading.is(column));
        let has_category = has(ScoreColumn::Category);
        let categories = headings.iter().filter(|heading| heading.is_category).count();
        // Without a service's name, one category alone may as well be a score's line.
        let is_wide = if has(ScoreColumn::Service) { categories > 0 } else { categories > 1 };
        let is_wide = is_wide && (has(ScoreColumn::Service) || context.is_about_one_service);
        let has_periods = headings.iter().any(|heading| heading.day.is_some());
        let kind = match (has_category, is_wide, has_periods) {
            (true, ..) if has(ScoreColumn::Colour) || has(ScoreColumn::InheritedFrom) => {
                Some(TableKind::Long)
            }
            (true, _, true) => Some(TableKind::Periods),
            (false, true, _) => Some(TableKind::Wide),
            (..) => None,
        };
        if let Some(kind) = kind {
            return Some(arrange(grid, row.index(), headings, kind, &above, context));
        }
        above.push(row);
    }
    None
}

/// How a table is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TableKind {
    /// A score on each line.
    Long,
    /// A category in each column.
    Wide,
    /// A day or month in each column.
    Periods,
}

/// The cells of a row, and of those above it where it has none: a heading may take several rows.
fn headings<'g>(row: GridRow<'g>, above: &[GridRow<'g>], context: HeadingContext<'_>) -> Vec<Heading<'g>> {
    let mut headings: Vec<_> =
        row.cells().filter(|cell| !cell.text().is_empty()).map(|cell| Heading::of(cell, context)).collect();
    for row in above.iter().rev().take(ROWS_ABOVE) {
        let is_free =
            |headings: &[Heading<'_>], column| headings.iter().all(|heading| heading.cell.column() != column);
        for cell in row.cells().filter(|cell| !cell.text().is_empty()) {
            let heading = Heading::of(cell, context);
            if is_free(&headings, cell.column()) {
                headings.push(heading);
            }
        }
    }
    headings
}

fn arrange(
    grid: &Grid,
    header: u32,
    headings: Vec<Heading<'_>>,
    kind: TableKind,
    above: &[GridRow<'_>],
    context: HeadingContext<'_>,
) -> Layout {
    let mut layout =
        Layout { header, columns: Vec::new(), rated: Vec::new(), surplus: Vec::new(), contested: Vec::new() };
    let (named, others): (Vec<_>, Vec<_>) =
        headings.into_iter().partition(|heading| heading.column.is_some());
    let days = days_above(above, context);
    let day_above = |column: u32| days.iter().rev().find(|(from, _)| *from <= column).map(|(_, day)| *day);
    choose_columns(named, kind, &mut layout);
    let looks_rated = columns_like_rated(grid, header, &others, context.map);
    for heading in others {
        let column = heading.cell.column();
        let is_rated = looks_rated.contains(&column);
        let text = heading.cell.spanned();
        match kind {
            TableKind::Wide if heading.is_category || is_rated => {
                let date = day_above(column);
                layout.rated.push(RatedColumn { column, category: Some(text), period: None, date });
            }
            TableKind::Periods if heading.day.is_some() || is_rated => {
                let date = heading.day;
                layout.rated.push(RatedColumn { column, category: None, period: Some(text), date });
            }
            TableKind::Long | TableKind::Wide | TableKind::Periods => layout.surplus.push(text.value),
        }
    }
    let colour = layout.columns.iter().find(|(column, _)| *column == ScoreColumn::Colour).map(|(_, at)| *at);
    match (kind, colour) {
        (TableKind::Long, colour) => {
            let provider = layout.columns.iter().find(|(column, _)| *column == ScoreColumn::InheritedFrom);
            if let Some(column) = colour.or(provider.map(|(_, at)| *at)) {
                layout.rated.push(RatedColumn {
                    column,
                    category: None,
                    period: None,
                    date: day_above(column),
                });
            }
        }
        (TableKind::Wide | TableKind::Periods, _) => {}
    }
    layout
}

/// Takes one heading for each column: the one with its own word, or the only one. In a wide table, a colour is that of the
/// whole service.
fn choose_columns(named: Vec<Heading<'_>>, kind: TableKind, layout: &mut Layout) {
    let mut best: HashMap<ScoreColumn, Vec<(Naming, CellRef<'_>)>> = HashMap::new();
    let mut order = Vec::new();
    for heading in named {
        let Some((column, naming)) = heading.column else { continue };
        let is_of_the_service = column == ScoreColumn::Colour && kind != TableKind::Long;
        if column == ScoreColumn::Ignored || is_of_the_service {
            layout.surplus.push(heading.cell.text().to_owned());
            continue;
        }
        let candidates = best.entry(column).or_default();
        if candidates.is_empty() {
            order.push(column);
        }
        candidates.push((naming, heading.cell));
    }
    for column in order {
        let mut candidates = best.remove(&column).unwrap_or_default();
        candidates.sort_by_key(|(naming, cell)| (*naming, cell.column()));
        let Some(((naming, first), others)) = candidates.split_first() else { continue };
        for (other, cell) in others {
            if other == naming {
                layout.contested.push((column, first.spanned(), cell.spanned()));
            } else {
                layout.surplus.push(cell.text().to_owned());
            }
        }
        layout.columns.push((column, first.column()));
    }
}

/// The days that a row above the header gives for the columns from a place on, if it holds nothing else.
fn days_above(above: &[GridRow<'_>], context: HeadingContext<'_>) -> Vec<(u32, Date)> {
    for row in above.iter().rev().take(ROWS_ABOVE) {
        let cells: Vec<_> = row.cells().filter(|cell| !cell.text().is_empty()).collect();
        let days: Option<Vec<_>> =
            cells.iter().map(|cell| Some((cell.column(), day_of(*cell, context)?))).collect();
        if let Some(days) = days.filter(|days| !days.is_empty()) {
            return days;
        }
    }
    Vec::new()
}

/// The columns of unknown headings in which most cells hold what scores are.
fn columns_like_rated(grid: &Grid, header: u32, headings: &[Heading<'_>], map: &ScoreMap) -> HashSet<u32> {
    let known: HashSet<_> =
        headings.iter().filter(|it| it.is_category || it.day.is_some()).map(|it| it.cell.column()).collect();
    let unknown: HashSet<_> =
        headings.iter().map(|it| it.cell.column()).filter(|at| !known.contains(at)).collect();
    if unknown.is_empty() {
        return unknown;
    }
    let rows = || grid.rows().filter(|row| row.index() > header);
    let cells_of = |columns: &HashSet<u32>| {
        let columns = columns.clone();
        rows()
            .flat_map(|row| row.cells())
            .filter(move |cell| columns.contains(&cell.column()) && !cell.text().is_empty())
    };
    let is_short = |cell: &CellRef<'_>| cell.text().len() <= 40;
    let values: HashSet<_> = cells_of(&known).filter(is_short).map(CellRef::text).collect();
    let mut counts: HashMap<u32, (usize, usize)> = HashMap::new();
    for cell in cells_of(&unknown) {
        let (all, rated) = counts.entry(cell.column()).or_default();
        *all += 1;
        let is_rated =
            is_short(&cell) && (values.contains(cell.text()) || map.meaning(cell.text()).is_some());
        *rated += usize::from(is_rated);
    }
    counts.into_iter().filter(|(_, (all, rated))| rated * 2 > *all).map(|(column, _)| column).collect()
}
