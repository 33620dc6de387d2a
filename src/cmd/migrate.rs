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
use crate::eval::{self, MigrationStep};
use crate::load::Loaded;
use crate::model::{Date, Rubric, Service};
use crate::report::migration::{self as report, MigrationMode, MigrationResult, Why};
use crate::text::plural;

/// A service's file before and after.
struct MigratedFile<'e> {
    shown_path: &'e str,
    old: &'e str,
    new: String,
}

pub(super) fn run(args: &MigrateArgs, context: &mut Context<'_>) -> Result {
    let loaded = open(context)?;
    let to = args.to.as_ref().map(|name| filter::rubric(name, &loaded.estate)).transpose()?;
    let services = chosen(args, &loaded, context.today)?;
    let mut changes = Vec::new();
    let mut results = Vec::new();
    for service in services {
        let (change, of_service) = plan(&loaded, service, to, context.today);
        changes.extend(change);
        results.extend(of_service);
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
fn chosen<'e>(args: &MigrateArgs, loaded: &'e Loaded, today: Date) -> Result<Vec<&'e Service>> {
    if args.all {
        return Ok(loaded.estate.services_on(today).collect());
    }
    let services: Result<Vec<_>> = args.services.iter().map(|id| filter::service(id, loaded)).collect();
    let mut seen = BTreeSet::new();
    services.map(|services| services.into_iter().filter(|service| seen.insert(&service.id)).collect())
}

/// The change that moves a service, and what becomes of it under each of its rubrics, or under that of `to`. Where one moves,
/// those that needn't are not mentioned.
fn plan<'e>(
    loaded: &'e Loaded,
    service: &'e Service,
    to: Option<&'e Arc<Rubric>>,
    today: Date,
) -> (Option<MigratedFile<'e>>, Vec<MigrationResult<'e>>) {
    let file = loaded.sources.file(service.span.file);
    let (mut text, mut moved, mut stayed) = (file.text().to_owned(), Vec::new(), Vec::new());
    for step in steps(loaded, service, to, today) {
        let migration = match step {
            MigrationStep::Move(migration) => migration,
            step @ (MigrationStep::Arrived(_)
            | MigrationStep::NeverAssessed
            | MigrationStep::OtherRubric(_)
            | MigrationStep::AssessedOn(_)) => {
                stayed.push(MigrationResult::Stayed { service: &service.id, why: Why::Step(step) });
                continue;
            }
        };
        let assessment = NewAssessment {
            date: today,
            rubric: migration.to.key(),
            comments: report::left_to_judge(&migration),
        };
        match edit::add_assessment(&text, &assessment) {
            Ok(new) => {
                text = new;
                moved.push(MigrationResult::Moved(migration));
            }
            Err(error) => {
                let why = Why::Layout(error.to_string());
                stayed.push(MigrationResult::Stayed { service: &service.id, why });
            }
        }
    }
    if moved.is_empty() {
        return (None, stayed);
    }
    stayed.retain(report::needs_attention);
    let results = moved.into_iter().chain(stayed).collect();
    (Some(MigratedFile { shown_path: file.path(), old: file.text(), new: text }), results)
}

/// What moving to `to` does or, without it, moving each rubric in force to its newest published version.
fn steps<'e>(
    loaded: &'e Loaded,
    service: &'e Service,
    to: Option<&'e Arc<Rubric>>,
    today: Date,
) -> Vec<MigrationStep<'e>> {
    let estate = &loaded.estate;
    let in_force = eval::rubrics_in_force(estate, service, today).into_iter();
    let assessed = in_force.filter(|rubric| service.latest_assessment_by(&rubric.id, today).is_some());
    let newest = |rubric: &'e Arc<Rubric>| estate.rubrics.version_on(&rubric.id, today);
    let targets: Vec<_> = match to {
        Some(to) => vec![Some(to)],
        None => assessed.map(newest).collect(),
    };
    let targets = if targets.is_empty() { vec![None] } else { targets };
    targets.into_iter().map(|to| eval::migration(estate, service, to, today)).collect()
}
