//! What the gate finds: drops to red, what is left undone, and ways in which a red disappears without a fix.

mod cause;
mod colours;
mod conditions;
mod estate;
mod finding;
mod history;
mod life;
mod loosening;
mod pair;
mod record;
mod reds;
mod rename;
mod retitled;
mod waivers;
mod withdrawn;

use rayon::prelude::*;

use crate::model::{
    Category, CategoryRole, Date, Estate, GateLevel, GatePolicy, GateRule, Rubric, Service, Settings,
};

use super::calendar::review_days;
use super::{ReviewCalendar, Selection, ServiceState, Standing, Timeline, rubrics_in_force};
pub use finding::{
    Cause, Finding, FindingOutcome, FindingPlace, LostImportance, News, Onset, PastEdit, Presence, SharedIds,
    Transition, VersionedCategory, What, Withdrawn,
};
pub use loosening::{Approver, Loosening, RuleScope};
use pair::{Before, ServicePair};
use rename::{NewIds, ServiceChanges};
pub use waivers::IneffectiveWaiver;

/// What today is compared with.
#[derive(Clone, Copy, Debug)]
pub enum Base<'e> {
    /// Each service with what it was before its latest assessment.
    LatestAssessment,
    /// The estate as it was at another time.
    Estate(&'e Estate),
}

/// A red that was fixed.
#[derive(Clone, Debug)]
pub struct Resolved<'e> {
    pub service: &'e Service,
    /// The category, and what it was and is.
    pub turn: Transition<'e>,
    pub shared_ids: SharedIds<'e>,
}

/// What the gate found.
#[derive(Clone, Debug, Default)]
pub struct GateVerdict<'e> {
    /// By service, in the order of the rules; findings about the estate come last.
    pub findings: Vec<Finding<'e>>,
    /// Good news.
    pub resolved: Vec<Resolved<'e>>,
    /// The services that were looked at, as they are now or, if they are gone, as they were, in the order of the
    /// findings.
    pub looked_at: Vec<&'e Service>,
    /// How many of them are Golden Thread.
    pub golden_thread: usize,
    /// Services that the base doesn't have.
    pub new_services: Vec<&'e Service>,
    /// Services with another id than at the base: what it was, and what they are.
    pub renamed: Vec<(&'e Service, &'e Service)>,
    /// Services that can't be read at the base: their files have errors there, or one does that doesn't say its service.
    /// They are compared with what they were before their latest assessment.
    pub unreadable_before: Vec<&'e Service>,
    /// Services that only the base is known to have, where a file with errors doesn't say whose it is: it may be theirs.
    pub perhaps_removed: Vec<&'e Service>,
}

impl GateVerdict<'_> {
    /// How many findings have an outcome.
    #[must_use]
    pub fn count(&self, outcome: FindingOutcome) -> usize {
        self.findings.iter().filter(|finding| finding.outcome() == outcome).count()
    }

    /// Whether anything fails the gate.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.count(FindingOutcome::Denied) > 0
    }
}

/// What all rules need.
#[derive(Clone, Copy)]
struct Gate<'e> {
    now: &'e Estate,
    base: Base<'e>,
    today: Date,
    selection: &'e Selection,
}

