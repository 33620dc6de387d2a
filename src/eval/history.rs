//! What a service's own file says of each category on a day: the last judgement of each, carried forward, and across
//! a new major version of the rubric.

use std::cmp::Ordering;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::model::{
    Assessment, Bar, Category, CategoryIx, Confirmed, Date, Judgement, Rubric, RubricId, Rubrics, Service,
    Verdict,
};
use crate::source::Span;

/// One judgement that still counts.
#[derive(Clone, Copy, Debug)]
pub struct JudgementRecord<'e> {
    pub judgement: &'e Judgement,
    /// The rubric that it was made under.
    pub rubric: &'e Rubric,
    /// The day it was made.
    pub on: Date,
    /// The date of the first of the latest ratings in a row that agree.
    pub since: Date,
    /// The day somebody last looked: judged or confirmed.
    pub reviewed: Date,
    /// The rubric by which they looked.
    pub reviewed_under: &'e Rubric,
    /// How many times somebody looked, this one included, since the question is the same.
    pub looks: usize,
}

impl<'e> JudgementRecord<'e> {
    fn confirm(&mut self, rubric: &'e Rubric, date: Date) {
        self.reviewed = date;
        self.reviewed_under = rubric;
        self.looks += 1;
    }
}

/// What is held of a category: one judgement, or several where a newer rubric merged their categories.
#[derive(Clone, Debug)]
pub struct CarriedJudgement<'e> {
    /// The judgement, or the first of those merged.
    pub first: JudgementRecord<'e>,
    /// The others of a merge.
    pub others: Vec<JudgementRecord<'e>>,
    /// Whether a category that went into a merge was never judged: what it hides is unknown.
    pub has_gap: bool,
    /// Whether the bar was raised on the way to this rubric.
    pub bar: Bar,
}

impl<'e> CarriedJudgement<'e> {
    fn new(judged: JudgementRecord<'e>) -> Self {
        Self { first: judged, others: Vec::new(), has_gap: false, bar: Bar::Same }
    }

    /// Everything that several categories rest on, without gaps and by the same bar; `None` for no categories. Ratings
    /// that arrive by several chains of `from` are merged, since their number would double with each version.
    fn merged<'h>(held: impl Iterator<Item = &'h Self>) -> Option<Self>
    where
        'e: 'h,
    {
        let mut places: HashMap<*const Judgement, usize> = HashMap::new();
        let mut distinct: Vec<JudgementRecord<'e>> = Vec::new();
        for judged in held.flat_map(Self::all) {
            match places.entry(std::ptr::from_ref(judged.judgement)) {
                Entry::Occupied(place) => {
                    let known = &mut distinct[*place.get()];
                    known.since = known.since.max(judged.since);
                    known.reviewed = known.reviewed.min(judged.reviewed);
                }
                Entry::Vacant(place) => {
                    place.insert(distinct.len());
                    distinct.push(*judged);
                }
            }
        }
        let mut distinct = distinct.into_iter();
        let first = distinct.next()?;
        Some(Self { first, others: distinct.collect(), has_gap: false, bar: Bar::Same })
    }

    /// All judgements that it rests on.
    pub fn all(&self) -> impl Iterator<Item = &JudgementRecord<'e>> {
        std::iter::once(&self.first).chain(&self.others)
    }

    fn confirm(&mut self, rubric: &'e Rubric, date: Date) {
        self.first.confirm(rubric, date);
        self.others.iter_mut().for_each(|judged| judged.confirm(rubric, date));
    }
}

/// What is held under one rubric, a place a category.
#[derive(Clone, Debug)]
struct RubricLedger<'e> {
    rubric: &'e Arc<Rubric>,
    held: Vec<Option<CarriedJudgement<'e>>>,
}

/// All that a service has been judged on up to a day, under each rubric that was used. The day can be moved.
pub(super) struct History<'e> {
    service: &'e Service,
    /// How many of the service's assessments are in it.
    len: usize,
    ledgers: Vec<RubricLedger<'e>>,
    /// For each rubric, the place of the version that its last assessment used.
    current: BTreeMap<&'e RubricId, usize>,
    rubrics: &'e Rubrics,
    /// What `under` gave, until the next assessment.
    memos: Vec<Memo<'e>>,
}

/// What is held under a rubric, by the texts of some rubrics.
struct Memo<'e> {
    rubric: &'e Arc<Rubric>,
    rubrics: &'e Rubrics,
    held: Arc<[Option<CarriedJudgement<'e>>]>,
}

impl<'e> History<'e> {
    /// The history before the first assessment.
    pub fn new(service: &'e Service, rubrics: &'e Rubrics) -> Self {
        Self { service, len: 0, ledgers: Vec::new(), current: BTreeMap::new(), rubrics, memos: Vec::new() }
    }

    /// Moves to the end of a day. Each assessment is added once as long as no day is earlier than the one before.
    pub fn move_to(&mut self, day: Date) {
        let assessments = &self.service.assessments;
        let len = assessments.partition_point(|assessment| assessment.date <= day);
        if len < self.len {
            *self = Self::new(self.service, self.rubrics);
        }
        assessments[self.len..len].iter().for_each(|assessment| self.add(assessment));
    }

