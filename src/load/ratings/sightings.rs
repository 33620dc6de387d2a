//! Texts that occur many times in a table, each with its number and first cell.

use std::collections::{HashMap, HashSet};

use crate::source::{FileId, Span};

use super::super::grid::place_name;

/// Distinct texts in the order in which they were found.
#[derive(Clone, Debug, Default)]
pub(super) struct Sightings {
    list: Vec<Sighting>,
    places: HashMap<String, usize>,
    /// Cells that are looked at more than once, by file, row and column.
    cells: HashSet<(FileId, u32, u32)>,
}

/// A cell that holds, or lacks, a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeenCell {
    pub span: Span,
    pub row: u32,
    pub column: u32,
}

/// A text of a table.
#[derive(Clone, Debug)]
pub(super) struct Sighting {
    pub text: String,
    pub count: usize,
    /// Its first cell.
    pub span: Span,
    /// The name of that cell.
    pub cell: String,
}

impl Sightings {
    /// Counts a text at a cell that is looked at more than once.
    pub fn add_distinct(&mut self, text: &str, cell: SeenCell, sheet: Option<&str>) {
        if self.cells.insert((cell.span.file, cell.row, cell.column)) {
            self.add(text, cell, sheet);
        }
    }

    /// Counts a text at a cell.
    pub fn add(&mut self, text: &str, SeenCell { span, row, column }: SeenCell, sheet: Option<&str>) {
        if let Some(at) = self.places.get(text) {
            self.list[*at].count += 1;
            return;
        }
        self.places.insert(text.to_owned(), self.list.len());
        let cell = place_name(sheet, row, column);
        self.list.push(Sighting { text: text.to_owned(), count: 1, span, cell });
    }

    pub fn iter(&self) -> impl Iterator<Item = &Sighting> {
        self.list.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl Sighting {
    /// "12 cells, the first is Scores!D17"
    pub fn whereabouts(&self) -> String {
        match self.count {
            1 => self.cell.clone(),
            count => format!("{count} cells, the first is {}", self.cell),
        }
    }
}
