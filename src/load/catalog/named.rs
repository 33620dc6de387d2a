//! A catalog in files and folders that a user names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::backstage::{CatalogReading, read_backstage};
use super::disk::DiskFiles;
use super::read::SkippedDocument;
use super::resolve::DescribedService;
use crate::diag::Problems;
use crate::load::files::{self, Input};
use crate::load::place::{EstateDir, StdinText};
use crate::load::walk::{Disk, Failure, WalkResult, Wanted, is_hidden, walk};
use crate::model::CatalogSettings;
use crate::source::{FileId, SourceFile, Sources};

/// Names of files in which a catalog's entities are described.
const NAMES: [&str; 2] = ["catalog-info.yaml", "catalog-info.yml"];
/// A folder of what others wrote: the packages in it may have descriptors of their own.
const PACKAGES: &str = "node_modules";

/// A catalog, read by itself.
#[derive(Debug)]
pub struct LoadedCatalog {
    pub services: Vec<DescribedService>,
    pub sources: Sources,
    pub problems: Problems,
    pub skipped: Vec<SkippedDocument>,
}

impl EstateDir {
    /// Reads a Backstage catalog in files, in the descriptors below folders, and on standard input. Paths are absolute.
    #[must_use]
    pub fn load_backstage(
        &self,
        paths: &[PathBuf],
        stdin: Option<StdinText>,
        settings: &CatalogSettings,
    ) -> LoadedCatalog {
        let mut unreadable = Unreadable::default();
        let root = common_folder(paths.iter().map(|path| around(path, self.root())));
        let mut named = BTreeSet::new();
        for path in paths {
            let found = descriptors(path);
            named.extend(
                found.files.iter().filter_map(|file| file.strip_prefix(&root).ok()).map(Path::to_path_buf),
            );
            for (path, failure) in found.failures {
                unreadable.note(self.shown(&path), failure);
            }
        }
        let stdin = stdin.map(|stdin| stdin.0);
        self.read_catalog(&root, named, stdin, settings, unreadable)
    }

    /// Reads the Backstage catalog of the settings.
    #[must_use]
    pub fn load_catalog(&self, settings: &CatalogSettings) -> LoadedCatalog {
        let found = files::find(self.root(), &settings.files);
        let mut unreadable = Unreadable::default();
        for (path, failure) in found.failures {
            unreadable.note(self.shown(&path), failure);
        }
        let within = found.files.iter().map(|path| files::within(self.root(), path).to_path_buf());
        self.read_catalog(self.root(), within.collect(), None, settings, unreadable)
    }

    /// Reads files of a folder.
    fn read_catalog(
        &self,
        root: &Path,
        named: BTreeSet<PathBuf>,
        stdin: Option<Input>,
        settings: &CatalogSettings,
        unreadable: Unreadable,
    ) -> LoadedCatalog {
        let Unreadable { mut problems, files } = unreadable;
        let show = |path: &Path| self.shown(path);
        let disk = DiskFiles::new(root, &show);
        let reading = read_backstage(named.into_iter().collect(), stdin, &disk, files.len(), settings);
        // Only a commit can't be read.
        let CatalogReading { services, files: more, problems: of_catalog, skipped } =
            reading.unwrap_or_default();
        problems.extend(of_catalog);
        problems.sort();
        let sources = Sources::new(files.into_iter().chain(more).collect());
        LoadedCatalog { services, sources, problems, skipped }
    }
}

/// Places that can't be read, as files without text.
#[derive(Default)]
struct Unreadable {
    problems: Problems,
    files: Vec<SourceFile>,
}

impl Unreadable {
    fn note(&mut self, shown: String, failure: Failure) {
        self.problems.push(failure.diagnostic().in_file(FileId::from_index(self.files.len())));
        self.files.push(SourceFile::new(shown, ""));
    }
}

/// The file that a path names, or the descriptors below the folder that it names.
fn descriptors(path: &Path) -> WalkResult {
    let mut found = WalkResult::default();
    match path.metadata() {
        Err(error) => found.failures.push((path.to_path_buf(), Failure::Unreadable(error))),
        Ok(about) if !about.is_dir() => drop(found.files.insert(path.to_path_buf())),
        Ok(_) => {
            let has_name =
                |path: &Path| path.file_name().is_some_and(|name| NAMES.iter().any(|known| name == *known));
            let is_wanted =
                |path: &Path| has_name(path) && !path.iter().any(|part| is_hidden(part) || part == PACKAGES);
            let wanted = Wanted { file: &is_wanted, but_for_dots: &has_name, in_hidden: false };
            found = walk(&Disk::new(path), &BTreeSet::from([PathBuf::new()]), wanted).below(path);
        }
    }
    found
}

/// The folder in which the locations of a named file or folder may lead on: that of the estate or repository around it.
fn around<'p>(path: &'p Path, estate: &'p Path) -> &'p Path {
    let is_repository = |folder: &&Path| files::exists(&folder.join(".git"));
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    if path.starts_with(estate) { estate } else { folder.ancestors().find(is_repository).unwrap_or(folder) }
}

/// The innermost folder that holds all of these.
fn common_folder<'p>(mut folders: impl Iterator<Item = &'p Path>) -> PathBuf {
    let Some(mut common) = folders.next() else { return PathBuf::new() };
    for folder in folders {
        while !folder.starts_with(common) {
            let Some(parent) = common.parent() else { break };
            common = parent;
        }
    }
    common.to_path_buf()
}
