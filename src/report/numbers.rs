//! Counts, as every JSON document names them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::eval::{Changes, Counts, ServiceCounts};

/// Services by their worst colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Services {
    /// At least one red.
    pub red: usize,
    /// Amber at worst.
    pub amber: usize,
    /// All green.
    pub green: usize,
    /// Neither red nor amber, with gaps.
    pub incomplete: usize,
    /// Nothing assessed.
    pub not_assessed: usize,
    /// Nothing applicable.
    pub not_applicable: usize,
}

/// Judgements by status, and their denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Judgements {
    /// Red ones.
    pub red: usize,
    /// Amber ones.
    pub amber: usize,
    /// Green ones.
    pub green: usize,
    /// Not applicable; outside the denominator.
    pub not_applicable: usize,
    /// Never judged.
    pub not_assessed: usize,
    /// Judged before the bar was raised.
    pub needs_rescore: usize,
    /// The denominator: everything that should have a colour.
    pub applicable: usize,
    /// Of red, amber and green: those that nobody has looked at for too long.
    pub stale: usize,
    /// Of those that were judged: those that were carried over from another version of the rubric.
    pub carried: usize,
}

/// How many categories changed in each way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCounts {
    /// To red.
    pub dropped: usize,
    /// From green to amber.
    pub slipped: usize,
    /// To a better colour.
    pub improved: usize,
    /// From no colour to one.
    pub first_rated: usize,
    /// From a colour to none.
    pub no_longer_rated: usize,
}

impl From<&Counts> for Judgements {
    fn from(counts: &Counts) -> Self {
        Self {
            red: counts.red,
            amber: counts.amber,
            green: counts.green,
            not_applicable: counts.not_applicable,
            not_assessed: counts.not_assessed,
            needs_rescore: counts.needs_rescore,
            applicable: counts.applicable(),
            stale: counts.stale,
            carried: counts.carried,
        }
    }
}

impl From<&ServiceCounts> for Services {
    fn from(counts: &ServiceCounts) -> Self {
        Self {
            red: counts.red,
            amber: counts.amber,
            green: counts.green,
            incomplete: counts.incomplete,
            not_assessed: counts.not_assessed,
            not_applicable: counts.not_applicable,
        }
    }
}

impl From<&Changes> for ChangeCounts {
    fn from(changes: &Changes) -> Self {
        Self {
            dropped: changes.dropped,
            slipped: changes.slipped,
            improved: changes.improved,
            first_rated: changes.first_rated,
            no_longer_rated: changes.no_longer_rated,
        }
    }
}
