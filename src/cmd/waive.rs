//! `fundamentals waive`

use super::change::{Mode, change_service, finish, planned};
use super::stop::{Result, Stop};
use super::{Context, filter, past};
use crate::cli::WaiveArgs;
use crate::edit::{self, NewWaiver};
use crate::model::{Date, WaiverPolicy, is_name, is_reason};
use crate::report::service as report;

pub(super) fn run(args: &WaiveArgs, context: &mut Context<'_>) -> Result {
    let mode = Mode::of(args.dry_run);
    let changed = change_service(&args.service, mode, context, &mut |loaded, service, context| {
        if let Some(reason) = wrong_usage(args, &loaded.estate.settings.waivers, context.today) {
            return Err(Stop::usage(reason));
        }
        past::refuse_retired(service, context.today)?;
        let category = filter::category_of(&args.category, &loaded.estate, service, context.today);
        let category = category?;
        let waiver = NewWaiver {
            category,
            raised: context.today,
            until: args.until,
            because: args.because.clone(),
            approved_by: args.approved_by.iter().map(|name| name.trim().to_owned()).collect(),
            evidence: args.evidence.clone(),
        };
        let file = loaded.sources.file(service.span.file);
        planned(edit::waive(file.text(), &waiver), file.path())
    })?;
    let changed = changed;
    finish(&changed, mode, context, |context, out| {
        if let Some((_, service)) = changed.services() {
            report::render_waivers(&changed.after.estate, service, context.today, context.width, out)?;
        }
        Ok(())
    })
}

/// What is wrong with the options, if anything is.
fn wrong_usage(args: &WaiveArgs, policy: &WaiverPolicy, today: Date) -> Option<String> {
    let (until, max_weeks) = (args.until, policy.max_weeks);
    let latest = today.weeks_later(max_weeks);
    if until < today {
        return Some(format!("--until {until} is before today, {today}"));
    }
    if until > latest {
        return Some(format!(
            "--until {until} is more than {max_weeks} weeks away; {latest} is the latest day that the settings allow"
        ));
    }
    if !is_reason(&args.because) {
        return Some(format!("--because `{}` is not a reason: write it in words", args.because));
    }
    let nobody = args.approved_by.iter().find(|name| !is_name(name))?;
    Some(format!("--approved-by `{nobody}` names nobody; leave it out to request a waiver"))
}
