//! Problems as a command's result.

use anyhow::Result;

use super::{Context, Verbosity};
use crate::diag::{self, Code, Diagnostic, Format, Problems, Severity};
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
    let settings = context.estate.settings_path();
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

/// Lets paths be shown as the code host names them that reads this format; for people and programs here they stay.
pub(super) fn show_paths_for(format: Format, context: &mut Context<'_>) {
    match format {
        Format::Github | Format::Sarif => context.show_host_paths(),
        Format::Human | Format::Concise | Format::Json => {}
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
