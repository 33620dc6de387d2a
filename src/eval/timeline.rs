//! The states of a service over time. This is the one place where judgements become colours.

use std::sync::Arc;

use crate::model::{Date, Estate, Rubric, Rubrics, Service};

use super::history::History;
use super::inheritance::{AsOf, Providers, Resolver};
use super::{ServiceState, Standing, Status};

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
        let history = History::new(service, &estate.rubrics);
        Self { service, history, providers: Providers::new(estate) }
    }

    /// Returns the rubric in force on a day: that of the last assessment, else the one that the first will use.
    #[must_use]
    pub fn rubric(&self, day: Date) -> &'e Arc<Rubric> {
        let assessments = &self.service.assessments;
        let past = assessments.partition_point(|assessment| assessment.date <= day);
        let in_force = assessments.get(past.saturating_sub(1)).map(|assessment| &assessment.rubric);
        in_force.unwrap_or_else(|| self.providers.estate.default_rubric())
    }

    /// Returns the state on a day, under the rubric in force.
    pub fn state(&mut self, day: Date) -> ServiceState<'e> {
        self.state_under(self.rubric(day), day)
    }

    /// Returns the state on a day under a given rubric: two days on different rubrics are compared under one of them.
    pub fn state_under(&mut self, rubric: &'e Arc<Rubric>, day: Date) -> ServiceState<'e> {
        self.state_as_of(AsOf { day, rubric, rubrics: &self.providers.estate.rubrics })
    }

    /// Returns the state on a day under a rubric that another estate has, among `rubrics`: an estate and the same estate
    /// at another time are compared under it.
    pub fn state_among(
        &mut self,
        rubrics: &'e Rubrics,
        rubric: &'e Arc<Rubric>,
        day: Date,
    ) -> ServiceState<'e> {
        self.state_as_of(AsOf { day, rubric, rubrics })
    }

    fn state_as_of(&mut self, as_of: AsOf<'e>) -> ServiceState<'e> {
        let AsOf { day, rubric, rubrics } = as_of;
        self.history.move_to(day);
        let held = self.history.under(rubric, rubrics);
        let service = self.service;
        let mut resolver = Resolver::new(&mut self.providers, as_of, service);
        let standings = rubric.categories.iter().zip(held.iter()).map(|(category, held)| match held {
            Some(held) => resolver.standing(category, held),
            None if category.applies_to.asks(&service.criticality, &service.tags) => {
                Standing::without_judgement(Status::NotAssessed)
            }
            None => Standing::without_judgement(Status::NotApplicable),
        });
        let standings = standings.collect();
        ServiceState { service, rubric, is_assessed: self.history.is_assessed(), standings }
    }
}

/// Returns the state of a service on a day, under the rubric in force. For several days, ask one [`Timeline`].
#[must_use]
pub fn service_state<'e>(estate: &'e Estate, service: &'e Service, as_of: Date) -> ServiceState<'e> {
    Timeline::new(estate, service).state(as_of)
}

/// Returns the state of a service on a day, under a given rubric.
#[must_use]
pub fn service_state_in<'e>(
    estate: &'e Estate,
    service: &'e Service,
    as_of: Date,
    rubric: &'e Arc<Rubric>,
) -> ServiceState<'e> {
    Timeline::new(estate, service).state_under(rubric, as_of)
}
