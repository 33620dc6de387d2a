//! The verdict for a terminal or a build's log.

use std::io::{self, Write};

use anstyle::Style;

use super::{Entry, GateReport, outcome_word};
use crate::diag::harmless;
use crate::model::{Colour, Service};
use crate::report::glyph::{self, styled};
use crate::report::layout::{self, MIN_WIDTH};
use crate::score::Outcome;

pub(super) fn render(report: &GateReport<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    for entry in &report.entries {
        render_entry(entry, width, out)?;
        writeln!(out)?;
    }
    for (resolved, title) in &report.resolved {
        let word = styled(glyph::colour_style(Colour::Green), "resolved");
        let line = format!("{word}: {}{}", service_name(resolved.service), harmless(title));
        writeln!(out, "{}", layout::wrap(&line, width, "  "))?;
    }
    if !report.resolved.is_empty() {
        writeln!(out)?;
    }
    for note in &report.notes {
        writeln!(out, "{}", layout::wrap(&format!("note: {}", harmless(note)), width, "  "))?;
    }
    let (summary, text) = report.summary();
    let text = styled(glyph::colour_style(summary.colour()), &text);
    writeln!(out, "{}", layout::wrap(&format!("{text} ({})", harmless(&report.looked_at())), width, "  "))
}

fn render_entry(entry: &Entry<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let word = format!("{}[{}]", outcome_word(entry.outcome), entry.finding.rule.name());
    let service = entry.finding.service.map(service_name).unwrap_or_default();
    let line = format!("{}: {service}{}", styled(style(entry.outcome), &word), harmless(&entry.title));
    writeln!(out, "{}", layout::wrap(&line, width, "  "))?;
    if let Some(place) = &entry.place {
        let path = harmless(&place.path);
        match place.position {
            Some(position) => writeln!(out, "  --> {path}:{}:{}", position.line, position.column)?,
            None => writeln!(out, "  --> {path}")?,
        }
    }
    for (label, text) in &entry.facts {
        let indent = " ".repeat(18);
        writeln!(out, "{}", layout::wrap(&format!("  {label:<15} {}", harmless(text)), width, &indent))?;
    }
    Ok(())
}

/// `★ Bag API (bag-api): `
fn service_name(service: &Service) -> String {
    let star = if service.golden_thread { glyph::GOLDEN_THREAD_MARK } else { "" };
    format!("{star}{} ({}): ", harmless(&service.title), service.id)
}

fn style(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Denied => glyph::colour_style(Colour::Red),
        Outcome::Warned => glyph::colour_style(Colour::Amber),
        Outcome::Waived => glyph::HEADING,
    }
}
