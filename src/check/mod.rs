//! Questions asked of a valid estate: what its files say can be read, but does it make sense? One file a check, named
//! for its code.

mod before_publication;
mod done_before_raised;
mod due_before_raised;
mod empty_assessment;
mod expired_waiver;
mod future_date;
mod inherited_loop;
mod never_judged;
mod no_assessments;
mod redundant_confirmation;
mod unknown_provider;

use rayon::prelude::*;

use crate::diag::Problems;
use crate::load::Loaded;
use crate::model::{Date, Estate, Service};

/// Notes what is wrong with one service of an estate, as seen on a day.
type Check = fn(&Service, &Surroundings<'_>, &mut Problems);

const CHECKS: [Check; 11] = [
    before_publication::check,
    done_before_raised::check,
    due_before_raised::check,
    empty_assessment::check,
    expired_waiver::check,
    future_date::check,
    inherited_loop::check,
    never_judged::check,
    no_assessments::check,
    redundant_confirmation::check,
    unknown_provider::check,
];

/// What a service is checked against.
struct Surroundings<'a> {
    estate: &'a Estate,
    today: Date,
    /// Services whose files have errors: they exist, though nothing is known of them.
    left_out: &'a [String],
}

/// Runs every check on every service, and leaves out of the estate those that have errors.
pub fn check(loaded: &mut Loaded, today: Date) {
    let around = Surroundings { estate: &loaded.estate, today, left_out: &loaded.left_out };
    let services = loaded.estate.services().par_iter();
    let checked: Vec<_> = services
        .map(|service| {
            let mut problems = Problems::default();
            CHECKS.iter().for_each(|check| check(service, &around, &mut problems));
            (service.id.clone(), problems)
        })
        .collect();
    let wrong: Vec<_> =
        checked.iter().filter(|(_, problems)| problems.has_errors()).map(|(id, _)| id.clone()).collect();
    checked.into_iter().for_each(|(_, problems)| loaded.problems.extend(problems));
    loaded.problems.sort();
    if !wrong.is_empty() {
        loaded.estate.retain(|service| wrong.binary_search(&service.id).is_err());
        loaded.left_out.extend(wrong.iter().map(ToString::to_string));
        loaded.left_out.sort();
    }
}
