//! Issues as GitLab's report on code quality.
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::{Incomplete, Issue, IssueEffect, IssueReport};
use crate::text::{fingerprint, sanitize, write_json};

#[derive(Serialize)]
struct Degradation<'r> {
    description: String,
    check_name: &'static str,
    fingerprint: Cow<'r, str>,
    severity: &'static str,
    location: LinesOf<'r>,
}

#[derive(Serialize)]
struct LinesOf<'r> {
    path: &'r str,
    lines: Begin,
}

#[derive(Serialize)]
struct Begin {
    begin: usize,
}

pub(crate) fn render(report: &IssueReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let issues = report.issues.iter().map(|issue| degradation(issue, report.elsewhere));
    let note = |name, severity, line: &str| note(name, severity, line, report.elsewhere);
    let notes = report.notes.iter();
    let notes = notes
        .map(|line| Degradation { fingerprint: fingerprint([line]).into(), ..note("note", "info", line) });
    let standing = report.standing.iter().map(|line| note("not-caused-by-this-change", "info", line));
    let incomplete = report.incomplete.iter().map(Incomplete::reason);
    let undecided = incomplete.map(|reason| note("undecided", "blocker", reason));
    write_json(&issues.chain(notes).chain(standing).chain(undecided).collect::<Vec<_>>(), out)
}

/// The report has no place for notes, so that one is an entry like an issue.
fn note<'r>(name: &'static str, severity: &'static str, line: &str, path: &'r str) -> Degradation<'r> {
    Degradation {
        description: sanitize(line).into_owned(),
        check_name: name,
        fingerprint: fingerprint([name]).into(),
        severity,
        location: LinesOf { path, lines: Begin { begin: 1 } },
    }
}

fn degradation<'r>(issue: &'r Issue, elsewhere: &'r str) -> Degradation<'r> {
    // An entry without path and line makes GitLab refuse the whole report.
    let (path, begin) = issue
        .place
        .as_ref()
        .map_or((elsewhere, 1), |place| (place.path.as_str(), place.position.map_or(1, |(line, _)| line)));
    Degradation {
        description: sanitize(&issue.full_title()).into_owned(),
        check_name: issue.rule,
        fingerprint: issue.fingerprint.as_str().into(),
        severity: match issue.effect {
            IssueEffect::Stops | IssueEffect::Fails => "blocker",
            IssueEffect::Warns => "minor",
            IssueEffect::Waived | IssueEffect::Informs => "info",
        },
        location: LinesOf { path, lines: Begin { begin } },
    }
}
