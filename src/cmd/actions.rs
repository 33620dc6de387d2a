//! `fundamentals actions`

use crate::cmd::stop::{Result, Stop};

use super::open::{open, outcome};
use super::{Context, filter, table_format};
use crate::cli::{ActionsArgs, ActionsStatus};
use crate::eval::ActionStatus;
use crate::report::actions::{self as report, Request};

pub(super) fn run(args: &ActionsArgs, context: &mut Context<'_>) -> Result {
    let loaded = open(context)?;
    let estate = &loaded.estate;
    let selection = filter::selection(&args.filter, estate, &loaded.left_out)?;
    if let Some(since) = args.since.filter(|since| *since > context.today) {
        let reason = format!("--since {since} is after today, {}", context.today);
        return Err(Stop::usage(reason));
    }
    if selection.services(estate).is_empty() {
        return Err(Stop::invalid(filter::no_service_left(&loaded.left_out)));
    }
    let statuses: Vec<_> = args.status.iter().copied().map(status).collect();
    let report = report::build(&Request {
        estate,
        selection: &selection,
        statuses: &statuses,
        since: args.since,
        today: context.today,
        left_out: &loaded.left_out,
    });
    report::render(&report, table_format(args.format), context.width, context.out)?;
    Ok(outcome(&loaded))
}

fn status(status: ActionsStatus) -> ActionStatus {
    match status {
        ActionsStatus::Open => ActionStatus::Open,
        ActionsStatus::Overdue => ActionStatus::Overdue,
        ActionsStatus::Kept => ActionStatus::Kept,
        ActionsStatus::Slipped => ActionStatus::Slipped,
    }
}
