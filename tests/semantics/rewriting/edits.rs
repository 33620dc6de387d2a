//! Changes made up, what they should come to, and which lines they may touch.

use fundamentals::edit::{
    self, EditError, IdentityChange, NewAction, NewAssessment, NewRetirement, NewWaiver, PartialIdentity,
};
use fundamentals::model::{CategoryId, Confirmation, Date, RubricKey, Score, Scoring, ServiceId, Verdict};

use super::choices::Choices;
use super::facts::{
    Assessed, CATEGORIES, DAYS, Exception, Facts, Found, JudgementRecord, Promise, Unchanged,
    different_names, evidence, exception, judged, promise, reason,
};
use super::properties::read;
use super::who::{Who, retired, who};
use crate::support::day;

/// A change to a service's file.
#[derive(Clone, Debug)]
pub enum Edit {
    /// What was found on a day.
    Assess(Assessed),
    /// An assessment that judges nothing yet, with comments below it.
    Scaffold(Date),
    Promise(Promise),
    Finish(usize, Date),
    Waive(Exception, Vec<String>),
    /// What the service was up to a day, and is from then on; without a day, it never was anything else.
    Move(Option<Date>, Who),
    Retire(Date, String),
    /// The service is no longer retired, and was so up to a day; without a day, it never was.
    Reinstate(Option<Date>),
}

const SCAFFOLD: [&str; 2] = ["scores:", "  a: "];

/// A change that makes sense for a service.
pub fn any(facts: &Facts, choices: &mut Choices) -> Edit {
    match choices.below(14) {
        10 | 11 => Edit::Move(until(facts, choices), who(choices)),
        12 if facts.now.retired.is_some() => Edit::Reinstate(until(facts, choices)),
        12 | 13 => Edit::Retire(retired(choices).0, reason(choices)),
        0..=5 => Edit::Assess(said(facts, choices)),
        6 => {
            let is_new = |date: &Date| facts.assessments.iter().all(|it| it.date != *date);
            let dates: Vec<_> = DAYS.iter().map(|date| day(date)).filter(is_new).collect();
            Edit::Scaffold(choices.one_of(&dates))
        }
        7 if !facts.actions.is_empty() => Edit::Finish(
            choices.below(facts.actions.len()),
            day(choices.one_of(&["2026-06-01", "2026-05-01"])),
        ),
        7 | 8 => Edit::Promise(Promise { done: None, ..promise(choices) }),
        _ => {
            let waiver = exception(choices);
            Edit::Waive(waiver, evidence(choices))
        }
    }
}

/// The last day before a change: none that is before one already.
fn until(facts: &Facts, choices: &mut Choices) -> Option<Date> {
    let last = facts.previously.last().map(|(until, _)| *until);
    let first = last.or(Some(day("2026-05-31")));
    choices.one_of(&[first, Some(day("2026-06-30")), last])
}

/// Something on a day that was judged before, or not.
fn said(facts: &Facts, choices: &mut Choices) -> Assessed {
    let days: Vec<_> = facts.assessments.iter().map(|it| it.date).collect();
    let date = if !days.is_empty() && choices.once_in(2) {
        choices.one_of(&days)
    } else {
        day(choices.one_of(&["2026-06-01", "2025-01-01", "2025-03-01", "2025-05-01", "2025-08-01"]))
    };
    let categories = choices.shuffled(choices.clone().some_of(&CATEGORIES));
    let others: Vec<_> =
        CATEGORIES.into_iter().filter(|id| !categories.contains(id)).map(str::to_owned).collect();
    let confirmed = match choices.below(3) {
        0 => Unchanged::These(Vec::new()),
        1 => Unchanged::These(choices.some_of(&others)),
        _ => Unchanged::All,
    };
    let scores = categories.into_iter().map(|category| judged(choices, category)).collect();
    let (by, with) = (different_names(choices), different_names(choices));
    Assessed { date, rubric: "r@1".to_owned(), by, with, scores, confirmed }
}

