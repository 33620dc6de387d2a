//! Which services and categories are meant. Filters mean the same in every command.

use crate::model::{
    Category, CategoryId, DomainId, Estate, PillarId, PlatformId, Rubric, RubricKey, Service, ServiceId,
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
    /// Only what was in force under one of these rubrics.
    pub rubrics: Vec<RubricKey>,
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

impl Selection {
    /// Whether a service is meant.
    #[must_use]
    pub fn includes(&self, service: &Service) -> bool {
        let Self { domains, platforms, services, criticality, tags, golden_thread_only, .. } = self;
        any(domains, |domain| *domain == service.domain)
            && any(platforms, |platform| *platform == service.platform)
            && any(services, |id| *id == service.id)
            && any(criticality, |level| *level == service.criticality.name())
            && any(tags, |tag| service.tags.contains(tag))
            && (service.golden_thread || !golden_thread_only)
    }

    /// Whether a category of a rubric is meant.
    #[must_use]
    pub fn includes_category(&self, rubric: &Rubric, category: &Category) -> bool {
        let Self { rubrics, pillars, categories, .. } = self;
        any(rubrics, |key| *key == rubric.key())
            && any(pillars, |pillar| *pillar == rubric.pillar_of(category).id)
            && any(categories, |id| *id == category.id)
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

    /// The services of an estate that are meant, by id.
    #[must_use]
    pub fn services<'e>(&self, estate: &'e Estate) -> Vec<&'e Service> {
        estate.services().iter().filter(|service| self.includes(service)).collect()
    }
}

fn any<T>(wanted: &[T], is_it: impl Fn(&T) -> bool) -> bool {
    wanted.is_empty() || wanted.iter().any(is_it)
}
