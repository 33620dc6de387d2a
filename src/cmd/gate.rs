//! `fundamentals gate`

use anyhow::Result;

use super::open::{Opened, open, outcome};
use super::{Context, Outcome, filter};
use crate::cli::GateArgs;
use crate::report::gate::Coverage;
use crate::{report, score};

pub(super) fn run(args: &GateArgs, context: &mut Context<'_>) -> Result<Outcome> {
    let loaded = match open(context)? {
        Opened::Ready(loaded) => loaded,
        Opened::Refused(outcome) => return Ok(outcome),
    };
    let selection = match filter::selection(&args.filter, &loaded.estate, &loaded.left_out) {
        Ok(selection) => selection,
        Err(reason) => return context.refuse(Outcome::WrongUsage, &reason),
    };
    let verdict = score::gate(&loaded.estate, &selection, context.today);
    if verdict.services == 0 {
        return context.refuse(Outcome::InvalidInput, "nothing was looked at, which is never a pass");
    }
    // A drop is a drop, whatever else is wrong; without one, a file that can't be read is not a pass.
    let result = if verdict.is_denied() { Outcome::GateFailed } else { outcome(&loaded) };
    let coverage = if loaded.problems.has_errors() { Coverage::Partial } else { Coverage::Full };
    report::gate::render(&verdict, coverage, &loaded.sources, context.today, context.width, context.out)?;
    Ok(result)
}
