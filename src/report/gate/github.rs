//! The verdict as workflow commands, and a line that sums up.

use std::io::{self, Write};

use super::{Coverage, Entry, GateReport, GoodNews, Location, service_name};
use crate::diag::Annotation;
use crate::eval::Outcome;
use crate::text::sanitize;

pub(super) fn render(report: &GateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    report.entries.iter().try_for_each(|entry| finding(entry).write(out))?;
    report.resolved.iter().try_for_each(|good| good_news(good).write(out))?;
    report.notes.iter().try_for_each(|line| note("note", line.clone()).write(out))?;
    report.standing().map(standing).map_or(Ok(()), |standing| standing.write(out))?;
    report
        .not_looked_at()
        .map(|what| left_out(what, report.coverage))
        .map_or(Ok(()), |left_out| left_out.write(out))?;
    writeln!(out, "{}", sanitize(&format!("{} ({})", report.summary(), report.looked_at())))
}

fn finding<'r>(entry: &'r Entry<'_>) -> Annotation<'r> {
    let level = match entry.outcome {
        Outcome::Denied => "error",
        Outcome::Warned => "warning",
        Outcome::Waived | Outcome::Standing => "notice",
    };
    let at = entry.place.as_ref().map(place);
    Annotation { level, at, title: entry.finding.rule.name(), lines: entry.essentials() }
}

fn good_news<'r>(good: &'r GoodNews<'_>) -> Annotation<'r> {
    let line = format!("{}: {}", service_name(good.resolved.service), good.title);
    Annotation { level: "notice", at: good.place.as_ref().map(place), title: "resolved", lines: vec![line] }
}

fn standing(line: String) -> Annotation<'static> {
    note("not caused by this change", line)
}

fn note(title: &'static str, line: String) -> Annotation<'static> {
    Annotation { level: "notice", at: None, title, lines: vec![line] }
}

/// Where the errors are is told by `check`.
fn left_out(what: String, coverage: Coverage<'_>) -> Annotation<'static> {
    let (title, lines) = match coverage {
        Coverage::Full | Coverage::Partial(_) => {
            ("not looked at", vec![what, "`fundamentals check --format github` shows the errors".to_owned()])
        }
        Coverage::Nothing(_) => ("undecided", vec![what]),
    };
    Annotation { level: "error", at: None, title, lines }
}

fn place(place: &Location) -> (&str, Option<(usize, usize)>) {
    (&place.path, place.position)
}
