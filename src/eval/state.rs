//! The state of a service on a day.

use std::sync::Arc;

use crate::model::{Category, CategoryIx, Rubric, Service};

use super::{Counts, RollUp, Standing};

/// A service on a day.
#[derive(Clone, Debug)]
pub struct ServiceState<'e> {
    pub service: &'e Service,
    /// The rubric under which its categories are given: that in force, or another that was asked for.
    pub rubric: &'e Arc<Rubric>,
    /// Whether there had been any assessment by that day.
    pub is_assessed: bool,
    pub(super) standings: Vec<Standing<'e>>,
}

impl<'e> ServiceState<'e> {
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

    /// The service's one colour.
    #[must_use]
    pub fn colour(&self) -> RollUp {
        RollUp::of(self.standings.iter().map(|standing| standing.status))
    }
}
