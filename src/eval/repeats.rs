//! Scores from elsewhere beside what a service's file says already.

use std::sync::Arc;

use crate::model::{
    Assessment, Bar, CategoryId, Colour, Confirmation, Confirmed, Estate, Judgement, Rubric, Score, Scoring,
    Service, Verdict,
};
use crate::source::Span;

use super::history::{CarriedJudgement, History};

/// What becomes of a score of which the file says something else on its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contradictions {
    /// It is an error.
    Refuse,
    /// It takes the place of what is there.
    Replace,
}

/// What becomes of a score that says what is said already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// It is left out: the category keeps its rating.
    LeaveOut,
    /// The category is confirmed on that day.
    Confirm,
}

/// Returns a scoring without the scores that the service's file says already of that day, and the number of these.
#[must_use]
pub fn without_repeats(
    estate: &Estate,
    service: &Service,
    rubric: &Arc<Rubric>,
    mut scoring: Scoring,
    repeats: Repeats,
) -> (Scoring, usize) {
    let mut history = History::new(service, &estate.rubrics);
    history.move_to(scoring.date);
    let held = history.under(rubric, &estate.rubrics);
    let held = |id: &CategoryId| rubric.find(id.as_str()).and_then(|ix| held[ix.0].as_ref());
    let is_said = |score: &Score| held(&score.category).is_some_and(|held| says(held, score, estate));
    let (said, new): (Vec<_>, Vec<_>) = scoring.scores.into_iter().partition(is_said);
    let count = said.len();
    scoring.scores = new;
    if let (Repeats::Confirm, Confirmation::These(confirmed)) = (repeats, &mut scoring.confirmation) {
        let is_older = |id: &CategoryId| held(id).is_some_and(|held| held.first.reviewed < scoring.date);
        let more = said.into_iter().map(|score| score.category).filter(is_older);
        let more: Vec<_> = more.filter(|id| !confirmed.contains(id)).collect();
        confirmed.extend(more);
    }
    (scoring, count)
}

/// The categories of a scoring of which the service's file says something else on that day, with the place: another
/// colour, reason or note, or that an earlier one was confirmed.
#[must_use]
pub fn replaced(
    estate: &Estate,
    service: &Service,
    rubric: &Arc<Rubric>,
    scoring: &Scoring,
) -> Vec<(CategoryId, Span)> {
    let mut history = History::new(service, &estate.rubrics);
    history.move_to(scoring.date);
    let held = history.under(rubric, &estate.rubrics);
    let found = scoring.scores.iter().filter_map(|score| {
        let held = held[rubric.find(score.category.as_str())?.0].as_ref()?;
        let is_of_day = held.first.reviewed == scoring.date;
        let is_lost = is_of_day && held.all().any(|record| loses(record.judgement, score, estate));
        is_lost.then(|| (score.category.clone(), held.first.judgement.span))
    });
    found.collect()
}

/// Whether something of a judgement is no longer said once a score has its place.
fn loses(judgement: &Judgement, score: &Score, estate: &Estate) -> bool {
    let verdict = current_names(&score.verdict, estate);
    let differs = |old: Option<&str>, new: Option<&str>| old.is_some() && new.is_some() && old != new;
    !judgement.verdict.agrees_with(&verdict)
        || differs(judgement.verdict.because(), verdict.because())
        || differs(judgement.note.as_deref(), score.note.as_deref())
}

/// A verdict whose provider goes by the id that it has now.
fn current_names(verdict: &Verdict, estate: &Estate) -> Verdict {
    let mut verdict = verdict.clone();
    if let Verdict::Inherited { provider, .. } = &mut verdict {
        estate.rename(provider);
    }
    verdict
}

