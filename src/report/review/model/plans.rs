//! What was promised and agreed, and what is worth talking about.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ServiceRef, State};
use crate::eval;
use crate::model::Date;

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
    /// It had no colour when the commitment was made, and is not what was aimed at.
    FirstRated,
    /// It was judged again, and is no better.
    NotMoved,
    /// Nobody has looked at it since.
    NotLookedAt,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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

impl From<&eval::CommitmentCounts> for CommitmentCounts {
    fn from(counts: &eval::CommitmentCounts) -> Self {
        Self {
            kept: counts.kept,
            slipped: counts.slipped,
            open: counts.open,
            overdue: counts.overdue,
            without_owner: counts.without_owner,
            without_date: counts.without_date,
            without_effect: counts.without_effect,
        }
    }
}
