//! `fundamentals rename`

use std::path::Path;

use anyhow::anyhow;

use super::change::{
    AppliedChange, MAX_ATTEMPTS, Mode, finish, planned, say_where_to_apply, try_out, write_patch,
    write_rename_patch, wrong_file,
};
use super::new_id::{IdOf, refuse_new_id};
use super::open::open;
use super::stop::{Result, Stop};
use super::{Context, Verbosity, filter};
use crate::cli::RenameArgs;
use crate::edit::{self, Relocation, Replaced, Rewrite};
use crate::load::{FileText, Loaded};
use crate::model::{IdFrom, Service, ServiceId};
use crate::report::life as report;
use crate::source::FileId;
use crate::text::{list_some, plural, sanitize};

/// A file before and after, by its path as it is shown.
struct ChangedFile {
    path: String,
    old: String,
    new: String,
}

/// All that a new id changes.
struct Plan {
    /// The service's own file.
    own: ChangedFile,
    /// Its path afterwards, as it is shown.
    to: String,
    /// Those that inherit from it, with their files.
    heirs: Vec<(ServiceId, ChangedFile)>,
}

pub(super) fn run(args: &RenameArgs, context: &mut Context<'_>) -> Result {
    let new = ServiceId::new(&args.new)
        .map_err(|rule| Stop::usage(format!("`{}` can't be an id: an id {rule}", args.new)))?;
    let mode = Mode::of(args.dry_run);
    for _ in 0..MAX_ATTEMPTS {
        let before = open(context)?;
        let service = filter::service(&args.old, &before)?;
        if service.id == new {
            return Err(Stop::usage(format!("`{}` is called `{new}` already", args.old)));
        }
        let plan = plan(service, &new, &before, context)?;
        let after = match try_out(&before, &plan.texts(), context.clock()) {
            Ok(after) => after,
            Err(wrong) => return Err(wrong_file(&wrong, context)?),
        };
        mention_unread(service, &before, context)?;
        if mode == Mode::DryRun {
            plan.write_patches(context)?;
        } else if plan.write(context)? == Replaced::ChangedMeanwhile {
            continue;
        }
        let old = service.id.clone();
        let heirs: Vec<_> = plan.heirs.iter().map(|(id, _)| id.clone()).collect();
        let changed = AppliedChange { service: new, before, after, path: written_to(&plan), is_news: true };
        return finish(&changed, mode, context, |context, out| {
            Ok(report::render_renamed(&old, &changed.service, &heirs, context.width, out)?)
        });
    }
    Err(anyhow!("the files are being changed by others all the time; try again later").into())
}

/// Where all of it is written.
fn written_to(plan: &Plan) -> String {
    match plan.heirs.len() {
        0 => plan.to.clone(),
        count => format!("{} and {}", plan.to, plural(count, "other file", "other files")),
    }
}

fn plan(service: &Service, new: &ServiceId, loaded: &Loaded, context: &Context<'_>) -> Result<Plan> {
    let file = loaded.sources.file(service.span.file);
    let (path, text) = (file.path(), file.text());
    let renamed = planned(edit::rename(text, &service.id, new), path)?;
    let to = context.estate.shown(&context.estate.renamed_path(&loaded.estate.settings, path, new));
    // A process that was killed may have come as far as that: the same command goes on from there.
    let is_at = |file: &FileId| loaded.sources.file(*file).path() == to;
    let at_place = loaded.files.services.iter().find(|file| to != path && is_at(file));
    let is_begun = at_place.is_some_and(|file| loaded.sources.file(*file).text() == renamed);
    if !is_begun {
        refuse_new_id(new, IdOf::Renamed(service), loaded)?;
        refuse_place(service, new, [path, &to], loaded, context)?;
    }
    let own = ChangedFile { path: path.to_owned(), old: text.to_owned(), new: renamed };
    let mut heirs = Vec::new();
    for other in loaded.estate.services().iter().filter(|other| other.id != service.id) {
        let file = loaded.sources.file(other.span.file);
        let (path, text) = (file.path().to_owned(), file.text());
        let renamed = planned(edit::rename_provider(text, &service.id, new), &path)?;
        if renamed != text {
            heirs.push((other.id.clone(), ChangedFile { path, old: text.to_owned(), new: renamed }));
        }
    }
    Ok(Plan { own, to, heirs })
}

