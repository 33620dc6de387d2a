//! Flags of `import`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

/// What is brought in, and from where.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Write the missing service files of services that Datadog's definitions describe
    Datadog(ImportToolArgs),
    /// Write the missing service files of services that OpsLevel's files describe
    #[command(name = "opslevel")]
    OpsLevel(ImportToolArgs),
    /// Write the missing service files of services that Cortex's descriptors describe
    Cortex(ImportToolArgs),
    /// Write the missing service files of services that Compass's files describe
    Compass(ImportToolArgs),
}

/// Arguments of the imports from other tools' catalogs.
#[derive(Debug, Args)]
pub struct ImportToolArgs {
    /// Files, and folders of YAML and JSON files; `-` is standard input
    #[arg(value_name = "PATH", required = true, value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Kinds of entities that are services; several with commas
    #[arg(long, value_name = "KIND", value_delimiter = ',', default_value = "service")]
    pub kind: Vec<String>,
    #[command(flatten)]
    pub services: NewServicesArgs,
}

/// What services are that a catalog doesn't describe in full.
#[derive(Debug, Args)]
pub struct NewServicesArgs {
    /// The platform or team of services for which the catalog names none
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// The domain of services for which the catalog names none
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// The level of criticality of services for which the catalog names none
    #[arg(long, value_name = "LEVEL")]
    pub criticality: Option<String>,
    /// Print the files that would be written, as a patch, and write none
    #[arg(long)]
    pub dry_run: bool,
}

impl ImportCommand {
    /// Whether its result is a patch.
    #[must_use]
    pub fn is_dry_run(&self) -> bool {
        match self {
            Self::Datadog(args) | Self::OpsLevel(args) | Self::Cortex(args) | Self::Compass(args) => {
                args.services.dry_run
            }
        }
    }
}
