//! Flags of `schema`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of what
    #[arg(value_name = "WHAT")]
    pub what: SchemaOf,
    /// With the categories, definitions and ids of this estate
    #[arg(long)]
    pub for_estate: bool,
    /// Write to this file; `-` is standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// Service files
    Service,
    /// Rubrics
    Rubric,
    /// Settings: `fundamentals.toml`
    Settings,
    /// The JSON of `report`
    Report,
    /// The JSON of `actions`
    Actions,
    /// The JSON of `import backstage --coverage`
    Coverage,
}
