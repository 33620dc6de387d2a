//! Days, months and quarters as people write them in tables → [`Date`]. What can be read in two ways is refused.

use crate::model::{Date, DateOrder};

/// Why a text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayProblem {
    NotADate,
    NoSuchDay,
    /// It depends on the order of day and month.
    Ambiguous,
    TwoDigitYear,
}

/// The day that a text names. A month or quarter means its last day, or today where it isn't over.
pub(super) fn parse(text: &str, order: Option<DateOrder>, today: Date) -> Result<Date, DayProblem> {
    let text = without_time(text.trim());
    if let Some(date) = Date::parse(text) {
        return Ok(date);
    }
    let words: Vec<_> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (named, numbers): (Vec<&str>, Vec<&str>) =
        words.iter().partition(|word| word.starts_with(|letter: char| !letter.is_ascii_digit()));
    let numbers: Option<Vec<Number>> = numbers.iter().map(|number| Number::parse(number)).collect();
    let numbers = numbers.ok_or(DayProblem::NotADate)?;
    let named: Vec<_> = named.into_iter().filter(|word| !is_weekday(word)).collect();
    match named.as_slice() {
        [] => of_numbers(&numbers, order, today),
        [name] => match (quarter(name), month(name)) {
            (Some(quarter), _) => of_quarter(quarter, &numbers, today),
            (None, Some(month)) => of_named_month(month, &numbers, today),
            (None, None) => Err(DayProblem::NotADate),
        },
        _ => Err(DayProblem::NotADate),
    }
}

/// Digits of a date.
#[derive(Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
}

impl Number {
    /// Reads `3`, `03` or `3rd`.
    fn parse(word: &str) -> Option<Self> {
        let end = word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len());
        let (digits, ending) = word.split_at(end);
        let is_ordinal = matches!(ending.to_ascii_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th");
        let value = digits.parse().ok().filter(|_| is_ordinal && digits.len() <= 4)?;
        Some(Self { value, digits: digits.len() })
    }

    fn year(self) -> Option<i32> {
        (self.digits == 4).then(|| i32::try_from(self.value).ok()).flatten()
    }
}

/// A date in front of a time of day.
fn without_time(text: &str) -> &str {
    if let Some((date, time)) = text.split_once(['T', ' '])
        && time.contains(':')
        && time.starts_with(|letter: char| letter.is_ascii_digit())
    {
        return date;
    }
    text
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.to_lowercase();
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&word))
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(&word))?;
    u32::try_from(at + 1).ok()
}

fn quarter(word: &str) -> Option<u32> {
    let number = word.strip_prefix(['q', 'Q'])?.parse().ok();
    number.filter(|number| (1..=4).contains(number))
}

fn of_quarter(quarter: u32, numbers: &[Number], today: Date) -> Result<Date, DayProblem> {
    match numbers {
        [year] => period(year.year().ok_or(DayProblem::TwoDigitYear)?, quarter * 3 - 2, 3, today),
        _ => Err(DayProblem::NotADate),
    }
}

fn of_named_month(month: u32, numbers: &[Number], today: Date) -> Result<Date, DayProblem> {
    match numbers {
        [only] => match only.year() {
            Some(year) => period(year, month, 1, today),
            // `Nov-26` is a month to some and a day to others.
            None => Err(DayProblem::TwoDigitYear),
        },
        [one, other] => match (one.year(), other.year()) {
            (Some(year), None) => day(year, month, other.value),
            (None, Some(year)) => day(year, month, one.value),
            (Some(_), Some(_)) => Err(DayProblem::NotADate),
            (None, None) => Err(DayProblem::TwoDigitYear),
        },
        _ => Err(DayProblem::NotADate),
    }
}

fn of_numbers(numbers: &[Number], order: Option<DateOrder>, today: Date) -> Result<Date, DayProblem> {
    match numbers {
        [one, other] => match (one.year(), other.year()) {
            (Some(year), None) => period(year, other.value, 1, today),
            (None, Some(year)) => period(year, one.value, 1, today),
            (Some(_), Some(_)) => Err(DayProblem::NotADate),
            (None, None) => Err(DayProblem::TwoDigitYear),
        },
        [one, two, three] => match (one.year(), three.year()) {
            (Some(year), None) => day(year, two.value, three.value),
            (None, Some(year)) => match order.or_else(|| order_of(one.value, two.value)) {
                Some(DateOrder::DayMonthYear) => day(year, two.value, one.value),
                Some(DateOrder::MonthDayYear) => day(year, one.value, two.value),
                None => Err(DayProblem::Ambiguous),
            },
            (Some(_), Some(_)) => Err(DayProblem::NotADate),
            (None, None) => Err(DayProblem::TwoDigitYear),
        },
        _ => Err(DayProblem::NotADate),
    }
}

