//! One service: where it stands, how it got there, and what would help next.

mod actions;
mod commitment;
mod json;
mod page;
mod ratings;
mod steps;
mod table;

use std::io::{self, Write};
use std::sync::Arc;

use clap::ValueEnum;

use self::commitment::Named;
use super::sheet::write_csv;
use crate::eval::{
    Counts, MigrationStep, NextStep, Period, Promise, RollUp, RubricState, Standing, Status, Timeline,
    latest_rubric, migration, next_steps, promises,
};
use crate::model::{
    Assessment, Category, CategoryId, Date, Estate, Identity, PastIdentity, Pillar, Retirement, Rubric,
    RubricKey, Service, Waiver, WaiverState,
};
pub use actions::{Actions, render_actions, render_waivers};

/// Everything that `show` shows, in its order.
pub struct ServiceReport<'e> {
    service: &'e Service,
    /// Who it is on that day.
    identity: &'e Identity,
    domain_title: &'e str,
    as_of: Date,
    /// The end of the service, if it has retired; then it is shown as of its last day.
    retired: Option<&'e Retirement>,
    /// Over all rubrics that are shown.
    colour: RollUp,
    counts: Counts,
    stale_after_weeks: u32,
    periods: Vec<Period>,
    /// The rubrics in force, by their ids, or the one that was asked for; at least one.
    rubrics: Vec<RubricPart<'e>>,
    next_steps: Vec<NextStep<'e>>,
    actions: Vec<ActionPart<'e>>,
    waivers: Vec<WaiverPart<'e>>,
}

/// The service under one rubric.
struct RubricPart<'e> {
    rubric: &'e Rubric,
    /// What a reader should know of another version of the rubric, if there is one.
    other_version: Option<OtherVersion<'e>>,
    /// The latest under any version of the rubric.
    last_assessment: Option<&'e Assessment>,
    colour: RollUp,
    counts: Counts,
    /// For each period, whether another version was in force than in the one before.
    breaks: Vec<bool>,
    pillars: Vec<PillarPart<'e>>,
}

impl<'e> ServiceReport<'e> {
    fn pillars(&self) -> impl Iterator<Item = &PillarPart<'e>> {
        self.rubrics.iter().flat_map(|part| &part.pillars)
    }

    /// Who the service was before, oldest first.
    fn past_identities(&self) -> impl DoubleEndedIterator<Item = &'e PastIdentity> {
        let as_of = self.as_of;
        self.service.identities.previously().iter().filter(move |past| past.until < as_of)
    }

    /// Whether the id of a category is in several of the rubrics that are shown.
    fn is_ambiguous(&self, category: &CategoryId) -> bool {
        self.rubrics.iter().filter(|part| part.rubric.find(category.as_str()).is_some()).count() > 1
    }
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

/// Arranges what is known of a service, under a rubric or under all in force. `periods` are the columns of its
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
    let retired = service.retirement_on(today);
    let mut timeline = Timeline::new(estate, service);
    let rubrics = rubric.map_or_else(|| timeline.rubrics(as_of), |rubric| vec![rubric]);
    let states: Vec<_> = rubrics.iter().map(|rubric| timeline.state_under(rubric, as_of)).collect();
    let parts = states.iter().map(|state| part(estate, service, state, &periods, today));
    let standings = || states.iter().flat_map(RubricState::categories).map(|(_, _, standing)| standing);
    let identity = service.identity_on(as_of);
    ServiceReport {
        service,
        identity,
        domain_title: estate.settings.domain_title(&identity.domain),
        as_of,
        retired,
        colour: RollUp::over(standings()),
        counts: standings().collect(),
        stale_after_weeks: estate.settings.review.stale_after_weeks,
        rubrics: parts.collect(),
        next_steps: if retired.is_some() { Vec::new() } else { next_steps(estate, &states, today) },
        periods,
        actions: if retired.is_some() { Vec::new() } else { actions(estate, service, &rubrics, today) },
        waivers: if retired.is_some() { Vec::new() } else { waivers(estate, service, &rubrics, today) },
    }
}

/// A service under the rubric of a state.
fn part<'e>(
    estate: &'e Estate,
    service: &'e Service,
    state: &RubricState<'e>,
    periods: &[Period],
    today: Date,
) -> RubricPart<'e> {
    let mut timeline = Timeline::new(estate, service);
    let rubric = state.rubric;
    let history: Vec<_> = periods.iter().map(|period| timeline.state_under(rubric, period.as_of)).collect();
    let version = |period: &Period| timeline.version(&rubric.id, period.as_of).map(|version| version.key());
    let in_force: Vec<_> = periods.iter().map(version).collect();
    let is_its_time: Vec<_> = in_force.iter().map(|then| *then == Some(rubric.key())).collect();
    let changed = |(at, pair): (usize, &[Option<RubricKey>])| history[at].is_assessed && pair[0] != pair[1];
    let breaks = std::iter::once(false).chain(in_force.windows(2).enumerate().map(changed)).collect();
    let as_of = periods.last().map_or(today, |period| period.as_of);
    RubricPart {
        rubric,
        other_version: other_version(estate, service, state, as_of, today),
        last_assessment: service.latest_assessment_by(&rubric.id, as_of),
        colour: state.colour(),
        counts: state.counts(),
        breaks,
        pillars: pillars(state, &history, &is_its_time),
    }
}

/// What a reader should know of another version of the rubric that is shown.
fn other_version<'e>(
    estate: &'e Estate,
    service: &'e Service,
    shown: &RubricState<'e>,
    as_of: Date,
    today: Date,
) -> Option<OtherVersion<'e>> {
    let in_force = Timeline::new(estate, service).version(&shown.rubric.id, today);
    let in_force = in_force.unwrap_or_else(|| latest_rubric(estate, service, today));
    if in_force.key() != shown.rubric.key() {
        return service.latest_assessment(as_of).map(|_| OtherVersion::InForce(in_force));
    }
    if service.is_retired_on(today) {
        return None;
    }
    let versions = estate.rubrics.versions(&in_force.id);
    let newest = versions.filter(|version| version.published <= today).last()?;
    match migration(estate, service, Some(newest), today) {
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
    rubrics: &[&'e Arc<Rubric>],
    today: Date,
) -> Vec<ActionPart<'e>> {
    let part = |promise: Promise<'e>| {
        let category = promise.action.category.as_ref();
        ActionPart { promise, category: category.map(|id| Named::of(id, rubrics, &estate.rubrics)) }
    };
    promises(service, today).into_iter().map(part).collect()
}

/// The waivers that have not ended.
fn waivers<'e>(
    estate: &'e Estate,
    service: &'e Service,
    rubrics: &[&'e Arc<Rubric>],
    today: Date,
) -> Vec<WaiverPart<'e>> {
    let policy = &estate.settings.waivers;
    let part = |waiver: &'e Waiver| {
        let state = policy.judge(service.identity_on(today), waiver, today);
        let objection = policy.objection(service.identity_on(today), waiver, &state);
        let category = Named::of(&waiver.category, rubrics, &estate.rubrics);
        WaiverPart { waiver, category, state, objection }
    };
    let known = service.waivers.iter().filter(|waiver| waiver.raised.is_none_or(|raised| raised <= today));
    known.filter(|waiver| !waiver.has_ended(today)).map(part).collect()
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
            colour: RollUp::over(categories.iter().map(|part| &part.now)),
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
    /// Every rating, for spreadsheets and scripts; `import scores` reads it back.
    Csv,
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
        ServiceFormat::Csv => write_csv(&ratings::sheet(report), out),
        ServiceFormat::Json => json::render(report, out),
    }
}
