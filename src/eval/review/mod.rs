//! What a review of some services has to look at: where they stand, what became of them since the review before, where
//! it hurts in several places, what was promised, and what is worth talking about.

mod commitments;
mod developments;
mod glance;
mod hot_spots;
mod map;
mod movements;
mod objectives;
mod prompts;

use rayon::prelude::*;

use std::sync::Arc;

use crate::model::{Category, CategoryIx, CategoryName, Date, Estate, Identity, Retirement, Rubric, Service};

pub use commitments::{Commitment, CommitmentCounts, Effect, SupportNeed};
pub use developments::{Development, DevelopmentKind, Label};
pub use glance::{Glance, Tally};
pub use hot_spots::{HotSpot, MIN_SPREAD, Remedy};
pub use map::{CategoryMap, MapColumn};
pub use movements::{Movement, MovementKind};
pub use objectives::{Disagreement, Objective};
pub use prompts::{MAX_ABOUT_ONE_TEAM, MAX_PROMPTS, MIN_PROMPTS, Prompt, PromptSources, Topic};

use super::calendar::review_days;
use super::{
    Member, ReviewCalendar, RollUp, RubricState, Selection, ServiceState, Standing, Status, Timeline,
};

/// The services that are reviewed, each now and at the review before.
#[derive(Debug)]
pub struct Review<'e> {
    /// The estate.
    pub estate: &'e Estate,
    /// What is looked at.
    pub selection: &'e Selection,
    /// The day of the review that is prepared, or today.
    pub today: Date,
    /// The services, by id.
    pub services: Vec<Reviewed<'e>>,
    /// The services that were among them at the review before and are no longer, by id.
    pub departed: Vec<Departed<'e>>,
}

/// A service now and at the review before.
#[derive(Debug)]
pub struct Reviewed<'e> {
    /// The service.
    pub service: &'e Service,
    /// Who it is.
    pub identity: &'e Identity,
    /// The day as of which it is compared.
    pub since: Date,
    /// Who it was on that day, if it was selected then; else how it came.
    pub membership_before: Membership<'e>,
    /// As it was and is, under each rubric in force.
    pub rubrics: Vec<ReviewedRubric<'e>>,
    /// The day of the review that is prepared.
    pub today: Date,
    /// Whether another rubric or version was in force before.
    pub has_moved: bool,
    /// Selected categories, as they were, of rubrics that were in force before and no longer are.
    dropped: Vec<Standing<'e>>,
}

/// Where a service of a review was at the review before.
#[derive(Clone, Copy, Debug)]
pub enum Membership<'e> {
    /// It was among the selected services, as this.
    Selected(&'e Identity),
    /// It existed, but the selection left it out: it was this.
    Elsewhere(&'e Identity),
    /// It didn't exist.
    Nowhere,
}

/// A service under a rubric, now and at the review before.
#[derive(Debug)]
pub struct ReviewedRubric<'e> {
    /// As it was, under today's version, so that both can be compared.
    pub before: RubricState<'e>,
    /// As it is.
    pub now: RubricState<'e>,
    /// Whether a version of it was in force before.
    pub was_in_force: bool,
    /// The categories that are looked at.
    pub selected: Vec<CategoryIx>,
}

/// A service that was selected at the review before and is not now.
#[derive(Debug)]
pub struct Departed<'e> {
    pub service: &'e Service,
    /// The day as of which it is compared.
    pub since: Date,
    /// Who it was at the review before.
    pub was: &'e Identity,
    /// Why it is no longer among the services.
    pub departure: Departure<'e>,
    /// As it was then.
    pub before: Vec<Standing<'e>>,
}

