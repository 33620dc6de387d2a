//! The flags, and nothing but the flags: what they mean is in [`crate::cmd`].

mod add;
mod commitment;
mod completion;
mod filter;
mod import;
mod import_scores;
mod life;
mod report;
mod rubric;
mod schema;
mod score;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

pub use add::AddArgs;
pub use commitment::{ActionAddArgs, ActionCommand, ActionDoneArgs, ActionListArgs, WaiveArgs};
pub use completion::{Candidate, Completion, IdKind, completion};
pub use filter::{FilterArgs, ScopeArgs};
pub use import::{ImportBackstageArgs, ImportCommand, ImportRubricArgs, ImportToolArgs, NewServicesArgs};
pub use import_scores::ImportScoresArgs;
pub use life::{MoveArgs, RenameArgs, RetireArgs};
pub use report::{ActionsArgs, ReportArgs, ReportSince};
pub use rubric::{
    RubricCommand, RubricDiffArgs, RubricFormat, RubricHealthArgs, RubricLintArgs, RubricShowArgs,
};
pub use schema::{SchemaArgs, SchemaOf};
pub use score::{ScoreArgs, Statement, StatementKind, Statements};

use crate::diag;
use crate::eval::{By, Cadence};
use crate::model::Date;
use crate::report::{TableFormat, service};

/// Under what the options of every command are listed, behind a command's own.
const GLOBAL: &str = "Options of every command";

/// Score the reliability of your services, watch the trend, and talk about it.
#[derive(Debug, Parser)]
#[command(name = "fundamentals", version, about, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 fine · 1 the tool could not do its work · 2 wrong usage · 3 invalid input, \
                        or none found · 4 the gate failed · 130 broken off"
)]
pub struct Cli {
    /// Work as if started in this folder: relative paths begin there
    #[arg(short = 'C', long = "directory", value_name = "DIR", value_hint = ValueHint::DirPath)]
    #[arg(global = true, help_heading = GLOBAL)]
    pub directory: Option<PathBuf>,
    /// Take this day for today: what is dated later lies in the future
    #[arg(long, value_name = "DATE", global = true, help_heading = GLOBAL, value_parser = date)]
    pub today: Option<Date>,
    /// When to use colour
    #[arg(long, value_name = "WHEN", global = true, help_heading = GLOBAL, default_value = "auto")]
    pub color: ColorWhen,
    /// Columns to fill; default: the terminal's, or 100
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..))]
    #[arg(global = true, help_heading = GLOBAL)]
    pub width: Option<u16>,
    /// Say nothing but the result
    #[arg(short, long, global = true, help_heading = GLOBAL, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Show the problems of all files, whatever the command
    #[arg(short, long, global = true, help_heading = GLOBAL)]
    pub verbose: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal that wants it
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find everything that is wrong with settings, rubrics and service files
    Check(CheckArgs),
    /// Print how scores develop over time
    Trend(TrendArgs),
    /// Prepare a review: a domain's pack, or a summary of the estate
    Report(ReportArgs),
    /// List commitments: what was promised, by whom, and what came of it
    Actions(ActionsArgs),
    /// Fail when a Golden Thread service has dropped to red
    Gate(GateArgs),
    /// Show one service: colours, ages, history, and what to do next
    Show(ShowArgs),
    /// Score a service: judge categories, or confirm that nothing changed
    Score(ScoreArgs),
    /// Promise to improve something, note that it is done, or list what is promised
    #[command(subcommand)]
    Action(ActionCommand),
    /// Agree that a category of a service fails no gate until a day
    Waive(WaiveArgs),
    /// Add a service: write its file
    Add(AddArgs),
    /// Bring in what other systems know
    #[command(subcommand)]
    Import(ImportCommand),
    /// Move a service to another domain, platform or owner, or change what an outage costs, from a day on
    Move(MoveArgs),
    /// Retire a service: from a day on it is in no count, no gate and no list
    Retire(RetireArgs),
    /// Give a service another id, here and in all files that refer to it
    Rename(RenameArgs),
    /// Move services to a newer version of their rubric
    Migrate(MigrateArgs),
    /// Read rubrics
    #[command(subcommand)]
    Rubric(RubricCommand),
    /// Explain a diagnostic, a rule of the gate, or what a category asks for
    Explain(ExplainArgs),
    /// Start an estate in this folder
    Init,
    /// Print a JSON Schema, for editors to complete and check files by
    Schema(SchemaArgs),
    /// Print the script that lets a shell complete commands, options and ids
    Completions(CompletionsArgs),
    /// Print the manual page, of the program or of one command
    Man(ManArgs),
    /// What the scripts of `completions` ask: what may stand at the end of a command line
    #[command(hide = true)]
    Complete(CompleteArgs),
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Only these files and folders; `-` is a service file on standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to show problems
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: diag::Format,
}

