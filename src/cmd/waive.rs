//! `fundamentals waive`

use anyhow::Result;

use super::change::{Mode, change_service, finish, planned};
use super::{Context, Outcome, filter};
use crate::cli::WaiveArgs;
use crate::edit::{self, NewWaiver};
use crate::report::service as report;

pub(super) fn run(args: &WaiveArgs, context: &mut Context<'_>) -> Result<Outcome> {
    let mode = Mode::of(args.dry_run);
    let changed = change_service(&args.service, mode, context, &mut |loaded, service, context| {
        if args.until < context.today {
            let reason = format!("--until {} is before today, {}", args.until, context.today);
            return context.refuse(Outcome::WrongUsage, &reason).map(Err);
        }
        let category = filter::category_of(&args.category, &loaded.estate, service, context.today);
        let category = match category {
            Ok(category) => category,
            Err(reason) => return context.refuse(Outcome::WrongUsage, &reason).map(Err),
        };
        let waiver = NewWaiver {
            category,
            until: args.until,
            because: args.because.clone(),
            approved_by: args.approved_by.clone(),
            evidence: args.evidence.clone(),
        };
        let file = loaded.sources.file(service.span.file);
        planned(edit::waive(file.text(), &waiver), file.path(), context)
    })?;
    let changed = match changed {
        Ok(changed) => changed,
        Err(outcome) => return Ok(outcome),
    };
    finish(&changed, mode, context, |context, out| {
        if let Some((_, service)) = changed.services() {
            report::render_waivers(&changed.after.estate, service, context.today, context.width, out)?;
        }
        Ok(())
    })
}
