//! How many of each, now and at the review before.

use crate::eval::{Change, Changes, Counts, RollUp, ServiceCounts, Standing};
use crate::model::{CategoryRole, Identity};

use super::{Membership, Review, Reviewed, ReviewedCategory};

/// How many services and judgements have which colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Services by colour.
    pub services: ServiceCounts,
    /// Judgements by status.
    pub judgements: Counts,
}

/// Some services in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// As they are.
    pub now: Tally,
    /// As they were, under today's rubrics.
    pub before: Tally,
    /// What became of their categories.
    pub changes: Changes,
    /// Services that were never assessed.
    pub never_assessed: usize,
    /// Services with a stale colour.
    pub with_stale: usize,
    /// Services that were not reviewed since the previous review.
    pub not_looked_at: usize,
    /// Services that moved to another rubric.
    pub moved: usize,
}

impl Review<'_> {
    /// Adds up the services that are, or were at the review before, what `is_meant` says.
    #[must_use]
    pub fn glance(&self, is_meant: impl Fn(&Identity) -> bool) -> Glance {
        let mut glance = Glance::default();
        for reviewed in &self.services {
            if is_meant(reviewed.identity) {
                glance.add_now(reviewed);
            }
            if let Membership::Selected(was) = reviewed.membership_before
                && is_meant(was)
            {
                glance.before.add(reviewed.before());
            }
        }
        for departed in self.departed.iter().filter(|departed| is_meant(departed.was)) {
            glance.before.add(&departed.before);
        }
        glance
    }
}

impl Glance {
    /// One service, wherever it was at the review before.
    #[must_use]
    pub fn of_service(reviewed: &Reviewed<'_>) -> Self {
        let mut glance = Self::default();
        glance.add_now(reviewed);
        match reviewed.membership_before {
            Membership::Selected(_) | Membership::Elsewhere(_) => {
                glance.before.add(reviewed.before());
            }
            Membership::Nowhere => {}
        }
        glance
    }

    fn add_now(&mut self, reviewed: &Reviewed<'_>) {
        let mut has_stale = false;
        for ReviewedCategory { before, now, .. } in reviewed.categories() {
            if now.role == CategoryRole::Advisory {
                continue;
            }
            self.changes.add(Change::between(before.status, now.status));
            has_stale |= now.is_stale;
        }
        self.now.add(reviewed.categories().map(|found| found.now));
        let latest = reviewed.service.latest_assessment(reviewed.today);
        self.never_assessed += usize::from(latest.is_none());
        self.not_looked_at += usize::from(latest.is_none_or(|latest| latest.date <= reviewed.since));
        self.with_stale += usize::from(has_stale);
        self.moved += usize::from(reviewed.has_moved);
    }
}

impl Tally {
    /// Adds a service with these categories.
    fn add<'s, 'e: 's>(&mut self, standings: impl IntoIterator<Item = &'s Standing<'e>>) {
        let standings = standings.into_iter().inspect(|standing| self.judgements.add(standing));
        self.services.add(RollUp::over(standings));
    }
}
