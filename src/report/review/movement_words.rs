//! What a pack says of services that joined, moved or left.

use crate::eval::{Movement, MovementKind};
use crate::model::Identity;

/// The heading of what joined, moved and left.
pub(super) const MOVEMENTS: &str = "Services that joined, moved or left";

/// What happened to a service: "moved out to engagement/promotions on 2026-11-05".
pub(super) fn movement(movement: &Movement<'_>) -> String {
    let on = movement.on.map(|day| format!(" on {day}")).unwrap_or_default();
    let since = movement.on.map(|day| format!(" since {day}")).unwrap_or_default();
    let place = |of: Option<&Identity>| {
        let (before, now) = (movement.before.zip(movement.now), of);
        let is_within = before.is_some_and(|(before, now)| before.domain == now.domain);
        now.map(
            |it| if is_within { it.platform.to_string() } else { format!("{}/{}", it.domain, it.platform) },
        )
        .unwrap_or_default()
    };
    let (from, to) = (place(movement.before), place(movement.now));
    match movement.kind {
        MovementKind::Joined => format!("joined{on}"),
        MovementKind::FirstAssessed => format!("first assessed{on}; its file doesn't say when it joined"),
        MovementKind::MovedIn if from == to => format!("chosen by the filters{since}, as it was not before"),
        MovementKind::MovedIn => format!("moved in from {from}{on}"),
        MovementKind::Moved => format!("moved from {from} to {to}{on}"),
        MovementKind::MovedOut if from == to => format!("no longer chosen by the filters{since}"),
        MovementKind::MovedOut => format!("moved out to {to}{on}"),
        MovementKind::Retired => {
            let because = movement.because.map(|because| format!(": {because}")).unwrap_or_default();
            format!("retired{on}{because}")
        }
        MovementKind::JoinedGoldenThread => format!("on the Golden Thread{since}"),
        MovementKind::LeftGoldenThread => format!("no longer on the Golden Thread{since}"),
    }
}
