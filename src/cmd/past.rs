//! What a change from a day on must not overturn.

use super::stop::{Result, Stop};
use crate::load::Loaded;
use crate::model::{Date, Service};

/// Refuses a change from a day on that lies before another one, which would hide it.
pub(super) fn refuse_before(service: &Service, on: Date, loaded: &Loaded) -> Result<()> {
    let last = service.identities.previously().last();
    let Some(last) = last.filter(|last| last.until > on.day_before()) else { return Ok(()) };
    let path = loaded.sources.file(service.span.file).path();
    let (id, day) = (&service.id, last.until.day_after());
    Err(Stop::usage(format!(
        "`{id}` changed on {day} (an entry of `previously` ends the day before), which is after {on}: give `--on {day}` \
         or later, or edit `previously` in {path} by hand"
    )))
}
