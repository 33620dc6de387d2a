//! How many of each, now and at the review before.

use crate::eval::{Change, Changes, Counts, RollUp, ServiceCounts};

use super::Reviewed;

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

impl Glance {
    /// Adds up.
    pub fn of<'r, 'e: 'r>(services: impl IntoIterator<Item = &'r Reviewed<'e>>) -> Self {
        let mut glance = Self::default();
        services.into_iter().for_each(|reviewed| glance.add(reviewed));
        glance
    }

    fn add(&mut self, reviewed: &Reviewed<'_>) {
        let mut stale = false;
        for (_, before, now) in reviewed.categories() {
            self.before.judgements.add(before);
            self.now.judgements.add(now);
            self.changes.add(Change::between(before.status, now.status));
            stale |= now.is_stale;
        }
        let colour_before = RollUp::of(reviewed.categories().map(|(_, before, _)| before.status));
        self.before.services.add(colour_before);
        self.now.services.add(reviewed.colour());
        let latest = reviewed.service.latest_assessment(reviewed.today);
        self.never_assessed += usize::from(latest.is_none());
        self.not_looked_at += usize::from(latest.is_none_or(|latest| latest.date <= reviewed.since));
        self.with_stale += usize::from(stale);
        self.moved += usize::from(reviewed.has_moved);
    }
}
