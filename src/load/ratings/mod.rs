//! Tables of scores of many services and days, in the layouts that people give them → ratings with their cells. What is not
//! understood is an error, never a guess.

mod cells;
mod columns;
mod day;
mod draft;
mod input;
mod layout;
mod map;
mod names;
mod rating;
mod report;
mod row_dates;
mod rows;
mod sightings;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{CategoryIx, Clock, Date, DateOrder, Estate, Rubric, RubricKey, ServiceId};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::text::{list_some, plural};

pub use super::grid::FillUse;
use super::grid::{self, Grid, GridOptions, place_name};
pub use input::{MapFile, TableFile};
use layout::{HeadingContext, Layout, day_of_text};
use map::{MappedValue, ScoreMap};
use names::{KnownCategories, ServiceNames, find_category};
use rating::CellPlace;
pub use rating::TableRating;
use rows::{RowContext, RowResults, SheetRows};
use sightings::{SeenCell, Sightings};

/// What a table is read with.
#[derive(Clone, Copy, Debug)]
pub struct RatingOptions<'o> {
    /// The only sheet to read.
    pub sheet: Option<&'o str>,
    pub fills: FillUse,
    pub date_order: Option<DateOrder>,
    /// The day of scores that have none.
    pub date: Option<Date>,
    pub clock: Clock,
    /// The only service to read; lines that name none are about it.
    pub only: Option<&'o ServiceId>,
    pub blanks: BlankCells,
}

/// What an empty cell means in place of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlankCells {
    /// Nothing: it is skipped.
    Skipped,
    /// What the map says; else it is an error.
    Mapped,
}

/// What a table came to.
pub struct RatingTable {
    /// In the order of the table.
    pub ratings: Vec<TableRating>,
    pub problems: Problems,
    /// The map and the table, for the places of problems.
    files: Vec<SourceFile>,
    /// How many of the files are before the table.
    before: usize,
    /// What the reader should know of what was left out.
    notes: Vec<String>,
    /// Number of scores that say that there is none.
    pub skipped: usize,
    /// The rubric that the map names.
    pub rubric: Option<RubricKey>,
    map: ScoreMap,
    /// The name of each grid's sheet.
    sheets: Vec<Option<String>>,
    results: RowResults,
    unknown_categories: Sightings,
    noted: Vec<Noted>,
    /// Bytes of reasons, notes and so on that may be kept.
    text_bytes: usize,
}

/// Bytes of all texts of a table beside its scores, and how many more for each byte of its file.
const TEXT_BYTES: (usize, usize) = (16 * 1024 * 1024, 8);

/// What is wrong with ratings, by its title.
struct Noted {
    code: Code,
    help: String,
    sightings: Sightings,
}

/// Reads a table, with the map that says what it means.
#[must_use]
pub fn read_ratings(
    file: &TableFile,
    map: Option<MapFile>,
    estate: &Estate,
    options: RatingOptions<'_>,
) -> RatingTable {
    let (mut files, mut problems) = (Vec::new(), Problems::default());
    let map = map.map_or_else(ScoreMap::default, |MapFile { source, refusal }| {
        let parsed = match refusal {
            Some(refusal) => {
                problems.push(refusal);
                ScoreMap::default()
            }
            None => map::parse(source.text(), FileId::from_index(0), &mut problems),
        };
        files.push(source);
        parsed
    });
    let before = files.len();
    let mut table = RatingTable {
        ratings: Vec::new(),
        problems,
        before,
        files,
        notes: Vec::new(),
        skipped: 0,
        rubric: map.rubric.clone(),
        map,
        sheets: Vec::new(),
        results: RowResults::default(),
        unknown_categories: Sightings::default(),
        noted: Vec::new(),
        text_bytes: TEXT_BYTES.0 + TEXT_BYTES.1 * file.bytes.as_ref().map_or(0, Vec::len),
    };
    let next = |at: usize| FileId::from_index(before + at);
    match &file.bytes {
        Err(refusal) => {
            table.files.push(SourceFile::new(&file.shown, ""));
            table.problems.push(refusal.clone().in_file(next(0)));
        }
        // With a map that is wrong, everything else would be as well.
        Ok(_) if table.problems.has_errors() => table.files.push(SourceFile::new(&file.shown, "")),
        Ok(bytes) => {
            let wanted = GridOptions { sheet: options.sheet, fills: options.fills };
            let grids = grid::parse(bytes, &file.shown, wanted, next, &mut table.problems);
            table.files.extend(grids.files);
            if !grids.hidden_sheets.is_empty() {
                let names = list_some(&grids.hidden_sheets);
                table.notes.push(format!("hidden sheets are not read unless `--sheet` names one: {names}"));
            }
            table.read(&grids.grids, estate, options);
        }
    }
    table
}

