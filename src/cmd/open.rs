//! Loading and checking an estate for a command that wants to show it.

use std::collections::BTreeMap;

use super::stop::{Result, Stop};
use super::{Context, Outcome, Verbosity, filter};
use crate::check;
use crate::diag::{self, Code, Diagnostic, Severity};
use crate::load::{EstateDir, ExtraInput, Loaded, LoadedBase, SkippedDocument};
use crate::model::{Clock, Date, Service};
use crate::source::Sources;
use crate::text::{list_some, sanitize};

/// Loads the estate and checks it.
pub(super) fn load_checked(named: ExtraInput, context: &Context<'_>) -> Loaded {
    let mut loaded = context.estate.load_with(named);
    check::check(&mut loaded, context.clock());
    loaded
}

/// Loads and checks the estate. Settings that can't be trusted, or no services at all, end the command; services and
/// rubrics with errors are left out, with a warning.
pub(super) fn open(context: &mut Context<'_>) -> Result<Box<Loaded>> {
    let mut loaded = load_checked(ExtraInput::default(), context);
    let settings = loaded.files.settings;
    let is_fatal = |problem: &Diagnostic| {
        let in_settings = problem.at.as_ref().is_some_and(|label| Some(label.place.file()) == settings);
        problem.code == Code::NothingToCheck || (in_settings && problem.severity() == Severity::Error)
    };
    mention_hidden(&loaded, context)?;
    stop_at(is_fatal, &mut loaded, context)?;
    if context.verbosity == Verbosity::Verbose {
        show_problems(&loaded, context)?;
    }
    if loaded.problems.has_errors() && context.verbosity != Verbosity::Quiet {
        let what = match loaded.estate.unreadable() {
            [] => "some files have errors".to_owned(),
            [one] => format!("`{one}` is left out: its file has errors"),
            many => {
                format!("{} services are left out: their files have errors ({})", many.len(), list_some(many))
            }
        };
        writeln!(context.err, "warning: {}; `fundamentals check` shows them", sanitize(&what))?;
        warn_of_sparse_checkout(&loaded, context)?;
    }
    Ok(Box::new(loaded))
}

/// The same as of a day, with that day; `None` is today. What was written down later is left out.
pub(super) fn open_until(asked: Option<Date>, context: &mut Context<'_>) -> Result<(Box<Loaded>, Date)> {
    let day = filter::until(asked, context.today)?;
    let mut loaded = open(context)?;
    if day < context.today {
        loaded.estate.forget_after(day);
    }
    Ok((loaded, day))
}

/// Says with `--verbose` what was skipped because of its name.
pub(super) fn mention_hidden(loaded: &Loaded, context: &mut Context<'_>) -> Result<()> {
    if context.verbosity == Verbosity::Verbose && !loaded.hidden.is_empty() {
        let names = sanitize(&list_some(&loaded.hidden)).into_owned();
        writeln!(context.err, "note: skipped, since the name begins with a dot: {names}")?;
    }
    if context.verbosity == Verbosity::Verbose {
        mention_skipped(&loaded.skipped, &loaded.sources, context)?;
    }
    Ok(())
}

/// Says what in a catalog's files is no entity.
pub(super) fn mention_skipped(
    skipped: &[SkippedDocument],
    sources: &Sources,
    context: &mut Context<'_>,
) -> Result<()> {
    for SkippedDocument { span, reason } in skipped {
        let file = sources.file(span.file);
        let line = file.position(span.range().start).line;
        let place = format!("{}:{line}", file.path());
        writeln!(context.err, "note: {}: skipped: {}", sanitize(&place), sanitize(reason))?;
    }
    Ok(())
}

/// Says which of these services, as written, have entries of a day that has begun elsewhere and not here.
pub(super) fn mention_early<'l>(
    services: impl Iterator<Item = &'l Service>,
    context: &mut Context<'_>,
) -> Result<()> {
    if context.verbosity == Verbosity::Quiet {
        return Ok(());
    }
    let mut by_day: BTreeMap<Date, Vec<&str>> = BTreeMap::new();
    for service in services {
        for day in service.early_days(context.clock()) {
            by_day.entry(day).or_default().push(service.id.as_str());
        }
    }
    for (day, early) in by_day {
        let (today, early) = (context.today, list_some(&early));
        let note = format!("{day} has begun elsewhere: its entries count from today, {today}");
        writeln!(context.err, "note: {note}: {}", sanitize(&early))?;
    }
    Ok(())
}

