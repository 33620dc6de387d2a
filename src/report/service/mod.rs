//! One service: where it stands, how it got there, and what would help next.

mod actions;
mod commitment;
mod json;
mod page;
mod steps;
mod table;

use std::io::{self, Write};
use std::sync::Arc;

use clap::ValueEnum;

use self::commitment::Named;
use crate::eval::{
    Counts, MigrationStep, NextStep, Period, Promise, RollUp, RubricState, Standing, Status, Timeline,
    latest_rubric, migration, next_steps, promises,
};
use crate::model::{
    Assessment, Category, Date, Estate, Identity, Pillar, Rubric, RubricKey, Service, Waiver, WaiverState,
};
pub use actions::{Actions, render_actions, render_waivers};

/// Everything that `show` shows, in its order.
pub struct ServiceReport<'e> {
    service: &'e Service,
    identity: &'e Identity,
    domain_title: &'e str,
    as_of: Date,
    rubric: &'e Rubric,
    /// What a reader should know of another version of the rubric, if there is one.
    other_version: Option<OtherVersion<'e>>,
    /// The latest by any version of the rubric that is shown.
    last_assessment: Option<&'e Assessment>,
    colour: RollUp,
    counts: Counts,
    stale_after_weeks: u32,
    periods: Vec<Period>,
    /// For each period, whether another rubric was in force than in the one before.
    breaks: Vec<bool>,
    pillars: Vec<PillarPart<'e>>,
    next_steps: Vec<NextStep<'e>>,
    actions: Vec<ActionPart<'e>>,
    waivers: Vec<WaiverPart<'e>>,
}

struct ActionPart<'e> {
    promise: Promise<'e>,
    category: Option<Named<'e>>,
}

struct WaiverPart<'e> {
    waiver: &'e Waiver,
    category: Named<'e>,
    state: WaiverState,
    /// Why it doesn't count; `None` if it does.
    objection: Option<String>,
}

/// A version of the rubric other than the one that is shown.
enum OtherVersion<'e> {
    /// It is in force by now.
    InForce(&'e Rubric),
    /// It is newer, and published; the service may move to it.
    Newer(&'e Rubric),
}

struct PillarPart<'e> {
    title: &'e str,
    colour: RollUp,
    counts: Counts,
    categories: Vec<CategoryPart<'e>>,
}

impl<'e> PillarPart<'e> {
    /// Those of its categories that the service is asked.
    fn asked(&self) -> impl Iterator<Item = &CategoryPart<'e>> {
        self.categories.iter().filter(|part| part.now.is_asked())
    }
}

struct CategoryPart<'e> {
    category: &'e Category,
    now: Standing<'e>,
    /// At the end of each period, in terms of today's rubric.
    history: Vec<Status>,
}

/// Arranges what is known of a service, in terms of a rubric or of the one in force. `periods` are the columns of its
/// history; the last one ends on the day that is looked at.
///
/// # Panics
/// When there is no period.
#[must_use]
pub fn build<'e>(
    estate: &'e Estate,
    service: &'e Service,
    rubric: Option<&'e Arc<Rubric>>,
    periods: Vec<Period>,
    today: Date,
) -> ServiceReport<'e> {
    let as_of = periods.last().expect("there is always a period up to today").as_of;
    let mut timeline = Timeline::new(estate, service);
    let rubric = rubric.unwrap_or_else(|| latest_rubric(estate, service, as_of));
    let history: Vec<_> = periods.iter().map(|period| timeline.state_under(rubric, period.as_of)).collect();
    let state = timeline.state_under(rubric, as_of);
    let in_force: Vec<_> =
        periods.iter().map(|period| latest_rubric(estate, service, period.as_of).key()).collect();
    let is_its_time: Vec<_> = in_force.iter().map(|then| *then == rubric.key()).collect();
    let changed = |(at, pair): (usize, &[RubricKey])| history[at].is_assessed && pair[0] != pair[1];
    let breaks = std::iter::once(false).chain(in_force.windows(2).enumerate().map(changed)).collect();
    ServiceReport {
        service,
        identity: state.identity,
        domain_title: estate.settings.domain_title(&state.identity.domain),
        as_of,
        rubric: state.rubric,
        other_version: other_version(estate, service, &state, today),
        last_assessment: service.latest_assessment_by(&state.rubric.id, as_of),
        colour: state.colour(),
        counts: state.counts(),
        stale_after_weeks: estate.settings.review.stale_after_weeks,
        pillars: pillars(&state, &history, &is_its_time),
        next_steps: next_steps(estate, &state, today),
        periods,
        breaks,
        actions: actions(estate, service, state.rubric, today),
        waivers: waivers(estate, service, state.rubric, today),
    }
}

