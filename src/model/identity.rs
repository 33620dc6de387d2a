//! Who a service is, from day to day: a past figure counts it as what it was then.

use super::{Criticality, Date, DomainId, PlatformId, RubricId, Scope};
use crate::source::Span;

/// Who a service is during a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The domain in which it is reviewed.
    pub domain: DomainId,
    /// The platform or team that owns it.
    pub platform: PlatformId,
    pub owner: Option<String>,
    /// Free labels that filters and rubrics may use.
    pub tags: Vec<String>,
    /// What an outage would cost.
    pub criticality: Criticality,
    /// Whether customers can't browse and buy without it. Always of the top criticality.
    pub golden_thread: bool,
    /// The rubrics that count; `None` for all that its assessments use.
    pub rubrics: Option<Vec<RubricId>>,
    pub retired: Option<Retirement>,
}

impl Identity {
    /// What it is, as far as the gate's policy cares.
    #[must_use]
    pub fn scope(&self) -> Scope<'_> {
        Scope { golden_thread: self.golden_thread, domain: &self.domain, criticality: &self.criticality }
    }
}

/// The end of a service.
#[derive(Clone, Debug)]
pub struct Retirement {
    /// The first day on which it is in no count.
    pub on: Date,
    pub because: Option<String>,
    /// Where the day is written.
    pub span: Span,
}

/// Wherever they are written.
impl PartialEq for Retirement {
    fn eq(&self, other: &Self) -> bool {
        (self.on, &self.because) == (other.on, &other.because)
    }
}

impl Eq for Retirement {}

/// Who a service was, up to and including a day.
#[derive(Clone, Debug)]
pub struct PastIdentity {
    pub until: Date,
    pub identity: Identity,
    /// Where the day is written.
    pub span: Span,
}

/// Who a service is, and who it was before.
#[derive(Clone, Debug)]
pub struct Identities {
    /// Oldest first; no two end on the same day.
    previously: Vec<PastIdentity>,
    latest: Identity,
}

impl Identities {
    /// The identities of a service; the order of the past ones doesn't matter.
    #[must_use]
    pub fn new(latest: Identity, mut previously: Vec<PastIdentity>) -> Self {
        previously.sort_by_key(|past| past.until);
        Self { previously, latest }
    }

    /// Who it is on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> &Identity {
        let ended = self.previously.partition_point(|past| past.until < day);
        self.previously.get(ended).map_or(&self.latest, |past| &past.identity)
    }

    /// Who it is after all that is written of the past: what a new entry would take the place of.
    #[must_use]
    pub fn latest(&self) -> &Identity {
        &self.latest
    }

    /// Who it was, oldest first.
    #[must_use]
    pub fn previously(&self) -> &[PastIdentity] {
        &self.previously
    }

    /// Who it was on any day up to and including one.
    pub fn until(&self, day: Date) -> impl Iterator<Item = &Identity> {
        let begun = 1 + self.previously.partition_point(|past| past.until < day);
        self.all().take(begun)
    }

    /// Who it ever was and is.
    pub fn all(&self) -> impl Iterator<Item = &Identity> {
        self.previously.iter().map(|past| &past.identity).chain([&self.latest])
    }
}
