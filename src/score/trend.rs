//! States over time, for services or what they add up to.

use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::model::{
    Category, CategoryId, CategoryIx, Date, DomainId, Estate, PillarId, PlatformId, Rubric, RubricKey,
    Service, ServiceId,
};

use super::{
    Change, Changes, Counts, Period, RollUp, Selection, ServiceCounts, ServiceState, Status, service_state,
    service_state_in,
};

/// What a row of a trend stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A service.
    Service,
    /// A platform's services.
    Platform,
    /// A domain's services.
    Domain,
    /// A pillar, over services.
    Pillar,
    /// A category, over services.
    Category,
}

/// What a row is about. What it adds up over is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// The domain, if all of it lies in one by definition.
    pub domain: Option<DomainId>,
    /// The platform likewise.
    pub platform: Option<PlatformId>,
    /// The service likewise.
    pub service: Option<ServiceId>,
    /// The pillar likewise.
    pub pillar: Option<PillarId>,
    /// The category likewise.
    pub category: Option<CategoryId>,
}

/// A row's state at the end of a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// The colour where the row is about one service; above that there is no single colour.
    pub colour: Option<RollUp>,
    /// Services by colour.
    pub services: ServiceCounts,
    /// Judgements by status.
    pub counts: Counts,
    /// The rubrics in force, in order; empty before the first assessment.
    pub rubrics: Vec<RubricKey>,
    /// Services that moved to another rubric since the period before.
    pub moved: usize,
}

impl Cell {
    /// Whether the ruler moved for any of its services: so it can't simply be compared with the period before.
    #[must_use]
    pub fn is_break(&self) -> bool {
        self.moved > 0
    }
}

/// One line of a trend.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is about.
    pub subject: Subject,
    /// One for each period.
    pub cells: Vec<Cell>,
    /// What changed from the last period but one to the last.
    pub changes: Changes,
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
    /// All of them.
    pub all: usize,
    /// Those on the Golden Thread.
    pub golden_thread: usize,
}

/// The trend of what is selected over some periods.
#[must_use]
pub fn trend(estate: &Estate, selection: &Selection, by: By, periods: Vec<Period>) -> Trend {
    let (lines, everything) = (Grouping::of(by, selection), Grouping::default());
    let services = selection.services(estate).into_par_iter();
    let sum = services
        .fold(Sum::default, |mut sum, service| {
            let history = ServiceHistory::of(estate, service, selection, &periods);
            let total = history.rows(everything);
            if !total.is_empty() {
                sum.services.all += 1;
                sum.services.golden_thread += usize::from(service.golden_thread);
            }
            sum.add_all(history.rows(lines), total);
            sum.rubrics.extend(history.rubrics());
            sum
        })
        .reduce(Sum::default, Sum::merge);
    let places = CategoryPlaces::of(sum.rubrics.into_values());
    let mut rows: Vec<_> = sum.rows.into_values().collect();
    rows.sort_by_cached_key(|row| places.key(&row.subject));
    let services = sum.services;
    let total = sum.total.into_values().next();
    let total = total.unwrap_or_else(|| Row::empty(Subject::default(), periods.len()));
    Trend { by, periods, rows, total, services }
}

/// Rows added up over some of the services.
#[derive(Default)]
struct Sum<'e> {
    rows: BTreeMap<Subject, Row>,
    /// At most one row, for everything.
    total: BTreeMap<Subject, Row>,
    services: ServicesIn,
    /// The rubrics that were in force, newest first.
    rubrics: BTreeMap<Reverse<(Date, RubricKey)>, &'e Rubric>,
}

impl Sum<'_> {
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
        self.rubrics.extend(other.rubrics);
        self.services.all += other.services.all;
        self.services.golden_thread += other.services.golden_thread;
        self
    }
}

/// Which fields of a [`Subject`] are filled: those for which a row can have only one value, because rows are made by
/// it or because the selection names just one.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each field of a subject")]
struct Grouping {
    domain: bool,
    platform: bool,
    service: bool,
    pillar: bool,
    category: bool,
}

