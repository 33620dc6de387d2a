//! Who a service is: made up, and as it is read.

use fundamentals::model::{Date, Identity};

use super::choices::Choices;
use super::facts::{maybe, names, text};
use crate::support::day;

/// What changes of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    pub platform: String,
    pub owner: Option<String>,
    pub golden_thread: bool,
    pub tags: Vec<String>,
    pub retired: Option<(Date, Option<String>)>,
}

impl Who {
    pub fn of(identity: &Identity) -> Self {
        Self {
            platform: identity.platform.to_string(),
            owner: identity.owner.clone(),
            golden_thread: identity.golden_thread,
            tags: identity.tags.clone(),
            retired: identity.retired.as_ref().map(|retired| (retired.on, retired.because.clone())),
        }
    }
}

pub fn who(choices: &mut Choices) -> Who {
    Who {
        platform: choices.one_of(&["team", "other-team", "no", "12", "2026-01-01"]).to_owned(),
        owner: maybe(choices, text),
        golden_thread: choices.once_in(4),
        tags: names(choices),
        retired: None,
    }
}

/// The end of a service, after all days on which files judge.
pub fn retired(choices: &mut Choices) -> (Date, Option<String>) {
    (day(choices.one_of(&["2026-02-01", "2026-05-01", "2026-09-01"])), maybe(choices, text))
}
