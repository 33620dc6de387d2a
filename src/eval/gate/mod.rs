//! What the gate finds: drops to red, what is left undone, and ways in which a red disappears without being put right.

mod cause;
mod colours;
mod conditions;
mod estate;
mod history;
mod pair;
mod record;
mod reds;
mod rename;
mod retitled;
mod waivers;
mod withdrawn;

use rayon::prelude::*;

use crate::model::{
    Action, Category, CategoryId, Date, Estate, GateLevel, GatePolicy, GateRule, Rubric, RubricKey, Service,
    Settings, SloResult, Verdict, Waiver,
};
use crate::source::Span;

use super::{ReviewCalendar, Selection, Standing, service_state};
use pair::{Before, Pair};
use rename::NewIds;
pub use waivers::IneffectiveWaiver;
pub use withdrawn::Withdrawn;

/// What today is compared with.
#[derive(Clone, Copy, Debug)]
pub enum Base<'e> {
    /// Each service with what it was before its latest assessment.
    LatestAssessment,
    /// The estate as it was at another time.
    Estate(&'e Estate),
}

/// Something that a rule found.
#[derive(Clone, Debug)]
pub struct Finding<'e> {
    /// The rule.
    pub rule: GateRule,
    /// The service, as it is now or, if it is gone, as it was; `None` if it is about the estate.
    pub service: Option<&'e Service>,
    /// What was found.
    pub what: What<'e>,
    /// Whether it was there before.
    pub news: News,
    /// Whether this change caused it.
    pub cause: Cause,
    /// How seriously the policy takes it, before any waiver; `Allow` for what this change did not cause, where the policy
    /// takes that no more seriously.
    pub level: GateLevel,
    /// The waiver that keeps it from failing anything.
    pub waiver: Option<&'e Waiver>,
    /// A waiver that is meant to, and doesn't count.
    pub ineffective_waiver: Option<IneffectiveWaiver<'e>>,
    /// Where it is written.
    pub place: FindingPlace,
}

/// Where a finding is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingPlace {
    /// In a file as it is now.
    Now(Span),
    /// In a file as it was at the base; it isn't there any more.
    Base(Span),
    /// In the settings.
    Settings,
}

/// Whether a finding was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It was not.
    New,
    /// It was, for so many reviews.
    Standing(usize),
}

/// Whether a change caused a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It did, or there is no other estate that could tell.
    ThisChange,
    /// It did not: the base has the same finding when it is looked at today.
    Standing,
}

/// A category of a service at the base and now.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'e> {
    /// The category.
    pub category: &'e Category,
    /// The rubric in whose terms both are told.
    pub rubric: &'e Rubric,
    /// What it was; `None` where there is no base.
    pub before: Option<Standing<'e>>,
    /// The day as of which it was that; `None` if the base is another estate.
    pub before_on: Option<Date>,
    /// What it is; `None` where the rubric doesn't ask it any more.
    pub now: Option<Standing<'e>>,
}

