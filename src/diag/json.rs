//! Problems as one JSON document, `fundamentals/check/v1`.

use std::io::{self, Write};

use serde::Serialize;

use super::{Label, Problems, Severity, locate};
use crate::source::Sources;
use crate::text::write_json;

/// The document. Fields are only ever added.
#[derive(Serialize)]
struct DiagnosticsJson<'p> {
    format: &'static str,
    errors: usize,
    warnings: usize,
    problems: Vec<Problem<'p>>,
}

#[derive(Serialize)]
struct Problem<'p> {
    code: &'static str,
    severity: &'static str,
    title: &'p str,
    /// `null` when it is about no file.
    at: Option<LocationJson<'p>>,
    related: Vec<LocationJson<'p>>,
    help: &'p [String],
}

#[derive(Serialize)]
struct LocationJson<'p> {
    path: &'p str,
    /// From 1; `null` when the whole file is meant.
    line: Option<usize>,
    /// In characters, from 1.
    column: Option<usize>,
    text: &'p str,
}

pub(super) fn render(problems: &Problems, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let location = |label| location(label, sources);
    let document = DiagnosticsJson {
        format: "fundamentals/check/v1",
        errors: problems.count(Severity::Error),
        warnings: problems.count(Severity::Warning),
        problems: problems
            .iter()
            .map(|problem| Problem {
                code: problem.code.name(),
                severity: problem.severity().word(),
                title: &problem.title,
                at: problem.at.as_ref().map(location),
                related: problem.related.iter().map(location).collect(),
                help: &problem.help,
            })
            .collect(),
    };
    write_json(&document, out)
}

fn location<'p>(label: &'p Label, sources: &'p Sources) -> LocationJson<'p> {
    let (path, position) = locate(label.place, sources);
    LocationJson {
        path,
        line: position.map(|(line, _)| line),
        column: position.map(|(_, column)| column),
        text: &label.text,
    }
}
