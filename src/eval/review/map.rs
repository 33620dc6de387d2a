//! Services by categories.

use std::collections::{BTreeMap, BTreeSet};

use crate::eval::names::Names;
use crate::eval::{Counts, Period, Standing};
use crate::model::{Category, Pillar, Rubric, RubricId};

use super::{Review, ReviewedRubric};

/// Where each service stands in each category.
#[derive(Clone, Debug)]
pub struct CategoryMap<'e> {
    /// The categories, by their newest names and in the rubric's order; what only older rubrics have comes last.
    pub columns: Vec<MapColumn<'e>>,
    /// For each service, in the order of the review, a place for each column; `None` where its rubric doesn't have it.
    pub rows: Vec<Vec<Option<Standing<'e>>>>,
}

/// A category of the map.
#[derive(Clone, Copy, Debug)]
pub struct MapColumn<'e> {
    /// The rubric whose words are shown.
    pub rubric: &'e Rubric,
    /// Its pillar there.
    pub pillar: &'e Pillar,
    /// The category there.
    pub category: &'e Category,
    /// Whether another rubric of the map has a category of this name.
    pub is_ambiguous: bool,
}

impl MapColumn<'_> {
    /// The category's name, behind its rubric where the name alone is ambiguous.
    #[must_use]
    pub fn name(&self) -> String {
        let title = self.category.marked_title();
        if self.is_ambiguous { format!("{}/{title}", self.rubric.id) } else { title }
    }
}

impl<'e> Review<'e> {
    /// The map of all services. A category that was renamed is one column.
    #[must_use]
    pub fn map(&self) -> CategoryMap<'e> {
        let today = Period { label: self.today.to_string(), as_of: self.today };
        let names = Names::by_the_end_of(&[today], self.estate, self.selection);
        let mut columns: BTreeMap<usize, MapColumn<'e>> = BTreeMap::new();
        let mut rows = Vec::with_capacity(self.services.len());
        for reviewed in &self.services {
            let mut row: BTreeMap<usize, Standing<'e>> = BTreeMap::new();
            for ReviewedRubric { now, selected, .. } in &reviewed.rubrics {
                let rubric: &'e Rubric = now.rubric;
                let newest = names.of(&rubric.key()).unwrap_or_default();
                for ix in selected {
                    let Some(name) = newest.get(ix.0) else { continue };
                    let Some(place) = names.place_of_category(name) else { continue };
                    let category = rubric.category(*ix);
                    let column = MapColumn {
                        rubric,
                        pillar: rubric.pillar_of(category),
                        category,
                        is_ambiguous: false,
                    };
                    let known = columns.entry(place).or_insert(column);
                    if rubric.published > known.rubric.published {
                        *known = column;
                    }
                    row.insert(place, *now.standing(*ix));
                }
            }
            rows.push(row);
        }
        let rows = rows.into_iter().map(|row| columns.keys().map(|place| row.get(place).copied()).collect());
        let rows = rows.collect();
        let mut columns: Vec<_> = columns.into_values().collect();
        let mut having: BTreeMap<&str, BTreeSet<&RubricId>> = BTreeMap::new();
        for column in &columns {
            having.entry(&column.category.title).or_default().insert(&column.rubric.id);
        }
        for column in &mut columns {
            column.is_ambiguous = having[column.category.title.as_str()].len() > 1;
        }
        CategoryMap { columns, rows }
    }
}

impl<'e> CategoryMap<'e> {
    /// Where each service stands that has the category at a place, with the service's place.
    pub(super) fn column(&self, at: usize) -> impl Iterator<Item = (usize, &Standing<'e>)> {
        self.rows.iter().enumerate().filter_map(move |(row, cells)| Some((row, cells[at].as_ref()?)))
    }

    /// How many services have which status in the category at a place.
    #[must_use]
    pub fn counts(&self, at: usize) -> Counts {
        Counts::in_category(self.column(at).map(|(_, standing)| standing))
    }
}
