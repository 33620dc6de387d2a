//! `fundamentals rubric`

use super::open::{open_rubrics, outcome};
use super::problems::{render, show_paths_for};
use super::stop::{Result, Stop};
use super::{Context, Outcome, Verbosity, filter};
use crate::check;
use crate::cli::{RubricFormat, RubricLintArgs, RubricShowArgs};
use crate::diag::{Checked, Checker};
use crate::load::{Loaded, LoadedBase};
use crate::model::Rubric;
use crate::report::rubric as report;
use crate::text::{plural, sanitize};

pub(super) fn list(context: &mut Context<'_>) -> Result {
    let loaded = open_rubrics(context)?;
    let list = report::build_list(&loaded.estate, context.today);
    report::render_list(&list, context.width, context.out)?;
    Ok(outcome(&loaded))
}

pub(super) fn show(args: &RubricShowArgs, context: &mut Context<'_>) -> Result {
    let loaded = open_rubrics(context)?;
    let rubric = match &args.rubric {
        None => loaded.estate.default_rubric(),
        Some(name) => filter::rubric(name, &loaded.estate)?,
    };
    match args.format {
        RubricFormat::Text => report::render_text(rubric, context.width, context.out)?,
        RubricFormat::Markdown => report::render_markdown(rubric, context.out)?,
        RubricFormat::Json => report::render_json(rubric, context.out)?,
    }
    Ok(outcome(&loaded))
}

pub(super) fn lint(args: &RubricLintArgs, context: &mut Context<'_>) -> Result {
    show_paths_for(args.format, context);
    let loaded = open_rubrics(context)?;
    let rubrics = match &args.rubric {
        None => newest(&loaded),
        Some(name) => vec![&**filter::rubric(name, &loaded.estate)?],
    };
    if rubrics.is_empty() {
        let reason = "no rubric of this estate can be read; `fundamentals check` shows why";
        return Err(Stop::invalid(reason));
    }
    let estate = context.estate.clone();
    let has_page = |file: &str, path: &str| estate.has_page(file, path);
    let mut problems = check::rubric::lint(&loaded, &rubrics, &has_page);
    if let Some(revision) = &args.base {
        let LoadedBase { loaded: base, notes, .. } = estate.load_base(revision)?;
        if context.verbosity != Verbosity::Quiet {
            notes.iter().try_for_each(|note| writeln!(context.err, "note: {}", sanitize(note)))?;
        }
        warn_of_missing(&base, revision, context)?;
        // Every version that was published, also those that no longer count.
        let all: Vec<_> =
            if args.rubric.is_some() { rubrics.clone() } else { loaded.own_rubrics().collect() };
        problems.extend(check::rubric::lint_against(&base, revision, &all, context.today));
        problems.sort();
    }
    let files: Vec<_> = rubrics.iter().map(|rubric| rubric.span.file).collect();
    let scope = format!("linted {}", plural(rubrics.len(), "rubric", "rubrics"));
    let checked = Checked { by: Checker::Lint, files: &files, scope: &scope };
    render(&problems, &loaded.sources, &checked, args.format, context)?;
    Ok(if problems.has_errors() { Outcome::InvalidInput } else { outcome(&loaded) })
}

/// What could not be used then was not published either. A note names what isn't compared.
fn warn_of_missing(base: &Loaded, revision: &str, context: &mut Context<'_>) -> Result<()> {
    let unreadable = base.files.rubrics.len() - base.own_rubrics().count();
    if context.verbosity == Verbosity::Quiet {
        return Ok(());
    }
    let revision = sanitize(revision);
    if base.files.rubrics.is_empty() {
        writeln!(context.err, "warning: there is no rubric here at `{revision}`, so nothing is compared")?;
    }
    if unreadable > 0 {
        let rubrics = plural(unreadable, "rubric", "rubrics");
        writeln!(
            context.err,
            "warning: {rubrics} had errors at `{revision}`, and nothing is compared with that"
        )?;
    }
    Ok(())
}

/// The newest version of each of the estate's own rubrics, or of the built-in one if it has no file of its own. What
/// an older version says is history.
fn newest(loaded: &Loaded) -> Vec<&Rubric> {
    if loaded.files.rubrics.is_empty() {
        return vec![loaded.estate.rubrics.newest()];
    }
    let own: Vec<_> = loaded.own_rubrics().collect();
    let is_newest = |rubric: &&Rubric| {
        own.iter().all(|other| other.id != rubric.id || other.version.major <= rubric.version.major)
    };
    own.iter().copied().filter(is_newest).collect()
}
