//! Which service of the base is which one now.

use crate::model::{CategoryId, Date, Service, ServiceId, Verdict};

use super::{Base, Gate};
use crate::eval::service_state;

/// A service now and at the base; it is in at least one of them.
pub(super) struct Pair<'e> {
    /// As it is; `None` if it is gone.
    pub now: Option<&'e Service>,
    /// As it was.
    pub before: Before<'e>,
}

/// A service whose id changed: as it was, and as it is.
pub(super) type Renamed<'e> = (&'e Service, &'e Service);

/// What a service's id is now.
pub(super) fn id_now<'e>(id: &'e ServiceId, renamed: &[Renamed<'e>]) -> &'e ServiceId {
    renamed.iter().find(|(before, _)| before.id == *id).map_or(id, |(_, now)| &now.id)
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

impl<'e> Pair<'e> {
    /// The service at the base, if that is another estate and has it.
    pub fn known_before(&self) -> Option<&'e Service> {
        match self.before {
            Before::Known(service) => Some(service),
            Before::Same | Before::Missing | Before::Unreadable => None,
        }
    }

    /// Whether the base doesn't have its id.
    fn may_be_renamed(&self) -> bool {
        matches!(self.before, Before::Missing) || self.renamed().is_some()
    }

    /// What it was and is, if its id is another one.
    pub fn renamed(&self) -> Option<Renamed<'e>> {
        self.known_before().zip(self.now).filter(|(before, now)| before.id != now.id)
    }
}

impl<'e> Gate<'e> {
    /// The services that are meant, now or at the base, by id.
    pub fn pairs(&self) -> Vec<Pair<'e>> {
        let services = self.now.estate.services().iter();
        let mut pairs: Vec<_> = match self.base {
            Base::LatestAssessment => {
                services.map(|service| Pair { now: Some(service), before: Before::Same }).collect()
            }
            Base::Estate(base) => services
                .map(|service| {
                    let id = service.id.as_str();
                    let before = match base.estate.service(id) {
                        Some(before) => Before::Known(before),
                        None if base.left_out.iter().any(|name| name == id) => Before::Unreadable,
                        None => Before::Missing,
                    };
                    Pair { now: Some(service), before }
                })
                .collect(),
        };
        if let Base::Estate(base) = self.base {
            let is_here = |service: &&Service| {
                self.now.estate.service(service.id.as_str()).is_some()
                    || self.now.left_out.iter().any(|name| name == service.id.as_str())
            };
            for gone in base.estate.services().iter().filter(|service| !is_here(service)) {
                // Each service that carries on its history: a copy doesn't free the others from what it was.
                let mut heirs = 0;
                for pair in pairs.iter_mut().filter(|pair| pair.may_be_renamed()) {
                    let Some(shared) = pair.now.and_then(|now| shared(now, gone)) else { continue };
                    heirs += 1;
                    let best = pair.renamed().and_then(|(before, now)| self::shared(now, before));
                    if best.is_none_or(|best| shared > best) {
                        pair.before = Before::Known(gone);
                    }
                }
                if heirs == 0 {
                    pairs.push(Pair { now: None, before: Before::Known(gone) });
                }
            }
        }
        pairs.retain(|pair| self.is_meant(pair));
        pairs
    }

    fn is_meant(&self, pair: &Pair<'e>) -> bool {
        let services = pair.now.into_iter().chain(pair.known_before());
        let mut included = services.filter(|service| self.selection.includes(service));
        if included.next().is_none() {
            return false;
        }
        let asks = |service| {
            let state = service_state(self.now.estate, service, self.today);
            state
                .categories()
                .any(|(_, category, _)| self.selection.includes_category(state.rubric, category))
        };
        !self.selection.chooses_categories() || pair.now.is_some_and(asks)
    }
}

/// How many judgements a new service shares with one that is gone, if they are so many that it is the same one under
/// another id. Services of a domain are assessed on the same days, so days alone say nothing; and who renames a service
/// may have altered something, which is for other rules to find.
fn shared(new: &Service, gone: &Service) -> Option<usize> {
    let all = judgements(gone).count();
    let is_kept = |(date, id, verdict): &(Date, &CategoryId, &Verdict)| {
        judgements(new).any(|it| it.0 == *date && it.1 == *id && it.2.agrees_with(verdict))
    };
    let kept = judgements(gone).filter(is_kept).count();
    (all > 0 && kept * 4 >= all * 3).then_some(kept)
}

fn judgements(service: &Service) -> impl Iterator<Item = (Date, &CategoryId, &Verdict)> {
    service.assessments.iter().flat_map(|assessment| {
        let id = |category| &assessment.rubric.category(category).id;
        assessment.judgements.iter().map(move |it| (assessment.date, id(it.category), &it.verdict))
    })
}
