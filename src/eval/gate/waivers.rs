//! Which waivers count, by the policy that counts and by what the service is and was.

use crate::model::{Category, Rubric, Service, Waiver, WaiverState};

use super::Gate;
use super::pair::ServicePair;

/// A waiver that is meant to keep a finding from failing anything, and doesn't.
#[derive(Clone, Debug)]
pub struct IneffectiveWaiver<'e> {
    pub waiver: &'e Waiver,
    pub state: WaiverState,
    /// Why it doesn't count, in words.
    pub objection: String,
}

impl<'e> Gate<'e> {
    /// The waiver in force today for a category of a service; the longest if several are.
    pub(super) fn waiver(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        rubric: &'e Rubric,
        category: &'e Category,
    ) -> Option<&'e Waiver> {
        let in_force = self.waivers_for(service, rubric, category);
        let in_force =
            in_force.filter(|waiver| self.state_of_waiver(pair, service, waiver).1 == WaiverState::InForce);
        in_force.max_by_key(|waiver| waiver.until)
    }

    /// The waiver for a category of a service that is meant to count today and doesn't; the longest if there are several.
    pub(super) fn ineffective_waiver(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        rubric: &'e Rubric,
        category: &'e Category,
    ) -> Option<IneffectiveWaiver<'e>> {
        let meant =
            self.waivers_for(service, rubric, category).filter(|waiver| !waiver.has_ended(self.today));
        let longest = meant.max_by_key(|waiver| waiver.until)?;
        let (judged_as, state) = self.state_of_waiver(pair, service, longest);
        let objection =
            self.settings().waivers.objection(judged_as.identity_on(self.today), longest, &state)?;
        Some(IneffectiveWaiver { waiver: longest, state, objection })
    }

    /// Whether a waiver is new or extended: it counts, or only lasts too long yet, and none for its category at the base
    /// stood as well for as long. A request is nobody's approval, and none of its kind.
    pub(super) fn is_added(&self, before: Option<&Service>, now: &Service, waiver: &Waiver) -> bool {
        let policy = &self.settings().waivers;
        let state = policy.judge(now.identity_on(self.today), waiver, self.today);
        match state {
            WaiverState::Expired | WaiverState::Requested(_) => return false,
            WaiverState::InForce | WaiverState::TooLong(_) => {}
        }
        !before.is_some_and(|before| {
            before.waivers.iter().any(|earlier| {
                let was = policy.judge(before.identity_on(self.today), earlier, self.today);
                earlier.category == waiver.category
                    && earlier.until >= waiver.until
                    && (was == state || was == WaiverState::InForce)
            })
        })
    }

    /// How a waiver stands today, and which service it was judged for: one that changes its owner or domain is still
    /// held to what it was, so that nobody becomes an approver by it.
    pub(super) fn state_of_waiver(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        waiver: &Waiver,
    ) -> (&'e Service, WaiverState) {
        let policy = &self.settings().waivers;
        let mut states = [Some(service), pair.known_before()]
            .into_iter()
            .flatten()
            .map(|service| (service, policy.judge(service.identity_on(self.today), waiver, self.today)));
        states.find(|(_, state)| *state != WaiverState::InForce).unwrap_or((service, WaiverState::InForce))
    }

    /// A service's waivers for a category, by the id it has or had.
    fn waivers_for(
        &self,
        service: &'e Service,
        rubric: &'e Rubric,
        category: &'e Category,
    ) -> impl Iterator<Item = &'e Waiver> {
        let names = if service.waivers.is_empty() {
            Vec::new()
        } else {
            self.now.rubrics.names_over_time(rubric, category)
        };
        service.waivers.iter().filter(move |waiver| waiver.category.means(&rubric.id, &names))
    }
}