impl Edit {
    pub fn apply(&self, text: &str) -> Result<String, EditError> {
        match self {
            Self::Assess(said) => edit::assess(text, &scoring(said)),
            Self::Scaffold(date) => {
                let comments = SCAFFOLD.map(str::to_owned).to_vec();
                let rubric = RubricKey::parse("r@1").expect("a key");
                edit::add_assessment(text, &NewAssessment { date: *date, rubric, comments })
            }
            Self::Promise(promise) => edit::add_action(text, &new_action(promise)),
            Self::Finish(at, date) => edit::finish_action(text, *at, *date),
            Self::Waive(waiver, evidence) => edit::waive(text, &new_waiver(waiver, evidence)),
            Self::Move(until, who) => {
                let now = now(text);
                let change =
                    IdentityChange { until: *until, was: partial(&now, who), becomes: partial(who, &now) };
                edit::change_identity(text, &change)
            }
            Self::Retire(on, because) => {
                edit::retire(text, &NewRetirement { on: *on, because: Some(because.clone()) })
            }
            Self::Reinstate(until) => {
                let Some((on, because)) = now(text).retired else { return Ok(text.to_owned()) };
                edit::reinstate(text, &NewRetirement { on, because }, *until)
            }
        }
    }

    /// Whether making the change once more should change nothing.
    pub fn is_idempotent(&self) -> bool {
        match self {
            Self::Assess(_)
            | Self::Finish(..)
            | Self::Waive(..)
            | Self::Move(..)
            | Self::Retire(..)
            | Self::Reinstate(_) => true,
            Self::Scaffold(_) | Self::Promise(_) => false,
        }
    }

    /// What a file should say afterwards.
    pub fn on(&self, facts: &Facts) -> Facts {
        let mut facts = facts.clone();
        match self {
            Self::Assess(said) => match facts.assessments.iter_mut().find(|it| it.date == said.date) {
                Some(known) => join(known, said),
                None => facts.assessments.push(said.clone()),
            },
            Self::Scaffold(date) => facts.assessments.push(Assessed {
                date: *date,
                rubric: "r@1".to_owned(),
                by: Vec::new(),
                with: Vec::new(),
                scores: Vec::new(),
                confirmed: Unchanged::These(Vec::new()),
            }),
            Self::Promise(promise) => facts.actions.push(promise.clone()),
            Self::Finish(at, date) => facts.actions[*at].done = Some(*date),
            Self::Waive(new, _) => {
                match facts.waivers.iter_mut().rev().find(|it| it.category == new.category) {
                    Some(known) => *known = new.clone(),
                    None => facts.waivers.push(new.clone()),
                }
            }
            Self::Move(..) | Self::Retire(..) | Self::Reinstate(_) => {}
        }
        match self {
            Self::Move(until, who) => {
                let now = Who { retired: facts.now.retired.clone(), ..who.clone() };
                let before = std::mem::replace(&mut facts.now, now);
                if let Some(until) = until.filter(|_| *who != Who { retired: None, ..before.clone() }) {
                    keep(&mut facts, until, Who { retired: None, ..before });
                }
            }
            Self::Retire(on, because) => facts.now.retired = Some((*on, Some(because.clone()))),
            Self::Reinstate(until) => {
                let was = facts.now.clone();
                facts.now.retired = None;
                if let Some(until) = until {
                    let retired = was.retired.clone();
                    let known = keep(&mut facts, *until, was);
                    known.retired = known.retired.take().or(retired);
                }
            }
            Self::Assess(_) | Self::Scaffold(_) | Self::Promise(_) | Self::Finish(..) | Self::Waive(..) => {}
        }
        facts.assessments.sort_by_key(|it| it.date);
        for assessed in &mut facts.assessments {
            assessed.scores.sort_by(|one, other| one.category.cmp(&other.category));
        }
        facts
    }
}

