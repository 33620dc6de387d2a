//! What changed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::words;
use super::{CategoryRef, ServiceRef, State, each};
use crate::eval::{self, Development, DevelopmentKind, Standing};
use crate::model::Date;

/// What changed since the review before.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Changed {
    /// How often each kind is among the lines.
    pub counts: KindCounts,
    /// What changed, and every red that didn't: by kind, Golden Thread services first.
    pub lines: Vec<Change>,
}

/// How many lines there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
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
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Change {
    /// The service.
    pub service: ServiceRef,
    /// The category.
    pub category: CategoryRef,
    /// What became of it.
    #[serde(with = "ChangeKind")]
    pub kind: DevelopmentKind,
    /// Whether it was there before.
    pub label: Label,
    /// How many reviews it has outlasted, if it is standing.
    pub reviews: Option<usize>,
    /// Its state before, under today's rubric.
    pub before: RatingOnDay,
    /// What it is.
    pub now: RatingOnDay,
    /// The day on which it was red in between, if it recovered.
    pub red_on: Option<Date>,
}

/// What became of a category.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(remote = "DevelopmentKind", rename_all = "kebab-case")]
#[schemars(rename = "ChangeKind")]
pub(super) enum ChangeKind {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    /// It was not.
    New,
    /// It was, and is.
    Standing,
    /// It was, and is no more.
    Resolved,
}

/// The rating of a category on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Told")]
pub struct RatingOnDay {
    /// Its status.
    pub status: State,
    /// The day of the judgement behind it.
    pub judged: Option<Date>,
    /// The reason given.
    pub because: Option<String>,
    /// The service that it is inherited from.
    pub inherited_from: Option<String>,
}

impl From<&[Development<'_, '_>]> for Changed {
    fn from(developments: &[Development<'_, '_>]) -> Self {
        let count = |kind| words::count(developments, kind);
        Self {
            counts: KindCounts {
                dropped: count(DevelopmentKind::Dropped),
                first_rated: count(DevelopmentKind::FirstRated),
                slipped: count(DevelopmentKind::Slipped),
                no_longer_rated: count(DevelopmentKind::NoLongerRated),
                still_red: count(DevelopmentKind::StillRed),
                recovered: count(DevelopmentKind::Recovered),
                improved: count(DevelopmentKind::Improved),
            },
            lines: each(developments),
        }
    }
}

impl From<&Development<'_, '_>> for Change {
    fn from(development: &Development<'_, '_>) -> Self {
        Self {
            service: development.reviewed.member().into(),
            category: CategoryRef::of(development.rubric, development.pillar(), development.category),
            kind: development.kind,
            label: development.label.into(),
            reviews: development.label.reviews(),
            before: (&development.before).into(),
            now: (&development.now).into(),
            red_on: development.red_on,
        }
    }
}

impl From<eval::Label> for Label {
    fn from(label: eval::Label) -> Self {
        match label {
            eval::Label::New => Self::New,
            eval::Label::Standing(_) => Self::Standing,
            eval::Label::Resolved => Self::Resolved,
        }
    }
}

impl From<&Standing<'_>> for RatingOnDay {
    fn from(standing: &Standing<'_>) -> Self {
        Self {
            status: standing.status.into(),
            judged: standing.judged.map(|judged| judged.on),
            because: standing.because().map(str::to_owned),
            inherited_from: standing.provider.map(ToString::to_string),
        }
    }
}
