//! What a review pack holds, in the order in which it is read. Every format renders this.

use crate::eval::{
    Commitment, CommitmentCounts, Counts, Development, Disagreement, Glance, HotSpot, MapColumn, Member,
    Movement, NextReview, Period, Prompt, Reviewed, RollUp, Since, Standing, Status, SupportNeed,
};
use crate::model::{Date, DomainId, Rubric, SloResult, Waiver, WaiverState};

/// The program and its version.
pub(super) const MADE_BY: &str = concat!("fundamentals ", env!("CARGO_PKG_VERSION"));

/// A review pack of a domain, or the summary of an estate. A section that was not asked for is absent.
#[derive(Debug)]
pub struct Pack<'r> {
    pub(super) cover: Cover<'r>,
    pub(super) glance: Option<GlanceSection>,
    /// What joined, moved and left; there with the glance.
    pub(super) movements: Option<Vec<Movement<'r>>>,
    pub(super) domains: Option<Vec<DomainSummary<'r>>>,
    /// What changed, and every red that didn't: by kind, Golden Thread services first.
    pub(super) changes: Option<Vec<Development<'r, 'r>>>,
    pub(super) map: Option<MapSection<'r>>,
    pub(super) hot_spots: Option<HotSpotSection<'r>>,
    pub(super) commitments: Option<CommitmentSection<'r>>,
    pub(super) slos: Option<SloSection<'r>>,
    pub(super) talk: Option<Vec<Prompt<'r, 'r>>>,
    /// The first to end first.
    pub(super) waivers: Option<Vec<WaiverLine<'r>>>,
}

/// What a pack is about, and how it was made.
#[derive(Debug)]
pub(super) struct Cover<'r> {
    /// The domain's name, or the estate's.
    pub title: &'r str,
    /// `None` in the summary of an estate.
    pub domain: Option<&'r DomainId>,
    pub estate: Option<&'r str>,
    pub as_of: Date,
    /// `None` in the summary of an estate, where each domain has its own review before.
    pub since: Option<Since>,
    /// The next review, or the one of today.
    pub next_review: Option<NextReview>,
    pub services: usize,
    pub filters: Option<&'r str>,
    /// The rubrics in force, each with how many services are assessed under it, the most used first.
    pub rubrics: Vec<(&'r Rubric, usize)>,
    pub stale_after_weeks: u32,
    /// What is not in it, and why.
    pub left_out: Vec<(String, String)>,
    pub command: &'r str,
}

#[derive(Debug)]
pub(super) struct GlanceSection {
    /// Services on the Golden Thread, if there are any.
    pub golden_thread: Option<Glance>,
    pub all: Glance,
    /// Files with errors, of the whole estate: they are in no number.
    pub invalid_files: usize,
    /// All services together over time.
    pub history: Vec<PeriodCounts>,
}

/// Judgements at the end of a period.
#[derive(Debug)]
pub(super) struct PeriodCounts {
    pub period: Period,
    pub counts: Counts,
    /// How high its bar is in a sparkline, from 0 to 1.
    pub bar: Option<f64>,
    /// Whether another rubric was in force than in the period before.
    pub is_break: bool,
    /// Whether it is about other services than the period before.
    pub has_other_members: bool,
}

#[derive(Debug)]
pub(super) struct DomainSummary<'r> {
    pub id: &'r DomainId,
    pub title: &'r str,
    pub glance: Glance,
    pub since: Since,
    pub next_review: Option<NextReview>,
    pub commitments: CommitmentCounts,
    pub history: Vec<PeriodCounts>,
}

/// Services by categories.
#[derive(Debug)]
pub(super) struct MapSection<'r> {
    /// The categories, in the rubric's order.
    pub columns: Vec<MapColumn<'r>>,
    /// The services, worst first.
    pub rows: Vec<ServiceRow<'r>>,
    /// The periods of the services' histories.
    pub periods: Vec<Period>,
}

#[derive(Debug)]
pub(super) struct ServiceRow<'r> {
    pub member: Member<'r>,
    pub colour: RollUp,
    pub glance: Glance,
    pub history: Vec<PeriodCounts>,
    /// One for each column; `None` where its rubric doesn't have the category.
    pub cells: Vec<Option<Standing<'r>>>,
}

