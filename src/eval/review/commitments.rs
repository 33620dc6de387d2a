//! What was promised, and what came of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::eval::{ActionStatus, action_status, service_state_in};
use crate::model::{Action, Category, Colour, Date};

use super::{Review, Reviewed, ReviewedCategory};

/// A commitment that a review looks at: it is open, or was done since the review before.
#[derive(Clone, Debug)]
pub struct Commitment<'r, 'e> {
    /// The service.
    pub reviewed: &'r Reviewed<'e>,
    /// The commitment.
    pub action: &'e Action,
    /// How it stands.
    pub status: ActionStatus,
    /// Whether it was raised since the review before.
    pub is_new: bool,
    /// The categories that it should improve, as today's rubric has them.
    pub categories: Vec<&'e Category>,
    /// What it did to the colour, if it is done and the colour is known.
    pub effect: Option<Effect>,
}

/// What became of the colour that a commitment was about, once it was done. Worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It was judged again, and is no better.
    NotMoved(Colour),
    /// Nobody has looked at it since.
    NotLookedAt(Colour),
    /// It had no colour when the commitment was made, so that nobody can say that it is better; it isn't what was aimed at.
    FirstRated(Colour),
    /// It is better, but not what was aimed at.
    Moved(Colour),
    /// It is what was aimed at, or simply better if nothing was.
    Reached(Colour),
}

impl Effect {
    /// The word used in output for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotMoved(_) => "not-moved",
            Self::NotLookedAt(_) => "not-looked-at",
            Self::FirstRated(_) => "first-rated",
            Self::Moved(_) => "moved",
            Self::Reached(_) => "reached",
        }
    }

    /// The colour now.
    #[must_use]
    pub fn colour(self) -> Colour {
        match self {
            Self::NotMoved(colour)
            | Self::NotLookedAt(colour)
            | Self::FirstRated(colour)
            | Self::Moved(colour)
            | Self::Reached(colour) => colour,
        }
    }
}

/// How many commitments stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

impl CommitmentCounts {
    /// Counts commitments.
    pub fn of<'c, 'r: 'c, 'e: 'r>(commitments: impl IntoIterator<Item = &'c Commitment<'r, 'e>>) -> Self {
        let mut counts = Self::default();
        for commitment in commitments {
            match commitment.status {
                ActionStatus::Kept => counts.kept += 1,
                ActionStatus::Slipped => counts.slipped += 1,
                ActionStatus::Open => counts.open += 1,
                ActionStatus::Overdue => counts.overdue += 1,
            }
            if commitment.status.is_open() {
                counts.without_owner += usize::from(commitment.action.owner.is_none());
                counts.without_date += usize::from(commitment.action.due.is_none());
            }
            counts.without_effect += usize::from(commitment.is_without_effect());
        }
        counts
    }
}

impl Commitment<'_, '_> {
    /// When it was done, if it is.
    #[must_use]
    pub fn done(&self) -> Option<Date> {
        self.action.done.filter(|done| *done <= self.reviewed.today)
    }

    /// Whether it is done, but the colour did not move.
    #[must_use]
    pub fn is_without_effect(&self) -> bool {
        matches!(self.effect, Some(Effect::NotMoved(_) | Effect::NotLookedAt(_)))
    }
}

/// Somebody outside a team who is needed.
#[derive(Clone, Debug)]
pub struct SupportNeed<'r, 'e> {
    /// Who.
    pub from: &'e str,
    /// The open commitments that ask for it.
    pub asks: Vec<Commitment<'r, 'e>>,
}

impl<'r, 'e> SupportNeed<'r, 'e> {
    /// Who is needed for commitments, most asked for first.
    #[must_use]
    pub fn of(commitments: &[Commitment<'r, 'e>]) -> Vec<Self> {
        let mut asked: BTreeMap<&'e str, Vec<Commitment<'r, 'e>>> = BTreeMap::new();
        for commitment in commitments.iter().filter(|commitment| commitment.status.is_open()) {
            if let Some(from) = &commitment.action.support {
                asked.entry(from).or_default().push(commitment.clone());
            }
        }
        let mut needs: Vec<_> = asked.into_iter().map(|(from, asks)| Self { from, asks }).collect();
        needs.sort_by_key(|need| Reverse(need.asks.len()));
        needs
    }
}

impl<'e> Review<'e> {
    /// What was kept or slipped since the review before, and everything that is open: what is overdue or open by the day
    /// it is due, then what slipped or was kept, latest first.
    #[must_use]
    pub fn commitments(&self) -> Vec<Commitment<'_, 'e>> {
        let of = |reviewed| self.commitments_of(reviewed);
        let mut commitments: Vec<_> = self.services.iter().flat_map(of).collect();
        commitments.sort_by_key(|it| {
            let order = match it.status {
                ActionStatus::Overdue => 0,
                ActionStatus::Open => 1,
                ActionStatus::Slipped => 2,
                ActionStatus::Kept => 3,
            };
            let action = it.action;
            (order, Reverse(it.done()), action.due.is_none(), action.due, action.raised)
        });
        commitments
    }

    fn commitments_of<'r>(&'r self, reviewed: &'r Reviewed<'e>) -> Vec<Commitment<'r, 'e>> {
        let actions = reviewed.service.actions.iter().filter(|action| action.raised <= self.today);
        let commitment = |action: &'e Action| {
            let status = action_status(action, self.today);
            let done = action.done.filter(|done| *done <= self.today);
            let standings = action.category.as_ref();
            let standings =
                standings.map(|name| reviewed.standings_of(self.estate, name)).unwrap_or_default();
            // What is about a category that isn't looked at, isn't either.
            let is_meant = !self.selection.chooses_categories() || !standings.is_empty();
            let is_current = done.is_none_or(|done| done > reviewed.since);
            (is_meant && is_current).then(|| Commitment {
                reviewed,
                action,
                status,
                is_new: action.raised > reviewed.since,
                categories: standings.iter().map(|found| found.category).collect(),
                effect: done.and_then(|done| self.effect(reviewed, action, done, &standings)),
            })
        };
        actions.filter_map(commitment).collect()
    }

    /// Where one category has become several, the one that is worst off tells.
    fn effect(
        &self,
        reviewed: &Reviewed<'e>,
        action: &Action,
        done: Date,
        standings: &[ReviewedCategory<'_, 'e>],
    ) -> Option<Effect> {
        let effect = |found: &ReviewedCategory<'_, 'e>| {
            let ReviewedCategory { rubric, category, now, .. } = *found;
            let at_first = service_state_in(self.estate, reviewed.service, action.raised, rubric);
            let ix = rubric.find(category.id.as_str())?;
            let colour = now.status.colour()?;
            let before = at_first.standing(ix).status.colour();
            let is_better = before.is_some_and(|before| colour > before);
            let is_reached = action.target.map_or(is_better || colour == Colour::Green, |it| colour >= it);
            let was_looked_at = now.judged.is_some_and(|judged| judged.reviewed >= done);
            Some(match (is_reached, is_better, was_looked_at) {
                (true, _, _) => Effect::Reached(colour),
                (false, true, _) => Effect::Moved(colour),
                (false, false, true) if before.is_none() => Effect::FirstRated(colour),
                (false, false, true) => Effect::NotMoved(colour),
                (false, false, false) => Effect::NotLookedAt(colour),
            })
        };
        standings.iter().filter_map(effect).min()
    }
}
