//! What a change says of a service's life: who it was, that it is retired or moves, matters less or leaves a rubric, today or
//! on a day that is planned. Once that day has come, both sides say the same, so it is found when it is written.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::model::{Category, Colour, Date, Estate, GateRule, Identity, Rubric, Service, ServiceId};

use super::pair::{Before, ServicePair};
use super::rename::ServiceChanges;
use super::{Base, Finding, FindingPlace, Gate, LostImportance, Onset, Presence, What};
use crate::eval::{RubricState, Status, Timeline, rubrics_in_force, service_state_in};

impl<'e> Gate<'e> {
    /// What is found of who a service was, is and will be.
    pub(super) fn life(
        &self,
        before: &'e Service,
        now: &'e Service,
        find: &mut impl FnMut(GateRule, What<'e>, FindingPlace),
    ) {
        self.past_identity(before, now, find);
        let days = self.days_ahead([before, now]);
        let mut to_come = days.iter().filter(|day| !before.is_retired_on(**day));
        if let Some((day, retired)) = to_come.find_map(|day| Some((*day, now.retirement_on(*day)?))) {
            let what = What::Retired(retired, self.onset(day));
            find(GateRule::ServiceRetired, what, FindingPlace::Now(retired.span));
        }
        let mut found = None;
        for day in &days {
            let (was, is) = (before.identity_on(*day), now.identity_on(*day));
            let moved = (home(was) != home(is)).then_some((was, is));
            if moved.is_some() && found != moved {
                let what = What::Moved { was, is, onset: self.onset(*day) };
                find(GateRule::ServiceMoved, what, FindingPlace::Now(now.span));
            }
            found = moved;
        }
        let mut found = None;
        for day in days {
            let lost = self.lost_importance(before.identity_on(day), now.identity_on(day));
            if let Some(it) = lost.filter(|_| found != lost) {
                let what = What::LessImportant(it, self.onset(day));
                find(GateRule::ImportanceLowered, what, FindingPlace::Now(now.span));
            }
            found = lost;
        }
    }

    /// Today, and every later day on which either side becomes something else.
    fn days_ahead(&self, sides: [&Service; 2]) -> BTreeSet<Date> {
        let later = sides.into_iter().flat_map(turning_days).filter(|day| *day > self.today);
        later.chain([self.today]).collect()
    }

    fn onset(&self, day: Date) -> Onset {
        if day > self.today { Onset::Planned(day) } else { Onset::Today }
    }

    /// The last day of the past of which the base has written down who a service was, and that says something else.
    fn past_identity(
        &self,
        before: &'e Service,
        now: &'e Service,
        find: &mut impl FnMut(GateRule, What<'e>, FindingPlace),
    ) {
        // Who it was is known as long as it was assessed, and until it last became another. Today may still change.
        let assessed = before.assessments.iter().map(|assessment| assessment.date);
        let became = before.identities.previously().iter().map(|past| past.until.day_after());
        let retired = retirement_days(before);
        let known = assessed.chain(became).chain(retired).filter(|day| *day < self.today).max();
        let Some(known) = known else { return };
        let days = [before, now].into_iter().flat_map(turning_days).filter(|day| *day < known);
        let days: BTreeSet<_> = days.chain([known]).collect();
        for on in days.into_iter().rev() {
            let [was, is] = [before, now].map(|service| presence(service, on));
            let is_same = match (was, is) {
                (Some(was), Some(is)) => is_same_identity(was, is),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            if !is_same {
                let entry = now.identities.previously().iter().find(|past| past.until >= on);
                let place = FindingPlace::Now(entry.map_or(now.span, |past| past.span));
                find(GateRule::PastRewritten, What::OtherPast { on, was, is }, place);
                return;
            }
        }
    }

    /// In what a service matters less than it did, if it does.
    fn lost_importance(&self, was: &'e Identity, is: &'e Identity) -> Option<LostImportance<'e>> {
        if was.golden_thread && !is.golden_thread {
            Some(LostImportance::GoldenThread)
        } else if self.is_lower(was, is) {
            Some(LostImportance::Criticality { from: &was.criticality, to: &is.criticality })
        } else if self.is_in_a_milder_scope(was, is) {
            Some(LostImportance::MilderDomain { from: &was.domain, to: &is.domain })
        } else {
            None
        }
    }

    /// Whether any rule is taken less seriously where a service is than where it was.
    fn is_in_a_milder_scope(&self, was: &Identity, is: &Identity) -> bool {
        GateRule::ALL.iter().any(|rule| {
            let [was, is] = [was, is].map(|identity| self.policy().level(*rule, Some(identity.scope())));
            is < was
        })
    }

    /// Whether a service's criticality is lower than it was, by the levels of today or by those of the base: neither a
    /// new level nor a new order hides it. What is no longer a level counts as the highest.
    fn is_lower(&self, before: &Identity, now: &Identity) -> bool {
        [self.settings(), &self.now.settings].into_iter().any(|settings| {
            let rank = |identity: &Identity| {
                let mut levels = settings.criticality.names();
                levels.position(|name| name == identity.criticality.name()).unwrap_or(usize::MAX)
            };
            rank(now) < rank(before)
        })
    }

    /// The rubrics of the base that no longer count for a service, of those that are meant, each on the first such day.
    pub(super) fn rubrics_dropped(
        &self,
        pair: &ServicePair<'e>,
        now: &'e Service,
        findings: &mut Vec<Finding<'e>>,
    ) {
        let (Base::Estate(base), Some(before)) = (self.base, pair.known_before()) else { return };
        let mut known = BTreeSet::new();
        for day in self.days_ahead([before, now]) {
            for rubric in self.dropped_on(base, before, now, day) {
                let mut categories = rubric.categories.iter();
                let is_meant = categories.any(|category| self.selection.includes_category(rubric, category));
                if !is_meant || !known.insert(&rubric.id) {
                    continue;
                }
                let what = What::RubricDropped(rubric, self.reds_under(now, rubric), self.onset(day));
                let place = FindingPlace::Now(now.span);
                findings.push(self.finding(pair, GateRule::RubricDropped, what, place));
            }
        }
    }

    /// The rubrics that no longer count for a service since this change, in the version that its file has now. In this
    /// change they still do.
    pub(super) fn dropped_rubrics(&self, pair: &ServicePair<'e>, now: &'e Service) -> Vec<&'e Arc<Rubric>> {
        let (Base::Estate(base), Some(before)) = (self.base, pair.known_before()) else { return Vec::new() };
        let dropped = self.dropped_on(base, before, now, self.today).into_iter();
        dropped.filter_map(|rubric| self.version_now(now, rubric)).collect()
    }

    /// The rubrics that count for a service at the base on a day and not now. One under which it was never assessed is no
    /// loss, unless its file named it, or the settings still require it of what the service was.
    fn dropped_on(
        &self,
        base: &'e Estate,
        before: &'e Service,
        now: &'e Service,
        day: Date,
    ) -> Vec<&'e Arc<Rubric>> {
        let were = rubrics_in_force(base, before, day);
        let are = rubrics_in_force(self.now, now, day);
        let was = before.identity_on(day);
        let is_loss = |rubric: &Arc<Rubric>| {
            let id = &rubric.id;
            let mut required = self.now.settings.required.iter();
            before.assessments.iter().any(|assessment| assessment.rubric.id == *id)
                || was.rubrics.as_ref().is_some_and(|listed| listed.contains(id))
                || required.any(|it| it.rubric == *id && it.from <= day && it.of.asks(was))
        };
        let is_gone = |rubric: &&Arc<Rubric>| are.iter().all(|kept| kept.id != rubric.id) && is_loss(rubric);
        were.into_iter().filter(is_gone).collect()
    }

