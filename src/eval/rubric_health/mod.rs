//! What judgements across the estate say about a rubric's questions: which of them its owners should look at.
//!
//! It is about questions, never about teams. Where too few services have answered, nothing is claimed.

mod tally;
mod turns;

use std::cmp::Ordering;
use std::ops::AddAssign;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{Category, Date, Estate, Pillar, Rubric};

use super::{Counts, Selection};
use tally::{CategoryTally, Window, tallies};

/// How many services a sign must be about at least: fewer are a coincidence.
pub const ENOUGH_SERVICES: usize = 3;

/// How many services must have changed direction before a question is contested: one may have its own reasons.
pub const ENOUGH_TURNED: usize = 2;

/// What may be wrong with a question; what to look at first comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignKind {
    /// At least half of the services with a colour are red, and no guidance is linked.
    RedWithoutGuidance,
    /// It wants evidence, and a service is green without.
    GreenWithoutEvidence,
    /// A quarter of the services that gave it a colour, and two at least, changed direction.
    Contested,
    /// More than half of the services that it applies to have no colour.
    MostlyUnjudged,
    /// It is not applicable for more than half of the services that are asked.
    MostlyNotApplicable,
    /// More than half of the services that judged it long ago have not looked at it since.
    NeverConfirmed,
    /// Every colour is green and was nothing else, for most services that it applies to.
    AlwaysGreen,
}

impl SignKind {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::RedWithoutGuidance,
        Self::GreenWithoutEvidence,
        Self::Contested,
        Self::MostlyUnjudged,
        Self::MostlyNotApplicable,
        Self::NeverConfirmed,
        Self::AlwaysGreen,
    ];

    /// The word used in machine-readable output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::RedWithoutGuidance => "red-without-guidance",
            Self::GreenWithoutEvidence => "green-without-evidence",
            Self::Contested => "contested",
            Self::MostlyUnjudged => "mostly-unjudged",
            Self::MostlyNotApplicable => "mostly-not-applicable",
            Self::NeverConfirmed => "never-confirmed",
            Self::AlwaysGreen => "always-green",
        }
    }
}

/// A number of services out of a total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fraction {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
}

impl Fraction {
    /// Whether the whole is large enough to say anything.
    fn tells(self) -> bool {
        self.of >= ENOUGH_SERVICES
    }

    /// Compares how large a part they are; of the same part the one of more services is the larger.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        (self.count * other.of).cmp(&(other.count * self.of)).then(self.of.cmp(&other.of))
    }

    fn is_most(self) -> bool {
        self.tells() && 2 * self.count > self.of
    }
}

impl AddAssign for Fraction {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.of += other.of;
    }
}

/// A sign that a question needs work, and how many services it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    pub kind: SignKind,
    /// For how many services, of those that it could be.
    pub share: Fraction,
}

/// What is known of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// There is something to look at.
    Signs,
    /// Nothing stands out.
    Unremarkable,
    /// Too few services have a colour: nothing stands out, and nothing could.
    TooFew,
}

/// One category, over services.
#[derive(Clone, Debug)]
pub struct CategoryHealth<'e> {
    pub category: &'e Category,
    pub pillar: &'e Pillar,
    /// The services that are asked, by status.
    pub counts: Counts,
    /// How often services changed direction.
    pub turns: usize,
    /// What stands out, in the order of [`SignKind::ALL`].
    pub signs: Vec<Sign>,
}

impl CategoryHealth<'_> {
    /// What is known of it.
    #[must_use]
    pub fn outlook(&self) -> Outlook {
        if !self.signs.is_empty() {
            Outlook::Signs
        } else if self.counts.rated() < ENOUGH_SERVICES {
            Outlook::TooFew
        } else {
            Outlook::Unremarkable
        }
    }
}

/// The selected services.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Population {
    /// Judged by this rubric, or by an older version of it: these are looked at.
    pub looked_at: usize,
    /// Not assessed by anything yet.
    pub never_assessed: usize,
    /// Judged by another rubric, or by a newer version.
    pub elsewhere: usize,
}

/// A rubric's questions, as services answered them.
#[derive(Clone, Debug)]
pub struct RubricHealth<'e> {
    pub rubric: &'e Rubric,
    /// The day from which movement is looked at.
    pub since: Date,
    /// The day that states are of.
    pub as_of: Date,
    pub services: Population,
    /// The selected categories, in the rubric's order.
    pub categories: Vec<CategoryHealth<'e>>,
}

/// Looks at the selected categories of a rubric as the selected services answered them.
#[must_use]
pub fn rubric_health<'e>(
    estate: &'e Estate,
    selection: &Selection,
    rubric: &'e Arc<Rubric>,
    since: Date,
    as_of: Date,
) -> RubricHealth<'e> {
    let mut services = Population::default();
    let mut looked_at = Vec::new();
    for service in selection.services(estate, as_of) {
        let own = service.latest_assessment_by(&rubric.id, as_of);
        match own.or_else(|| service.latest_assessment(as_of)).map(|assessment| &assessment.rubric) {
            None => services.never_assessed += 1,
            Some(by) if by.id == rubric.id && by.version.major <= rubric.version.major => {
                services.looked_at += 1;
                looked_at.push(service);
            }
            Some(_) => services.elsewhere += 1,
        }
    }
    let window = Window::new(estate, since, as_of);
    let none = || vec![CategoryTally::default(); rubric.categories.len()];
    let add = |sums: Vec<CategoryTally>, more: Vec<CategoryTally>| {
        sums.into_iter()
            .zip(more)
            .map(|(mut sum, more)| {
                sum += more;
                sum
            })
            .collect()
    };
    let tallies = looked_at.into_par_iter().map(|service| tallies(estate, service, rubric, &window));
    let tallies = tallies.reduce(none, add);
    let categories = rubric.categories.iter().zip(tallies);
    let categories = categories.filter(|(category, _)| selection.includes_category(rubric, category));
    let categories = categories.map(|(category, tally)| CategoryHealth {
        category,
        pillar: rubric.pillar_of(category),
        counts: tally.counts,
        turns: tally.turns,
        signs: tally.signs(category),
    });
    RubricHealth { rubric, since, as_of, services, categories: categories.collect() }
}
