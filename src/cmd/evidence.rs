//! Greens without the evidence that their categories want.

use super::stop::Result;
use super::{Context, Verbosity};
use crate::eval::service_state_in;
use crate::model::{CategoryId, Confirmation, Estate, EvidenceNeed, Scoring, ServiceId};
use crate::text::list_some;

/// Categories whose green lacks evidence once a scoring is written.
#[derive(Debug, Default)]
pub(super) struct UnseenGreens {
    /// Scored by it.
    scored: Vec<CategoryId>,
    /// Confirmed by it.
    confirmed: Vec<CategoryId>,
}

impl UnseenGreens {
    /// Adds those of a scoring of a service, in the estate that has it.
    pub fn add(&mut self, scoring: &Scoring, service: &ServiceId, estate: &Estate) {
        let service = estate.service(service.as_str());
        let Some((service, rubric)) = service.zip(estate.rubrics.get(&scoring.rubric)) else { return };
        // States take time, and few rubrics want evidence.
        if rubric.categories.iter().all(|category| category.evidence == EvidenceNeed::Optional) {
            return;
        }
        let state = service_state_in(estate, service, scoring.date, rubric);
        for (_, category, standing) in state.categories() {
            // What is inherited is the provider's to show.
            if standing.provider.is_some() || !standing.lacks_evidence(category) {
                continue;
            }
            let id = &category.id;
            let is_confirmed = match &scoring.confirmation {
                Confirmation::All => true,
                Confirmation::These(categories) => categories.contains(id),
            };
            if scoring.scores.iter().any(|score| score.category == *id) {
                self.scored.push(id.clone());
            } else if is_confirmed {
                self.confirmed.push(id.clone());
            }
        }
    }

    /// Warns of them.
    pub fn warn(&self, context: &mut Context<'_>) -> Result<()> {
        let advice = [
            (&self.scored, "add `--evidence`"),
            (&self.confirmed, "say where it can be seen, `--set CATEGORY=green --evidence …`"),
        ];
        for (categories, advice) in advice {
            if categories.is_empty() || context.verbosity == Verbosity::Quiet {
                continue;
            }
            let mut names: Vec<_> = categories.iter().map(CategoryId::as_str).collect();
            names.sort_unstable();
            names.dedup();
            writeln!(context.err, "warning: a green of {} needs evidence: {advice}", list_some(&names))?;
        }
        Ok(())
    }
}
