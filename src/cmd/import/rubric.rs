//! `fundamentals import rubric`

use std::path::Path;

use super::super::stop::{Result, Stop};
use super::super::{Context, Outcome, Verbosity, output};
use crate::cli::ImportRubricArgs;
use crate::load::{ForeignRubric, read_foreign_rubric};
use crate::model::RubricSkeleton;
use crate::text::{plural, sanitize_lines};
use crate::{diag, edit};

pub(in crate::cmd) fn run(args: &ImportRubricArgs, context: &mut Context<'_>) -> Result {
    let file = context.estate.named_file(&args.file, context.stdin);
    let ForeignRubric { skeleton, sources, problems } =
        read_foreign_rubric(args.from, file, args.id.clone(), context.today);
    if problems.has_errors() || context.verbosity != Verbosity::Quiet {
        diag::render_human(&problems, &sources, context.width, context.err)?;
    }
    let Some(skeleton) = skeleton else {
        return Err(Stop::shown(Outcome::InvalidInput, "the model can't be read"));
    };
    let text = edit::rubric_text(&skeleton);
    match output::file(args.output.as_deref()) {
        None => write!(context.out, "{}", sanitize_lines(&text))?,
        Some(path) => write_new(path, &text, context)?,
    }
    if context.verbosity != Verbosity::Quiet {
        writeln!(context.err, "{}", summary(&skeleton))?;
    }
    Ok(Outcome::Fine)
}

/// What is there already may have been completed by hand: it is never replaced.
fn write_new(path: &Path, text: &str, context: &mut Context<'_>) -> Result<()> {
    let whole = context.path(path);
    let shown = context.estate.shown(&whole);
    if whole.symlink_metadata().is_ok() {
        return Err(Stop::usage(format!("{shown} is there already; name another file")));
    }
    if let Some(reason) = edit::refuse_new_name(&whole) {
        return Err(Stop::usage(reason));
    }
    edit::create(&whole, text)?;
    writeln!(context.out, "wrote {shown}")?;
    Ok(())
}

/// "2 pillars, 14 categories; 14 definitions are to be written".
fn summary(skeleton: &RubricSkeleton) -> String {
    let pillars = skeleton.pillars.iter().filter(|pillar| !pillar.categories.is_empty()).count();
    let categories = skeleton.pillars.iter().map(|pillar| pillar.categories.len()).sum();
    let found =
        format!("{}, {}", plural(pillars, "pillar", "pillars"), plural(categories, "category", "categories"));
    match skeleton.missing_definitions() {
        0 => format!("{found}; next: `fundamentals rubric lint`"),
        missing => {
            let missing = plural(missing, "definition is", "definitions are");
            format!("{found}; {missing} missing in the source: `fundamentals check` lists what to write")
        }
    }
}
