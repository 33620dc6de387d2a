//! What a service inherits: the state of a category is that of its provider on the same day.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::{Bar, Category, CategoryRole, Date, Estate, Rubric, Rubrics, Service, ServiceId, Verdict};

use super::history::{CarriedJudgement, History, JudgementRecord};
use super::{Standing, Status};

/// As many providers are asked in turn for one category, and no more.
pub const MAX_PROVIDERS: usize = 100;

/// The day and the rubric for which a state is asked.
#[derive(Clone, Copy)]
pub(super) struct AsOf<'e> {
    pub day: Date,
    /// The rubric under which it is answered.
    pub rubric: &'e Arc<Rubric>,
    /// The rubrics by whose texts.
    pub rubrics: &'e Rubrics,
}

/// The histories of providers, each gone through once as the days move on.
pub(super) struct Providers<'e> {
    pub estate: &'e Estate,
    histories: HashMap<&'e ServiceId, History<'e>>,
    /// Retired services that still provide.
    kept: HashSet<&'e ServiceId>,
}

impl<'e> Providers<'e> {
    /// Those of an estate; the retired ones among `kept` still provide.
    pub fn new(estate: &'e Estate, kept: HashSet<&'e ServiceId>) -> Self {
        Self { estate, histories: HashMap::new(), kept }
    }

    /// What a provider holds; `None` where there is no such service, or it is retired and not kept.
    fn held(
        &mut self,
        provider: &'e ServiceId,
        as_of: AsOf<'e>,
    ) -> Option<Arc<[Option<CarriedJudgement<'e>>]>> {
        let service = self.estate.service(provider.as_str())?;
        if service.is_retired_on(as_of.day) && !self.kept.contains(&service.id) {
            return None;
        }
        let history = match self.histories.entry(provider) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(History::new(service, &self.estate.rubrics)),
        };
        history.move_to(as_of.day);
        Some(history.under(as_of.rubric, as_of.rubrics))
    }
}

/// Turns what a service holds into what it means on one day, following inheritance.
pub(super) struct Resolver<'t, 'e> {
    pub providers: &'t mut Providers<'e>,
    pub as_of: AsOf<'e>,
    stale_before: Date,
    /// The services on the way from the one asked about to the provider being asked: none is asked twice.
    asked: Vec<&'e ServiceId>,
    /// How often somebody was to be asked twice.
    circles: usize,
    /// What providers answered, by their ids and the category's place: a merge asks the same by several ways, whose number
    /// would double from each provider to the next. What depends on a circle is not kept, as it depends on where the
    /// circle was entered.
    answers: HashMap<(&'e ServiceId, usize), Option<Standing<'e>>>,
}

impl<'t, 'e> Resolver<'t, 'e> {
    pub fn new(providers: &'t mut Providers<'e>, as_of: AsOf<'e>, service: &'e Service) -> Self {
        let weeks = providers.estate.settings.review.stale_after_weeks;
        Self {
            providers,
            as_of,
            stale_before: as_of.day.weeks_before(weeks),
            asked: vec![&service.id],
            circles: 0,
            answers: HashMap::new(),
        }
    }

    pub fn standing(&mut self, category: &'e Category, held: &CarriedJudgement<'e>) -> Standing<'e> {
        let mut worst = self.worst(category, held);
        if held.has_gap && worst.status.rank() > Status::NotAssessed.rank() {
            worst.status = Status::NotAssessed;
            // What decides is that this service never judged it; no provider can help.
            worst.provider = None;
        }
        if held.bar == Bar::Raised
            && let Status::Rated(colour) = worst.status
        {
            worst.status = Status::NeedsRescore(colour);
        }
        let rated = matches!(worst.status, Status::Rated(_));
        worst.is_stale = rated && worst.judged.is_some_and(|judged| judged.reviewed < self.stale_before);
        worst
    }

    /// The worst of what is held; of several that are the same, one that says why. It is as old as the oldest of them,
    /// and has been so since all that is held says what it says.
    fn worst(&mut self, category: &'e Category, held: &CarriedJudgement<'e>) -> Standing<'e> {
        let mut worst = self.resolve(category, &held.first);
        for other in &held.others {
            let other = self.resolve(category, other);
            let (rank, other_rank) = (worst.status.rank(), other.status.rank());
            let gives_reason = worst.because().is_none() && other.because().is_some();
            let (mut kept, left) = if other_rank < rank || (other_rank == rank && gives_reason) {
                (other, worst)
            } else {
                (worst, other)
            };
            if let (Some(judged), Some(left_judged)) = (&mut kept.judged, left.judged) {
                judged.since = judged.since.max(left_judged.since);
                if rank == other_rank {
                    judged.reviewed = judged.reviewed.min(left_judged.reviewed);
                }
            }
            worst = kept;
        }
        worst
    }

    fn resolve(&mut self, category: &'e Category, judged: &JudgementRecord<'e>) -> Standing<'e> {
        let own = |status| Standing {
            status,
            judged: Some(*judged),
            provider: None,
            carried_from: (judged.reviewed_under.key() != self.as_of.rubric.key()).then_some(judged.rubric),
            is_stale: false,
            role: CategoryRole::Counted,
        };
        match &judged.judgement.verdict {
            Verdict::Rated { colour, .. } => own(Status::Rated(*colour)),
            Verdict::NotApplicable { .. } => own(Status::NotApplicable),
            Verdict::Inherited { provider, .. } => {
                let provided = self.ask(provider, category);
                Standing {
                    status: provided.map_or(Status::NotAssessed, |provided| provided.status),
                    judged: provided.and_then(|provided| provided.judged).or(Some(*judged)),
                    provider: Some(provider),
                    ..own(Status::NotAssessed)
                }
            }
        }
    }

    /// What a provider has in a category; `None` where there is no such provider, it was never judged on this, the
    /// question goes round in a circle, or too many providers were asked before. The last two are errors in the files that
    /// are reported elsewhere.
    fn ask(&mut self, provider: &'e ServiceId, category: &'e Category) -> Option<Standing<'e>> {
        if self.asked.contains(&provider) {
            self.circles += 1;
            return None;
        }
        let ix = self.as_of.rubric.find(category.id.as_str())?;
        if let Some(answer) = self.answers.get(&(provider, ix.0)) {
            return *answer;
        }
        if self.asked.len() > MAX_PROVIDERS {
            return None;
        }
        let held = self.providers.held(provider, self.as_of)?;
        let circles = self.circles;
        self.asked.push(provider);
        let standing = held[ix.0].as_ref().map(|held| self.standing(category, held));
        self.asked.pop();
        if self.circles == circles {
            self.answers.insert((provider, ix.0), standing);
        }
        standing
    }
}
