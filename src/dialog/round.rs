//! Where a conversation stands: what was answered, what comes next, and the way back. Pure: knows neither a terminal nor
//! words.

use std::collections::BTreeMap;

use super::SessionScope;
use crate::eval::{Agenda, RubricState, Standing, Status};
use crate::model::{CategoryIx, Confirmation, Date, Rubric, Score, Scoring, Verdict};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SessionStep {
    /// Where to begin.
    Overview,
    /// One category.
    Card(CategoryIx),
    /// Whether all others are unchanged.
    Rest,
    /// Whether to write.
    Summary,
}

/// What was answered about a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Rated(Score),
    /// It was looked at again and is unchanged.
    Confirmed,
    /// Skipped: it keeps its colour and its review date.
    LeftOpen,
}

/// What leaving a category unchanged means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    Confirms,
    /// Nothing: it was never judged, or its bar was raised since, and then only a colour says anything.
    LeavesOpen,
    /// Nothing: the colour is the provider's, and so is confirming it.
    Inherits,
}

impl Keep {
    pub(super) fn of(standing: &Standing<'_>) -> Self {
        if standing.provider.is_some() {
            return Self::Inherits;
        }
        match standing.status {
            Status::NeedsRescore(_) | Status::NotAssessed => Self::LeavesOpen,
            Status::Rated(_) | Status::NotApplicable if standing.judged.is_none() => Self::LeavesOpen,
            Status::Rated(_) | Status::NotApplicable => Self::Confirms,
        }
    }
}

/// How far the round is; the past is a pile of these.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Moment {
    step: SessionStep,
    /// The categories being gone through.
    queue: Vec<CategoryIx>,
    /// The place of the one that is asked now.
    at: usize,
    answers: BTreeMap<CategoryIx, Answer>,
}

/// A conversation as far as it has come.
#[derive(Clone, Debug)]
pub(super) struct Round<'e> {
    rubric: &'e Rubric,
    agenda: Agenda,
    keeps: BTreeMap<CategoryIx, Keep>,
    scope: SessionScope,
    start: Scoring,
    now: Moment,
    past: Vec<Moment>,
}

impl<'e> Round<'e> {
    /// A round that takes up what was entered before.
    pub(super) fn new(state: &RubricState<'e>, today: Date, scope: SessionScope, start: Scoring) -> Self {
        let agenda = Agenda::of(state, today);
        let keeps: BTreeMap<_, _> = agenda.all().map(|ix| (ix, Keep::of(state.standing(ix)))).collect();
        let rubric: &'e Rubric = state.rubric;
        let mut answers = BTreeMap::new();
        match &start.confirmation {
            Confirmation::All => {
                let confirmable = keeps.iter().filter(|(_, keep)| **keep == Keep::Confirms);
                answers.extend(confirmable.map(|(ix, _)| (*ix, Answer::Confirmed)));
            }
            Confirmation::These(categories) => {
                let found = categories.iter().filter_map(|id| rubric.find(id.as_str()));
                let confirmable = found.filter(|ix| keeps.get(ix) == Some(&Keep::Confirms));
                answers.extend(confirmable.map(|ix| (ix, Answer::Confirmed)));
            }
        }
        for score in &start.scores {
            if let Some(ix) = rubric.find(score.category.as_str()) {
                answers.insert(ix, Answer::Rated(score.clone()));
            }
        }
        let now = Moment { step: SessionStep::Overview, queue: Vec::new(), at: 0, answers };
        Self { rubric, agenda, keeps, scope, start, now, past: Vec::new() }
    }

    pub(super) fn step(&self) -> SessionStep {
        self.now.step
    }

    pub(super) fn keep_of(&self, category: CategoryIx) -> Keep {
        self.keeps.get(&category).copied().unwrap_or(Keep::LeavesOpen)
    }

    pub(super) fn answer(&self, category: CategoryIx) -> Option<&Answer> {
        self.now.answers.get(&category)
    }

    /// Which of how many is asked now, counted from 1.
    pub(super) fn progress(&self) -> (usize, usize) {
        (self.now.at + 1, self.now.queue.len())
    }

    /// What is offered without being asked for, less what was answered.
    pub(super) fn offered(&self) -> Vec<CategoryIx> {
        let urgent = self.agenda.urgent.iter().map(|(ix, _)| *ix);
        match self.scope {
            SessionScope::Urgent => self.unanswered(urgent),
            SessionScope::All => self.unanswered(self.agenda.all()),
        }
    }

    /// What could be confirmed and wasn't answered.
    pub(super) fn confirmable(&self) -> Vec<CategoryIx> {
        let confirmable = self.agenda.all().filter(|ix| self.keep_of(*ix) == Keep::Confirms);
        self.unanswered(confirmable)
    }

