//! The verdict as GitLab's report on code quality.
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::io::{self, Write};

use serde::Serialize;

use super::{Entry, GateReport};
use crate::diag::{harmless, write_json};
use crate::score::Outcome;

#[derive(Serialize)]
struct Problem<'r> {
    description: String,
    check_name: &'static str,
    fingerprint: &'r str,
    severity: &'static str,
    location: Place<'r>,
}

#[derive(Serialize)]
struct Place<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

pub(super) fn render(report: &GateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_json(&report.entries.iter().map(problem).collect::<Vec<_>>(), out)
}

fn problem<'r>(entry: &'r Entry<'_>) -> Problem<'r> {
    // An entry without path and line makes GitLab refuse the whole report.
    let (path, line) = entry.place.as_ref().map_or(("fundamentals.toml", 1), |place| {
        (place.path.as_str(), place.position.map_or(1, |(line, _)| line))
    });
    Problem {
        description: harmless(&entry.full_title()).into_owned(),
        check_name: entry.finding.rule.name(),
        fingerprint: &entry.fingerprint,
        severity: match entry.outcome {
            Outcome::Denied => "blocker",
            Outcome::Warned => "minor",
            Outcome::Waived => "info",
        },
        location: Place { path, lines: Lines { begin: line } },
    }
}
