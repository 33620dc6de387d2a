//! States over time, for services or what they add up to.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rayon::prelude::*;

use crate::model::{
    Category, CategoryIx, Date, DomainId, Estate, Identity, PlatformId, Rubric, RubricId, RubricKey, Service,
    ServiceId,
};

use super::names::{Name, Names};
use super::subject::{By, Grouping, Subject};
use super::{
    Change, Changes, Counts, Member, Period, RollUp, RubricState, Selection, ServiceCounts, ServiceState,
    Status, Timeline,
};

/// A row's state at the end of a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrendCell {
    /// The colour where the row is about one service; above that there is no single colour.
    pub colour: Option<RollUp>,
    pub services: ServiceCounts,
    pub counts: Counts,
    /// The rubrics in force, in order; empty before the first assessment.
    pub rubrics: Vec<RubricKey>,
    /// Services that moved to another version or rubric since the period before.
    pub moved: usize,
    /// Services that are in it and were not in the period before.
    pub joined: usize,
    /// Services that were in the period before and are no longer in it.
    pub left: usize,
    /// Those that left because they retired.
    pub retired: usize,
    /// Of those that joined or left, the services that were there on both days, under other rubrics.
    pub crossed: usize,
    /// Services that were there and are not in it, because the rubrics in force don't have what the row is about.
    pub under_others: usize,
    /// Where the service was, if the row is about one.
    pub home: Option<Home>,
}

/// The domain and platform of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    pub domain: DomainId,
    pub platform: PlatformId,
}

impl TrendCell {
    /// Whether the rubric changed for any of its services, so that it can't simply be compared with the period before.
    #[must_use]
    pub fn is_break(&self) -> bool {
        self.moved > 0
    }

    /// Whether it is about other services than the period before, for another reason than their rubrics, where any
    /// `earlier` cell of its row is about some: what comes first can't be compared with anything.
    #[must_use]
    pub fn has_other_members(&self, earlier: &[Self]) -> bool {
        self.joined + self.left > self.crossed && earlier.iter().any(|cell| cell.services.total() > 0)
    }

    /// Whether any service was in it, could have been by another rubric, or has just left.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.services.total() + self.under_others + self.left > 0
    }
}

/// One line of a trend.
#[derive(Clone, Debug)]
pub struct Row {
    pub subject: Subject,
    /// One for each period.
    pub cells: Vec<TrendCell>,
    /// What changed from the last period but one to the last.
    pub changes: Changes,
    /// The versions that alone have the category that the row is about; empty if the newest has it, or if the row is
    /// about something else.
    pub only_in: Vec<RubricKey>,
}

/// Rows by periods.
#[derive(Clone, Debug)]
pub struct Trend {
    /// What a row stands for.
    pub by: By,
    /// The columns, oldest first.
    pub periods: Vec<Period>,
    /// The lines, by domain, platform and service, or in the rubric's order.
    pub rows: Vec<Row>,
    /// All rows together.
    pub total: Row,
    /// The services that are in it.
    pub services: ServicesIn,
}

/// How many services a trend is about at its end: those that are asked something of what is selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServicesIn {
    pub all: usize,
    /// Those on the Golden Thread.
    pub golden_thread: usize,
}

/// The trend of what is selected over some periods.
#[must_use]
pub fn trend(estate: &Estate, selection: &Selection, by: By, periods: Vec<Period>) -> Trend {
    let names = Names::by_the_end_of(&periods, estate, selection);
    let (lines, everything) = (Grouping::of(by, selection), Grouping::default());
    let services: Vec<_> = selection.services_ever(estate).collect();
    let sum = services
        .into_par_iter()
        .fold(Sum::default, |mut sum, service| {
            let history = ServiceHistory::of(estate, service, selection, &names, &periods);
            let total = history.rows(everything);
            let is_in = |row: &Row| row.cells.last().is_some_and(|cell| cell.services.total() > 0);
            if let Some(now) = history.now().filter(|_| total.values().any(is_in)) {
                sum.services.all += 1;
                sum.services.golden_thread += usize::from(now.identity.golden_thread);
            }
            sum.add_all(history.rows(lines), total);
            sum
        })
        .reduce(Sum::default, Sum::merge);
    let mut rows: Vec<_> = sum.rows.into_values().map(Row::at_home).collect();
    if by == By::Category {
        rows.iter_mut().for_each(|row| row.only_in = only_in(&names, &row.subject));
    }
    rows.sort_by_cached_key(|row| key(estate, &names, row));
    let services = sum.services;
    let total = sum.total.into_values().next();
    let total = total.unwrap_or_else(|| Row::empty(Subject::default(), periods.len()));
    Trend { by, periods, rows, total, services }
}

fn only_in(names: &Names<'_>, subject: &Subject) -> Vec<RubricKey> {
    name(subject).map(|name| names.only_in(&name)).unwrap_or_default()
}

