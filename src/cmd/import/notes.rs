//! What is said of a catalog's files besides the result.

use super::super::stop::Result;
use super::super::{Context, Verbosity};
use crate::diag::{self, Problems};
use crate::load::SkippedDocument;
use crate::source::{Sources, Spanned};
use crate::text::{plural, sanitize};

/// What was noticed while a catalog was read.
pub(super) struct ImportNotes<'c> {
    pub problems: &'c Problems,
    pub sources: &'c Sources,
    /// Names that can't be ids, each with the id that takes its place.
    pub renamed: &'c [(Spanned<String>, String)],
    pub skipped: &'c [SkippedDocument],
}

/// Shows problems, names that were changed, and what was skipped: how much or, with `--verbose`, each.
pub(super) fn show(notes: &ImportNotes<'_>, context: &mut Context<'_>) -> Result<()> {
    let ImportNotes { problems, sources, renamed, skipped } = notes;
    if problems.has_errors() || context.verbosity != Verbosity::Quiet {
        diag::render_human(problems, sources, context.width, context.err)?;
    }
    if context.verbosity != Verbosity::Quiet {
        for (name, id) in *renamed {
            let note = format!("`{}` can't be an id: the service becomes `{id}`", name.value);
            writeln!(context.err, "note: {}", sanitize(&note))?;
        }
        if !skipped.is_empty() {
            let count = plural(skipped.len(), "document describes", "documents describe");
            let more = if context.verbosity == Verbosity::Verbose { ":" } else { "; `-v` lists them" };
            writeln!(context.err, "note: {count} no service{more}")?;
        }
    }
    if context.verbosity == Verbosity::Verbose {
        for skipped in *skipped {
            let file = sources.file(skipped.span.file).path();
            let line = sources.line(skipped.span);
            writeln!(context.err, "  {}", sanitize(&format!("{file}:{line}: {}", skipped.reason)))?;
        }
    }
    Ok(())
}
