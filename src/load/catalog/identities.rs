//! What a catalog gives of the identities of an estate's services.

use std::collections::{HashMap, HashSet};

use super::meaning::{CatalogService, UnknownValue, ValueCounts, translate};
use super::resolve::DescribedService;
use crate::diag::{Place, Problems};
use crate::model::{ServiceId, Settings};
use crate::source::Span;
use crate::text::plural;

/// Services of a catalog by their names.
#[derive(Debug, Default)]
pub(in crate::load) struct CatalogIdentities {
    /// By the name in lower case: names of one catalog differ in more than that. Of several with one name, nobody knows
    /// which is meant.
    by_name: HashMap<String, Vec<CatalogIdentity>>,
    counts: ValueCounts,
    /// Whether the settings name files of a catalog.
    is_wanted: bool,
    /// Whether the catalog says who is on the Golden Thread.
    tells_golden_thread: bool,
    /// Places of the catalog that can't be read.
    unread: usize,
}

/// What is wrong with an estate's catalog where a service isn't found in it.
#[derive(Debug, Default)]
pub(in crate::load) struct CatalogGap {
    /// What to do about it.
    pub help: Option<String>,
    /// Whether the service may be on the Golden Thread, and nothing can tell.
    pub hides_golden_thread: bool,
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
    /// `unread` is the number of places in the catalog that can't be read.
    pub fn new(services: Vec<DescribedService>, unread: usize, settings: &Settings) -> Self {
        let mut identities = Self {
            is_wanted: !settings.catalog.files.is_empty(),
            tells_golden_thread: settings.catalog.golden_thread.selector.is_some(),
            unread,
            ..Self::default()
        };
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

    /// Says why there is nothing to find for a service.
    pub fn gap(&self, service: &ServiceId) -> CatalogGap {
        let named = self.named(service).len();
        let help = match named {
            _ if !self.is_wanted => return CatalogGap::default(),
            0 if self.unread > 0 => {
                let places = plural(self.unread, "place of it", "places of it");
                format!("or correct the catalog: `{service}` isn't found there, and {places} can't be read")
            }
            0 if self.by_name.is_empty() => {
                "or correct `files` of `[catalog]` in fundamentals.toml: no service is found there".to_owned()
            }
            0 => format!("or describe `{service}` in the catalog: no service has that name there"),
            several => {
                format!("or give `{service}` a name of its own in the catalog: {several} services have it")
            }
        };
        let is_unclear = named > 0 || self.unread > 0;
        CatalogGap { help: Some(help), hides_golden_thread: is_unclear && self.tells_golden_thread }
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
