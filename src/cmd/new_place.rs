//! Where the file of a new service lies.

use std::path::{Path, PathBuf};

use super::Context;
use super::stop::{Result, Stop};
use crate::edit::{self, NewService};
use crate::load::Loaded;
use crate::model::{Service, ServiceId};
use crate::text::list_some;

/// The path for a new service's file: it looks like those of its platform or, without one, of its domain; else as the globs
/// say.
pub(super) fn usual_place(
    new: &NewService,
    id: &ServiceId,
    loaded: &Loaded,
    context: &Context<'_>,
) -> Result<PathBuf> {
    let files = |is_like: &dyn Fn(&&Service) -> bool| -> Vec<&str> {
        let like = loaded.estate.services().iter().filter(is_like);
        like.map(|service| loaded.sources.file(service.span.file).path()).collect()
    };
    let mut beside =
        files(&|other| Some(other.identities.latest().platform.as_str()) == new.platform.as_deref());
    if beside.is_empty() {
        beside = files(&|other| Some(other.identities.latest().domain.as_str()) == new.domain.as_deref());
    }
    let settings = &loaded.estate.settings;
    let mut paths = context.estate.new_service_paths(settings, id, &beside).into_iter();
    let path = paths.next().ok_or_else(|| {
        let globs = list_some(&settings.services);
        Stop::usage(format!("give a path with `--file`: no usual one for `{id}` matches {globs}"))
    })?;
    if path.symlink_metadata().is_ok() {
        let shown = context.estate.shown(&path);
        return Err(Stop::usage(format!("{shown} exists already; give another path with `--file`")));
    }
    Ok(path)
}

/// Refuses a path at which the estate would not find a service's file, or that some file systems can't hold.
pub(super) fn refuse_place(path: &Path, loaded: &Loaded, context: &Context<'_>) -> Result<()> {
    if !context.estate.is_service_path(&loaded.estate.settings, path) {
        let globs = list_some(&loaded.estate.settings.services);
        let reason =
            format!("{} would not be found: service files are those that match {globs}", path.display());
        return Err(Stop::usage(reason));
    }
    match edit::refuse_new_name(path) {
        Some(reason) => Err(Stop::usage(reason)),
        None => Ok(()),
    }
}
