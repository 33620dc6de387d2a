//! What joined, moved and left since the day that a review compares with.

use crate::eval::Member;
use crate::model::{Date, Identity};

use super::{Departed, Departure, Membership, Review, Reviewed};

/// How a service came, went, or became something else since the day that it is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Movement<'e> {
    /// The service, and who it is; if it left, who it was.
    pub member: Member<'e>,
    pub kind: MovementKind,
    /// The first day on which it was so; `None` where nobody wrote it down.
    pub on: Option<Date>,
    /// Who it was on the day that it is compared with, if it existed.
    pub before: Option<&'e Identity>,
    /// Who it is, unless it retired.
    pub now: Option<&'e Identity>,
    /// The reason given, if it retired.
    pub because: Option<&'e str>,
}

/// How a service came or went. In the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MovementKind {
    /// It joined the estate.
    Joined,
    /// It was assessed for the first time, and its file doesn't say when it joined.
    FirstAssessed,
    /// It was there, but not among the services that are looked at.
    MovedIn,
    /// It was among them, in another domain or on another platform.
    Moved,
    /// It is there, but no longer among them.
    MovedOut,
    Retired,
    JoinedGoldenThread,
    LeftGoldenThread,
}

impl MovementKind {
    /// Every kind, in their order.
    pub const ALL: [Self; 8] = [
        Self::Joined,
        Self::FirstAssessed,
        Self::MovedIn,
        Self::Moved,
        Self::MovedOut,
        Self::Retired,
        Self::JoinedGoldenThread,
        Self::LeftGoldenThread,
    ];

    /// The word used in output for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::FirstAssessed => "first-assessed",
            Self::MovedIn => "moved-in",
            Self::Moved => "moved",
            Self::MovedOut => "moved-out",
            Self::Retired => "retired",
            Self::JoinedGoldenThread => "joined-golden-thread",
            Self::LeftGoldenThread => "left-golden-thread",
        }
    }
}

impl<'e> Review<'e> {
    /// What joined, moved and left; by kind, Golden Thread services first.
    #[must_use]
    pub fn movements(&self) -> Vec<Movement<'e>> {
        let here = self.services.iter().flat_map(Reviewed::movements);
        let gone = self.departed.iter().map(|departed| departed.movement(self.today));
        let mut movements: Vec<_> = here.chain(gone).collect();
        movements.sort_by_key(|it| (it.kind, !it.member.identity.golden_thread));
        movements
    }
}

impl<'e> Reviewed<'e> {
    fn movements(&self) -> Vec<Movement<'e>> {
        let movement = |kind, on, before| Movement {
            member: self.member(),
            kind,
            on,
            before,
            now: Some(self.identity),
            because: None,
        };
        let was = match self.membership_before {
            Membership::Nowhere => {
                return vec![movement(MovementKind::Joined, self.service.first_day(), None)];
            }
            Membership::Selected(was) | Membership::Elsewhere(was) => was,
        };
        let is_here = matches!(self.membership_before, Membership::Selected(_));
        let first = self.service.assessments.first().map(|first| first.date);
        let first = first.filter(|first| self.since < *first && *first <= self.today);
        let first = first.filter(|_| self.service.joined.is_none());
        let turned = golden_thread(was, self.identity);
        let moved = match (has_moved(was, self.identity), is_here) {
            (true, true) => Some(MovementKind::Moved),
            (true, false) => Some(MovementKind::MovedIn),
            // The Golden Thread may be why it is here.
            (false, false) if turned.is_none() => Some(MovementKind::MovedIn),
            (false, _) => None,
        };
        let changes = [moved, turned].into_iter().flatten();
        let changes = changes.map(|kind| movement(kind, self.changed_on(kind), Some(was)));
        let first = first.map(|first| movement(MovementKind::FirstAssessed, Some(first), Some(was)));
        changes.chain(first).collect()
    }

    fn changed_on(&self, kind: MovementKind) -> Option<Date> {
        changed_on(self.member(), kind, self.since, self.today)
    }
}

impl<'e> Departed<'e> {
    fn movement(&self, today: Date) -> Movement<'e> {
        let member = Member { service: self.service, identity: self.was };
        let (kind, on, now, because) = match self.departure {
            Departure::Retired(retirement) => {
                (MovementKind::Retired, Some(retirement.on), None, retirement.because.as_deref())
            }
            Departure::Elsewhere(now) => {
                let turned = golden_thread(self.was, now).filter(|_| !has_moved(self.was, now));
                let kind = turned.unwrap_or(MovementKind::MovedOut);
                (kind, changed_on(member, kind, self.since, today), Some(now), None)
            }
        };
        Movement { member, kind, on, before: Some(self.was), now, because }
    }
}

fn has_moved(was: &Identity, now: &Identity) -> bool {
    (&was.domain, &was.platform) != (&now.domain, &now.platform)
}

fn golden_thread(was: &Identity, now: &Identity) -> Option<MovementKind> {
    match (was.golden_thread, now.golden_thread) {
        (false, true) => Some(MovementKind::JoinedGoldenThread),
        (true, false) => Some(MovementKind::LeftGoldenThread),
        (true, true) | (false, false) => None,
    }
}

/// The last day, after `since` and up to `today`, on which a service became something else.
fn changed_on(member: Member<'_>, kind: MovementKind, since: Date, today: Date) -> Option<Date> {
    let is_it = |was: &Identity, now: &Identity| match kind {
        MovementKind::JoinedGoldenThread | MovementKind::LeftGoldenThread => {
            golden_thread(was, now) == Some(kind)
        }
        MovementKind::Moved | MovementKind::MovedIn | MovementKind::MovedOut => has_moved(was, now),
        MovementKind::Joined | MovementKind::FirstAssessed | MovementKind::Retired => false,
    };
    let service = member.service;
    let ends = service.identities.previously().iter().map(|past| past.until);
    let ends = ends.filter(|end| since <= *end && *end < today);
    let turns = ends.filter(|end| is_it(service.identity_on(*end), service.identity_on(end.day_after())));
    turns.max().map(Date::day_after)
}
