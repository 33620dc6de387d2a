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
    let rubric = args.rubric.as_ref().map(|name| filter::rubric(name, estate)).transpose()?;
    // What was judged by a version that is no longer in force ends with it.
    let until = rubric.and_then(|rubric| service.last_day_under(&rubric.key(), context.today));
    let until = until.unwrap_or(context.today);
    let first = service.assessments.first().map_or(until, |first| first.date);
    let range = PeriodRange { since: first, until, last: Some(MONTHS) };
    let periods = eval::periods(Cadence::Month, range, &[]);
    let report = report::build(estate, service, rubric, periods, context.today);
    report::render(&report, args.format, context.width, context.out)?;
    Ok(outcome(&loaded))
}
