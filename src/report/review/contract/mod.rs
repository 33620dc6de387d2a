//! The document `fundamentals/report/v1`: the one place that names its fields, to which fields are only ever added. It is
//! made of a finished [`Pack`], owns what it says, and can be read back.

mod changes;
mod glance;
mod hot_spots;
mod map;
mod movements;
mod plans;
mod slos;

pub use changes::*;
pub use glance::*;
pub use hot_spots::*;
pub use map::*;
pub use movements::*;
pub use plans::*;
pub use slos::*;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Pack;
use super::model::{Cover, MADE_BY};
use crate::eval::{self, MapColumn, Member, Status};
use crate::model::{self, Category, Colour, Date, Pillar};

/// A review pack of a domain, or the summary of an estate. A section that was not asked for is absent.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[schemars(title = "ReportModel")]
pub struct PackDocument {
    /// Always `fundamentals/report/v1`.
    #[schemars(with = "String")]
    pub format: FormatName,
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
    /// What joined, moved and left since the review before; there with `glance`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub movements: Option<Vec<Movement>>,
}

/// The name of the format: nothing else is such a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormatName {
    /// Its first version.
    #[serde(rename = "fundamentals/report/v1")]
    ReportV1,
}

/// What a pack is about, and how it was made.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
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
    /// Weeks without review after which a colour is stale.
    pub stale_after_weeks: u32,
    /// What is not in it, and why.
    pub left_out: Vec<LeftOut>,
    /// The command that makes it again.
    pub command: String,
    /// The program and its version.
    pub made_by: String,
}

/// What a pack is compared with.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Since {
    /// The day.
    pub date: Date,
    /// Why this day.
    #[serde(with = "SinceBasis")]
    pub basis: eval::SinceBasis,
}

/// Why a pack is compared with a day.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(remote = "eval::SinceBasis", rename_all = "kebab-case")]
enum SinceBasis {
    /// The domain's last review was then.
    LastReview,
    /// It was asked for.
    Asked,
    /// No review is known; it is as long ago as two reviews lie apart.
    Rhythm,
}

/// A review to come.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct NextReview {
    /// The day.
    pub date: Date,
    /// Whether the settings name it. If not, it is due by the usual rhythm.
    pub planned: bool,
    /// Days until then; negative if it has passed.
    pub in_days: i64,
}

/// A rubric in force.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
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
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LeftOut {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
}

/// A service, as it is named everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CategoryRef {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its pillar's name.
    pub pillar: String,
    /// The id of its rubric.
    #[serde(default)]
    pub rubric: String,
    /// Whether it is only shown: in no colour and no count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub advisory: bool,
}

/// The status of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

impl PackDocument {
    /// The document of a pack.
    #[must_use]
    pub fn of(pack: &Pack<'_>) -> Self {
        Self {
            format: FormatName::ReportV1,
            about: (&pack.cover).into(),
            glance: pack.glance.as_ref().map(Into::into),
            domains: pack.domains.as_deref().map(each),
            changes: pack.changes.as_deref().map(Into::into),
            map: pack.map.as_ref().map(Into::into),
            hot_spots: pack.hot_spots.as_ref().map(Into::into),
            commitments: pack.commitments.as_ref().map(Into::into),
            slos: pack.slos.as_ref().map(Into::into),
            talk: pack.talk.as_deref().map(each),
            waivers: pack.waivers.as_deref().map(each),
            movements: pack.movements.as_deref().map(each),
        }
    }
}

/// Converts one by one.
fn each<'p, Part, Written: From<&'p Part>>(parts: &'p [Part]) -> Vec<Written> {
    parts.iter().map(Written::from).collect()
}

impl From<&Cover<'_>> for About {
    fn from(cover: &Cover<'_>) -> Self {
        let left_out = cover.left_out.iter().cloned().map(|(what, why)| LeftOut { what, why });
        Self {
            title: cover.title.to_owned(),
            domain: cover.domain.map(ToString::to_string),
            estate: cover.estate.map(str::to_owned),
            as_of: cover.as_of,
            since: cover.since.map(Into::into),
            next_review: cover.next_review.map(Into::into),
            services: cover.services,
            filters: cover.filters.map(str::to_owned),
            rubrics: each(&cover.rubrics),
            stale_after_weeks: cover.stale_after_weeks,
            left_out: left_out.collect(),
            command: cover.command.to_owned(),
            made_by: MADE_BY.to_owned(),
        }
    }
}