/// What a reader should know of another version of the rubric that is shown.
fn other_version<'e>(
    estate: &'e Estate,
    service: &'e Service,
    shown: &RubricState<'e>,
    today: Date,
) -> Option<OtherVersion<'e>> {
    let in_force = latest_rubric(estate, service, today);
    if in_force.key() != shown.rubric.key() {
        return service.latest_assessment(today).map(|_| OtherVersion::InForce(in_force));
    }
    match migration(estate, service, None, today) {
        MigrationStep::Move(migration) => Some(OtherVersion::Newer(migration.to)),
        MigrationStep::AssessedOn(_)
        | MigrationStep::Arrived(_)
        | MigrationStep::NeverAssessed
        | MigrationStep::OtherRubric(_) => None,
    }
}

/// What is open or overdue.
fn actions<'e>(
    estate: &'e Estate,
    service: &'e Service,
    rubric: &'e Rubric,
    today: Date,
) -> Vec<ActionPart<'e>> {
    let part = |promise: Promise<'e>| {
        let category = promise.action.category.as_ref();
        ActionPart { promise, category: category.map(|id| Named::of(id, rubric, &estate.rubrics)) }
    };
    promises(service, today).into_iter().map(part).collect()
}

/// The waivers that have not ended.
fn waivers<'e>(
    estate: &'e Estate,
    service: &'e Service,
    rubric: &'e Rubric,
    today: Date,
) -> Vec<WaiverPart<'e>> {
    let policy = &estate.settings.waivers;
    let part = |waiver: &'e Waiver| {
        let state = policy.judge(service.identity_on(today), waiver, today);
        let objection = policy.objection(service.identity_on(today), waiver, &state);
        let category = Named::of(&waiver.category, rubric, &estate.rubrics);
        WaiverPart { waiver, category, state, objection }
    };
    service.waivers.iter().filter(|waiver| !waiver.has_ended(today)).map(part).collect()
}

/// `is_its_time` tells for each state of the history whether the rubric that is shown was in force then.
fn pillars<'e>(
    state: &RubricState<'e>,
    history: &[RubricState<'e>],
    is_its_time: &[bool],
) -> Vec<PillarPart<'e>> {
    let rubric: &'e Rubric = state.rubric;
    // Before the rubric change, ratings are shown under the definitions of their time.
    let at_its_time = |status: Status, is_its_time: bool| match status {
        Status::NeedsRescore(colour) if !is_its_time => Status::Rated(colour),
        Status::Rated(_) | Status::NotApplicable | Status::NotAssessed | Status::NeedsRescore(_) => status,
    };
    let part = |(at, pillar): (usize, &'e Pillar)| {
        let of_pillar = state.categories().filter(|(_, category, _)| category.pillar == at);
        let categories = of_pillar.map(|(ix, category, now)| CategoryPart {
            category,
            now: *now,
            history: history
                .iter()
                .zip(is_its_time)
                .map(|(state, is_its_time)| at_its_time(state.standing(ix).status, *is_its_time))
                .collect(),
        });
        let categories: Vec<_> = categories.collect();
        PillarPart {
            title: &pillar.title,
            colour: RollUp::of(categories.iter().map(|part| part.now.status)),
            counts: categories.iter().map(|part| &part.now).collect(),
            categories,
        }
    };
    rubric.pillars.iter().enumerate().map(part).collect()
}

/// How a service is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ServiceFormat {
    /// For a terminal.
    Table,
    /// For programs.
    Json,
}

/// Writes the report in a format. `width` concerns the table only.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    report: &ServiceReport<'_>,
    format: ServiceFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ServiceFormat::Table => table::render(report, width, out),
        ServiceFormat::Json => json::render(report, out),
    }
}
