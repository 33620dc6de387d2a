//! What the gate's verdict on a scoring is compared with: the default branch where one is known and can be read, else
//! each service's last assessment. Never fails because git does.

use crate::cmd::open::open_base;
use crate::cmd::stop::Stop;
use crate::eval::Base;
use crate::load::{EstateDir, Loaded};
use crate::model::Clock;
use crate::report::scoring::ComparedWith;

/// What is compared with.
pub(super) enum Baseline {
    /// The last assessment; no default branch is known.
    LastAssessment,
    /// The last assessment, since this branch can't be read, for this reason.
    Unreadable(&'static str, String),
    /// The estate at the merge base with this branch.
    Branch(&'static str, Box<Loaded>),
}

impl Baseline {
    /// Finds it for the estate around a place.
    pub fn find(estate: &EstateDir, clock: Clock) -> Self {
        let Some(branch) = estate.default_branch() else { return Self::LastAssessment };
        match open_base(&format!("refs/remotes/{branch}"), estate, clock) {
            Ok(base) => Self::Branch(branch, Box::new(base.loaded)),
            Err(Stop::Refused(refusal)) => Self::Unreadable(branch, refusal.reason),
            Err(Stop::Failed(error)) => Self::Unreadable(branch, format!("{error:#}")),
        }
    }

    /// For the gate.
    pub fn base(&self) -> Base<'_> {
        match self {
            Self::LastAssessment | Self::Unreadable(..) => Base::LatestAssessment,
            Self::Branch(_, loaded) => Base::Estate(&loaded.estate),
        }
    }

    /// For the reader.
    pub fn compared(&self) -> ComparedWith<'_> {
        match self {
            Self::LastAssessment => ComparedWith::LastAssessment,
            Self::Unreadable(branch, reason) => ComparedWith::Unreadable { branch, reason },
            Self::Branch(branch, _) => ComparedWith::Branch(branch),
        }
    }
}
