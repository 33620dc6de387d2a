//! Flags of `score`.

use clap::Args;

/// Arguments of `score`.
#[derive(Debug, Args)]
pub struct ScoreArgs {
    /// The service's id
    #[arg(value_name = "SERVICE")]
    pub service: String,
    /// Go through every category, not only what needs a look
    #[arg(long)]
    pub all: bool,
}
