//! From many statuses to one.

use crate::model::{CategoryRole, Colour};

use super::{Standing, Status};

/// The worst of several statuses. Green is earned: it needs every applicable category to be green.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RollUp {
    /// At least one is red.
    Red,
    /// None is red, at least one is amber.
    Amber,
    /// None is red or amber, but not all are known.
    Incomplete,
    /// Nothing applicable has been assessed.
    NotAssessed,
    /// Everything applicable is green.
    Green,
    NotApplicable,
}

impl RollUp {
    /// Every value, worst first.
    pub const ALL: [Self; 6] =
        [Self::Red, Self::Amber, Self::Incomplete, Self::NotAssessed, Self::Green, Self::NotApplicable];

    /// Rolls up; of nothing at all it is not applicable.
    pub fn of(statuses: impl IntoIterator<Item = Status>) -> Self {
        let (mut worst, mut unknown, mut unassessed_only) = (None::<Colour>, false, true);
        for status in statuses {
            match status {
                Status::Rated(colour) => {
                    worst = Some(worst.map_or(colour, |worst| worst.min(colour)));
                    unassessed_only = false;
                }
                Status::NeedsRescore(_) => {
                    unknown = true;
                    unassessed_only = false;
                }
                Status::NotAssessed => unknown = true,
                Status::NotApplicable => {}
            }
        }
        match (worst, unknown) {
            (Some(Colour::Red), _) => Self::Red,
            (Some(Colour::Amber), _) => Self::Amber,
            (Some(Colour::Green), false) => Self::Green,
            (None, true) if unassessed_only => Self::NotAssessed,
            (Some(Colour::Green) | None, true) => Self::Incomplete,
            (None, false) => Self::NotApplicable,
        }
    }

    /// Rolls up standings; advisory ones don't count.
    pub fn over<'s, 'e: 's>(standings: impl IntoIterator<Item = &'s Standing<'e>>) -> Self {
        let counted = standings.into_iter().filter(|standing| standing.role == CategoryRole::Counted);
        Self::of(counted.map(|standing| standing.status))
    }

    /// The word used in machine-readable output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Incomplete => "incomplete",
            Self::NotAssessed => "not-assessed",
            Self::Green => "green",
            Self::NotApplicable => "not-applicable",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Status = Status::Rated(Colour::Red);
    const AMBER: Status = Status::Rated(Colour::Amber);
    const GREEN: Status = Status::Rated(Colour::Green);

    #[test]
    fn the_worst_colour_wins() {
        assert_eq!(RollUp::of([GREEN, RED, AMBER, Status::NotAssessed]), RollUp::Red);
        assert_eq!(RollUp::of([GREEN, AMBER, Status::NotAssessed]), RollUp::Amber);
    }

    #[test]
    fn green_is_earned_by_every_applicable_category() {
        assert_eq!(RollUp::of([GREEN, GREEN, Status::NotApplicable]), RollUp::Green);
        assert_eq!(RollUp::of([GREEN, Status::NotAssessed]), RollUp::Incomplete);
        assert_eq!(RollUp::of([GREEN, Status::NeedsRescore(Colour::Green)]), RollUp::Incomplete);
    }

    #[test]
    fn nothing_known_is_never_good() {
        assert_eq!(RollUp::of([Status::NotAssessed, Status::NotApplicable]), RollUp::NotAssessed);
        assert_eq!(RollUp::of([Status::NeedsRescore(Colour::Green)]), RollUp::Incomplete);
        assert_eq!(RollUp::of([Status::NotApplicable]), RollUp::NotApplicable);
        assert_eq!(RollUp::of([]), RollUp::NotApplicable);
    }
}
