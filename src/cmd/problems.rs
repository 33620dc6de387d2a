//! Problems as a command's result.

use anyhow::Result;

use super::{Context, Verbosity};
use crate::diag::{self, Format, Problems, Severity};
use crate::load;
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
