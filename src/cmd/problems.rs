//! Problems as a command's result.

use anyhow::Result;

use super::{Context, Verbosity};
use crate::cli::CheckFormat;
use crate::diag::{self, Problems, Severity};
use crate::load::Loaded;

/// Writes problems of an estate's files, and for people a last line: `what` was done, and what came of it.
pub(super) fn render(
    problems: &Problems,
    loaded: &Loaded,
    what: &str,
    format: CheckFormat,
    context: &mut Context<'_>,
) -> Result<()> {
    let shown = match format {
        CheckFormat::Human => diag::Format::Human,
        CheckFormat::Concise => diag::Format::Concise,
        CheckFormat::Json => diag::Format::Json,
        CheckFormat::Github => diag::Format::Github,
        CheckFormat::Sarif => diag::Format::Sarif,
    };
    diag::render(problems, &loaded.sources, shown, context.width, context.out)?;
    if format == CheckFormat::Human && context.verbosity != Verbosity::Quiet {
        writeln!(context.out, "{what}: {}", found(problems))?;
    }
    Ok(())
}

/// "2 errors, 1 warning"
fn found(problems: &Problems) -> String {
    match (problems.count(Severity::Error), problems.count(Severity::Warning)) {
        (0, 0) => "nothing wrong".to_owned(),
        (errors, 0) => count(errors, "error"),
        (0, warnings) => count(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

/// "1 rubric", "2 rubrics"
pub(super) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}
