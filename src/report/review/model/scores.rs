//! What was judged.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CategoryRef, NextReview, ServiceRef, Since, State, Support};
use crate::eval::{self, RollUp, Standing};
use crate::model::{Date, Link};
use crate::report::glyph;
use crate::report::numbers::{ChangeCounts, Judgements, Services};

/// Some services in numbers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Glance {
    /// The Golden Thread first (if there is any), then all services.
    pub lines: Vec<GlanceLine>,
    /// What the numbers rest on.
    pub quality: Quality,
    /// Services that moved to another rubric since the review before: both days are told by today's.
    pub moved: usize,
    /// All services together over time.
    pub history: Vec<HistoryPoint>,
}

/// Some services in numbers, now and before.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GlanceLine {
    /// Which services.
    pub title: &'static str,
    /// How many they are.
    pub total: usize,
    /// As they are.
    pub now: Tally,
    /// As they were at the review before, told by today's rubrics.
    pub before: Tally,
    /// What became of their categories.
    pub changes: ChangeCounts,
}

/// How many have which colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Services by colour.
    pub services: Services,
    /// Judgements (service × category) by status.
    pub judgements: Judgements,
}

/// What the numbers rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Services that nobody has ever assessed.
    pub never_assessed: usize,
    /// Services that nobody has looked at since the review before.
    pub not_looked_at: usize,
    /// Services with a stale colour.
    pub services_with_stale: usize,
    /// Judgements that are stale.
    pub stale: usize,
    /// Judgements that are missing.
    pub not_assessed: usize,
    /// Judgements that a newer rubric asks for anew.
    pub needs_rescore: usize,
    /// Files with errors, of the whole estate: they are in no number.
    pub invalid_files: usize,
}

/// The green share at the end of a period.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryPoint {
    /// What the period is called.
    pub period: String,
    /// The day.
    pub as_of: Date,
    /// Green of applicable judgements, from 0 to 1; `null` where nothing was rated.
    pub green_share: Option<f64>,
    /// How high its bar is in a sparkline.
    #[serde(skip)]
    pub(in crate::report) bar: Option<f64>,
    /// Green judgements.
    pub green: usize,
    /// Those that should have a colour.
    pub applicable: usize,
    /// Whether another rubric was in force than in the period before.
    pub rubric_changed: bool,
}

/// A domain of the summary.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DomainLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// How many services it has.
    pub total: usize,
    /// As it is.
    pub now: Tally,
    /// What became of its categories since its review before.
    pub changes: ChangeCounts,
    /// Its review before.
    pub since: Since,
    /// Its next review.
    pub next_review: Option<NextReview>,
    /// Commitments not done and not overdue, as `open` in a pack.
    pub open_commitments: usize,
    /// Commitments not done and due before today, as `overdue` in a pack.
    pub overdue_commitments: usize,
    /// Its green share over time.
    pub history: Vec<HistoryPoint>,
}

/// What changed since the review before.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    /// How often each kind is among the lines.
    pub counts: KindCounts,
    /// What changed, and every red that didn't: by kind, Golden Thread services first.
    pub lines: Vec<Change>,
}

/// How many lines there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KindCounts {
    /// Red now, amber or green before.
    pub dropped: usize,
    /// Red or amber now, no colour before.
    pub first_rated: usize,
    /// Amber now, green before.
    pub slipped: usize,
    /// No colour now, but one before.
    pub no_longer_rated: usize,
    /// Red now as before.
    pub still_red: usize,
    /// Red on a day in between, but neither before nor now.
    pub recovered: usize,
    /// A better colour than before.
    pub improved: usize,
}

/// What became of a category of a service.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The service.
    pub service: ServiceRef,
    /// The category.
    pub category: CategoryRef,
    /// What became of it.
    pub kind: ChangeKind,
    /// Whether it was there before.
    pub label: Label,
    /// How many reviews it has outlasted, if it is standing.
    pub reviews: Option<usize>,
    /// What it was, told by today's rubric.
    pub before: Told,
    /// What it is.
    pub now: Told,
    /// The day on which it was red in between, if it recovered.
    pub red_on: Option<Date>,
}

/// What became of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// Red now, amber or green before.
    Dropped,
    /// Red or amber now, no colour before.
    FirstRated,
    /// Amber now, green before.
    Slipped,
    /// No colour now, but one before.
    NoLongerRated,
    /// Red now as before.
    StillRed,
    /// Red on a day in between, but neither before nor now.
    Recovered,
    /// A better colour than before.
    Improved,
}

