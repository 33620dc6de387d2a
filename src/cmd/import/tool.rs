//! `fundamentals import datadog`, `opslevel`, `cortex` and `compass`.

use std::path::Path;

use super::super::stop::{Result, Stop};
use super::super::{Context, Outcome};
use super::notes::{self, ImportNotes};
use super::services::{Others, open_for_import, without_file, write_missing};
use crate::cli::ImportToolArgs;
use crate::load::{CatalogInput, CatalogTool, STDIN, StdinText, ToolCatalog, catalog_services};
use crate::text::list;

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
    let ToolCatalog { entries, renamed, without_id, skipped, mut problems, sources } = catalog;
    let found = entries.len() + without_id.len();
    let (entries, present) = without_file(entries, &loaded);
    let (services, unknown) = catalog_services(entries, &loaded.estate.settings);
    problems.extend(unknown);
    problems.sort();
    let notes = ImportNotes { problems: &problems, sources: &sources, renamed: &renamed, skipped: &skipped };
    notes::show(&notes, context)?;
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
    write_missing(services, &Others { present, without_id }, &args.services, &loaded, context)
}
