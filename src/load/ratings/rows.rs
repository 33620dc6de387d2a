//! The rows of a table → ratings of services, and everything about them that is not understood.

use std::collections::HashMap;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Clock, Date, DateOrder, ServiceId};
use crate::source::{Span, Spanned};
use crate::text::list;

use super::super::grid::{CellRef, FillUse, Grid, GridRow, place_name};
use super::cells::{names, plain, split_evidence};
use super::columns::ScoreColumn;
use super::layout::{Layout, RatedColumn};
use super::map::{MappedValue, ScoreMap};
use super::names::{KnownCategories, NamedService, ServiceNames};
use super::rating::{CellPlace, RatingDetails, TableRating};
use super::sightings::{SeenCell, Sightings};

/// Bytes of a name or a score: what is longer is neither.
const MAX_NAME: usize = 300;

/// What the rows of a table are read with.
pub(super) struct RowContext<'c> {
    pub map: &'c ScoreMap,
    pub services: &'c ServiceNames<'c>,
    pub categories: &'c KnownCategories,
    pub fills: FillUse,
    pub date_order: Option<DateOrder>,
    pub clock: Clock,
    /// The day of what has none.
    pub date: Option<Date>,
    /// The only service that is read; rows that name none are about it.
    pub only: Option<&'c ServiceId>,
    /// What an empty cell means where the map doesn't say.
    pub blank: Option<MappedValue>,
}

/// What rows came to.
#[derive(Default)]
pub(super) struct RowResults {
    pub ratings: Vec<TableRating>,
    pub problems: Problems,
    /// Scores that say that there is none.
    pub skipped: usize,
    /// Values that have a meaning without a map.
    pub understood: Sightings,
    pub unmapped: Sightings,
    pub unknown_services: Sightings,
    /// Names that no rubric has.
    pub unknown_categories: Sightings,
    pub ambiguous_dates: Sightings,
    pub wrong_dates: Sightings,
    pub future_dates: Sightings,
    pub early_dates: Sightings,
    pub undated: Sightings,
    pub without_service: Sightings,
    pub without_category: Sightings,
    /// Names and scores that are longer than any.
    pub too_long: Sightings,
    /// Bytes of reasons, notes and so on that may still be kept.
    pub text_left: usize,
}

/// A sheet that is being read.
pub(super) struct SheetRows<'c, 'r> {
    pub grid: &'c Grid,
    /// Its place among the grids.
    pub at: u32,
    pub layout: &'c Layout,
    /// The day that its name gives.
    pub date: Option<Date>,
    pub context: &'c RowContext<'c>,
    pub results: &'r mut RowResults,
}

