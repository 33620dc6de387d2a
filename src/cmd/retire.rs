//! `fundamentals retire`

use super::catalog_fields::left_to_catalog;
use super::change::{Mode, change_service, finish, planned};
use super::stop::{Result, Stop};
use super::{Context, past};
use crate::cli::RetireArgs;
use crate::edit::{self, IdentityChange, NewRetirement, PartialIdentity};
use crate::eval::heirs;
use crate::load::Loaded;
use crate::model::{Date, Retirement, Service, is_reason};
use crate::report::life as report;

pub(super) fn run(args: &RetireArgs, context: &mut Context<'_>) -> Result {
    match &args.because {
        Some(because) => retire(args, because, context),
        None => undo(args, context),
    }
}

fn retire(args: &RetireArgs, because: &str, context: &mut Context<'_>) -> Result {
    if !is_reason(because) {
        let reason =
            format!("--because `{because}` is not a reason: write in words why, or what replaces it");
        return Err(Stop::usage(reason));
    }
    let mode = Mode::of(args.dry_run);
    let on = args.on.unwrap_or(context.today);
    let changed = change_service(&args.service, mode, context, &mut |loaded, service, _| {
        past::refuse_before(service, on, loaded)?;
        refuse_assessed(service, on, loaded)?;
        let file = loaded.sources.file(service.span.file);
        let retirement = NewRetirement { on, because: Some(because.to_owned()) };
        // A service that ends leaves its catalog, and figures of the past need to know who it was.
        let text = edit::change_identity(file.text(), &from_catalog(service, loaded));
        planned(text.and_then(|text| edit::retire(&text, &retirement)), file.path())
    })?;
    finish(&changed, mode, context, |context, out| {
        if let Some((_, service)) = changed.services()
            && let Some(retirement) = &service.identities.latest().retired
        {
            let heirs = heirs(&changed.before.estate, service, context.today);
            let retired = report::Retired { service, retirement, heirs };
            report::render_retired(&retired, context.today, context.width, out)?;
        }
        Ok(())
    })
}

/// What only the catalog says of a service, to be written into its file.
fn from_catalog(service: &Service, loaded: &Loaded) -> IdentityChange {
    let (now, left) = (service.identities.latest(), left_to_catalog(service, loaded));
    let is_left = |key: &str| left.contains(&key);
    let becomes = PartialIdentity {
        domain: is_left("domain").then(|| now.domain.to_string()),
        platform: is_left("platform").then(|| now.platform.to_string()),
        owner: now.owner.clone().filter(|_| is_left("owner")),
        criticality: is_left("criticality").then(|| now.criticality.name().to_owned()),
        golden_thread: is_left("golden-thread").then_some(now.golden_thread),
        tags: is_left("tags").then(|| now.tags.clone()),
        rubrics: None,
    };
    IdentityChange { until: None, was: PartialIdentity::default(), becomes }
}

/// Refuses to retire a service that was assessed later.
fn refuse_assessed(service: &Service, on: Date, loaded: &Loaded) -> Result<()> {
    let Some(last) = loaded.as_written(service).assessments.last().filter(|last| last.date >= on) else {
        return Ok(());
    };
    let (id, path) = (&service.id, loaded.sources.file(service.span.file).path());
    Err(Stop::usage(format!(
        "`{id}` was assessed on {}, so it can't be retired from {on} on: give `--on {}` or later, or delete that \
         assessment from {path} if it was a mistake",
        last.date,
        last.date.day_after()
    )))
}

fn undo(args: &RetireArgs, context: &mut Context<'_>) -> Result {
    let mode = Mode::of(args.dry_run);
    let back = args.on.unwrap_or(context.today);
    let mut was = None;
    let changed = change_service(&args.service, mode, context, &mut |loaded, service, _| {
        let Some(Retirement { on, because, .. }) = &service.identities.latest().retired else {
            return Err(Stop::usage(format!("`{}` is not retired", service.id)));
        };
        let retirement = NewRetirement { on: *on, because: because.clone() };
        // What was never in force leaves nothing to keep.
        let until = (*on < back).then(|| back.day_before());
        if until.is_some() {
            past::refuse_before(service, back, loaded)?;
        }
        was = Some((*on, until));
        let file = loaded.sources.file(service.span.file);
        planned(edit::reinstate(file.text(), &retirement, until), file.path())
    })?;
    finish(&changed, mode, context, |context, out| {
        if let Some(((_, service), (on, until))) = changed.services().zip(was) {
            report::render_back(service, on, until, context.width, out)?;
        }
        Ok(())
    })
}