/// Why a service is no longer among those that are reviewed.
#[derive(Clone, Copy, Debug)]
pub enum Departure<'e> {
    Retired(&'e Retirement),
    /// It still exists, but the selection leaves it out: it is this.
    Elsewhere(&'e Identity),
}

/// A category that is looked at, as it was and is.
#[derive(Clone, Copy, Debug)]
pub struct ReviewedCategory<'r, 'e> {
    pub rubric: &'e Arc<Rubric>,
    pub category: &'e Category,
    pub before: &'r Standing<'e>,
    pub now: &'r Standing<'e>,
}

impl<'e> Review<'e> {
    /// The selected services, each compared with what it was on the day that `since` gives. Services without any selected
    /// category are not looked at.
    #[must_use]
    pub fn new(
        estate: &'e Estate,
        selection: &'e Selection,
        since: impl Fn(&Identity) -> Date + Sync,
        today: Date,
    ) -> Self {
        let services = selection.services(estate, today).into_par_iter();
        let services = services.map(|service| {
            let since = since(service.identity_on(today));
            Reviewed::new(estate, selection, service, since, today)
        });
        let services = services.filter(|reviewed| reviewed.categories().next().is_some()).collect();
        let departed = Departed::all(estate, selection, since, today);
        Self { estate, selection, today, services, departed }
    }

    /// The status of the category of this name, or the worst of those that continue it; `None` if it isn't looked at.
    #[must_use]
    pub fn status_of(&self, reviewed: &Reviewed<'e>, category: &CategoryName) -> Option<Status> {
        let standings = reviewed.standings_of(self.estate, category);
        standings.into_iter().map(|found| found.now.status).min_by_key(|status| status.rank())
    }

    /// When a service's domain is reviewed.
    fn calendar(&self, service: &Service) -> ReviewCalendar<'e> {
        ReviewCalendar::of(&self.estate.settings, &service.identity_on(self.today).domain)
    }

    /// How many reviews a standing has outlasted, each of the domain that the service was in then.
    fn reviews_outlasted(&self, service: &'e Service, standing: &Standing<'_>) -> usize {
        let settings = &self.estate.settings;
        let days =
            |since| review_days(service, since, self.today, |domain| ReviewCalendar::of(settings, domain));
        standing.judged.map_or(0, |judged| days(judged.since).len())
    }
}

impl<'e> Reviewed<'e> {
    fn new(
        estate: &'e Estate,
        selection: &Selection,
        service: &'e Service,
        since: Date,
        today: Date,
    ) -> Self {
        let mut timeline = Timeline::new(estate, service);
        let then = timeline.state(since).rubrics;
        let ServiceState { identity, rubrics, .. } = timeline.state(today);
        let key = |state: &RubricState<'_>| state.rubric.key();
        let has_other_rubrics = !then.iter().map(key).eq(rubrics.iter().map(key));
        let is_among = |states: &[RubricState<'_>], rubric: &Rubric| {
            states.iter().any(|state| state.rubric.id == rubric.id)
        };
        let dropped = then.iter().filter(|state| !is_among(&rubrics, state.rubric));
        let dropped = dropped.flat_map(|state| selected_standings(state, selection)).collect();
        let reviewed = |now: RubricState<'e>| {
            let before = timeline.state_under(now.rubric, since);
            let is_selected = |category: &Category| selection.includes_category(now.rubric, category);
            let selected = now.categories().filter(|(_, category, _)| is_selected(category));
            let selected = selected.map(|(ix, _, _)| ix).collect();
            ReviewedRubric { was_in_force: is_among(&then, now.rubric), before, now, selected }
        };
        let rubrics: Vec<_> = rubrics.into_iter().map(reviewed).collect();
        let was = service.identity_on(since);
        let membership_before = match (service.exists_on(since), selection.includes(service, since)) {
            (false, _) => Membership::Nowhere,
            (true, true) => Membership::Selected(was),
            (true, false) => Membership::Elsewhere(was),
        };
        let has_moved =
            has_other_rubrics && service.assessments.first().is_some_and(|first| first.date <= since);
        Self { service, identity, since, membership_before, rubrics, today, has_moved, dropped }
    }

    /// The service, and who it is.
    #[must_use]
    pub fn member(&self) -> Member<'e> {
        Member { service: self.service, identity: self.identity }
    }

    /// The name of one of its categories, behind its rubric where another rubric in force has a category of that name.
    #[must_use]
    pub fn name_of(&self, category: &Category) -> String {
        let rubrics = || self.rubrics.iter().map(|reviewed| reviewed.now.rubric);
        let has_name = |rubric: &&Arc<Rubric>| rubric.categories.iter().any(|it| it.title == category.title);
        let own = rubrics().find(|rubric| rubric.categories.iter().any(|it| std::ptr::eq(it, category)));
        match own {
            Some(own) if rubrics().filter(has_name).count() > 1 => format!("{}/{}", own.id, category.title),
            Some(_) | None => category.title.clone(),
        }
    }

    /// Every selected category with what it was and is.
    pub fn categories(&self) -> impl Iterator<Item = ReviewedCategory<'_, 'e>> {
        self.rubrics.iter().flat_map(ReviewedRubric::categories)
    }

    /// The selected categories of the rubrics that were in force before, as they were.
    fn before(&self) -> impl Iterator<Item = &Standing<'e>> {
        let kept = self.rubrics.iter().filter(|reviewed| reviewed.was_in_force);
        kept.flat_map(ReviewedRubric::categories).map(|found| found.before).chain(&self.dropped)
    }

    /// The service's colour over all categories of all rubrics, whichever are selected.
    #[must_use]
    pub fn whole_colour(&self) -> RollUp {
        let states = self.rubrics.iter().flat_map(|reviewed| reviewed.now.categories());
        RollUp::over(states.map(|(_, _, standing)| standing))
    }

    /// The service's colour over the selected categories.
    #[must_use]
    pub fn colour(&self) -> RollUp {
        RollUp::over(self.categories().map(|reviewed| reviewed.now))
    }

    /// Where the category of this name stands, or those that continue it; none if it isn't looked at.
    fn standings_of(&self, estate: &'e Estate, name: &CategoryName) -> Vec<ReviewedCategory<'_, 'e>> {
        let is_it = |found: &ReviewedCategory<'_, 'e>| {
            let names = estate.rubrics.names_over_time(found.rubric, found.category);
            name.means(&found.rubric.id, &names)
        };
        // What goes by the name today is meant, if anything does.
        let exact: Vec<_> =
            self.categories().filter(|found| name.means(&found.rubric.id, &[&found.category.id])).collect();
        if exact.is_empty() { self.categories().filter(is_it).collect() } else { exact }
    }
}

