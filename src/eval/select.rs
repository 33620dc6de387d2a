//! Which services and categories are meant. Filters mean the same in every command.

use crate::model::{
    Category, CategoryId, Date, DomainId, Estate, Identity, PillarId, PlatformId, Rubric, RubricId, Service,
    ServiceId,
};

/// A choice of services and categories. An empty list doesn't restrict; several values of one list mean any of
/// them; several lists must all be met.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only services of these domains.
    pub domains: Vec<DomainId>,
    /// Only services of these platforms.
    pub platforms: Vec<PlatformId>,
    pub services: Vec<ServiceId>,
    /// Only what is under one of these rubrics.
    pub rubrics: Vec<RubricChoice>,
    /// Only categories of these pillars.
    pub pillars: Vec<PillarId>,
    pub categories: Vec<CategoryId>,
    /// Only services of these levels of criticality, by name.
    pub criticality: Vec<String>,
    /// Only services with one of these tags.
    pub tags: Vec<String>,
    /// Only Golden Thread services.
    pub golden_thread_only: bool,
}

/// A rubric, or one version of it: `fundamentals`, `fundamentals@2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RubricChoice {
    pub id: RubricId,
    /// `None` for every version.
    pub major: Option<u32>,
}

impl RubricChoice {
    /// Whether a version of a rubric is meant.
    #[must_use]
    pub fn includes(&self, rubric: &Rubric) -> bool {
        rubric.id == self.id && self.major.is_none_or(|major| rubric.version.major == major)
    }
}

impl Selection {
    /// Whether a service is meant, by what it is on a day.
    #[must_use]
    pub fn includes(&self, service: &Service, day: Date) -> bool {
        self.includes_identity(service, service.identity_on(day))
    }

    fn includes_identity(&self, service: &Service, identity: &Identity) -> bool {
        let Self { domains, platforms, services, criticality, tags, golden_thread_only, .. } = self;
        any(domains, |domain| *domain == identity.domain)
            && any(platforms, |platform| *platform == identity.platform)
            && any(services, |id| *id == service.id)
            && any(criticality, |level| *level == identity.criticality.name())
            && any(tags, |tag| identity.tags.contains(tag))
            && (identity.golden_thread || !golden_thread_only)
    }

    /// Whether a category of a rubric is meant.
    #[must_use]
    pub fn includes_category(&self, rubric: &Rubric, category: &Category) -> bool {
        let Self { rubrics, pillars, categories, .. } = self;
        any(rubrics, |choice| choice.includes(rubric))
            && any(pillars, |pillar| *pillar == rubric.pillar_of(category).id)
            && any(categories, |id| *id == category.id)
    }

    /// Whether all rubrics that are meant are versions of one.
    #[must_use]
    pub(super) fn single_rubric(&self) -> bool {
        let first = self.rubrics.first();
        first.is_some_and(|first| self.rubrics.iter().all(|choice| choice.id == first.id))
    }

    /// Whether some categories are meant and others are not.
    #[must_use]
    pub fn chooses_categories(&self) -> bool {
        self.restrictions().1
    }

    /// Whether anything is left out.
    #[must_use]
    pub fn restricts(&self) -> bool {
        let (services, categories) = self.restrictions();
        services || categories
    }

    /// Whether some services, and whether some categories are left out. Lists every filter, so that a new one is not
    /// forgotten.
    fn restrictions(&self) -> (bool, bool) {
        let Self {
            domains,
            platforms,
            services,
            rubrics,
            pillars,
            categories,
            criticality,
            tags,
            golden_thread_only,
        } = self;
        let by_service = [domains.len(), platforms.len(), services.len(), criticality.len(), tags.len()];
        let by_category = [rubrics.len(), pillars.len(), categories.len()];
        let is_any = |counts: &[usize]| counts.iter().any(|count| *count > 0);
        (*golden_thread_only || is_any(&by_service), is_any(&by_category))
    }

    /// The services of an estate that are meant by something that they are or were.
    pub fn services_ever<'e>(&self, estate: &'e Estate) -> impl Iterator<Item = &'e Service> {
        let ever = |service: &&Service| {
            service.identities.all().any(|identity| self.includes_identity(service, identity))
        };
        estate.services().iter().filter(ever)
    }

    /// The services of an estate that are meant by something that they were on a day up to and including one.
    pub fn services_until<'e>(&self, estate: &'e Estate, day: Date) -> impl Iterator<Item = &'e Service> {
        let by_then = move |service: &&Service| {
            service.identities.until(day).any(|identity| self.includes_identity(service, identity))
        };
        estate.services().iter().filter(by_then)
    }

    /// The services of an estate that exist on a day and are meant, by id.
    #[must_use]
    pub fn services<'e>(&self, estate: &'e Estate, day: Date) -> Vec<&'e Service> {
        estate.services_on(day).filter(|service| self.includes(service, day)).collect()
    }
}

fn any<T>(wanted: &[T], is_it: impl Fn(&T) -> bool) -> bool {
    wanted.is_empty() || wanted.iter().any(is_it)
}
