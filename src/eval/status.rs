//! How a category of a service stands on a day.

use crate::model::{Category, CategoryRole, Colour, Date, Rubric, ServiceId};

use super::JudgementRecord;

/// What a category is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Red, amber or green.
    Rated(Colour),
    /// It makes no sense for this service, or its rubric doesn't ask it.
    NotApplicable,
    /// Nobody has judged it.
    NotAssessed,
    /// It had this colour before the rubric raised the bar.
    NeedsRescore(Colour),
}

impl Status {
    /// The colour, if it is rated.
    #[must_use]
    pub fn colour(self) -> Option<Colour> {
        match self {
            Self::Rated(colour) => Some(colour),
            Self::NotApplicable | Self::NotAssessed | Self::NeedsRescore(_) => None,
        }
    }

    /// The word used in output for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Rated(colour) => colour.word(),
            Self::NotApplicable => "not-applicable",
            Self::NotAssessed => "not-assessed",
            Self::NeedsRescore(_) => "needs-rescore",
        }
    }

    /// Worst first; what is unknown is worse than green. For merges, which carry the worst.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Rated(Colour::Red) => 0,
            Self::Rated(Colour::Amber) => 1,
            Self::NeedsRescore(_) => 2,
            Self::NotAssessed => 3,
            Self::Rated(Colour::Green) => 4,
            Self::NotApplicable => 5,
        }
    }
}

/// A category of a service on a day, and where that comes from.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'e> {
    pub status: Status,
    /// The judgement behind it, of this service or of the provider; `None` if there is none.
    pub judged: Option<JudgementRecord<'e>>,
    /// The service that it is inherited from.
    pub provider: Option<&'e ServiceId>,
    /// The rubric that it was judged under, if it was carried over from another version and nobody has looked at it by
    /// this one.
    pub carried_from: Option<&'e Rubric>,
    /// Whether nobody has looked at this colour for too long.
    pub is_stale: bool,
    /// Whether its category counts.
    pub role: CategoryRole,
}

impl<'e> Standing<'e> {
    pub(super) fn without_judgement(status: Status) -> Self {
        Self {
            status,
            judged: None,
            provider: None,
            carried_from: None,
            is_stale: false,
            role: CategoryRole::Counted,
        }
    }

    /// Whether the service is asked: not if its rubric leaves it out and nobody assessed it anyway.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.status != Status::NotApplicable || self.judged.is_some()
    }

    /// The reason given for it.
    #[must_use]
    pub fn because(&self) -> Option<&'e str> {
        self.judged.and_then(|judged| judged.judgement.verdict.because())
    }

    /// Where it can be seen.
    #[must_use]
    pub fn evidence(&self) -> &'e [String] {
        self.judged.map_or(&[], |judged| &judged.judgement.evidence)
    }

    /// Whether it is a green of a category that wants evidence, and nothing says where it can be seen.
    #[must_use]
    pub fn lacks_evidence(&self, category: &Category) -> bool {
        let is_green = self.status == Status::Rated(Colour::Green);
        is_green && !category.evidence.is_met_by(self.evidence())
    }

    /// What else was noted with it.
    #[must_use]
    pub fn note(&self) -> Option<&'e str> {
        self.judged.and_then(|judged| judged.judgement.note.as_deref())
    }

    /// Days since somebody last looked.
    #[must_use]
    pub fn age_in_days(&self, as_of: Date) -> Option<i64> {
        self.judged.map(|judged| as_of.days_since(judged.reviewed))
    }
}