impl<'e> ReviewedRubric<'e> {
    fn categories(&self) -> impl Iterator<Item = ReviewedCategory<'_, 'e>> {
        let rubric = self.now.rubric;
        self.selected.iter().map(move |ix| ReviewedCategory {
            rubric,
            category: rubric.category(*ix),
            before: self.before.standing(*ix),
            now: self.now.standing(*ix),
        })
    }
}

/// Where the selected categories of a state stand.
fn selected_standings<'s, 'e>(
    state: &'s RubricState<'e>,
    selection: &'s Selection,
) -> impl Iterator<Item = Standing<'e>> {
    let rubric: &'e Rubric = state.rubric;
    let selected =
        state.categories().filter(move |(_, category, _)| selection.includes_category(rubric, category));
    selected.map(|(_, _, standing)| *standing)
}

impl<'e> Departed<'e> {
    /// The services that were selected on the day that `since` gives and are not on `today`, by id.
    fn all(
        estate: &'e Estate,
        selection: &Selection,
        since: impl Fn(&Identity) -> Date + Sync,
        today: Date,
    ) -> Vec<Self> {
        let services = estate.services().par_iter();
        services.filter_map(|service| Self::find(estate, selection, service, &since, today)).collect()
    }

    fn find(
        estate: &'e Estate,
        selection: &Selection,
        service: &'e Service,
        since: impl Fn(&Identity) -> Date,
        today: Date,
    ) -> Option<Self> {
        if service.exists_on(today) && selection.includes(service, today) {
            return None;
        }
        // Which day it is compared with depends on what it was on that day.
        let is_then = |day: &Date| {
            *day < today
                && since(service.identity_on(*day)) == *day
                && service.exists_on(*day)
                && selection.includes(service, *day)
        };
        let then = service.identities.until(today).map(&since).find(is_then)?;
        let departure = match service.retirement_on(today) {
            Some(retirement) => Departure::Retired(retirement),
            None => Departure::Elsewhere(service.identity_on(today)),
        };
        let before = Timeline::new(estate, service).state(then);
        let was = before.identity;
        let before = before.rubrics.iter().flat_map(|state| selected_standings(state, selection));
        let before: Vec<_> = before.collect();
        (!before.is_empty()).then_some(Self { service, since: then, was, departure, before })
    }
}
