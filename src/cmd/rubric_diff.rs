//! `fundamentals rubric diff`

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;

use super::open::{open_rubrics, outcome};
use super::{Context, Outcome, filter};
use crate::cli::{RubricDiffArgs, RubricDiffFormat};
use crate::diag;
use crate::load::{self, Loaded, LoadedRubric, RubricPlace};
use crate::model::{Rubric, RubricKey};
use crate::report::rubric_diff::{self as report, Format};
use crate::score::rubric_diff;

pub(super) fn run(args: &RubricDiffArgs, context: &mut Context<'_>) -> Result<Outcome> {
    let loaded = open_rubrics(context)?;
    let mut rubrics = Vec::with_capacity(2);
    for name in [&args.old, &args.new] {
        match find(name, &loaded, context) {
            Ok(Found::Known(rubric)) => rubrics.push(rubric),
            Ok(Found::Read(read)) => match read.rubric {
                Some(rubric) => rubrics.push(Arc::new(rubric)),
                None => {
                    let human = diag::Format::Human;
                    diag::render(&read.problems, &read.sources, human, context.width, context.err)?;
                    return Ok(Outcome::InvalidInput);
                }
            },
            Err(reason) => return context.refuse(Outcome::WrongUsage, &reason),
        }
    }
    let [old, new] = rubrics.as_slice() else { return Ok(Outcome::WrongUsage) };
    let diff = rubric_diff(old, new);
    let format = match args.format {
        RubricDiffFormat::Text => Format::Text,
        RubricDiffFormat::Markdown => Format::Markdown,
        RubricDiffFormat::Json => Format::Json,
    };
    report::render(&diff, format, context.width, context.out)?;
    Ok(outcome(&loaded))
}

/// A rubric that an argument names.
enum Found {
    Known(Arc<Rubric>),
    Read(LoadedRubric),
}

/// What an argument names: a known rubric, a file, or a file at a git revision; or why it names nothing.
fn find(name: &str, loaded: &Loaded, context: &Context<'_>) -> Result<Found, String> {
    let looks_like_a_key = RubricKey::parse(name).is_some() || name.bytes().all(|byte| byte.is_ascii_digit());
    if looks_like_a_key {
        return filter::rubric(name, &loaded.estate).map(|rubric| Found::Known(Arc::clone(rubric)));
    }
    let path = Path::new(name);
    let place = match name.split_once(':') {
        Some((revision, path)) if !context.start.join(name).exists() => {
            RubricPlace::Revision { revision, path }
        }
        Some(_) | None => RubricPlace::File(path),
    };
    let levels = &loaded.estate.settings.criticality;
    load::load_rubric(place, &context.start, &context.current_dir, levels).map(Found::Read)
}
