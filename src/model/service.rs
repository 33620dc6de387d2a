//! A service: how it was judged, what was promised. Who it is: [`Identity`].

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{
    CategoryIx, CategoryName, Clock, Colour, Date, Identities, Identity, Link, Retirement, Rubric, RubricId,
    RubricKey, ServiceId, Waiver,
};
use crate::source::{Span, Spanned};

/// One service, as its valid file describes it.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its id, the stem of its file's name.
    pub id: ServiceId,
    /// Ids that it had before, each with its place. References to them mean this service.
    pub renamed_from: Vec<Spanned<ServiceId>>,
    /// Its name for people; the id where the file gives none.
    pub title: String,
    /// Where it is in its life, in the organisation's own words.
    pub lifecycle: Option<String>,
    pub links: Vec<Link>,
    /// Who it is, and who it was.
    pub identities: Identities,
    /// The day it joined the estate, where the file says so.
    pub joined: Option<Date>,
    /// Oldest first; the dates under one rubric in its file are unique.
    pub assessments: Vec<Assessment>,
    /// Commitments, in the order of the file.
    pub actions: Vec<Action>,
    /// Waivers, in the order of the file.
    pub waivers: Vec<Waiver>,
    /// Where its id is written.
    pub span: Span,
}

/// What was judged on one day. A category that isn't mentioned keeps its last judgement.
#[derive(Clone, Debug)]
pub struct Assessment {
    pub date: Date,
    /// Where the day is written.
    pub span: Span,
    /// The rubric that was used.
    pub rubric: Arc<Rubric>,
    pub by: Vec<String>,
    /// The outside view: who judged with them.
    pub with: Vec<String>,
    /// One for each category judged on that day.
    pub judgements: Vec<Judgement>,
    /// What was looked at again and found unchanged.
    pub confirmed: Confirmed,
}

/// One category judged on one day.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Which category of the assessment's rubric.
    pub category: CategoryIx,
    pub verdict: Verdict,
    /// Where it can be seen.
    pub evidence: Vec<String>,
    pub note: Option<String>,
    pub span: Span,
}

/// What was found when a category was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A colour, with the reason if one was given.
    Rated { colour: Colour, because: Option<String> },
    /// The category makes no sense for this service, for this reason.
    NotApplicable {
        /// Why; never empty.
        because: String,
    },
    /// Another service does this for us: its colour counts.
    Inherited {
        /// That service.
        provider: ServiceId,
        /// Why, if a reason was given.
        because: Option<String>,
    },
}

impl Verdict {
    /// The reason given.
    #[must_use]
    pub fn because(&self) -> Option<&str> {
        match self {
            Self::Rated { because, .. } | Self::Inherited { because, .. } => because.as_deref(),
            Self::NotApplicable { because } => Some(because),
        }
    }

    /// The same with this reason, if it has none.
    #[must_use]
    pub fn or_because(mut self, other: Option<&str>) -> Self {
        match &mut self {
            Self::Rated { because, .. } | Self::Inherited { because, .. } => {
                *because = because.take().or_else(|| other.map(str::to_owned));
            }
            Self::NotApplicable { .. } => {}
        }
        self
    }

    /// The rating without its reason.
    #[must_use]
    pub fn rating(&self) -> Rating<'_> {
        match self {
            Self::Rated { colour, .. } => Rating::Colour(*colour),
            Self::NotApplicable { .. } => Rating::NotApplicable,
            Self::Inherited { provider, .. } => Rating::Inherited(provider),
        }
    }

    /// The service whose colour counts, if another does this.
    #[must_use]
    pub fn provider(&self) -> Option<&ServiceId> {
        match self {
            Self::Inherited { provider, .. } => Some(provider),
            Self::Rated { .. } | Self::NotApplicable { .. } => None,
        }
    }

    /// Whether both say the same about the service, whatever the reason.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.rating() == other.rating()
    }
}

/// A verdict without its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rating<'v> {
    Colour(Colour),
    /// The category makes no sense for this service.
    NotApplicable,
    /// The colour of another service counts.
    Inherited(&'v ServiceId),
}

/// What an assessment looked at again without judging it anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmed {
    Nothing,
    /// Everything judged before.
    All(Span),
    /// These, each with its place in the file.
    These(Vec<(CategoryIx, Span)>),
}

impl Assessment {
    /// Whether anything was judged or confirmed. If not, it only puts its rubric in force.
    #[must_use]
    pub fn looks_at_anything(&self) -> bool {
        let confirms = match &self.confirmed {
            Confirmed::Nothing => false,
            Confirmed::All(_) => true,
            Confirmed::These(categories) => !categories.is_empty(),
        };
        confirms || !self.judgements.is_empty()
    }
}

/// A commitment; it outlives the assessment that it came from.
#[derive(Clone, Debug)]
pub struct Action {
    pub what: String,
    /// The category that it should improve.
    pub category: Option<CategoryName>,
    pub owner: Option<String>,
    pub raised: Date,
    pub due: Option<Date>,
    /// The colour that it should bring.
    pub target: Option<Colour>,
    /// Who outside the team is needed.
    pub support: Option<String>,
    /// When it was done; `None` while open.
    pub done: Option<Date>,
    pub because: Option<String>,
    /// Where the three dates are written, for messages: raised, due, done.
    pub spans: ActionSpans,
}