#[derive(Debug)]
pub(super) struct HotSpotSection<'r> {
    /// Most reds first.
    pub spots: Vec<HotSpot<'r>>,
    /// Most asked for first.
    pub support: Vec<SupportNeed<'r, 'r>>,
}

#[derive(Debug)]
pub(in crate::report) struct CommitmentSection<'r> {
    pub counts: CommitmentCounts,
    /// Overdue, then open, each by the day it is due; then slipped, then kept, each latest first.
    pub lines: Vec<Commitment<'r, 'r>>,
}

/// What was measured, beside what was assessed.
#[derive(Debug)]
pub(super) struct SloSection<'r> {
    /// The first days of the months that are shown, oldest first.
    pub months: Vec<Date>,
    pub lines: Vec<SloLine<'r>>,
    pub disagreements: Vec<Disagreement<'r, 'r>>,
    /// Services of which nothing was ever measured.
    pub unmeasured: Vec<Member<'r>>,
    /// Services whose last measurement is older than the months that are shown, with its month.
    pub outdated: Vec<(Member<'r>, Date)>,
}

/// An objective of a service.
#[derive(Debug)]
pub(super) struct SloLine<'r> {
    pub reviewed: &'r Reviewed<'r>,
    pub slo: &'r str,
    /// One for each month of the section; `None` where nothing was measured.
    pub months: Vec<Option<&'r SloResult>>,
}

#[derive(Debug)]
pub(super) struct WaiverLine<'r> {
    pub reviewed: &'r Reviewed<'r>,
    pub waiver: &'r Waiver,
    /// The category's status now; `None` if the rubric doesn't ask it any more.
    pub status: Option<Status>,
    pub state: WaiverState,
    /// Why it doesn't count; `None` if it does.
    pub objection: Option<String>,
}

impl Pack<'_> {
    /// Whether no service has any of the categories that were chosen, and none left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cover.services == 0 && self.movements.iter().flatten().next().is_none()
    }
}

impl GlanceSection {
    /// The Golden Thread first (if there is any), then all services.
    pub fn groups(&self) -> impl Iterator<Item = (&'static str, &Glance)> {
        let golden_thread = self.golden_thread.iter().map(|glance| ("Golden Thread", glance));
        golden_thread.chain([("All services", &self.all)])
    }
}

impl<'r> MapSection<'r> {
    /// The columns of each rubric.
    pub fn rubrics(&self) -> impl Iterator<Item = &[MapColumn<'r>]> {
        self.columns.chunk_by(|one, other| one.rubric.id == other.rubric.id)
    }

    /// The columns of each pillar, rubric by rubric.
    pub fn pillars(&self) -> impl Iterator<Item = &[MapColumn<'r>]> {
        self.rubrics().flat_map(pillars)
    }

    /// The names of the rubrics and how many columns each has, where there are several.
    pub fn rubric_headings(&self) -> Vec<(String, usize)> {
        let headings: Vec<_> = self.rubrics().map(|columns| (rubric_name(columns), columns.len())).collect();
        if headings.len() > 1 { headings } else { Vec::new() }
    }
}

/// The columns of each pillar of a rubric.
pub(super) fn pillars<'c, 'r>(columns: &'c [MapColumn<'r>]) -> impl Iterator<Item = &'c [MapColumn<'r>]> {
    columns.chunk_by(|one, other| one.pillar.title == other.pillar.title)
}

/// "Peak Readiness (peak-readiness)", of the rubric that columns belong to.
pub(super) fn rubric_name(columns: &[MapColumn<'_>]) -> String {
    let rubric = columns.first().map(|column| column.rubric);
    rubric.map(|rubric| format!("{} ({})", rubric.title, rubric.id)).unwrap_or_default()
}

impl WaiverLine<'_> {
    /// Days until its last one; negative if it has ended.
    pub fn in_days(&self) -> i64 {
        self.waiver.until.days_since(self.reviewed.today)
    }
}
