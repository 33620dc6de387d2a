//! The effect of scoring a service: which colours change, the counts before and after, and whether the gate would fail.

use std::io::{self, Write};

use super::gate::denied;
use super::glyph::{self, styled};
use super::layout::MIN_WIDTH;
use crate::eval::{Change, ColourChange, Counts, GateVerdict, RollUp, Standing, Status, WhatIf};
use crate::model::{Colour, Date};
use crate::text::{plural, sanitize, wrap};

/// What a verdict is compared with.
#[derive(Clone, Copy, Debug)]
pub enum ComparedWith<'a> {
    /// The service before its last assessment.
    LastAssessment,
    /// The same, since a branch can't be read.
    Unreadable {
        branch: &'a str,
        /// Why not.
        reason: &'a str,
    },
    /// The estate at the merge base with this branch.
    Branch(&'a str),
}

/// Renders the effect of a change. `date` is the day of the assessment; `verdict` is the gate's about the
/// service after the change.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    what_if: &WhatIf<'_>,
    (verdict, compared): (&GateVerdict<'_>, ComparedWith<'_>),
    date: Date,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    let service = what_if.after.service;
    let star = if what_if.after.identity.golden_thread { glyph::GOLDEN_THREAD_MARK } else { "" };
    let title = format!("{} ({})", sanitize(&service.title), service.id);
    let head = format!("{star}{} on {date} · {}", styled(glyph::HEADING, &title), what_if.after.rubric.key());
    writeln!(out, "{}", wrap(&head, width, "  "))?;
    let turned: Vec<_> = what_if.turned().collect();
    let widest = turned.iter().map(|turned| turned.category.id.as_str().len()).max().unwrap_or(0);
    for turned in &turned {
        let indent = " ".repeat(widest + 4);
        writeln!(out, "{}", wrap(&turn_line(turned, widest), width, &indent))?;
    }
    let again = what_if.looked_at_again();
    if again > 0 {
        writeln!(out, "  looked at again: {}", plural(again, "category", "categories"))?;
    }
    if turned.is_empty() && again == 0 {
        writeln!(out, "  no colour changes")?;
    }
    writeln!(out, "{}", wrap(&counts_line(what_if), width, "  "))?;
    gate_lines(verdict, compared, width, out)
}

/// `  load-testing  A amber → R red  They gave up`
fn turn_line(turned: &ColourChange<'_>, widest: usize) -> String {
    let ColourChange { category, before, after, change } = turned;
    let because = after.because().map(|because| format!("  {}", sanitize(because))).unwrap_or_default();
    let mark = match change {
        Change::Dropped => "  dropped",
        Change::Slipped => "  slipped",
        Change::Improved | Change::FirstRated | Change::NoLongerRated | Change::Unchanged => "",
    };
    let id = category.id.as_str();
    format!("  {id:widest$}  {} → {}{mark}{because}", standing(before), standing(after))
}

/// `A amber`, `↥G green from api-gateway`
fn standing(standing: &Standing<'_>) -> String {
    let words = match standing.status {
        Status::NeedsRescore(colour) => format!("needs a re-score, was {colour}"),
        Status::Rated(_) | Status::NotApplicable | Status::NotAssessed => {
            glyph::status_word(standing.status).to_owned()
        }
    };
    let inherited = if standing.provider.is_some() { glyph::INHERITED } else { "" };
    let sign = match standing.status {
        // Its sign is its name.
        Status::NotApplicable => String::new(),
        Status::Rated(_) | Status::NotAssessed | Status::NeedsRescore(_) => {
            format!("{inherited}{} ", glyph::status(standing.status))
        }
    };
    let from = standing.provider.map(|provider| format!(" from {provider}")).unwrap_or_default();
    styled(glyph::status_style(standing.status), &format!("{sign}{words}{from}"))
}

/// `A → G: 18 of 22 green, 3 amber, 1 red → 19 of 22 green, 2 amber, 1 red`
fn counts_line(what_if: &WhatIf<'_>) -> String {
    let sign = |colour: RollUp| styled(glyph::roll_up_style(colour), glyph::roll_up(colour));
    let (before, after): (Counts, Counts) = (what_if.before.counts(), what_if.after.counts());
    let after_in_words = format!("{} {}", sign(what_if.after.colour()), glyph::counts(&after));
    if before == after {
        return format!("{after_in_words}, as before");
    }
    format!("{} {} → {after_in_words}", sign(what_if.before.colour()), glyph::counts(&before))
}

fn gate_lines(
    verdict: &GateVerdict<'_>,
    compared: ComparedWith<'_>,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let basis = match compared {
        ComparedWith::LastAssessment | ComparedWith::Unreadable { .. } => {
            "since the last assessment".to_owned()
        }
        ComparedWith::Branch(branch) => format!("compared with {branch}"),
    };
    let denied = denied(verdict);
    let line = if denied.is_empty() {
        format!("The gate passes {basis}.")
    } else {
        let head = styled(glyph::colour_style(Colour::Red), &format!("The gate fails {basis}:"));
        format!("{head} {}", sanitize(&denied.join("; ")))
    };
    writeln!(out, "{}", wrap(&line, width, "  "))?;
    if let ComparedWith::Unreadable { branch, reason } = compared {
        let line = format!("Not compared with {branch}: {}.", sanitize(reason));
        writeln!(out, "{}", wrap(&line, width, "  "))?;
    }
    Ok(())
}
