//! Colours that changed since the base, or should have.

use crate::model::{Colour, Date, GateRule, Judgement, Rubric, Service};

use super::pair::{Before, ServicePair};
use super::rename::ServiceChanges;
use super::{Base, Finding, FindingPlace, Gate, News, Resolved, SharedIds, Transition, What};
use crate::eval::{Change, RubricState, Standing, Status, Timeline, service_state, service_state_in};

impl<'e> Gate<'e> {
    /// Every category of a service that dropped, slipped, stayed red for too long, or whose red is gone.
    pub(super) fn colours(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        now: &RubricState<'e>,
        changes: &ServiceChanges<'e>,
        (findings, resolved): (&mut Vec<Finding<'e>>, &mut Vec<Resolved<'e>>),
    ) {
        let before = self.state_before(pair, service, now);
        let before_on = match pair.before {
            Before::Same | Before::Unreadable | Before::Missing => {
                self.day_before_latest(service, now.rubric)
            }
            Before::Known(_) => None,
        };
        let provided = self.state_before_retirements(service, now.rubric, changes);
        for (ix, category, standing) in now.categories() {
            if !self.looks_at(pair, now.rubric, category) {
                continue;
            }
            let mut before = before.as_ref().map(|state| *state.standing(ix));
            if let Some(before) = &mut before {
                before.provider = before.provider.map(|provider| changes.new_ids.id_now(provider));
            }
            let was_better =
                before.and_then(|before| before.status.colour()).is_some_and(|colour| colour > Colour::Red);
            let provided = provided.as_ref().map(|state| state.standing(ix));
            let lost =
                provided.filter(|provided| was_better && provided.status == Status::Rated(Colour::Red));
            let standing = lost.unwrap_or(standing);
            let mut turn =
                Transition { category, rubric: now.rubric, before, before_on, now: Some(*standing) };
            if standing.status.colour().is_none() && self.needed_rescore_of_red(pair, service, turn) {
                turn.before = before.map(|before| Standing { status: Status::Rated(Colour::Red), ..before });
            }
            if standing.status == Status::Rated(Colour::Red) && self.has_base() {
                findings.extend(self.red(pair, service, turn, standing));
                continue;
            }
            match verdict(turn.before.as_ref(), standing) {
                ColourVerdict::Nothing => {}
                ColourVerdict::Good => {
                    let is_redefined = || self.redefines(pair, now.rubric, category);
                    let rule = self.rule_of_older_rating(service, turn.before.as_ref(), standing);
                    match rule.or_else(|| is_redefined().then_some(GateRule::RedRedefined)) {
                        Some(rule) => findings.push(self.colour_finding(pair, service, rule, turn)),
                        None => resolved.push(Resolved { service, turn, shared_ids: SharedIds::default() }),
                    }
                }
                ColourVerdict::Red => findings.extend(self.standing_red(pair, service, turn, standing)),
                ColourVerdict::Rule(rule) => findings.push(self.colour_finding(pair, service, rule, turn)),
            }
        }
    }