/// Arguments of `trend`.
#[derive(Debug, Args)]
pub struct TrendArgs {
    /// What a row stands for
    #[arg(long, value_name = "WHAT", default_value = "service")]
    pub by: By,
    /// What a column stands for
    #[arg(long, value_name = "PERIOD", default_value = "month")]
    pub period: Cadence,
    /// Only the last N periods [default: 6, or all with --since]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub last: Option<u16>,
    /// Begin with the period that holds this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<Date>,
    /// End on this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: TableFormat,
    /// What to include
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// Arguments of `gate`.
#[derive(Debug, Args)]
pub struct GateArgs {
    /// Compare with the estate at the merge base with a git revision; default: each service with what it was
    /// before its latest assessment
    #[arg(long, value_name = "REVISION")]
    pub base: Option<String>,
    /// List the rules and how seriously each is taken, and look at nothing
    #[arg(long)]
    pub list: bool,
    /// Show findings that this change did not cause in full; only their number is shown by default
    #[arg(long)]
    pub all: bool,
    /// Exit with 0 where the gate fails, for a trial period
    #[arg(long)]
    pub exit_zero: bool,
    /// How to show findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: diag::Format,
    /// What to include
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The service's id
    #[arg(value_name = "SERVICE")]
    pub service: String,
    /// Under this rubric, such as `fundamentals`, `fundamentals@2` or `2`; default: all in force
    #[arg(long, value_name = "RUBRIC")]
    pub rubric: Option<String>,
    /// As of this day; default: today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: service::ServiceFormat,
}

/// Arguments of `migrate`.
#[derive(Debug, Args)]
pub struct MigrateArgs {
    /// The services' ids
    #[arg(value_name = "SERVICE", required_unless_present = "all")]
    pub services: Vec<String>,
    /// All services that can be moved
    #[arg(long, conflicts_with = "services")]
    pub all: bool,
    /// To this rubric, such as `fundamentals@2` or `2`; default: the newest version of the one in force
    #[arg(long, value_name = "RUBRIC")]
    pub to: Option<String>,
    /// Print what would change, as a patch, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A code such as `unknown-category`, a rule of the gate such as `drop-to-red`, or a category such as `load-testing` or
    /// `fundamentals/load-testing`
    #[arg(value_name = "CODE|RULE|CATEGORY")]
    pub topic: String,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Which shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// A shell that completes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Bash
    Bash,
    /// Zsh
    Zsh,
    /// Fish
    Fish,
    /// PowerShell
    #[value(name = "powershell", alias = "pwsh")]
    PowerShell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The command, such as `trend` or `rubric diff`
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
}

/// Arguments of `complete`.
#[derive(Debug, Args)]
pub struct CompleteArgs {
    /// The cursor is at a new word, which is not among the words: not every shell can hand over an empty one
    #[arg(long)]
    pub new_word: bool,
    /// The command line up to the cursor
    #[arg(value_name = "WORD", last = true)]
    pub words: Vec<OsString>,
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "not a day of the calendar written YYYY-MM-DD".to_owned())
}