/// The order of two numbers of which only one can be a month, or that are the same.
fn order_of(one: u32, other: u32) -> Option<DateOrder> {
    if one > 12 {
        Some(DateOrder::DayMonthYear)
    } else if other > 12 || one == other {
        Some(DateOrder::MonthDayYear)
    } else {
        None
    }
}

fn day(year: i32, month: u32, day: u32) -> Result<Date, DayProblem> {
    Date::new(year, month, day).ok_or(DayProblem::NoSuchDay)
}

/// The last day of some months, or today within them.
fn period(year: i32, month: u32, months: i32, today: Date) -> Result<Date, DayProblem> {
    let first = day(year, month, 1)?;
    let last = first.months_later(months).day_before();
    Ok(if first <= today { last.min(today) } else { last })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, DayProblem> {
        parse(text, None, Date::new(2026, 11, 20).expect("a day")).map(|date| date.to_string())
    }

    #[test]
    fn a_day_is_read_in_every_form_that_has_one_meaning() {
        for text in [
            "2026-11-03",
            "2026-11-03T00:00:00",
            "2026-11-03 09:30",
            "3 Nov 2026",
            "3rd November 2026",
            "Nov 3, 2026",
            "3-Nov-2026",
            "Tue 3 Nov 2026",
            "Tuesday, 3 November 2026",
            "2026/11/3",
            "2026.11.03",
            "3. Nov 2026",
        ] {
            assert_eq!(read(text).as_deref(), Ok("2026-11-03"), "{text}");
        }
        for text in ["25/03/2026", "03/25/2026", "25.3.2026"] {
            assert_eq!(read(text).as_deref(), Ok("2026-03-25"), "{text}");
        }
        assert_eq!(read("4/4/2026").as_deref(), Ok("2026-04-04"));
    }

    #[test]
    fn a_month_or_quarter_is_its_last_day_and_not_after_today() {
        for text in ["Oct 2026", "October 2026", "2026-10", "10/2026", "Oct-2026"] {
            assert_eq!(read(text).as_deref(), Ok("2026-10-31"), "{text}");
        }
        for text in ["Q3 2026", "2026-Q3", "Q3/2026", "2026 q3"] {
            assert_eq!(read(text).as_deref(), Ok("2026-09-30"), "{text}");
        }
        assert_eq!(read("Nov 2026").as_deref(), Ok("2026-11-20"));
        assert_eq!(read("Q4 2026").as_deref(), Ok("2026-11-20"));
        assert_eq!(read("Feb 2024").as_deref(), Ok("2024-02-29"));
        assert_eq!(read("Dec 2026").as_deref(), Ok("2026-12-31"));
    }

    #[test]
    fn what_has_two_meanings_or_none_is_refused() {
        for text in ["03/04/2026", "3.4.2026", "3-4-2026", "12/11/2026"] {
            assert_eq!(read(text), Err(DayProblem::Ambiguous), "{text}");
        }
        for text in ["Nov-26", "26 Nov 03", "03/04/26", "Q4 26", "11/26"] {
            assert_eq!(read(text), Err(DayProblem::TwoDigitYear), "{text}");
        }
        for text in [
            "",
            "2026",
            "Scores",
            "logging",
            "24/7",
            "3 of 4",
            "November",
            "Q5 2026",
            "Marketing 2026",
            "1.2.3.2026",
        ] {
            assert!(matches!(read(text), Err(DayProblem::NotADate | DayProblem::TwoDigitYear)), "{text}");
        }
        for text in ["31 Feb 2026", "2026-02-30", "32/01/2026", "2026-13"] {
            assert_eq!(read(text), Err(DayProblem::NoSuchDay), "{text}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_decides_where_it_is_given() {
        let today = Date::new(2026, 11, 20).expect("a day");
        let read = |order| parse("03/04/2026", Some(order), today).ok();
        assert_eq!(read(DateOrder::DayMonthYear), Date::new(2026, 4, 3));
        assert_eq!(read(DateOrder::MonthDayYear), Date::new(2026, 3, 4));
        assert_eq!(parse("03/25/2026", Some(DateOrder::DayMonthYear), today), Err(DayProblem::NoSuchDay));
    }
}
