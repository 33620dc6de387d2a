//! How an action stands.

use clap::ValueEnum;

use crate::model::{Action, Date, Service};

/// How an action stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ActionStatus {
    /// Not done, and not due yet.
    Open,
    /// Not done, and the day has passed.
    Overdue,
    /// Done in time.
    Kept,
    /// Done, but late.
    Slipped,
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

    /// The word used in output for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Slipped => "slipped",
            Self::Open => "open",
            Self::Overdue => "overdue",
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

/// An action that is still to be done.
#[derive(Clone, Copy, Debug)]
pub struct Promise<'e> {
    pub action: &'e Action,
    /// Open or overdue.
    pub status: ActionStatus,
}

/// What a service has promised and not done by a day: what is due first before all else, then what has no date.
#[must_use]
pub fn promises(service: &Service, today: Date) -> Vec<Promise<'_>> {
    let raised = service.actions.iter().filter(|action| action.raised <= today);
    let promises = raised.map(|action| Promise { action, status: action_status(action, today) });
    let mut open: Vec<_> = promises.filter(|promise| promise.status.is_open()).collect();
    open.sort_by_key(|Promise { action, .. }| (action.due.is_none(), action.due, action.raised));
    open
}