/// Whether a category is held to be what a score says, for the same reason and with the same evidence and note where it
/// gives any. Of several ratings that a newer rubric merged, it is the worst.
fn says(held: &CarriedJudgement<'_>, score: &Score, estate: &Estate) -> bool {
    let verdict = current_names(&score.verdict, estate);
    let is_decisive = match (held.others.as_slice(), &verdict) {
        ([], _) => !held.has_gap,
        (_, Verdict::Rated { colour, .. }) => is_worst(held, *colour),
        (_, Verdict::NotApplicable { .. } | Verdict::Inherited { .. }) => false,
    };
    let same = |new: Option<&str>, old: Option<&str>| new.is_none_or(|new| Some(new) == old);
    let is_same = |judgement: &Judgement| {
        judgement.verdict.agrees_with(&verdict)
            && same(verdict.because(), judgement.verdict.because())
            && same(score.note.as_deref(), judgement.note.as_deref())
            && score.evidence.iter().all(|link| judgement.evidence.contains(link))
    };
    held.bar == Bar::Same && is_decisive && held.all().any(|record| is_same(record.judgement))
}

/// Whether a colour is the worst of several ratings of the service's own; of what nobody rated, nothing is green.
fn is_worst(held: &CarriedJudgement<'_>, colour: Colour) -> bool {
    let colours = held.all().map(|record| match &record.judgement.verdict {
        Verdict::Rated { colour, .. } => Some(*colour),
        Verdict::NotApplicable { .. } | Verdict::Inherited { .. } => None,
    });
    let worst = colours.collect::<Option<Vec<_>>>().and_then(|colours| colours.into_iter().min());
    worst == Some(colour) && !(held.has_gap && colour == Colour::Green)
}

/// Returns a service with one more assessment or, where it has one of that day under that rubric, with these scores in it.
#[must_use]
pub fn with_scoring(service: &Service, rubric: &Arc<Rubric>, scoring: &Scoring) -> Service {
    let mut service = service.clone();
    let judgements = scoring.scores.iter().filter_map(|score| {
        Some(Judgement {
            category: rubric.find(score.category.as_str())?,
            verdict: score.verdict.clone(),
            evidence: score.evidence.clone(),
            note: score.note.clone(),
            span: service.span,
        })
    });
    let judgements: Vec<_> = judgements.collect();
    let confirmed = confirmed(&scoring.confirmation, rubric, service.span);
    let is_same = |assessment: &&mut Assessment| {
        assessment.date == scoring.date && assessment.rubric.key() == scoring.rubric
    };
    match service.assessments.iter_mut().find(is_same) {
        Some(assessment) => {
            assessment.judgements.retain(|old| judgements.iter().all(|new| new.category != old.category));
            assessment.judgements.extend(judgements);
            assessment.confirmed = joined(assessment.confirmed.clone(), confirmed);
        }
        None => {
            service.assessments.push(Assessment {
                date: scoring.date,
                span: service.span,
                rubric: Arc::clone(rubric),
                by: scoring.by.clone(),
                with: scoring.with.clone(),
                judgements,
                confirmed,
            });
            service.assessments.sort_by_cached_key(|assessment| (assessment.date, assessment.rubric.key()));
        }
    }
    service
}

fn confirmed(confirmation: &Confirmation, rubric: &Rubric, span: Span) -> Confirmed {
    match confirmation {
        Confirmation::All => Confirmed::All(span),
        Confirmation::These(ids) if ids.is_empty() => Confirmed::Nothing,
        Confirmation::These(ids) => {
            let found = ids.iter().filter_map(|id| Some((rubric.find(id.as_str())?, span)));
            Confirmed::These(found.collect())
        }
    }
}

fn joined(one: Confirmed, other: Confirmed) -> Confirmed {
    match (one, other) {
        (Confirmed::Nothing, other) | (other, Confirmed::Nothing) => other,
        (Confirmed::All(span), _) | (_, Confirmed::All(span)) => Confirmed::All(span),
        (Confirmed::These(mut one), Confirmed::These(other)) => {
            one.extend(other);
            Confirmed::These(one)
        }
    }
}
