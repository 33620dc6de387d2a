//! `fundamentals gate`

use super::open::{open, open_base, open_settings, outcome};
use super::problems::show_paths_for;
use super::stop::{Result, Stop};
use super::{Context, Outcome, Verbosity, filter};
use crate::cli::GateArgs;
use crate::diag::Format;
use crate::eval::{self, Base, GateVerdict};
use crate::load::{self, Loaded};
use crate::report::gate::{self as report, Compared, Coverage, Extent, ListFormat, Origin};
use crate::source::Sources;

pub(super) fn run(args: &GateArgs, context: &mut Context<'_>) -> Result {
    if args.list {
        return list(args, context);
    }
    show_paths_for(args.format, context);
    let loaded = open(context)?;
    let base = args.base.as_ref().map(|revision| open_base(revision, &context.estate, context.today));
    let base = base.transpose()?;
    let history = base.as_ref().map_or_else(Vec::new, |base| history(base, &loaded));
    let base = base.map(|base| base.loaded);
    let base_estate = base.as_ref().map(|base| &base.estate);
    let selection = filter::selection(&args.filter, &loaded.estate, base_estate)?;
    let against = base_estate.map_or(Base::LatestAssessment, Base::Estate);
    let verdict = eval::gate(&loaded.estate, against, &selection, context.today);
    if verdict.looked_at.is_empty() {
        return Err(Stop::invalid("nothing was looked at, which is never a pass"));
    }
    let coverage = if loaded.problems.has_errors() {
        Coverage::Partial(loaded.estate.unreadable())
    } else {
        Coverage::Full
    };
    let revision = args.base.as_deref();
    let settings = context.estate.settings_path();
    let compared = Compared {
        now: &loaded.sources,
        settings: &settings,
        base: revision.zip(base.as_ref().map(|base| &base.sources)),
        history: &history,
    };
    let extent = if args.all { Extent::All } else { Extent::Caused };
    let report = report::build(&verdict, compared, coverage, extent, context.today);
    report::render(&report, args.format, context.width, context.out)?;
    let result = result(&verdict, &loaded);
    if args.exit_zero && result == Outcome::GateFailed {
        if context.verbosity != Verbosity::Quiet {
            writeln!(context.err, "note: without `--exit-zero` this would exit with {}", result.exit_code())?;
        }
        return Ok(Outcome::Fine);
    }
    Ok(result)
}

/// Lists the rules and how seriously each is taken: here, or at the merge base with the revision of `--base`.
fn list(args: &GateArgs, context: &mut Context<'_>) -> Result {
    let format = match args.format {
        Format::Human => ListFormat::Human,
        Format::Json => ListFormat::Json,
        Format::Markdown => ListFormat::Markdown,
        Format::Concise | Format::Github | Format::Sarif | Format::Junit | Format::Gitlab => {
            let reason = "this format is for findings, and `--list` has none: use `--format human`, `json` or `markdown`";
            return Err(Stop::usage(reason));
        }
    };
    let loaded = match &args.base {
        Some(revision) => open_base(revision, &context.estate, context.today)?.loaded,
        None => open_settings(context)?,
    };
    let origin = match (loaded.files.settings, &args.base) {
        (None, None) => Origin::Default,
        (None, Some(revision)) => Origin::DefaultAt(revision),
        (Some(_), None) => Origin::Settings,
        (Some(_), Some(revision)) => Origin::SettingsAt(revision),
    };
    let rules = report::RuleList { policy: &loaded.estate.settings.gate, origin };
    report::render_list(&rules, format, context.width, context.out)?;
    Ok(Outcome::Fine)
}

/// Writes for programs why the gate could not decide; the message for people is already printed.
pub(super) fn undecided(args: &GateArgs, reason: &str, context: &mut Context<'_>) -> anyhow::Result<()> {
    if args.list || matches!(args.format, Format::Human | Format::Concise) {
        return Ok(());
    }
    show_paths_for(args.format, context);
    let (verdict, sources) = (GateVerdict::default(), Sources::default());
    let settings = context.estate.settings_path();
    let base = args.base.as_deref().map(|base| (base, &sources));
    let compared = Compared { now: &sources, settings: &settings, base, history: &[] };
    let report = report::build(&verdict, compared, Coverage::Nothing(reason), Extent::Caused, context.today);
    Ok(report::render(&report, args.format, context.width, context.out)?)
}

/// A drop is a drop, whatever else is wrong; without one, a file that can't be read is not a pass.
fn result(verdict: &GateVerdict<'_>, loaded: &Loaded) -> Outcome {
    if verdict.is_denied() { Outcome::GateFailed } else { outcome(loaded) }
}

/// What a reader should know of the commit that is compared with.
fn history(base: &load::Base, loaded: &Loaded) -> Vec<String> {
    let mut notes = base.notes.clone();
    if base.is_head && loaded.has_same_files(&base.loaded) {
        notes.push(
            "nothing was compared: the merge base is the commit that is checked out, and no file of the estate differs \
             from it"
                .to_owned(),
        );
    }
    notes
}