/// Says what to set where files are missing because of a sparse checkout.
fn warn_of_sparse_checkout(loaded: &Loaded, context: &mut Context<'_>) -> Result<()> {
    let Some(problem) = loaded.problems.iter().find(|problem| problem.code == Code::NotCheckedOut) else {
        return Ok(());
    };
    let what = if problem.at.is_some() { "this is a sparse checkout" } else { &problem.title };
    Ok(writeln!(context.err, "warning: {}; {}", sanitize(what), sanitize(&problem.help.join("; ")))?)
}

/// Loads the settings alone, for a command that shows them; without any, they are the defaults.
pub(super) fn open_settings(context: &mut Context<'_>) -> Result<Loaded> {
    let mut loaded = context.estate.load();
    let settings = loaded.files.settings;
    let is_fatal = |problem: &Diagnostic| match &problem.at {
        Some(label) => Some(label.place.file()) == settings && problem.severity() == Severity::Error,
        // Nobody knows whether there are settings.
        None => problem.code == Code::NotCheckedOut,
    };
    stop_at(is_fatal, &mut loaded, context)?;
    Ok(loaded)
}

/// Ends the command with the problems that are fatal, if there are any.
fn stop_at(
    is_fatal: impl Fn(&Diagnostic) -> bool,
    loaded: &mut Loaded,
    context: &mut Context<'_>,
) -> Result<()> {
    if !loaded.problems.iter().any(&is_fatal) {
        return Ok(());
    }
    loaded.problems.retain(is_fatal);
    show_problems(loaded, context)?;
    let titles: Vec<_> = loaded.problems.iter().map(|problem| problem.title.as_str()).collect();
    Err(Stop::shown(Outcome::InvalidInput, titles.join("; ")))
}

/// Loads the estate for a command that shows rubrics: they are there without any service, and a service's problems
/// are not theirs. Rubrics with errors are left out, with a warning.
pub(super) fn open_rubrics(context: &mut Context<'_>) -> Result<Loaded> {
    let mut loaded = context.estate.load();
    let files = &loaded.files;
    let concerned: Vec<_> = files.rubrics.iter().copied().chain(files.settings).collect();
    let concerns = |problem: &Diagnostic| {
        let is_unknown = problem.code == Code::NotCheckedOut && problem.at.is_none();
        is_unknown || problem.places().any(|place| concerned.contains(&place.file()))
    };
    loaded.problems.retain(concerns);
    mention_hidden(&loaded, context)?;
    if context.verbosity == Verbosity::Verbose {
        show_problems(&loaded, context)?;
    }
    if loaded.problems.has_errors() && context.verbosity != Verbosity::Quiet {
        writeln!(
            context.err,
            "warning: rubrics or settings have errors and are left out; `fundamentals check` shows them"
        )?;
        warn_of_sparse_checkout(&loaded, context)?;
    }
    Ok(loaded)
}

/// Loads and checks the estate at the merge base with a revision.
pub(super) fn open_base(revision: &str, estate: &EstateDir, clock: Clock) -> Result<LoadedBase> {
    let mut base = estate.load_base(revision)?;
    check::check(&mut base.loaded, clock);
    if let Some(title) = settings_error(&base.loaded) {
        return Err(Stop::invalid(format!("the settings have errors at `{revision}`: {title}")));
    }
    if base.loaded.files.services.is_empty() {
        return Err(Stop::invalid(format!(
            "there is no service file here at `{revision}`, so there is nothing to compare with; leave `--base` out if \
             this estate is new"
        )));
    }
    Ok(base)
}

/// What is wrong with an estate's settings, if they can't be trusted: the first error in them.
pub(super) fn settings_error(loaded: &Loaded) -> Option<&str> {
    let is_in_settings = |problem: &&Diagnostic| {
        let file = problem.at.as_ref().map(|label| label.place.file());
        file.is_some() && file == loaded.files.settings && problem.severity() == Severity::Error
    };
    loaded.problems.iter().find(is_in_settings).map(|problem| problem.title.as_str())
}

fn show_problems(loaded: &Loaded, context: &mut Context<'_>) -> Result<()> {
    Ok(diag::render_human(&loaded.problems, &loaded.sources, context.width, context.err)?)
}

/// How a command ends that has shown what could be shown.
pub(super) fn outcome(loaded: &Loaded) -> Outcome {
    if loaded.problems.has_errors() { Outcome::InvalidInput } else { Outcome::Fine }
}
