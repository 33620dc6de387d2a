//! Findings of the base that are gone because their entry was removed or postponed, and not because it was fulfilled.

use crate::model::{
    Action, Category, Colour, GateLevel, GateRule, Rubric, Service, SloResult, Waiver, WaiverState,
};

use super::pair::{Before, ServicePair};
use super::retitled::{renamed_objective, retitled_action};
use super::{Base, Finding, FindingPlace, Gate, VersionedCategory, What, Withdrawn};
use crate::eval::{ActionStatus, RollUp, ServiceState, Standing, Status, action_status, service_state};

impl<'e> Gate<'e> {
    /// What the gate found at the base in a service, by the policy of then, and has no entry any more.
    pub(super) fn withdrawn(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        now: &ServiceState<'e>,
    ) -> Vec<Finding<'e>> {
        let (Base::Estate(base), Some(before)) = (self.base, pair.known_before()) else { return Vec::new() };
        let at_the_base = Self { now: base, base: Base::LatestAssessment, ..*self };
        let alone = ServicePair { now: Some(before), before: Before::Same };
        let state = service_state(base, before, self.today);
        let mut found = Vec::new();
        at_the_base.conditions(&alone, before, &state, &mut found);
        found.retain(|finding| finding.level > GateLevel::Allow);
        let mut findings = Vec::new();
        for finding in &found {
            let is_denied = finding.level == GateLevel::Deny;
            let withdrawn = if let What::Overdue(action) = finding.what {
                self.withdrawn_action(action, before, service).into_iter().collect()
            } else if let What::Expired(waiver) = finding.what {
                self.withdrawn_waiver(waiver, pair, service, now).into_iter().collect()
            } else if let What::Missed(result) = finding.what {
                let withdrawn = self.withdrawn_result(result, base.slos_of(before), service, now);
                withdrawn
                    .filter(|(withdrawn, _)| is_denied || !withdrawn.is_about_colours())
                    .into_iter()
                    .collect()
            } else if is_denied {
                self.withdrawn_categories(&finding.what, pair, service, now)
            } else {
                Vec::new()
            };
            for (withdrawn, place) in withdrawn {
                let what = What::Withdrawn(withdrawn);
                let mut withdrawn = self.finding(pair, GateRule::FindingWithdrawn, what, place);
                if is_denied {
                    withdrawn.level = withdrawn.level.max(GateLevel::Warn);
                }
                findings.push(withdrawn);
            }
        }
        findings
    }

    fn withdrawn_action(
        &self,
        action: &'e Action,
        before: &'e Service,
        service: &'e Service,
    ) -> Option<(Withdrawn<'e>, FindingPlace)> {
        let of = |candidate: &'e Action| (&candidate.what, candidate.raised, candidate.due, candidate.done);
        // An entry that the base has for another action of this title is not what became of this one.
        let is_anothers = |candidate: &'e Action| {
            of(candidate) != of(action) && before.actions.iter().any(|other| of(other) == of(candidate))
        };
        let titled = service
            .actions
            .iter()
            .filter(|candidate| candidate.what == action.what && !is_anothers(candidate));
        let titled = titled.min_by_key(|candidate| candidate.raised != action.raised);
        let Some(now) = titled.or_else(|| retitled_action(action, before, service)) else {
            return Some((Withdrawn::ActionRemoved(action), FindingPlace::Base(action.spans.raised)));
        };
        let is_postponed = now.done.is_none() && action_status(now, self.today) != ActionStatus::Overdue;
        let place = FindingPlace::Now(now.spans.due.unwrap_or(now.spans.raised));
        is_postponed.then_some((Withdrawn::ActionPostponed(action, now), place))
    }

    fn withdrawn_waiver(
        &self,
        waiver: &'e Waiver,
        pair: &ServicePair<'e>,
        service: &'e Service,
        now: &ServiceState<'e>,
    ) -> Option<(Withdrawn<'e>, FindingPlace)> {
        let rubrics = &self.now.rubrics;
        let mut reds =
            standings(now).filter(|(_, _, standing)| standing.status == Status::Rated(Colour::Red));
        let (rubric, names) = reds.find_map(|(rubric, category, _)| {
            let names = rubrics.names_over_time(rubric, category);
            waiver.category.means(&rubric.id, &names).then_some((rubric, names))
        })?;
        let of_category =
            || service.waivers.iter().filter(|waiver| waiver.category.means(&rubric.id, &names));
        let state = |waiver: &Waiver| self.state_of_waiver(pair, service, waiver).1;
        let is_ended = of_category().any(|waiver| waiver.has_ended(self.today));
        // One that has ended is found as that, unless another one counts. A request is neither.
        let later = of_category().filter(|waiver| match state(waiver) {
            WaiverState::InForce => true,
            WaiverState::TooLong(_) => !is_ended,
            WaiverState::Requested(_) | WaiverState::Expired => false,
        });
        match later.max_by_key(|waiver| waiver.until) {
            Some(later) => {
                let added = What::Waived(later);
                let place = FindingPlace::Now(later.span);
                let added = self.finding(pair, GateRule::WaiverAdded, added, place);
                let is_named =
                    added.level > GateLevel::Allow && self.is_added(pair.known_before(), service, later);
                (!is_named).then_some((Withdrawn::WaiverPostponed(waiver, later), place))
            }
            None if is_ended => None,
            None => Some((Withdrawn::WaiverRemoved(waiver), FindingPlace::Base(waiver.span))),
        }
    }

    fn withdrawn_result(
        &self,
        result: &'e SloResult,
        before: &'e [SloResult],
        service: &'e Service,
        now: &ServiceState<'e>,
    ) -> Option<(Withdrawn<'e>, FindingPlace)> {
        let results = self.now.slos_of(service);
        let slo = renamed_objective(&result.slo, before, results).unwrap_or(&result.slo);
        let measured =
            || results.iter().filter(|candidate| candidate.slo == slo && candidate.month <= self.today);
        let last = measured().max_by_key(|candidate| candidate.month);
        let is_known = matches!(now.colour(), RollUp::Red | RollUp::Amber | RollUp::Green);
        match measured().find(|candidate| candidate.month == result.month) {
            Some(now) if now.is_met() => {
                Some((Withdrawn::ResultChanged(result, now), FindingPlace::Now(now.span)))
            }
            None if last.is_none_or(|last| last.month < result.month) => {
                Some((Withdrawn::ResultRemoved(result), FindingPlace::Base(result.span)))
            }
            Some(_) | None => {
                let missed = last.filter(|last| !is_known && !last.is_met())?;
                Some((Withdrawn::NoLongerGreen(missed), FindingPlace::Now(service.span)))
            }
        }
    }

    /// Categories of a finding about stale colours or gaps in which nobody has assessed anything since.
    fn withdrawn_categories(
        &self,
        what: &What<'e>,
        pair: &ServicePair<'e>,
        service: &'e Service,
        now: &ServiceState<'e>,
    ) -> Vec<(Withdrawn<'e>, FindingPlace)> {
        let Some(before) = pair.known_before() else { return Vec::new() };
        let names_gaps = self.level(GateRule::NotAssessed, Some(service)) > GateLevel::Allow;
        let withdrawn = standings(now).filter_map(|(rubric, category, standing)| {
            let own = VersionedCategory { rubric, category };
            let is_among = |were: &[VersionedCategory<'e>]| self.names_in_question(own).are_of_any(were);
            let is_gap = matches!(standing.status, Status::NotAssessed | Status::NeedsRescore(_));
            if let What::NotAssessed(were) = what {
                let asks = |service: &Service| category.applies_to.asks(service.identity_on(self.today));
                let is_excused = !standing.is_asked() && asks(before) && !asks(service);
                (is_excused && is_among(were)).then_some(Withdrawn::NoLongerAsked(own))
            } else if let What::Stale(were, _) = what {
                (is_gap && !names_gaps && is_among(were)).then_some(Withdrawn::NoLongerRated(own))
            } else {
                None
            }
        });
        withdrawn.map(|withdrawn| (withdrawn, FindingPlace::Now(service.span))).collect()
    }
}

/// Every category of a service with its rubric and its standing.
fn standings<'s, 'e>(
    now: &'s ServiceState<'e>,
) -> impl Iterator<Item = (&'e Rubric, &'e Category, &'s Standing<'e>)> {
    now.rubrics.iter().flat_map(|state| {
        let rubric: &'e Rubric = state.rubric;
        state.categories().map(move |(_, category, standing)| (rubric, category, standing))
    })
}

impl Withdrawn<'_> {
    /// Whether it is about colours, and not about an entry.
    fn is_about_colours(&self) -> bool {
        match self {
            Self::NoLongerGreen(_) | Self::NoLongerAsked(_) | Self::NoLongerRated(_) => true,
            Self::ActionRemoved(_)
            | Self::ActionPostponed(..)
            | Self::WaiverRemoved(_)
            | Self::WaiverPostponed(..)
            | Self::ResultRemoved(_)
            | Self::ResultChanged(..) => false,
        }
    }
}
