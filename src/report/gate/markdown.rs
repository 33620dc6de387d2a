//! The verdict as a comment on a pull request, or a job's summary.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Entry, FactKind, GateReport, outcome_word, service_name};
use crate::report::markdown::{escape, row, rule};
use crate::score::Outcome;

pub(super) fn render(report: &GateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## Reliability gate\n")?;
    writeln!(out, "**{}** ({})", escape(&report.summary()), escape(&report.looked_at()))?;
    if let Some(what) = report.not_looked_at() {
        writeln!(out, "\n**{}**", escape(&what))?;
    }
    table(report, out)?;
    report.with(Outcome::Denied).try_for_each(|entry| section(entry, out))?;
    if let Some(line) = report.standing() {
        writeln!(out, "\n{}", escape(&line))?;
    }
    let standing = report.with(Outcome::Standing).map(Entry::full_title);
    list("Not caused by this change", standing, out)?;
    let waived = report.with(Outcome::Waived).map(waived);
    list("Waived", waived, out)?;
    let resolved = report.resolved.iter();
    let resolved = resolved.map(|good| format!("{}: {}", service_name(good.resolved.service), good.title));
    list("Resolved", resolved, out)?;
    list("Notes", report.notes.iter().cloned(), out)
}

/// What is denied, then what is only mentioned.
fn table(report: &GateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    if report.counts.denied + report.counts.warnings == 0 {
        return Ok(());
    }
    writeln!(out)?;
    row(["", "Service", "What", "Since and why", "What to do"].map(Cow::Borrowed), out)?;
    rule(5, out)?;
    let warned = report.with(Outcome::Warned);
    report.with(Outcome::Denied).chain(warned).try_for_each(|entry| row(cells(entry), out))
}

fn cells<'r>(entry: &'r Entry<'_>) -> [Cow<'r, str>; 5] {
    let facts = |kinds: &'static [FactKind]| {
        let facts = entry.facts_of(kinds).map(|fact| format!("{}: {}", fact.label, fact.text));
        Cow::Owned(escape(&facts.collect::<Vec<_>>().join("; ")).into_owned())
    };
    [
        outcome_word(entry.outcome).into(),
        Cow::Owned(
            entry.finding.service.map_or_else(String::new, |it| escape(&service_name(it)).into_owned()),
        ),
        escape(&entry.title),
        facts(&[FactKind::When, FactKind::Why]),
        escape(&entry.first_step),
    ]
}

/// All that is known of a finding.
fn section(entry: &Entry<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n### {}\n", escape(&entry.full_title()))?;
    writeln!(out, "- **rule**: {}", entry.finding.rule.name())?;
    if let Some(place) = &entry.place {
        let line = place.position.map_or_else(String::new, |(line, _)| format!(", line {line}"));
        writeln!(out, "- **file**: {}{line}", escape(&place.path))?;
    }
    for fact in &entry.facts {
        writeln!(out, "- **{}**: {}", escape(&fact.label), escape(&fact.text))?;
    }
    Ok(())
}

fn waived(entry: &Entry<'_>) -> String {
    let waiver = entry.facts_of(&[FactKind::ToDo]).map(|fact| format!("; {} {}", fact.label, fact.text));
    format!("{}{}", entry.full_title(), waiver.collect::<String>())
}

fn list(heading: &str, texts: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let mut texts = texts.peekable();
    if texts.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "\n### {heading}\n")?;
    for text in texts {
        writeln!(out, "- {}", escape(&text))?;
    }
    Ok(())
}
