//! Greens without the evidence that their categories want.

use super::stop::Result;
use super::{Context, Verbosity};
use crate::model::{CategoryId, Colour, EvidenceNeed, Rating, Rubric, Score};
use crate::text::list_some;

/// The categories in which a green lacks evidence.
pub(super) fn lacking(scores: &[Score], rubric: &Rubric) -> Vec<CategoryId> {
    let lacks = scores.iter().filter(|score| lacks_evidence(score, rubric));
    lacks.map(|score| score.category.clone()).collect()
}

fn lacks_evidence(score: &Score, rubric: &Rubric) -> bool {
    let is_wanted = rubric.find(score.category.as_str()).map(|ix| rubric.category(ix).evidence);
    is_wanted == Some(EvidenceNeed::Required)
        && score.verdict.rating() == Rating::Colour(Colour::Green)
        && score.evidence.is_empty()
}

/// Warns of categories in which a green lacks evidence.
pub(super) fn warn(categories: &[CategoryId], context: &mut Context<'_>) -> Result<()> {
    if !categories.is_empty() && context.verbosity != Verbosity::Quiet {
        let mut names: Vec<_> = categories.iter().map(CategoryId::as_str).collect();
        names.sort_unstable();
        names.dedup();
        writeln!(context.err, "warning: a green of {} needs evidence: add `--evidence`", list_some(&names))?;
    }
    Ok(())
}
