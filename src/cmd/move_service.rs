//! `fundamentals move`

use std::collections::BTreeSet;

use super::catalog_fields::left_to_catalog;
use super::change::{Mode, change_service, finish, planned};
use super::stop::{Result, Stop};
use super::{Context, Verbosity, past};
use crate::cli::MoveArgs;
use crate::edit::{self, IdentityChange, PartialIdentity};
use crate::load::Loaded;
use crate::model::{Date, Estate, Identity, Service};
use crate::report::life as report;
use crate::text::{closest, sanitize};

pub(super) fn run(args: &MoveArgs, context: &mut Context<'_>) -> Result {
    if args.is_empty() {
        return Err(Stop::usage(
            "nothing to change: give `--domain`, `--platform`, `--owner`, `--criticality`, `--golden-thread`, `--tag` or \
             `--rubrics`",
        ));
    }
    let mode = Mode::of(args.dry_run);
    let on = args.on.unwrap_or(context.today);
    let mut change = None;
    let mut for_catalog = Vec::new();
    let mut in_catalog = Vec::new();
    let changed = change_service(&args.service, mode, context, &mut |loaded, service, _| {
        past::refuse_retired(service, on)?;
        let mut planned_change = plan(args, service, on);
        in_catalog = left_to_catalog(service, loaded);
        for_catalog = leave_to_catalog(&mut planned_change, service, loaded);
        if planned_change.until.is_some() && !planned_change.was.is_empty() {
            past::refuse_before(service, on, loaded)?;
        }
        let file = loaded.sources.file(service.span.file);
        let text = edit::change_identity(file.text(), &planned_change);
        change = Some(planned_change);
        planned(text, file.path())
    })?;
    if context.verbosity != Verbosity::Quiet {
        if !changed.is_news && !in_catalog.is_empty() {
            let note = format!(
                "the catalog says so already, and not what `{}` was before: write that under `previously`; run `move` before \
                 the next change in the catalog",
                args.service
            );
            writeln!(context.err, "note: {}", sanitize(&note))?;
        }
        for (field, value) in for_catalog {
            let note =
                format!("the catalog says who `{}` is: change its {field} there to `{value}`", args.service);
            writeln!(context.err, "note: {}", sanitize(&note))?;
        }
    }
    mention_slips(args, &changed.before.estate, context)?;
    finish(&changed, mode, context, |context, out| {
        if let Some(((before, after), change)) = changed.services().zip(change) {
            report::render_moved(before, after, change.until, context.width, out)?;
        }
        Ok(())
    })
}

/// What changes: only what isn't so already.
fn plan(args: &MoveArgs, service: &Service, on: Date) -> IdentityChange {
    let now = service.identities.latest();
    let owner = args.owner.as_ref().map(|owner| owner.trim().to_owned());
    let written = |names: &Option<Vec<String>>| -> Option<Vec<String>> {
        let names = names.as_ref()?.iter().map(|name| name.trim().to_owned());
        Some(names.filter(|name| !name.is_empty()).collect())
    };
    let listed = now.rubrics.iter().flatten().map(ToString::to_string).collect();
    let (was_domain, domain) = turn(now.domain.to_string(), args.domain.clone());
    let (was_platform, platform) = turn(now.platform.to_string(), args.platform.clone());
    let (was_owner, owner) = turn(now.owner.clone().unwrap_or_default(), owner);
    let (was_critical, criticality) = turn(now.criticality.name().to_owned(), args.criticality.clone());
    let (was_golden, golden_thread) = turn(now.golden_thread, args.golden_thread);
    let (was_tagged, tags) = turn(now.tags.clone(), written(&args.tag));
    let (was_under, rubrics) = turn(listed, written(&args.rubrics));
    // Before it joined there was nothing that could have been otherwise.
    let had_joined = service.first_day().is_none_or(|first| first < on);
    IdentityChange {
        until: had_joined.then(|| on.day_before()),
        was: PartialIdentity {
            domain: was_domain,
            platform: was_platform,
            owner: was_owner,
            criticality: was_critical,
            golden_thread: was_golden,
            tags: was_tagged,
            rubrics: was_under,
        },
        becomes: PartialIdentity { domain, platform, owner, criticality, golden_thread, tags, rubrics },
    }
}

/// Takes out of a change what the catalog gives and the file doesn't: only what was before is kept in the file. Returns these
/// fields with their new values.
fn leave_to_catalog(
    change: &mut IdentityChange,
    service: &Service,
    loaded: &Loaded,
) -> Vec<(&'static str, String)> {
    let keys = left_to_catalog(service, loaded);
    let PartialIdentity { domain, platform, criticality, golden_thread, owner, tags: _, rubrics: _ } =
        &mut change.becomes;
    let mut left = Vec::new();
    let texts = [("domain", domain), ("platform", platform), ("criticality", criticality), ("owner", owner)];
    for (key, value) in texts {
        left.extend(value.take_if(|_| keys.contains(&key)).map(|value| (key, value)));
    }
    let golden = golden_thread.take_if(|_| keys.contains(&"golden-thread"));
    left.extend(golden.map(|golden| ("golden-thread", golden.to_string())));
    left
}

/// What something was and becomes, if it becomes anything else.
fn turn<T: PartialEq>(now: T, wanted: Option<T>) -> (Option<T>, Option<T>) {
    match wanted {
        Some(wanted) if wanted != now => (Some(now), Some(wanted)),
        Some(_) | None => (None, None),
    }
}

/// Says which names that nothing else in the estate has look like one that others have.
fn mention_slips(args: &MoveArgs, estate: &Estate, context: &mut Context<'_>) -> Result<()> {
    if context.verbosity == Verbosity::Quiet {
        return Ok(());
    }
    let known = |of: fn(&Identity) -> &str| -> BTreeSet<&str> {
        estate.services().iter().map(|service| of(service.identities.latest())).collect()
    };
    for (what, given, known) in [
        ("domain", &args.domain, known(|identity| identity.domain.as_str())),
        ("platform", &args.platform, known(|identity| identity.platform.as_str())),
    ] {
        let Some(given) = given.as_deref().filter(|given| !known.contains(given)) else { continue };
        if let Some(meant) = closest(given, known.iter().copied()) {
            let note = format!("no other service has the {what} `{given}`: did you mean `{meant}`?");
            writeln!(context.err, "note: {}", sanitize(&note))?;
        }
    }
    Ok(())
}
