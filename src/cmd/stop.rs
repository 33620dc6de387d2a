//! Why a command ends without its result.

use std::io;

use super::Outcome;
use crate::load::GitError;

/// The result of a command, or of a step of one.
pub(crate) type Result<T = Outcome> = std::result::Result<T, Stop>;

/// Why a command ends without its result.
#[derive(Debug)]
pub enum Stop {
    /// Expected, and explained to the user.
    Refused(Refusal),
    /// The tool couldn't do its work.
    Failed(anyhow::Error),
}

/// An expected refusal: it knows the command's outcome, and with it the exit code.
#[derive(Debug)]
pub struct Refusal {
    pub outcome: Outcome,
    /// Finishes the sentence "error: …".
    pub reason: String,
    /// Whether the user has read about it.
    pub shown: Shown,
}

/// Whether the user has read why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Diagnostics have shown it.
    Already,
    /// Not yet: the reason is printed where the command ends.
    NotYet,
}

impl Stop {
    /// The user asked for something that doesn't exist or makes no sense.
    pub(crate) fn usage(reason: impl Into<String>) -> Self {
        Self::Refused(Refusal { outcome: Outcome::WrongUsage, reason: reason.into(), shown: Shown::NotYet })
    }

    /// Input is wrong or missing.
    pub(crate) fn invalid(reason: impl Into<String>) -> Self {
        Self::Refused(Refusal { outcome: Outcome::InvalidInput, reason: reason.into(), shown: Shown::NotYet })
    }

    /// Printed diagnostics have shown what is wrong; `reason` is for programs.
    pub(crate) fn shown(outcome: Outcome, reason: impl Into<String>) -> Self {
        Self::Refused(Refusal { outcome, reason: reason.into(), shown: Shown::Already })
    }
}

/// What can't be compared is invalid input.
impl From<GitError> for Stop {
    fn from(error: GitError) -> Self {
        Self::invalid(error.to_string())
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.into())
    }
}
