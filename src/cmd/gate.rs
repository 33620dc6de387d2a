//! `fundamentals gate`

use super::open::{mention_early, open, open_base, open_settings, outcome};
use super::problems::show_paths_for;
use super::stop::{Result, Stop};
use super::{Context, Outcome, Verbosity, filter};
use crate::cli::GateArgs;
use crate::diag::Format;
use crate::eval::{self, Base, GateVerdict, Selection};
use crate::load::{self, Loaded};
use crate::model::{Date, Service};
use crate::report::gate::{self as report, Compared, Coverage, Extent, GateReport, ListFormat, Origin};
use crate::source::Sources;

pub(super) fn run(args: &GateArgs, context: &mut Context<'_>) -> Result {
    if args.list {
        return list(args, context);
    }
    show_paths_for(args.format, context);
    let loaded = open(context)?;
    let base = args.base.as_ref().map(|revision| open_base(revision, &context.estate, context.clock()));
    let base = base.transpose()?;
    let history = base.as_ref().map_or_else(Vec::new, |base| history(base, &loaded));
    let base = base.map(|base| base.loaded);
    let base_estate = base.as_ref().map(|base| &base.estate);
    let selection = filter::selection(&args.filter, &loaded.estate, base_estate)?;
    let settings = context.estate.settings_path();
    let comparison = Comparison {
        now: &loaded,
        base: args.base.as_deref().zip(base.as_ref()),
        history: &history,
        settings: &settings,
        today: context.today,
    };
    let verdict = comparison.verdict(&selection)?;
    let is_looked_at = |early: &&Service| verdict.looked_at.iter().any(|service| service.id == early.id);
    mention_early(loaded.early.iter().filter(is_looked_at), context)?;
    let extent = if args.all { Extent::All } else { Extent::Caused };
    report::render(&comparison.report(&verdict, extent), args.format, context.width, context.out)?;
    let result = comparison.outcome(&verdict);
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
        Some(revision) => open_base(revision, &context.estate, context.clock())?.loaded,
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

/// An estate and what it is compared with, loaded and checked.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'l> {
    /// The estate as it is.
    pub now: &'l Loaded,
    /// A revision and the estate at the merge base with it; `None` where each service is compared with its own past.
    pub base: Option<(&'l str, &'l Loaded)>,
    /// What a reader should know of the commit that is compared with.
    pub history: &'l [String],
    /// The path of the settings, or of where they would be.
    pub settings: &'l str,
    /// The day.
    pub today: Date,
}

impl<'l> Comparison<'l> {
    /// What the gate finds in what is selected.
    ///
    /// # Errors
    /// When nothing is selected.
    pub fn verdict(&self, selection: &'l Selection) -> Result<GateVerdict<'l>> {
        let against = self.base.map_or(Base::LatestAssessment, |(_, base)| Base::Estate(&base.estate));
        let verdict = eval::gate(&self.now.estate, against, selection, self.today);
        if verdict.looked_at.is_empty() {
            return Err(Stop::invalid("nothing was looked at, which is never a pass"));
        }
        Ok(verdict)
    }

    /// A verdict in words.
    #[must_use]
    pub fn report<'v>(&self, verdict: &'v GateVerdict<'l>, extent: Extent) -> GateReport<'v>
    where
        'l: 'v,
    {
        let coverage = if self.now.problems.has_errors() {
            Coverage::Partial(self.now.estate.unreadable())
        } else {
            Coverage::Full
        };
        let compared = Compared {
            now: &self.now.sources,
            settings: self.settings,
            base: self.base.map(|(revision, base)| (revision, &base.sources)),
            history: self.history,
        };
        report::build(verdict, compared, coverage, extent, self.today)
    }

    /// How a verdict ends the command. A drop is a drop, whatever else is wrong; without one, a file that can't be read is
    /// not a pass.
    #[must_use]
    pub fn outcome(&self, verdict: &GateVerdict<'_>) -> Outcome {
        if verdict.is_denied() { Outcome::GateFailed } else { outcome(self.now) }
    }
}

/// What a reader should know of the commit that is compared with.
fn history(base: &load::LoadedBase, loaded: &Loaded) -> Vec<String> {
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
