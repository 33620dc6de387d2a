//! Flags of `import scores`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::date;
use crate::model::{Date, DateOrder};

/// Arguments of `import scores`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct ImportScoresArgs {
    /// A CSV or XLSX file; `-` is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// A TOML file that says what the table means; `--dry-run` prints one to begin with
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub map: Option<PathBuf>,
    /// Only this sheet of a workbook; default: all that are not hidden
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Under this rubric, such as `fundamentals@2`; default: the one in force on the day
    #[arg(long, value_name = "RUBRIC")]
    pub rubric: Option<String>,
    /// The day of scores that have none
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
    /// The meaning of dates such as 03/04/2026: `day-month-year` or `month-day-year`
    #[arg(long, value_name = "ORDER", value_parser = date_order)]
    pub date_order: Option<DateOrder>,
    /// Read the colours that cells are filled with
    #[arg(long)]
    pub use_fill: bool,
    /// Confirm on its day what a score says and the file says already; default: it is left out
    #[arg(long)]
    pub confirm: bool,
    /// Replace what the files say otherwise of the same day; default: it is an error
    #[arg(long)]
    pub replace: bool,
    /// Who assessed; several with commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub by: Vec<String>,
    /// Print what would change, as a patch, or the map that the table needs; change nothing
    #[arg(long)]
    pub dry_run: bool,
}

fn date_order(word: &str) -> Result<DateOrder, String> {
    DateOrder::from_word(word).ok_or_else(|| format!("use {}", DateOrder::WORDS.join(" or ")))
}
