//! Calendar days. The only module that knows which date library is used, apart from the one line of `main` that asks
//! it what day it is.

use std::fmt;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day, written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The day `year-month-day`, if there is one.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// Reads exactly `YYYY-MM-DD`: the date library alone would also take `2026-1-5`, signs and spaces.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return None;
        }
        Self::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
    }

    /// The day, in UTC, of a time in seconds since the beginning of 1970; `None` beyond four-digit years.
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        let day = DateTime::from_timestamp(seconds, 0)?.date_naive();
        (0..=9999).contains(&day.year()).then_some(Self(day))
    }

    /// Whole days since 1 January 1970; negative before.
    #[must_use]
    pub fn days_since_1970(self) -> i64 {
        (self.0 - DateTime::UNIX_EPOCH.date_naive()).num_days()
    }

    /// Calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// Month, from 1.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The month it is in, as `2026-10`.
    #[must_use]
    pub fn month_in_digits(self) -> String {
        format!("{:04}-{:02}", self.year(), self.month())
    }

    /// Quarter of the year, from 1.
    #[must_use]
    pub fn quarter(self) -> u32 {
        self.0.quarter()
    }

    /// The day before; the first day that can be represented stays where it is.
    #[must_use]
    pub fn day_before(self) -> Self {
        Self(self.0.pred_opt().unwrap_or(self.0))
    }

    /// The day after; the last day that can be represented stays where it is.
    #[must_use]
    pub fn day_after(self) -> Self {
        Self(self.0.succ_opt().unwrap_or(self.0))
    }

    /// This many weeks earlier; saturates at the first day that can be represented.
    #[must_use]
    pub fn weeks_before(self, weeks: u32) -> Self {
        let days = Days::new(u64::from(weeks) * 7);
        Self(self.0.checked_sub_days(days).unwrap_or(NaiveDate::MIN))
    }

    /// This many weeks later; saturates at the last day that can be represented.
    #[must_use]
    pub fn weeks_later(self, weeks: u32) -> Self {
        let days = Days::new(u64::from(weeks) * 7);
        Self(self.0.checked_add_days(days).unwrap_or(NaiveDate::MAX))
    }

    /// First day of this day's month.
    #[must_use]
    pub fn month_start(self) -> Self {
        Self(self.0.with_day(1).unwrap_or(self.0))
    }

    /// First day of this day's quarter.
    #[must_use]
    pub fn quarter_start(self) -> Self {
        let into_quarter = (self.month() - 1) % 3;
        self.month_start().months_later(-i32::try_from(into_quarter).unwrap_or(0))
    }

    /// The same day that many months later (earlier when negative), or the month's last day where it has none.
    #[must_use]
    pub fn months_later(self, months: i32) -> Self {
        let by = Months::new(months.unsigned_abs());
        let moved = if months < 0 { self.0.checked_sub_months(by) } else { self.0.checked_add_months(by) };
        Self(moved.unwrap_or(self.0))
    }

    /// Whole days from `earlier` to this day; negative when `earlier` is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_days()
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day()))
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not a day")))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[test]
    fn only_the_exact_form_is_a_date() {
        assert_eq!(Date::parse("2024-02-29"), Date::new(2024, 2, 29));
        for wrong in [
            "2026-1-5",
            " 2026-01-05",
            "+2026-01-05",
            "2026-02-29",
            "2026-13-01",
            "2026/01/05",
            "１２３４-01-01",
            "",
        ] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn seconds_since_1970_are_a_day_in_utc() {
        assert_eq!(Date::from_unix_seconds(1_567_762_279), Date::new(2019, 9, 6));
        assert_eq!(Date::from_unix_seconds(-1), Date::new(1969, 12, 31));
        // Milliseconds.
        assert_eq!(Date::from_unix_seconds(1_567_762_279_287), None);
        assert_eq!(Date::from_unix_seconds(i64::MIN), None);
    }

    #[test]
    fn a_quarter_begins_in_january_april_july_october() {
        assert_eq!(date("2026-11-21").quarter_start(), date("2026-10-01"));
        assert_eq!(date("2026-03-31").quarter_start(), date("2026-01-01"));
        assert_eq!(date("2026-01-31").months_later(1), date("2026-02-28"));
        assert_eq!(date("2026-01-01").day_before(), date("2025-12-31"));
        assert_eq!(date("2026-03-01").weeks_before(2), date("2026-02-15"));
    }
}
