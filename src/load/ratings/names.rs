//! Names in a table → services of the estate and categories of its rubrics: by id, then by title, then by the map.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::{Category, CategoryId, CategoryIx, Estate, Rubric, ServiceId};
use crate::text::{closest, simplified};

use super::map::ScoreMap;

/// The services of an estate by what a table may call them.
pub(super) struct ServiceNames<'e> {
    estate: &'e Estate,
    map: &'e ScoreMap,
    by_id: HashMap<String, BTreeSet<&'e ServiceId>>,
    by_title: HashMap<String, BTreeSet<&'e ServiceId>>,
}

/// Whom a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NamedService {
    One(ServiceId),
    /// Titles need not be unique.
    Several(Vec<ServiceId>),
    /// A service whose file has errors.
    Unreadable,
    /// None that there is.
    Unknown,
}

impl<'e> ServiceNames<'e> {
    pub fn new(estate: &'e Estate, map: &'e ScoreMap) -> Self {
        let mut names = Self { estate, map, by_id: HashMap::new(), by_title: HashMap::new() };
        for service in estate.services() {
            let old = service.renamed_from.iter().map(|old| old.value.as_str());
            for id in old.chain([service.id.as_str()]) {
                names.by_id.entry(simplified(id)).or_default().insert(&service.id);
            }
            names.by_title.entry(simplified(&service.title)).or_default().insert(&service.id);
        }
        names
    }

    pub fn find(&self, name: &str) -> NamedService {
        if let Some(service) = self.estate.service(name) {
            return NamedService::One(service.id.clone());
        }
        if self.estate.is_unreadable(name) {
            return NamedService::Unreadable;
        }
        let simple = simplified(name);
        let mut several: Option<Vec<ServiceId>> = None;
        for names in [&self.by_id, &self.by_title] {
            let Some(found) = names.get(&simple) else { continue };
            if let [only] = found.iter().collect::<Vec<_>>()[..] {
                return NamedService::One((*only).clone());
            }
            several.get_or_insert_with(|| found.iter().map(|id| (*id).clone()).collect());
        }
        if let Some(mapped) = self.map.services.get(name) {
            return match self.estate.service(mapped.as_str()) {
                Some(service) => NamedService::One(service.id.clone()),
                None if self.estate.is_unreadable(mapped.as_str()) => NamedService::Unreadable,
                None => NamedService::Unknown,
            };
        }
        several.map_or(NamedService::Unknown, NamedService::Several)
    }

    /// The service that a name that means none was probably meant to be.
    pub fn suggestion(&self, name: &str) -> Option<ServiceId> {
        let names: BTreeSet<_> = self.by_id.keys().chain(self.by_title.keys()).map(String::as_str).collect();
        let name = closest(&simplified(name), names)?;
        let ids = self.by_id.get(name).or_else(|| self.by_title.get(name))?;
        ids.first().map(|id| (*id).clone())
    }
}

/// The category of a rubric that a table means by a name.
pub(super) fn find_category(name: &str, rubric: &Rubric, map: &ScoreMap) -> Option<CategoryIx> {
    let simple = simplified(name);
    let of = |same: &dyn Fn(&Category) -> bool| {
        let mut found = rubric.categories.iter().enumerate().filter(|(_, category)| same(category));
        let first = found.next();
        first.filter(|_| found.next().is_none()).map(|(at, _)| CategoryIx(at))
    };
    rubric
        .find(name)
        .or_else(|| rubric.find(&simple))
        .or_else(|| of(&|category| simplified(&category.title) == simple))
        .or_else(|| rubric.find(map.categories.get(name)?.as_str()))
}

/// The id of the category of a rubric that a name was probably meant to be.
pub(super) fn suggested_category(name: &str, rubric: &Rubric) -> Option<CategoryId> {
    let ids = || rubric.categories.iter().map(|category| (category.id.to_string(), &category.id));
    let titles = rubric.categories.iter().map(|category| (simplified(&category.title), &category.id));
    let names: Vec<_> = ids().chain(titles).collect();
    let found = closest(&simplified(name), names.iter().map(|(name, _)| name.as_str()))?;
    names.iter().find(|(name, _)| name == found).map(|(_, id)| (*id).clone())
}

/// The names of all categories of all rubrics, for headings.
pub(super) struct KnownCategories(HashSet<String>);

impl KnownCategories {
    pub fn new(estate: &Estate, map: &ScoreMap) -> Self {
        let all = estate
            .rubrics
            .categories()
            .flat_map(|(_, category)| [simplified(category.id.as_str()), simplified(&category.title)]);
        let mapped = map.categories.0.iter().map(|(name, _)| simplified(name));
        Self(all.chain(mapped).collect())
    }

    pub fn contain(&self, name: &str) -> bool {
        self.0.contains(&simplified(name))
    }
}
