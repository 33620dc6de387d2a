//! What is left undone, whether or not anything changed.

use crate::model::{Category, Colour, Date, GateRule, Rubric, Service, SloResult};

use super::pair::Pair;
use super::{Base, Finding, FindingPlace, Gate, News, What};
use crate::score::{ActionStatus, RollUp, ServiceState, Standing, Status, action_status, service_state};
use crate::source::Span;

impl<'e> Gate<'e> {
    /// Stale colours, gaps, overdue actions, expired waivers and missed objectives of a service.
    pub(super) fn conditions(
        &self,
        pair: &Pair<'e>,
        service: &'e Service,
        now: &ServiceState<'e>,
        findings: &mut Vec<Finding<'e>>,
    ) {
        let before = match (pair.known_before(), self.base) {
            (Some(before), Base::Estate(base)) => Some(service_state(base.estate, before, self.today)),
            (Some(_) | None, _) => None,
        };
        findings.extend(self.stale(pair, service, now, before.as_ref()));
        findings.extend(self.not_assessed(pair, service, now, before.as_ref()));
        self.expired_waivers(pair, service, now, findings);
        if !self.selection.chooses_categories() {
            self.overdue(pair, service, findings);
            if now.colour() == RollUp::Green {
                self.missed_objectives(pair, service, findings);
            }
        }
    }

    /// A finding about something that lasts.
    fn condition(
        &self,
        pair: &Pair<'e>,
        (rule, what): (GateRule, What<'e>),
        span: Span,
        (since, was_there): (Date, Option<bool>),
    ) -> Finding<'e> {
        let mut finding = self.finding(pair, rule, what, FindingPlace::Now(span));
        finding.news = finding.service.map_or(News::New, |service| self.news(service, since, was_there));
        finding
    }

    /// The selected categories of a service that are so, and that no waiver covers, with their standings.
    fn open<'s>(
        &self,
        service: &'e Service,
        now: &'s ServiceState<'e>,
        is_so: impl Fn(&Standing<'e>) -> bool,
    ) -> Vec<(&'e Category, &'s Standing<'e>)> {
        let rubric: &'e Rubric = now.rubric;
        let categories = now.categories().filter(|(_, category, standing)| {
            is_so(standing)
                && self.selection.includes_category(rubric, category)
                && self.waiver(service, rubric, category).is_none()
        });
        categories.map(|(_, category, standing)| (category, standing)).collect()
    }

    /// Colours that nobody has looked at for too long.
    fn stale(
        &self,
        pair: &Pair<'e>,
        service: &'e Service,
        now: &ServiceState<'e>,
        before: Option<&ServiceState<'e>>,
    ) -> Option<Finding<'e>> {
        let is_stale = |standing: &Standing<'_>| self.is_stale(standing);
        let stale = self.open(service, now, is_stale);
        let judged = stale.iter().filter_map(|(_, standing)| standing.judged);
        let oldest = judged.min_by_key(|judged| judged.reviewed)?;
        let what = What::Stale(stale.into_iter().map(|(category, _)| category).collect(), oldest.reviewed);
        let lasts = (oldest.reviewed, before.map(|before| is_any(before, is_stale)));
        Some(self.condition(pair, (GateRule::Stale, what), oldest.judgement.span, lasts))
    }

    /// Categories that were never judged or need a re-score. What is inherited is for the provider to judge.
    fn not_assessed(
        &self,
        pair: &Pair<'e>,
        service: &'e Service,
        now: &ServiceState<'e>,
        before: Option<&ServiceState<'e>>,
    ) -> Option<Finding<'e>> {
        let is_unknown = |standing: &Standing<'_>| {
            let has_no_colour = matches!(standing.status, Status::NotAssessed | Status::NeedsRescore(_));
            standing.provider.is_none() && has_no_colour
        };
        let unknown: Vec<_> =
            self.open(service, now, is_unknown).into_iter().map(|(category, _)| category).collect();
        let since = service.assessments.first().map_or(self.today, |first| first.date);
        let lasts = (since, before.map(|before| is_any(before, is_unknown)));
        (!unknown.is_empty()).then(|| {
            self.condition(pair, (GateRule::NotAssessed, What::NotAssessed(unknown)), service.span, lasts)
        })
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
            let rule = (GateRule::SloMissed, What::Missed(missed));
            findings.push(self.condition(pair, rule, missed.span, (missed.month, was)));
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
            let lasts = (action.due.unwrap_or(action.raised), was);
            findings.push(self.condition(
                pair,
                (GateRule::OverdueAction, What::Overdue(action)),
                span,
                lasts,
            ));
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
            if self.waiver(service, now.rubric, category).is_some() {
                continue;
            }
            let names = rubrics.names_over_time(now.rubric, category);
            let expired = service.waivers.iter().filter(|waiver| waiver.has_ended(self.today));
            let expired = expired.filter(|waiver| names.contains(&&waiver.category));
            if let Some(expired) = expired.max_by_key(|waiver| waiver.until) {
                let was = pair.known_before().map(|before| {
                    before
                        .waivers
                        .iter()
                        .any(|it| it.category == expired.category && it.until == expired.until)
                });
                let rule = (GateRule::ExpiredWaiver, What::Expired(expired));
                findings.push(self.condition(pair, rule, expired.span, (expired.until, was)));
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

fn is_any<'e>(state: &ServiceState<'e>, is_so: impl Fn(&Standing<'e>) -> bool) -> bool {
    state.categories().any(|(_, _, standing)| is_so(standing))
}
