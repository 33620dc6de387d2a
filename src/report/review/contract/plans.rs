//! What was promised and agreed, and what is worth talking about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::model::{CommitmentSection, WaiverLine};
use super::super::words;
use super::{ServiceRef, State, each};
use crate::eval::{self, ActionStatus};
use crate::model::{Date, WaiverState};

/// What was promised.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Commitments {
    /// How many stand how.
    #[serde(with = "CommitmentCounts")]
    pub counts: eval::CommitmentCounts,
    /// Overdue, then open, each by the day it is due; then slipped, then kept, each latest first.
    pub lines: Vec<Commitment>,
}

/// How many commitments stand how. Those that are done are counted if that was since the review before.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(remote = "eval::CommitmentCounts")]
#[schemars(deny_unknown_fields)]
#[schemars(rename = "CommitmentCounts")]
struct CommitmentCounts {
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
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
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
    #[serde(with = "CommitmentStatus")]
    pub status: ActionStatus,
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
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(remote = "ActionStatus", rename_all = "kebab-case")]
#[schemars(rename = "CommitmentStatus")]
pub(super) enum CommitmentStatus {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It is what was aimed at, or simply better if nothing was.
    Reached,
    /// It is better, but not what was aimed at.
    Moved,
    /// It had no colour when the commitment was made, and is not what was aimed at.
    FirstRated,
    /// It was judged again, and is no better.
    NotMoved,
    /// Nobody has looked at it since.
    NotLookedAt,
}

/// Something worth talking about.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Prompt {
    /// What to ask.
    pub text: String,
    /// Whether it is about something that went well.
    pub went_well: bool,
    /// The team that it is about; `null` if it is about several.
    pub team: Option<String>,
}

/// An agreed exception.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
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
    /// Who approved it, separated by commas; empty while it is a request.
    pub approved_by: String,
    /// Whether it counts.
    pub state: WaiverStatus,
    /// When it was asked for; `null` if the file doesn't say.
    pub raised: Option<Date>,
    /// Why it doesn't count; `null` if it does.
    pub objection: Option<String>,
    /// Addresses or paths where the agreement can be read.
    pub evidence: Vec<String>,
}

/// Whether a waiver counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WaiverStatus {
    /// It counts.
    InForce,
    /// It has ended.
    Expired,
    /// It lacks an approval that counts.
    Requested,
    /// It lasts longer than the policy allows.
    BreaksPolicy,
}

impl From<&CommitmentSection<'_>> for Commitments {
    fn from(section: &CommitmentSection<'_>) -> Self {
        Self { counts: section.counts, lines: each(&section.lines) }
    }
}

impl From<&eval::Commitment<'_, '_>> for Commitment {
    fn from(commitment: &eval::Commitment<'_, '_>) -> Self {
        let (service, action) = (commitment.reviewed.member(), commitment.action);
        Self {
            service: service.into(),
            domain: service.identity.domain.to_string(),
            what: action.what.clone(),
            because: action.because.clone(),
            category: action.category.as_ref().map(ToString::to_string),
            owner: action.owner.clone(),
            support: action.support.clone(),
            raised: action.raised,
            due: action.due,
            done: commitment.done(),
            target: action.target.map(Into::into),
            status: commitment.status,
            new: commitment.is_new,
            effect: commitment.effect.map(Into::into),
            colour_now: commitment.effect.map(|effect| effect.colour().into()),
            remark: words::commitment(commitment),
        }
    }
}

impl From<eval::Effect> for Effect {
    fn from(effect: eval::Effect) -> Self {
        match effect {
            eval::Effect::Reached(_) => Self::Reached,
            eval::Effect::Moved(_) => Self::Moved,
            eval::Effect::FirstRated(_) => Self::FirstRated,
            eval::Effect::NotMoved(_) => Self::NotMoved,
            eval::Effect::NotLookedAt(_) => Self::NotLookedAt,
        }
    }
}

impl From<&eval::Prompt<'_, '_>> for Prompt {
    fn from(prompt: &eval::Prompt<'_, '_>) -> Self {
        Self {
            text: words::prompt(&prompt.topic),
            went_well: prompt.topic.went_well(),
            team: prompt.team.map(ToString::to_string),
        }
    }
}

impl From<&WaiverLine<'_>> for Waiver {
    fn from(line: &WaiverLine<'_>) -> Self {
        let waiver = line.waiver;
        Self {
            service: line.reviewed.member().into(),
            category: waiver.category.to_string(),
            status: line.status.map(Into::into),
            until: waiver.until,
            in_days: line.in_days(),
            because: waiver.because.clone(),
            approved_by: waiver.approvers(),
            state: (&line.state).into(),
            raised: waiver.raised,
            objection: line.objection.clone(),
            evidence: waiver.evidence.clone(),
        }
    }
}

impl From<&WaiverState> for WaiverStatus {
    fn from(state: &WaiverState) -> Self {
        match state {
            WaiverState::InForce => Self::InForce,
            WaiverState::Expired => Self::Expired,
            WaiverState::Requested(_) => Self::Requested,
            WaiverState::TooLong(_) => Self::BreaksPolicy,
        }
    }
}
