//! What a row of a trend is about.

use clap::ValueEnum;

use crate::model::{CategoryId, DomainId, PillarId, PlatformId, Service, ServiceId};

use super::names::Name;
use super::{Counts, Selection};

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
}

impl Subject {
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
}

impl Grouping {
    pub fn of(by: By, selection: &Selection) -> Self {
        let service = by == By::Service || selection.services.len() == 1;
        let category = by == By::Category || selection.categories.len() == 1;
        let platform = service || by == By::Platform;
        Self {
            domain: platform || by == By::Domain || selection.domains.len() == 1,
            platform: platform || selection.platforms.len() == 1,
            service,
            pillar: category || by == By::Pillar || selection.pillars.len() == 1,
            category,
        }
    }

    /// The row of a category, which has a newest name and is in a pillar by the rubric of the time. A row of one
    /// category is in the pillar of the newest name.
    pub fn subject(self, service: &Service, pillar: &PillarId, name: Name<'_>) -> Subject {
        let pillar = if self.category { name.pillar } else { pillar };
        Subject {
            domain: self.domain.then(|| service.domain.clone()),
            platform: self.platform.then(|| service.platform.clone()),
            service: self.service.then(|| service.id.clone()),
            pillar: self.pillar.then(|| pillar.clone()),
            category: self.category.then(|| name.category.clone()),
        }
    }
}
