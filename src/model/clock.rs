//! What day it is.

use super::Date;

/// What day it is here, and where it is latest: entries of a day that has begun anywhere count from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub today: Date,
    /// The latest day that has begun anywhere on earth.
    pub latest_day: Date,
}

impl Clock {
    /// Whether a day has not begun here, and has begun elsewhere.
    #[must_use]
    pub fn has_begun_elsewhere(self, day: Date) -> bool {
        self.today < day && day <= self.latest_day
    }

    /// The day from which an entry of a day counts.
    #[must_use]
    pub fn counts_from(self, day: Date) -> Date {
        if self.has_begun_elsewhere(day) { self.today } else { day }
    }
}

/// It is the same day everywhere.
impl From<Date> for Clock {
    fn from(today: Date) -> Self {
        Self { today, latest_day: today }
    }
}
