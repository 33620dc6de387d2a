//! The state of a service on a day.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Bar, Category, CategoryIx, Date, Estate, Rubric, Rubrics, Service, ServiceId, Verdict};

use super::history::{Held, History, Judged};
use super::{Counts, RollUp, Standing, Status};

/// A service on a day.
#[derive(Clone, Debug)]
pub struct ServiceState<'e> {
    /// The service.
    pub service: &'e Service,
    /// The rubric in force: that of the last assessment, else the one that the first will use.
    pub rubric: &'e Arc<Rubric>,
    /// Whether there had been any assessment by that day.
    pub is_assessed: bool,
    standings: Vec<Standing<'e>>,
}

impl<'e> ServiceState<'e> {
    /// Every category with its standing, in the rubric's order.
    pub fn categories(&self) -> impl Iterator<Item = (CategoryIx, &'e Category, &Standing<'e>)> {
        let rubric: &'e Rubric = self.rubric;
        let pairs = rubric.categories.iter().zip(&self.standings).enumerate();
        pairs.map(|(ix, (category, standing))| (CategoryIx(ix), category, standing))
    }

    /// One category's standing.
    #[must_use]
    pub fn standing(&self, category: CategoryIx) -> &Standing<'e> {
        &self.standings[category.0]
    }

    /// How many categories have each status.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.standings.iter().collect()
    }

    /// The service's one colour.
    #[must_use]
    pub fn colour(&self) -> RollUp {
        RollUp::of(self.standings.iter().map(|standing| standing.status))
    }
}

/// A service on a day, in terms of the rubric that was in force.
#[must_use]
pub fn service_state<'e>(estate: &'e Estate, service: &'e Service, as_of: Date) -> ServiceState<'e> {
    let history = History::of(service, &estate.rubrics, as_of);
    let first = service.assessments.first().map(|assessment| &assessment.rubric);
    let (rubric, held) = match history.current() {
        Some(ledger) => (ledger.rubric, ledger.held.clone()),
        None => {
            let rubric = first.unwrap_or_else(|| estate.default_rubric());
            (rubric, vec![None; rubric.categories.len()])
        }
    };
    let look = Look { estate, rubrics: &estate.rubrics, as_of };
    state_of(look, service, rubric, &held, history.current().is_some())
}

/// A service on a day, in terms of a given rubric: what two days on different rubrics are compared in.
#[must_use]
pub fn service_state_in<'e>(
    estate: &'e Estate,
    service: &'e Service,
    as_of: Date,
    rubric: &'e Arc<Rubric>,
) -> ServiceState<'e> {
    service_state_by(estate, service, as_of, rubric, &estate.rubrics)
}

/// A service on a day, in terms of a rubric that another estate has, among `rubrics`: what an estate and the same
/// estate at another time are compared in.
#[must_use]
pub fn service_state_by<'e>(
    estate: &'e Estate,
    service: &'e Service,
    as_of: Date,
    rubric: &'e Arc<Rubric>,
    rubrics: &'e Rubrics,
) -> ServiceState<'e> {
    let history = History::of(service, &estate.rubrics, as_of);
    let is_assessed = history.current().is_some();
    let held = history.read_by(rubrics).in_terms_of(rubric);
    state_of(Look { estate, rubrics, as_of }, service, rubric, &held, is_assessed)
}

/// What is looked at, and when.
#[derive(Clone, Copy)]
struct Look<'e> {
    estate: &'e Estate,
    /// The rubrics by whose texts it is told.
    rubrics: &'e Rubrics,
    as_of: Date,
}

fn state_of<'e>(
    look: Look<'e>,
    service: &'e Service,
    rubric: &'e Arc<Rubric>,
    held: &[Option<Held<'e>>],
    is_assessed: bool,
) -> ServiceState<'e> {
    let mut resolver = Resolver {
        look,
        stale_before: look.as_of.weeks_before(look.estate.settings.review.stale_after_weeks),
        rubric,
        asked: vec![&service.id],
        providers: HashMap::new(),
    };
    let categories = rubric.categories.iter().zip(held);
    let standings = categories.map(|(category, held)| match held {
        Some(held) => resolver.standing(category, held),
        None if category.applies_to.asks(&service.criticality, &service.tags) => {
            Standing::without_judgement(Status::NotAssessed)
        }
        None => Standing::without_judgement(Status::NotApplicable),
    });
    let standings = standings.collect();
    ServiceState { service, rubric, is_assessed, standings }
}

/// Turns what is held into what it means on one day, following inheritance.
struct Resolver<'e> {
    look: Look<'e>,
    stale_before: Date,
    rubric: &'e Arc<Rubric>,
    /// The services on the way from the one asked about to the provider being asked: none is asked twice.
    asked: Vec<&'e ServiceId>,
    /// What each provider holds in terms of `rubric`, looked up once.
    providers: HashMap<&'e ServiceId, Arc<[Option<Held<'e>>]>>,
}

impl<'e> Resolver<'e> {
    fn standing(&mut self, category: &'e Category, held: &Held<'e>) -> Standing<'e> {
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
    fn worst(&mut self, category: &'e Category, held: &Held<'e>) -> Standing<'e> {
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

    fn resolve(&mut self, category: &'e Category, judged: &Judged<'e>) -> Standing<'e> {
        let own = |status| Standing {
            status,
            judged: Some(*judged),
            provider: None,
            carried_from: (judged.reviewed_under.key() != self.rubric.key()).then_some(judged.rubric),
            is_stale: false,
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

    /// What a provider has in a category; `None` where there is no such provider, it was never judged on this, or
    /// the question goes round in a circle. The last is an error in the files that is reported elsewhere.
    fn ask(&mut self, provider: &'e ServiceId, category: &'e Category) -> Option<Standing<'e>> {
        let service = self.look.estate.service(provider.as_str())?;
        if self.asked.contains(&provider) {
            return None;
        }
        let held = self.providers.entry(provider).or_insert_with(|| {
            let history = History::of(service, &self.look.estate.rubrics, self.look.as_of);
            history.read_by(self.look.rubrics).in_terms_of(self.rubric).into()
        });
        let held = Arc::clone(held);
        let ix = self.rubric.find(category.id.as_str())?;
        self.asked.push(provider);
        let standing = held[ix.0].as_ref().map(|held| self.standing(category, held));
        self.asked.pop();
        standing
    }
}
