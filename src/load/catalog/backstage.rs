//! The descriptors of a Backstage catalog, or its API's answers → services.

use std::path::PathBuf;

use super::problems;
use super::read::{self, CatalogFiles, SkippedDocument};
use super::resolve::{self, DescribedService, EntityIndex};
use crate::diag::Problems;
use crate::load::files::Input;
use crate::load::git::GitError;
use crate::model::CatalogSettings;
use crate::source::SourceFile;

/// What a Backstage catalog says of services.
#[derive(Debug, Default)]
pub struct CatalogReading {
    pub services: Vec<DescribedService>,
    /// The files that were read.
    pub files: Vec<SourceFile>,
    /// What is wrong with them, all of it warnings: others write them.
    pub problems: Problems,
    /// What is no entity of Backstage.
    pub skipped: Vec<SkippedDocument>,
}

/// Reads the descriptors, or an API's answers, in files and on standard input, and all files that their locations lead to.
/// Paths are those in the tree; `first` is the index of the first of the files among all that are read.
pub(in crate::load) fn read_backstage(
    named: Vec<PathBuf>,
    stdin: Option<Input>,
    files: &dyn CatalogFiles,
    first: usize,
    settings: &CatalogSettings,
) -> Result<CatalogReading, GitError> {
    let reading = read::read(named, stdin, files, first, settings)?;
    let index = EntityIndex::new(&reading.entities);
    let services = resolve::services(&reading.entities, &index, settings);
    let mut problems = reading.problems;
    problems::report(&reading.entities, &index, &services, &mut problems);
    Ok(CatalogReading { services, files: reading.files, problems, skipped: reading.skipped })
}
