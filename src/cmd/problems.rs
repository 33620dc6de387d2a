//! Problems as a command's result.

use anyhow::Result;

use super::{Context, Verbosity};
use crate::diag::{self, Checked, Checker, Code, Diagnostic, Format, Problems};
use crate::source::Sources;

/// Writes problems of an estate's files, and for people a last line: what was looked at, and what came of it.
pub(super) fn render(
    problems: &Problems,
    sources: &Sources,
    checked: &Checked<'_>,
    format: Format,
    context: &mut Context<'_>,
) -> Result<()> {
    let settings = context.estate.settings_path();
    diag::render(problems, sources, checked, format, &settings, context.width, context.out)?;
    if format == Format::Human && context.verbosity != Verbosity::Quiet {
        writeln!(context.out, "{}: {}", checked.scope, problems.summary())?;
    }
    Ok(())
}

/// Writes for programs why there is nothing to show; the message for people is already printed.
pub(super) fn refused(by: Checker, format: Format, reason: &str, context: &mut Context<'_>) -> Result<()> {
    if matches!(format, Format::Human | Format::Concise) {
        return Ok(());
    }
    show_paths_for(format, context);
    let mut problems = Problems::default();
    problems.push(Diagnostic::new(Code::NothingToCheck, reason));
    let checked = Checked { by, files: &[], scope: "checked nothing" };
    render(&problems, &Sources::default(), &checked, format, context)
}

/// Lets paths be shown as the code host names them that reads this format; for people and programs here they stay.
pub(super) fn show_paths_for(format: Format, context: &mut Context<'_>) {
    if format.is_for_a_host() {
        context.show_host_paths();
    }
}
