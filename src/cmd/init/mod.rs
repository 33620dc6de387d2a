//! `fundamentals init`

use super::stop::{Result, Stop};
use super::{Context, Outcome};
use crate::edit;
use crate::load::SETTINGS_FILE;

const SETTINGS: &str = include_str!("fundamentals.toml");
const SERVICE_PATH: &str = "services/my-service.yaml";
const SERVICE: &str = include_str!("my-service.yaml");

/// Stands in the sample for the day on which it is written.
const DATE_IN_SAMPLE: &str = "2026-01-31";

pub(super) fn run(context: &mut Context<'_>) -> Result {
    let files = [
        (context.estate.start().join(SETTINGS_FILE), SETTINGS.to_owned()),
        (
            context.estate.start().join(SERVICE_PATH),
            SERVICE.replace(DATE_IN_SAMPLE, &context.today.to_string()),
        ),
    ];
    if let Some((path, _)) = files.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
        let reason = format!("{} is there already; nothing was written", path.display());
        return Err(Stop::usage(reason));
    }
    if let Some(reason) = files.iter().find_map(|(path, _)| edit::refuse_new_name(path)) {
        return Err(Stop::usage(format!("{reason}; nothing was written")));
    }
    for (path, text) in &files {
        edit::create(path, text)?;
    }
    writeln!(context.out, "Started an estate:")?;
    writeln!(context.out, "  {SETTINGS_FILE:<26} settings, all with their defaults")?;
    writeln!(context.out, "  {SERVICE_PATH:<26} a sample service: rename it, edit it, or delete it")?;
    writeln!(
        context.out,
        "\nNext: `fundamentals check`, `fundamentals trend`, `fundamentals show my-service`."
    )?;
    writeln!(context.out, "`fundamentals rubric show` prints what red, amber and green mean.")?;
    writeln!(context.out, "`fundamentals schema` prints schemas by which an editor completes such files.")?;
    Ok(Outcome::Fine)
}
