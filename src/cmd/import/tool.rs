//! `fundamentals import datadog`, `opslevel`, `cortex` and `compass`.

use std::path::Path;

use super::super::stop::{Result, Stop};
use super::super::{Context, Outcome, Verbosity};
use super::services::{open_for_import, write_missing};
use crate::cli::ImportToolArgs;
use crate::diag;
use crate::load::{CatalogInput, CatalogTool, STDIN, StdinText, ToolCatalog, catalog_services};
use crate::text::{list, plural, sanitize};

pub(super) fn run(tool: CatalogTool, args: &ImportToolArgs, context: &mut Context<'_>) -> Result {
    let loaded = open_for_import(context)?;
    let mut input = CatalogInput::default();
    for path in &args.paths {
        if path == Path::new(STDIN) {
            if input.stdin.is_none() {
                input.stdin = Some(StdinText::read(context.stdin));
            }
        } else {
            input.paths.push(context.path(path));
        }
    }
    let catalog = context.estate.load_tool_catalog(tool, input, &args.kind);
    let ToolCatalog { entries, renamed, skipped, mut problems, sources } = catalog;
    let found = entries.len();
    let (services, unknown) = catalog_services(entries, &loaded.estate.settings);
    problems.extend(unknown);
    problems.sort();
    if problems.has_errors() || context.verbosity != Verbosity::Quiet {
        diag::render_human(&problems, &sources, context.width, context.err)?;
    }
    if context.verbosity != Verbosity::Quiet {
        for (name, id) in renamed {
            let note = format!(
                "`{}` can't be an id: the service becomes `{id}`, and its title keeps the name",
                name.value
            );
            writeln!(context.err, "note: {}", sanitize(&note))?;
        }
        if !skipped.is_empty() {
            let count = plural(skipped.len(), "document describes", "documents describe");
            let more = if context.verbosity == Verbosity::Verbose { ":" } else { "; `-v` lists them" };
            writeln!(context.err, "note: {count} no service{more}")?;
        }
    }
    if context.verbosity == Verbosity::Verbose {
        for skipped in &skipped {
            let file = sources.file(skipped.span.file).path();
            let line = sources.position(skipped.span).line;
            writeln!(context.err, "  {}", sanitize(&format!("{file}:{line}: {}", skipped.reason)))?;
        }
    }
    if problems.has_errors() {
        return Err(Stop::shown(Outcome::InvalidInput, "the catalog's files have errors"));
    }
    if found == 0 {
        let kinds = list(&args.kind);
        return Err(Stop::invalid(format!(
            "no service of {} was found: nothing there is of the kind {kinds}",
            tool.title()
        )));
    }
    write_missing(services, &args.services, &loaded, context)
}