    /// The service at the base, in terms of the rubric that is in force now.
    fn state_before(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        now: &RubricState<'e>,
    ) -> Option<RubricState<'e>> {
        match (&pair.before, self.base) {
            (Before::Known(before), Base::Estate(base)) => {
                let rubrics = &self.now.rubrics;
                Some(Timeline::new(base, before).state_among(rubrics, now.rubric, self.today))
            }
            (Before::Same | Before::Unreadable | Before::Known(_) | Before::Missing, _) => {
                let day = self.day_before_latest(service, now.rubric)?;
                Some(service_state_in(self.now, service, day, now.rubric))
            }
        }
    }

    /// What a red that was replaced by a rating that isn't newer is found as. If the red is no longer in its service's file,
    /// an older rating shows, or another one of that day; else a rubric leads another category's rating there.
    fn rule_of_older_rating(
        &self,
        service: &Service,
        before: Option<&Standing<'_>>,
        now: &Standing<'_>,
    ) -> Option<GateRule> {
        let own = before.filter(|before| before.provider.is_none());
        let (red, now) = own.and_then(|before| before.judged).zip(now.judged)?;
        if now.on > red.on || red.on >= self.today {
            return None;
        }
        let id = &red.rubric.category(red.judgement.category).id;
        let under_it = service.assessments.iter().filter(|assessment| assessment.rubric.id == red.rubric.id);
        let ratings = || {
            under_it.clone().flat_map(|assessment| {
                let of_it = |judgement: &&Judgement| assessment.rubric.category(judgement.category).id == *id;
                assessment
                    .judgements
                    .iter()
                    .filter(of_it)
                    .map(|judgement| (assessment.date, &judgement.verdict))
            })
        };
        if !ratings().any(|(date, verdict)| date == red.on && verdict.agrees_with(&red.judgement.verdict)) {
            return Some(GateRule::RedToUnknown);
        }
        // A red that was fixed before the merge counts as fixed.
        let is_rated_since = ratings().any(|(date, _)| date > red.on && date <= self.today);
        (!is_rated_since).then_some(GateRule::RedRedefined)
    }

    /// Whether what needs a re-score in today's terms still counted as red at the base: the raised bar makes no red
    /// unknown unmentioned.
    pub(super) fn needed_rescore_of_red(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        turn: Transition<'e>,
    ) -> bool {
        let Some(before) =
            turn.before.filter(|standing| standing.status == Status::NeedsRescore(Colour::Red))
        else {
            return false;
        };
        let state = match (&pair.before, self.base) {
            (Before::Known(before), Base::Estate(base)) => service_state(base, before, self.today),
            (Before::Same | Before::Unreadable | Before::Known(_) | Before::Missing, _) => {
                let Some(day) = self.day_before_latest(service, turn.rubric) else { return false };
                service_state(self.now, service, day)
            }
        };
        let judgement = |standing: &Standing<'e>| standing.judged.map(|judged| judged.judgement.span);
        let Some(own) = state.under(&turn.rubric.id) else { return false };
        own.categories().any(|(_, category, standing)| {
            standing.status == Status::Rated(Colour::Red)
                && judgement(standing) == judgement(&before)
                && self.raised_until(own.rubric, category, turn).is_some()
        })
    }

    /// The day before a service was last assessed under a rubric.
    pub(super) fn day_before_latest(&self, service: &Service, rubric: &Rubric) -> Option<Date> {
        Some(service.latest_assessment_by(&rubric.id, self.today)?.date.day_before())
    }

    pub(super) fn colour_finding(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        rule: GateRule,
        turn: Transition<'e>,
    ) -> Finding<'e> {
        let judged = turn.now.and_then(|now| now.judged);
        let span = judged.map_or(service.span, |judged| judged.judgement.span);
        let mut finding = self.finding(pair, rule, What::Colour(turn), FindingPlace::Now(span));
        finding.waiver = self.waiver(pair, service, turn.rubric, turn.category);
        finding
    }

    /// A red that is no news, if it has been there for too many reviews.
    pub(super) fn standing_red(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        turn: Transition<'e>,
        now: &Standing<'e>,
    ) -> Option<Finding<'e>> {
        let since = now.judged?.since;
        // Neither another domain nor its first listed review makes a red younger than it was at the base.
        let at_base =
            pair.known_before().map_or(0, |before| self.review_days(before, since, &[self.settings()]).len());
        let reviews = self.reviews_since(service, since).max(at_base);
        let enough = usize::try_from(self.policy().standing_red_reviews).unwrap_or(usize::MAX);
        let mut finding = self.colour_finding(pair, service, GateRule::StandingRed, turn);
        finding.news = News::Standing(reviews);
        (reviews >= enough).then_some(finding)
    }
}

/// What the gate reports of a category.
enum ColourVerdict {
    Nothing,
    /// A red was fixed.
    Good,
    /// It is red, and that is no news.
    Red,
    /// A rule found it.
    Rule(GateRule),
}

fn verdict(before: Option<&Standing<'_>>, now: &Standing<'_>) -> ColourVerdict {
    let red = Status::Rated(Colour::Red);
    let Some(before) = before else {
        return if now.status == red { ColourVerdict::Red } else { ColourVerdict::Nothing };
    };
    match (Change::between(before.status, now.status), now.status) {
        (Change::Dropped, _) => ColourVerdict::Rule(GateRule::DropToRed),
        (Change::Slipped, _) => ColourVerdict::Rule(GateRule::SlipToAmber),
        (_, status) if status == red => ColourVerdict::Red,
        (Change::NoLongerRated, Status::NotApplicable) if before.status != red => {
            ColourVerdict::Rule(GateRule::ColourToNotApplicable)
        }
        // A rating that was removed is found as that.
        (Change::NoLongerRated, Status::NotAssessed) if before.status != red && now.provider.is_some() => {
            ColourVerdict::Rule(GateRule::ColourToUnknown)
        }
        _ if before.status != red => ColourVerdict::Nothing,
        (_, Status::NotApplicable) => ColourVerdict::Rule(GateRule::RedToNotApplicable),
        (_, Status::NotAssessed | Status::NeedsRescore(_)) => ColourVerdict::Rule(GateRule::RedToUnknown),
        (_, Status::Rated(_)) if now.provider.is_some() && now.provider != before.provider => {
            ColourVerdict::Rule(GateRule::RedToInherited)
        }
        (_, Status::Rated(_)) => ColourVerdict::Good,
    }
}
