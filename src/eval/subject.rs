//! What a row of a trend is about.

use clap::ValueEnum;

use crate::model::{CategoryId, CategoryRole, DomainId, Identity, PillarId, PlatformId, RubricId, ServiceId};

use super::names::Name;
use super::{Counts, Member, Selection, Standing};

/// What a row of a trend stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// A service.
    Service,
    /// A platform.
    Platform,
    /// A domain.
    Domain,
    /// A pillar.
    Pillar,
    /// A category.
    Category,
}

/// What a row is about. What it adds up over is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// The domain, if all of it lies in one by definition.
    pub domain: Option<DomainId>,
    /// The platform likewise.
    pub platform: Option<PlatformId>,
    /// The service likewise.
    pub service: Option<ServiceId>,
    /// The pillar likewise.
    pub pillar: Option<PillarId>,
    /// The category likewise.
    pub category: Option<CategoryId>,
    /// The rubric of the pillar or category, or the only one that is selected.
    pub rubric: Option<RubricId>,
}

impl Subject {
    /// Whether a service that is this belongs to the domain and the platform, if they are named.
    pub(super) fn may_hold(&self, identity: &Identity) -> bool {
        self.domain.as_ref().is_none_or(|domain| *domain == identity.domain)
            && self.platform.as_ref().is_none_or(|platform| *platform == identity.platform)
    }

    /// The height of the bar for these counts of the subject, from 0 to 1: their green share, or how far one category is
    /// from red; `None` for a gap.
    #[must_use]
    pub fn bar(&self, counts: &Counts) -> Option<f64> {
        if self.category.is_some() { counts.mean_colour() } else { counts.green_share() }
    }
}

/// Which fields of a [`Subject`] are filled: those for which a row can have only one value, because rows are made by
/// it or because the selection names just one.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each field of a subject")]
pub(super) struct Grouping {
    domain: bool,
    platform: bool,
    pub service: bool,
    pillar: bool,
    category: bool,
    rubric: bool,
}

impl Grouping {
    /// Whether a row counts a standing: what is about an advisory category shows it, what it is a part of doesn't.
    pub fn counts(self, standing: &Standing<'_>) -> bool {
        self.category || standing.role == CategoryRole::Counted
    }

    pub fn of(by: By, selection: &Selection) -> Self {
        let service = by == By::Service || selection.services.len() == 1;
        let category = by == By::Category || selection.categories.len() == 1;
        // A service has one row, wherever it moved.
        let is_alone = |ids: usize| ids == 1 && !service;
        let platform = by == By::Platform && !service;
        Self {
            domain: platform || by == By::Domain && !service || is_alone(selection.domains.len()),
            platform: platform || is_alone(selection.platforms.len()),
            service,
            pillar: category || by == By::Pillar || selection.pillars.len() == 1,
            category,
            rubric: selection.single_rubric(),
        }
    }

    /// The row of a category, which has a newest name and is in a pillar by the rubric of the time. A row of one
    /// category is in the pillar of the newest name.
    pub fn subject(self, member: Member<'_>, pillar: &PillarId, name: Name<'_>) -> Subject {
        let pillar = if self.category { name.pillar } else { pillar };
        Subject {
            domain: self.domain.then(|| member.identity.domain.clone()),
            platform: self.platform.then(|| member.identity.platform.clone()),
            service: self.service.then(|| member.service.id.clone()),
            pillar: self.pillar.then(|| pillar.clone()),
            category: self.category.then(|| name.category.clone()),
            rubric: (self.pillar || self.rubric).then(|| name.rubric.clone()),
        }
    }
}