/// Where an action's parts are written.
#[derive(Clone, Copy, Debug)]
pub struct ActionSpans {
    /// The day it was raised.
    pub raised: Span,
    /// The day it is due, if any.
    pub due: Option<Span>,
    /// The day it was done, if any.
    pub done: Option<Span>,
}

impl Service {
    /// Who it is on a day.
    #[must_use]
    pub fn identity_on(&self, day: Date) -> &Identity {
        self.identities.on(day)
    }

    /// The first day on which it exists: the day it joined or the first that anything in its file is dated, whichever is
    /// earlier; `None` if nobody wrote down when it joined, so that it counts as not assessed before its first assessment.
    #[must_use]
    pub fn first_day(&self) -> Option<Date> {
        let joined = self.joined?;
        let assessed = self.assessments.first().map(|first| first.date);
        let raised = self.actions.iter().map(|action| action.raised).min();
        let was = self.identities.previously().first().map(|past| past.until);
        [assessed, raised, was].into_iter().flatten().chain([joined]).min()
    }

    /// Whether it exists on a day: it has joined and isn't retired.
    #[must_use]
    pub fn exists_on(&self, day: Date) -> bool {
        self.first_day().is_none_or(|first| first <= day) && !self.is_retired_on(day)
    }

    /// Whether it is retired on a day.
    #[must_use]
    pub fn is_retired_on(&self, day: Date) -> bool {
        self.retirement_on(day).is_some()
    }

    /// Its retirement, if it is retired on a day.
    #[must_use]
    pub fn retirement_on(&self, day: Date) -> Option<&Retirement> {
        self.identity_on(day).retired.as_ref().filter(|retired| retired.on <= day)
    }

    /// The last assessment made on or before a day that looked at anything: moving to another version of the rubric
    /// says nothing about the service.
    #[must_use]
    pub fn latest_assessment(&self, as_of: Date) -> Option<&Assessment> {
        self.looks(as_of).next()
    }

    /// The same by any version of one rubric.
    #[must_use]
    pub fn latest_assessment_by(&self, rubric: &RubricId, as_of: Date) -> Option<&Assessment> {
        self.looks(as_of).find(|assessment| assessment.rubric.id == *rubric)
    }

    /// The assessments on or before a day that looked at anything, latest first.
    fn looks(&self, as_of: Date) -> impl Iterator<Item = &Assessment> {
        let past = self.assessments.iter().rev().filter(move |assessment| assessment.date <= as_of);
        past.filter(|assessment| assessment.looks_at_anything())
    }

    /// The days of entries that have not begun here and have begun elsewhere, each once, in order.
    #[must_use]
    pub fn early_days(&self, clock: Clock) -> Vec<Date> {
        let assessed = self.assessments.iter().map(|assessment| assessment.date);
        let actions =
            self.actions.iter().flat_map(|action| std::iter::once(action.raised).chain(action.done));
        let waivers = self.waivers.iter().filter_map(|waiver| waiver.raised);
        let days = assessed.chain(actions).chain(waivers);
        let early: BTreeSet<_> = days.filter(|day| clock.has_begun_elsewhere(*day)).collect();
        early.into_iter().collect()
    }

    /// Dates entries of days that have begun elsewhere today, so that they count; their order and spans stay, and so does
    /// every other date. A waiver counts whenever it was raised, and its time begins on the day that is written.
    pub fn count_early_entries(&mut self, clock: Clock) {
        for assessment in &mut self.assessments {
            assessment.date = clock.counts_from(assessment.date);
        }
        for action in &mut self.actions {
            action.raised = clock.counts_from(action.raised);
            action.done = action.done.map(|done| clock.counts_from(done));
        }
    }

    /// Leaves out every entry that is dated after a day, as in the file of that day. Who the service is depends on the day that
    /// is asked for, and stays.
    pub(super) fn forget_after(&mut self, day: Date) {
        self.assessments.retain(|assessment| assessment.date <= day);
        self.actions.retain(|action| action.raised <= day);
        for action in &mut self.actions {
            action.done = action.done.filter(|done| *done <= day);
        }
        self.waivers.retain(|waiver| waiver.raised.is_none_or(|raised| raised <= day));
    }

    /// The last day, up to `today`, on which a version of a rubric was in force; `None` if it never was.
    #[must_use]
    pub fn last_day_under(&self, rubric: &RubricKey, today: Date) -> Option<Date> {
        let past = self.assessments.iter().take_while(|assessment| assessment.date <= today);
        let past: Vec<_> = past.filter(|assessment| assessment.rubric.id == rubric.id).collect();
        let last = past.iter().rposition(|assessment| assessment.rubric.key() == *rubric)?;
        Some(past.get(last + 1).map_or(today, |next| next.date.day_before()))
    }
}