/// Compares the selected services as they are today with a base. The base's policy counts, if it is another estate:
/// a change that loosens it doesn't profit from that itself.
#[must_use]
pub fn gate<'e>(now: &'e Estate, base: Base<'e>, selection: &'e Selection, today: Date) -> GateVerdict<'e> {
    let gate = Gate { now, base, today, selection };
    let is_unclear = |pair: &ServicePair<'e>| pair.now.is_none() && !now.unidentified().is_empty();
    let mut pairs = gate.pairs();
    let renamed: Vec<_> = pairs.iter().filter_map(ServicePair::renamed).collect();
    let changes = ServiceChanges { new_ids: NewIds::new(&renamed, now), retired: gate.retired_now(&pairs) };
    pairs.retain(|pair| gate.is_meant(pair));
    let (unclear, pairs): (Vec<_>, Vec<_>) = pairs.into_iter().partition(is_unclear);
    let look_at = |pair: &ServicePair<'e>| {
        let (mut findings, resolved) = gate.look_at(pair, &changes);
        findings.retain(|finding| finding.level > GateLevel::Allow);
        gate.mark_standing(pair, &mut findings);
        (findings, resolved)
    };
    let found: Vec<_> = pairs.par_iter().map(look_at).collect();
    let mut findings = Vec::new();
    let mut resolved = Vec::new();
    for (of_service, good) in found {
        findings.extend(of_service);
        resolved.extend(good);
    }
    findings.extend(gate.estate_findings().into_iter().filter(|finding| finding.level > GateLevel::Allow));
    let present: Vec<_> = pairs.iter().filter_map(|pair| pair.now).collect();
    let with = |is_it: fn(&Before<'e>) -> bool| {
        pairs.iter().filter(move |pair| is_it(&pair.before)).filter_map(|pair| pair.now).collect()
    };
    GateVerdict {
        findings,
        resolved,
        looked_at: pairs.iter().filter_map(|pair| pair.now.or(pair.known_before())).collect(),
        golden_thread: present.iter().filter(|service| service.identity_on(today).golden_thread).count(),
        new_services: with(|before| matches!(before, Before::Missing)),
        unreadable_before: with(|before| matches!(before, Before::Unreadable)),
        perhaps_removed: unclear.iter().filter_map(ServicePair::known_before).collect(),
        renamed: pairs.iter().filter_map(ServicePair::renamed).collect(),
    }
}

