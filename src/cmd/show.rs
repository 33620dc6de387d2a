//! `fundamentals show`

use super::open::{open, outcome};
use super::stop::Result;
use super::{Context, filter};
use crate::cli::ShowArgs;
use crate::eval::{self, Cadence, PeriodRange};
use crate::report::service as report;

/// Months of history.
const MONTHS: usize = 12;

pub(super) fn run(args: &ShowArgs, context: &mut Context<'_>) -> Result {
    let loaded = open(context)?;
    let estate = &loaded.estate;
    let service = filter::service(&args.service, &loaded)?;
    let today = filter::until(args.until, context.today)?;
    // A retired service is shown as of its last day.
    let last_day = service.retirement_on(today).map_or(today, |retired| retired.on.day_before());
    let rubric = args.rubric.as_ref();
    let rubric = rubric.map(|name| filter::rubric_of(name, estate, service, last_day)).transpose()?;
    // What was rated under a version that is no longer in force ends with it.
    let until = rubric.and_then(|rubric| service.last_day_under(&rubric.key(), last_day));
    let until = until.unwrap_or(last_day);
    let first = service.assessments.first().map_or(until, |first| first.date);
    let range = PeriodRange { since: first, until, last: Some(MONTHS) };
    let periods = eval::periods(Cadence::Month, range, &[]);
    let report = report::build(estate, service, rubric, periods, today);
    report::render(&report, args.format, context.width, context.out)?;
    Ok(outcome(&loaded))
}
