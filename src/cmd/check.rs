//! `fundamentals check`

use std::path::PathBuf;

use super::Context;
use super::open::{load_checked, mention_early, mention_hidden};
use super::problems::{render, show_paths_for};
use super::stop::Result;
use crate::cli::CheckArgs;
use crate::diag::{Checked, Checker, Code};
use crate::load::{ExtraInput, Loaded, STDIN, StdinText};
use crate::model::Service;
use crate::text::plural;

pub(super) fn run(args: &CheckArgs, context: &mut Context<'_>) -> Result {
    let is_stdin = |path: &&PathBuf| path.as_os_str() == "-";
    let stdin = args.paths.iter().any(|path| is_stdin(&path)).then(|| StdinText::read(context.stdin));
    let paths = args.paths.iter().filter(|path| !is_stdin(path));
    let paths: Vec<_> = paths.map(|path| context.path(path)).collect();
    // What is named may lie in another estate than the one around the current folder: its own settings count.
    if let Some(first) = paths.first() {
        context.search_from(if first.is_dir() { first } else { first.parent().unwrap_or(first) });
    }
    show_paths_for(args.format, context);
    let shown = paths.iter().map(|path| context.estate.shown(path));
    let shown: Vec<_> = shown.chain(stdin.is_some().then(|| STDIN.to_owned())).collect();
    let mut loaded = load_checked(ExtraInput { paths, stdin }, context);
    loaded.narrow_to(&shown);
    let files: Vec<_> = loaded.files.iter().collect();
    let scope = format!("checked {}", what_was_checked(&loaded));
    let checked = Checked { by: Checker::Check, files: &files, scope: &scope };
    mention_hidden(&loaded, context)?;
    let is_checked = |early: &&Service| files.contains(&early.span.file);
    mention_early(loaded.early.iter().filter(is_checked), context)?;
    render(&loaded.problems, &loaded.sources, &checked, args.format, context)?;
    Ok(super::open::outcome(&loaded))
}

/// "17 service files, 1 rubric and 2 files of SLO results"
fn what_was_checked(loaded: &Loaded) -> String {
    let files = &loaded.files;
    let mut checked = Vec::new();
    checked.extend(
        (!files.services.is_empty()).then(|| plural(files.services.len(), "service file", "service files")),
    );
    checked.extend((!files.rubrics.is_empty()).then(|| plural(files.rubrics.len(), "rubric", "rubrics")));
    checked.extend(
        (!files.slos.is_empty())
            .then(|| plural(files.slos.len(), "file of SLO results", "files of SLO results")),
    );
    if checked.is_empty() {
        let found_nothing = loaded.problems.iter().any(|problem| problem.code == Code::NothingToCheck);
        checked.push(if found_nothing { "nothing" } else { "the settings" }.to_owned());
    }
    match checked.as_slice() {
        [services, rubrics, slos] => format!("{services}, {rubrics} and {slos}"),
        few => few.join(" and "),
    }
}
