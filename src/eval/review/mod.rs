//! What a review of some services has to look at: where they stand, what became of them since the review before, where
//! it hurts in several places, what was promised, and what is worth talking about.

mod commitments;
mod developments;
mod glance;
mod hot_spots;
mod map;
mod objectives;
mod prompts;

use rayon::prelude::*;

use crate::model::{Category, CategoryId, CategoryIx, Date, Estate, Service};

pub use commitments::{Commitment, CommitmentCounts, Effect, SupportNeed};
pub use developments::{Development, DevelopmentKind, Label};
pub use glance::{Glance, Tally};
pub use hot_spots::{HotSpot, MIN_SPREAD, Remedy};
pub use map::{CategoryMap, MapColumn};
pub use objectives::{Disagreement, Objective};
pub use prompts::{MAX_ABOUT_ONE_TEAM, MAX_PROMPTS, MIN_PROMPTS, Prompt, PromptSources, Topic};

use super::{ReviewCalendar, RollUp, Selection, ServiceState, Standing, Status, Timeline};

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
}

/// A service now and at the review before.
#[derive(Debug)]
pub struct Reviewed<'e> {
    /// The service.
    pub service: &'e Service,
    /// The day as of which it is compared.
    pub since: Date,
    /// As it was, under today's rubric, so that both can be compared.
    pub before: ServiceState<'e>,
    /// As it is.
    pub now: ServiceState<'e>,
    /// The day of the review that is prepared.
    pub today: Date,
    /// Whether another rubric was in force before.
    pub has_moved: bool,
    /// The categories that are looked at.
    selected: Vec<CategoryIx>,
}

impl<'e> Review<'e> {
    /// The selected services, each compared with what it was on the day that `since` gives. Services without any selected
    /// category are not looked at.
    #[must_use]
    pub fn new(
        estate: &'e Estate,
        selection: &'e Selection,
        since: impl Fn(&Service) -> Date + Sync,
        today: Date,
    ) -> Self {
        let services = selection.services(estate).into_par_iter();
        let services =
            services.map(|service| Reviewed::new(estate, selection, service, since(service), today));
        let services = services.filter(|reviewed| !reviewed.selected.is_empty()).collect();
        Self { estate, selection, today, services }
    }

    /// The status of the category of this name, or the worst of those that continue it; `None` if it isn't looked at.
    #[must_use]
    pub fn status_of(&self, reviewed: &Reviewed<'e>, category: &CategoryId) -> Option<Status> {
        let standings = reviewed.standings_of(self.estate, category.as_str());
        standings.into_iter().map(|(_, _, now)| now.status).min_by_key(|status| status.rank())
    }

    /// When a service's domain is reviewed.
    fn calendar(&self, service: &Service) -> ReviewCalendar<'e> {
        ReviewCalendar::of(&self.estate.settings, &service.domain)
    }

    /// How many reviews a standing has outlasted.
    fn reviews_outlasted(&self, service: &Service, standing: &Standing<'_>) -> usize {
        let since = standing.judged.map(|judged| judged.since);
        since.map_or(0, |since| self.calendar(service).count(since, self.today))
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
        let before = timeline.state_under(timeline.rubric(today), since);
        let has_moved = before.is_assessed && timeline.rubric(since).key() != before.rubric.key();
        let now = timeline.state(today);
        let is_selected = |category: &Category| selection.includes_category(now.rubric, category);
        let selected = now.categories().filter(|(_, category, _)| is_selected(category));
        let selected = selected.map(|(ix, _, _)| ix).collect();
        Self { service, since, before, now, today, has_moved, selected }
    }

    /// Every selected category with what it was and is.
    pub fn categories(&self) -> impl Iterator<Item = (&'e Category, &Standing<'e>, &Standing<'e>)> {
        let rubric = self.now.rubric;
        self.selected
            .iter()
            .map(move |ix| (rubric.category(*ix), self.before.standing(*ix), self.now.standing(*ix)))
    }

    /// The service's colour over the selected categories.
    #[must_use]
    pub fn colour(&self) -> RollUp {
        RollUp::of(self.categories().map(|(_, _, now)| now.status))
    }

    /// Where the category of this name stands, or those that continue it; none if it isn't looked at.
    fn standings_of(
        &self,
        estate: &'e Estate,
        id: &str,
    ) -> Vec<(&'e Category, &Standing<'e>, &Standing<'e>)> {
        let rubric = self.now.rubric;
        let is_it = |category: &'e Category| {
            let names = estate.rubrics.names_over_time(rubric, category);
            names.iter().any(|name| name.as_str() == id)
        };
        // What goes by the name today is meant, if anything does.
        let exact: Vec<_> = self.categories().filter(|(category, _, _)| category.id.as_str() == id).collect();
        if exact.is_empty() {
            self.categories().filter(|(category, _, _)| is_it(category)).collect()
        } else {
            exact
        }
    }
}
