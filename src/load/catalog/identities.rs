//! What a catalog gives of the identities of an estate's services.

use std::collections::{HashMap, HashSet};

use super::meaning::{CatalogService, UnknownValue, ValueCounts, translate};
use super::resolve::DescribedService;
use crate::diag::{Place, Problems};
use crate::model::{ServiceId, Settings};
use crate::source::Span;

/// Services of a catalog by their names.
#[derive(Debug, Default)]
pub(in crate::load) struct CatalogIdentities {
    /// By the name in lower case: names of one catalog differ in more than that. Of several with one name, nobody knows
    /// which is meant.
    by_name: HashMap<String, Vec<CatalogIdentity>>,
    counts: ValueCounts,
}

/// A service of a catalog, with its place.
#[derive(Debug)]
pub(in crate::load) struct CatalogIdentity {
    pub service: CatalogService,
    /// What is wrong with its values.
    pub problems: Problems,
    span: Span,
}

impl CatalogIdentities {
    pub fn new(services: Vec<DescribedService>, settings: &Settings) -> Self {
        let mut identities = Self::default();
        for DescribedService { component, problems } in services {
            let name = component.entry.name.value.to_lowercase();
            let service = translate(component.entry, settings, &mut identities.counts);
            let identity = CatalogIdentity { service, problems, span: component.span };
            identities.by_name.entry(name).or_default().push(identity);
        }
        identities
    }

    fn named(&self, service: &ServiceId) -> &[CatalogIdentity] {
        self.by_name.get(&service.as_str().to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The only entry with the name of a service.
    pub fn find(&self, service: &ServiceId) -> Option<&CatalogIdentity> {
        match self.named(service) {
            [identity] => Some(identity),
            _ => None,
        }
    }

    /// Says why there is nothing to find for a service, if there is a catalog.
    pub fn gap(&self, service: &ServiceId) -> Option<String> {
        match self.named(service) {
            [_] => None,
            [] if self.by_name.is_empty() => None,
            [] => Some(format!("or describe `{service}` in the catalog: no service has that name there")),
            several => Some(format!(
                "or give `{service}` a name of its own in the catalog: {} services have it",
                several.len()
            )),
        }
    }

    /// Drops the problems of entries of which no service has the name: the estate doesn't use them.
    pub fn forget_unused<'n>(&self, services: impl Iterator<Item = &'n str>, problems: &mut Problems) {
        let used: HashSet<_> = services.map(str::to_lowercase).collect();
        let unused = self.by_name.iter().filter(|(name, _)| !used.contains(*name));
        let mut unused: Vec<_> = unused.flat_map(|(_, entries)| entries).map(|entry| entry.span).collect();
        unused.sort_unstable();
        problems.retain(|problem| {
            let Some(Place::Span(at)) = problem.at.as_ref().map(|label| label.place) else { return true };
            let next = unused.partition_point(|span| (span.file, span.start) <= (at.file, at.start));
            let around = next.checked_sub(1).map(|before| unused[before]);
            !around.is_some_and(|span| span.file == at.file && at.end <= span.end)
        });
    }

    /// Reports values that mean nothing in the estate and that services would need.
    pub fn report_unknown(&self, needed: &[&UnknownValue], settings: &Settings, problems: &mut Problems) {
        self.counts.report_unknown(needed, settings, problems);
    }
}
