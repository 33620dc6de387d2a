//! Filters, the same in every command. Give one several times, or several values with commas, for any of them.

use clap::Args;

/// Filters of commands in which each service is judged by its own rubric.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub struct FilterArgs {
    /// Filters that say nothing of rubrics
    #[command(flatten)]
    pub scope: ScopeArgs,
    /// Only what is under this rubric, such as `fundamentals`, `fundamentals@2` or `2`
    #[arg(long, value_name = "RUBRIC", value_delimiter = ',')]
    pub rubric: Vec<String>,
}

/// Filters that say nothing of rubrics: all that a command has which is about one rubric.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub struct ScopeArgs {
    /// Only services of this domain
    #[arg(long, value_name = "DOMAIN", value_delimiter = ',')]
    pub domain: Vec<String>,
    /// Only services of this platform
    #[arg(long, value_name = "PLATFORM", value_delimiter = ',')]
    pub platform: Vec<String>,
    /// Only this service
    #[arg(long, value_name = "SERVICE", value_delimiter = ',')]
    pub service: Vec<String>,
    /// Only categories of this pillar
    #[arg(long, value_name = "PILLAR", value_delimiter = ',')]
    pub pillar: Vec<String>,
    /// Only this category
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    pub category: Vec<String>,
    /// Only services of this criticality
    #[arg(long, value_name = "LEVEL", value_delimiter = ',')]
    pub criticality: Vec<String>,
    /// Only services with this tag
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    pub tag: Vec<String>,
    /// Only Golden Thread services
    #[arg(long)]
    pub golden_thread: bool,
}
