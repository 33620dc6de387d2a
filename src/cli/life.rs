//! Flags of `retire`, `move` and `rename`.

use clap::Args;

use super::date;
use crate::model::Date;

/// Arguments of `retire`.
#[derive(Debug, Args)]
pub struct RetireArgs {
    /// The service's id
    #[arg(value_name = "SERVICE")]
    pub service: String,
    /// The first day on which it is in no count; with --undo, the first on which it is back [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,
    /// Why, or what replaces it
    #[arg(long, value_name = "TEXT", required_unless_present = "undo")]
    pub because: Option<String>,
    /// Bring a retired service back; figures of the time in which it was retired stay
    #[arg(long, conflicts_with = "because")]
    pub undo: bool,
    /// Print what would change, as a patch, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `move`.
#[derive(Debug, Args)]
pub struct MoveArgs {
    /// The service's id
    #[arg(value_name = "SERVICE")]
    pub service: String,
    /// The domain in which it is reviewed from then on
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// The platform or team that owns it from then on
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// Who to ask from then on; "" for nobody
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// What an outage costs from then on
    #[arg(long, value_name = "LEVEL")]
    pub criticality: Option<String>,
    /// Whether it is on the Golden Thread from then on, which needs the highest level of criticality
    #[arg(long, value_name = "true|false")]
    pub golden_thread: Option<bool>,
    /// Its labels from then on, in place of those it has; several with commas, "" for none
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    pub tag: Option<Vec<String>>,
    /// The rubrics that count from then on, by their ids; several with commas, "" for all that its assessments use
    #[arg(long, value_name = "RUBRIC-ID", value_delimiter = ',')]
    pub rubrics: Option<Vec<String>>,
    /// The first day on which it is so [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,
    /// Print what would change, as a patch, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl MoveArgs {
    /// Whether it says of nothing what it becomes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { domain, platform, owner, criticality, golden_thread, tag, rubrics, .. } = self;
        let texts = [domain, platform, owner, criticality];
        texts.iter().all(|text| text.is_none())
            && golden_thread.is_none()
            && [tag, rubrics].iter().all(|names| names.is_none())
    }
}

/// Arguments of `rename`.
#[derive(Debug, Args)]
pub struct RenameArgs {
    /// The service's id
    #[arg(value_name = "SERVICE")]
    pub old: String,
    /// The id that it gets
    #[arg(value_name = "NEW-ID")]
    pub new: String,
    /// Print what would change, as a patch, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}
