//! `fundamentals rubric health`

use super::open::{open, outcome};
use super::stop::{Result, Stop};
use super::{Context, filter};
use crate::cli::RubricHealthArgs;
use crate::eval;
use crate::model::Date;
use crate::report::rubric_health::{self as report};

/// How far back movement is looked at when nobody says.
const DEFAULT_MONTHS: i32 = 12;

pub(super) fn run(args: &RubricHealthArgs, context: &mut Context<'_>) -> Result {
    let loaded = open(context)?;
    let estate = &loaded.estate;
    let named = args.rubric.as_ref().map(|name| filter::rubric(name, estate)).transpose()?;
    let rubric = named.unwrap_or_else(|| estate.default_rubric());
    let selection = filter::scope(&args.filter, estate, &[rubric], None)?;
    let since = since(args, context.today)?;
    if selection.services(estate, context.today).is_empty() {
        return Err(Stop::invalid(filter::no_service_left(estate)));
    }
    let health = eval::rubric_health(estate, &selection, rubric, since, context.today);
    if health.categories.is_empty() {
        return Err(Stop::invalid(filter::NO_CATEGORY_LEFT));
    }
    let report = report::build(estate, &health);
    report::render(&report, args.format, context.width, context.out)?;
    Ok(outcome(&loaded))
}

/// The day from which movement is looked at, or what is wrong with it.
fn since(args: &RubricHealthArgs, today: Date) -> Result<Date> {
    let since = args.since.unwrap_or_else(|| today.months_later(-DEFAULT_MONTHS));
    if since > today {
        return Err(Stop::usage(format!("--since {since} is after today, {today}")));
    }
    Ok(since)
}
