//! Whether a Golden Thread service has dropped to red.

use rayon::prelude::*;

use crate::model::{Category, Colour, Date, Estate, GateLevel, Rubric, Service, Waiver};

use super::{Change, Selection, Standing, service_state, service_state_in};

/// One category of one service that dropped to red in the service's latest assessment.
#[derive(Clone, Debug)]
pub struct Finding<'e> {
    /// The service.
    pub service: &'e Service,
    /// The rubric of its latest assessment.
    pub rubric: &'e Rubric,
    /// The category that dropped.
    pub category: &'e Category,
    /// What it was before the latest assessment.
    pub from: Colour,
    /// The reason given for what it was.
    pub from_because: Option<&'e str>,
    /// The last day of the state before: the day before the latest assessment.
    pub base: Date,
    /// What it is now.
    pub now: Standing<'e>,
    /// What the settings say of it, before any waiver.
    pub level: GateLevel,
    /// The waiver that keeps it from failing anything.
    pub waiver: Option<&'e Waiver>,
}

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It fails the gate.
    Denied,
    /// It is only mentioned.
    Warned,
    /// It would fail the gate or be mentioned, but for a waiver; still mentioned.
    Waived,
}

impl Finding<'_> {
    /// What becomes of it.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match (self.waiver, self.level) {
            (Some(_), _) => Outcome::Waived,
            (None, GateLevel::Deny) => Outcome::Denied,
            (None, GateLevel::Warn | GateLevel::Allow) => Outcome::Warned,
        }
    }
}

/// What the gate found.
#[derive(Clone, Debug)]
pub struct GateVerdict<'e> {
    /// What is to be said, by service, in the rubric's order.
    pub findings: Vec<Finding<'e>>,
    /// How many services were looked at.
    pub services: usize,
    /// How many of them are Golden Thread.
    pub golden_thread: usize,
}

impl GateVerdict<'_> {
    /// How many findings have an outcome.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.findings.iter().filter(|finding| finding.outcome() == outcome).count()
    }

    /// Whether anything fails the gate.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.count(Outcome::Denied) > 0
    }
}

/// Compares each selected service as it is today with what it was before its latest assessment.
#[must_use]
pub fn gate<'e>(estate: &'e Estate, selection: &Selection, today: Date) -> GateVerdict<'e> {
    let mut services = selection.services(estate);
    services.retain(|service| is_asked(estate, service, selection, today));
    let findings = services.par_iter().flat_map_iter(|service| drops(estate, service, selection, today));
    let findings = findings.filter(|finding| finding.level > GateLevel::Allow).collect();
    GateVerdict {
        findings,
        golden_thread: services.iter().filter(|service| service.golden_thread).count(),
        services: services.len(),
    }
}

/// Whether any of the categories that are meant is asked of a service.
fn is_asked(estate: &Estate, service: &Service, selection: &Selection, today: Date) -> bool {
    if !selection.chooses_categories() {
        return true;
    }
    let state = service_state(estate, service, today);
    state.categories().any(|(_, category, _)| selection.includes_category(state.rubric, category))
}

/// Every category of a service that is red today and was amber or green before the service's latest assessment.
fn drops<'e>(
    estate: &'e Estate,
    service: &'e Service,
    selection: &Selection,
    today: Date,
) -> Vec<Finding<'e>> {
    let Some(latest) = service.latest_assessment(today) else { return Vec::new() };
    let base = latest.date.day_before();
    let now = service_state(estate, service, today);
    let before = service_state_in(estate, service, base, now.rubric);
    let settings = &estate.settings.gate;
    let level = if service.golden_thread { settings.drop_golden_thread } else { settings.drop_elsewhere };
    let pairs = before.categories().zip(now.categories());
    let finding = |((_, category, before), (_, _, standing)): (
        (_, _, &Standing<'e>),
        (_, &'e Category, &Standing<'e>),
    )| {
        let dropped = Change::between(before.status, standing.status) == Change::Dropped;
        let selected = selection.includes_category(now.rubric, category);
        let from = before.status.colour().filter(|_| dropped && selected)?;
        Some(Finding {
            service,
            rubric: now.rubric,
            category,
            from,
            from_because: before.because(),
            base,
            now: *standing,
            level,
            waiver: service.waiver(&estate.rubrics.names_over_time(now.rubric, category), today),
        })
    };
    pairs.filter_map(finding).collect()
}
