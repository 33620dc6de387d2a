//! What a rule found, and what becomes of it.

use std::collections::BTreeSet;

use crate::model::{
    Action, Assessment, Category, CategoryId, CategoryName, Criticality, Date, DomainId, GateLevel, GateRule,
    Identity, Retirement, Rubric, RubricKey, Service, SloResult, Verdict, Waiver,
};
use crate::source::Span;

use super::{IneffectiveWaiver, Loosening};
use crate::eval::{ServiceState, Standing};

/// Something that a rule found.
#[derive(Clone, Debug)]
pub struct Finding<'e> {
    pub rule: GateRule,
    /// The service, as it is now or, if it is gone, as it was; `None` if it is about the estate.
    pub service: Option<&'e Service>,
    pub what: What<'e>,
    /// Whether it was there before.
    pub news: News,
    /// Whether this change caused it.
    pub cause: Cause,
    /// How seriously the policy takes it, before any waiver; `Allow` for what this change did not cause, where the policy
    /// takes that no more seriously.
    pub level: GateLevel,
    /// The waiver that keeps it from failing anything.
    pub waiver: Option<&'e Waiver>,
    /// A waiver that is meant to, and doesn't count.
    pub ineffective_waiver: Option<IneffectiveWaiver<'e>>,
    pub place: FindingPlace,
    pub shared_ids: SharedIds<'e>,
}

/// Ids of categories that several rubrics of a service have.
#[derive(Clone, Debug, Default)]
pub struct SharedIds<'e>(Vec<&'e CategoryId>);

impl<'e> SharedIds<'e> {
    pub(super) fn of(state: &ServiceState<'e>) -> Self {
        let mut known = BTreeSet::new();
        let ids = state.categories().map(|(category, _)| &category.id);
        Self(ids.filter(|id| !known.insert(*id)).collect())
    }

    /// A category's name: with its rubric if the id alone is ambiguous.
    #[must_use]
    pub fn name(&self, rubric: &Rubric, id: &CategoryId) -> CategoryName {
        let is_qualified = self.0.contains(&id);
        CategoryName { id: id.clone(), rubric: Some(rubric.id.clone()), is_qualified }
    }

    /// The same for its title.
    #[must_use]
    pub fn title(&self, rubric: &Rubric, category: &Category) -> String {
        let title = &category.title;
        if self.0.contains(&&category.id) { format!("{}/{title}", rubric.id) } else { title.clone() }
    }
}

/// Where a finding is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingPlace {
    /// In a file as it is now.
    Now(Span),
    /// In a file as it was at the base; it isn't there any more.
    Base(Span),
    Settings,
}

/// Whether a finding was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It was not there before.
    New,
    /// It was; the number of reviews since.
    Standing(usize),
}

/// Whether a change caused a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It did, or there is no other estate that could tell.
    ThisChange,
    /// It did not: the base has the same finding when it is looked at today.
    Standing,
}

/// A category of a service at the base and now.
#[derive(Clone, Copy, Debug)]
pub struct Transition<'e> {
    pub category: &'e Category,
    /// The rubric under which both are evaluated.
    pub rubric: &'e Rubric,
    /// What it was; `None` where there is no base.
    pub before: Option<Standing<'e>>,
    /// The day as of which it was that; `None` if the base is another estate.
    pub before_on: Option<Date>,
    /// What it is; `None` where the rubric doesn't ask it any more.
    pub now: Option<Standing<'e>>,
}

/// A category of a version of a rubric.
#[derive(Clone, Copy, Debug)]
pub struct VersionedCategory<'e> {
    pub rubric: &'e Rubric,
    pub category: &'e Category,
}

