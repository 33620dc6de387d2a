//! `fundamentals actions`

use super::open::{open_until, outcome};
use super::stop::{Result, Stop};
use super::{Context, filter};
use crate::cli::ActionsArgs;
use crate::report::actions::{self as report, ActionsRequest};

pub(super) fn run(args: &ActionsArgs, context: &mut Context<'_>) -> Result {
    let (loaded, today) = open_until(args.until, context)?;
    let estate = &loaded.estate;
    let selection = filter::selection(&args.filter, estate, None)?;
    if let Some(since) = args.since.filter(|since| *since > today) {
        let day = args.until.map_or(format!("today, {today}"), |until| until.to_string());
        return Err(Stop::usage(format!("--since {since} is after {day}")));
    }
    if selection.services(estate, today).is_empty() {
        return Err(Stop::invalid(filter::no_service_left(estate)));
    }
    let request =
        ActionsRequest { estate, selection: &selection, statuses: &args.status, since: args.since, today };
    let review = request.review();
    report::render(&request.list(&review), args.format, context.width, context.out)?;
    Ok(outcome(&loaded))
}
