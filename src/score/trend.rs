//! States over time, for services or what they add up to.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::model::{
    CategoryId, DomainId, Estate, PillarId, PlatformId, Rubric, RubricKey, Service, ServiceId,
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

impl Row {
    /// Whether the rubric changed between period `at - 1` and period `at`: the ruler moved, so the colours on the
    /// two sides can't simply be compared.
    #[must_use]
    pub fn breaks_at(&self, at: usize) -> bool {
        let rubrics =
            |at: usize| self.cells.get(at).map(|cell| &cell.rubrics).filter(|rubrics| !rubrics.is_empty());
        let before = at.checked_sub(1).and_then(rubrics);
        before.zip(rubrics(at)).is_some_and(|(before, now)| before != now)
    }
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
}

/// The trend of what is selected over some periods.
#[must_use]
pub fn trend(estate: &Estate, selection: &Selection, by: By, periods: Vec<Period>) -> Trend {
    let services = selection.services(estate);
    let histories: Vec<_> =
        services.par_iter().map(|service| ServiceHistory::of(estate, service, selection, &periods)).collect();
    let places = CategoryPlaces::of(&histories);
    let mut rows: BTreeMap<Key, Row> = BTreeMap::new();
    let mut total = Row::empty(Subject::default(), periods.len());
    for history in &histories {
        for (subject, row) in history.rows(by, selection) {
            let key = places.key(&subject);
            rows.entry(key).or_insert_with(|| Row::empty(subject, periods.len())).add(&row);
        }
        for (_, row) in history.rows(By::Domain, selection) {
            total.add(&row);
        }
    }
    let mut rows: Vec<_> = rows.into_values().collect();
    for row in rows.iter_mut().filter(|row| row.subject.service.is_none()) {
        row.cells.iter_mut().for_each(|cell| cell.colour = None);
    }
    total.cells.iter_mut().for_each(|cell| cell.colour = None);
    Trend { by, periods, rows, total }
}

/// Rows stand by domain, platform and service, then in the rubric's order of categories.
type Key = (Option<DomainId>, Option<PlatformId>, Option<ServiceId>, usize, Subject);

/// Where pillars and categories stand in the rubrics that were in force, newest first.
struct CategoryPlaces<'e> {
    pillars: HashMap<&'e PillarId, usize>,
    categories: HashMap<&'e CategoryId, usize>,
}

impl<'e> CategoryPlaces<'e> {
    fn of(histories: &[ServiceHistory<'e, '_>]) -> Self {
        let in_force = histories.iter().flat_map(|history| &history.states).map(|state| state.rubric);
        let newest_first: BTreeMap<_, _> =
            in_force.map(|rubric| (Reverse((rubric.published, rubric.key())), &**rubric)).collect();
        let categories = newest_first.values().flat_map(|rubric| {
            let rubric: &'e Rubric = rubric;
            rubric.categories.iter().map(move |category| (rubric, category))
        });
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

    /// What this service adds to each row.
    fn rows(&self, by: By, selection: &Selection) -> BTreeMap<Subject, Row> {
        let mut rows: BTreeMap<Subject, Row> = BTreeMap::new();
        let periods = self.states.len();
        for (at, state) in self.states.iter().enumerate() {
            let mut statuses: BTreeMap<Subject, Vec<Status>> = BTreeMap::new();
            for (_, category, standing) in state.categories() {
                if !self.selection.includes_category(state.rubric, category) {
                    continue;
                }
                let subject = self.subject(by, selection, &state.rubric.pillar_of(category).id, &category.id);
                let row = rows.entry(subject.clone()).or_insert_with(|| Row::empty(subject.clone(), periods));
                row.cells[at].counts.add(standing);
                statuses.entry(subject).or_default().push(standing.status);
            }
            for (subject, statuses) in statuses {
                let colour = RollUp::of(statuses);
                if let Some(row) = rows.get_mut(&subject) {
                    let cell = &mut row.cells[at];
                    cell.colour = Some(colour);
                    cell.services.add(colour);
                    cell.rubrics.extend(state.is_assessed.then(|| state.rubric.key()));
                }
            }
        }
        self.count_changes(by, selection, &mut rows);
        rows
    }

    fn count_changes(&self, by: By, selection: &Selection, rows: &mut BTreeMap<Subject, Row>) {
        let Some((before, now)) = self.before.as_ref().zip(self.states.last()) else { return };
        for ((_, category, before), (_, _, now_standing)) in before.categories().zip(now.categories()) {
            if self.selection.includes_category(now.rubric, category) {
                let subject = self.subject(by, selection, &now.rubric.pillar_of(category).id, &category.id);
                if let Some(row) = rows.get_mut(&subject) {
                    row.changes.add(Change::between(before.status, now_standing.status));
                }
            }
        }
    }

    /// The row that a category of this service belongs to. A field is filled when the row can have only one value
    /// for it: because rows are made by it, or because the selection names just one.
    fn subject(&self, by: By, selection: &Selection, pillar: &PillarId, category: &CategoryId) -> Subject {
        let (by_service, by_platform, by_domain, by_pillar, by_category) = match by {
            By::Service => (true, true, true, false, false),
            By::Platform => (false, true, true, false, false),
            By::Domain => (false, false, true, false, false),
            By::Pillar => (false, false, false, true, false),
            By::Category => (false, false, false, true, true),
        };
        let one_service = selection.services.len() == 1;
        let one_category = selection.categories.len() == 1;
        let service = self.service;
        Subject {
            domain: (by_domain || one_service || selection.domains.len() == 1)
                .then(|| service.domain.clone()),
            platform: (by_platform || one_service || selection.platforms.len() == 1)
                .then(|| service.platform.clone()),
            service: (by_service || one_service).then(|| service.id.clone()),
            pillar: (by_pillar || selection.pillars.len() == 1 || one_category).then(|| pillar.clone()),
            category: (by_category || one_category).then(|| category.clone()),
        }
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
            sum.rubrics.extend(cell.rubrics.iter().cloned());
            sum.rubrics.sort();
            sum.rubrics.dedup();
        }
        self.changes += other.changes;
    }
}
