//! How many of each: always with what they are counted out of.

use std::ops::AddAssign;

use crate::model::{CategoryRole, Colour};

use super::{RollUp, Standing, Status};

/// Judgements (service × category) by status. Inherited ones count as what they resolve to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub red: usize,
    pub amber: usize,
    pub green: usize,
    /// Not applicable; outside the denominator.
    pub not_applicable: usize,
    /// Never judged.
    pub not_assessed: usize,
    /// Judged before the bar was raised.
    pub needs_rescore: usize,
    /// Of red, amber and green: those that nobody has looked at for too long.
    pub stale: usize,
    /// Of red, amber, green and in need of a re-score: those that were carried over from another version of the rubric, and
    /// that nobody has looked at by this one.
    pub carried: usize,
}

impl Counts {
    /// The denominator: everything that should have a colour.
    #[must_use]
    pub fn applicable(&self) -> usize {
        self.red + self.amber + self.green + self.not_assessed + self.needs_rescore
    }

    /// Those that have a colour.
    #[must_use]
    pub fn rated(&self) -> usize {
        self.red + self.amber + self.green
    }

    /// From 0 to 1, the green share of what is applicable; `None` where nothing is rated: a gap, not a zero.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "an estate has far fewer than 2^52 judgements")]
    pub fn green_share(&self) -> Option<f64> {
        (self.rated() > 0).then(|| self.green as f64 / self.applicable() as f64)
    }

    /// From 0 to 1, how far all that is applicable is from red, amber being halfway to green; `None` where nothing is rated.
    /// For what is about one category: its green share can't tell amber from red.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "an estate has far fewer than 2^52 judgements")]
    pub fn mean_colour(&self) -> Option<f64> {
        (self.rated() > 0).then(|| (self.green as f64 + self.amber as f64 / 2.0) / self.applicable() as f64)
    }

    /// Counts one standing, if its category counts.
    pub fn add(&mut self, standing: &Standing<'_>) {
        match standing.role {
            CategoryRole::Counted => self.add_any(standing),
            CategoryRole::Advisory => {}
        }
    }

    /// Counts one standing where all are about one category, advisory or not.
    pub fn add_any(&mut self, standing: &Standing<'_>) {
        let place = match standing.status {
            Status::Rated(Colour::Red) => &mut self.red,
            Status::Rated(Colour::Amber) => &mut self.amber,
            Status::Rated(Colour::Green) => &mut self.green,
            Status::NotApplicable => &mut self.not_applicable,
            Status::NotAssessed => &mut self.not_assessed,
            Status::NeedsRescore(_) => &mut self.needs_rescore,
        };
        *place += 1;
        self.stale += usize::from(standing.is_stale);
        let is_judged = matches!(standing.status, Status::Rated(_) | Status::NeedsRescore(_));
        self.carried += usize::from(is_judged && standing.carried_from.is_some());
    }
}

impl Counts {
    /// Counts standings in one category, advisory or not.
    #[must_use]
    pub fn in_category<'s, 'e: 's>(standings: impl IntoIterator<Item = &'s Standing<'e>>) -> Self {
        let mut counts = Self::default();
        standings.into_iter().for_each(|standing| counts.add_any(standing));
        counts
    }
}

impl<'s, 'e: 's> FromIterator<&'s Standing<'e>> for Counts {
    fn from_iter<I: IntoIterator<Item = &'s Standing<'e>>>(standings: I) -> Self {
        let mut counts = Self::default();
        standings.into_iter().for_each(|standing| counts.add(standing));
        counts
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.red += other.red;
        self.amber += other.amber;
        self.green += other.green;
        self.not_applicable += other.not_applicable;
        self.not_assessed += other.not_assessed;
        self.needs_rescore += other.needs_rescore;
        self.stale += other.stale;
        self.carried += other.carried;
    }
}

/// Services by their roll-up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServiceCounts {
    /// At least one red.
    pub red: usize,
    /// Amber at worst.
    pub amber: usize,
    /// All green.
    pub green: usize,
    /// No red or amber, with gaps.
    pub incomplete: usize,
    pub not_assessed: usize,
    pub not_applicable: usize,
}

impl ServiceCounts {
    /// How many are of one colour.
    #[must_use]
    pub fn count(&self, colour: RollUp) -> usize {
        match colour {
            RollUp::Red => self.red,
            RollUp::Amber => self.amber,
            RollUp::Green => self.green,
            RollUp::Incomplete => self.incomplete,
            RollUp::NotAssessed => self.not_assessed,
            RollUp::NotApplicable => self.not_applicable,
        }
    }

    /// Counts one service.
    pub fn add(&mut self, colour: RollUp) {
        let place = match colour {
            RollUp::Red => &mut self.red,
            RollUp::Amber => &mut self.amber,
            RollUp::Green => &mut self.green,
            RollUp::Incomplete => &mut self.incomplete,
            RollUp::NotAssessed => &mut self.not_assessed,
            RollUp::NotApplicable => &mut self.not_applicable,
        };
        *place += 1;
    }

    /// Services with none of the three colours.
    #[must_use]
    pub fn other(&self) -> usize {
        self.incomplete + self.not_assessed + self.not_applicable
    }

    /// How many services were counted.
    #[must_use]
    pub fn total(&self) -> usize {
        self.red + self.amber + self.green + self.other()
    }
}

impl AddAssign for ServiceCounts {
    fn add_assign(&mut self, other: Self) {
        self.red += other.red;
        self.amber += other.amber;
        self.green += other.green;
        self.incomplete += other.incomplete;
        self.not_assessed += other.not_assessed;
        self.not_applicable += other.not_applicable;
    }
}
