//! States over time, for services or what they add up to.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rayon::prelude::*;

use crate::model::{
    Category, CategoryIx, DomainId, Estate, PlatformId, Rubric, RubricKey, Service, ServiceId,
};

use super::names::{Name, Names};
use super::subject::{By, Grouping, Subject};
use super::{
    Change, Changes, Counts, Period, RollUp, Selection, ServiceCounts, ServiceState, Status, Timeline,
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
    /// Services that moved to another rubric since the period before.
    pub moved: usize,
}

impl TrendCell {
    /// Whether the rubric changed for any of its services, so that it can't simply be compared with the period before.
    #[must_use]
    pub fn is_break(&self) -> bool {
        self.moved > 0
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

/// How many services a trend is about: those that were asked something of what is selected.
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
    let services = selection.services(estate).into_par_iter();
    let sum = services
        .fold(Sum::default, |mut sum, service| {
            let history = ServiceHistory::of(estate, service, selection, &names, &periods);
            let total = history.rows(everything);
            if !total.is_empty() {
                sum.services.all += 1;
                sum.services.golden_thread += usize::from(service.golden_thread);
            }
            sum.add_all(history.rows(lines), total);
            sum
        })
        .reduce(Sum::default, Sum::merge);
    let mut rows: Vec<_> = sum.rows.into_values().collect();
    if by == By::Category {
        rows.iter_mut().for_each(|row| row.only_in = only_in(&names, &row.subject));
    }
    rows.sort_by_cached_key(|row| key(&names, row));
    let services = sum.services;
    let total = sum.total.into_values().next();
    let total = total.unwrap_or_else(|| Row::empty(Subject::default(), periods.len()));
    Trend { by, periods, rows, total, services }
}

fn only_in(names: &Names<'_>, subject: &Subject) -> Vec<RubricKey> {
    let category = subject.pillar.as_ref().zip(subject.category.as_ref());
    category.map(|(pillar, category)| names.only_in(pillar, category)).unwrap_or_default()
}

/// Rows stand by domain, platform and service, then in the rubric's order of categories; what only older versions have
/// comes last.
type RowOrder = (Option<DomainId>, Option<PlatformId>, Option<ServiceId>, Vec<RubricKey>, usize, Subject);

fn key(names: &Names<'_>, row: &Row) -> RowOrder {
    let subject = row.subject.clone();
    let place = subject.pillar.as_ref().and_then(|pillar| match &subject.category {
        Some(category) => names.place_of_category(pillar, category),
        None => names.place_of_pillar(pillar),
    });
    let Subject { domain, platform, service, .. } = subject.clone();
    (domain, platform, service, row.only_in.clone(), place.unwrap_or(0), subject)
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
    service: &'e Service,
    selection: &'s Selection,
    names: &'s Names<'e>,
    states: Vec<ServiceState<'e>>,
    /// The last period but one in terms of the last one's rubric.
    before: Option<ServiceState<'e>>,
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
        let last = periods.last().map(|period| timeline.rubric(period.as_of));
        let mut before = None;
        let mut states = Vec::with_capacity(periods.len());
        for (at, period) in periods.iter().enumerate() {
            states.push(timeline.state(period.as_of));
            if at + 2 == periods.len() {
                before = last.map(|rubric| timeline.state_under(rubric, period.as_of));
            }
        }
        Self { service, selection, names, states, before }
    }

    /// What this service adds to each row.
    fn rows(&self, grouping: Grouping) -> BTreeMap<Subject, Row> {
        let mut rows: BTreeMap<Subject, Row> = BTreeMap::new();
        for (at, state) in self.states.iter().enumerate() {
            let mut statuses: BTreeMap<Subject, Vec<Status>> = BTreeMap::new();
            for (subject, ix) in self.selected(grouping, state) {
                let standing = state.standing(ix);
                let row = rows.entry(subject.clone());
                let row = row.or_insert_with(|| Row::empty(subject.clone(), self.states.len()));
                row.cells[at].counts.add(standing);
                statuses.entry(subject).or_default().push(standing.status);
            }
            for (subject, statuses) in statuses {
                let Some(row) = rows.get_mut(&subject) else { continue };
                let colour = RollUp::of(statuses);
                let cell = &mut row.cells[at];
                cell.colour = grouping.service.then_some(colour);
                cell.services.add(colour);
                cell.rubrics.extend(state.is_assessed.then(|| state.rubric.key()));
            }
        }
        self.add_moves(&mut rows);
        if let Some((before, now)) = self.before.as_ref().zip(self.states.last()) {
            for (subject, ix) in self.selected(grouping, now) {
                let change = Change::between(before.standing(ix).status, now.standing(ix).status);
                rows.entry(subject).and_modify(|row| row.changes.add(change));
            }
        }
        rows
    }

    /// Marks where the service moved to another rubric, in each row that it was in before or is in now.
    fn add_moves(&self, rows: &mut BTreeMap<Subject, Row>) {
        for (at, pair) in self.states.windows(2).enumerate() {
            if !pair[0].is_assessed || pair[0].rubric.key() == pair[1].rubric.key() {
                continue;
            }
            for row in rows.values_mut() {
                let is_in = |at: usize| row.cells[at].services.total() > 0;
                row.cells[at + 1].moved = usize::from(is_in(at) || is_in(at + 1));
            }
        }
    }

    /// The selected categories of a state, each with the row that it belongs to.
    fn selected(&self, grouping: Grouping, state: &ServiceState<'e>) -> Vec<(Subject, CategoryIx)> {
        let rubric: &Rubric = state.rubric;
        let newest_names = self.names.of(&rubric.key()).unwrap_or_default();
        let categories = state.categories().zip(newest_names);
        let selected =
            categories.filter(|((_, category, _), _)| self.selection.includes_category(rubric, category));
        let subject = |category: &Category, name: &Name<'_>| {
            grouping.subject(self.service, &rubric.pillar_of(category).id, *name)
        };
        selected.map(|((ix, category, _), name)| (subject(category, name), ix)).collect()
    }
}

impl Row {
    fn empty(subject: Subject, periods: usize) -> Self {
        let cells = vec![TrendCell::default(); periods];
        Self { subject, cells, changes: Changes::default(), only_in: Vec::new() }
    }

    fn add(&mut self, other: &Self) {
        for (sum, cell) in self.cells.iter_mut().zip(&other.cells) {
            sum.colour = cell.colour;
            sum.services += cell.services;
            sum.counts += cell.counts;
            sum.moved += cell.moved;
            sum.rubrics.extend(cell.rubrics.iter().cloned());
            sum.rubrics.sort();
            sum.rubrics.dedup();
        }
        self.changes += other.changes;
    }
}
