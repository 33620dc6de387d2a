//! Counts of judgements, as every JSON document names them.

use serde::Serialize;

use crate::score::Counts;

/// How many judgements have each status, and their denominator.
#[derive(Serialize)]
pub(super) struct Judgements {
    red: usize,
    amber: usize,
    green: usize,
    not_applicable: usize,
    not_assessed: usize,
    needs_rescore: usize,
    applicable: usize,
    stale: usize,
    carried: usize,
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