impl RatingTable {
    /// Reads all grids that hold a table.
    fn read(&mut self, grids: &[Grid], estate: &Estate, options: RatingOptions<'_>) {
        self.sheets = grids.iter().map(|grid| grid.sheet.clone()).collect();
        let categories = KnownCategories::new(estate, &self.map);
        let date_order = options.date_order.or(self.map.date_order);
        let headings = HeadingContext {
            map: &self.map,
            categories: &categories,
            date_order,
            today: options.clock.today,
            is_about_one_service: options.only.is_some(),
        };
        let (mut found, mut without): (Vec<(usize, &Grid, Layout)>, Vec<&Grid>) = (Vec::new(), Vec::new());
        for (at, grid) in grids.iter().enumerate() {
            if grid.sheet.as_deref().is_some_and(|sheet| self.map.skips(sheet)) {
                continue;
            }
            match layout::find(grid, headings) {
                Some(layout) => found.push((at, grid, layout)),
                None => without.push(grid),
            }
        }
        let services = ServiceNames::new(estate, &self.map);
        let context = RowContext {
            map: &self.map,
            services: &services,
            categories: &categories,
            fills: options.fills,
            date_order,
            clock: options.clock,
            date: options.date,
            only: options.only,
            blank: match options.blanks {
                BlankCells::Skipped => Some(MappedValue::NotAssessed),
                BlankCells::Mapped => None,
            },
        };
        let mut results = RowResults { text_left: self.text_bytes, ..RowResults::default() };
        for (at, grid, layout) in &found {
            let date = grid.sheet.as_deref().and_then(|sheet| day_of_text(sheet, headings));
            let at = u32::try_from(*at).unwrap_or(u32::MAX);
            report::layout(grid, layout, options.only, &mut self.notes, &mut results.problems);
            SheetRows { grid, at, layout, date, context: &context, results: &mut results }.read();
        }
        if found.is_empty() {
            without.iter().for_each(|grid| results.problems.push(report::no_table(grid)));
        } else {
            let without: Vec<_> = without.iter().filter_map(|grid| grid.sheet.as_deref()).collect();
            if !without.is_empty() {
                self.notes.push(format!("no table of scores in {}", list_some(&without)));
            }
        }
        if grids.iter().any(|grid| grid.is_windows_1252) {
            self.notes.push("the file is not UTF-8: it is read as Windows-1252".to_owned());
        }
        let hidden: usize = grids.iter().map(|grid| grid.hidden_rows).sum();
        if hidden > 0 {
            self.notes
                .push(format!("{} read like the others", plural(hidden, "hidden row is", "hidden rows are")));
        }
        self.ratings = std::mem::take(&mut results.ratings);
        self.skipped = results.skipped;
        report::results(&results, &services, estate, &mut self.problems);
        self.results = results;
    }

    /// The place of a rating's category in a rubric.
    #[must_use]
    pub fn find_category(&self, rating: &TableRating, rubric: &Rubric) -> Option<CategoryIx> {
        find_category(&rating.category.value, rubric, &self.map)
    }

    /// Notes that a rubric has no category of the name that a rating gives.
    pub fn note_unknown_category(&mut self, rating: &TableRating, rubric: &Rubric) {
        let (title, help) = report::unknown_category(&rating.category.value, rubric);
        let (cell, sheet) = self.seen(rating, rating.category.span);
        self.unknown_categories.add(&rating.category.value, cell, sheet.as_deref());
        self.note_at(Code::UnknownCategory, &title, help, rating, rating.category.span);
    }

    /// Notes what is wrong with a rating; what is wrong with many in the same way is reported once.
    pub fn note(&mut self, code: Code, title: &str, help: String, rating: &TableRating) {
        self.note_at(code, title, help, rating, rating.span);
    }

    fn note_at(&mut self, code: Code, title: &str, help: String, rating: &TableRating, span: Span) {
        let (cell, sheet) = self.seen(rating, span);
        let at = self.noted.iter().position(|noted| noted.code == code && noted.help == help);
        let at = at.unwrap_or_else(|| {
            self.noted.push(Noted { code, help, sightings: Sightings::default() });
            self.noted.len() - 1
        });
        self.noted[at].sightings.add(title, cell, sheet.as_deref());
    }

    fn seen(&self, rating: &TableRating, span: Span) -> (SeenCell, Option<String>) {
        let CellPlace { grid, row, column } = rating.place;
        (SeenCell { span, row, column }, self.sheets.get(grid as usize).cloned().flatten())
    }

    /// Reports what was noted.
    pub fn report_noted(&mut self) {
        for Noted { code, help, sightings } in std::mem::take(&mut self.noted) {
            for sighting in sightings.iter() {
                let title = format!("{}: {}", sighting.text, sighting.whereabouts());
                self.problems.push(Diagnostic::new(code, title).at(sighting.span, "").help(help.clone()));
            }
        }
    }

    /// Reports that nothing in the table is about a service, if the table could be read.
    pub fn report_no_row_about(&mut self, service: &ServiceId) {
        if !self.problems.has_errors() {
            let problem = Diagnostic::new(Code::InvalidTable, format!("no row is about `{service}`"));
            let help =
                "its `service` column names others; leave that column out if all rows are about one service";
            self.problems.push(problem.in_file(FileId::from_index(self.before)).help(help));
        }
    }

    /// The files that problems are in.
    #[must_use]
    pub fn sources(&self) -> Sources {
        Sources::new(self.files.clone())
    }

    /// The id of one more file.
    #[must_use]
    pub fn next_file(&self) -> FileId {
        FileId::from_index(self.files.len())
    }

    /// Adds a file that problems may be in.
    pub fn add_file(&mut self, file: SourceFile) {
        self.files.push(file);
    }

    /// What the reader should know of what was left out.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let skipped = (self.skipped > 0)
            .then(|| format!("{} left out: not assessed", plural(self.skipped, "cell is", "cells are")));
        self.notes.iter().cloned().chain(skipped).collect()
    }

    /// The name of a rating's cell, for people.
    #[must_use]
    pub fn cell_name(&self, rating: &TableRating) -> String {
        let CellPlace { grid, row, column } = rating.place;
        let sheet = self.sheets.get(grid as usize).and_then(Option::as_deref);
        place_name(sheet, row, column)
    }

    /// A map to save and fill in, if anything in the table needs a meaning.
    #[must_use]
    pub fn draft(&self, estate: &Estate) -> Option<String> {
        let services = ServiceNames::new(estate, &self.map);
        draft::render(&self.map, &self.results, &self.unknown_categories, &services)
    }
}
