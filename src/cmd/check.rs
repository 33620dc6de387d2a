//! `fundamentals check`

use std::path::{Path, PathBuf};

use crate::cmd::stop::Result;

use super::Context;
use super::problems::{host_paths, render};
use crate::check;
use crate::cli::CheckArgs;
use crate::diag::Code;
use crate::load::{self, Loaded, Request, Stdin};
use crate::text::plural;

pub(super) fn run(args: &CheckArgs, context: &mut Context<'_>) -> Result {
    let is_stdin = |path: &&PathBuf| path.as_os_str() == "-";
    let stdin = if args.paths.iter().any(|path| is_stdin(&path)) { Stdin::Service } else { Stdin::Unused };
    let named = args.paths.iter().filter(|path| !is_stdin(path));
    let named: Vec<_> = named.map(|path| context.start.join(path)).collect();
    // What is named may lie in another estate than the one around the current folder: its own settings count.
    let start = match named.first() {
        Some(path) if path.is_dir() => path.clone(),
        Some(path) => path.parent().map_or_else(|| context.start.clone(), Path::to_path_buf),
        None => context.start.clone(),
    };
    context.host = host_paths(args.format, &start);
    context.start.clone_from(&start);
    let request = Request { named: &named, stdin, ..context.request() };
    let mut loaded = load::load(request);
    let today = context.today_for(&loaded);
    check::check(&mut loaded, today);
    loaded.narrow_to(request);
    let what = format!("checked {}", what_was_checked(&loaded));
    render(&loaded.problems, &loaded.sources, &what, args.format, context)?;
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
