//! Flags of `action` and its commands, and of `waive`.

use clap::{Args, Subcommand};

use super::date;
use crate::model::{Colour, Date};

/// What to do with actions.
#[derive(Debug, Subcommand)]
pub enum ActionCommand {
    /// Write down what is promised
    Add(ActionAddArgs),
    /// Note that an action is done
    Done(ActionDoneArgs),
    /// List a service's actions with their numbers
    List(ActionListArgs),
}

/// Arguments of `action add`.
#[derive(Debug, Args)]
pub struct ActionAddArgs {
    /// The service's id
    #[arg(value_name = "SERVICE")]
    pub service: String,
    /// What is promised
    #[arg(value_name = "WHAT")]
    pub what: String,
    /// The category that it should improve
    #[arg(long, value_name = "CATEGORY")]
    pub category: Option<String>,
    /// The colour that it should bring
    #[arg(long, value_name = "COLOUR")]
    pub target: Option<Colour>,
    /// Who will do it
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// By when
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub due: Option<Date>,
    /// The day on which it was promised [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub raised: Option<Date>,
    /// Who outside the team is needed
    #[arg(long, value_name = "NAME")]
    pub support: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
    /// Print what would change, as a patch, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `action done`.
#[derive(Debug, Args)]
pub struct ActionDoneArgs {
    /// The service's id
    #[arg(value_name = "SERVICE")]
    pub service: String,
    /// Which action: its number in `action list`, or some of its words
    #[arg(value_name = "ACTION")]
    pub action: String,
    /// The day on which it was done [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,
    /// Print what would change, as a patch, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `action list`.
#[derive(Debug, Args)]
pub struct ActionListArgs {
    /// The service's id
    #[arg(value_name = "SERVICE")]
    pub service: String,
    /// Those that are done as well
    #[arg(long)]
    pub all: bool,
}

/// Arguments of `waive`.
#[derive(Debug, Args)]
pub struct WaiveArgs {
    /// The service's id
    #[arg(value_name = "SERVICE")]
    pub service: String,
    /// The category that fails no gate for a time
    #[arg(value_name = "CATEGORY")]
    pub category: String,
    /// The last day on which the waiver counts
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Date,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub because: String,
    /// Who approved it; may be given again. Without, a request is written
    #[arg(long, value_name = "NAME")]
    pub approved_by: Vec<String>,
    /// Where that can be seen; may be given again
    #[arg(long, value_name = "LINK")]
    pub evidence: Vec<String>,
    /// Print what would change, as a patch, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}
