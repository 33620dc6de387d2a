//! The order of day and month in a date of digits.

/// Which of the numbers in `03/04/2026` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    DayMonthYear,
    MonthDayYear,
}

impl DateOrder {
    pub const ALL: [Self; 2] = [Self::DayMonthYear, Self::MonthDayYear];
    pub const WORDS: [&str; 2] = ["day-month-year", "month-day-year"];

    /// The word for it in a map and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::DayMonthYear => Self::WORDS[0],
            Self::MonthDayYear => Self::WORDS[1],
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.word() == word)
    }
}
