//! `fundamentals actions`

use anyhow::Result;

use super::open::{Opened, open, outcome};
use super::{Context, Outcome, filter, table_format};
use crate::cli::{ActionsArgs, ActionsStatus};
use crate::eval::ActionStatus;
use crate::report::actions::{self as report, Request};

pub(super) fn run(args: &ActionsArgs, context: &mut Context<'_>) -> Result<Outcome> {
    let loaded = match open(context)? {
        Opened::Ready(loaded) => loaded,
        Opened::Refused(outcome) => return Ok(outcome),
    };
    let estate = &loaded.estate;
    let selection = match filter::selection(&args.filter, estate, &loaded.left_out) {
        Ok(selection) => selection,
        Err(reason) => return context.refuse(Outcome::WrongUsage, &reason),
    };
    if let Some(since) = args.since.filter(|since| *since > context.today) {
        let reason = format!("--since {since} is after today, {}", context.today);
        return context.refuse(Outcome::WrongUsage, &reason);
    }
    if selection.services(estate).is_empty() {
        return context.refuse(Outcome::InvalidInput, filter::no_service_left(&loaded.left_out));
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
