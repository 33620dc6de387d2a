//! `fundamentals show`

use anyhow::Result;

use super::open::{Opened, open, outcome};
use super::{Context, Outcome, filter};
use crate::cli::{ShowArgs, ShowFormat};
use crate::report::service as report;
use crate::score::{self, Cadence, PeriodRange};

/// Months of history.
const MONTHS: usize = 12;

pub(super) fn run(args: &ShowArgs, context: &mut Context<'_>) -> Result<Outcome> {
    let loaded = match open(context)? {
        Opened::Ready(loaded) => loaded,
        Opened::Refused(outcome) => return Ok(outcome),
    };
    let estate = &loaded.estate;
    let Some(service) = estate.service(&args.service) else {
        if loaded.left_out.contains(&args.service) {
            let reason =
                format!("the file of `{}` has errors; `fundamentals check` shows them", args.service);
            return context.refuse(Outcome::InvalidInput, &reason);
        }
        let sound = estate.services().iter().map(|service| service.id.as_str());
        let known = sound.chain(loaded.left_out.iter().map(String::as_str)).collect();
        return context.refuse(Outcome::WrongUsage, &filter::unknown("service", &args.service, &known));
    };
    let rubric = match args.rubric.as_ref().map(|name| filter::rubric(name, estate)).transpose() {
        Ok(rubric) => rubric,
        Err(reason) => return context.refuse(Outcome::WrongUsage, &reason),
    };
    let first = service.assessments.first().map_or(context.today, |first| first.date);
    let range = PeriodRange { since: first, until: context.today, last: Some(MONTHS) };
    let periods = score::periods(Cadence::Month, range, &[]);
    let report = report::build(estate, service, rubric, periods, context.today);
    let format = match args.format {
        ShowFormat::Table => report::Format::Table,
        ShowFormat::Json => report::Format::Json,
    };
    report::render(&report, format, context.width, context.out)?;
    Ok(outcome(&loaded))
}
