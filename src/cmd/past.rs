//! What a change of a day must not overturn, or be lost after.

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

/// Refuses to write of a day on which a service is retired: no figure from then on has it.
pub(super) fn refuse_retired(service: &Service, day: Date) -> Result<()> {
    let Some(retired) = service.retirement_on(day) else { return Ok(()) };
    let (id, on) = (&service.id, retired.on);
    Err(Stop::usage(match &service.identities.latest().retired {
        Some(latest) if latest.on <= day => {
            format!("`{id}` is retired from {on} on; `fundamentals retire {id} --undo` brings it back")
        }
        Some(_) | None => {
            format!("`{id}` was retired from {on} on, and on {day} it still was: give another day")
        }
    }))
}
