//! Computes states, roll-ups, counts, trends and verdicts from assessments. Pure: the date is an argument.
//!
//! [`Timeline`] is the one place where judgements become colours; everything else is built on it.

mod agenda;
mod calendar;
mod change;
mod commitment;
mod counts;
mod coverage;
mod gate;
mod heirs;
mod history;
mod in_force;
mod inheritance;
mod lineage;
mod migration;
mod names;
mod next_steps;
mod period;
mod repeats;
mod review;
mod rollup;
mod rubric_diff;
mod rubric_edit;
mod rubric_health;
mod select;
mod state;
mod status;
mod subject;
mod timeline;
mod trend;
mod what_if;

pub use agenda::{Agenda, Urgency};
pub use calendar::{NextReview, ReviewCalendar, Since, SinceBasis};
pub use change::{Change, Changes};
pub use commitment::{ActionStatus, Promise, action_status, promises};
pub use counts::{Counts, ServiceCounts};
pub use coverage::{Coverage, coverage, service_id};
pub use gate::{
    Approver, Base, Cause, Finding, FindingOutcome, FindingPlace, GateVerdict, IneffectiveWaiver, Loosening,
    LostImportance, News, Onset, PastEdit, Presence, Resolved, RuleScope, SharedIds, Transition,
    VersionedCategory, What, Withdrawn, gate,
};
pub use heirs::{Heir, heirs};
pub use history::{CarriedJudgement, JudgementRecord, NamedConfirmation, confirmations};
pub use in_force::{judgements_in_force, latest_rubric, rubrics_in_force};
pub use inheritance::MAX_PROVIDERS;
pub use migration::{Migration, MigrationStep, migration};
pub use next_steps::{Effort, NextStep, Task, next_steps};
pub use period::{Cadence, Period, PeriodRange, periods};
pub use repeats::{Contradictions, Repeats, replaced, with_scoring, without_repeats};
pub use review::{
    CategoryMap, Commitment, CommitmentCounts, Development, DevelopmentKind, Disagreement, Effect, Glance,
    HotSpot, Label, MAX_ABOUT_ONE_TEAM, MAX_PROMPTS, MIN_PROMPTS, MIN_SPREAD, MapColumn, Membership,
    Movement, MovementKind, Objective, Prompt, PromptSources, Remedy, Review, Reviewed, SupportNeed, Tally,
    Topic,
};
pub use rollup::RollUp;
pub use rubric_diff::{
    BarChange, CategoryChange, CategoryChangeKind, RubricDiff, TextChange, TextPart, Words, rubric_diff,
};
pub use rubric_edit::{InPlace, RubricEdit, rubric_edit};
pub use rubric_health::{
    CategoryHealth, ENOUGH_SERVICES, ENOUGH_TURNED, Fraction, Outlook, Population, RubricHealth, Sign,
    SignKind, rubric_health,
};
pub use select::{RubricChoice, Selection};
pub use state::{Member, RubricState, ServiceState};
pub use status::{Standing, Status};
pub use subject::{By, Subject};
pub use timeline::{Timeline, latest_state, service_state, service_state_in};
pub use trend::{Row, ServicesIn, Trend, TrendCell, trend};
pub use what_if::{ColourChange, WhatIf};
