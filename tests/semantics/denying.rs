//! What the gate says of reds, by whatever policy, held against a second implementation that reads the plan in the plainest way.

mod history;
mod identities;
mod versions;
mod waiving;

use std::collections::BTreeSet;

use fundamentals::eval::{Base, Selection, gate};
use fundamentals::model::{Colour, Estate, GateLevel, GateRule};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use crate::random::{CATEGORIES_1, Plan, PlannedService, PlannedVerdict, TODAY, change, id};
use crate::support::{day, estate, load_with, service};

/// Without any in the settings, so many days are a review.
pub const DAYS_BETWEEN_REVIEWS: i64 = 56;

const OF_CONCERN: [GateRule; 5] = [
    GateRule::DropToRed,
    GateRule::RedUnderRaisedBar,
    GateRule::NewRed,
    GateRule::ServiceRemoved,
    GateRule::ImportanceLowered,
];

/// A rule, its level, the service, and the category if it is about one.
type Found = (GateRule, GateLevel, String, Option<String>);

/// How seriously a drop to red is taken: on the Golden Thread, and elsewhere.
type Policy = (GateLevel, GateLevel);

/// None is milder on the Golden Thread than elsewhere.
const POLICIES: [Policy; 3] = [
    (GateLevel::Deny, GateLevel::Warn),
    (GateLevel::Deny, GateLevel::Deny),
    (GateLevel::Warn, GateLevel::Allow),
];

/// An estate with the policy in its settings.
#[derive(Clone, Copy)]
struct Governed<'p> {
    plan: &'p Plan,
    policy: Policy,
}

impl Governed<'_> {
    fn level(&self, service: &PlannedService) -> GateLevel {
        if service.is_golden { self.policy.0 } else { self.policy.1 }
    }

    fn denies(&self, service: &PlannedService) -> bool {
        self.level(service) == GateLevel::Deny
    }

    fn estate(&self) -> Estate {
        let level = |level| match level {
            GateLevel::Allow => "allow",
            GateLevel::Warn => "warn",
            GateLevel::Deny => "deny",
        };
        let (golden, elsewhere) = (level(self.policy.0), level(self.policy.1));
        let settings =
            format!("[gate.drop-to-red]\ngolden-thread = \"{golden}\"\nelsewhere = \"{elsewhere}\"\n");
        let loaded = load_with(Some(&settings), &self.plan.files(false), TODAY);
        assert!(!loaded.problems.has_errors());
        loaded.estate
    }
}

/// A red of today that was none, or that joined what is watched.
enum Red {
    /// It was better.
    Dropped,
    New,
    /// It was red and is denied only since this change made the policy stricter.
    NewlyDenied(GateRule),
}

/// Everything that is to be said of reds and of services that are watched no more, worked out in the plainest way.
fn expected(before: Governed<'_>, now: Governed<'_>) -> BTreeSet<Found> {
    let mut found = BTreeSet::new();
    for (at, (was, is)) in before.plan.services.iter().zip(&now.plan.services).enumerate() {
        let was_golden = was.is_there && was.is_golden;
        if was.is_there && !is.is_there {
            found.insert((GateRule::ServiceRemoved, GateLevel::Warn, id(at), None));
        }
        if was_golden && is.is_there && !is.is_golden {
            found.insert((GateRule::ImportanceLowered, GateLevel::Warn, id(at), None));
        }
        let services = [was, is].into_iter().filter(|service| service.is_there);
        let drop = services.map(|service| before.level(service).max(now.level(service))).max();
        let drop = drop.unwrap_or(GateLevel::Allow);
        let is_mentioned = drop == GateLevel::Deny || was_golden || is.is_golden;
        let new = if is_mentioned { GateLevel::Warn } else { GateLevel::Allow };
        for category in CATEGORIES_1.iter().filter(|_| is.is_there) {
            let (rule, level) = match red(before, now, at, category) {
                None => continue,
                Some(Red::Dropped) => (GateRule::DropToRed, drop),
                Some(Red::New) => (GateRule::NewRed, new),
                Some(Red::NewlyDenied(rule)) => (rule, GateLevel::Warn),
            };
            if level > GateLevel::Allow {
                found.insert((rule, level, id(at), Some((*category).to_owned())));
            }
        }
    }
    found
}

/// What is to be said of a category, if it is red now.
fn red(before: Governed<'_>, now: Governed<'_>, at: usize, category: &str) -> Option<Red> {
    if now.plan.colour(at, category, 0) != Some(Colour::Red) {
        return None;
    }
    let (was, is) = (&before.plan.services[at], &now.plan.services[at]);
    let at_base = if was.is_there { before.plan.colour(at, category, 0) } else { None };
    if matches!(at_base, Some(Colour::Amber | Colour::Green)) {
        return Some(Red::Dropped);
    }
    let was_red = at_base == Some(Colour::Red);
    if was_red && (before.denies(was) || !before.denies(is) && !now.denies(is)) {
        return None;
    }
    let is_better = was_better(before.plan, now.plan, at, category, was_red);
    if was_red && !before.denies(is) {
        let rule = if is_better { GateRule::DropToRed } else { GateRule::NewRed };
        return Some(Red::NewlyDenied(rule));
    }
    Some(if is_better { Red::Dropped } else { Red::New })
}

