//! What a review pack holds, in the order in which it is read. Every format renders this; written as JSON it is the
//! document `fundamentals/report/v1`, to which fields are only ever added.

mod plans;
mod scores;
mod slos;

pub use plans::*;
pub use scores::*;
pub use slos::*;

use schemars::JsonSchema;
use serde::Serialize;

use crate::eval::{RollUp, Status};
use crate::model::{Colour, Date, Service};

/// A review pack of a domain, or the summary of an estate. A section that was not asked for is absent.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportModel {
    /// Always `fundamentals/report/v1`.
    pub format: &'static str,
    /// What it is about.
    pub about: About,
    /// How many of each, now and at the review before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub glance: Option<Glance>,
    /// One line for each domain, in the summary of an estate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domains: Option<Vec<DomainLine>>,
    /// What changed since the review before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changed>,
    /// Services by categories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<Map>,
    /// Categories that hurt in several services, and who is asked for support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hot_spots: Option<HotSpots>,
    /// What was promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitments: Option<Commitments>,
    /// What was measured, beside what was judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slos: Option<Slos>,
    /// What is worth talking about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub talk: Option<Vec<Prompt>>,
    /// Agreed exceptions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waivers: Option<Vec<Waiver>>,
}

/// What a pack is about, and how it was made.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The domain's name, or the estate's.
    pub title: String,
    /// The domain's id; `null` in the summary of an estate.
    pub domain: Option<String>,
    /// The estate's name.
    pub estate: Option<String>,
    /// The day that it is about.
    pub as_of: Date,
    /// What it is compared with; `null` in the summary of an estate, where each domain has its own review before.
    pub since: Option<Since>,
    /// The next review, or the one of today.
    pub next_review: Option<NextReview>,
    /// How many services it is about.
    pub services: usize,
    /// What was chosen by filters; `null` if nothing was left out by them.
    pub filters: Option<String>,
    /// The rubrics in force, the most used first.
    pub rubrics: Vec<Rubric>,
    /// A colour that nobody has looked at for so many weeks is stale.
    pub stale_after_weeks: u32,
    /// What is not in it, and why.
    pub left_out: Vec<LeftOut>,
    /// The command that makes it again.
    pub command: String,
    /// The program and its version.
    pub made_by: &'static str,
}

/// What a pack is compared with.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// The day.
    pub date: Date,
    /// Why this day.
    pub basis: SinceBasis,
}

/// Why a pack is compared with a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SinceBasis {
    /// The domain's last review was then.
    LastReview,
    /// It was asked for.
    Asked,
    /// No review is known; it is as long ago as two reviews lie apart.
    Rhythm,
}

/// A review to come.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NextReview {
    /// The day.
    pub date: Date,
    /// Whether the settings name it. If not, it is due by the usual rhythm.
    pub planned: bool,
    /// Days until then; negative if it has passed.
    pub in_days: i64,
}

/// A rubric in force.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// Its id and major version.
    pub key: String,
    /// Its version.
    pub version: String,
    /// Its name.
    pub title: String,
    /// How many services are judged by it.
    pub services: usize,
}

/// Something that is not in a pack.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
}

/// A service, as it is named everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceRef {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The platform that owns it.
    pub platform: String,
    /// Whether customers can't browse and buy without it.
    pub golden_thread: bool,
}

/// A category, as it is named everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryRef {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its pillar's name.
    pub pillar: String,
}

/// The status of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The aim.
    Green,
    /// Part of the way.
    Amber,
    /// The rubric's red definition describes the service.
    Red,
    /// It makes no sense for this service, or its rubric doesn't ask it.
    NotApplicable,
    /// Nobody has judged it.
    NotAssessed,
    /// It was judged before the rubric raised the bar.
    NeedsRescore,
}

impl From<&Service> for ServiceRef {
    fn from(service: &Service) -> Self {
        Self {
            id: service.id.to_string(),
            title: service.title.clone(),
            platform: service.platform.to_string(),
            golden_thread: service.golden_thread,
        }
    }
}

impl From<Colour> for State {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Red => Self::Red,
            Colour::Amber => Self::Amber,
            Colour::Green => Self::Green,
        }
    }
}

impl From<Status> for State {
    fn from(status: Status) -> Self {
        match status {
            Status::Rated(colour) => colour.into(),
            Status::NotApplicable => Self::NotApplicable,
            Status::NotAssessed => Self::NotAssessed,
            Status::NeedsRescore(_) => Self::NeedsRescore,
        }
    }
}

impl State {
    /// The word used in output for programs.
    pub(in crate::report::review) fn word(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::NotApplicable => "not-applicable",
            Self::NotAssessed => "not-assessed",
            Self::NeedsRescore => "needs-rescore",
        }
    }

    /// What a roll-up of it alone is: for its sign and colour.
    pub(in crate::report::review) fn roll_up(self) -> RollUp {
        match self {
            Self::Green => RollUp::Green,
            Self::Amber => RollUp::Amber,
            Self::Red => RollUp::Red,
            Self::NotApplicable => RollUp::NotApplicable,
            Self::NotAssessed => RollUp::NotAssessed,
            Self::NeedsRescore => RollUp::Incomplete,
        }
    }
}
