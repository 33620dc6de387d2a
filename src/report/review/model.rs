//! What a review pack holds, in the order in which it is read. Every format renders this; written as JSON it is the
//! document `fundamentals/report/v1`, to which fields are only ever added.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Colour, Date, Link, Service, SloResult};
use crate::report::glyph;
use crate::report::numbers::{ChangeCounts, Judgements, Services};
use crate::score::{self, RollUp, Standing, Status};

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
    /// Its commitments that are open, the overdue ones included.
    pub open_commitments: usize,
    /// Its commitments that are overdue.
    pub overdue_commitments: usize,
    /// Its green share over time.
    pub history: Vec<HistoryPoint>,
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

/// Somebody outside a team who is needed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// Who.
    pub from: String,
    /// For what.
    pub asks: Vec<Ask>,
}

/// What somebody is needed for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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

/// What was promised.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commitments {
    /// How many stand how.
    pub counts: CommitmentCounts,
    /// Overdue, then open, each by the day it is due; then slipped, then kept, each latest first.
    pub lines: Vec<Commitment>,
}

/// How many commitments stand how. Those that are done are counted if that was since the review before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitmentCounts {
    /// Done in time.
    pub kept: usize,
    /// Done, but late.
    pub slipped: usize,
    /// Not done, and not due yet.
    pub open: usize,
    /// Not done, and due before today.
    pub overdue: usize,
    /// Not done, and nobody's.
    pub without_owner: usize,
    /// Not done, and due on no day.
    pub without_date: usize,
    /// Done, but the colour did not move.
    pub without_effect: usize,
}

/// A commitment.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// The service.
    pub service: ServiceRef,
    /// The service's domain.
    pub domain: String,
    /// What was promised.
    pub what: String,
    /// Why.
    pub because: Option<String>,
    /// The category that it should improve, by the id that the file gives.
    pub category: Option<String>,
    /// Who will do it.
    pub owner: Option<String>,
    /// Who outside the team is needed.
    pub support: Option<String>,
    /// When it was promised.
    pub raised: Date,
    /// By when.
    pub due: Option<Date>,
    /// When it was done.
    pub done: Option<Date>,
    /// The colour that it should bring.
    pub target: Option<State>,
    /// How it stands.
    pub status: CommitmentStatus,
    /// Whether it was raised since the review before.
    pub new: bool,
    /// What it did to the colour, once it was done.
    pub effect: Option<Effect>,
    /// The colour now, if it is done.
    pub colour_now: Option<State>,
    /// What a reader should know of it, in words.
    pub remark: String,
}

/// How a commitment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CommitmentStatus {
    /// Done by the day it was due, or due on no day.
    Kept,
    /// Done, but later than promised.
    Slipped,
    /// Not done, and not due yet.
    Open,
    /// Not done, and the day has passed.
    Overdue,
}

/// What became of the colour that a commitment was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It is what was aimed at, or simply better if nothing was.
    Reached,
    /// It is better, but not what was aimed at.
    Moved,
    /// It was judged again, and is no better.
    NotMoved,
    /// Nobody has looked at it since.
    NotLookedAt,
}

/// What was measured, beside what was judged.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slos {
    /// The months that are shown, oldest first.
    pub months: Vec<String>,
    /// One for each objective of each service.
    pub lines: Vec<Slo>,
    /// Where measurements and judgements seem to contradict each other.
    pub questions: Vec<Question>,
    /// Services of which nothing was measured.
    pub unmeasured: Vec<ServiceRef>,
}

/// An objective of a service.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slo {
    /// The service.
    pub service: ServiceRef,
    /// The service's colour.
    pub colour: RollUp,
    /// The objective's name.
    pub slo: String,
    /// One for each month of the section; `null` where nothing was measured.
    pub months: Vec<Option<SloMonth>>,
}

/// A month of an objective. All numbers are percent.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SloMonth {
    /// The month, as `2026-10`.
    pub month: String,
    /// What was to be attained.
    pub objective_percent: f64,
    /// What was.
    pub attained_percent: f64,
    /// The same as text, exact.
    pub objective: String,
    /// The same as text, exact.
    pub attained: String,
    /// Whether the objective was met.
    pub met: bool,
    /// What was left of the error budget: 100 if nothing went wrong, negative if it was overspent; `null` where the
    /// objective is 100 percent, which leaves none.
    pub budget_left_percent: Option<f64>,
}

/// A contradiction, as a question.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The service.
    pub service: ServiceRef,
    /// What to ask.
    pub text: String,
}

/// Something worth talking about.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// What to ask.
    pub text: String,
    /// Whether it is about something that went well.
    pub went_well: bool,
    /// The team that it is about; `null` if it is about several.
    pub team: Option<String>,
}

/// An agreed exception.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The service.
    pub service: ServiceRef,
    /// The category, by the id that the file gives.
    pub category: String,
    /// Its status now; `null` if the rubric doesn't ask it any more.
    pub status: Option<State>,
    /// The last day on which it counts.
    pub until: Date,
    /// Days until then; negative if it has ended.
    pub in_days: i64,
    /// Why.
    pub because: String,
    /// Who agreed.
    pub approved_by: String,
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

impl From<&Link> for Guidance {
    fn from(link: &Link) -> Self {
        Self { title: link.title.clone(), href: link.href.clone() }
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
    pub(super) fn word(self) -> &'static str {
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
    pub(super) fn roll_up(self) -> RollUp {
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

impl MapCell {
    /// `↥G~` is an inherited green that is stale, `»G` one that was carried over.
    pub(super) fn sign(&self) -> String {
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

impl From<&score::Tally> for Tally {
    fn from(tally: &score::Tally) -> Self {
        Self { services: (&tally.services).into(), judgements: (&tally.judgements).into() }
    }
}

impl From<&SloResult> for SloMonth {
    fn from(result: &SloResult) -> Self {
        Self {
            month: result.month_in_digits(),
            objective_percent: result.objective.percent(),
            attained_percent: result.attained.percent(),
            objective: result.objective.to_string(),
            attained: result.attained.to_string(),
            met: result.is_met(),
            budget_left_percent: result.budget_left().map(|left| left * 100.0),
        }
    }
}