    /// How many can't be confirmed, and weren't judged.
    pub(super) fn left_open(&self) -> usize {
        let open = self.agenda.all().filter(|ix| self.keep_of(*ix) == Keep::LeavesOpen);
        open.filter(|ix| !matches!(self.answer(*ix), Some(Answer::Rated(_)))).count()
    }

    /// Whether there are answers to write.
    pub(super) fn has_said_anything(&self) -> bool {
        self.now.answers.values().any(|answer| *answer != Answer::LeftOpen)
    }

    /// Goes through what is offered.
    pub(super) fn begin(&mut self) {
        let queue = self.offered();
        self.go_through(queue);
    }

    /// Goes through everything, what was answered too: it may be answered again.
    pub(super) fn begin_all(&mut self) {
        let queue = self.agenda.all().collect();
        self.go_through(queue);
    }

    /// Goes through what could be confirmed.
    pub(super) fn begin_rest(&mut self) {
        let queue = self.confirmable();
        self.go_through(queue);
    }

    /// Nothing else changed: everything that can be confirmed and wasn't answered is.
    pub(super) fn confirm_everything(&mut self) {
        let confirmable = self.confirmable();
        self.remember();
        self.now.answers.extend(confirmable.into_iter().map(|ix| (ix, Answer::Confirmed)));
        self.now.step = SessionStep::Summary;
    }

    /// No more questions.
    pub(super) fn finish(&mut self) {
        self.remember();
        self.now.step = SessionStep::Summary;
    }

    /// The category that is asked has this verdict.
    pub(super) fn judge(&mut self, verdict: Verdict, evidence: Vec<String>) {
        let SessionStep::Card(ix) = self.now.step else { return };
        let category = self.rubric.category(ix).id.clone();
        self.answer_with(Answer::Rated(Score { category, verdict, evidence, note: None }));
    }

    /// The category that is asked stays as it is; if it was answered before, as it was answered.
    pub(super) fn keep(&mut self) {
        let SessionStep::Card(ix) = self.now.step else { return };
        let entered = self.answer(ix).filter(|answer| **answer != Answer::LeftOpen).cloned();
        self.answer_with(entered.unwrap_or(match self.keep_of(ix) {
            Keep::Confirms => Answer::Confirmed,
            Keep::LeavesOpen | Keep::Inherits => Answer::LeftOpen,
        }));
    }

    /// Takes the last answer back and returns to its question; `None` where there is none.
    pub(super) fn undo(&mut self) -> Option<SessionStep> {
        self.now = self.past.pop()?;
        Some(self.now.step)
    }

    /// The answers, category by category.
    pub(super) fn scoring(&self) -> Scoring {
        let mut scores = Vec::new();
        let mut confirmed = Vec::new();
        for (ix, answer) in &self.now.answers {
            match answer {
                Answer::Rated(score) => scores.push(score.clone()),
                Answer::Confirmed => confirmed.push(self.rubric.category(*ix).id.clone()),
                Answer::LeftOpen => {}
            }
        }
        Scoring { scores, confirmation: Confirmation::These(confirmed), ..self.start.clone() }
    }

    /// The same as it is best written: what confirms everything that wasn't judged says so in a word.
    pub(super) fn scoring_to_write(&self) -> Scoring {
        let confirmed = self.now.answers.values().filter(|answer| **answer == Answer::Confirmed).count();
        let mut open = self.keeps.iter().filter(|(_, keep)| **keep == Keep::Confirms);
        let none_left =
            open.all(|(ix, _)| matches!(self.answer(*ix), Some(Answer::Confirmed | Answer::Rated(_))));
        let scoring = self.scoring();
        if confirmed > 1 && none_left {
            Scoring { confirmation: Confirmation::All, ..scoring }
        } else {
            scoring
        }
    }

    fn unanswered(&self, categories: impl Iterator<Item = CategoryIx>) -> Vec<CategoryIx> {
        categories.filter(|ix| !self.now.answers.contains_key(ix)).collect()
    }

    fn remember(&mut self) {
        self.past.push(self.now.clone());
    }

    fn go_through(&mut self, queue: Vec<CategoryIx>) {
        self.remember();
        self.now.queue = queue;
        self.now.at = 0;
        self.now.step = self.next_question();
    }

    fn answer_with(&mut self, answer: Answer) {
        let SessionStep::Card(ix) = self.now.step else { return };
        self.remember();
        self.now.answers.insert(ix, answer);
        self.now.at += 1;
        self.now.step = self.next_question();
    }

    fn next_question(&self) -> SessionStep {
        match self.now.queue.get(self.now.at) {
            Some(ix) => SessionStep::Card(*ix),
            None if self.confirmable().is_empty() => SessionStep::Summary,
            None => SessionStep::Rest,
        }
    }
}
