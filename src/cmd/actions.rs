//! `fundamentals actions`

use super::open::{open, outcome};
use super::stop::{Result, Stop};
use super::{Context, filter};
use crate::cli::ActionsArgs;
use crate::report::actions::{self as report, ActionsRequest};

pub(super) fn run(args: &ActionsArgs, context: &mut Context<'_>) -> Result {
    let loaded = open(context)?;
    let estate = &loaded.estate;
    let selection = filter::selection(&args.filter, estate, None)?;
    if let Some(since) = args.since.filter(|since| *since > context.today) {
        let reason = format!("--since {since} is after today, {}", context.today);
        return Err(Stop::usage(reason));
    }
    if selection.services(estate, context.today).is_empty() {
        return Err(Stop::invalid(filter::no_service_left(estate)));
    }
    let request = ActionsRequest {
        estate,
        selection: &selection,
        statuses: &args.status,
        since: args.since,
        today: context.today,
    };
    let review = request.review();
    report::render(&request.list(&review), args.format, context.width, context.out)?;
    Ok(outcome(&loaded))
}