    /// Adds the next assessment.
    fn add(&mut self, assessment: &'e Assessment) {
        self.len += 1;
        self.memos.clear();
        let (rubric, date): (&'e Rubric, _) = (&assessment.rubric, assessment.date);
        let held = &mut self.open(&assessment.rubric).held;
        match &assessment.confirmed {
            Confirmed::Nothing => {}
            Confirmed::All(_) => held.iter_mut().flatten().for_each(|held| confirm(held, rubric, date)),
            Confirmed::These(categories) => {
                for (category, _) in categories {
                    held[category.0].iter_mut().for_each(|held| confirm(held, rubric, date));
                }
            }
        }
        for judgement in &assessment.judgements {
            judge(&mut held[judgement.category.0], judgement, rubric, date);
        }
    }

    /// Whether there was any assessment under a version of a rubric.
    pub fn is_assessed(&self, rubric: &RubricId) -> bool {
        self.current.contains_key(rubric)
    }

    /// What is held when asked under `rubric`, by the texts of `rubrics`.
    pub fn under(
        &mut self,
        rubric: &'e Arc<Rubric>,
        rubrics: &'e Rubrics,
    ) -> Arc<[Option<CarriedJudgement<'e>>]> {
        let is_known =
            |memo: &Memo<'_>| Arc::ptr_eq(memo.rubric, rubric) && std::ptr::eq(memo.rubrics, rubrics);
        if let Some(memo) = self.memos.iter().find(|memo| is_known(memo)) {
            return Arc::clone(&memo.held);
        }
        let held: Arc<_> = if std::ptr::eq(self.rubrics, rubrics) {
            self.in_terms_of(rubric).into()
        } else {
            self.read_by(rubrics).in_terms_of(rubric).into()
        };
        self.memos.push(Memo { rubric, rubrics, held: Arc::clone(&held) });
        held
    }

    /// The ledger of the version in force of a rubric; `None` before its first assessment.
    fn current(&self, rubric: &RubricId) -> Option<&RubricLedger<'e>> {
        self.current.get(rubric).map(|at| &self.ledgers[*at])
    }

    /// What is held when asked in the terms of `rubric`: by its own ledger, and by what the version in force comes to in
    /// its terms, whichever was judged later.
    fn in_terms_of(&self, rubric: &'e Arc<Rubric>) -> Vec<Option<CarriedJudgement<'e>>> {
        let own = self.ledgers.iter().find(|ledger| ledger.rubric.key() == rubric.key());
        let held = own.map_or_else(|| self.carried_to(rubric), |ledger| ledger.held.clone());
        let Some(current) = self.current(&rubric.id) else { return held };
        let from_current = match current.rubric.version.major.cmp(&rubric.version.major) {
            Ordering::Equal => return held,
            Ordering::Less => carry(current, rubric, self.rubrics),
            Ordering::Greater => self.carried_back(current, rubric),
        };
        held.into_iter().zip(from_current).map(|(held, other)| later(held, other)).collect()
    }

    /// The same history in the terms of other texts of the same rubrics, as they are at another time. What was judged by a
    /// version that isn't among them is lost.
    fn read_by(&self, rubrics: &'e Rubrics) -> Self {
        let in_force: Vec<_> = self.current.values().map(|at| self.ledgers[*at].rubric.key()).collect();
        let translated = |ledger: &RubricLedger<'e>| {
            let rubric = rubrics.get(&ledger.rubric.key())?;
            let held = rubric.categories.iter().map(|category| {
                let ix = ledger.rubric.find(category.id.as_str())?;
                ledger.held[ix.0].clone()
            });
            Some(RubricLedger { rubric, held: held.collect() })
        };
        let ledgers: Vec<_> = self.ledgers.iter().filter_map(translated).collect();
        let current =
            ledgers.iter().enumerate().filter(|(_, ledger)| in_force.contains(&ledger.rubric.key()));
        let current = current.map(|(at, ledger)| (&ledger.rubric.id, at)).collect();
        Self { ledgers, current, ..Self::new(self.service, rubrics) }
    }

