//! Which service of the base is which one now.

use crate::model::{Estate, Service};

use super::rename::{Renamed, Renames};
use super::{Base, Gate};
use crate::eval::rubrics_in_force;

/// A service now and at the base; it is in at least one of them.
pub(super) struct ServicePair<'e> {
    /// As it is; `None` if it is gone.
    pub now: Option<&'e Service>,
    /// As it was.
    pub before: Before<'e>,
}

/// What the base knows of a service.
pub(super) enum Before<'e> {
    /// There is no other estate to compare with.
    Same,
    /// The base has it.
    Known(&'e Service),
    /// The base hasn't got it.
    Missing,
    /// The base has a file of it, with errors.
    Unreadable,
}

impl<'e> ServicePair<'e> {
    /// The service at the base, if that is another estate and has it.
    pub fn known_before(&self) -> Option<&'e Service> {
        match self.before {
            Before::Known(service) => Some(service),
            Before::Same | Before::Missing | Before::Unreadable => None,
        }
    }

    /// What it was and is, if its id is another one.
    pub fn renamed(&self) -> Option<Renamed<'e>> {
        self.known_before().zip(self.now).filter(|(before, now)| before.id != now.id)
    }
}

impl<'e> Gate<'e> {
    /// The services now and at the base, by id.
    pub fn pairs(&self) -> Vec<ServicePair<'e>> {
        let services = self.now.services().iter();
        let mut pairs: Vec<_> =
            services.map(|service| ServicePair { now: Some(service), before: Before::Same }).collect();
        if let Base::Estate(base) = self.base {
            for pair in &mut pairs {
                let Some(id) = pair.now.map(|service| service.id.as_str()) else { continue };
                pair.before = match base.with_id(id) {
                    Some(before) => Before::Known(before),
                    None if base.is_unreadable(id) => Before::Unreadable,
                    None => Before::Missing,
                };
            }
            self.pair_renamed(base, &mut pairs);
        }
        pairs
    }

    /// Pairs the services that the base doesn't have with those that it alone has. What is left of these is gone.
    fn pair_renamed(&self, base: &'e Estate, pairs: &mut Vec<ServicePair<'e>>) {
        let is_gone = |service: &&Service| {
            let id = service.id.as_str();
            self.now.with_id(id).is_none() && !self.now.is_unreadable(id)
        };
        let gone: Vec<_> = base.services().iter().filter(is_gone).collect();
        let mut missing: Vec<_> =
            pairs.iter_mut().filter(|pair| matches!(pair.before, Before::Missing)).collect();
        let new: Vec<_> = missing.iter().filter_map(|pair| pair.now).collect();
        let claims: Vec<_> = new.iter().map(|service| self.claimed(base, service)).collect();
        let renames = Renames::find(&gone, &new, &claims);
        for (pair, before) in missing.iter_mut().zip(renames.before) {
            // It may have been what nobody can read.
            let otherwise = if base.unidentified().is_empty() { Before::Missing } else { Before::Unreadable };
            pair.before = before.map_or(otherwise, Before::Known);
        }
        pairs.extend(
            renames.removed.into_iter().map(|gone| ServicePair { now: None, before: Before::Known(gone) }),
        );
    }

    /// The service of the base that a new one says it was, if no other service has that id now: by an id that it had,
    /// or as one that had its id.
    fn claimed(&self, base: &'e Estate, new: &Service) -> Option<&'e Service> {
        let names = std::iter::once(&new.id).chain(new.renamed_from.iter().map(|old| &old.value));
        let mut were = names.filter_map(|name| base.service(name.as_str()));
        were.find(|was| self.now.with_id(was.id.as_str()).is_none())
    }

    /// Whether a service is selected, now or at the base, and has a life in one of them.
    pub fn is_meant(&self, pair: &ServicePair<'e>) -> bool {
        let is_over = |service: &Service| service.is_retired_on(self.today);
        if pair.now.is_some_and(is_over) && pair.known_before().is_none_or(is_over) {
            return false;
        }
        let services = pair.now.into_iter().chain(pair.known_before());
        let mut included = services.filter(|service| self.selection.includes(service, self.today));
        if included.next().is_none() {
            return false;
        }
        let asks = |service| {
            let in_force = rubrics_in_force(self.now, service, self.today).into_iter();
            let mut rubrics = in_force.chain(self.dropped_rubrics(pair, service));
            rubrics.any(|rubric| {
                rubric.categories.iter().any(|category| self.selection.includes_category(rubric, category))
            })
        };
        !self.selection.chooses_categories() || pair.now.is_some_and(asks)
    }
}
