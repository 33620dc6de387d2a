//! A change to a service's file: tried out first, then written if the file stays right.

use std::io::Write;

use anyhow::{Context as _, anyhow};

use super::open::open;
use super::stop::{Result, Stop};
use super::{Context, Outcome, filter};
use crate::check;
use crate::diag::{self, Diagnostic, Severity};
use crate::edit::{self, Applies, EditError, Patch, Replaced};
use crate::load::{FileText, Loaded};
use crate::model::{Clock, Date, Service, ServiceId};
use crate::text::sanitize;

/// How often a change is made anew because somebody else changed the file meanwhile.
pub(super) const MAX_ATTEMPTS: usize = 50;

/// What happens to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// It is changed.
    Write,
    /// The change is printed as a patch.
    DryRun,
}

impl Mode {
    /// What `--dry-run` says.
    pub fn of(dry_run: bool) -> Self {
        if dry_run { Self::DryRun } else { Self::Write }
    }
}

/// A change that was made, or would be: the estate before and after it.
pub(super) struct AppliedChange {
    pub service: ServiceId,
    pub before: Box<Loaded>,
    pub after: Box<Loaded>,
    /// The service's file as it is shown, and what else is written.
    pub path: String,
    /// Whether the file says anything else than before.
    pub is_news: bool,
}

impl AppliedChange {
    /// The service before the change and after it.
    pub fn services(&self) -> Option<(&Service, &Service)> {
        let id = self.service.as_str();
        self.before.estate.service(id).zip(self.after.estate.service(id))
    }
}

/// Gives the new text of a service's file.
type Plan<'p> = dyn FnMut(&Loaded, &Service, &mut Context<'_>) -> Result<String> + 'p;

/// Opens the estate, changes the file of a service as `plan` says, and writes it; if somebody else changed it meanwhile,
/// all of that again, so that neither change is lost.
pub(super) fn change_service(
    name: &str,
    mode: Mode,
    context: &mut Context<'_>,
    plan: &mut Plan<'_>,
) -> Result<AppliedChange> {
    for _ in 0..MAX_ATTEMPTS {
        let before = open(context)?;
        let service = filter::service(name, &before)?;
        let new = plan(&before, service, context)?;
        let file = before.sources.file(service.span.file);
        let (path, old) = (file.path().to_owned(), file.text().to_owned());
        let after = match try_out(&before, &[(&path, Some(new.clone()))], context.clock()) {
            Ok(after) => after,
            Err(wrong) => return Err(wrong_file(&wrong, context)?),
        };
        let service = service.id.clone();
        let changed = AppliedChange { service, before, after, path, is_news: old != new };
        if !changed.is_news {
            return Ok(changed);
        }
        if mode == Mode::DryRun {
            // A patch names no path that leads up.
            let levels = edit::levels_up(&changed.path);
            write_patch(&changed.path, &old, &new, levels, context)?;
            say_where_to_apply(levels, context)?;
            return Ok(changed);
        }
        match edit::replace(&context.estate.path(&changed.path), &old, &new)? {
            Replaced::Yes => return Ok(changed),
            Replaced::ChangedMeanwhile => {}
        }
    }
    Err(anyhow!("the file of `{name}` is being changed by others all the time; try again later").into())
}

