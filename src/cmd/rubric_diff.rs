//! `fundamentals rubric diff`

use std::path::Path;
use std::sync::Arc;

use super::open::{open_rubrics, outcome};
use super::stop::{Result, Stop};
use super::{Context, Outcome, filter};
use crate::cli::RubricDiffArgs;
use crate::diag;
use crate::eval::rubric_diff;
use crate::load::{Loaded, RubricPlace};
use crate::model::{Rubric, RubricKey};
use crate::report::rubric_diff as report;

pub(super) fn run(args: &RubricDiffArgs, context: &mut Context<'_>) -> Result {
    let loaded = open_rubrics(context)?;
    let old = find(&args.old, &loaded, context)?;
    let new = find(&args.new, &loaded, context)?;
    let diff = rubric_diff(&old, &new);
    report::render(&diff, args.format, context.width, context.out)?;
    Ok(outcome(&loaded))
}

/// The rubric that an argument names – a known one, a file, or a file at a git revision.
fn find(name: &str, loaded: &Loaded, context: &mut Context<'_>) -> Result<Arc<Rubric>> {
    let looks_like_a_key = RubricKey::parse(name).is_some() || name.bytes().all(|byte| byte.is_ascii_digit());
    if looks_like_a_key {
        return filter::rubric(name, &loaded.estate).map(Arc::clone);
    }
    let place = match name.split_once(':') {
        Some((revision, path)) if !context.path(Path::new(name)).exists() => {
            RubricPlace::Revision { revision, path }
        }
        Some(_) | None => RubricPlace::File(Path::new(name)),
    };
    let levels = &loaded.estate.settings.criticality;
    let read = context.estate.load_rubric(place, levels);
    let read = read.map_err(|error| Stop::usage(error.to_string()))?;
    let Some(rubric) = read.rubric else {
        diag::render_human(&read.problems, &read.sources, context.width, context.err)?;
        return Err(Stop::shown(Outcome::InvalidInput, "the rubric has errors"));
    };
    Ok(Arc::new(rubric))
}