/// Whether something was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    /// It was not.
    New,
    /// It was, and is.
    Standing,
    /// It was, and is no more.
    Resolved,
}

/// What was said of a category on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Its status.
    pub status: State,
    /// The day of the judgement behind it.
    pub judged: Option<Date>,
    /// The reason given.
    pub because: Option<String>,
    /// The service that it is inherited from.
    pub inherited_from: Option<String>,
}

/// Services by categories.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// The pillars with their categories, in the rubric's order.
    pub pillars: Vec<MapPillar>,
    /// The services, worst first.
    pub rows: Vec<MapRow>,
    /// What the trend of a service is told in.
    pub periods: Vec<String>,
}

/// A pillar of the map.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapPillar {
    /// Its name.
    pub title: String,
    /// Its categories; together they are the columns.
    pub categories: Vec<CategoryRef>,
}

/// A service of the map.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapRow {
    /// The service.
    pub service: ServiceRef,
    /// Its colour: the worst counts, and green is earned.
    pub colour: RollUp,
    /// How many of its categories have which status.
    pub judgements: Judgements,
    /// What became of them since the review before.
    pub changes: ChangeCounts,
    /// Its green share at the end of each period.
    pub green_shares: Vec<Option<f64>>,
    /// How high its bars are in a sparkline.
    #[serde(skip)]
    pub(in crate::report) bars: Vec<Option<f64>>,
    /// One for each category, in the order of the pillars; `null` where its rubric doesn't have it.
    pub cells: Vec<Option<MapCell>>,
}

/// A category of a service.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapCell {
    /// Its status.
    pub status: State,
    /// The day since which every judgement has said the same.
    pub since: Option<Date>,
    /// The day somebody last looked.
    pub reviewed: Option<Date>,
    /// The reason given.
    pub because: Option<String>,
    /// The service that it is inherited from.
    pub inherited_from: Option<String>,
    /// Whether nobody has looked at it for too long.
    pub stale: bool,
    /// Whether it was carried over from another version of the rubric.
    pub carried: bool,
    /// Whether the service is asked at all.
    pub asked: bool,
}

/// Where it hurts in several services, and who is asked for help.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HotSpots {
    /// Categories that are red or amber in several services, most reds first.
    pub spots: Vec<HotSpot>,
    /// Who outside a team is needed, most asked for first.
    pub support: Vec<Support>,
}

/// A category that is red or amber in several services.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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
    /// Where a team learns how to get there.
    pub guidance: Vec<Guidance>,
}

/// A service of a hot spot.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HotService {
    /// The service.
    pub service: ServiceRef,
    /// Its status.
    pub status: State,
}

/// A page that helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    /// Its name.
    pub title: String,
    /// Its address or path, as the rubric has it.
    pub href: String,
}

impl From<&Link> for Guidance {
    fn from(link: &Link) -> Self {
        Self { title: link.title.clone(), href: link.href.clone() }
    }
}

impl MapCell {
    /// `↥G~` is an inherited green that is stale, `»G` one that was carried over.
    pub(in crate::report::review) fn sign(&self) -> String {
        let carried = if self.carried { glyph::CARRIED } else { "" };
        let inherited = if self.inherited_from.is_some() { glyph::INHERITED } else { "" };
        let stale = if self.stale { glyph::STALE } else { "" };
        format!("{carried}{inherited}{}{stale}", glyph::roll_up(self.status.roll_up()))
    }
}

impl From<&Standing<'_>> for Told {
    fn from(standing: &Standing<'_>) -> Self {
        Self {
            status: standing.status.into(),
            judged: standing.judged.map(|judged| judged.on),
            because: standing.because().map(str::to_owned),
            inherited_from: standing.provider.map(ToString::to_string),
        }
    }
}

impl From<&Standing<'_>> for MapCell {
    fn from(standing: &Standing<'_>) -> Self {
        Self {
            status: standing.status.into(),
            since: standing.judged.map(|judged| judged.since),
            reviewed: standing.judged.map(|judged| judged.reviewed),
            because: standing.because().map(str::to_owned),
            inherited_from: standing.provider.map(ToString::to_string),
            stale: standing.is_stale,
            carried: standing.carried_from.is_some(),
            asked: standing.is_asked(),
        }
    }
}

impl From<&eval::Tally> for Tally {
    fn from(tally: &eval::Tally) -> Self {
        Self { services: (&tally.services).into(), judgements: (&tally.judgements).into() }
    }
}