/// The category that a row is about, if it is about one.
fn name(subject: &Subject) -> Option<Name<'_>> {
    let Subject { rubric, pillar, category, .. } = subject;
    Some(Name { rubric: rubric.as_ref()?, pillar: pillar.as_ref()?, category: category.as_ref()? })
}

/// Rows stand by domain, platform and service, then by rubrics, then in the rubric's order of categories; what only older versions
/// of it have comes last.
type RowOrder = (
    (Option<DomainId>, Option<PlatformId>, Option<ServiceId>),
    Option<(Option<Date>, RubricId)>,
    Vec<RubricKey>,
    usize,
    Subject,
);

fn key(estate: &Estate, names: &Names<'_>, row: &Row) -> RowOrder {
    let subject = row.subject.clone();
    let place = match name(&subject) {
        Some(name) => names.place_of_category(&name),
        None => {
            let pillar = subject.rubric.as_ref().zip(subject.pillar.as_ref());
            pillar.and_then(|(rubric, pillar)| names.place_of_pillar(rubric, pillar))
        }
    };
    let rank = subject.rubric.as_ref().map(|id| estate.rubrics.rank(id));
    let rank = rank.map(|(published, id)| (published, id.clone()));
    let Subject { domain, platform, service, .. } = subject.clone();
    ((domain, platform, service), rank, row.only_in.clone(), place.unwrap_or(0), subject)
}

/// Rows added up over some of the services.
#[derive(Default)]
struct Sum {
    rows: BTreeMap<Subject, Row>,
    /// At most one row, for everything.
    total: BTreeMap<Subject, Row>,
    services: ServicesIn,
}

impl Sum {
    fn add_all(&mut self, rows: BTreeMap<Subject, Row>, total: BTreeMap<Subject, Row>) {
        for (sums, rows) in [(&mut self.rows, rows), (&mut self.total, total)] {
            for (subject, row) in rows {
                match sums.entry(subject) {
                    Entry::Occupied(mut sum) => sum.get_mut().add(&row),
                    Entry::Vacant(place) => {
                        place.insert(row);
                    }
                }
            }
        }
    }

    fn merge(mut self, other: Self) -> Self {
        self.add_all(other.rows, other.total);
        self.services.all += other.services.all;
        self.services.golden_thread += other.services.golden_thread;
        self
    }
}

/// One service at the end of every period.
struct ServiceHistory<'e, 's> {
    selection: &'s Selection,
    names: &'s Names<'e>,
    /// Its state at the end of each period in which it exists and is selected.
    states: Vec<Option<ServiceState<'e>>>,
    /// Whether it has retired by the end of each period.
    is_retired: Vec<bool>,
    /// The last period but one under the rubrics of the last one, in their order.
    before: Vec<RubricState<'e>>,
}

impl<'e, 's> ServiceHistory<'e, 's> {
    fn of(
        estate: &'e Estate,
        service: &'e Service,
        selection: &'s Selection,
        names: &'s Names<'e>,
        periods: &[Period],
    ) -> Self {
        let mut timeline = Timeline::new(estate, service);
        let last = periods.last().map(|period| timeline.rubrics(period.as_of)).unwrap_or_default();
        let mut before = Vec::new();
        let mut states = Vec::with_capacity(periods.len());
        for (at, Period { as_of, .. }) in periods.iter().enumerate() {
            let is_in = service.exists_on(*as_of) && selection.includes(service, *as_of);
            states.push(is_in.then(|| timeline.state(*as_of)));
            if at + 2 == periods.len() {
                before = last.iter().map(|rubric| timeline.state_under(rubric, *as_of)).collect();
            }
        }
        let is_retired = periods.iter().map(|period| service.is_retired_on(period.as_of)).collect();
        Self { selection, names, states, is_retired, before }
    }

