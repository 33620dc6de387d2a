//! `fundamentals rubric`

use anyhow::Result;

use super::open::{open_rubrics, outcome};
use super::{Context, Outcome, filter};
use crate::cli::{RubricFormat, RubricShowArgs};
use crate::report::rubric as report;

pub(super) fn list(context: &mut Context<'_>) -> Result<Outcome> {
    let loaded = open_rubrics(context)?;
    let list = report::build_list(&loaded.estate);
    report::render_list(&list, context.width, context.out)?;
    Ok(outcome(&loaded))
}

pub(super) fn show(args: &RubricShowArgs, context: &mut Context<'_>) -> Result<Outcome> {
    let loaded = open_rubrics(context)?;
    let rubric = match &args.rubric {
        None => loaded.estate.default_rubric(),
        Some(name) => match filter::rubric(name, &loaded.estate) {
            Ok(rubric) => rubric,
            Err(reason) => return context.refuse(Outcome::WrongUsage, &reason),
        },
    };
    match args.format {
        RubricFormat::Text => report::render_text(rubric, context.width, context.out)?,
        RubricFormat::Markdown => report::render_markdown(rubric, context.out)?,
    }
    Ok(outcome(&loaded))
}
