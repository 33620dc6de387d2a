//! Everything that one run knows: settings, rubrics and services.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::{
    Category, CategoryId, Date, Rubric, RubricId, RubricKey, Service, ServiceId, Settings, SloResult, Verdict,
};

/// An organisation's services, how they are judged, and what it has decided.
#[derive(Clone, Debug)]
pub struct Estate {
    pub settings: Settings,
    /// Every rubric that assessments may pin.
    pub rubrics: Rubrics,
    services: Vec<Service>,
    /// What services were called before, and are called now.
    renamed: BTreeMap<ServiceId, ServiceId>,
    unreadable: Vec<String>,
    unidentified: Vec<String>,
    slos: Vec<SloResult>,
}

impl Estate {
    /// An estate of valid services, whose ids are unique; their order doesn't matter.
    #[must_use]
    pub fn new(settings: Settings, rubrics: Rubrics, mut services: Vec<Service>) -> Self {
        services.sort_by(|a, b| a.id.cmp(&b.id));
        let (unreadable, unidentified, slos) = (Vec::new(), Vec::new(), Vec::new());
        let renamed = BTreeMap::new();
        let mut estate = Self { settings, rubrics, services, renamed, unreadable, unidentified, slos };
        estate.resolve_old_ids();
        estate
    }

    /// Makes every reference to an old id one to the service's id now. An id that a service has means that service.
    fn resolve_old_ids(&mut self) {
        let old_ids = self.services.iter().flat_map(|service| {
            service.renamed_from.iter().map(move |old| (old.value.clone(), service.id.clone()))
        });
        let renamed: BTreeMap<_, _> = old_ids.collect();
        self.renamed = renamed.into_iter().filter(|(old, _)| self.with_id(old.as_str()).is_none()).collect();
        if self.renamed.is_empty() {
            return;
        }
        let renamed = std::mem::take(&mut self.renamed);
        let judgements = self.services.iter_mut().flat_map(|service| &mut service.assessments);
        for judgement in judgements.flat_map(|assessment| &mut assessment.judgements) {
            if let Verdict::Inherited { provider, .. } = &mut judgement.verdict {
                rename(&renamed, provider);
            }
        }
        self.slos.iter_mut().for_each(|result| rename(&renamed, &mut result.service));
        self.renamed = renamed;
        self.order_slos();
        // What was measured under both ids counts once.
        self.slos.dedup_by(|a, b| (&a.service, &a.slo, a.month) == (&b.service, &b.slo, b.month));
    }

    /// Makes an old id of a service its id now.
    pub fn rename(&self, id: &mut ServiceId) {
        rename(&self.renamed, id);
    }

    /// The estate with the names of services whose files have errors.
    #[must_use]
    pub fn with_unreadable(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.unreadable.extend(names);
        self.order_unreadable();
        self
    }

    /// The estate with the paths of service files with errors that don't say whose they are.
    #[must_use]
    pub fn with_unidentified(mut self, paths: impl IntoIterator<Item = String>) -> Self {
        self.unidentified.extend(paths);
        self.unidentified.sort();
        self.unidentified.dedup();
        self.unreadable.extend(self.unidentified.iter().cloned());
        self.order_unreadable();
        self
    }

    /// The estate with what was measured, at most one result for each service, objective and month.
    #[must_use]
    pub fn with_slos(mut self, slos: Vec<SloResult>) -> Self {
        self.slos = slos;
        self.resolve_old_ids();
        self.order_slos();
        self
    }

    fn order_slos(&mut self) {
        self.slos.sort_by(|a, b| (&a.service, &a.slo, a.month).cmp(&(&b.service, &b.slo, b.month)));
    }

    /// Everything that was measured, by service, objective and month.
    #[must_use]
    pub fn slos(&self) -> &[SloResult] {
        &self.slos
    }

    /// What was measured of a service, by objective and month.
    #[must_use]
    pub fn slos_of(&self, service: &Service) -> &[SloResult] {
        let start = self.slos.partition_point(|slo| slo.service < service.id);
        let end = self.slos.partition_point(|slo| slo.service <= service.id);
        &self.slos[start..end]
    }

