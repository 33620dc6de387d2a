//! What a team does next: for each category that isn't green the nearest step towards it, quick wins first.

use std::cmp::Reverse;

use super::{Promise, RubricState, Standing, Status, promises};
use crate::model::{
    Action, ByNow, Category, Colour, Date, Definition, Estate, Rubric, Rubrics, ServiceId, Waiver,
};

/// The nearest step of one category.
#[derive(Clone, Copy, Debug)]
pub struct NextStep<'e> {
    pub rubric: &'e Rubric,
    pub category: &'e Category,
    /// Where it stands.
    pub now: Standing<'e>,
    /// What is to be done, and whether it is this service's to do.
    pub task: Task<'e>,
    /// The colour that it aims at.
    pub target: Colour,
    /// What that colour asks for: statements that must all be true.
    pub asks: &'e [String],
    /// How near it is.
    pub effort: Effort,
    /// The open action of this service about this category, if there is one; of several, what is due first.
    pub promised: Option<Promise<'e>>,
    /// The waiver in force for this category, if there is one.
    pub waiver: Option<&'e Waiver>,
}

/// What is to be done about a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task<'e> {
    /// It was green, but nobody has looked for too long: look again, and confirm or judge it.
    LookAgain,
    /// It is green, and its category wants evidence that isn't there: say where it can be seen.
    Show,
    /// The rubric's bar was raised since it was judged: judge it again.
    JudgeAgain,
    /// Nobody has judged it: judge it.
    Judge,
    /// It is red or amber: reach the next colour that the rubric has.
    Reach,
    /// It is inherited: this service has to do it.
    Providers(&'e ServiceId),
}

/// What a step takes, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effort {
    /// To look, and to write down what is seen.
    Look,
    /// To reach green, and guidance tells how.
    OneStep,
    /// To reach green, and the rubric names no guidance.
    OneStepWithoutGuidance,
    /// To reach amber, from where green is one more step.
    TwoSteps,
    /// Another service's work.
    UpToOthers,
}

impl Effort {
    /// Whether green is near, and nothing is in the way.
    #[must_use]
    pub fn is_quick_win(self) -> bool {
        match self {
            Self::Look | Self::OneStep => true,
            Self::OneStepWithoutGuidance | Self::TwoSteps | Self::UpToOthers => false,
        }
    }

    /// The word used in output for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Look => "look",
            Self::OneStep => "one-step",
            Self::OneStepWithoutGuidance => "one-step-without-guidance",
            Self::TwoSteps => "two-steps",
            Self::UpToOthers => "up-to-others",
        }
    }
}

/// The nearest step of every category that the service is asked and that isn't green, hasn't been looked at for too
/// long, or lacks evidence. What takes least comes first; of what takes the same, red first and amber last; then the order of
/// the rubrics and of their categories.
///
/// `today` decides what is promised and waived; where the service stands is as of the states' own day.
#[must_use]
pub fn next_steps<'e>(estate: &'e Estate, states: &[RubricState<'e>], today: Date) -> Vec<NextStep<'e>> {
    let mut steps: Vec<_> = states.iter().flat_map(|state| steps_under(estate, state, today)).collect();
    steps.sort_by_key(|step| (step.effort, Reverse(urgency(step.now.status))));
    steps
}

/// The steps under one rubric, in its order.
fn steps_under<'e>(estate: &'e Estate, state: &RubricState<'e>, today: Date) -> Vec<NextStep<'e>> {
    let (service, rubric): (_, &'e Rubric) = (state.service, state.rubric);
    let promises = promises(service, today);
    let step = |category: &'e Category, now: &Standing<'e>| {
        let (task, target, definition) = nearest(category, now)?;
        let is_about_it =
            |promise: &&Promise<'e>| is_about(promise.action, category, rubric, &estate.rubrics);
        Some(NextStep {
            rubric,
            category,
            now: *now,
            task,
            target,
            asks: &definition.statements,
            effort: effort(category, task, target),
            promised: promises.iter().find(is_about_it).copied(),
            waiver: service.waiver(
                &estate.settings.waivers,
                &rubric.id,
                &estate.rubrics.names_over_time(rubric, category),
                today,
            ),
        })
    };
    state.categories().filter_map(|(_, category, now)| step(category, now)).collect()
}

/// What comes next for a category, at which colour it aims, and what that colour means; nothing if all is well.
fn nearest<'e>(category: &'e Category, now: &Standing<'e>) -> Option<(Task<'e>, Colour, &'e Definition)> {
    let (task, target, definition) = match now.status {
        Status::Rated(Colour::Green) if now.provider.is_none() && now.lacks_evidence(category) => {
            (Task::Show, Colour::Green, &category.green)
        }
        // Whether an inherited green still holds is a step of the provider, not of this service.
        Status::Rated(Colour::Green) if now.is_stale && now.provider.is_none() => {
            (Task::LookAgain, Colour::Green, &category.green)
        }
        Status::Rated(colour) => {
            let (target, definition) = category.next_step(colour)?;
            (Task::Reach, target, definition)
        }
        // What it will turn out to be isn't known: green is what it is held against.
        Status::NeedsRescore(_) => (Task::JudgeAgain, Colour::Green, &category.green),
        Status::NotAssessed => (Task::Judge, Colour::Green, &category.green),
        Status::NotApplicable => return None,
    };
    Some((now.provider.map_or(task, Task::Providers), target, definition))
}

fn effort(category: &Category, task: Task<'_>, target: Colour) -> Effort {
    match task {
        Task::LookAgain | Task::Show | Task::JudgeAgain | Task::Judge => Effort::Look,
        Task::Providers(_) => Effort::UpToOthers,
        Task::Reach if target != Colour::Green => Effort::TwoSteps,
        Task::Reach if category.guidance.is_empty() => Effort::OneStepWithoutGuidance,
        Task::Reach => Effort::OneStep,
    }
}

/// Red hurts most; what is unknown may be red; amber is known to be no worse than that. A green that is only to be
/// looked at again comes before what is unknown, because a word is enough for it.
fn urgency(status: Status) -> u8 {
    match status {
        Status::Rated(Colour::Red) => 4,
        Status::Rated(Colour::Green) => 3,
        Status::NeedsRescore(_) => 2,
        Status::NotAssessed => 1,
        Status::Rated(Colour::Amber) | Status::NotApplicable => 0,
    }
}

/// Whether an action names a category of a rubric, by its id or by one that it had in older versions.
fn is_about(action: &Action, category: &Category, rubric: &Rubric, rubrics: &Rubrics) -> bool {
    let Some(named) = action.category.as_ref().filter(|named| named.is_of(&rubric.id)) else { return false };
    match rubrics.by_now(rubric, &named.id) {
        ByNow::Same => named.id == category.id,
        ByNow::Others(others) => others.contains(&&category.id),
        ByNow::NoLonger | ByNow::Unrelated => false,
    }
}