impl Grouping {
    fn of(by: By, selection: &Selection) -> Self {
        let service = by == By::Service || selection.services.len() == 1;
        let category = by == By::Category || selection.categories.len() == 1;
        let platform = service || by == By::Platform;
        Self {
            domain: platform || by == By::Domain || selection.domains.len() == 1,
            platform: platform || selection.platforms.len() == 1,
            service,
            pillar: category || by == By::Pillar || selection.pillars.len() == 1,
            category,
        }
    }

    fn subject(self, service: &Service, pillar: &PillarId, category: &CategoryId) -> Subject {
        Subject {
            domain: self.domain.then(|| service.domain.clone()),
            platform: self.platform.then(|| service.platform.clone()),
            service: self.service.then(|| service.id.clone()),
            pillar: self.pillar.then(|| pillar.clone()),
            category: self.category.then(|| category.clone()),
        }
    }
}

/// Rows stand by domain, platform and service, then in the rubric's order of categories.
type Key = (Option<DomainId>, Option<PlatformId>, Option<ServiceId>, usize, Subject);

/// Where pillars and categories stand in the rubrics that were in force, newest first.
struct CategoryPlaces<'e> {
    pillars: HashMap<&'e PillarId, usize>,
    categories: HashMap<&'e CategoryId, usize>,
}

impl<'e> CategoryPlaces<'e> {
    fn of(newest_first: impl Iterator<Item = &'e Rubric>) -> Self {
        let categories =
            newest_first.flat_map(|rubric| rubric.categories.iter().map(move |category| (rubric, category)));
        let mut places = Self { pillars: HashMap::new(), categories: HashMap::new() };
        for (at, (rubric, category)) in categories.enumerate() {
            places.pillars.entry(&rubric.pillar_of(category).id).or_insert(at);
            places.categories.entry(&category.id).or_insert(at);
        }
        places
    }

    fn key(&self, subject: &Subject) -> Key {
        let category = subject.category.as_ref().and_then(|id| self.categories.get(id));
        let pillar = subject.pillar.as_ref().and_then(|id| self.pillars.get(id));
        let at = category.or(pillar).copied().unwrap_or(0);
        let Subject { domain, platform, service, .. } = subject.clone();
        (domain, platform, service, at, subject.clone())
    }
}

/// One service at the end of every period.
struct ServiceHistory<'e, 's> {
    service: &'e Service,
    selection: &'s Selection,
    states: Vec<ServiceState<'e>>,
    /// The last period but one in terms of the last one's rubric.
    before: Option<ServiceState<'e>>,
}

impl<'e, 's> ServiceHistory<'e, 's> {
    fn of(estate: &'e Estate, service: &'e Service, selection: &'s Selection, periods: &[Period]) -> Self {
        let states: Vec<_> =
            periods.iter().map(|period| service_state(estate, service, period.as_of)).collect();
        let before = periods.len().checked_sub(2).map(|at| {
            let rubric = states[periods.len() - 1].rubric;
            service_state_in(estate, service, periods[at].as_of, rubric)
        });
        Self { service, selection, states, before }
    }

    /// The rubrics that were in force.
    fn rubrics(&self) -> impl Iterator<Item = (Reverse<(Date, RubricKey)>, &'e Rubric)> {
        let rubrics = self.states.iter().map(|state| &**state.rubric);
        rubrics.map(|rubric| (Reverse((rubric.published, rubric.key())), rubric))
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
        let selected =
            state.categories().filter(|(_, category, _)| self.selection.includes_category(rubric, category));
        let subject = |category: &Category| {
            grouping.subject(self.service, &rubric.pillar_of(category).id, &category.id)
        };
        selected.map(|(ix, category, _)| (subject(category), ix)).collect()
    }
}

impl Row {
    fn empty(subject: Subject, periods: usize) -> Self {
        Self { subject, cells: vec![Cell::default(); periods], changes: Changes::default() }
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