/// What a service was up to a day: what is known of that time, or this.
fn keep(facts: &mut Facts, until: Date, was: Who) -> &mut Who {
    if facts.previously.last().is_none_or(|(last, _)| *last != until) {
        facts.previously.push((until, was));
    }
    &mut facts.previously.last_mut().expect("there is one").1
}

/// What a text says of the service as it is now.
fn now(text: &str) -> Who {
    read(text).expect("it can be read").now
}

/// What differs from another.
pub fn partial(who: &Who, from: &Who) -> PartialIdentity {
    PartialIdentity {
        platform: (who.platform != from.platform).then(|| who.platform.clone()),
        owner: (who.owner != from.owner).then(|| who.owner.clone().unwrap_or_default()),
        golden_thread: (who.golden_thread != from.golden_thread).then_some(who.golden_thread),
        tags: (who.tags != from.tags).then(|| who.tags.clone()),
        ..PartialIdentity::default()
    }
}

/// Puts what was said into an assessment of the same day.
fn join(known: &mut Assessed, said: &Assessed) {
    for (known, new) in [(&mut known.by, &said.by), (&mut known.with, &said.with)] {
        let new: Vec<_> = new.iter().filter(|name| !known.contains(name)).cloned().collect();
        known.extend(new);
    }
    known.scores.retain(|old| said.scores.iter().all(|new| new.category != old.category));
    known.scores.extend(said.scores.iter().cloned());
    let is_judged = |id: &String| known.scores.iter().any(|score| score.category == *id);
    match (&mut known.confirmed, &said.confirmed) {
        (Unchanged::All, _) => {}
        (known, Unchanged::All) => *known = Unchanged::All,
        (Unchanged::These(known), Unchanged::These(new)) => {
            known.retain(|id| !is_judged(id));
            let new: Vec<_> =
                new.iter().filter(|id| !is_judged(id) && !known.contains(id)).cloned().collect();
            known.extend(new);
        }
    }
}

fn category(id: &str) -> CategoryId {
    CategoryId::new(id).expect("an id")
}

fn scoring(said: &Assessed) -> Scoring {
    Scoring {
        date: said.date,
        rubric: RubricKey::parse(&said.rubric).expect("a key"),
        by: said.by.clone(),
        with: said.with.clone(),
        scores: said.scores.iter().map(score).collect(),
        confirmation: match &said.confirmed {
            Unchanged::All => Confirmation::All,
            Unchanged::These(these) => Confirmation::These(these.iter().map(|id| category(id)).collect()),
        },
    }
}

fn score(judged: &JudgementRecord) -> Score {
    let because = judged.because.clone();
    let verdict = match &judged.found {
        Found::Colour(colour) => Verdict::Rated { colour: *colour, because },
        Found::NotApplicable => Verdict::NotApplicable { because: because.expect("a reason") },
        Found::From(id) => Verdict::Inherited { provider: ServiceId::new(id).expect("an id"), because },
    };
    let (evidence, note) = (judged.evidence.clone(), judged.note.clone());
    Score { category: category(&judged.category), verdict, evidence, note }
}

fn new_action(promise: &Promise) -> NewAction {
    NewAction {
        what: promise.what.clone(),
        category: promise.category.as_deref().map(|id| category(id).into()),
        owner: promise.owner.clone(),
        raised: promise.raised,
        due: promise.due,
        target: promise.target,
        support: promise.support.clone(),
        because: promise.because.clone(),
    }
}

fn new_waiver(waiver: &Exception, evidence: &[String]) -> NewWaiver {
    NewWaiver {
        category: category(&waiver.category).into(),
        raised: waiver.raised.expect("edits date what they write"),
        until: waiver.until,
        because: waiver.because.clone(),
        approved_by: waiver.approved_by.clone(),
        evidence: evidence.to_vec(),
    }
}
