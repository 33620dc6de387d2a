//! The effect of a change to a service, before it is written.

use std::sync::Arc;

use crate::model::{Category, Date, Estate, Rubric, Service};

use super::{Change, RubricState, Standing, service_state_in};

/// A service before and after a change, under one rubric.
#[derive(Clone, Debug)]
pub struct WhatIf<'e> {
    pub before: RubricState<'e>,
    pub after: RubricState<'e>,
}

/// A category that would be something else.
#[derive(Clone, Copy, Debug)]
pub struct ColourChange<'e> {
    pub category: &'e Category,
    pub before: Standing<'e>,
    /// What it would be.
    pub after: Standing<'e>,
    /// What becomes of its colour.
    pub change: Change,
}

impl<'e> WhatIf<'e> {
    /// Compares a service as one estate has it with the same service as the other has it, under a rubric of the latter.
    #[must_use]
    pub fn new(
        before: (&'e Estate, &'e Service),
        after: (&'e Estate, &'e Service),
        rubric: &'e Arc<Rubric>,
        today: Date,
    ) -> Self {
        let [before, after] =
            [before, after].map(|(estate, service)| service_state_in(estate, service, today, rubric));
        Self { before, after }
    }

    /// The categories that would be something else, in the rubric's order.
    pub fn turned(&self) -> impl Iterator<Item = ColourChange<'e>> {
        let pairs = self.before.categories().zip(self.after.categories());
        pairs.filter_map(|((_, _, before), (_, category, after))| {
            let is_same = before.status == after.status && before.provider == after.provider;
            let change = Change::between(before.status, after.status);
            (!is_same).then_some(ColourChange { category, before: *before, after: *after, change })
        })
    }

    /// How many categories somebody looks at and finds as they were.
    #[must_use]
    pub fn looked_at_again(&self) -> usize {
        let pairs = self.before.categories().zip(self.after.categories());
        let is_newer = |(before, after): (&Standing<'_>, &Standing<'_>)| {
            let day = |standing: &Standing<'_>| standing.judged.map(|judged| judged.reviewed);
            before.status == after.status && before.provider.is_none() && day(before) < day(after)
        };
        pairs.filter(|((_, _, before), (_, _, after))| is_newer((before, after))).count()
    }
}
