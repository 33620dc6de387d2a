//! How an action stands.

use crate::model::{Action, Date};

/// How an action stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionStatus {
    /// Done by the day it was due, or due on no day.
    Kept,
    /// Done, but later than promised.
    Slipped,
    /// Not done, and not due yet.
    Open,
    /// Not done, and the day has passed.
    Overdue,
}

impl ActionStatus {
    /// Whether it is still to be done.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Open | Self::Overdue => true,
            Self::Kept | Self::Slipped => false,
        }
    }
}

/// How an action stands on a day. What was done after that day is not done yet.
#[must_use]
pub fn action_status(action: &Action, as_of: Date) -> ActionStatus {
    let done = action.done.filter(|done| *done <= as_of);
    let late = |day: Date| action.due.is_some_and(|due| day > due);
    match done {
        Some(done) if late(done) => ActionStatus::Slipped,
        Some(_) => ActionStatus::Kept,
        None if late(as_of) => ActionStatus::Overdue,
        None => ActionStatus::Open,
    }
}
