//! The state of a service on a day, under one rubric and under all that are in force.

use std::sync::Arc;

use crate::model::{Category, CategoryIx, Identity, Rubric, RubricId, Service};

use super::{Counts, RollUp, Standing};

/// A service, and who it is on a day.
#[derive(Clone, Copy, Debug)]
pub struct Member<'e> {
    pub service: &'e Service,
    pub identity: &'e Identity,
}

/// A service under one rubric on a day.
#[derive(Clone, Debug)]
pub struct RubricState<'e> {
    pub service: &'e Service,
    /// Who the service is on that day.
    pub identity: &'e Identity,
    /// The rubric under which its categories are given: one in force, or another that was asked for.
    pub rubric: &'e Arc<Rubric>,
    /// Whether there had been any assessment under a version of the rubric by that day.
    pub is_assessed: bool,
    pub(super) standings: Vec<Standing<'e>>,
}

impl<'e> RubricState<'e> {
    /// Every category with its standing, in the rubric's order.
    pub fn categories(&self) -> impl Iterator<Item = (CategoryIx, &'e Category, &Standing<'e>)> {
        let rubric: &'e Rubric = self.rubric;
        let pairs = rubric.categories.iter().zip(&self.standings).enumerate();
        pairs.map(|(ix, (category, standing))| (CategoryIx(ix), category, standing))
    }

    /// One category's standing.
    #[must_use]
    pub fn standing(&self, category: CategoryIx) -> &Standing<'e> {
        &self.standings[category.0]
    }

    /// How many categories have each status.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.standings.iter().collect()
    }

    /// The service's one colour under this rubric.
    #[must_use]
    pub fn colour(&self) -> RollUp {
        RollUp::over(&self.standings)
    }
}

/// A service on a day, under each rubric in force.
#[derive(Clone, Debug)]
pub struct ServiceState<'e> {
    pub service: &'e Service,
    /// Who the service is on that day.
    pub identity: &'e Identity,
    /// By the rubrics' ids; at least one.
    pub rubrics: Vec<RubricState<'e>>,
}

impl<'e> ServiceState<'e> {
    /// Whether there had been any assessment by that day.
    #[must_use]
    pub fn is_assessed(&self) -> bool {
        self.rubrics.iter().any(|state| state.is_assessed)
    }

    /// The state under the version in force of one rubric.
    #[must_use]
    pub fn under(&self, rubric: &RubricId) -> Option<&RubricState<'e>> {
        self.rubrics.iter().find(|state| state.rubric.id == *rubric)
    }

    /// Every category with its standing, by rubric and in the rubric's order.
    pub fn categories(&self) -> impl Iterator<Item = (&'e Category, &Standing<'e>)> {
        let states = self.rubrics.iter();
        states.flat_map(|state| state.categories().map(|(_, category, standing)| (category, standing)))
    }

    /// How many categories have each status.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.rubrics.iter().flat_map(|state| &state.standings).collect()
    }

    /// The service's one colour: the worst over its rubrics.
    #[must_use]
    pub fn colour(&self) -> RollUp {
        RollUp::over(self.categories().map(|(_, standing)| standing))
    }
}