    /// All services, by id.
    #[must_use]
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The service that has this id, or had it before.
    #[must_use]
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.with_id(id).or_else(|| {
            let renamed = ServiceId::new(id).ok().and_then(|id| self.renamed.get(&id));
            renamed.and_then(|now| self.with_id(now.as_str()))
        })
    }

    /// The service that has this id now.
    #[must_use]
    pub fn with_id(&self, id: &str) -> Option<&Service> {
        let found = self.services.binary_search_by(|service| service.id.as_str().cmp(id));
        found.ok().map(|at| &self.services[at])
    }

    /// Services that exist and whose files have errors, so that nothing is known of them: their names in order; the path of
    /// the file where not even a name is known.
    #[must_use]
    pub fn unreadable(&self) -> &[String] {
        &self.unreadable
    }

    /// Whether a service of this name exists, and its file has errors.
    #[must_use]
    pub fn is_unreadable(&self, name: &str) -> bool {
        self.unreadable.binary_search_by(|unreadable| unreadable.as_str().cmp(name)).is_ok()
    }

    /// What services were called before, each old id with the id now.
    pub fn old_ids(&self) -> impl Iterator<Item = (&ServiceId, &ServiceId)> {
        self.renamed.iter()
    }

    /// Paths of service files with errors that don't say whose they are, in order: each may be that of any service that no
    /// other file describes.
    #[must_use]
    pub fn unidentified(&self) -> &[String] {
        &self.unidentified
    }

    /// Whether there may be a service of this name: one that can be read, one whose file has errors, or any where the name
    /// in a file with errors is unknown.
    #[must_use]
    pub fn may_have(&self, name: &str) -> bool {
        self.service(name).is_some() || self.is_unreadable(name) || !self.unidentified.is_empty()
    }

    /// The names of all services that are known to exist: those that can be read, then those that can't.
    pub fn service_names(&self) -> impl Iterator<Item = &str> {
        let readable = self.services.iter().map(|service| service.id.as_str());
        let unreadable = self.unreadable.iter().filter(|name| !self.unidentified.contains(name));
        readable.chain(unreadable.map(String::as_str))
    }

    /// Takes a file from those that don't say whose they are.
    pub fn forget_unidentified(&mut self, path: &str) {
        if self.unidentified.iter().any(|known| known == path) {
            self.unidentified.retain(|known| known != path);
            self.unreadable.retain(|name| name != path);
        }
    }

    /// Puts a service in the place of the one with its id, or among the others.
    pub fn put(&mut self, service: Service) {
        self.unreadable.retain(|name| name != service.id.as_str());
        match self.services.binary_search_by(|known| known.id.cmp(&service.id)) {
            Ok(at) => self.services[at] = service,
            Err(at) => self.services.insert(at, service),
        }
        self.resolve_old_ids();
    }

    /// Takes services away.
    pub fn remove(&mut self, is_gone: impl Fn(&Service) -> bool) {
        let before = self.services.len();
        self.services.retain(|service| !is_gone(service));
        if self.services.len() < before {
            self.resolve_old_ids();
        }
    }

    /// Counts services among those that can't be read.
    pub fn set_aside(&mut self, mut has_errors: impl FnMut(&Service) -> bool) {
        let wrong = self.services.extract_if(.., |service| has_errors(service));
        self.unreadable.extend(wrong.map(|service| service.id.to_string()));
        self.order_unreadable();
    }

    /// Leaves out what was written down after a day: later entries of services, and what was measured in months that were not
    /// over by then. Reviews that are planned stay.
    pub fn forget_after(&mut self, day: Date) {
        self.services.iter_mut().for_each(|service| service.forget_after(day));
        self.slos.retain(|slo| slo.month.months_later(1).day_before() <= day);
    }

    fn order_unreadable(&mut self) {
        self.unreadable.sort();
        self.unreadable.dedup();
    }

    /// The rubric by which a service that was never assessed is asked.
    #[must_use]
    pub fn default_rubric(&self) -> &Arc<Rubric> {
        self.rubrics.default_for(&self.settings)
    }

    /// The services that exist on a day, by id.
    pub fn services_on(&self, day: Date) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(move |service| service.exists_on(day))
    }
}

