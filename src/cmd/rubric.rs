//! `fundamentals rubric`

use anyhow::Result;

use super::{Context, Outcome, filter};
use crate::cli::{RubricFormat, RubricShowArgs};
use crate::load::{self, Loaded, Request, Stdin};
use crate::model::RubricKey;
use crate::report::rubric as report;

/// Rubrics are there without any service.
fn open(context: &Context<'_>) -> Loaded {
    let request = Request {
        current_dir: &context.current_dir,
        start: &context.start,
        named: &[],
        stdin: Stdin::Unused,
    };
    load::load(request)
}

pub(super) fn list(context: &mut Context<'_>) -> Result<Outcome> {
    let loaded = open(context);
    let list = report::build_list(&loaded.estate);
    report::render_list(&list, context.width, context.out)?;
    Ok(Outcome::Fine)
}

pub(super) fn show(args: &RubricShowArgs, context: &mut Context<'_>) -> Result<Outcome> {
    let loaded = open(context);
    let rubrics = &loaded.estate.rubrics;
    let rubric = match &args.rubric {
        None => Some(loaded.estate.default_rubric()),
        Some(name) => RubricKey::parse(name).and_then(|key| rubrics.get(&key)),
    };
    let Some(rubric) = rubric else {
        let keys: Vec<_> = rubrics.iter().map(|rubric| rubric.key().to_string()).collect();
        let known = keys.iter().map(String::as_str).collect();
        let name = args.rubric.as_deref().unwrap_or_default();
        writeln!(context.err, "error: {}", filter::unknown("rubric", name, &known))?;
        return Ok(Outcome::WrongUsage);
    };
    match args.format {
        RubricFormat::Text => report::render_text(rubric, context.width, context.out)?,
        RubricFormat::Markdown => report::render_markdown(rubric, context.out)?,
    }
    Ok(Outcome::Fine)
}