    /// What an older version's categories are by a newer one: for each, the judgements of all that continue it. A bar
    /// raised since makes that the stricter answer.
    fn carried_back(
        &self,
        newer: &RubricLedger<'e>,
        rubric: &'e Arc<Rubric>,
    ) -> Vec<Option<CarriedJudgement<'e>>> {
        let names: Vec<_> = newer
            .rubric
            .categories
            .iter()
            .map(|category| self.rubrics.names_over_time(newer.rubric, category))
            .collect();
        let back = |category: &Category| {
            let continuing = names.iter().zip(&newer.held).filter(|(names, _)| names.contains(&&category.id));
            CarriedJudgement::merged(continuing.filter_map(|(_, held)| held.as_ref()))
        };
        rubric.categories.iter().map(back).collect()
    }

    /// Puts a rubric in force, with what was judged by other versions since it last was.
    fn open(&mut self, rubric: &'e Arc<Rubric>) -> &mut RubricLedger<'e> {
        let known = self.ledgers.iter().position(|ledger| ledger.rubric.key() == rubric.key());
        if known.is_none() || known.as_ref() != self.current.get(&rubric.id) {
            let held = self.in_terms_of(rubric);
            match known {
                Some(at) => self.ledgers[at].held = held,
                None => self.ledgers.push(RubricLedger { rubric, held }),
            }
        }
        let at = known.unwrap_or(self.ledgers.len() - 1);
        self.current.insert(&rubric.id, at);
        &mut self.ledgers[at]
    }

    fn carried_to(&self, rubric: &'e Arc<Rubric>) -> Vec<Option<CarriedJudgement<'e>>> {
        let older = self.ledgers.iter().filter(|ledger| {
            ledger.rubric.id == rubric.id && ledger.rubric.version.major < rubric.version.major
        });
        match older.max_by_key(|ledger| ledger.rubric.version.major) {
            Some(ledger) => carry(ledger, rubric, self.rubrics),
            None => vec![None; rubric.categories.len()],
        }
    }
}

/// A category that an assessment confirms by name.
#[derive(Clone, Copy, Debug)]
pub struct NamedConfirmation<'e> {
    pub assessment: &'e Assessment,
    /// The category of its rubric.
    pub category: CategoryIx,
    pub span: Span,
    /// What there was to confirm; `None` if it was never judged before.
    pub held: Option<Bar>,
}

/// Every confirmation by name that a service has ever made, with what there was to confirm.
#[must_use]
pub fn confirmations<'e>(service: &'e Service, rubrics: &'e Rubrics) -> Vec<NamedConfirmation<'e>> {
    let mut history = History::new(service, rubrics);
    let mut confirmations = Vec::new();
    for assessment in &service.assessments {
        let ledger = history.open(&assessment.rubric);
        if let Confirmed::These(categories) = &assessment.confirmed {
            confirmations.extend(categories.iter().map(|(category, span)| NamedConfirmation {
                assessment,
                category: *category,
                span: *span,
                held: ledger.held[category.0].as_ref().map(|held| held.bar),
            }));
        }
        history.add(assessment);
    }
    confirmations
}

/// What was judged, or else looked at, later; the first if that is the same.
fn later<'e>(
    held: Option<CarriedJudgement<'e>>,
    other: Option<CarriedJudgement<'e>>,
) -> Option<CarriedJudgement<'e>> {
    let last = |held: &CarriedJudgement<'_>| held.all().map(|judged| (judged.on, judged.reviewed)).max();
    match (held, other) {
        (Some(held), Some(other)) if last(&other) > last(&held) => Some(other),
        (held, other) => held.or(other),
    }
}

/// A raised bar can't be confirmed away: only a new judgement says anything about it.
fn confirm<'e>(held: &mut CarriedJudgement<'e>, rubric: &'e Rubric, date: Date) {
    match held.bar {
        Bar::Same => held.confirm(rubric, date),
        Bar::Raised => {}
    }
}

fn judge<'e>(
    held: &mut Option<CarriedJudgement<'e>>,
    judgement: &'e Judgement,
    rubric: &'e Rubric,
    date: Date,
) {
    let before = held.take().filter(|held| held.others.is_empty() && held.bar == Bar::Same);
    let looks = 1 + before.as_ref().map_or(0, |held| held.first.looks);
    let unbroken = before.filter(|held| held.first.judgement.verdict.agrees_with(&judgement.verdict));
    let since = unbroken.map_or(date, |held| held.first.since);
    *held = Some(CarriedJudgement::new(JudgementRecord {
        judgement,
        rubric,
        on: date,
        since,
        reviewed: date,
        reviewed_under: rubric,
        looks,
    }));
}

/// A ledger carried over to a later major version, one version at a time.
fn carry<'e>(
    ledger: &RubricLedger<'e>,
    to: &'e Arc<Rubric>,
    rubrics: &'e Rubrics,
) -> Vec<Option<CarriedJudgement<'e>>> {
    let Some(previous) = rubrics.previous(to) else { return vec![None; to.categories.len()] };
    let base = if previous.version.major > ledger.rubric.version.major {
        carry(ledger, previous, rubrics)
    } else {
        ledger.held.clone()
    };
    let merge = |category: &Category| {
        let sources = category.continues().filter_map(|id| previous.find(id.as_str()));
        let sources: Vec<_> = sources.map(|ix| base[ix.0].as_ref()).collect();
        let mut merged = CarriedJudgement::merged(sources.iter().flatten().copied())?;
        merged.has_gap = sources.iter().any(|source| source.is_none_or(|held| held.has_gap));
        if sources.iter().flatten().any(|held| held.bar == Bar::Raised) {
            merged.bar = Bar::Raised;
        }
        // What makes no sense for a service, or is another's, has no bar of its own to clear.
        let is_rated =
            |judged: &JudgementRecord<'_>| matches!(judged.judgement.verdict, Verdict::Rated { .. });
        if category.bar == Bar::Raised && merged.all().any(is_rated) {
            merged.bar = Bar::Raised;
        }
        Some(merged)
    };
    to.categories.iter().map(merge).collect()
}
