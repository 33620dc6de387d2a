//! In which order a team is asked: what most needs a look comes first.

use super::{RubricState, Standing, Status};
use crate::model::{CategoryIx, Colour, Date};

/// Why a category needs a look now. The most urgent comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// The bar was raised: what it says now says nothing until it is judged again.
    NeedsRescore,
    /// It is red, and nobody has looked at it on this day.
    Red,
    /// Nobody has looked at it for too long.
    Stale,
    /// Nobody has ever judged it.
    NeverJudged,
}

impl Urgency {
    /// Why a category needs a look on a day, if it does. What is inherited never does: it is the provider's to judge.
    #[must_use]
    pub fn of(standing: &Standing<'_>, today: Date) -> Option<Self> {
        if standing.provider.is_some() {
            return None;
        }
        match standing.status {
            Status::NeedsRescore(_) => Some(Self::NeedsRescore),
            Status::Rated(Colour::Red) if standing.age_in_days(today) != Some(0) => Some(Self::Red),
            Status::Rated(_) if standing.is_stale => Some(Self::Stale),
            Status::NotAssessed => Some(Self::NeverJudged),
            Status::Rated(_) | Status::NotApplicable => None,
        }
    }
}

/// The categories that ask a service, in the order in which a team is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agenda {
    /// What needs a look now, most urgent first; within the same urgency in the rubric's order, which goes pillar by
    /// pillar.
    pub urgent: Vec<(CategoryIx, Urgency)>,
    /// All others, in the rubric's order.
    pub others: Vec<CategoryIx>,
}

impl Agenda {
    /// What there is to ask of a service on a day.
    #[must_use]
    pub fn of(state: &RubricState<'_>, today: Date) -> Self {
        let mut agenda = Self { urgent: Vec::new(), others: Vec::new() };
        for (ix, _, standing) in state.categories().filter(|(_, _, standing)| standing.is_asked()) {
            match Urgency::of(standing, today) {
                Some(urgency) => agenda.urgent.push((ix, urgency)),
                None => agenda.others.push(ix),
            }
        }
        agenda.urgent.sort_by_key(|(ix, urgency)| (*urgency, *ix));
        agenda
    }

    /// Every category, the most urgent first, so that stopping halfway still covers those.
    pub fn all(&self) -> impl Iterator<Item = CategoryIx> {
        self.urgent.iter().map(|(ix, _)| *ix).chain(self.others.iter().copied())
    }
}
