//! Where the files of new services lie.

use std::path::{Path, PathBuf};

use super::Context;
use super::stop::{Result, Stop};
use crate::edit::{NewNames, NewService};
use crate::load::{EstateDir, Loaded, ServicePlaces};
use crate::model::{Service, ServiceId};
use crate::text::list_some;

/// Whether the user can name the path of a new service's file in the same command.
#[derive(Clone, Copy)]
pub(super) enum PlaceChoice {
    ByFlag,
    Usual,
}

impl PlaceChoice {
    /// What to do where the usual path won't do.
    fn advice(self, id: &ServiceId) -> String {
        match self {
            Self::ByFlag => "give another path with `--file`".to_owned(),
            Self::Usual => format!("write this one first, with `fundamentals add {id} --file …`"),
        }
    }
}

/// Places for the files of new services in an estate.
pub(super) struct NewPlaces<'e> {
    loaded: &'e Loaded,
    estate: &'e EstateDir,
    places: ServicePlaces<'e>,
    names: NewNames,
    choice: PlaceChoice,
}

impl<'e> NewPlaces<'e> {
    pub fn new(loaded: &'e Loaded, context: &'e Context<'_>, choice: PlaceChoice) -> Self {
        let estate = &context.estate;
        let places = estate.service_places(&loaded.estate.settings);
        Self { loaded, estate, places, names: NewNames::default(), choice }
    }

    /// The path for a new service's file: it looks like those of its platform or, without one, of its domain; else as the
    /// globs say.
    pub fn usual(&self, new: &NewService, id: &ServiceId) -> Result<PathBuf> {
        let files = |is_like: &dyn Fn(&&Service) -> bool| -> Vec<&str> {
            let like = self.loaded.estate.services().iter().filter(is_like);
            like.map(|service| self.loaded.sources.file(service.span.file).path()).collect()
        };
        let mut beside =
            files(&|other| Some(other.identities.latest().platform.as_str()) == new.platform.as_deref());
        if beside.is_empty() {
            beside = files(&|other| Some(other.identities.latest().domain.as_str()) == new.domain.as_deref());
        }
        let path = self.places.for_new(id, &beside).into_iter().next().ok_or_else(|| {
            let globs = self.globs();
            let advice = self.choice.advice(id);
            Stop::usage(format!("no usual path for the file of `{id}` matches {globs}; {advice}"))
        })?;
        if path.symlink_metadata().is_ok() {
            let shown = self.estate.shown(&path);
            let advice = self.choice.advice(id);
            return Err(Stop::usage(format!("{shown} exists already; {advice}")));
        }
        Ok(path)
    }

    /// Refuses a path at which the estate would not find a service's file, or that some file systems can't hold.
    pub fn refuse(&mut self, path: &Path) -> Result<()> {
        if !self.places.include(path) {
            let globs = self.globs();
            let reason =
                format!("{} would not be found: service files are those that match {globs}", path.display());
            return Err(Stop::usage(reason));
        }
        match self.names.refuse(path) {
            Some(reason) => Err(Stop::usage(reason)),
            None => Ok(()),
        }
    }

    fn globs(&self) -> String {
        list_some(&self.loaded.estate.settings.services)
    }
}