/// Whether either side has a better last colour for a category that is red now.
fn was_better(before: &Plan, now: &Plan, at: usize, category: &str, was_red: bool) -> bool {
    let (was, is) = (&before.services[at], &now.services[at]);
    let mut on_record = Vec::new();
    if was.is_there {
        let from = if was_red { red_began(before, at, category) + 1 } else { 0 };
        on_record.push(last_colour(before, at, category, from));
    }
    let began = red_began(now, at, category);
    let mut looks = is.assessments.iter().filter(|(_, it)| it.confirms_all || !it.scores.is_empty());
    let is_of_latest = looks.next().is_some_and(|(latest, _)| began <= *latest);
    if is_of_latest || began < DAYS_BETWEEN_REVIEWS {
        on_record.push(last_colour(now, at, category, began + 1));
    }
    on_record.iter().any(|colour| matches!(colour, Some(Colour::Amber | Colour::Green)))
}

/// The last colour that a service had in a category, as of `ago` days before today: what is not applicable, or
/// inherited from a service that had none, leaves the one before it.
fn last_colour(plan: &Plan, at: usize, category: &str, ago: i64) -> Option<Colour> {
    let mut until = ago;
    for (day, assessment) in plan.services[at].assessments.range(ago..) {
        let colour = match assessment.scores.get(category) {
            None => continue,
            Some(PlannedVerdict::Rated(colour)) => Some(*colour),
            Some(PlannedVerdict::NotApplicable) => None,
            Some(PlannedVerdict::Inherited(from)) => last_colour(plan, *from, category, until),
        };
        if colour.is_some() {
            return colour;
        }
        until = day + 1;
    }
    None
}

/// How many days ago a red began: since when the same was said without a break, by the service and by its provider.
fn red_began(plan: &Plan, at: usize, category: &str) -> i64 {
    let mut said = plan.services[at]
        .assessments
        .iter()
        .filter_map(|(ago, assessment)| Some((*ago, assessment.scores.get(category)?)));
    let (mut began, latest) = said.next().expect("a red was rated or inherited");
    for (ago, verdict) in said {
        if verdict != latest {
            break;
        }
        began = ago;
    }
    match latest {
        PlannedVerdict::Inherited(from) => began.min(red_began(plan, *from, category)),
        PlannedVerdict::Rated(_) | PlannedVerdict::NotApplicable => began,
    }
}

/// Whether a service that is new has anything in common with one that is gone, so that it may be that one renamed.
fn may_be_renamed(before: &Plan, now: &Plan) -> bool {
    let pairs = || before.services.iter().zip(&now.services);
    let gone = pairs().filter(|(was, is)| was.is_there && !is.is_there).map(|(was, _)| was);
    let mut new = pairs().filter(|(was, is)| !was.is_there && is.is_there).map(|(_, is)| is);
    let gone: BTreeSet<_> = gone.flat_map(|was| was.assessments.keys()).collect();
    new.any(|is| is.assessments.keys().any(|ago| gone.contains(ago)))
}

#[test]
fn a_red_that_was_inherited_for_a_while_does_not_hide_the_services_own_colour_before_it() {
    let plain =
        |score: &str, date: &str| format!("  - {{ date: {date}, rubric: r@1, scores: {{ a: {score} }} }}\n");
    let provider = service("provider", &format!("assessments:\n{}", plain("red", "2025-01-10")));
    let own = format!(
        "assessments:\n{}{}",
        plain("amber", "2025-06-10"),
        plain("{ inherited-from: provider }", "2026-05-10")
    );
    let (path, text) = service("s", &format!("golden-thread: true\n{own}{}", plain("red", "2026-06-10")));
    let joined = (path, text.replace("criticality: low", "criticality: mission-critical"));
    let base = estate(&[provider.clone(), service("s", &own)], TODAY);
    let now = estate(&[provider, joined], TODAY);
    let [base, now] = [&base, &now];
    let selection = Selection::default();
    assert!(gate(now, Base::Estate(base), &selection, day(TODAY)).is_denied());
}

/// The same cases in every run, unless `PROPTEST_CASES` or `PROPTEST_RNG_SEED` in the environment says otherwise.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let rng_seed = match default.rng_seed {
        RngSeed::Random => RngSeed::Fixed(12),
        RngSeed::Fixed(seed) => RngSeed::Fixed(seed),
    };
    // What a run refuses grows with its length.
    let max_global_rejects = default.cases.max(default.max_global_rejects);
    ProptestConfig { rng_seed, max_global_rejects, failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn each_red_that_was_none_is_found_and_denied_where_the_policy_says_if_its_record_has_a_better_last_colour(
        (before, now) in change(), policy_before in select(&POLICIES), policy_now in select(&POLICIES),
    ) {
        prop_assume!(!may_be_renamed(&before, &now));
        let before = Governed { plan: &before, policy: policy_before };
        let now = Governed { plan: &now, policy: policy_now };
        let estates = [before, now].map(|side| side.estate());
        let [base, side] = estates.each_ref();
        let selection = Selection::default();
        let verdict = gate(side, Base::Estate(base), &selection, day(TODAY));
        let found = verdict.findings.iter().filter_map(|finding| {
            let service = finding.service?.id.to_string();
            let category = finding.turn().map(|turn| turn.category.id.to_string());
            Some((finding.rule, finding.level, service, category))
        });
        let is_of_concern = |(rule, ..): &Found| OF_CONCERN.contains(rule);
        prop_assert_eq!(found.filter(is_of_concern).collect::<BTreeSet<_>>(), expected(before, now));
    }
}
