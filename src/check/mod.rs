//! Questions asked of a valid estate: what its files say can be read, but does it make sense? One file a check, named
//! for its code.

mod after_retirement;
mod before_joining;
mod before_publication;
mod done_before_raised;
mod due_before_raised;
mod empty_assessment;
mod expired_waiver;
mod future_date;
mod green_without_evidence;
mod ineffective_waiver;
mod inherited_loop;
mod never_judged;
mod no_assessments;
mod old_id_taken;
mod redundant_confirmation;
mod retired_provider;
pub mod rubric;
mod self_approved_waiver;
mod unknown_provider;
mod unknown_service;

use rayon::prelude::*;

use crate::diag::Problems;
use crate::load::Loaded;
use crate::model::{Clock, Date, Estate, Service};

/// Notes what is wrong with one service of an estate, as seen on a day.
type Check = fn(&Service, &CheckContext<'_>, &mut Problems);

/// Questions about what is written. They are asked even of a service whose file has errors elsewhere.
const ABOUT_WHAT_IS_WRITTEN: [Check; 13] = [
    after_retirement::check,
    before_joining::check,
    before_publication::check,
    done_before_raised::check,
    due_before_raised::check,
    expired_waiver::check,
    future_date::check,
    ineffective_waiver::check,
    inherited_loop::check,
    old_id_taken::check,
    redundant_confirmation::check,
    self_approved_waiver::check,
    unknown_provider::check,
];

/// Questions about what is not written, such as a later rating. In a file with errors it may be there, only unreadable.
const ABOUT_WHAT_IS_NOT: [Check; 5] = [
    empty_assessment::check,
    green_without_evidence::check,
    never_judged::check,
    no_assessments::check,
    retired_provider::check,
];

/// What a service is checked against.
struct CheckContext<'a> {
    estate: &'a Estate,
    /// Services whose files have errors, as far as they can be read.
    flawed: &'a [Service],
    today: Date,
    /// The latest day that has begun anywhere on earth.
    latest_day: Date,
}

impl CheckContext<'_> {
    /// Whether there may be a service that has this id, or had it before.
    fn may_have(&self, id: &str) -> bool {
        let mut old_ids = self.flawed.iter().flat_map(|service| &service.renamed_from);
        self.estate.may_have(id) || old_ids.any(|old| old.value.as_str() == id)
    }
}

/// Runs every check on every service as written, and leaves out of the estate those that have errors; what is dated later
/// than today in the others counts from today.
pub fn check(loaded: &mut Loaded, clock: impl Into<Clock>) {
    let clock = clock.into();
    let Clock { today, latest_day } = clock;
    let context = CheckContext { estate: &loaded.estate, flawed: &loaded.flawed, today, latest_day };
    let ask = |service: &Service, checks: &[&[Check]]| {
        let mut problems = Problems::default();
        for check in checks.iter().copied().flatten() {
            check(service, &context, &mut problems);
        }
        problems
    };
    let sound = loaded.estate.services().par_iter();
    let sound = sound.map(|service| ask(service, &[&ABOUT_WHAT_IS_WRITTEN, &ABOUT_WHAT_IS_NOT]));
    let sound: Vec<_> = sound.collect();
    let flawed: Vec<_> =
        loaded.flawed.par_iter().map(|service| ask(service, &[&ABOUT_WHAT_IS_WRITTEN])).collect();
    let with_errors =
        loaded.estate.services().iter().zip(&sound).filter(|(_, problems)| problems.has_errors());
    let wrong: Vec<_> = with_errors.map(|(service, _)| service.id.clone()).collect();
    sound.into_iter().chain(flawed).for_each(|problems| loaded.problems.extend(problems));
    let mut about_slos = Problems::default();
    future_date::check_slos(&context, &mut about_slos);
    unknown_service::check(&context, &mut about_slos);
    loaded.problems.extend(about_slos);
    loaded.problems.sort();
    if !wrong.is_empty() {
        loaded.estate.set_aside(|service| wrong.binary_search(&service.id).is_ok());
    }
    loaded.count_early_entries(clock);
}
