//! Which rubrics count for a service on a day.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::model::{Date, Estate, Rubric, RubricId, Service};

use super::history::{CarriedJudgement, History, JudgementRecord};

/// Returns the rubric in force that a service was last assessed under, or the first of those in force.
///
/// # Panics
/// Never: there is always a rubric in force.
#[must_use]
pub fn latest_rubric<'e>(estate: &'e Estate, service: &'e Service, day: Date) -> &'e Arc<Rubric> {
    let in_force = rubrics_in_force(estate, service, day);
    let past = service.assessments.iter().rev().filter(|assessment| assessment.date <= day);
    let is_it = |id: &RubricId| in_force.iter().copied().find(|rubric| rubric.id == *id);
    let latest = past.map(|assessment| &assessment.rubric.id).find_map(is_it);
    latest.or(in_force.first().copied()).expect("at least one rubric is in force")
}

/// Returns the rubrics in force for a service on a day, the first published first; at least one. These are, each in the version of its last
/// assessment by that day: all that its assessments used and no other of them replaces, or those that its file lists; and those
/// that the settings require. A service that was never assessed is asked by the default rubric.
#[must_use]
pub fn rubrics_in_force<'e>(estate: &'e Estate, service: &'e Service, day: Date) -> Vec<&'e Arc<Rubric>> {
    let mut used: BTreeMap<&'e RubricId, &'e Arc<Rubric>> = BTreeMap::new();
    let past = service.assessments.partition_point(|assessment| assessment.date <= day);
    for assessment in &service.assessments[..past] {
        used.insert(&assessment.rubric.id, &assessment.rubric);
    }
    let identity = service.identity_on(day);
    let version = |id: &'e RubricId| {
        let known = used.get(id).copied();
        known.or_else(|| estate.rubrics.version_on(id, day)).map(|rubric| (id, rubric))
    };
    let mut in_force: BTreeMap<_, _> = match &identity.rubrics {
        Some(listed) => listed.iter().filter_map(version).collect(),
        None => {
            let is_replaced =
                |id: &RubricId| used.values().any(|rubric| rubric.replaces.iter().any(|it| it.value == *id));
            used.iter().filter(|(id, _)| !is_replaced(id)).map(|(id, rubric)| (*id, *rubric)).collect()
        }
    };
    if in_force.is_empty() {
        // Rubrics that replace each other can't all be gone.
        in_force.clone_from(&used);
    }
    if in_force.is_empty() {
        let default = estate.rubrics.default_on(&estate.settings, day);
        in_force.insert(&default.id, default);
    }
    let required = estate.settings.required.iter();
    let required = required.filter(|required| required.from <= day && required.of.asks(identity));
    in_force.extend(required.filter_map(|required| version(&required.rubric)));
    let mut in_force: Vec<_> = in_force.into_values().collect();
    in_force.sort_by_key(|rubric| estate.rubrics.rank(&rubric.id));
    in_force
}

/// Returns the judgements that a service's state rests on at the end of a day under the rubrics in force, each once; none if it
/// is retired.
#[must_use]
pub fn judgements_in_force<'e>(
    estate: &'e Estate,
    service: &'e Service,
    day: Date,
) -> Vec<JudgementRecord<'e>> {
    if service.is_retired_on(day) {
        return Vec::new();
    }
    let mut history = History::new(service, &estate.rubrics);
    history.move_to(day);
    let mut known = HashSet::new();
    let mut in_force = Vec::new();
    for rubric in rubrics_in_force(estate, service, day) {
        let held = history.under(rubric, &estate.rubrics);
        let records = held.iter().flatten().flat_map(CarriedJudgement::all).copied();
        // Several categories may continue the one that was judged.
        in_force.extend(records.filter(|record| known.insert(std::ptr::from_ref(record.judgement))));
    }
    in_force
}
