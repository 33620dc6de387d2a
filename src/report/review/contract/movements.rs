//! What joined, moved and left.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::movement_words;
use super::ServiceRef;
use crate::eval::{self, MovementKind};
use crate::model::{self, Date};

/// How a service came, went, or became something else since the review before.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Movement {
    /// The service; if it left, as it was.
    pub service: ServiceRef,
    /// What happened.
    #[serde(with = "MovementWord")]
    pub kind: MovementKind,
    /// The first day on which it was so; `null` where nobody wrote it down.
    pub on: Option<Date>,
    /// Who it was at the review before; `null` if it didn't exist.
    pub before: Option<Identity>,
    /// Who it is; `null` if it retired.
    pub now: Option<Identity>,
    /// The reason given, if it retired.
    pub because: Option<String>,
    /// The same in words.
    pub remark: String,
}

/// What happened to a service.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(remote = "MovementKind", rename_all = "kebab-case")]
#[schemars(rename = "MovementKind")]
pub(super) enum MovementWord {
    /// It joined the estate.
    Joined,
    /// It was assessed for the first time, and its file doesn't say when it joined.
    FirstAssessed,
    /// It was there, but not among the services that are looked at.
    MovedIn,
    /// It was among them, in another domain or on another platform.
    Moved,
    /// It is there, but no longer among them.
    MovedOut,
    /// It retired.
    Retired,
    /// It is on the Golden Thread, and was not.
    JoinedGoldenThread,
    /// It is no longer on the Golden Thread.
    LeftGoldenThread,
}

/// Who a service is on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Identity {
    /// The domain in which it is reviewed.
    pub domain: String,
    /// The platform that owns it.
    pub platform: String,
    /// Who is responsible.
    pub owner: Option<String>,
    /// What an outage would cost.
    pub criticality: String,
    /// Whether customers can't browse and buy without it.
    pub golden_thread: bool,
}

impl From<&eval::Movement<'_>> for Movement {
    fn from(movement: &eval::Movement<'_>) -> Self {
        Self {
            service: movement.member.into(),
            kind: movement.kind,
            on: movement.on,
            before: movement.before.map(Into::into),
            now: movement.now.map(Into::into),
            because: movement.because.map(str::to_owned),
            remark: movement_words::movement(movement),
        }
    }
}

impl From<&model::Identity> for Identity {
    fn from(identity: &model::Identity) -> Self {
        Self {
            domain: identity.domain.to_string(),
            platform: identity.platform.to_string(),
            owner: identity.owner.clone(),
            criticality: identity.criticality.name().to_owned(),
            golden_thread: identity.golden_thread,
        }
    }
}