    /// The state at the end of the last period.
    fn now(&self) -> Option<&ServiceState<'e>> {
        self.states.last()?.as_ref()
    }

    /// What this service adds to each row.
    fn rows(&self, grouping: Grouping) -> BTreeMap<Subject, Row> {
        let mut rows: BTreeMap<Subject, Row> = BTreeMap::new();
        for (at, state) in self.states.iter().enumerate() {
            let Some(state) = state else { continue };
            let mut statuses: BTreeMap<Subject, Vec<Status>> = BTreeMap::new();
            for state in &state.rubrics {
                for (subject, ix) in self.selected(grouping, state) {
                    let standing = state.standing(ix);
                    let row = rows.entry(subject.clone());
                    let row = row.or_insert_with(|| Row::empty(subject.clone(), self.states.len()));
                    let statuses = statuses.entry(subject).or_default();
                    if grouping.counts(standing) {
                        row.cells[at].counts.add_any(standing);
                        statuses.push(standing.status);
                    }
                    if state.is_assessed {
                        row.cells[at].add_rubric(state.rubric.key());
                    }
                }
            }
            for (subject, statuses) in statuses {
                let Some(row) = rows.get_mut(&subject) else { continue };
                let colour = RollUp::of(statuses);
                let cell = &mut row.cells[at];
                if grouping.service {
                    let Identity { domain, platform, .. } = state.identity;
                    cell.home = Some(Home { domain: domain.clone(), platform: platform.clone() });
                    cell.colour = Some(colour);
                }
                cell.services.add(colour);
            }
        }
        self.add_moves(&mut rows);
        if let Some(now) = self.now() {
            for (before, now) in self.before.iter().zip(&now.rubrics) {
                for (subject, ix) in self.selected(grouping, now) {
                    let (before, now) = (before.standing(ix), now.standing(ix));
                    if !grouping.counts(now) {
                        continue;
                    }
                    let change = Change::between(before.status, now.status);
                    rows.entry(subject).and_modify(|row| row.changes.add(change));
                }
            }
        }
        rows
    }

    /// Marks in each row where the service came in, went out, or moved to another rubric while it was in.
    fn add_moves(&self, rows: &mut BTreeMap<Subject, Row>) {
        // A row about one rubric is only moved by that one.
        let keys = |at: usize, only: Option<&RubricId>| {
            let rubrics = self.states[at].iter().flat_map(|state| &state.rubrics);
            let meant = rubrics.filter(|state| only.is_none_or(|id| state.rubric.id == *id));
            meant.map(|state| (state.is_assessed, state.rubric.key())).collect::<Vec<_>>()
        };
        let has_moved = |at: usize, only: Option<&RubricId>| {
            let (before, now) = (keys(at - 1, only), keys(at, only));
            let was_assessed = before.iter().any(|(is_assessed, _)| *is_assessed);
            was_assessed && !now.is_empty() && before.iter().map(|it| &it.1).ne(now.iter().map(|it| &it.1))
        };
        for (at, state) in self.states.iter().enumerate() {
            let Some(ServiceState { identity, .. }) = state else { continue };
            for row in rows.values_mut().filter(|row| row.subject.may_hold(identity)) {
                row.cells[at].under_others = usize::from(row.cells[at].services.total() == 0);
            }
        }
        for at in 1..self.states.len() {
            for row in rows.values_mut() {
                let [.., earlier, cell] = &mut row.cells[..=at] else { continue };
                let (was_in, is_in) = (earlier.services.total() > 0, cell.services.total() > 0);
                let has_moved = (was_in || is_in) && has_moved(at, row.subject.rubric.as_ref());
                cell.moved = usize::from(has_moved);
                cell.joined = usize::from(!was_in && is_in);
                cell.left = usize::from(was_in && !is_in);
                cell.retired = usize::from(was_in && self.is_retired[at]);
                let is_there_twice = (was_in || earlier.under_others > 0) && (is_in || cell.under_others > 0);
                cell.crossed = usize::from(was_in != is_in && is_there_twice);
            }
        }
    }

    /// The selected categories of a state, each with the row that it belongs to.
    fn selected(&self, grouping: Grouping, state: &RubricState<'e>) -> Vec<(Subject, CategoryIx)> {
        let rubric: &Rubric = state.rubric;
        let newest_names = self.names.of(&rubric.key()).unwrap_or_default();
        let categories = state.categories().zip(newest_names);
        let selected =
            categories.filter(|((_, category, _), _)| self.selection.includes_category(rubric, category));
        let member = Member { service: state.service, identity: state.identity };
        let subject = |category: &Category, name: &Name<'_>| {
            grouping.subject(member, &rubric.pillar_of(category).id, *name)
        };
        selected.map(|((ix, category, _), name)| (subject(category, name), ix)).collect()
    }
}

impl TrendCell {
    fn add_rubric(&mut self, key: RubricKey) {
        if let Err(at) = self.rubrics.binary_search(&key) {
            self.rubrics.insert(at, key);
        }
    }

    fn add(&mut self, other: &Self) {
        let Self {
            colour,
            services,
            counts,
            rubrics,
            moved,
            joined,
            left,
            retired,
            crossed,
            under_others,
            home,
        } = other;
        self.colour = *colour;
        self.services += *services;
        self.counts += *counts;
        rubrics.iter().for_each(|key| self.add_rubric(key.clone()));
        self.moved += moved;
        self.joined += joined;
        self.left += left;
        self.retired += retired;
        self.crossed += crossed;
        self.under_others += under_others;
        self.home.clone_from(home);
    }
}

impl Row {
    fn empty(subject: Subject, periods: usize) -> Self {
        let cells = vec![TrendCell::default(); periods];
        Self { subject, cells, changes: Changes::default(), only_in: Vec::new() }
    }

    /// A service's row, with its last home as its domain and platform.
    fn at_home(mut self) -> Self {
        if let Some(home) = self.cells.iter().rev().find_map(|cell| cell.home.clone()) {
            self.subject.domain = Some(home.domain);
            self.subject.platform = Some(home.platform);
        }
        self
    }

    fn add(&mut self, other: &Self) {
        self.cells.iter_mut().zip(&other.cells).for_each(|(sum, cell)| sum.add(cell));
        self.changes += other.changes;
    }
}
