//! Flags of `import`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::{ImportScoresArgs, date};
use crate::model::{Date, RubricForm, RubricId};
use crate::report::TableFormat;

/// What is brought in, and from where.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Write the missing service files of services that a Backstage catalog describes, or show which are missing
    Backstage(ImportBackstageArgs),
    /// Write the missing service files of services that Datadog's definitions describe
    Datadog(ImportToolArgs),
    /// Write the missing service files of services that OpsLevel's files describe
    #[command(name = "opslevel")]
    OpsLevel(ImportToolArgs),
    /// Write the missing service files of services that Cortex's descriptors describe
    Cortex(ImportToolArgs),
    /// Write the missing service files of services that Compass's files describe
    Compass(ImportToolArgs),
    /// Write the skeleton of a rubric from another model
    Rubric(ImportRubricArgs),
    /// Assess services as a spreadsheet says: CSV or XLSX, any number of services and days
    Scores(ImportScoresArgs),
}

/// Arguments of `import backstage`.
#[derive(Debug, Args)]
pub struct ImportBackstageArgs {
    /// Files, and folders in which `catalog-info.yaml` is looked for; `-` is standard input; by default the files of
    /// `[catalog]` in the settings
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Show which services have a file, and which files have no service in the catalog; write nothing
    #[arg(long, conflicts_with_all = ["platform", "domain", "criticality", "joined", "dry_run"])]
    pub coverage: bool,
    /// Format of `--coverage`
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "table", requires = "coverage")]
    pub format: TableFormat,
    /// Kinds of entities that are services; several with commas
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,
    /// Types of entities that are services; several with commas
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    pub r#type: Vec<String>,
    /// Lifecycles of entities that are services; several with commas
    #[arg(long, value_name = "LIFECYCLE", value_delimiter = ',')]
    pub lifecycle: Vec<String>,
    #[command(flatten)]
    pub services: NewServicesArgs,
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

/// Arguments of `import rubric`.
#[derive(Debug, Args)]
pub struct ImportRubricArgs {
    /// The model's file; `-` is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The form of the model
    #[arg(long, value_name = "FORM")]
    pub from: RubricForm,
    /// Id of the new rubric; default: made from the model's title
    #[arg(long, value_name = "ID", value_parser = rubric_id)]
    pub id: Option<RubricId>,
    /// File to write; `-` is standard output, the default
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
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
    /// The day on which they join the estate: before it, they are in no count [default: they were always there]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub joined: Option<Date>,
    /// Print the files that would be written, as a patch, and write none
    #[arg(long)]
    pub dry_run: bool,
}

impl ImportCommand {
    /// Whether its result is a patch.
    #[must_use]
    pub fn is_dry_run(&self) -> bool {
        match self {
            Self::Backstage(args) => args.services.dry_run,
            Self::Datadog(args) | Self::OpsLevel(args) | Self::Cortex(args) | Self::Compass(args) => {
                args.services.dry_run
            }
            Self::Rubric(_) => false,
            Self::Scores(args) => args.dry_run,
        }
    }
}

fn rubric_id(text: &str) -> Result<RubricId, String> {
    RubricId::new(text).map_err(|why| format!("an id {why}"))
}
