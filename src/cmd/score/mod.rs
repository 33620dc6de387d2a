//! `fundamentals score`

mod draft;
mod talk;

use anyhow::Result;

use super::open::{Opened, open, outcome};
use super::{Context, Outcome, filter};
use crate::cli::ScoreArgs;
use crate::dialog::{Ending, Scope};
use crate::edit;
use crate::model::{Confirmation, Scoring};
use crate::score::service_state;

pub(super) fn run(args: &ScoreArgs, context: &mut Context<'_>) -> Result<Outcome> {
    let loaded = match open(context)? {
        Opened::Ready(loaded) => loaded,
        Opened::Refused(outcome) => return Ok(outcome),
    };
    let service = match filter::service(&args.service, &loaded) {
        Ok(service) => service,
        Err((outcome, reason)) => return context.refuse(outcome, &reason),
    };
    if context.terminal.is_none() {
        return context.refuse(Outcome::WrongUsage, "there is no terminal to ask at");
    }
    let start = Scoring {
        date: context.today,
        rubric: service_state(&loaded.estate, service, context.today).rubric.key(),
        by: Vec::new(),
        with: Vec::new(),
        scores: Vec::new(),
        confirmation: Confirmation::These(Vec::new()),
    };
    let scope = if args.all { Scope::All } else { Scope::Urgent };
    let mut summary = |scoring: &Scoring, _: usize| {
        Ok(Ok(format!("{} judged, {:?}", scoring.scores.len(), scoring.confirmation)))
    };
    match talk::talk(&loaded, service, start, scope, context, &mut summary)? {
        Ending::Write(scoring) => {
            let file = loaded.sources.file(service.span.file);
            let new = edit::assess(file.text(), &scoring).map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
            let _ = edit::replace(&context.current_dir.join(file.path()), file.text(), &new)?;
            writeln!(context.out, "Wrote {}", file.path())?;
            talk::forget_draft(&loaded, service, context)?;
            Ok(outcome(&loaded))
        }
        Ending::Left | Ending::Discard => Ok(Outcome::Fine),
        Ending::Interrupted => Ok(Outcome::Interrupted),
    }
}
