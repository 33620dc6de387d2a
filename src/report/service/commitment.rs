//! Actions and waivers, in words.

use std::sync::Arc;

use super::{ActionPart, WaiverPart};
use crate::eval::{ActionStatus, Promise};
use crate::model::{ByNow, CategoryName, Rubric, Rubrics};
use crate::text::sanitize;

/// A category as a file names it, and what it is in the rubric that is shown.
pub(super) struct Named<'e> {
    name: &'e CategoryName,
    by_now: ByNow<'e>,
}

impl<'e> Named<'e> {
    /// The category in the first of the rubrics that are shown that knows it.
    pub fn of(name: &'e CategoryName, shown: &[&'e Arc<Rubric>], rubrics: &'e Rubrics) -> Self {
        let mut known = shown.iter().filter(|rubric| name.is_of(&rubric.id));
        let mut known = known.by_ref().map(|rubric| rubrics.by_now(rubric, &name.id));
        let by_now = known.find(|by_now| *by_now != ByNow::Unrelated).unwrap_or(ByNow::Unrelated);
        Self { name, by_now }
    }

    /// "auto-scaling, now scaling and startup-time, to green", where " to green" is what follows.
    fn followed_by(&self, rest: &str) -> String {
        let id = self.name;
        let remark = match &self.by_now {
            ByNow::Same | ByNow::Unrelated => return format!("{id}{rest}"),
            ByNow::Others(others) => {
                let others: Vec<_> = others.iter().map(ToString::to_string).collect();
                format!("now {}", others.join(" and "))
            }
            ByNow::NoLonger => "no longer asked".to_owned(),
        };
        if rest.is_empty() { format!("{id}, {remark}") } else { format!("{id}, {remark},{rest}") }
    }
}

/// "due 2026-12-15: Retire the noisy alerts (alerting to green) – sam, needs platform-engineering"
pub(super) fn action_line(part: &ActionPart<'_>) -> String {
    let ActionPart { promise, category } = part;
    let (action, due) = (promise.action, due(promise));
    let mut text = format!("{due}: {}", sanitize(&action.what));
    let target = action.target.map(|target| format!(" to {target}")).unwrap_or_default();
    text.extend(category.as_ref().map(|category| format!(" ({})", category.followed_by(&target))));
    match &action.owner {
        Some(owner) => text.push_str(&format!(" – {}", sanitize(owner))),
        None => text.push_str(" – nobody's yet"),
    }
    text.extend(action.support.as_ref().map(|support| format!(", needs {}", sanitize(support))));
    text
}

/// "due 2026-12-15", "overdue since 2026-12-15", "no date"
pub(super) fn due(promise: &Promise<'_>) -> String {
    match (promise.action.due, promise.status) {
        (Some(due), ActionStatus::Overdue) => format!("overdue since {due}"),
        (Some(due), ActionStatus::Open | ActionStatus::Kept | ActionStatus::Slipped) => format!("due {due}"),
        (None, _) => "no date".to_owned(),
    }
}

/// "graceful-degradation until 2027-01-31: … – approved by …; evidence: …", or why it doesn't count
pub(super) fn waiver_line(part: &WaiverPart<'_>) -> String {
    let WaiverPart { waiver, category, state: _, objection } = part;
    let until = format!(" until {}", waiver.until);
    let because = sanitize(&waiver.because);
    let state = match objection {
        None => format!("approved by {}", waiver.approvers()),
        Some(objection) => format!("does not count: {objection}"),
    };
    let evidence = waiver.evidence_text().map(|text| format!("; evidence: {text}")).unwrap_or_default();
    format!("{}: {because} – {}{}", category.followed_by(&until), sanitize(&state), sanitize(&evidence))
}