impl<'c> SheetRows<'c, '_> {
    /// Reads all rows below the header.
    pub fn read(mut self) {
        let mut services = HashMap::new();
        for row in self.grid.rows().filter(|row| row.index() > self.layout.header) {
            self.row(row, &mut services);
            if self.results.text_left == 0 {
                let problem = Diagnostic::new(
                    Code::InvalidTable,
                    "the texts of this table are longer than scores need",
                );
                let problem = problem.at(row.span(), "reading stops here");
                self.results
                    .problems
                    .push(problem.help("shorten the reasons and notes, or import the table in parts"));
                return;
            }
        }
    }

    /// Whether a cell is too long for what it should hold, which is noted.
    fn is_too_long(&mut self, cell: CellRef<'_>, row: GridRow<'_>) -> bool {
        let is_too_long = cell.text().len() > MAX_NAME;
        if is_too_long {
            self.results.too_long.add_distinct("", seen(cell, row), self.sheet());
        }
        is_too_long
    }

    fn place(&self, row: GridRow<'_>, column: u32) -> CellPlace {
        CellPlace { grid: self.at, row: row.index(), column }
    }

    /// The name of the sheet.
    pub fn sheet(&self) -> Option<&'c str> {
        self.grid.sheet.as_deref()
    }

    pub fn cell<'g>(&self, row: GridRow<'g>, column: ScoreColumn) -> Option<CellRef<'g>> {
        let (_, at) = self.layout.columns.iter().find(|(known, _)| *known == column)?;
        row.cell(*at).filter(|cell| !cell.text().is_empty())
    }

    fn row(&mut self, row: GridRow<'_>, services: &mut HashMap<String, NamedService>) {
        let is_empty = |rated: &RatedColumn| row.cell(rated.column).is_none_or(|cell| cell.text().is_empty());
        let service = match (self.cell(row, ScoreColumn::Service), self.context.only) {
            (Some(cell), _) => match self.service(cell, row, services) {
                RowService::Known(id) => Some(id),
                RowService::Unclear => None,
                RowService::LeftOut => return,
            },
            (None, Some(only)) => Some(only.clone()),
            (None, None) => {
                if !self.layout.rated.iter().all(is_empty) {
                    let cell = SeenCell { span: row.span(), row: row.index(), column: 0 };
                    self.results.without_service.add("", cell, self.sheet());
                }
                return;
            }
        };
        for rated in &self.layout.rated {
            self.score(row, rated, service.as_ref());
        }
    }

    /// The service of a row; a name that means none is noted.
    fn service(
        &mut self,
        cell: CellRef<'_>,
        row: GridRow<'_>,
        services: &mut HashMap<String, NamedService>,
    ) -> RowService {
        let (text, context) = (cell.text(), self.context);
        if self.is_too_long(cell, row) {
            return RowService::LeftOut;
        }
        // Some tables repeat their header.
        let is_header =
            ScoreColumn::of_heading(text).is_some_and(|(column, _)| column == ScoreColumn::Service);
        if is_header || context.map.skips(text) {
            return RowService::LeftOut;
        }
        if !services.contains_key(text) {
            let found = context.services.find(text);
            if context.only.is_none() {
                self.report_unclear(cell, &found);
            }
            services.insert(text.to_owned(), found);
        }
        match (services.get(text), context.only) {
            (Some(NamedService::One(id)), None) => RowService::Known(id.clone()),
            (Some(NamedService::One(id)), Some(only)) if id == only => RowService::Known(id.clone()),
            (None | Some(_), Some(_)) => RowService::LeftOut,
            (Some(NamedService::Unknown), None) => {
                self.results.unknown_services.add(text, seen(cell, row), self.sheet());
                RowService::Unclear
            }
            (None | Some(NamedService::Several(_) | NamedService::Unreadable), None) => RowService::Unclear,
        }
    }

    /// Reports a name that means several services, or one that can't be written to.
    fn report_unclear(&mut self, cell: CellRef<'_>, found: &NamedService) {
        let (title, label, help) = match found {
            NamedService::One(_) | NamedService::Unknown => return,
            NamedService::Several(ids) => {
                let ids: Vec<_> = ids.iter().map(ServiceId::as_str).collect();
                let title = format!("`{}` may be {}", cell.text(), list(&ids));
                (title, "which one?", "name it by its id, or say which in `[services]` of a map")
            }
            NamedService::Unreadable => {
                let title = format!("the file of `{}` has errors", cell.text());
                (title, "can't be written to", "`fundamentals check` shows them")
            }
        };
        let problem = Diagnostic::new(Code::UnmatchedService, title).at(cell.span(), label);
        self.results.problems.push(problem.help(help));
    }

    fn score(&mut self, row: GridRow<'_>, rated: &RatedColumn, service: Option<&ServiceId>) {
        let context = self.context;
        let cell = row.cell(rated.column);
        let name = self.cell(row, ScoreColumn::Category).filter(|_| rated.category.is_none());
        if [cell, name].into_iter().flatten().any(|cell| self.is_too_long(cell, row)) {
            return;
        }
        let value = cell.map_or("", CellRef::text);
        let span = cell.map_or_else(|| row.span(), CellRef::span);
        let place = self.place(row, rated.column);
        let at = SeenCell { span, row: place.row, column: place.column };
        let category = match &rated.category {
            Some(category) => category.clone(),
            None => match self.cell(row, ScoreColumn::Category) {
                Some(category) => category.spanned(),
                None => {
                    if !value.is_empty() {
                        self.results.without_category.add("", at, self.sheet());
                    }
                    return;
                }
            },
        };
        if context.map.skips(&category.value) {
            return;
        }
        let is_asked = self
            .cell(row, ScoreColumn::Asked)
            .is_none_or(|asked| !asked.text().eq_ignore_ascii_case("false"));
        let provider = self.cell(row, ScoreColumn::InheritedFrom).map(CellRef::spanned);
        let meaning = match (&provider, is_asked) {
            (_, false) => Some(MappedValue::NotAssessed),
            // The colour beside it is what it came to.
            (Some(_), true) => Some(MappedValue::NotApplicable),
            (None, true) => self.meaning(row, cell, rated.column),
        };
        let is_known = context.categories.contain(&category.value);
        if !is_known {
            let cell = self.category_cell(row, rated, category.span);
            self.results.unknown_categories.add_distinct(&category.value, cell, self.sheet());
        }
        if meaning == Some(MappedValue::NotAssessed) {
            self.results.skipped += 1;
            return;
        }
        // All that is wrong with a line is noted before it is left out.
        let date = self.date(row, rated, span);
        let (Some(value), Some(date), Some(service), true) = (meaning, date, service, is_known) else {
            return;
        };
        let mut details = self.details(row, provider);
        self.results.text_left = self.results.text_left.saturating_sub(details.size());
        if value == MappedValue::NotApplicable && details.provider.is_none() && details.because.is_none() {
            let because = context.map.not_applicable_because.as_ref();
            details.because = because.map(|because| Spanned::new(because.clone(), span));
        }
        let details = (details != RatingDetails::default()).then(|| Box::new(details));
        let service = service.clone();
        self.results.ratings.push(TableRating { service, category, date, value, span, place, details });
    }

    /// The cell that names a score's category.
    fn category_cell(&self, row: GridRow<'_>, rated: &RatedColumn, span: Span) -> SeenCell {
        match (&rated.category, self.cell(row, ScoreColumn::Category)) {
            (None, Some(cell)) => seen(cell, row),
            (Some(_), _) | (None, None) => SeenCell { span, row: self.layout.header, column: rated.column },
        }
    }

    /// What a cell says of a category; what has no meaning is noted.
    fn meaning(&mut self, row: GridRow<'_>, cell: Option<CellRef<'_>>, column: u32) -> Option<MappedValue> {
        let context = self.context;
        let text = cell.map_or("", CellRef::text);
        let span = cell.map_or_else(|| row.span(), CellRef::span);
        let at = SeenCell { span, row: row.index(), column };
        let sheet = self.grid.sheet.as_deref();
        let meaning_of = |value: &str| {
            let mapped = context.map.meaning(value);
            if value.is_empty() { mapped.or(context.blank) } else { mapped }
        };
        let fill = cell.and_then(CellRef::fill).filter(|_| context.fills == FillUse::Read);
        let filled = fill.map(|fill| format!("fill:{fill}"));
        let value = filled.as_deref().unwrap_or(text);
        let meaning = meaning_of(value);
        if let Some(by_fill) = meaning.filter(|_| fill.is_some() && !text.is_empty())
            && let Some(by_text) = context.map.meaning(text)
            && by_text != by_fill
        {
            let title = format!(
                "{} says {} and is filled with what means {}",
                place_name(sheet, at.row, column),
                by_text.word(),
                by_fill.word()
            );
            let problem = Diagnostic::new(Code::UnmappedValue, title).at(span, "two scores in one cell");
            let help = "correct the cell, or leave `--use-fill` out to go by the text alone";
            self.results.problems.push(problem.help(help));
            return None;
        }
        match meaning {
            Some(_) if !value.is_empty() => self.results.understood.add(value, at, sheet),
            Some(_) => {}
            None => self.results.unmapped.add(value, at, sheet),
        }
        meaning
    }

    fn details(&self, row: GridRow<'_>, provider: Option<Spanned<String>>) -> RatingDetails {
        let text = |column| {
            self.cell(row, column).map(|cell| Spanned::new(plain(cell.text()).to_owned(), cell.span()))
        };
        let list = |column| self.cell(row, column).map_or_else(Vec::new, |cell| names(cell.text()));
        let evidence = self.cell(row, ScoreColumn::Evidence).map(|cell| {
            let parts = split_evidence(plain(cell.text()));
            parts.into_iter().map(|part| Spanned::new(part, cell.span())).collect()
        });
        // Beside what is inherited, our own map of colours has the provider's reason.
        let is_map = self.layout.columns.iter().any(|(column, _)| *column == ScoreColumn::Asked);
        let because = text(ScoreColumn::Because).filter(|_| !is_map || provider.is_none());
        RatingDetails {
            because,
            evidence: evidence.unwrap_or_default(),
            note: text(ScoreColumn::Note),
            by: list(ScoreColumn::By),
            with: list(ScoreColumn::With),
            provider,
            rubric: text(ScoreColumn::Rubric),
        }
    }
}

/// Whom a row is about.
enum RowService {
    Known(ServiceId),
    /// It can't be told, which is noted.
    Unclear,
    /// Nobody who is asked for.
    LeftOut,
}

/// A cell for what is counted.
pub(super) fn seen(cell: CellRef<'_>, row: GridRow<'_>) -> SeenCell {
    SeenCell { span: cell.span(), row: row.index(), column: cell.column() }
}
