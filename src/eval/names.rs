//! What categories are called by now, and where they stand: a trend has one row for a category that was only renamed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::{Category, CategoryId, Estate, PillarId, Rubric, RubricId, RubricKey, Service};

use super::in_force::rubrics_in_force;
use super::{Period, Selection};

/// A category by its newest name, and the pillar that it is in under that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Name<'e> {
    pub rubric: &'e RubricId,
    pub pillar: &'e PillarId,
    pub category: &'e CategoryId,
}

impl<'e> Name<'e> {
    fn of(rubric: &'e Rubric, category: &'e Category) -> Self {
        Self { rubric: &rubric.id, pillar: &rubric.pillar_of(category).id, category: &category.id }
    }
}

/// The categories of all rubrics that were used, by their newest names.
pub(super) struct Names<'e> {
    /// A name for each category of a rubric, in its order.
    by_rubric: BTreeMap<RubricKey, Vec<Name<'e>>>,
    /// The newest version of each rubric.
    newest: BTreeMap<RubricId, u32>,
    pillar_places: HashMap<(&'e RubricId, &'e PillarId), usize>,
    category_places: HashMap<Name<'e>, usize>,
}

impl<'e> Names<'e> {
    /// What the selected categories are called in the newest version that any of the selected services had used by
    /// the end of these periods.
    pub fn by_the_end_of(periods: &[Period], estate: &'e Estate, selection: &Selection) -> Self {
        let end = periods.last().map(|period| period.as_of);
        let services = end.into_iter().flat_map(|end| selection.services_until(estate, end));
        let used = services.flat_map(|service| used_by(service, estate, periods));
        let is_selected = |rubric: &&Rubric| {
            rubric.categories.iter().any(|category| selection.includes_category(rubric, category))
        };
        let used: BTreeMap<_, _> = used.filter(is_selected).map(|rubric| (rubric.key(), rubric)).collect();
        // Keys are in order, so that the last major version of an id stays.
        let newest: BTreeMap<_, _> = used.keys().map(|key| (key.id.clone(), key.major)).collect();
        let names = used.iter().map(|(key, rubric)| {
            let later = estate.rubrics.versions(&rubric.id).map(AsRef::as_ref);
            let later = later.filter(|later: &&Rubric| {
                later.version.major > key.major && later.version.major <= newest[&key.id]
            });
            (key.clone(), newest_names(rubric, &later.collect::<Vec<_>>()))
        });
        let names: BTreeMap<_, _> = names.collect();
        let mut in_order: Vec<_> = used.into_values().collect();
        let newest_first = |rubric: &Rubric| Reverse((rubric.published, rubric.key()));
        in_order.sort_by_key(|rubric| (estate.rubrics.rank(&rubric.id), newest_first(rubric)));
        let (mut pillar_places, mut category_places) = (HashMap::new(), HashMap::new());
        for rubric in in_order {
            for (category, name) in rubric.categories.iter().zip(&names[&rubric.key()]) {
                let (pillars, categories) = (pillar_places.len(), category_places.len());
                pillar_places.entry((&rubric.id, &rubric.pillar_of(category).id)).or_insert(pillars);
                category_places.entry(*name).or_insert(categories);
            }
        }
        Self { by_rubric: names, newest, pillar_places, category_places }
    }

    /// The newest names of a rubric's categories, in its order; `None` if nothing of it is selected.
    pub fn of(&self, rubric: &RubricKey) -> Option<&[Name<'e>]> {
        self.by_rubric.get(rubric).map(Vec::as_slice)
    }

    /// Where a pillar stands among all: as in the newest rubric that has it.
    pub fn place_of_pillar(&self, rubric: &RubricId, pillar: &PillarId) -> Option<usize> {
        self.pillar_places.get(&(rubric, pillar)).copied()
    }

    /// Where a category stands among all, likewise.
    pub fn place_of_category(&self, name: &Name<'_>) -> Option<usize> {
        self.category_places.get(name).copied()
    }

    /// The older versions that a category is found in, if no newest one has it.
    pub fn only_in(&self, name: &Name<'_>) -> Vec<RubricKey> {
        let having = self.by_rubric.iter().filter(|(_, names)| names.contains(name));
        let having: Vec<_> = having.map(|(key, _)| key.clone()).collect();
        let is_newest = |key: &RubricKey| self.newest.get(&key.id) == Some(&key.major);
        if having.iter().any(is_newest) { Vec::new() } else { having }
    }
}

/// The rubrics that a service was assessed under by the end of the periods, or that were in force at the end of one.
fn used_by<'e>(
    service: &'e Service,
    estate: &'e Estate,
    periods: &[Period],
) -> impl Iterator<Item = &'e Rubric> {
    let day = periods.last().map(|period| period.as_of);
    let past = service.assessments.iter().filter(move |assessment| Some(assessment.date) <= day);
    let first = service.assessments.first().map(|first| first.date);
    let is_only_assessed = |period: &&Period| {
        first.is_some_and(|first| first <= period.as_of)
            && estate.settings.required.is_empty()
            && service.identities.all().all(|identity| identity.rubrics.is_none())
    };
    let others = periods.iter().filter(|period| !is_only_assessed(period) && service.exists_on(period.as_of));
    let others: Vec<_> = others.flat_map(|period| rubrics_in_force(estate, service, period.as_of)).collect();
    past.map(|assessment| &assessment.rubric).chain(others).map(AsRef::as_ref)
}

/// What the categories of a rubric are called in its later versions.
fn newest_names<'e>(rubric: &'e Rubric, later: &[&'e Rubric]) -> Vec<Name<'e>> {
    let own: Vec<_> = rubric.categories.iter().map(|category| Name::of(rubric, category)).collect();
    let newest: Vec<_> =
        rubric.categories.iter().map(|category| newest_name(rubric, category, later)).collect();
    // Two categories of one version never share a row, so a name that another one has is not taken.
    let mut takers: HashMap<&CategoryId, HashSet<usize>> = HashMap::new();
    for (at, name) in own.iter().enumerate().chain(newest.iter().enumerate()) {
        takers.entry(name.category).or_default().insert(at);
    }
    let is_taken = |at: usize, name: Name<'_>| {
        takers.get(name.category).is_some_and(|by| by.iter().any(|taker| *taker != at))
    };
    let names = own.iter().zip(&newest).enumerate();
    names.map(|(at, (own, newest))| if is_taken(at, *newest) { *own } else { *newest }).collect()
}

/// Follows a category through later versions for as long as one category continues it, and nothing but it.
fn newest_name<'e>(rubric: &'e Rubric, category: &'e Category, later: &[&'e Rubric]) -> Name<'e> {
    let mut newest = (rubric, category);
    for version in later {
        let Some(continuing) = version.continues_alone(&newest.1.id) else { break };
        newest = (version, continuing);
    }
    Name::of(newest.0, newest.1)
}
