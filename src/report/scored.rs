//! The services that a table gave new scores.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::iter::Sum;

use super::layout::MIN_WIDTH;
use crate::model::{Confirmation, Scoring, ServiceId};
use crate::text::{plural, wrap};

/// Whether files were changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoredMode {
    Written,
    DryRun,
}

/// How scores compare with what files said before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScoredCounts {
    /// Scores that were said already.
    pub repeated: usize,
    /// Scores that take the place of others of their day.
    pub replacing: usize,
}

impl Sum for ScoredCounts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, more| Self {
            repeated: sum.repeated + more.repeated,
            replacing: sum.replacing + more.replacing,
        })
    }
}

/// Lists services with their new scores by day, and says how many scores were said already or replace others.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    services: &[(&ServiceId, &[Scoring])],
    counts: ScoredCounts,
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
    let replacing = match counts.replacing {
        0 => String::new(),
        1 => "1 score replaces another of its day. ".to_owned(),
        count => format!("{count} scores replace others of their day. "),
    };
    let already = match counts.repeated {
        0 => String::new(),
        1 => "1 score is there already. ".to_owned(),
        count => format!("{count} scores are there already. "),
    };
    if services.is_empty() {
        return writeln!(out, "Nothing is new. {already}No file was changed.");
    }
    let total = format!(
        "{} of {} on {} {}. {replacing}{already}",
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
