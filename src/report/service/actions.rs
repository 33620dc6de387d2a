//! A service's actions with their numbers, and its waivers: what the commands show that write them.

use std::io::{self, Write};

use super::commitment::{Named, action_line, waiver_line};
use super::{ActionPart, waivers};
use crate::eval::{Promise, action_status, rubrics_in_force};
use crate::model::{Action, Date, Estate, Service};
use crate::report::layout::MIN_WIDTH;
use crate::text::wrap;

/// Which of a service's actions are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actions {
    /// Those that are still to be done.
    Open,
    All,
    /// The one at a place in the file, counted from 0.
    At(usize),
}

/// Lists actions with their numbers, which are their places in the file, counted from 1.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_actions(
    estate: &Estate,
    service: &Service,
    which: Actions,
    today: Date,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rubrics = rubrics_in_force(estate, service, today);
    let is_meant = |(at, action): &(usize, &Action)| match which {
        Actions::Open => action_status(action, today).is_open(),
        Actions::All => true,
        Actions::At(place) => *at == place,
    };
    let actions: Vec<_> = service.actions.iter().enumerate().filter(is_meant).collect();
    let widest = actions.iter().map(|(at, _)| (at + 1).to_string().len()).max().unwrap_or(0);
    for (at, action) in &actions {
        let part = ActionPart {
            promise: Promise { action, status: action_status(action, today) },
            category: action.category.as_ref().map(|id| Named::of(id, &rubrics, &estate.rubrics)),
        };
        let done = action.done.map(|done| format!("done {done}, ")).unwrap_or_default();
        let line = format!("{:>widest$}  {done}{}", at + 1, action_line(&part));
        writeln!(out, "{}", wrap(&line, width.max(MIN_WIDTH), &" ".repeat(widest + 2)))?;
    }
    if actions.is_empty() {
        let what = match (which, service.actions.len()) {
            (Actions::Open, 1..) => "no open action; `--all` lists those that are done",
            (Actions::Open | Actions::All | Actions::At(_), _) => "no action",
        };
        writeln!(out, "{} has {what}.", service.id)?;
    }
    Ok(())
}

/// Lists the waivers that have not ended.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_waivers(
    estate: &Estate,
    service: &Service,
    today: Date,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rubrics = rubrics_in_force(estate, service, today);
    for part in waivers(estate, service, &rubrics, today) {
        writeln!(out, "{}", wrap(&waiver_line(&part), width.max(MIN_WIDTH), "  "))?;
    }
    Ok(())
}
