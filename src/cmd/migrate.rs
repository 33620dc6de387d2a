//! `fundamentals migrate`

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};

use super::change::{say_where_to_apply, write_patch};
use super::open::{open, outcome};
use super::stop::Result;
use super::{Context, Outcome, Verbosity, filter};
use crate::cli::MigrateArgs;
use crate::edit::{self, NewAssessment, Replaced};
use crate::eval::{self, Migration, MigrationStep};
use crate::load::Loaded;
use crate::model::{Date, Rubric, Service};
use crate::report::migration::{self as report, MigrationMode, Why};
use crate::text::plural;

/// A service's file before and after.
struct MigratedFile<'e> {
    migration: Migration<'e>,
    shown_path: &'e str,
    old: &'e str,
    new: String,
}

pub(super) fn run(args: &MigrateArgs, context: &mut Context<'_>) -> Result {
    let loaded = open(context)?;
    let to = args.to.as_ref().map(|name| filter::rubric(name, &loaded.estate)).transpose()?;
    let services = chosen(args, &loaded)?;
    let mut changes = Vec::new();
    let mut results = Vec::new();
    for service in services {
        let stayed = |why| report::MigrationResult::Stayed { service: &service.id, why };
        match plan(&loaded, service, to, context.today) {
            Ok(change) => {
                results.push(report::MigrationResult::Moved(change.migration.clone()));
                changes.push(change);
            }
            Err(why) => results.push(stayed(why)),
        }
    }
    // A patch names no path that leads up, so it is seen from where nothing has to.
    let levels = changes.iter().map(|change| edit::levels_up(change.shown_path)).max().unwrap_or(0);
    for (done, change) in changes.iter().enumerate() {
        if args.dry_run {
            write_patch(change.shown_path, change.old, &change.new, levels, context)?;
        } else {
            let replaced = edit::replace(&context.estate.path(change.shown_path), change.old, &change.new);
            let before =
                || format!("stopped after {} of {}", plural(done, "service", "services"), changes.len());
            if replaced.with_context(before)? == Replaced::ChangedMeanwhile {
                return Err(anyhow!(
                    "{}: {} was changed by somebody else in the meantime; it is left as it is: run this again",
                    before(),
                    change.shown_path
                )
                .into());
            }
        }
    }
    let (mode, out) = if args.dry_run {
        // The patch is the result; its effect goes to standard error.
        (MigrationMode::DryRun, &mut *context.err)
    } else {
        (MigrationMode::Done, &mut *context.out)
    };
    if !args.dry_run || context.verbosity != Verbosity::Quiet {
        report::render(&results, mode, context.width, out)?;
        if args.dry_run {
            say_where_to_apply(levels, context)?;
        }
    }
    let needs_attention = results.iter().any(report::needs_attention);
    Ok(if needs_attention { Outcome::InvalidInput } else { outcome(&loaded) })
}

/// The services that the arguments mean.
fn chosen<'e>(args: &MigrateArgs, loaded: &'e Loaded) -> Result<Vec<&'e Service>> {
    if args.all {
        return Ok(loaded.estate.services().iter().collect());
    }
    let services: Result<Vec<_>> = args.services.iter().map(|id| filter::service(id, loaded)).collect();
    let mut seen = BTreeSet::new();
    services.map(|services| services.into_iter().filter(|service| seen.insert(&service.id)).collect())
}

/// The change that moves a service, or why it stays.
fn plan<'e>(
    loaded: &'e Loaded,
    service: &'e Service,
    to: Option<&'e Arc<Rubric>>,
    today: Date,
) -> std::result::Result<MigratedFile<'e>, Why<'e>> {
    let migration = match eval::migration(&loaded.estate, service, to, today) {
        MigrationStep::Move(migration) => migration,
        step @ (MigrationStep::Arrived(_)
        | MigrationStep::NeverAssessed
        | MigrationStep::OtherRubric(_)
        | MigrationStep::AssessedOn(_)) => {
            return Err(Why::Step(step));
        }
    };
    let file = loaded.sources.file(service.span.file);
    let assessment = NewAssessment {
        date: today,
        rubric: migration.to.key(),
        comments: report::left_to_judge(&migration),
    };
    let new = edit::add_assessment(file.text(), &assessment);
    let new = new.map_err(|error| Why::Layout(error.to_string()))?;
    Ok(MigratedFile { migration, shown_path: file.path(), old: file.text(), new })
}
