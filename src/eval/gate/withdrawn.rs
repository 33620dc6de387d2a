//! Findings of the base that are gone because their entry was removed or postponed, and not because it was fulfilled.

use crate::model::{Action, Colour, GateLevel, GateRule, Service, SloResult, Waiver, WaiverState};

use super::pair::{Before, Pair};
use super::{Base, Finding, FindingPlace, Gate, What};
use crate::eval::{ActionStatus, ServiceState, Status, action_status, service_state};

/// What a finding of the base was about, and what became of its entry.
#[derive(Clone, Copy, Debug)]
pub enum Withdrawn<'e> {
    /// An overdue action is gone.
    ActionRemoved(&'e Action),
    /// An overdue action got another day: as it was, and as it is.
    ActionPostponed(&'e Action, &'e Action),
    /// A waiver that had ended is gone, and its category is still red.
    WaiverRemoved(&'e Waiver),
    /// A missed objective's result is gone.
    ResultRemoved(&'e SloResult),
    /// A missed objective's result says something else: what it said, and what it says.
    ResultChanged(&'e SloResult, &'e SloResult),
}

impl<'e> Gate<'e> {
    /// What the gate found at the base in a service, by the policy of then, and has no entry any more.
    pub(super) fn withdrawn(
        &self,
        pair: &Pair<'e>,
        service: &'e Service,
        now: &ServiceState<'e>,
    ) -> Vec<Finding<'e>> {
        let (Base::Estate(base), Some(before)) = (self.base, pair.known_before()) else { return Vec::new() };
        let at_the_base = Self { now: base, base: Base::LatestAssessment, ..*self };
        let alone = Pair { now: Some(before), before: Before::Same };
        let state = service_state(base.estate, before, self.today);
        let mut found = Vec::new();
        at_the_base.conditions(&alone, before, &state, &mut found);
        found.retain(|finding| finding.level > GateLevel::Allow);
        let withdrawn = found.iter().filter_map(|finding| {
            let (withdrawn, place) = if let What::Overdue(action) = finding.what {
                self.withdrawn_action(action, before, service)?
            } else if let What::Expired(waiver) = finding.what {
                self.withdrawn_waiver(waiver, service, now)?
            } else if let What::Missed(result) = finding.what {
                self.withdrawn_result(result, service)?
            } else {
                return None;
            };
            let what = What::Withdrawn(withdrawn);
            let mut withdrawn = self.finding(pair, GateRule::FindingWithdrawn, what, place);
            if finding.level == GateLevel::Deny {
                withdrawn.level = withdrawn.level.max(GateLevel::Warn);
            }
            Some(withdrawn)
        });
        withdrawn.collect()
    }

    fn withdrawn_action(
        &self,
        action: &'e Action,
        before: &'e Service,
        service: &'e Service,
    ) -> Option<(Withdrawn<'e>, FindingPlace)> {
        let of = |it: &'e Action| (&it.what, it.raised, it.due, it.done);
        // An entry that the base has for another action of this title is not what became of this one.
        let is_anothers =
            |it: &'e Action| of(it) != of(action) && before.actions.iter().any(|other| of(other) == of(it));
        let titled = service.actions.iter().filter(|it| it.what == action.what && !is_anothers(it));
        let Some(now) = titled.min_by_key(|it| it.raised != action.raised) else {
            return Some((Withdrawn::ActionRemoved(action), FindingPlace::Base(action.spans.raised)));
        };
        let is_postponed = now.done.is_none() && action_status(now, self.today) != ActionStatus::Overdue;
        let place = FindingPlace::Now(now.spans.due.unwrap_or(now.spans.raised));
        is_postponed.then_some((Withdrawn::ActionPostponed(action, now), place))
    }

    fn withdrawn_waiver(
        &self,
        waiver: &'e Waiver,
        service: &'e Service,
        now: &ServiceState<'e>,
    ) -> Option<(Withdrawn<'e>, FindingPlace)> {
        let rubrics = &self.now.estate.rubrics;
        let mut reds = now.categories().filter(|(_, _, it)| it.status == Status::Rated(Colour::Red));
        let names = reds.find_map(|(_, category, _)| {
            let names = rubrics.names_over_time(now.rubric, category);
            names.contains(&&waiver.category).then_some(names)
        })?;
        // One that has ended is found as that, one that counts as new. A request is neither.
        let is_kept = service.waivers.iter().filter(|it| names.contains(&&it.category)).any(|it| {
            it.has_ended(self.today)
                || !matches!(self.state_of_waiver(service, it).1, WaiverState::Requested(_))
        });
        (!is_kept).then_some((Withdrawn::WaiverRemoved(waiver), FindingPlace::Base(waiver.span)))
    }

    fn withdrawn_result(
        &self,
        result: &'e SloResult,
        service: &'e Service,
    ) -> Option<(Withdrawn<'e>, FindingPlace)> {
        let measured = self.now.estate.slos_of(service).iter().filter(|it| it.slo == result.slo);
        let mut measured = measured.filter(|it| it.month <= self.today);
        match measured.clone().find(|it| it.month == result.month) {
            Some(now) if now.is_met() => {
                Some((Withdrawn::ResultChanged(result, now), FindingPlace::Now(now.span)))
            }
            Some(_) => None,
            None if measured.any(|it| it.month > result.month) => None,
            None => Some((Withdrawn::ResultRemoved(result), FindingPlace::Base(result.span))),
        }
    }
}
