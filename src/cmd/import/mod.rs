//! `fundamentals import`

mod backstage;
mod notes;
mod rubric;
mod scores;
mod services;
mod tool;

use super::Context;
use super::stop::Result;
use crate::cli::ImportCommand;
use crate::load::CatalogTool;

pub(super) fn run(command: &ImportCommand, context: &mut Context<'_>) -> Result {
    match command {
        ImportCommand::Backstage(args) => backstage::run(args, context),
        ImportCommand::Datadog(args) => tool::run(CatalogTool::Datadog, args, context),
        ImportCommand::OpsLevel(args) => tool::run(CatalogTool::OpsLevel, args, context),
        ImportCommand::Cortex(args) => tool::run(CatalogTool::Cortex, args, context),
        ImportCommand::Compass(args) => tool::run(CatalogTool::Compass, args, context),
        ImportCommand::Rubric(args) => rubric::run(args, context),
        ImportCommand::Scores(args) => scores::run(args, context),
    }
}
