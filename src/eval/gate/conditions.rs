//! What is left undone, whether or not anything changed.

use crate::model::{Category, Colour, Date, GateRule, Rubric, Service};

use super::pair::ServicePair;
use super::{Finding, FindingPlace, Gate, News, VersionedCategory, What};
use crate::eval::{
    ActionStatus, RollUp, RubricState, ServiceState, Standing, Status, Timeline, action_status,
};
use crate::source::Span;

impl<'e> Gate<'e> {
    /// Stale colours, gaps, overdue actions, expired waivers and missed objectives of a service.
    pub(super) fn conditions(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        now: &ServiceState<'e>,
        findings: &mut Vec<Finding<'e>>,
    ) {
        findings.extend(self.stale(pair, service, now));
        findings.extend(self.not_assessed(pair, service, now));
        for state in &now.rubrics {
            self.expired_waivers(pair, service, state, findings);
        }
        if !self.selection.chooses_categories() {
            self.overdue(pair, service, findings);
            if now.colour() == RollUp::Green {
                self.missed_objectives(pair, service, findings);
            }
        }
    }

    /// A finding about something that lasts. Whether the base has it as well is for [`Gate::mark_standing`] to say.
    fn condition(
        &self,
        pair: &ServicePair<'e>,
        (rule, what): (GateRule, What<'e>),
        span: Span,
        lasts: Lasting<'_>,
    ) -> Finding<'e> {
        let mut finding = self.finding(pair, rule, what, FindingPlace::Now(span));
        let reviews = finding.service.map_or(0, |service| self.reviews_in_a_row(service, lasts));
        if reviews > 0 || pair.known_before().is_some() {
            finding.news = News::Standing(reviews);
        }
        finding
    }

    /// Whether a service was so on a day, by its file as it is now; to be asked for one day after the other.
    fn was(
        &self,
        service: &'e Service,
        is_so: impl Fn(&ServiceState<'e>, Date) -> bool,
    ) -> impl FnMut(Date) -> bool {
        let mut timeline = Timeline::new(self.now, service);
        move |day| is_so(&timeline.state(day), day)
    }

    /// The selected categories of a service that are so, and that no waiver covers, with their standings.
    fn open<'s>(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        now: &'s ServiceState<'e>,
        is_so: impl Fn(&Standing<'e>) -> bool,
    ) -> Vec<(VersionedCategory<'e>, &'s Standing<'e>)> {
        let is_open = |rubric: &'e Rubric, category: &'e Category| {
            self.looks_at(pair, rubric, category) && self.waiver(pair, service, rubric, category).is_none()
        };
        let states = now.rubrics.iter();
        let standings = states.flat_map(|state| {
            let rubric: &'e Rubric = state.rubric;
            state.categories().map(move |category| (rubric, category))
        });
        let open = standings
            .filter(|(rubric, (_, category, standing))| is_so(standing) && is_open(rubric, category));
        open.map(|(rubric, (_, category, standing))| (VersionedCategory { rubric, category }, standing))
            .collect()
    }

    /// Colours that nobody has looked at for too long.
    fn stale(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        now: &ServiceState<'e>,
    ) -> Option<Finding<'e>> {
        let is_stale_on = |standing: &Standing<'_>, day| self.is_stale_on(standing, day);
        let is_stale = |standing: &Standing<'_>| is_stale_on(standing, self.today);
        let stale = self.open(pair, service, now, is_stale);
        let judged = stale.iter().filter_map(|(_, standing)| standing.judged);
        let oldest = judged.min_by_key(|judged| judged.reviewed)?;
        let what = What::Stale(stale.into_iter().map(|(category, _)| category).collect(), oldest.reviewed);
        let lasts = Lasting {
            since: oldest.reviewed,
            was_so: &mut self.was(service, |state, day| is_any(state, |standing| is_stale_on(standing, day))),
        };
        Some(self.condition(pair, (GateRule::Stale, what), oldest.judgement.span, lasts))
    }

