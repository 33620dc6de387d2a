//! Commitments: kept, slipped, open, overdue.

use fundamentals::eval::{ActionStatus, action_status};

use crate::support::{day, one};

fn status(dates: &str, on: &str) -> ActionStatus {
    let estate = one(&format!("actions: [{{ what: x, raised: 2026-01-10, {dates} }}]"), "2026-12-31");
    action_status(&estate.services()[0].actions[0], day(on))
}

#[test]
fn an_action_done_by_the_day_it_was_due_is_kept_and_later_has_slipped() {
    assert_eq!(status("due: 2026-02-10, done: 2026-02-10", "2026-03-01"), ActionStatus::Kept);
    assert_eq!(status("due: 2026-02-10, done: 2026-02-11", "2026-03-01"), ActionStatus::Slipped);
    assert_eq!(status("done: 2026-02-11", "2026-03-01"), ActionStatus::Kept, "due on no day");
}

#[test]
fn an_action_that_is_not_done_is_open_until_the_day_after_it_was_due() {
    assert_eq!(status("due: 2026-02-10", "2026-02-10"), ActionStatus::Open);
    assert_eq!(status("due: 2026-02-10", "2026-02-11"), ActionStatus::Overdue);
    assert_eq!(status("owner: x", "2026-12-01"), ActionStatus::Open);
}

#[test]
fn what_was_done_later_was_not_done_yet() {
    assert_eq!(status("due: 2026-02-10, done: 2026-03-10", "2026-03-01"), ActionStatus::Overdue);
    assert_eq!(status("due: 2026-04-10, done: 2026-03-10", "2026-03-01"), ActionStatus::Open);
}
