//! What somebody says of a service, before it is written in its file.

use super::{Assessment, CategoryId, Date, RubricKey, Verdict};

/// The ratings of a service on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scoring {
    /// The day; where the service has an assessment of that day, this goes into it.
    pub date: Date,
    /// The rubric that is judged by.
    pub rubric: RubricKey,
    pub by: Vec<String>,
    /// The outside view: who judged with them.
    pub with: Vec<String>,
    /// What was judged, each category once.
    pub scores: Vec<Score>,
    /// What was looked at again and found unchanged.
    pub confirmation: Confirmation,
}

/// The rating of one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    pub category: CategoryId,
    pub verdict: Verdict,
    /// Where it can be seen.
    pub evidence: Vec<String>,
    pub note: Option<String>,
}

/// Which categories are confirmed as unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// Everything that was judged before.
    All,
    /// These categories; none, if there are none.
    These(Vec<CategoryId>),
}

impl Scoring {
    /// Whether there is nothing to record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let confirms = match &self.confirmation {
            Confirmation::All => true,
            Confirmation::These(categories) => !categories.is_empty(),
        };
        self.scores.is_empty() && !confirms
    }

    /// The same scoring on a day that already has an assessment. What agrees with a score of that assessment keeps the
    /// reason, evidence and note given there, unless there are new ones; what says something else replaces it.
    #[must_use]
    pub fn onto(mut self, assessment: &Assessment) -> Self {
        for score in &mut self.scores {
            let is_same = |id: &CategoryId| *id == score.category;
            let mut judged = assessment.judgements.iter();
            let judged = judged.find(|judgement| is_same(&assessment.rubric.category(judgement.category).id));
            let Some(judged) = judged.filter(|judged| judged.verdict.agrees_with(&score.verdict)) else {
                continue;
            };
            let verdict = score.verdict.clone();
            score.verdict = verdict.or_because(judged.verdict.because());
            let is_new = |link: &&String| !judged.evidence.contains(link);
            score.evidence =
                judged.evidence.iter().chain(score.evidence.iter().filter(is_new)).cloned().collect();
            score.note = score.note.take().or_else(|| judged.note.clone());
        }
        self
    }
}
