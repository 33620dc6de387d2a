//! Where it hurts in several services, and who is asked for help.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::model::HotSpotSection;
use super::super::words;
use super::{CategoryRef, ServiceRef, State, each};
use crate::eval::{self, ActionStatus, SupportNeed};
use crate::model::{Date, Link};
use crate::report::numbers::Judgements;

/// Where it hurts in several services, and who is asked for help.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct HotSpots {
    /// Categories that are red or amber in several services, most reds first.
    pub spots: Vec<HotSpot>,
    /// Who outside a team is needed, most asked for first.
    pub support: Vec<Support>,
}

/// A category that is red or amber in several services.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct HotSpot {
    /// The category.
    pub category: CategoryRef,
    /// How many services have which status.
    pub judgements: Judgements,
    /// The services that are red or amber, worst first.
    pub services: Vec<HotService>,
    /// Where the cure may lie, in words.
    pub remark: String,
    /// Whether several services are red, and the rubric says nowhere how to get out of it.
    pub guidance_gap: bool,
    /// Pages from which a team learns how to get there.
    pub guidance: Vec<GuidancePage>,
    /// How to get there, in the rubric's own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advice: Vec<String>,
}

/// A service of a hot spot.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct HotService {
    /// The service.
    pub service: ServiceRef,
    /// Its status.
    pub status: State,
}

/// A page that helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Guidance")]
pub struct GuidancePage {
    /// Its name.
    pub title: String,
    /// Its address or path, as the rubric has it.
    pub href: String,
}

impl From<&HotSpotSection<'_>> for HotSpots {
    fn from(section: &HotSpotSection<'_>) -> Self {
        Self { spots: each(&section.spots), support: each(&section.support) }
    }
}

impl From<&eval::HotSpot<'_>> for HotSpot {
    fn from(spot: &eval::HotSpot<'_>) -> Self {
        let page = |link: &Link| GuidancePage { title: link.title.clone(), href: link.href.clone() };
        let services = spot.concerned.iter();
        let services = services
            .map(|(service, now)| HotService { service: (*service).into(), status: now.status.into() });
        Self {
            category: (&spot.column).into(),
            judgements: (&spot.counts).into(),
            services: services.collect(),
            remark: words::remark(spot),
            guidance_gap: spot.is_guidance_gap,
            guidance: spot.column.category.links().map(page).collect(),
            advice: spot.column.category.advice().map(str::to_owned).collect(),
        }
    }
}

/// Somebody outside a team who is needed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Support {
    /// Who.
    pub from: String,
    /// For what.
    pub asks: Vec<Ask>,
}

/// What somebody is needed for.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Ask {
    /// The service that asks.
    pub service: ServiceRef,
    /// What it has promised.
    pub what: String,
    /// By when.
    pub due: Option<Date>,
    /// Whether it is overdue.
    pub overdue: bool,
}

impl From<&SupportNeed<'_, '_>> for Support {
    fn from(need: &SupportNeed<'_, '_>) -> Self {
        Self { from: need.from.to_owned(), asks: each(&need.asks) }
    }
}

impl From<&eval::Commitment<'_, '_>> for Ask {
    fn from(commitment: &eval::Commitment<'_, '_>) -> Self {
        Self {
            service: commitment.reviewed.member().into(),
            what: commitment.action.what.clone(),
            due: commitment.action.due,
            overdue: commitment.status == ActionStatus::Overdue,
        }
    }
}