impl<'e> Gate<'e> {
    /// The settings that count: those of the base, so that a change can't loosen them for itself.
    fn settings(&self) -> &'e Settings {
        match self.base {
            Base::Estate(base) => &base.settings,
            Base::LatestAssessment => &self.now.settings,
        }
    }

    fn policy(&self) -> &'e GatePolicy {
        &self.settings().gate
    }

    fn has_base(&self) -> bool {
        matches!(self.base, Base::Estate(_))
    }

    /// How seriously a rule is taken in a service: what a change does is held against the stricter policy of both sides,
    /// what lasts only against that of the base, so that a policy can be made stricter. Where a drop is denied, some rules
    /// are never silent.
    fn level(&self, rule: GateRule, service: Option<&Service>) -> GateLevel {
        let scope = service.map(|service| service.identity_on(self.today).scope());
        let level = |rule: GateRule| {
            let before = self.policy().level(rule, scope);
            let now = self.now.settings.gate.level(rule, scope);
            if rule.is_about_a_condition() { before } else { before.max(now) }
        };
        let is_watched = level(GateRule::DropToRed) == GateLevel::Deny;
        let least = if rule.is_never_silent() && is_watched { GateLevel::Warn } else { GateLevel::Allow };
        level(rule).max(least)
    }

    /// The findings about a service, in the order of the rules, and its resolved reds.
    fn look_at(
        &self,
        pair: &ServicePair<'e>,
        changes: &ServiceChanges<'e>,
    ) -> (Vec<Finding<'e>>, Vec<Resolved<'e>>) {
        let mut findings = Vec::new();
        let mut resolved: Vec<Resolved<'e>> = Vec::new();
        let mut shared_ids = SharedIds::default();
        if let Some(service) = pair.now {
            let state = self.state(pair, service);
            for state in &state.rubrics {
                self.colours(pair, service, state, changes, (&mut findings, &mut resolved));
                findings.extend(self.retired_reds(pair, service, state));
            }
            for finding in findings.iter_mut().filter(|finding| finding.waiver.is_none()) {
                let turn = finding.turn().copied();
                finding.ineffective_waiver =
                    turn.and_then(|turn| self.ineffective_waiver(pair, service, turn.rubric, turn.category));
            }
            if !service.is_retired_on(self.today) {
                self.conditions(pair, service, &state, &mut findings);
            }
            findings.extend(self.withdrawn(pair, service, &state));
            shared_ids = SharedIds::of(&state);
        }
        if let Some(service) = pair.now {
            self.rubrics_dropped(pair, service, &mut findings);
        }
        if !self.selection.chooses_categories() {
            self.history(pair, &changes.new_ids, &mut findings);
        }
        findings.iter_mut().for_each(|finding| finding.shared_ids = shared_ids.clone());
        resolved.iter_mut().for_each(|good| good.shared_ids = shared_ids.clone());
        findings.sort_by_key(|finding| finding.rule);
        (findings, resolved)
    }

    /// A service under each rubric that counts for it today, or did before this change.
    fn state(&self, pair: &ServicePair<'e>, service: &'e Service) -> ServiceState<'e> {
        let mut timeline = Timeline::new(self.now, service);
        let mut state = timeline.state(self.today);
        let dropped = self.dropped_rubrics(pair, service).into_iter();
        state.rubrics.extend(dropped.map(|rubric| timeline.state_under(rubric, self.today)));
        state
    }

    /// A finding about a service, at the level that the stricter of what the service is and was asks for.
    fn finding(
        &self,
        pair: &ServicePair<'e>,
        rule: GateRule,
        what: What<'e>,
        place: FindingPlace,
    ) -> Finding<'e> {
        let services = pair.now.into_iter().chain(pair.known_before());
        let level = services.map(|service| self.level(rule, Some(service))).max().unwrap_or_default();
        let service = pair.now.or(pair.known_before());
        Finding::new(rule, service, what, level, place)
    }

    /// Whether nobody had looked at a colour for too long on a day.
    fn is_stale_on(&self, standing: &Standing<'_>, day: Date) -> bool {
        let before = day.weeks_before(self.settings().review.stale_after_weeks);
        standing.status.colour().is_some() && standing.judged.is_some_and(|judged| judged.reviewed < before)
    }

    /// Whether the gate looks at a category of a service: it is selected, and it counts. One that became advisory with this
    /// change still counts, so that no change hides what it makes worse.
    fn looks_at(&self, pair: &ServicePair<'e>, rubric: &Rubric, category: &Category) -> bool {
        let counts = || match category.role {
            CategoryRole::Counted => true,
            CategoryRole::Advisory => self.counted_before(pair, rubric, category),
        };
        self.selection.includes_category(rubric, category) && counts()
    }

    /// Whether a category counted under the version of its rubric that was in force for a service before.
    fn counted_before(&self, pair: &ServicePair<'e>, rubric: &Rubric, category: &Category) -> bool {
        let (estate, service, day) = match (self.base, pair.known_before(), pair.now) {
            (Base::Estate(base), Some(before), _) => (base, before, Some(self.today)),
            (Base::Estate(_), None, _) | (Base::LatestAssessment, _, None) => return false,
            (Base::LatestAssessment, _, Some(service)) => {
                (self.now, service, self.day_before_latest(service, rubric))
            }
        };
        let Some(day) = day else { return false };
        let names = self.now.rubrics.names_over_time(rubric, category);
        let versions = rubrics_in_force(estate, service, day).into_iter().filter(|it| it.id == rubric.id);
        let mut categories = versions.flat_map(|version| &version.categories);
        categories.any(|was| was.role == CategoryRole::Counted && names.contains(&&was.id))
    }

    /// How many reviews a service has had since a day.
    fn reviews_since(&self, service: &Service, since: Date) -> usize {
        self.review_days(service, since, &[self.settings(), &self.now.settings]).len()
    }

    /// The days after one on which a service was reviewed, oldest first. The first of the settings that know a domain count
    /// for it.
    fn review_days(&self, service: &Service, since: Date, known_by: &[&'e Settings]) -> Vec<Date> {
        let cadence = self.settings().review.cadence_weeks;
        review_days(service, since, self.today, |domain| {
            let known = known_by.iter().find_map(|settings| settings.domain(domain));
            ReviewCalendar::new(known, cadence)
        })
    }
}