/// Returns the estate with new texts in files or, as the error, the same with the problems that these files would have.
pub(super) fn try_out(
    before: &Loaded,
    texts: &[FileText<'_>],
    clock: Clock,
) -> std::result::Result<Box<Loaded>, Box<Loaded>> {
    let mut after = Box::new(before.with_service_files(texts));
    check::check(&mut after, clock);
    let is_changed = |path: &str| texts.iter().any(|(changed, _)| *changed == path);
    let is_its = |problem: &Diagnostic| {
        problem.places().any(|place| is_changed(after.sources.file(place.file()).path()))
    };
    let is_wrong = |problem: &Diagnostic| problem.severity() == Severity::Error && is_its(problem);
    if !after.problems.iter().any(is_wrong)
        && after.estate.unreadable().len() <= before.estate.unreadable().len()
    {
        return Ok(after);
    }
    // What is wrong with other files was so before, and is theirs to know.
    let mut problems = after.problems.clone();
    problems.retain(is_wrong);
    after.problems = problems;
    Err(after)
}

/// Prints what would be wrong in a file, and gives the reason why it isn't written.
pub(super) fn wrong_file(wrong: &Loaded, context: &mut Context<'_>) -> Result<Stop> {
    diag::render_human(&wrong.problems, &wrong.sources, context.width, context.err)?;
    Ok(Stop::invalid("nothing was written: the file would be wrong in this way"))
}

/// Gives the new text of a service's file, or the reason why it can't be changed.
pub(super) fn planned(edited: std::result::Result<String, EditError>, path: &str) -> Result<String> {
    edited.map_err(|error| Stop::invalid(format!("{path} was not changed: {error}")))
}

/// Prints a change as a patch, with paths as seen from `levels` folders further up.
pub(super) fn write_patch(
    path: &str,
    old: &str,
    new: &str,
    levels: usize,
    context: &mut Context<'_>,
) -> Result<()> {
    let shown = edit::seen_from_above(path, &context.current_dir, levels);
    print_patch(&edit::patch(&shown, old, new), context)
}

/// The same for a file that also gets another path.
pub(super) fn write_rename_patch(
    [from, to]: [&str; 2],
    old: &str,
    new: &str,
    levels: usize,
    context: &mut Context<'_>,
) -> Result<()> {
    let shown = |path| edit::seen_from_above(path, &context.current_dir, levels);
    print_patch(&edit::rename_patch(&shown(from), &shown(to), old, new), context)
}

/// Prints a file that isn't there yet as a patch.
pub(super) fn write_new_file_patch(
    path: &str,
    text: &str,
    levels: usize,
    context: &mut Context<'_>,
) -> Result<()> {
    let shown = edit::seen_from_above(path, &context.current_dir, levels);
    print_patch(&edit::new_file_patch(&shown, text), context)
}

fn print_patch(shown_change: &Patch, context: &mut Context<'_>) -> Result<()> {
    context.out.write_all(shown_change.text.as_bytes()).context("failed to write the patch")?;
    if shown_change.applies == Applies::OnlyToLookAt {
        let note = "the text holds characters that would act on a terminal or a build server: the patch shows others, so \
                    don't apply it; run the command without `--dry-run`";
        writeln!(context.err, "warning: {note}")?;
    }
    Ok(())
}

/// Says beside a patch in which folder it is applied, if that is further up.
pub(super) fn say_where_to_apply(levels: usize, context: &mut Context<'_>) -> Result<()> {
    if levels > 0 {
        let folder = vec![".."; levels].join("/");
        writeln!(context.err, "Apply the patch in `{folder}`: its paths are seen from there.")?;
    }
    Ok(())
}

/// Ends a command that changed a file: says what came of it, as `tell` does, and where it is written. Of a dry run the
/// patch is the result; its effect goes to standard error.
pub(super) fn finish(
    changed: &AppliedChange,
    mode: Mode,
    context: &mut Context<'_>,
    tell: impl FnOnce(&MessageContext, &mut dyn Write) -> Result<()>,
) -> Result {
    let path = sanitize(&changed.path);
    let (said, out) = match (mode, changed.is_news) {
        (_, false) => (format!("{path} says so already."), &mut *context.out),
        (Mode::Write, true) => (format!("Written to {path}."), &mut *context.out),
        (Mode::DryRun, true) => ("No file was changed.".to_owned(), &mut *context.err),
    };
    tell(&MessageContext { today: context.today, width: context.width }, out)?;
    writeln!(out, "{said}")?;
    Ok(Outcome::Fine)
}

/// The day and the width for messages.
pub(super) struct MessageContext {
    pub today: Date,
    pub width: usize,
}
