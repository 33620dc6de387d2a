//! What is left undone, whether or not anything changed.

use crate::model::{Colour, Date, GateRule, Service, SloResult};

use super::pair::Pair;
use super::{Base, Finding, FindingPlace, Gate, News, What};
use crate::score::{ActionStatus, RollUp, ServiceState, Standing, Status, action_status, service_state};

impl<'e> Gate<'e> {
    /// Stale colours, gaps, overdue actions and expired waivers of a service.
    pub(super) fn conditions(
        &self,
        pair: &Pair<'e>,
        service: &'e Service,
        now: &ServiceState<'e>,
        findings: &mut Vec<Finding<'e>>,
    ) {
        let state_before = match (pair.known_before(), self.base) {
            (Some(before), Base::Estate(base)) => Some(service_state(base.estate, before, self.today)),
            (Some(_) | None, _) => None,
        };
        let open = |category| self.waiver(service, now.rubric, category).is_none();
        let named = |is_it: &dyn Fn(&Standing<'e>) -> bool| {
            let categories = now.categories().filter(|(_, category, standing)| {
                is_it(standing) && self.selection.includes_category(now.rubric, category) && open(category)
            });
            categories.map(|(_, category, _)| category).collect::<Vec<_>>()
        };

        let stale = named(&|standing| self.is_stale(standing));
        let reviewed =
            now.categories().filter(|(_, category, _)| stale.iter().any(|it| it.id == category.id));
        let oldest =
            reviewed.filter_map(|(_, _, standing)| standing.judged).min_by_key(|judged| judged.reviewed);
        if let Some(oldest) = oldest {
            let was =
                state_before.as_ref().map(|state| state.categories().any(|(_, _, it)| self.is_stale(it)));
            let place = FindingPlace::Now(oldest.judgement.span);
            let mut finding = self.finding(pair, GateRule::Stale, What::Stale(stale, oldest.reviewed), place);
            finding.news = self.news(service, oldest.reviewed, was);
            findings.push(finding);
        }

        let unknown = |standing: &Standing<'_>| {
            standing.provider.is_none()
                && matches!(standing.status, Status::NotAssessed | Status::NeedsRescore(_))
        };
        let unknown_now = named(&unknown);
        if !unknown_now.is_empty() {
            let was = state_before.as_ref().map(|state| state.categories().any(|(_, _, it)| unknown(it)));
            let since = service.assessments.first().map_or(self.today, |first| first.date);
            let what = What::NotAssessed(unknown_now);
            let mut finding =
                self.finding(pair, GateRule::NotAssessed, what, FindingPlace::Now(service.span));
            finding.news = self.news(service, since, was);
            findings.push(finding);
        }

        if !self.selection.chooses_categories() {
            self.overdue(pair, service, findings);
        }
        self.expired_waivers(pair, service, now, findings);
        if !self.selection.chooses_categories() && now.colour() == RollUp::Green {
            self.missed_objectives(pair, service, findings);
        }
    }

    /// Objectives of a green service that were missed in the last month that was measured.
    fn missed_objectives(&self, pair: &Pair<'e>, service: &'e Service, findings: &mut Vec<Finding<'e>>) {
        let measured = self.now.estate.slos_of(service);

        let past: Vec<_> = measured.iter().filter(|slo| slo.month <= self.today).collect();
        let last = past.chunk_by(|a, b| a.slo == b.slo).filter_map(|months| months.last().copied());
        for missed in last.filter(|slo| !slo.is_met()) {
            let same = |slo: &SloResult| slo.slo == missed.slo && slo.month == missed.month && !slo.is_met();
            let was = match (pair.known_before(), self.base) {
                (Some(before), Base::Estate(base)) => Some(base.estate.slos_of(before).iter().any(same)),
                (Some(_) | None, _) => None,
            };
            let place = FindingPlace::Now(missed.span);
            let mut finding = self.finding(pair, GateRule::SloMissed, What::Missed(missed), place);
            finding.news = self.news(service, missed.month, was);
            findings.push(finding);
        }
    }

    fn overdue(&self, pair: &Pair<'e>, service: &'e Service, findings: &mut Vec<Finding<'e>>) {
        let overdue = service.actions.iter().filter(|action| action.raised <= self.today);
        for action in overdue.filter(|action| action_status(action, self.today) == ActionStatus::Overdue) {
            let was = pair.known_before().map(|before| {
                let same =
                    before.actions.iter().find(|it| it.what == action.what && it.raised == action.raised);
                same.is_some_and(|same| action_status(same, self.today) == ActionStatus::Overdue)
            });
            let span = action.spans.due.unwrap_or(action.spans.raised);
            let place = FindingPlace::Now(span);
            let mut finding = self.finding(pair, GateRule::OverdueAction, What::Overdue(action), place);
            finding.news = self.news(service, action.due.unwrap_or(action.raised), was);
            findings.push(finding);
        }
    }

    /// Waivers that ended while their category is still red.
    fn expired_waivers(
        &self,
        pair: &Pair<'e>,
        service: &'e Service,
        now: &ServiceState<'e>,
        findings: &mut Vec<Finding<'e>>,
    ) {
        let rubrics = &self.now.estate.rubrics;
        for (_, category, standing) in now.categories() {
            let is_red = standing.status == Status::Rated(Colour::Red);
            if !is_red || !self.selection.includes_category(now.rubric, category) {
                continue;
            }
            let names = rubrics.names_over_time(now.rubric, category);
            if service.waiver(&names, self.today).is_some() {
                continue;
            }
            let expired = service.waivers.iter().filter(|waiver| names.contains(&&waiver.category));
            if let Some(expired) = expired.max_by_key(|waiver| waiver.until) {
                let was = pair.known_before().map(|before| {
                    before
                        .waivers
                        .iter()
                        .any(|it| it.category == expired.category && it.until == expired.until)
                });
                let place = FindingPlace::Now(expired.span);
                let mut finding = self.finding(pair, GateRule::ExpiredWaiver, What::Expired(expired), place);
                finding.news = self.news(service, expired.until, was);
                findings.push(finding);
            }
        }
    }

    /// Whether something that has been so since a day is news: if the base tells, by whether it was there; else by
    /// whether there was a review since.
    fn news(&self, service: &Service, since: Date, was_there: Option<bool>) -> News {
        let reviews = self.reviews_since(service, since);
        match was_there {
            Some(true) => News::Standing(reviews),
            None if reviews > 0 => News::Standing(reviews),
            Some(false) | None => News::New,
        }
    }
}
