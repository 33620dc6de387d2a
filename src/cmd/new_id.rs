//! Whether an id is free for a service.

use super::filter::may_be_unidentified;
use super::stop::{Result, Stop};
use crate::edit;
use crate::load::Loaded;
use crate::model::{Service, ServiceId};

/// Whose id it is to be.
#[derive(Clone, Copy)]
pub(super) enum IdOf<'s> {
    New,
    /// That of a service which has another one so far. It may have had this one before.
    Renamed(&'s Service),
}

/// Refuses an id that another service has or had, that may be in a file with errors, or that some file systems can't tell
/// from others.
pub(super) fn refuse_new_id(id: &ServiceId, of: IdOf<'_>, loaded: &Loaded) -> Result<()> {
    if let Some(reason) = id_is_taken(id, of, loaded) {
        return Err(Stop::usage(reason));
    }
    match may_be_unidentified(id.as_str(), &loaded.estate) {
        Some(reason) => Err(Stop::invalid(reason)),
        None => Ok(()),
    }
}

fn id_is_taken(id: &ServiceId, of: IdOf<'_>, loaded: &Loaded) -> Option<String> {
    let is_own = |known: &Service| match of {
        IdOf::New => false,
        IdOf::Renamed(service) => service.id == known.id,
    };
    if let Some(known) = loaded.estate.service(id.as_str()).filter(|known| !is_own(known)) {
        let path = loaded.sources.file(known.span.file).path();
        return Some(if known.id == *id {
            format!("there is a service `{id}` already, in {path}")
        } else {
            let old = format!("`{id}` was the id of `{}` (`renamed-from` in {path})", known.id);
            format!("{old}: what refers to it would mean another service")
        });
    }
    let id = id.as_str();
    if edit::is_device_name(id) {
        return Some(format!("`{id}` can't be an id of a new service: Windows has no files of this name"));
    }
    let mut known = loaded.estate.service_names();
    if let Some(other) = known.find(|name| *name != id && name.eq_ignore_ascii_case(id)) {
        return Some(format!(
            "there is a service `{other}` already: some file systems take `{id}` for the same"
        ));
    }
    loaded
        .estate
        .is_unreadable(id)
        .then(|| format!("there is a service `{id}` already, whose file has errors"))
}