    /// The version of a rubric of the base that a service is under now, whether or not it counts.
    fn version_now(&self, now: &'e Service, rubric: &'e Rubric) -> Option<&'e Arc<Rubric>> {
        let mut past = now.assessments.iter().rev().filter(|assessment| assessment.date <= self.today);
        let used = past.find(|assessment| assessment.rubric.id == rubric.id);
        used.map(|assessment| &assessment.rubric)
            .or_else(|| self.now.rubrics.version_on(&rubric.id, self.today))
    }

    /// The services that this change retires, or brings retired. One that nobody can read at the base may have been so.
    pub(super) fn retired_now(&self, pairs: &[ServicePair<'e>]) -> HashSet<&'e ServiceId> {
        let is_retired = |service: &Service| service.is_retired_on(self.today);
        let retired = pairs.iter().filter_map(|pair| {
            let is_new = match &pair.before {
                Before::Known(before) => !is_retired(before),
                Before::Missing => true,
                Before::Same | Before::Unreadable => false,
            };
            pair.now.filter(|now| is_new && is_retired(now))
        });
        retired.map(|service| &service.id).collect()
    }

    /// A service as if this change had retired none of its providers, if it retires any: a provider doesn't take its own
    /// drop with it.
    pub(super) fn state_before_retirements(
        &self,
        service: &'e Service,
        rubric: &'e Arc<Rubric>,
        changes: &ServiceChanges<'e>,
    ) -> Option<RubricState<'e>> {
        let mut timeline = (!changes.retired.is_empty())
            .then(|| Timeline::with_kept_providers(self.now, service, changes.retired.clone()))?;
        Some(timeline.state_under(rubric, self.today))
    }

    fn reds_under(&self, now: &'e Service, rubric: &'e Rubric) -> Vec<&'e Category> {
        let Some(version) = self.version_now(now, rubric) else { return Vec::new() };
        let state = service_state_in(self.now, now, self.today, version);
        let reds = state.categories().filter(|(_, category, standing)| {
            standing.status == Status::Rated(Colour::Red)
                && self.selection.includes_category(version, category)
                && !category.is_advisory()
        });
        reds.map(|(_, category, _)| category).collect()
    }
}

/// The first and last days of each of a service's identities, of its time in the estate and of its retirements.
fn turning_days(service: &Service) -> impl Iterator<Item = Date> {
    let became = service.identities.previously().iter().flat_map(|past| [past.until, past.until.day_after()]);
    let began = service.first_day().into_iter().chain(retirement_days(service));
    became.chain(began.flat_map(|day| [day.day_before(), day]))
}

fn retirement_days(service: &Service) -> impl Iterator<Item = Date> {
    service.identities.all().filter_map(|identity| Some(identity.retired.as_ref()?.on))
}

fn presence(service: &Service, day: Date) -> Presence<'_> {
    service.exists_on(day).then(|| service.identity_on(day))
}

/// Where a service belongs.
fn home(identity: &Identity) -> (&str, &str, Option<&str>) {
    (identity.domain.as_str(), identity.platform.as_str(), identity.owner.as_deref())
}

/// Whether two identities are the same service in every count; the end of its life is compared day by day.
fn is_same_identity(was: &Identity, is: &Identity) -> bool {
    let parts = |identity: &Identity| {
        let Identity {
            domain: _,
            platform: _,
            owner: _,
            tags,
            criticality,
            golden_thread,
            rubrics,
            retired: _,
        } = identity;
        let tags: BTreeSet<_> = tags.iter().cloned().collect();
        let rubrics = rubrics.as_ref().map(|ids| ids.iter().cloned().collect::<BTreeSet<_>>());
        (tags, criticality.name().to_owned(), *golden_thread, rubrics)
    };
    home(was) == home(is) && parts(was) == parts(is)
}
