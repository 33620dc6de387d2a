//! Problems as a command's result.

use std::path::Path;

use anyhow::Result;

use super::{Context, Verbosity};
use crate::diag::{self, Code, Diagnostic, Format, Problems, Severity};
use crate::load::{self, HostPaths};
use crate::source::Sources;
use crate::text::plural;

/// Writes problems of an estate's files, and for people a last line: `what` was done, and what came of it.
pub(super) fn render(
    problems: &Problems,
    sources: &Sources,
    what: &str,
    format: Format,
    context: &mut Context<'_>,
) -> Result<()> {
    let settings = load::settings_path(context.request());
    diag::render(problems, sources, format, &settings, context.width, context.out)?;
    if format == Format::Human && context.verbosity != Verbosity::Quiet {
        writeln!(context.out, "{what}: {}", found(problems))?;
    }
    Ok(())
}

/// Writes for programs why there is nothing to show; people were told.
pub(super) fn refused(format: Format, reason: &str, context: &mut Context<'_>) -> Result<()> {
    match format {
        Format::Human | Format::Concise => Ok(()),
        Format::Json | Format::Github | Format::Sarif => {
            let mut problems = Problems::default();
            problems.push(Diagnostic::new(Code::NothingToCheck, reason));
            render(&problems, &Sources::default(), "", format, context)
        }
    }
}

/// How the host names paths that reads this format, in the estate around a folder; `None` for people and programs here.
pub(super) fn host_paths(format: Format, start: &Path) -> Option<HostPaths> {
    match format {
        Format::Github | Format::Sarif => Some(HostPaths::around(start)),
        Format::Human | Format::Concise | Format::Json => None,
    }
}

/// "2 errors, 1 warning"
fn found(problems: &Problems) -> String {
    let errors = |count| plural(count, "error", "errors");
    let warnings = |count| plural(count, "warning", "warnings");
    match (problems.count(Severity::Error), problems.count(Severity::Warning)) {
        (0, 0) => "nothing wrong".to_owned(),
        (count, 0) => errors(count),
        (0, count) => warnings(count),
        (some, others) => format!("{}, {}", errors(some), warnings(others)),
    }
}