impl From<eval::Since> for Since {
    fn from(since: eval::Since) -> Self {
        Self { date: since.date, basis: since.basis }
    }
}

impl From<eval::NextReview> for NextReview {
    fn from(next: eval::NextReview) -> Self {
        Self { date: next.date, planned: next.is_planned, in_days: next.in_days }
    }
}

impl From<&(&model::Rubric, usize)> for Rubric {
    fn from((rubric, services): &(&model::Rubric, usize)) -> Self {
        Self {
            key: rubric.key().to_string(),
            version: rubric.version.to_string(),
            title: rubric.title.clone(),
            services: *services,
        }
    }
}

impl From<Member<'_>> for ServiceRef {
    fn from(Member { service, identity }: Member<'_>) -> Self {
        Self {
            id: service.id.to_string(),
            title: service.title.clone(),
            platform: identity.platform.to_string(),
            golden_thread: identity.golden_thread,
        }
    }
}

impl CategoryRef {
    fn of(rubric: &model::Rubric, pillar: &Pillar, category: &Category) -> Self {
        Self {
            id: category.id.to_string(),
            title: category.title.clone(),
            pillar: pillar.title.clone(),
            rubric: rubric.id.to_string(),
            advisory: category.is_advisory(),
        }
    }
}

impl From<&MapColumn<'_>> for CategoryRef {
    fn from(column: &MapColumn<'_>) -> Self {
        Self::of(column.rubric, column.pillar, column.category)
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

#[cfg(test)]
mod tests {
    use serde_json::{json, value::Serializer};

    use super::changes::ChangeKind;
    use super::movements::MovementWord;
    use super::plans::CommitmentStatus;
    use super::*;
    use crate::eval::{ActionStatus, DevelopmentKind};
    use crate::model::{Approval, WaiverState};

    #[test]
    fn json_has_the_words_of_all_other_formats() {
        let ratings = Colour::ALL.map(|colour| (json!(State::from(colour)), colour.word()));
        let statuses = [Status::NotApplicable, Status::NotAssessed, Status::NeedsRescore(Colour::Red)];
        let statuses = statuses.map(|status| (json!(State::from(status)), status.word()));
        let labels = [eval::Label::New, eval::Label::Standing(1), eval::Label::Resolved];
        let labels = labels.map(|label| (json!(Label::from(label)), label.word()));
        let effects = [
            eval::Effect::NotMoved,
            eval::Effect::NotLookedAt,
            eval::Effect::FirstRated,
            eval::Effect::Moved,
            eval::Effect::Reached,
        ];
        let effects = effects.map(|effect| effect(Colour::Red));
        let effects = effects.map(|effect| (json!(Effect::from(effect)), effect.word()));
        let (requested, day) = (WaiverState::Requested(Approval::Missing), Date::new(2026, 1, 1));
        let too_long = WaiverState::TooLong(day.expect("a date"));
        let waivers = [WaiverState::InForce, WaiverState::Expired, requested, too_long];
        let waivers = waivers.map(|state| (json!(WaiverStatus::from(&state)), state.word()));
        let kinds = DevelopmentKind::ALL.map(|kind| (ChangeKind::serialize(&kind, Serializer), kind.word()));
        let promises = [ActionStatus::Open, ActionStatus::Overdue, ActionStatus::Kept, ActionStatus::Slipped];
        let promises =
            promises.map(|status| (CommitmentStatus::serialize(&status, Serializer), status.word()));
        let bases = [eval::SinceBasis::LastReview, eval::SinceBasis::Asked, eval::SinceBasis::Rhythm];
        let bases = bases.map(|basis| (SinceBasis::serialize(&basis, Serializer), basis.word()));
        let moves = eval::MovementKind::ALL;
        let moves = moves.map(|kind| (MovementWord::serialize(&kind, Serializer), kind.word()));
        let remote = kinds.into_iter().chain(moves).chain(promises).chain(bases);
        let remote = remote.map(|(json, word)| (json.expect("a word"), word));
        let own = ratings.into_iter().chain(statuses).chain(labels).chain(effects).chain(waivers);
        for (json, word) in own.chain(remote) {
            assert_eq!(json, word);
        }
    }
}