/// What a rule found.
#[derive(Clone, Debug)]
pub enum What<'e> {
    /// A category's colour, or that it is gone.
    Colour(Transition<'e>),
    /// Categories that nobody has looked at for too long, with the day since which.
    Stale(Vec<VersionedCategory<'e>>, Date),
    /// Categories that were never judged or need a re-score.
    NotAssessed(Vec<VersionedCategory<'e>>),
    /// An action that is overdue.
    Overdue(&'e Action),
    /// A waiver that ended while its category is red.
    Expired(&'e Waiver),
    /// An objective that was missed while every category is green.
    Missed(&'e SloResult),
    /// An assessment of the past, with all its judgements, or one of them.
    Removed {
        /// The assessment.
        from: &'e Assessment,
        /// The category and what was judged; `None` for the whole assessment.
        judgement: Option<(&'e CategoryId, &'e Verdict)>,
    },
    /// A judgement of the past that says something else.
    Rewritten {
        /// The assessment as it is.
        within: &'e Assessment,
        category: &'e CategoryId,
        /// The old verdict; `None` if there was none.
        from: Option<&'e Verdict>,
        to: &'e Verdict,
    },
    /// An assessment of the past that was edited in another way.
    PastEdited(&'e Assessment, PastEdit),
    /// Who the service was on a day of the past, the last of them if there are several.
    OtherPast { on: Date, was: Presence<'e>, is: Presence<'e> },
    /// What the gate found at the base has no entry any more.
    Withdrawn(Withdrawn<'e>),
    /// The service is gone.
    Gone,
    /// The service is retired.
    Retired(&'e Retirement, Onset),
    /// It has another domain, platform or owner.
    Moved { was: &'e Identity, is: &'e Identity, onset: Onset },
    /// It matters less than it did.
    LessImportant(LostImportance<'e>, Onset),
    /// It is judged by another rubric.
    Switched(RubricKey, RubricKey),
    /// A rubric no longer counts for it; with the categories that are red under it.
    RubricDropped(&'e Rubric, Vec<&'e Category>, Onset),
    /// A waiver is new, or ends later than the one before.
    Waived(&'e Waiver),
    /// A rubric was edited: its key, and the categories concerned.
    Edited(RubricKey, Vec<&'e Category>),
    /// Settings that are less strict.
    Loosened(Vec<Loosening<'e>>),
}

/// Who a service is on a day, if it is in the estate on it: it has joined and isn't retired.
pub type Presence<'e> = Option<&'e Identity>;

/// When a change to a service counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onset {
    Today,
    /// On this day, which has not come.
    Planned(Date),
}

/// In what a service matters less than it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostImportance<'e> {
    /// It left the Golden Thread.
    GoldenThread,
    /// Its criticality is lower.
    Criticality { from: &'e Criticality, to: &'e Criticality },
    /// It moved to a domain in which the gate is milder.
    MilderDomain { from: &'e DomainId, to: &'e DomainId },
}

/// What a finding of the base was about, and what became of its entry.
#[derive(Clone, Copy, Debug)]
pub enum Withdrawn<'e> {
    /// An overdue action is gone.
    ActionRemoved(&'e Action),
    /// An overdue action got another day: as it was, and as it is.
    ActionPostponed(&'e Action, &'e Action),
    /// A waiver that had ended is gone, and its category is still red.
    WaiverRemoved(&'e Waiver),
    /// A waiver that had ended lasts longer, or another one does, and no rule names that: as it was, and as it is.
    WaiverPostponed(&'e Waiver, &'e Waiver),
    /// A missed objective's result is gone.
    ResultRemoved(&'e SloResult),
    /// A missed objective's result was changed: the old one, and the new one.
    ResultChanged(&'e SloResult, &'e SloResult),
    /// An objective is missed, and a category has no colour where every one was green.
    NoLongerGreen(&'e SloResult),
    /// A category that was never assessed isn't asked any more, since the service's tags or criticality changed.
    NoLongerAsked(VersionedCategory<'e>),
    /// A category whose colour was stale has no colour.
    NoLongerRated(VersionedCategory<'e>),
}

/// How an assessment of the past was edited besides its ratings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PastEdit {
    /// It confirms more than it did, so that colours seem younger.
    Confirms,
    /// It is under another rubric: what it was, and what it is.
    Rubric(RubricKey, RubricKey),
}

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingOutcome {
    /// It fails the gate.
    Denied,
    /// It is only mentioned.
    Warned,
    /// It would fail the gate or be mentioned, but for a waiver; still mentioned.
    Waived,
    /// This change did not cause it, and the policy has no word on such findings; only counted.
    Standing,
}

impl<'e> Finding<'e> {
    pub(super) fn new(
        rule: GateRule,
        service: Option<&'e Service>,
        what: What<'e>,
        level: GateLevel,
        place: FindingPlace,
    ) -> Self {
        Self {
            rule,
            service,
            what,
            news: News::New,
            cause: Cause::ThisChange,
            level,
            waiver: None,
            ineffective_waiver: None,
            place,
            shared_ids: SharedIds::default(),
        }
    }

    /// The category that it is about, if it is about a colour.
    #[must_use]
    pub fn turn(&self) -> Option<&Transition<'e>> {
        if let What::Colour(turn) = &self.what { Some(turn) } else { None }
    }

    /// What becomes of it.
    #[must_use]
    pub fn outcome(&self) -> FindingOutcome {
        match (self.waiver, self.level) {
            (_, GateLevel::Allow) => FindingOutcome::Standing,
            (Some(_), GateLevel::Warn | GateLevel::Deny) => FindingOutcome::Waived,
            (None, GateLevel::Deny) => FindingOutcome::Denied,
            (None, GateLevel::Warn) => FindingOutcome::Warned,
        }
    }
}