fn rename(renamed: &BTreeMap<ServiceId, ServiceId>, id: &mut ServiceId) {
    if let Some(now) = renamed.get(id) {
        *id = now.clone();
    }
}

/// All known versions of all rubrics; never empty.
#[derive(Clone, Debug)]
pub struct Rubrics {
    by_key: BTreeMap<RubricKey, Arc<Rubric>>,
    newest: RubricKey,
    /// The estate's own.
    own: BTreeSet<RubricKey>,
}

/// What became of a category on the way to a newer version of its rubric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ByNow<'r> {
    /// It goes by the same name.
    Same,
    /// Others continue it.
    Others(Vec<&'r CategoryId>),
    /// Nothing continues it.
    NoLonger,
    /// No older version has it: it is another rubric's, or a newer version's.
    Unrelated,
}

impl Rubrics {
    /// The built-in rubrics, of which there is at least one, and the estate's own, which win where both have the same
    /// key. The default is the newest version of the rubric that the estate brings last, or of the built-in one.
    ///
    /// # Panics
    /// When there is no built-in rubric.
    #[must_use]
    pub fn new(built_in: Vec<Rubric>, own: Vec<Rubric>) -> Self {
        let newest = |rubrics: &[Rubric]| {
            let newest = rubrics.iter().max_by_key(|rubric| (rubric.published, rubric.key()));
            newest.map(|rubric| rubric.id.clone())
        };
        let id =
            newest(&own).or_else(|| newest(&built_in)).expect("there is a built-in rubric: a test reads it");
        let own_keys = own.iter().map(Rubric::key).collect();
        let all = built_in.into_iter().chain(own);
        let by_key: BTreeMap<_, _> = all.map(|rubric| (rubric.key(), Arc::new(rubric))).collect();
        let of_id = by_key.values().filter(|rubric| rubric.id == id);
        let newest =
            of_id.max_by_key(|rubric| (rubric.published, rubric.key())).expect("its id is among them").key();
        Self { by_key, newest, own: own_keys }
    }

    /// The rubric with this id and major version.
    #[must_use]
    pub fn get(&self, key: &RubricKey) -> Option<&Arc<Rubric>> {
        self.by_key.get(key)
    }

    /// The newest rubric of the estate, or the built-in one if it has none of its own.
    ///
    /// # Panics
    /// Never: the newest rubric is always among all rubrics.
    #[must_use]
    pub fn newest(&self) -> &Arc<Rubric> {
        self.get(&self.newest).expect("the newest rubric is one of the rubrics")
    }

    /// The rubric by which a service that was never assessed is asked: the one that the settings name, or the newest.
    #[must_use]
    pub fn default_for(&self, settings: &Settings) -> &Arc<Rubric> {
        let named = settings.default_rubric.as_ref().and_then(|key| self.get(key));
        named.unwrap_or_else(|| self.newest())
    }

    /// The rubric by which a service that was not assessed by a day is asked: the one that the settings name, or the newest
    /// that was published by then, else the first of all. Built-in ones count only where the estate has none of its own.
    #[must_use]
    pub fn default_on(&self, settings: &Settings, day: Date) -> &Arc<Rubric> {
        let named = settings.default_rubric.as_ref().and_then(|key| self.get(key));
        let candidates = || {
            let known = self.by_key.iter().filter(|(key, _)| self.own.is_empty() || self.own.contains(key));
            known.map(|(_, rubric)| rubric)
        };
        let age = |rubric: &&Arc<Rubric>| (rubric.published, rubric.key());
        let published = || candidates().filter(|rubric| rubric.published <= day).max_by_key(age);
        let first = || candidates().min_by_key(age);
        named.or_else(published).or_else(first).unwrap_or_else(|| self.newest())
    }

