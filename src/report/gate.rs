//! What the gate says: each drop, and what to do about it.

use std::io::{self, Write};

use super::glyph::{self, styled};
use super::layout::{self, MIN_WIDTH};
use crate::diag::harmless;
use crate::model::{Colour, Date};
use crate::score::{Finding, GateVerdict, Outcome};
use crate::source::Sources;

/// Whether the gate could look at everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// It could.
    Full,
    /// Some files have errors, so that nobody knows what is in them.
    Partial,
}

/// Writes the verdict for a terminal or a build's log.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    verdict: &GateVerdict<'_>,
    coverage: Coverage,
    sources: &Sources,
    today: Date,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    for finding in &verdict.findings {
        render_finding(finding, sources, width, out)?;
        writeln!(out)?;
    }
    writeln!(out, "{}", layout::wrap(&summary(verdict, coverage, today), width, "  "))
}

fn render_finding(
    finding: &Finding<'_>,
    sources: &Sources,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (word, style) = match finding.outcome() {
        Outcome::Denied => ("denied", glyph::colour_style(Colour::Red)),
        Outcome::Warned => ("warning", glyph::colour_style(Colour::Amber)),
        Outcome::Waived => ("waived", glyph::HEADING),
    };
    let service = finding.service;
    let star = if service.golden_thread { glyph::GOLDEN_THREAD_MARK } else { "" };
    let what = format!(
        "{star}{} ({}): {} dropped from {} to red",
        harmless(&service.title),
        service.id,
        harmless(&finding.category.title),
        finding.from
    );
    writeln!(out, "{}", layout::wrap(&format!("{}: {what}", styled(style, word)), width, "  "))?;
    let span = finding.now.judged.map_or(service.span, |judged| judged.judgement.span);
    let position = sources.position(span);
    writeln!(
        out,
        "  --> {}:{}:{}",
        harmless(sources.file(span.file).path()),
        position.line,
        position.column
    )?;
    for (label, text) in facts(finding) {
        let indent = " ".repeat(18);
        writeln!(out, "{}", layout::wrap(&format!("  {label:<15} {}", harmless(&text)), width, &indent))?;
    }
    Ok(())
}

fn facts(finding: &Finding<'_>) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(judged) = finding.now.judged {
        facts.push(("red since", format!("{}; {} as of {}", judged.since, finding.from, finding.base)));
    }
    facts.extend(finding.now.because().map(|because| ("red because", because.to_owned())));
    let from_label = match finding.from {
        Colour::Amber => "amber because",
        Colour::Green | Colour::Red => "green because",
    };
    facts.extend(finding.from_because.map(|because| (from_label, because.to_owned())));
    facts.extend(finding.now.provider.map(|provider| ("inherited from", provider.to_string())));
    if let Some((colour, definition)) = finding.category.next_step(Colour::Red) {
        let label = match colour {
            Colour::Amber => "back to amber",
            Colour::Green | Colour::Red => "back to green",
        };
        facts.extend(definition.statements.iter().map(|statement| (label, statement.clone())));
    }
    facts.extend(
        finding.category.guidance.iter().map(|link| ("guidance", format!("{}: {}", link.title, link.href))),
    );
    match finding.waiver {
        Some(waiver) => facts.push((
            "waiver",
            format!("until {}, approved by {}: {}", waiver.until, waiver.approved_by, waiver.because),
        )),
        None => facts.push(("what to do", advice(finding))),
    }
    facts
}

fn advice(finding: &Finding<'_>) -> String {
    let category = &finding.category.id;
    let first = match finding.now.provider {
        Some(provider) => format!("talk to {provider}, whose colour this is"),
        None => format!("put it right and judge `{category}` again"),
    };
    format!(
        "{first}; or agree on a date and add to the service's file, under \
         `waivers:`, {{ category: {category}, until: …, because: …, approved-by: … }}. `fundamentals explain \
         {category}` says more"
    )
}

fn summary(verdict: &GateVerdict<'_>, coverage: Coverage, today: Date) -> String {
    let looked_at = format!(
        "{} looked at, {} of them on the Golden Thread, as of {today}",
        glyph::plural(verdict.services, "service", "services"),
        verdict.golden_thread
    );
    let denied = verdict.count(Outcome::Denied);
    let verdict_text = if denied > 0 {
        let failed = format!("gate failed: {}", glyph::plural(denied, "drop to red", "drops to red"));
        styled(glyph::colour_style(Colour::Red), &failed)
    } else {
        match coverage {
            Coverage::Full => styled(glyph::colour_style(Colour::Green), "gate passed"),
            Coverage::Partial => {
                styled(glyph::colour_style(Colour::Amber), "gate undecided: some files have errors")
            }
        }
    };
    let others = [
        (verdict.count(Outcome::Warned), "warning", "warnings"),
        (verdict.count(Outcome::Waived), "waived drop", "waived drops"),
    ];
    let others = others.iter().filter(|(count, _, _)| *count > 0);
    let others = others.map(|(count, one, many)| glyph::plural(*count, one, many));
    let parts: Vec<_> = std::iter::once(verdict_text).chain(others).collect();
    format!("{} ({looked_at})", parts.join(", "))
}
