//! `fundamentals trend`

use super::open::{open, outcome};
use super::stop::{Result, Stop};
use super::{Context, filter};
use crate::cli::TrendArgs;
use crate::eval::{self, Cadence, Period, PeriodRange, Selection};
use crate::model::{Date, Domain, Estate};
use crate::report::trend::{self as report};

/// Periods shown when nobody says how many.
const DEFAULT_PERIODS: usize = 6;

pub(super) fn run(args: &TrendArgs, context: &mut Context<'_>) -> Result {
    let loaded = open(context)?;
    let estate = &loaded.estate;
    let selection = filter::selection(&args.filter, estate, None)?;
    let periods = periods(args, estate, &selection, context.today)?;
    if selection.services_ever(estate).next().is_none() {
        return Err(Stop::invalid(filter::no_service_left(estate)));
    }
    let trend = eval::trend(estate, &selection, args.by, periods);
    if trend.rows.is_empty() {
        return Err(Stop::invalid(filter::NO_CATEGORY_LEFT));
    }
    let report = report::build(estate, trend);
    report::render(&report, args.format, context.width, context.out)?;
    Ok(outcome(&loaded))
}

/// The columns, or what is wrong with the days that were given.
fn periods(args: &TrendArgs, estate: &Estate, selection: &Selection, today: Date) -> Result<Vec<Period>> {
    let until = filter::until(args.until, today)?;
    if let Some(since) = args.since
        && since > until
    {
        return Err(Stop::usage(format!("--since {since} is after {until}")));
    }
    let services = selection.services_until(estate, until);
    let reviews = reviews(estate, selection, until);
    if args.period == Cadence::Review && reviews.is_empty() {
        let reason = "no review dates are known: add `reviews = […]` to a `[[domain]]` of fundamentals.toml";
        return Err(Stop::usage(reason));
    }
    // Before the first assessment there is nothing to see.
    let first = services.filter_map(|service| service.assessments.first()).map(|first| first.date).min();
    let first = first.unwrap_or(until);
    let range = PeriodRange {
        since: args.since.map_or(first, |since| since.max(first)),
        until,
        last: match (args.last, args.since) {
            (Some(last), _) => Some(usize::from(last)),
            (None, Some(_)) => None,
            (None, None) => Some(DEFAULT_PERIODS),
        },
    };
    Ok(eval::periods(args.period, range, &reviews))
}

/// Days on which any of the selected services was or will be reviewed, as what it was on the day.
fn reviews(estate: &Estate, selection: &Selection, until: Date) -> Vec<Date> {
    let services: Vec<_> = selection.services_ever(estate).collect();
    let concerns = |domain: &Domain, review: Date| {
        // What is planned is planned for what a service is at the end of the trend.
        let day = review.min(until);
        let mut services = services.iter().filter(|service| selection.includes(service, day));
        services.any(|service| service.identity_on(day).domain == domain.id)
    };
    let of_domain = |domain: &Domain| {
        let reviews = domain.reviews.iter().copied();
        reviews.filter(|day| concerns(domain, *day)).collect::<Vec<_>>()
    };
    let mut reviews: Vec<_> = estate.settings.domains.iter().flat_map(of_domain).collect();
    reviews.sort_unstable();
    reviews.dedup();
    reviews
}