    /// The newest version of a rubric that was published by a day, else its first; `None` if there is no such rubric.
    #[must_use]
    pub fn version_on<'r>(&'r self, id: &'r RubricId, day: Date) -> Option<&'r Arc<Rubric>> {
        let published = self.versions(id).filter(|rubric| rubric.published <= day).last();
        published.or_else(|| self.versions(id).next())
    }

    /// The nearest lower major version of the same rubric.
    #[must_use]
    pub fn previous(&self, rubric: &Rubric) -> Option<&Arc<Rubric>> {
        let lower = RubricKey { id: rubric.id.clone(), major: 0 }..rubric.key();
        self.by_key.range(lower).next_back().map(|(_, rubric)| rubric)
    }

    /// A category's id and those of all categories of older versions that led to it, newest first and each once: their
    /// ratings are ratings of it.
    #[must_use]
    pub fn names_over_time<'r>(&'r self, rubric: &'r Rubric, category: &'r Category) -> Vec<&'r CategoryId> {
        let mut names = vec![&category.id];
        let mut known = HashSet::from([&category.id]);
        let mut generation = vec![category];
        let mut rubric = rubric;
        while let Some(previous) = self.previous(rubric).filter(|_| !generation.is_empty()) {
            // By several chains of `from` a category would come up twice as often with each version.
            let mut sources = HashSet::new();
            let all = generation.iter().flat_map(|category| category.continues());
            let all = all.filter_map(|id| previous.find(id.as_str()));
            let distinct = all.filter(|ix| sources.insert(*ix)).map(|ix| previous.category(ix));
            generation = distinct.collect();
            names.extend(generation.iter().map(|category| &category.id).filter(|id| known.insert(id)));
            rubric = previous;
        }
        names
    }

    /// What a category of some version of a rubric is in this one.
    #[must_use]
    pub fn by_now<'r>(&'r self, rubric: &'r Rubric, old: &CategoryId) -> ByNow<'r> {
        let is_asked_by = |rubric: &Rubric| rubric.find(old.as_str()).is_some();
        let leads_to = |category: &&Category| self.names_over_time(rubric, category).contains(&old);
        let others: Vec<_> = rubric.categories.iter().filter(leads_to).map(|category| &category.id).collect();
        let mut versions = self.versions(&rubric.id);
        if is_asked_by(rubric) {
            ByNow::Same
        } else if !others.is_empty() {
            ByNow::Others(others)
        } else if versions.any(|version| version.version.major < rubric.version.major && is_asked_by(version))
        {
            ByNow::NoLonger
        } else {
            ByNow::Unrelated
        }
    }

    /// All rubrics, by id and version.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Rubric>> {
        self.by_key.values()
    }

    /// All versions of one rubric, oldest first.
    pub fn versions<'r>(&'r self, id: &'r RubricId) -> impl Iterator<Item = &'r Arc<Rubric>> {
        self.iter().filter(move |rubric| rubric.id == *id)
    }

    /// Where a rubric stands among others: the one that was published first comes first.
    #[must_use]
    pub fn rank<'r>(&self, id: &'r RubricId) -> (Option<Date>, &'r RubricId) {
        let first = RubricKey { id: id.clone(), major: 0 };
        let first = self.by_key.range(first..).next().filter(|(key, _)| key.id == *id);
        (first.map(|(_, rubric)| rubric.published), id)
    }

    /// Every category of every rubric, newest rubric first.
    pub fn categories(&self) -> impl Iterator<Item = (&Arc<Rubric>, &Category)> {
        let others = self.by_key.iter().rev().filter(|(key, _)| **key != self.newest);
        let newest_first = std::iter::once(self.newest()).chain(others.map(|(_, rubric)| rubric));
        newest_first.flat_map(|rubric| rubric.categories.iter().map(move |category| (rubric, category)))
    }
}
