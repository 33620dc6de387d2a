//! What became of a category between two days.

use std::ops::AddAssign;

use crate::model::Colour;

use super::Status;

/// What became of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Red now, amber or green before.
    Dropped,
    /// Amber now, green before.
    Slipped,
    /// A better colour than before.
    Improved,
    /// A colour where there was none: news, neither good nor bad.
    FirstRated,
    /// No colour where there was one.
    NoLongerRated,
    /// Nothing to tell.
    Unchanged,
}

impl Change {
    /// Compares two statuses in terms of the same rubric.
    #[must_use]
    pub fn between(before: Status, now: Status) -> Self {
        match (before.colour(), now.colour()) {
            (Some(before), Some(now)) if now > before => Self::Improved,
            (Some(before), Some(Colour::Red)) if before > Colour::Red => Self::Dropped,
            (Some(before), Some(now)) if now < before => Self::Slipped,
            (None, Some(_)) => Self::FirstRated,
            (Some(_), None) => Self::NoLongerRated,
            (Some(_), Some(_)) | (None, None) => Self::Unchanged,
        }
    }
}

/// How many categories changed in each way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// To red.
    pub dropped: usize,
    /// From green to amber.
    pub slipped: usize,
    /// To a better colour.
    pub improved: usize,
    /// From no colour to one: its first, or the first since the bar was raised.
    pub first_rated: usize,
    /// From a colour to none.
    pub no_longer_rated: usize,
}

impl Changes {
    /// Counts one change.
    pub fn add(&mut self, change: Change) {
        match change {
            Change::Dropped => self.dropped += 1,
            Change::Slipped => self.slipped += 1,
            Change::Improved => self.improved += 1,
            Change::FirstRated => self.first_rated += 1,
            Change::NoLongerRated => self.no_longer_rated += 1,
            Change::Unchanged => {}
        }
    }
}

impl AddAssign for Changes {
    fn add_assign(&mut self, other: Self) {
        self.dropped += other.dropped;
        self.slipped += other.slipped;
        self.improved += other.improved;
        self.first_rated += other.first_rated;
        self.no_longer_rated += other.no_longer_rated;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Status = Status::Rated(Colour::Red);
    const AMBER: Status = Status::Rated(Colour::Amber);
    const GREEN: Status = Status::Rated(Colour::Green);

    #[test]
    fn a_drop_is_red_now_and_amber_or_green_before() {
        assert_eq!(Change::between(AMBER, RED), Change::Dropped);
        assert_eq!(Change::between(GREEN, RED), Change::Dropped);
        assert_eq!(Change::between(RED, RED), Change::Unchanged);
    }

    #[test]
    fn a_first_red_is_news_not_a_drop() {
        for before in [Status::NotAssessed, Status::NotApplicable, Status::NeedsRescore(Colour::Green)] {
            assert_eq!(Change::between(before, RED), Change::FirstRated);
        }
    }

    #[test]
    fn green_to_amber_is_a_slip() {
        assert_eq!(Change::between(GREEN, AMBER), Change::Slipped);
    }

    #[test]
    fn losing_a_colour_is_not_an_improvement() {
        assert_eq!(Change::between(RED, Status::NotApplicable), Change::NoLongerRated);
        assert_eq!(Change::between(RED, Status::NotAssessed), Change::NoLongerRated);
    }
}