/// Refuses a place for a renamed service's file that is taken, or that can't be made or found. Paths are given as they are
/// shown.
fn refuse_place(
    service: &Service,
    new: &ServiceId,
    [path, shown]: [&str; 2],
    loaded: &Loaded,
    context: &Context<'_>,
) -> Result<()> {
    let settings = &loaded.estate.settings;
    let [from, to] = [path, shown].map(|path| context.estate.path(path));
    if to == from {
        return Ok(());
    }
    if from.is_symlink() {
        return Err(Stop::usage(format!(
            "{path} is a symbolic link: rename it and what it leads to by hand"
        )));
    }
    if settings.id_from == IdFrom::Folder && !is_alone(&from) {
        let (old, folder) = (&service.id, from.parent().map(|folder| context.estate.shown(folder)));
        return Err(Stop::usage(format!(
            "the folder `{}` gives the service its id and holds other files: rename the folder by hand, and write \
             `service: {new}` and `renamed-from: [{old}]` in the service's file; what refers to `{old}` still means it",
            folder.unwrap_or_default()
        )));
    }
    if to.symlink_metadata().is_ok() {
        return Err(Stop::usage(format!("{shown} exists already")));
    }
    if !context.estate.service_places(settings).include(&to) {
        let globs = list_some(&settings.services);
        return Err(Stop::usage(format!(
            "{shown} would not be found: service files are those that match {globs}"
        )));
    }
    match edit::refuse_new_name(&to) {
        Some(reason) => Err(Stop::usage(reason)),
        None => Ok(()),
    }
}

/// Whether nothing is beside a file in its folder.
fn is_alone(path: &Path) -> bool {
    let beside = path.parent().and_then(|folder| folder.read_dir().ok());
    beside.is_some_and(|entries| entries.count() == 1)
}

/// Says which files may refer to the service and were not looked through, since they have errors.
fn mention_unread(service: &Service, loaded: &Loaded, context: &mut Context<'_>) -> Result<()> {
    if context.verbosity == Verbosity::Quiet {
        return Ok(());
    }
    let is_read = |file| loaded.estate.services().iter().any(|service| service.span.file == file);
    let others = loaded.files.services.iter().filter(|file| !is_read(**file));
    let others = others.map(|file| loaded.sources.file(*file));
    let unread: Vec<_> =
        others.filter(|file| file.text().contains(service.id.as_str())).map(|file| file.path()).collect();
    if !unread.is_empty() {
        let note = format!("not looked through, since they have errors: {}", list_some(&unread));
        writeln!(context.err, "note: {}", sanitize(&note))?;
    }
    Ok(())
}

impl Plan {
    /// What the files say afterwards.
    fn texts(&self) -> Vec<FileText<'_>> {
        let gone = (self.own.path != self.to).then_some((self.own.path.as_str(), None));
        let own = (self.to.as_str(), Some(self.own.new.clone()));
        let heirs = self.heirs.iter().map(|(_, file)| (file.path.as_str(), Some(file.new.clone())));
        gone.into_iter().chain([own]).chain(heirs).collect()
    }

    fn write(&self, context: &Context<'_>) -> Result<Replaced> {
        let rewrite = |ChangedFile { path, old, new }: &ChangedFile| Rewrite {
            path: context.estate.path(path),
            old: old.clone(),
            new: new.clone(),
        };
        let own = rewrite(&self.own);
        let heirs = self.heirs.iter().map(|(_, file)| rewrite(file));
        Ok(if self.own.path == self.to {
            edit::rewrite_together(None, &std::iter::once(own).chain(heirs).collect::<Vec<_>>())?
        } else {
            let relocation = Relocation { rewrite: own, to: context.estate.path(&self.to) };
            edit::rewrite_together(Some(&relocation), &heirs.collect::<Vec<_>>())?
        })
    }

    /// Prints one patch of all files, whose paths lead up nowhere.
    fn write_patches(&self, context: &mut Context<'_>) -> Result<()> {
        let heirs = || self.heirs.iter().map(|(_, file)| file);
        let paths = heirs().map(|file| file.path.as_str()).chain([self.own.path.as_str(), self.to.as_str()]);
        let levels = paths.map(edit::levels_up).max().unwrap_or(0);
        let ChangedFile { path, old, new } = &self.own;
        if self.to == *path {
            write_patch(path, old, new, levels, context)?;
        } else {
            write_rename_patch([path, &self.to], old, new, levels, context)?;
        }
        for ChangedFile { path, old, new } in heirs() {
            write_patch(path, old, new, levels, context)?;
        }
        say_where_to_apply(levels, context)
    }
}
