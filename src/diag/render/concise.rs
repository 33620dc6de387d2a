//! One issue a line, for editors and grep.

use std::io::{self, Write};

use super::{Decision, IssueReport};
use crate::text::sanitize;

pub(crate) fn render(report: &IssueReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    for issue in &report.issues {
        if let Some(place) = &issue.place {
            write!(out, "{}: ", sanitize(&place.path_and_position()))?;
        }
        writeln!(out, "{}: {}", issue.word_and_rule(), sanitize(&issue.full_title()))?;
    }
    for note in report.notes.iter().chain(&report.standing) {
        writeln!(out, "note: {}", sanitize(note))?;
    }
    match report.wording.verdict {
        Decision::Given => writeln!(out, "{}", sanitize(&report.last_line())),
        Decision::None => Ok(()),
    }
}
