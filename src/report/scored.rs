//! The services that a table gave new scores.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::layout::MIN_WIDTH;
use crate::model::{Confirmation, Scoring, ServiceId};
use crate::text::{plural, wrap};

/// Whether files were changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoredMode {
    Written,
    DryRun,
}

/// Lists services with their new scores by day, and says how many scores were said already.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    services: &[(&ServiceId, &[Scoring])],
    repeated: usize,
    mode: ScoredMode,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    let (mut scores, mut days) = (0, BTreeSet::new());
    for (id, scorings) in services {
        let own: usize = scorings.iter().map(|scoring| scoring.scores.len()).sum();
        scores += own;
        days.extend(scorings.iter().map(|scoring| scoring.date));
        let line =
            format!("{id}: {}{} {}", plural(own, "score", "scores"), confirmed(scorings), when(scorings));
        writeln!(out, "{}", wrap(&line, width, "  "))?;
    }
    let already = match repeated {
        0 => String::new(),
        1 => "1 score is there already. ".to_owned(),
        count => format!("{count} scores are there already. "),
    };
    if services.is_empty() {
        return writeln!(out, "Nothing is new. {already}No file was changed.");
    }
    let total = format!(
        "{} of {} on {} {}. {already}",
        plural(scores, "score", "scores"),
        plural(services.len(), "service", "services"),
        plural(days.len(), "day", "days"),
        match mode {
            ScoredMode::Written => "written",
            ScoredMode::DryRun => "to be written",
        },
    );
    writeln!(out, "{}", wrap(total.trim_end(), width, ""))?;
    match mode {
        ScoredMode::DryRun => writeln!(out, "No file was changed."),
        ScoredMode::Written => Ok(()),
    }
}

/// "on 2026-11-03", or the days from which to which.
fn when(scorings: &[Scoring]) -> String {
    match scorings {
        [] => String::new(),
        [only] => format!("on {}", only.date),
        [first, .., last] => {
            format!("on {} from {} to {}", plural(scorings.len(), "day", "days"), first.date, last.date)
        }
    }
}

/// How many categories are confirmed besides.
fn confirmed(scorings: &[Scoring]) -> String {
    let count = |scoring: &Scoring| match &scoring.confirmation {
        Confirmation::All => 0,
        Confirmation::These(categories) => categories.len(),
    };
    match scorings.iter().map(count).sum::<usize>() {
        0 => String::new(),
        count => format!(" and {}", plural(count, "confirmation", "confirmations")),
    }
}
