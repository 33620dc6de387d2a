//! Flags of the commands about rubrics.

use clap::{Args, Subcommand, ValueEnum};

use super::{ScopeArgs, date};
use crate::diag;
use crate::model::Date;
use crate::report::{TableFormat, rubric_diff};

/// What to do with rubrics.
#[derive(Debug, Subcommand)]
pub enum RubricCommand {
    /// List the rubrics that assessments may pin
    List,
    /// Print a rubric
    Show(RubricShowArgs),
    /// Tell what changed from one rubric to another
    Diff(RubricDiffArgs),
    /// Find what makes rubrics hard to judge by, and what a new version has lost
    Lint(RubricLintArgs),
    /// Find questions that need work: what judgements across the estate say about a rubric
    Health(RubricHealthArgs),
}

/// Arguments of `rubric diff`.
#[derive(Debug, Args)]
#[command(
    after_help = "A rubric is named by its id and major version (`fundamentals@2`), by the major version alone (`2`), \
                        by a file's path, or by a git revision and a path (`main:rubric/ours/v1.toml`)."
)]
pub struct RubricDiffArgs {
    /// The rubric before
    #[arg(value_name = "A")]
    pub old: String,
    /// The rubric after
    #[arg(value_name = "B")]
    pub new: String,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: rubric_diff::DiffFormat,
}

/// Arguments of `rubric show`.
#[derive(Debug, Args)]
pub struct RubricShowArgs {
    /// Which one, such as `fundamentals@2`; default: the estate's newest
    #[arg(value_name = "RUBRIC")]
    pub rubric: Option<String>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: RubricFormat,
}

/// Arguments of `rubric lint`.
#[derive(Debug, Args)]
pub struct RubricLintArgs {
    /// Which one, such as `fundamentals@2`; default: all of the estate's own, else the built-in one
    #[arg(value_name = "RUBRIC")]
    pub rubric: Option<String>,
    /// Also find published versions that were edited since this git revision
    #[arg(long, value_name = "REVISION")]
    pub base: Option<String>,
    /// How to show problems
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: diag::Format,
}

/// Arguments of `rubric health`.
#[derive(Debug, Args)]
pub struct RubricHealthArgs {
    /// Which one, such as `fundamentals@2`; default: the estate's newest
    #[arg(value_name = "RUBRIC")]
    pub rubric: Option<String>,
    /// Look at movement since this day [default: a year ago]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<Date>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: TableFormat,
    /// What to include
    #[command(flatten)]
    pub filter: ScopeArgs,
}

/// How a rubric is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RubricFormat {
    /// For a terminal
    Text,
    /// For a page on a code host
    Markdown,
    /// For programs
    Json,
}
