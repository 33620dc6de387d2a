//! Loading and checking an estate for a command that wants to show it.

use anyhow::Result;

use super::{Context, Outcome, Verbosity};
use crate::check;
use crate::diag::{self, Code, list};
use crate::load::{self, Loaded, Request, Stdin};

/// An estate that is ready to be shown, or how the command ends because there is none.
pub(super) enum Opened {
    Ready(Box<Loaded>),
    Refused(Outcome),
}

/// Loads and checks the estate. Settings that can't be trusted, or no services at all, end the command; services and
/// rubrics with errors are left out, and that is said.
pub(super) fn open(context: &mut Context<'_>) -> Result<Opened> {
    let request = Request {
        current_dir: &context.current_dir,
        start: &context.start,
        named: &[],
        stdin: Stdin::Unused,
    };
    let mut loaded = load::load(request);
    check::check(&mut loaded, context.today);
    let settings = loaded.files.settings;
    let is_fatal = |problem: &&diag::Diagnostic| {
        let in_settings = problem.at.as_ref().is_some_and(|label| Some(label.place.file()) == settings);
        problem.code == Code::NothingToCheck || (in_settings && problem.severity() == diag::Severity::Error)
    };
    let is_refused = loaded.problems.iter().any(|problem| is_fatal(&problem));
    if is_refused || context.verbosity == Verbosity::Verbose {
        if is_refused {
            loaded.problems.retain(|problem| is_fatal(&problem));
        }
        diag::render(&loaded.problems, &loaded.sources, diag::Format::Human, context.width, context.err)?;
    }
    if is_refused {
        return Ok(Opened::Refused(Outcome::InvalidInput));
    }
    if loaded.problems.has_errors() && context.verbosity != Verbosity::Quiet {
        let missing = match loaded.left_out.as_slice() {
            [] => "some files have errors".to_owned(),
            [one] => format!("`{one}` is left out: its file has errors"),
            many => format!("{} services are left out: their files have errors ({})", many.len(), list(many)),
        };
        writeln!(context.err, "warning: {}; `fundamentals check` shows them", diag::harmless(&missing))?;
    }
    Ok(Opened::Ready(Box::new(loaded)))
}

/// How a command ends that has shown what could be shown.
pub(super) fn outcome(loaded: &Loaded) -> Outcome {
    if loaded.problems.has_errors() { Outcome::InvalidInput } else { Outcome::Fine }
}
