//! `fundamentals score` without ratings on the command line, at a terminal.

use std::cell::OnceCell;

use anyhow::Context as _;

use super::baseline::Baseline;
use super::{put, silent, talk, tell_what_if, text_with, warn_of_unseen};
use crate::cli::ScoreArgs;
use crate::cmd::change::{MessageContext, Mode, change_service, finish, try_out};
use crate::cmd::open::open;
use crate::cmd::stop::Result;
use crate::cmd::{Context, Outcome, filter, past};
use crate::dialog::{Ending, Preview, SessionScope};
use crate::eval::{latest_rubric, rubrics_in_force};
use crate::load::Loaded;
use crate::model::{Clock, Date, Rubric, Scoring, Service};

pub(super) fn run(args: &ScoreArgs, name: &str, context: &mut Context<'_>) -> Result {
    let loaded = open(context)?;
    let service = filter::service(name, &loaded)?;
    let date = args.date.unwrap_or(context.today);
    past::refuse_retired(service, date)?;
    let start = silent(args, rubric_to_ask(args, &loaded, service, date)?, date);
    let scope = if args.all { SessionScope::All } else { SessionScope::Urgent };
    let clock = context.clock();
    let estate_dir = context.estate.clone();
    // Read when it is first needed, and once: the conversation begins without waiting for git.
    let baseline = OnceCell::new();
    let mut summary = |scoring: &Scoring, width| {
        let baseline = baseline.get_or_init(|| Baseline::find(&estate_dir, clock));
        what_if(scoring, (&loaded, service), baseline, clock, width)
    };
    let scoring = match talk::talk(&loaded, service, start, scope, context, &mut summary)? {
        Ending::Write(scoring) => scoring,
        Ending::Left | Ending::Discard => return Ok(Outcome::Fine),
        Ending::Interrupted => return Ok(Outcome::Interrupted),
    };
    let mode = Mode::of(args.dry_run);
    let changed =
        change_service(name, mode, context, &mut |loaded, service, _| put(&scoring, loaded, service))?;
    if mode == Mode::Write {
        talk::forget_draft(&loaded, service, context)?;
    }
    warn_of_unseen(&scoring, &changed, context)?;
    // Its effect was shown before the user confirmed.
    finish(&changed, mode, context, |_, _| Ok(()))
}

/// The rubric that is talked about: the one that is named or, of several in force, the default one or that of the last
/// assessment.
fn rubric_to_ask<'l>(
    args: &ScoreArgs,
    loaded: &'l Loaded,
    service: &'l Service,
    date: Date,
) -> Result<&'l Rubric> {
    let estate = &loaded.estate;
    if let Some(name) = &args.rubric {
        return Ok(filter::rubric_of(name, estate, service, date)?);
    }
    let in_force = rubrics_in_force(estate, service, date);
    let default = in_force.into_iter().find(|rubric| rubric.id == estate.default_rubric().id);
    Ok(default.unwrap_or_else(|| latest_rubric(estate, service, date)))
}

/// Previews writing a scoring as text of this width, or gives the reason why it can't be written.
fn what_if(
    scoring: &Scoring,
    (loaded, service): (&Loaded, &Service),
    baseline: &Baseline,
    clock: Clock,
    width: usize,
) -> anyhow::Result<Preview> {
    let path = loaded.sources.file(service.span.file).path();
    let new = match text_with(scoring, loaded, service) {
        Ok(new) => new,
        Err(refusal) => return Ok(Preview::Impossible(format!("{path}: {refusal}"))),
    };
    let after = match try_out(loaded, &[(path, Some(new))], clock) {
        Ok(after) => after,
        Err(wrong) => {
            let wrong: Vec<_> = wrong.problems.iter().map(|problem| problem.title.as_str()).collect();
            return Ok(Preview::Impossible(format!("the file would be wrong: {}", wrong.join("; "))));
        }
    };
    let after_service = after.estate.service(service.id.as_str());
    let after_service = after_service.context("a service whose file is right is in the estate")?;
    let mut text = Vec::new();
    let shown = MessageContext { today: clock.today, width };
    tell_what_if(
        (loaded, service),
        (&after, after_service),
        baseline,
        (scoring.date, &scoring.rubric),
        &shown,
        &mut text,
    )?;
    Ok(Preview::Text(String::from_utf8(text).context("a report is UTF-8")?))
}
