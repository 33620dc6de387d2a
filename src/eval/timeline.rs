//! The states of a service over time. This is the one place where judgements become colours.

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::{Date, Estate, Rubric, RubricId, Rubrics, Service, ServiceId};

use super::history::History;
use super::in_force::{latest_rubric, rubrics_in_force};
use super::inheritance::{AsOf, Providers, Resolver};
use super::{RubricState, ServiceState, Standing, Status};

/// A service over time. Its assessments and those of its providers are gone through once if it is asked for days in order,
/// however many; an earlier day than the one before begins anew.
pub struct Timeline<'e> {
    service: &'e Service,
    history: History<'e>,
    providers: Providers<'e>,
}

impl<'e> Timeline<'e> {
    /// A service of an estate, over time.
    #[must_use]
    pub fn new(estate: &'e Estate, service: &'e Service) -> Self {
        Self::with_kept_providers(estate, service, HashSet::new())
    }

    /// A service over time, as if some of its providers had never retired.
    pub(super) fn with_kept_providers(
        estate: &'e Estate,
        service: &'e Service,
        kept: HashSet<&'e ServiceId>,
    ) -> Self {
        let history = History::new(service, &estate.rubrics);
        Self { service, history, providers: Providers::new(estate, kept) }
    }

    /// Returns the rubrics in force on a day, by their ids; at least one.
    #[must_use]
    pub fn rubrics(&self, day: Date) -> Vec<&'e Arc<Rubric>> {
        rubrics_in_force(self.providers.estate, self.service, day)
    }

    /// Returns the version of a rubric that is in force on a day.
    #[must_use]
    pub fn version(&self, id: &RubricId, day: Date) -> Option<&'e Arc<Rubric>> {
        self.rubrics(day).into_iter().find(|rubric| rubric.id == *id)
    }

    /// Returns the state on a day, under each rubric in force.
    pub fn state(&mut self, day: Date) -> ServiceState<'e> {
        let (service, identity) = (self.service, self.service.identity_on(day));
        let rubrics = self.rubrics(day).into_iter().map(|rubric| self.state_under(rubric, day)).collect();
        ServiceState { service, identity, rubrics }
    }

    /// Returns the state on a day under a given rubric: two days on different rubrics are compared under one of them.
    pub fn state_under(&mut self, rubric: &'e Arc<Rubric>, day: Date) -> RubricState<'e> {
        self.state_as_of(AsOf { day, rubric, rubrics: &self.providers.estate.rubrics })
    }

    /// Returns the state on a day under a rubric that another estate has, among `rubrics`: an estate and the same estate
    /// at another time are compared under it.
    pub fn state_among(
        &mut self,
        rubrics: &'e Rubrics,
        rubric: &'e Arc<Rubric>,
        day: Date,
    ) -> RubricState<'e> {
        self.state_as_of(AsOf { day, rubric, rubrics })
    }

    fn state_as_of(&mut self, as_of: AsOf<'e>) -> RubricState<'e> {
        let AsOf { day, rubric, rubrics } = as_of;
        self.history.move_to(day);
        let held = self.history.under(rubric, rubrics);
        let service = self.service;
        let identity = service.identity_on(day);
        let mut resolver = Resolver::new(&mut self.providers, as_of, service);
        let standings = rubric.categories.iter().zip(held.iter()).map(|(category, held)| match held {
            Some(held) => resolver.standing(category, held),
            None if category.applies_to.asks(identity) => Standing::without_judgement(Status::NotAssessed),
            None => Standing::without_judgement(Status::NotApplicable),
        });
        let roles = rubric.categories.iter().map(|category| category.role);
        let standings = standings.zip(roles).map(|(standing, role)| Standing { role, ..standing }).collect();
        let is_assessed = self.history.is_assessed(&rubric.id);
        RubricState { service, identity, rubric, is_assessed, standings }
    }
}

/// Returns the state of a service on a day, under each rubric in force. For several days, ask one [`Timeline`].
#[must_use]
pub fn service_state<'e>(estate: &'e Estate, service: &'e Service, as_of: Date) -> ServiceState<'e> {
    Timeline::new(estate, service).state(as_of)
}

/// Returns the state of a service on a day, under the rubric in force that it was last assessed under.
#[must_use]
pub fn latest_state<'e>(estate: &'e Estate, service: &'e Service, as_of: Date) -> RubricState<'e> {
    service_state_in(estate, service, as_of, latest_rubric(estate, service, as_of))
}

/// Returns the state of a service on a day, under a given rubric.
#[must_use]
pub fn service_state_in<'e>(
    estate: &'e Estate,
    service: &'e Service,
    as_of: Date,
    rubric: &'e Arc<Rubric>,
) -> RubricState<'e> {
    Timeline::new(estate, service).state_under(rubric, as_of)
}
