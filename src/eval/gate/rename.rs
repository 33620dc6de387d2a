//! Finds services under another id: by the old ids that they name, and by the ratings that they share.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use crate::model::{CategoryId, Date, Estate, Rating, Service, ServiceId};

/// Which services of the base carry on under another id.
pub(super) struct Renames<'e> {
    /// For each new service, the one that it was.
    pub before: Vec<Option<&'e Service>>,
    /// The services that no new one carries on.
    pub removed: Vec<&'e Service>,
}

impl<'e> Renames<'e> {
    /// A new service was the one that it claims to have been, unless another shares its ratings and that one doesn't. Without
    /// a claim, it was the service that it shares the most ratings with, the first of several, if these are at least
    /// three quarters of what that one had. Services of a domain are assessed on the same days, so days alone say nothing;
    /// and who renames a service may have altered something, which is for other rules to find. Several may carry on the
    /// same service: a copy doesn't free the others from what it was.
    pub fn find(gone: &[&'e Service], new: &[&'e Service], claims: &[Option<&'e Service>]) -> Self {
        let mut numbers = HashMap::new();
        let [gone_ratings, new_ratings] = [gone, new]
            .map(|services| services.iter().map(|service| ratings(service, &mut numbers)).collect());
        let [of_gone, of_new] =
            [gone_ratings, new_ratings].map(|ratings| RatingIndex::new(ratings, numbers.len()));
        let claims: Vec<_> = claims.iter().map(|claim| gone_at(gone, (*claim)?)).collect();
        let before = of_new.ratings.par_iter().zip(&claims).map(|(ratings, claim)| {
            let is_shared = |at: &usize| is_same(of_gone.shared(ratings)[*at], of_gone.ratings[*at].len());
            claim.filter(is_shared).or_else(|| most_shared(ratings, &of_gone)).or(*claim)
        });
        let before: Vec<_> = before.collect();
        let mut is_kept = vec![false; gone.len()];
        before.iter().flatten().for_each(|at| is_kept[*at] = true);
        let removed = gone.par_iter().zip(&of_gone.ratings).zip(is_kept);
        let removed = removed.filter(|((_, ratings), is_kept)| !is_kept && !has_heir(ratings, &of_new));
        Self {
            removed: removed.map(|((gone, _), _)| *gone).collect(),
            before: before.into_iter().map(|at| at.map(|at| gone[at])).collect(),
        }
    }
}

fn gone_at(gone: &[&Service], claim: &Service) -> Option<usize> {
    gone.iter().position(|service| service.id == claim.id)
}

/// The service that shares the most of these ratings, if it is the same one.
fn most_shared(ratings: &[usize], of_gone: &RatingIndex) -> Option<usize> {
    let len = |at: usize| of_gone.ratings[at].len();
    // No service can share more than all.
    let all = of_gone.with_all(ratings).find(|at| is_same(ratings.len(), len(*at)));
    all.or_else(|| {
        let shared = of_gone.shared(ratings).into_iter().enumerate();
        let same = shared.filter(|(at, shared)| is_same(*shared, len(*at)));
        same.rev().max_by_key(|(_, shared)| *shared).map(|(at, _)| at)
    })
}

/// Whether any service shares enough of the ratings of one that is gone.
fn has_heir(ratings: &[usize], of_new: &RatingIndex) -> bool {
    let is_same = |shared| is_same(shared, ratings.len());
    let has_all = is_same(ratings.len()) && of_new.with_all(ratings).next().is_some();
    has_all || of_new.shared(ratings).into_iter().any(is_same)
}

fn is_same(shared: usize, of: usize) -> bool {
    of > 0 && shared * 4 >= of * 3
}

/// What a service was rated, as numbers in ascending order: the same rating of a category on the same day has the same
/// number in every service.
fn ratings<'e>(
    service: &'e Service,
    numbers: &mut HashMap<(Date, &'e CategoryId, Rating<'e>), usize>,
) -> Vec<usize> {
    let mut ratings = Vec::new();
    for assessment in &service.assessments {
        for judgement in &assessment.judgements {
            let category = &assessment.rubric.category(judgement.category).id;
            let next = numbers.len();
            let rating = (assessment.date, category, judgement.verdict.rating());
            ratings.push(*numbers.entry(rating).or_insert(next));
        }
    }
    ratings.sort_unstable();
    ratings
}

/// The ratings of services, and the services that have each.
struct RatingIndex {
    ratings: Vec<Vec<usize>>,
    services: Vec<Vec<usize>>,
}

impl RatingIndex {
    fn new(ratings: Vec<Vec<usize>>, numbers: usize) -> Self {
        let mut services = vec![Vec::new(); numbers];
        for (at, ratings) in ratings.iter().enumerate() {
            ratings.iter().for_each(|rating| services[*rating].push(at));
        }
        Self { ratings, services }
    }

    /// The services that have all of these ratings, in order: they are among the few that have the rarest one.
    fn with_all(&self, ratings: &[usize]) -> impl Iterator<Item = usize> {
        let rarest =
            ratings.iter().map(|rating| &self.services[*rating]).min_by_key(|services| services.len());
        let has_all = |at: &usize| {
            let mut of_service = self.ratings[*at].iter();
            ratings.iter().all(|rating| of_service.any(|other| other == rating))
        };
        rarest.into_iter().flatten().copied().filter(has_all)
    }

    /// How many of these ratings each service has.
    fn shared(&self, ratings: &[usize]) -> Vec<usize> {
        let mut shared = vec![0; self.ratings.len()];
        for rating in ratings {
            self.services[*rating].iter().for_each(|at| shared[*at] += 1);
        }
        shared
    }
}

/// A service whose id changed: as it was, and as it is.
pub(super) type Renamed<'e> = (&'e Service, &'e Service);

/// What becomes of the services of the base, whether or not they are selected.
#[derive(Default)]
pub(super) struct ServiceChanges<'e> {
    pub new_ids: NewIds<'e>,
    /// Those that this change retires, by their ids now.
    pub retired: HashSet<&'e ServiceId>,
}

/// What the services of the base are called now.
#[derive(Default)]
pub(super) struct NewIds<'e>(HashMap<&'e ServiceId, &'e ServiceId>);

impl<'e> NewIds<'e> {
    /// Of several services that carry on the same one, the one that references to it mean counts, else the first.
    pub fn new(renamed: &[Renamed<'e>], now: &'e Estate) -> Self {
        let mut ids: HashMap<_, _> =
            renamed.iter().rev().map(|(before, now)| (&before.id, &now.id)).collect();
        for (before, id) in &mut ids {
            if let Some(meant) = now.service(before.as_str()) {
                *id = &meant.id;
            }
        }
        Self(ids)
    }

    /// A service's id now.
    pub fn id_now(&self, id: &'e ServiceId) -> &'e ServiceId {
        self.0.get(id).copied().unwrap_or(id)
    }
}
