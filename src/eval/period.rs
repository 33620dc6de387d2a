//! The columns of a trend: periods and the day as of which each is looked at.

use clap::ValueEnum;

use crate::model::Date;

/// How time is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Cadence {
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// The time between two reviews.
    Review,
}

/// A stretch of time, looked at on its last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// `2026-11`, `2026-Q4`, or the date of the review that ends it.
    pub label: String,
    /// Its last day, or the last day of the range if that comes earlier.
    pub as_of: Date,
}

/// Which periods are wanted. All that are given restrict.
#[derive(Clone, Copy, Debug)]
pub struct PeriodRange {
    /// The period that holds this day is the first; usually the day of the first assessment.
    pub since: Date,
    /// The period that holds this day is the last, and is looked at on this day; usually today.
    pub until: Date,
    /// No more than this many, the latest.
    pub last: Option<usize>,
}

/// Periods in a range, oldest first: at least the one that holds `until`. `reviews` are the days of reviews, past and
/// planned, in order; only [`Cadence::Review`] looks at them.
#[must_use]
pub fn periods(cadence: Cadence, range: PeriodRange, reviews: &[Date]) -> Vec<Period> {
    let mut periods = match cadence {
        Cadence::Month => {
            calendar(range, 1, Date::month_start, |day| format!("{:04}-{:02}", day.year(), day.month()))
        }
        Cadence::Quarter => {
            calendar(range, 3, Date::quarter_start, |day| format!("{:04}-Q{}", day.year(), day.quarter()))
        }
        Cadence::Review => between_reviews(range, reviews),
    };
    let surplus = range.last.map_or(0, |last| periods.len().saturating_sub(last.max(1)));
    periods.drain(..surplus);
    periods
}

fn calendar(
    range: PeriodRange,
    months: i32,
    start_of: impl Fn(Date) -> Date,
    label: impl Fn(Date) -> String,
) -> Vec<Period> {
    let last = start_of(range.until);
    let first = start_of(range.since).min(last);
    let mut periods = Vec::new();
    let mut start = first;
    while start <= last {
        let next = start.months_later(months);
        periods.push(Period { label: label(start), as_of: next.day_before().min(range.until) });
        if next <= start {
            break;
        }
        start = next;
    }
    periods
}

fn between_reviews(range: PeriodRange, reviews: &[Date]) -> Vec<Period> {
    let past = reviews.iter().filter(|review| (range.since..range.until).contains(review));
    let mut periods: Vec<_> =
        past.map(|review| Period { label: review.to_string(), as_of: *review }).collect();
    let current = reviews.iter().find(|review| **review >= range.until).copied().unwrap_or(range.until);
    periods.push(Period { label: current.to_string(), as_of: range.until });
    periods
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    fn shown(
        cadence: Cadence,
        since: &str,
        until: &str,
        last: Option<usize>,
        reviews: &[&str],
    ) -> Vec<String> {
        let reviews: Vec<_> = reviews.iter().map(|review| date(review)).collect();
        let range = PeriodRange { since: date(since), until: date(until), last };
        let periods = periods(cadence, range, &reviews);
        periods.into_iter().map(|period| format!("{} {}", period.label, period.as_of)).collect()
    }

    #[test]
    fn a_month_is_looked_at_on_its_last_day_and_the_current_one_today() {
        let months = shown(Cadence::Month, "2026-01-31", "2026-03-15", None, &[]);
        assert_eq!(months, ["2026-01 2026-01-31", "2026-02 2026-02-28", "2026-03 2026-03-15"]);
    }

    #[test]
    fn quarters_are_calendar_quarters() {
        let quarters = shown(Cadence::Quarter, "2025-12-01", "2026-11-20", Some(3), &[]);
        assert_eq!(quarters, ["2026-Q2 2026-06-30", "2026-Q3 2026-09-30", "2026-Q4 2026-11-20"]);
    }

    #[test]
    fn a_review_period_is_named_for_the_review_that_ends_it() {
        let reviews = ["2026-08-04", "2026-09-29", "2026-11-24", "2027-01-19"];
        let periods = shown(Cadence::Review, "2026-09-01", "2026-11-20", None, &reviews);
        assert_eq!(periods, ["2026-09-29 2026-09-29", "2026-11-24 2026-11-20"]);
        let on_the_day = shown(Cadence::Review, "2026-09-01", "2026-11-24", None, &reviews);
        assert_eq!(on_the_day, ["2026-09-29 2026-09-29", "2026-11-24 2026-11-24"]);
        assert_eq!(shown(Cadence::Review, "2026-09-01", "2026-11-20", None, &[]), ["2026-11-20 2026-11-20"]);
    }

    #[test]
    fn there_is_always_the_current_period() {
        assert_eq!(shown(Cadence::Month, "2027-01-01", "2026-03-15", Some(0), &[]), ["2026-03 2026-03-15"]);
    }
}
