//! `fundamentals score --from`: the scores of a table, with those of the options.

use std::path::Path;

use super::{options, tell};
use crate::cli::ScoreArgs;
use crate::cmd::Context;
use crate::cmd::change::{AppliedChange, Mode};
use crate::cmd::score_table::{TableRequest, apply, finish, read_table};
use crate::cmd::stop::{Result, Stop};
use crate::eval::{Contradictions, Repeats};
use crate::load::{BlankCells, FillUse};

/// Assesses the services of a table or, of them, the one that is named.
pub(super) fn run(args: &ScoreArgs, path: &Path, context: &mut Context<'_>) -> Result {
    let has_options = !args.statements.0.is_empty() || !args.confirm.is_empty();
    if has_options && args.service.is_none() {
        return Err(Stop::usage("`--set` and `--confirm` are about one service: name it"));
    }
    let date = args.date.unwrap_or(context.today);
    let read_options = |file| options(args, file);
    let request = TableRequest {
        file: read_table(path, context),
        map: None,
        sheet: None,
        fills: FillUse::Ignore,
        date_order: None,
        date: Some(date),
        rubric: args.rubric.as_deref(),
        service: args.service.as_deref(),
        options: if has_options { Some(&read_options) } else { None },
        by: &args.by,
        with: &args.with,
        blanks: BlankCells::Skipped,
        repeats: Repeats::Confirm,
        contradictions: Contradictions::Replace,
        mode: Mode::of(args.dry_run),
    };
    let applied = apply(&request, context)?;
    if let ([service], Some(_)) = (applied.services.as_slice(), &args.service)
        && let [scoring] = service.scorings.as_slice()
    {
        let (date, rubric) = (scoring.date, scoring.rubric.clone());
        let (service, path) = (service.id.clone(), service.path.clone());
        let changed =
            AppliedChange { service, before: applied.before, after: applied.after, path, is_news: true };
        return tell(&changed, date, Some(&rubric), request.mode, context);
    }
    finish(&applied, request.mode, context)
}
