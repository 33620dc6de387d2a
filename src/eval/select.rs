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
    /// Only these services.
    pub services: Vec<ServiceId>,
    /// Only what was in force under one of these rubrics.
    pub rubrics: Vec<RubricKey>,
    /// Only categories of these pillars.
    pub pillars: Vec<PillarId>,
    /// Only these categories.
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
        any(&self.domains, |domain| *domain == service.domain)
            && any(&self.platforms, |platform| *platform == service.platform)
            && any(&self.services, |id| *id == service.id)
            && any(&self.criticality, |level| *level == service.criticality.name())
            && any(&self.tags, |tag| service.tags.contains(tag))
            && (service.golden_thread || !self.golden_thread_only)
    }

    /// Whether some categories are meant and others are not.
    #[must_use]
    pub fn chooses_categories(&self) -> bool {
        !(self.rubrics.is_empty() && self.pillars.is_empty() && self.categories.is_empty())
    }

    /// Whether anything is left out.
    #[must_use]
    pub fn restricts(&self) -> bool {
        let by_service = [self.domains.len(), self.platforms.len(), self.services.len()];
        let by_kind = [self.criticality.len(), self.tags.len(), usize::from(self.golden_thread_only)];
        self.chooses_categories() || by_service.iter().chain(&by_kind).any(|count| *count > 0)
    }

    /// Whether a category of a rubric is meant.
    #[must_use]
    pub fn includes_category(&self, rubric: &Rubric, category: &Category) -> bool {
        any(&self.rubrics, |key| *key == rubric.key())
            && any(&self.pillars, |pillar| *pillar == rubric.pillar_of(category).id)
            && any(&self.categories, |id| *id == category.id)
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
