//! How many of each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::model::{DomainSummary, GlanceSection, PeriodCounts};
use super::{NextReview, Since, each};
use crate::eval::{self, Changes, ServiceCounts};
use crate::model::Date;
use crate::report::numbers::{ChangeCounts, Judgements, Services};

/// Some services in numbers.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Glance {
    /// The Golden Thread first (if there is any), then all services.
    pub lines: Vec<GlanceLine>,
    /// What the numbers rest on.
    pub quality: Quality,
    /// Services that moved to another rubric since the previous review: both days are evaluated under today's.
    pub moved: usize,
    /// All services together over time.
    pub history: Vec<HistoryPoint>,
}

/// Some services in numbers, now and before.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct GlanceLine {
    /// Which services.
    pub title: String,
    /// How many they are.
    pub total: usize,
    /// As they are.
    pub now: Tally,
    /// As they were at the previous review, under today's rubrics.
    pub before: Tally,
    /// What became of their categories.
    #[serde(with = "ChangeCounts")]
    pub changes: Changes,
}

/// How many have which colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Tally {
    /// Services by colour.
    #[serde(with = "Services")]
    pub services: ServiceCounts,
    /// Judgements (service × category) by status.
    pub judgements: Judgements,
}

/// What the numbers rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Quality {
    /// Services that were never assessed.
    pub never_assessed: usize,
    /// Services that were not reviewed since the previous review.
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
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
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
    /// Whether it is about other services than the period before.
    #[serde(default)]
    pub members_changed: bool,
}

/// A domain of the summary.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
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
    #[serde(with = "ChangeCounts")]
    pub changes: Changes,
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

impl From<&GlanceSection> for Glance {
    fn from(section: &GlanceSection) -> Self {
        let (all, judgements) = (&section.all, &section.all.now.judgements);
        Self {
            lines: section.groups().map(Into::into).collect(),
            quality: Quality {
                never_assessed: all.never_assessed,
                not_looked_at: all.not_looked_at,
                services_with_stale: all.with_stale,
                stale: judgements.stale,
                not_assessed: judgements.not_assessed,
                needs_rescore: judgements.needs_rescore,
                invalid_files: section.invalid_files,
            },
            moved: all.moved,
            history: each(&section.history),
        }
    }
}

impl From<(&str, &eval::Glance)> for GlanceLine {
    fn from((title, glance): (&str, &eval::Glance)) -> Self {
        Self {
            title: title.to_owned(),
            total: glance.now.services.total(),
            now: (&glance.now).into(),
            before: (&glance.before).into(),
            changes: glance.changes,
        }
    }
}

impl From<&eval::Tally> for Tally {
    fn from(tally: &eval::Tally) -> Self {
        Self { services: tally.services, judgements: (&tally.judgements).into() }
    }
}

impl From<&PeriodCounts> for HistoryPoint {
    fn from(point: &PeriodCounts) -> Self {
        Self {
            period: point.period.label.clone(),
            as_of: point.period.as_of,
            green_share: point.counts.green_share(),
            green: point.counts.green,
            applicable: point.counts.applicable(),
            rubric_changed: point.is_break,
            members_changed: point.has_other_members,
        }
    }
}

impl From<&DomainSummary<'_>> for DomainLine {
    fn from(domain: &DomainSummary<'_>) -> Self {
        let glance = &domain.glance;
        Self {
            id: domain.id.to_string(),
            title: domain.title.to_owned(),
            total: glance.now.services.total(),
            now: (&glance.now).into(),
            changes: glance.changes,
            since: domain.since.into(),
            next_review: domain.next_review.map(Into::into),
            open_commitments: domain.commitments.open,
            overdue_commitments: domain.commitments.overdue,
            history: each(&domain.history),
        }
    }
}
