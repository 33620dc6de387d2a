//! The verdict for a terminal or a build's log.

use std::io::{self, Write};

use anstyle::Style;

use super::{FindingText, GateReport};
use crate::diag::render::Fact;
use crate::eval::FindingOutcome;
use crate::model::Colour;
use crate::report::glyph::{self, styled};
use crate::report::layout::MIN_WIDTH;
use crate::text::{sanitize, wrap};

pub(super) fn render(report: &GateReport<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    for entry in &report.entries {
        render_entry(entry, width, out)?;
        writeln!(out)?;
    }
    for good in &report.resolved {
        let word = styled(glyph::colour_style(Colour::Green), "resolved");
        let line = format!("{word}: {}", sanitize(&good.full_title()));
        writeln!(out, "{}", wrap(&line, width, "  "))?;
    }
    if !report.resolved.is_empty() {
        writeln!(out)?;
    }
    for note in report.notes.iter().cloned().chain(report.standing()) {
        writeln!(out, "{}", wrap(&format!("note: {}", sanitize(&note)), width, "  "))?;
    }
    let text = styled(glyph::colour_style(report.result().colour()), &report.summary());
    writeln!(out, "{}", wrap(&format!("{text} ({})", sanitize(&report.looked_at())), width, "  "))
}

fn render_entry(entry: &FindingText<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let word = styled(style(entry.outcome), &entry.issue.word_and_rule());
    let line = format!("{word}: {}", sanitize(&entry.issue.full_title()));
    writeln!(out, "{}", wrap(&line, width, "  "))?;
    if let Some(place) = &entry.issue.place {
        writeln!(out, "  --> {}", sanitize(&place.path_and_position()))?;
    }
    for Fact { label, text, .. } in &entry.issue.facts {
        let indent = " ".repeat(18);
        writeln!(out, "{}", wrap(&format!("  {label:<15} {}", sanitize(text)), width, &indent))?;
    }
    Ok(())
}

fn style(outcome: FindingOutcome) -> Style {
    match outcome {
        FindingOutcome::Denied => glyph::colour_style(Colour::Red),
        FindingOutcome::Warned => glyph::colour_style(Colour::Amber),
        FindingOutcome::Waived | FindingOutcome::Standing => glyph::HEADING,
    }
}