    /// Categories that were never judged or need a re-score. What is inherited is for the provider to judge.
    fn not_assessed(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        now: &ServiceState<'e>,
    ) -> Option<Finding<'e>> {
        let is_unknown = |standing: &Standing<'_>| {
            let has_no_colour = matches!(standing.status, Status::NotAssessed | Status::NeedsRescore(_));
            standing.provider.is_none() && has_no_colour
        };
        let unknown: Vec<_> =
            self.open(pair, service, now, is_unknown).into_iter().map(|(category, _)| category).collect();
        let since = service.assessments.first().map_or(self.today, |first| first.date);
        let mut was_so = self.was(service, |state, _| is_any(state, is_unknown));
        let lasts = Lasting { since, was_so: &mut was_so };
        (!unknown.is_empty()).then(|| {
            self.condition(pair, (GateRule::NotAssessed, What::NotAssessed(unknown)), service.span, lasts)
        })
    }

    /// Objectives of a green service that were missed in the last month that was measured.
    fn missed_objectives(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        findings: &mut Vec<Finding<'e>>,
    ) {
        let measured = self.now.slos_of(service);
        let past: Vec<_> = measured.iter().filter(|slo| slo.month <= self.today).collect();
        let last = past.chunk_by(|a, b| a.slo == b.slo).filter_map(|months| months.last().copied());
        for missed in last.filter(|slo| !slo.is_met()) {
            let rule = (GateRule::SloMissed, What::Missed(missed));
            let months: Vec<_> = past.iter().filter(|slo| slo.slo == missed.slo).collect();
            // What a review could know: the months that were over.
            let was_missed = |day: Date| {
                let over = months.iter().rev().find(|slo| slo.month.months_later(1) <= day);
                over.is_some_and(|slo| !slo.is_met())
            };
            let mut was_green = self.was(service, |state, _| state.colour() == RollUp::Green);
            let lasts = Lasting {
                since: months.first().map_or(missed.month, |first| first.month),
                was_so: &mut |day| was_missed(day) && was_green(day),
            };
            findings.push(self.condition(pair, rule, missed.span, lasts));
        }
    }

    fn overdue(&self, pair: &ServicePair<'e>, service: &'e Service, findings: &mut Vec<Finding<'e>>) {
        let overdue = service.actions.iter().filter(|action| action.raised <= self.today);
        for action in overdue.filter(|action| action_status(action, self.today) == ActionStatus::Overdue) {
            let span = action.spans.due.unwrap_or(action.spans.raised);
            let due = action.due.unwrap_or(action.raised);
            let lasts = Lasting { since: due, was_so: &mut |day| day > due };
            let rule = (GateRule::OverdueAction, What::Overdue(action));
            findings.push(self.condition(pair, rule, span, lasts));
        }
    }

    /// Waivers that ended while their category is still red.
    fn expired_waivers(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        now: &RubricState<'e>,
        findings: &mut Vec<Finding<'e>>,
    ) {
        let rubrics = &self.now.rubrics;
        for (_, category, standing) in now.categories() {
            let is_red = standing.status == Status::Rated(Colour::Red);
            if !is_red || !self.looks_at(pair, now.rubric, category) {
                continue;
            }
            if self.waiver(pair, service, now.rubric, category).is_some() {
                continue;
            }
            let names = rubrics.names_over_time(now.rubric, category);
            let expired = service.waivers.iter().filter(|waiver| waiver.has_ended(self.today));
            let expired = expired.filter(|waiver| waiver.category.means(&now.rubric.id, &names));
            if let Some(expired) = expired.max_by_key(|waiver| waiver.until) {
                let rule = (GateRule::ExpiredWaiver, What::Expired(expired));
                let red_since = standing.judged.map_or(expired.until, |judged| judged.since);
                let since = red_since.max(expired.until);
                let lasts = Lasting { since, was_so: &mut |_| true };
                findings.push(self.condition(pair, rule, expired.span, lasts));
            }
        }
    }

    /// Counts the reviews in a row, up to today, at which something was so.
    fn reviews_in_a_row(&self, service: &Service, lasts: Lasting<'_>) -> usize {
        let Lasting { since, was_so } = lasts;
        let reviews = self.review_days(service, since, &[self.settings(), &self.now.settings]).into_iter();
        reviews.fold(0, |in_a_row, day| if was_so(day) { in_a_row + 1 } else { 0 })
    }
}

/// How long something has been so.
struct Lasting<'a> {
    /// It was not before this day, or nobody could tell.
    since: Date,
    /// Whether it was so on the day of a review.
    was_so: &'a mut dyn FnMut(Date) -> bool,
}

fn is_any<'e>(state: &ServiceState<'e>, is_so: impl Fn(&Standing<'e>) -> bool) -> bool {
    state.categories().any(|(_, standing)| is_so(standing))
}
