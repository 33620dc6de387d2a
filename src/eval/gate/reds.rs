//! Reds that were none at the base, and reds whose category is not what it was.

use crate::model::{Category, Colour, GateLevel, GatePolicy, GateRule, Rubric, RubricKey, Service};

use super::pair::{Before, ServicePair};
use super::record::{RecordedColour, RedCategory};
use super::{Base, Finding, Gate, Transition};
use crate::eval::{RubricState, Standing, Status, Timeline, rubric_edit, rubrics_in_force, service_state};

/// How a service came to be where drops are denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Watch {
    /// It was at the base, or isn't now.
    Unchanged,
    /// The service matters more than it did, comes back with its rubric, or the base doesn't have it.
    Joined,
    /// The policy is stricter than it was.
    PolicyTightened,
}

impl<'e> Gate<'e> {
    /// What is found of a category that is red now: a drop, a red that a raised bar explains, or a red that is new for
    /// another reason; if it was red at the base already, only that it has been for long.
    pub(super) fn red(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        mut turn: Transition<'e>,
        now: &Standing<'e>,
    ) -> Vec<Finding<'e>> {
        let red = RedCategory { rubric: turn.rubric, category: turn.category, standing: now };
        let watch = self.watch(pair, turn.rubric);
        let before = turn.before;
        let better = match before.map(|before| before.status) {
            Some(Status::Rated(Colour::Amber | Colour::Green)) => {
                return vec![self.colour_finding(pair, service, GateRule::DropToRed, turn)];
            }
            Some(status) if self.was_red(pair, service, turn, status) => match watch {
                Watch::Unchanged => {
                    let better = self.better_before_merge(pair, service, red);
                    if better.is_none() {
                        match self.better_at_base(pair, red) {
                            Some(before) => turn.before = Some(before),
                            None => return self.standing_red(pair, service, turn, now).into_iter().collect(),
                        }
                    }
                    better
                }
                Watch::Joined | Watch::PolicyTightened => self.better_on_record(pair, service, red, before),
            },
            Some(
                Status::Rated(Colour::Red)
                | Status::NotApplicable
                | Status::NotAssessed
                | Status::NeedsRescore(_),
            )
            | None => self.better_on_record(pair, service, red, None),
        };
        let mut finding = self.new_red(pair, service, turn, better);
        if watch == Watch::PolicyTightened
            && before.is_some_and(|standing| standing.status == Status::Rated(Colour::Red))
        {
            finding.level = finding.level.min(GateLevel::Warn);
        }
        let standing = self.standing_red(pair, service, turn, now);
        std::iter::once(finding).chain(standing).collect()
    }

    fn new_red(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        mut turn: Transition<'e>,
        better: Option<RecordedColour<'e>>,
    ) -> Finding<'e> {
        let rule = match better {
            Some(RecordedColour { raised: None, .. }) => GateRule::DropToRed,
            Some(RecordedColour { raised: Some(_), .. }) => GateRule::RedUnderRaisedBar,
            None => GateRule::NewRed,
        };
        if let Some(better) = better {
            turn.before = Some(better.standing);
            turn.before_on = None;
        }
        let mut finding = self.colour_finding(pair, service, rule, turn);
        let raised = better.and_then(|better| better.raised);
        if raised.is_some_and(|major| !self.is_version_new(turn.rubric, major)) {
            // The organisation raised the bar before this change.
            finding.level = finding.level.min(GateLevel::Warn);
        }
        finding
    }

    /// Whether a category was red at the base, by its own rubric or by the one in force now.
    fn was_red(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        turn: Transition<'e>,
        status: Status,
    ) -> bool {
        status == Status::Rated(Colour::Red) || self.needed_rescore_of_red(pair, service, turn)
    }

    /// Whether this change brings a version of a rubric, by its number.
    fn is_version_new(&self, rubric: &Rubric, major: u32) -> bool {
        let key = RubricKey { major, ..rubric.key() };
        self.now.rubrics.get(&key).is_some_and(|rubric| self.is_rubric_new(rubric))
    }

    fn watch(&self, pair: &ServicePair<'e>, rubric: &Rubric) -> Watch {
        if matches!(pair.before, Before::Missing) {
            return Watch::Joined;
        }
        let (Base::Estate(base), Some(now), Some(before)) = (self.base, pair.now, pair.known_before()) else {
            return Watch::Unchanged;
        };
        // Nobody was told of a red of a service that was retired, or under a rubric that did not count.
        let did_count =
            || rubrics_in_force(base, before, self.today).iter().any(|in_force| in_force.id == rubric.id);
        if before.is_retired_on(self.today) || !did_count() {
            return Watch::Joined;
        }
        let is_watched = |policy: &GatePolicy, service: &Service| {
            policy.level(GateRule::DropToRed, Some(service.identity_on(self.today).scope()))
                == GateLevel::Deny
        };
        let (old, new) = (&base.settings.gate, &self.now.settings.gate);
        if is_watched(old, before) {
            Watch::Unchanged
        } else if is_watched(old, now) {
            Watch::Joined
        } else if is_watched(new, now) {
            Watch::PolicyTightened
        } else {
            Watch::Unchanged
        }
    }

    /// Whether this change says in other words what a category's colours mean, without the base knowing these words.
    /// What a published version should have kept is found as that.
    pub(super) fn redefines(&self, pair: &ServicePair<'e>, rubric: &Rubric, category: &Category) -> bool {
        let Base::Estate(base) = self.base else { return false };
        if pair.known_before().is_none() {
            return false;
        }
        let known = base.rubrics.get(&rubric.key()).filter(|_| !self.is_rubric_new(rubric));
        let Some(known) = known else {
            return !self.is_worded_as_at_the_base(pair, rubric, category);
        };
        let edit = rubric_edit(known, rubric);
        !edit.breaks_what_was_published() && edit.words.iter().any(|edited| edited.id == category.id)
    }

    /// Whether the version that was in force at the base defines a category in the same words.
    fn is_worded_as_at_the_base(&self, pair: &ServicePair<'e>, rubric: &Rubric, category: &Category) -> bool {
        let (Base::Estate(base), Some(before)) = (self.base, pair.known_before()) else { return true };
        let then = Timeline::new(base, before).version(&rubric.id, self.today);
        let Some(rubric) = then else { return false };
        rubric.find(category.id.as_str()).is_some_and(|ix| {
            let before = rubric.category(ix);
            let words = |category: &Category| {
                let texts = category
                    .definitions()
                    .map(|(colour, definition)| (colour, definition.statements.clone()));
                texts.collect::<Vec<_>>()
            };
            words(before) == words(category)
        })
    }

    /// Reds of the base that a change to the versions of a rubric loses: the category is no longer asked, or carries the
    /// colours of others.
    pub(super) fn retired_reds(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        now: &RubricState<'e>,
    ) -> Vec<Finding<'e>> {
        let (Base::Estate(base), Some(before)) = (self.base, pair.known_before()) else { return Vec::new() };
        let state = service_state(base, before, self.today);
        let Some(state) = state.under(&now.rubric.id) else { return Vec::new() };
        let is_red = |standing: &Standing<'_>| standing.status == Status::Rated(Colour::Red);
        let mut reds = state.categories().filter(|(_, _, standing)| is_red(standing)).peekable();
        if reds.peek().is_none() || !self.is_lineage_new(now.rubric) {
            return Vec::new();
        }
        let rubrics = &self.now.rubrics;
        let carried = Timeline::new(base, before).state_among(rubrics, now.rubric, self.today);
        let rubric: &'e Rubric = state.rubric;
        let mut findings = Vec::new();
        for (_, category, standing) in reds.filter(|(_, asked, _)| self.looks_at(pair, rubric, asked)) {
            let continues_it =
                |successor: &Category| rubrics.names_over_time(now.rubric, successor).contains(&&category.id);
            let is_kept = carried.categories().filter(|(_, successor, _)| continues_it(successor)).any(
                |(ix, _, carried)| {
                    is_red(now.standing(ix))
                        || matches!(
                            carried.status,
                            Status::Rated(Colour::Red) | Status::NeedsRescore(Colour::Red)
                        )
                },
            );
            if !is_kept {
                let own = now.rubric.find(category.id.as_str()).map(|ix| *now.standing(ix));
                let turn =
                    Transition { category, rubric, before: Some(*standing), before_on: None, now: own };
                findings.push(self.colour_finding(pair, service, GateRule::RedRedefined, turn));
            }
        }
        findings
    }
}
