//! Flags of the commands for reviews: `report` and `actions`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{FilterArgs, TableFormat, date};
use crate::model::Date;

/// Arguments of `report`.
#[derive(Debug, Args)]
#[command(
    after_help = "With one `--domain` this is the pack for its review; else it is a summary, with a line for each domain."
)]
pub struct ReportArgs {
    /// Compare with this day: `last-review`, or a date
    #[arg(long, value_name = "WHEN", default_value = "last-review", value_parser = since)]
    pub since: ReportSince,
    /// Only these sections [default: all]
    #[arg(long, value_name = "SECTION", value_delimiter = ',', conflicts_with = "upcoming")]
    pub section: Vec<ReportSection>,
    /// List when each domain is reviewed next, and nothing else
    #[arg(long)]
    pub upcoming: bool,
    /// How to show it [default: what the name of the file says, or table]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ReportFormat>,
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

/// A part of a review pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportSection {
    /// How many of each, now and at the review before
    Glance,
    /// A line for each domain (of the summary)
    Domains,
    /// What changed since the review before
    Changes,
    /// Services by categories
    Map,
    /// Where it hurts in several services
    HotSpots,
    /// What was promised
    Commitments,
    /// What was measured, beside what was judged
    Slos,
    /// What is worth talking about
    Talk,
    /// Agreed exceptions
    Waivers,
}

/// How a review pack is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For a terminal
    Table,
    /// For a page on a code host
    Markdown,
    /// One page for a browser, to project or to print
    Html,
    /// One section for spreadsheets and scripts; the map unless `--section` says otherwise
    Csv,
    /// For programs
    Json,
    /// A spreadsheet with a sheet for each section
    Xlsx,
}

/// Arguments of `actions`.
#[derive(Debug, Args)]
pub struct ActionsArgs {
    /// Only commitments that stand like this
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub status: Vec<ActionsStatus>,
    /// Of those that are done, list what was done since this day [default: the last review of each domain]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<Date>,
    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: TableFormat,
    /// What to include
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// How a commitment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ActionsStatus {
    /// Not done, and not due yet
    Open,
    /// Not done, and the day has passed
    Overdue,
    /// Done in time
    Kept,
    /// Done, but late
    Slipped,
}

fn since(text: &str) -> Result<ReportSince, String> {
    if text == "last-review" {
        return Ok(ReportSince::LastReview);
    }
    let day = Date::parse(text).map(ReportSince::Day);
    day.ok_or_else(|| "neither `last-review` nor a day of the calendar written YYYY-MM-DD".to_owned())
}
