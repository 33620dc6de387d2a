//! Which services a category asks, or a rubric is required of.

use super::{Criticality, Date, Identity, RubricId};
use crate::source::Span;

/// Which services a category asks. An empty list asks everyone.
#[derive(Clone, Debug, Default)]
pub struct AppliesTo {
    /// Only services of one of these levels.
    pub criticality: Vec<Criticality>,
    pub tags: TagCondition,
    /// Where this is written, if it is.
    pub span: Option<Span>,
}

/// Which tags a service must have. An empty list demands none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagCondition {
    /// At least one of these.
    pub any: Vec<String>,
    /// Each of these.
    pub all: Vec<String>,
}

/// A rubric that services must be assessed under.
#[derive(Clone, Debug)]
pub struct Requirement {
    pub rubric: RubricId,
    /// Which services.
    pub of: AppliesTo,
    /// The day from which it counts.
    pub from: Date,
    /// Where the rubric is named.
    pub span: Span,
}

impl AppliesTo {
    /// Whether a service is asked while it is this.
    #[must_use]
    pub fn asks(&self, identity: &Identity) -> bool {
        let Identity { criticality, tags, .. } = identity;
        let level = self.criticality.is_empty() || self.criticality.contains(criticality);
        level && self.tags.is_met_by(tags)
    }

    /// Which services are asked, in words; `None` if all are.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        let levels: Vec<_> = self.criticality.iter().map(Criticality::name).collect();
        match (joined(&levels, "or"), self.tags.in_words()) {
            (None, None) => None,
            (Some(levels), None) => Some(format!("only {levels} services")),
            (None, Some(tags)) => Some(format!("only services tagged {tags}")),
            (Some(levels), Some(tags)) => Some(format!("only {levels} services tagged {tags}")),
        }
    }
}

impl TagCondition {
    /// Whether a service with these tags, and perhaps others, has what it must.
    #[must_use]
    pub fn is_met_by(&self, tags: &[String]) -> bool {
        let any = self.any.is_empty() || self.any.iter().any(|tag| tags.contains(tag));
        any && self.all.iter().all(|tag| tags.contains(tag))
    }

    /// Every tag that is named.
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.any.iter().chain(&self.all)
    }

    fn in_words(&self) -> Option<String> {
        let names =
            |tags: &[String], word| joined(&tags.iter().map(String::as_str).collect::<Vec<_>>(), word);
        match (names(&self.all, "and"), names(&self.any, "or")) {
            (None, None) => None,
            (Some(only), None) | (None, Some(only)) => Some(only),
            (Some(all), Some(any)) => Some(format!("{all}, and also {any}")),
        }
    }
}

/// `a, b or c`; `None` for none.
fn joined(names: &[&str], word: &str) -> Option<String> {
    match names {
        [] => None,
        [only] => Some((*only).to_owned()),
        [before @ .., last] => Some(format!("{} {word} {last}", before.join(", "))),
    }
}
