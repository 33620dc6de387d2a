//! The verdict as GitLab's report on code quality.
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::fingerprint::of_note;
use super::{Entry, GateReport};
use crate::eval::Outcome;
use crate::text::{sanitize, write_json};

#[derive(Serialize)]
struct Problem<'r> {
    description: String,
    check_name: &'static str,
    fingerprint: Cow<'r, str>,
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
    let mut problems: Vec<_> = report.entries.iter().map(|entry| problem(entry, report)).collect();
    let standing = report.standing().map(|line| note("not-caused-by-this-change", "info", &line, report));
    let undecided = report.not_looked_at().map(|line| note("undecided", "blocker", &line, report));
    problems.extend(
        report
            .notes
            .iter()
            .map(|line| Problem { fingerprint: of_note(line).into(), ..note("note", "info", line, report) }),
    );
    problems.extend(standing.into_iter().chain(undecided));
    write_json(&problems, out)
}

/// The report has no place for notes, so that one is an entry like a finding.
fn note<'r>(
    name: &'static str,
    severity: &'static str,
    line: &str,
    report: &'r GateReport<'_>,
) -> Problem<'r> {
    Problem {
        description: sanitize(line).into_owned(),
        check_name: name,
        fingerprint: of_note(name).into(),
        severity,
        location: Place { path: report.settings, lines: Lines { begin: 1 } },
    }
}

fn problem<'r>(entry: &'r Entry<'_>, report: &'r GateReport<'_>) -> Problem<'r> {
    // An entry without path and line makes GitLab refuse the whole report.
    let (path, line) = entry.place.as_ref().map_or((report.settings, 1), |place| {
        (place.path.as_str(), place.position.map_or(1, |(line, _)| line))
    });
    Problem {
        description: sanitize(&entry.full_title()).into_owned(),
        check_name: entry.finding.rule.name(),
        fingerprint: entry.fingerprint.as_str().into(),
        severity: match entry.outcome {
            Outcome::Denied => "blocker",
            Outcome::Warned => "minor",
            Outcome::Waived | Outcome::Standing => "info",
        },
        location: Place { path, lines: Lines { begin: line } },
    }
}