/// What a rule found.
#[derive(Clone, Debug)]
pub enum What<'e> {
    /// A category's colour, or that it is gone.
    Colour(Turn<'e>),
    /// Categories that nobody has looked at for too long, with the day since which.
    Stale(Vec<&'e Category>, Date),
    /// Categories that were never judged or need a re-score.
    NotAssessed(Vec<&'e Category>),
    /// An action that is overdue.
    Overdue(&'e Action),
    /// A waiver that ended while its category is red.
    Expired(&'e Waiver),
    /// An objective that was missed while every category is green.
    Missed(&'e SloResult),
    /// An assessment of the past, with all its judgements, or one of them.
    Removed {
        /// The assessment's day.
        date: Date,
        /// The category and what was judged; `None` for the whole assessment.
        judgement: Option<(&'e CategoryId, &'e Verdict)>,
    },
    /// A judgement of the past that says something else.
    Rewritten {
        /// The assessment's day.
        date: Date,
        /// The category.
        category: &'e CategoryId,
        /// What it said; `None` if it wasn't there.
        from: Option<&'e Verdict>,
        /// What it says.
        to: &'e Verdict,
    },
    /// An assessment of the past that was edited in another way.
    PastEdited(Date, PastEdit),
    /// What the gate found at the base has no entry any more.
    Withdrawn(Withdrawn<'e>),
    /// The service is gone.
    Gone,
    /// It matters less than it did: what it was, and what it is.
    LessImportant(String, String),
    /// It is judged by another rubric.
    Switched(RubricKey, RubricKey),
    /// A waiver is new, or ends later than the one before.
    Waived(&'e Waiver),
    /// A rubric was edited: its key, and the categories concerned.
    Edited(RubricKey, Vec<&'e Category>),
    /// Settings that are less strict, each in words.
    Loosened(Vec<String>),
}

/// How an assessment of the past was edited besides its ratings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PastEdit {
    /// It confirms more than it did, so that colours seem younger.
    Confirms,
    /// It is under another rubric: what it was, and what it is.
    Rubric(RubricKey, RubricKey),
}

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It fails the gate.
    Denied,
    /// It is only mentioned.
    Warned,
    /// It would fail the gate or be mentioned, but for a waiver; still mentioned.
    Waived,
    /// This change did not cause it, and the policy has no word on such findings; only counted.
    Standing,
}

impl<'e> Finding<'e> {
    fn new(
        rule: GateRule,
        service: Option<&'e Service>,
        what: What<'e>,
        level: GateLevel,
        place: FindingPlace,
    ) -> Self {
        Self {
            rule,
            service,
            what,
            news: News::New,
            cause: Cause::ThisChange,
            level,
            waiver: None,
            ineffective_waiver: None,
            place,
        }
    }

    /// The category that it is about, if it is about a colour.
    #[must_use]
    pub fn turn(&self) -> Option<&Turn<'e>> {
        if let What::Colour(turn) = &self.what { Some(turn) } else { None }
    }

    /// What becomes of it.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match (self.waiver, self.level) {
            (_, GateLevel::Allow) => Outcome::Standing,
            (Some(_), GateLevel::Warn | GateLevel::Deny) => Outcome::Waived,
            (None, GateLevel::Deny) => Outcome::Denied,
            (None, GateLevel::Warn) => Outcome::Warned,
        }
    }
}

/// A red that was put right.
#[derive(Clone, Copy, Debug)]
pub struct Resolved<'e> {
    /// The service.
    pub service: &'e Service,
    /// The category, and what it was and is.
    pub turn: Turn<'e>,
}

/// What the gate found.
#[derive(Clone, Debug, Default)]
pub struct GateVerdict<'e> {
    /// What is to be said, by service, in the order of the rules; what is about the estate comes last.
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
    /// Services whose files have errors at the base, so that they are compared with what they were before their latest
    /// assessment.
    pub unreadable_before: Vec<&'e Service>,
}

impl GateVerdict<'_> {
    /// How many findings have an outcome.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.findings.iter().filter(|finding| finding.outcome() == outcome).count()
    }

    /// Whether anything fails the gate.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.count(Outcome::Denied) > 0
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
    let pairs = gate.pairs();
    let renamed: Vec<_> = pairs.iter().filter_map(Pair::renamed).collect();
    let new_ids = NewIds::new(&renamed);
    let look_at = |pair: &Pair<'e>| {
        let (mut findings, resolved) = gate.look_at(pair, &new_ids);
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
    findings.extend(gate.estate_findings().into_iter().filter(|it| it.level > GateLevel::Allow));
    let present: Vec<_> = pairs.iter().filter_map(|pair| pair.now).collect();
    let with = |is_it: fn(&Before<'e>) -> bool| {
        pairs.iter().filter(move |pair| is_it(&pair.before)).filter_map(|pair| pair.now).collect()
    };
    GateVerdict {
        findings,
        resolved,
        looked_at: pairs.iter().filter_map(|pair| pair.now.or(pair.known_before())).collect(),
        golden_thread: present.iter().filter(|service| service.golden_thread).count(),
        new_services: with(|before| matches!(before, Before::Missing)),
        unreadable_before: with(|before| matches!(before, Before::Unreadable)),
        renamed,
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
        let scope = service.map(Service::scope);
        let level = |rule: GateRule| {
            let before = self.policy().level(rule, scope);
            let now = self.now.settings.gate.level(rule, scope);
            if rule.is_about_a_condition() { before } else { before.max(now) }
        };
        let is_watched = level(GateRule::DropToRed) == GateLevel::Deny;
        let least = if rule.is_never_silent() && is_watched { GateLevel::Warn } else { GateLevel::Allow };
        level(rule).max(least)
    }

    /// Everything that is to be said of a service, in the order of the rules, and the good news.
    fn look_at(&self, pair: &Pair<'e>, new_ids: &NewIds<'e>) -> (Vec<Finding<'e>>, Vec<Resolved<'e>>) {
        let mut findings = Vec::new();
        let mut resolved = Vec::new();
        if let Some(service) = pair.now {
            let state = service_state(self.now, service, self.today);
            self.colours(pair, service, &state, new_ids, (&mut findings, &mut resolved));
            findings.extend(self.retired_reds(pair, service, &state));
            for finding in findings.iter_mut().filter(|finding| finding.waiver.is_none()) {
                let turn = finding.turn().copied();
                finding.ineffective_waiver =
                    turn.and_then(|turn| self.ineffective_waiver(service, turn.rubric, turn.category));
            }
            self.conditions(pair, service, &state, &mut findings);
            findings.extend(self.withdrawn(pair, service, &state));
        }
        if !self.selection.chooses_categories() {
            self.history(pair, new_ids, &mut findings);
        }
        findings.sort_by_key(|finding| finding.rule);
        (findings, resolved)
    }

    /// A finding about a service, at the level that the stricter of what the service is and was asks for.
    fn finding(&self, pair: &Pair<'e>, rule: GateRule, what: What<'e>, place: FindingPlace) -> Finding<'e> {
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

    /// How many reviews of a service's domain there have been since a day; by the usual rhythm if none are planned.
    fn reviews_since(&self, service: &Service, since: Date) -> usize {
        self.reviews(service).count(since, self.today)
    }

    fn reviews(&self, service: &Service) -> ReviewCalendar<'e> {
        let settings = self.settings();
        let of = |settings: &'e Settings| settings.domain(&service.domain);
        // A domain that is new has no other reviews than its own.
        let domain = of(settings).or_else(|| of(&self.now.settings));
        ReviewCalendar::new(domain, settings.review.cadence_weeks)
    }
}
