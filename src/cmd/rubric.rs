//! `fundamentals rubric`

use anyhow::Result;

use super::open::{open_rubrics, outcome};
use super::{Context, Outcome, filter};
use crate::cli::{RubricFormat, RubricShowArgs};
use crate::model::RubricKey;
use crate::report::rubric as report;

pub(super) fn list(context: &mut Context<'_>) -> Result<Outcome> {
    let loaded = open_rubrics(context)?;
    let list = report::build_list(&loaded.estate);
    report::render_list(&list, context.width, context.out)?;
    Ok(outcome(&loaded))
}

pub(super) fn show(args: &RubricShowArgs, context: &mut Context<'_>) -> Result<Outcome> {
    let loaded = open_rubrics(context)?;
    let rubrics = &loaded.estate.rubrics;
    let rubric = match &args.rubric {
        None => Some(loaded.estate.default_rubric()),
        Some(name) => RubricKey::parse(name).and_then(|key| rubrics.get(&key)),
    };
    let Some(rubric) = rubric else {
        let keys: Vec<_> = rubrics.iter().map(|rubric| rubric.key().to_string()).collect();
        let known = keys.iter().map(String::as_str).collect();
        let name = args.rubric.as_deref().unwrap_or_default();
        return context.refuse(Outcome::WrongUsage, &filter::unknown("rubric", name, &known));
    };
    match args.format {
        RubricFormat::Text => report::render_text(rubric, context.width, context.out)?,
        RubricFormat::Markdown => report::render_markdown(rubric, context.out)?,
    }
    Ok(outcome(&loaded))
}
