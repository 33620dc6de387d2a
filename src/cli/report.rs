//! Flags of the commands for reviews: `report` and `actions`.

use std::path::PathBuf;

use clap::Args;

use super::{FilterArgs, date};
use crate::eval::ActionStatus;
use crate::model::Date;
use crate::report::{TableFormat, review};

/// Arguments of `report`.
#[derive(Debug, Args)]
#[command(
    after_help = "With one `--domain` this is the pack for its review; else it is a summary, with a line for each domain."
)]
pub struct ReportArgs {
    /// Compare with this day: `last-review`, or a date
    #[arg(long, value_name = "WHEN", default_value = "last-review", value_parser = since)]
    pub since: ReportSince,
    /// As of this day, of which nothing later is known [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,
    /// Only these sections [default: all]
    #[arg(long, value_name = "SECTION", value_delimiter = ',', conflicts_with = "upcoming")]
    pub section: Vec<review::Section>,
    /// List when each domain is reviewed next, and nothing else
    #[arg(long)]
    pub upcoming: bool,
    /// How to show it [default: what the name of the file says, or table]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<review::PackFormat>,
    /// Write to this file; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What to include
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// What a review pack is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportSince {
    /// The last review of each domain.
    LastReview,
    /// A day.
    Day(Date),
}

/// Arguments of `actions`.
#[derive(Debug, Args)]
pub struct ActionsArgs {
    /// Only commitments that stand like this
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub status: Vec<ActionStatus>,
    /// Of those that are done, list what was done since this day [default: the last review of each domain]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<Date>,
    /// As of this day, of which nothing later is known [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,
    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: TableFormat,
    /// What to include
    #[command(flatten)]
    pub filter: FilterArgs,
}

fn since(text: &str) -> Result<ReportSince, String> {
    if text == "last-review" {
        return Ok(ReportSince::LastReview);
    }
    let day = Date::parse(text).map(ReportSince::Day);
    day.ok_or_else(|| "neither `last-review` nor a day of the calendar written YYYY-MM-DD".to_owned())
}
