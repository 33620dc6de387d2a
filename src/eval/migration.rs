//! The effect of moving a service to a newer version of its rubric, before anything is written.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Category, Colour, Date, Estate, Rubric, RubricId, Service};

use super::Status;
use super::timeline::service_state_in;

/// Whether and how a service can be moved.
#[derive(Clone, Debug)]
pub enum MigrationStep<'e> {
    /// It can.
    Move(Migration<'e>),
    /// It is there already, or further.
    Arrived(&'e Rubric),
    /// Nothing has been judged that could be carried over.
    NeverAssessed,
    /// It is judged under a rubric that the wanted one doesn't continue.
    OtherRubric(&'e Rubric),
    /// It has an assessment of that day or a later one; a day has one assessment, under one rubric.
    AssessedOn(Date),
}

/// A service that can be moved, and what becomes of its categories.
#[derive(Clone, Debug)]
pub struct Migration<'e> {
    pub service: &'e Service,
    /// The rubric that it is judged under.
    pub from: &'e Arc<Rubric>,
    /// The newer version.
    pub to: &'e Arc<Rubric>,
    /// How many categories of the newer version need nothing: what was judged carries over, or they don't ask this
    /// service.
    pub settled: usize,
    /// Those whose bar was raised, and the colour before: judge them again.
    pub to_rescore: Vec<(&'e Category, Colour)>,
    /// Those of which nothing is known: new, or merged with something that was never judged.
    pub to_judge: Vec<&'e Category>,
    /// Categories of the older version that were judged and that nothing continues.
    pub let_go: Vec<&'e Category>,
}

/// Returns the effect of moving a service to `to` on a day; without `to`, to the newest published version of the rubric that
/// it was last assessed under.
#[must_use]
pub fn migration<'e>(
    estate: &'e Estate,
    service: &'e Service,
    to: Option<&'e Arc<Rubric>>,
    today: Date,
) -> MigrationStep<'e> {
    let Some(last) = service.assessments.last() else { return MigrationStep::NeverAssessed };
    let of = |id: &RubricId| service.assessments.iter().rev().find(|assessment| assessment.rubric.id == *id);
    let latest = to.map_or(Some(last), |to| of(&to.id)).unwrap_or(last);
    let from = &latest.rubric;
    let newest = || estate.rubrics.versions(&from.id).filter(|rubric| rubric.published <= today).last();
    let to = to.or_else(newest).unwrap_or(from);
    if to.id != from.id {
        return MigrationStep::OtherRubric(from);
    }
    if to.version.major <= from.version.major {
        return MigrationStep::Arrived(from);
    }
    if latest.date >= today {
        return MigrationStep::AssessedOn(latest.date);
    }
    let mut migration = Migration {
        service,
        from,
        to,
        settled: 0,
        to_rescore: Vec::new(),
        to_judge: Vec::new(),
        let_go: let_go(estate, service, from, to, today),
    };
    for (_, category, standing) in service_state_in(estate, service, today, to).categories() {
        match standing.status {
            Status::Rated(_) | Status::NotApplicable => migration.settled += 1,
            Status::NeedsRescore(colour) => migration.to_rescore.push((category, colour)),
            // What is inherited is for the provider to judge.
            Status::NotAssessed if standing.provider.is_some() => migration.settled += 1,
            Status::NotAssessed => migration.to_judge.push(category),
        }
    }
    MigrationStep::Move(migration)
}

fn let_go<'e>(
    estate: &'e Estate,
    service: &'e Service,
    from: &'e Arc<Rubric>,
    to: &'e Rubric,
    today: Date,
) -> Vec<&'e Category> {
    let continued: BTreeSet<_> =
        to.categories.iter().flat_map(|category| estate.rubrics.names_over_time(to, category)).collect();
    let state = service_state_in(estate, service, today, from);
    let judged = state.categories().filter(|(_, _, standing)| standing.judged.is_some());
    let gone = judged.map(|(_, category, _)| category).filter(|category| !continued.contains(&category.id));
    gone.collect()
}
