//! Who inherits from a service.

use crate::model::{Category, Date, Estate, Service, Verdict};

use super::service_state;

/// A service that inherits from another.
#[derive(Clone, Debug)]
pub struct Heir<'e> {
    pub service: &'e Service,
    /// What it inherits; at least one category.
    pub categories: Vec<&'e Category>,
}

/// The services in which an entry in force on a day inherits from a service itself, by id.
#[must_use]
pub fn heirs<'e>(estate: &'e Estate, provider: &Service, day: Date) -> Vec<Heir<'e>> {
    let names_it = |service: &&Service| {
        let mut judgements = service.assessments.iter().flat_map(|assessment| &assessment.judgements);
        judgements.any(|judgement| match &judgement.verdict {
            Verdict::Inherited { provider: named, .. } => *named == provider.id,
            Verdict::Rated { .. } | Verdict::NotApplicable { .. } => false,
        })
    };
    let heir = |service: &'e Service| {
        let state = service_state(estate, service, day);
        let inherited = state.categories().filter(|(_, standing)| standing.provider == Some(&provider.id));
        let categories: Vec<_> = inherited.map(|(category, _)| category).collect();
        (!categories.is_empty()).then_some(Heir { service, categories })
    };
    estate.services_on(day).filter(names_it).filter_map(heir).collect()
}
