//! Files → [`Estate`]. All problems of all files are collected; one file's errors never hide another's.

mod catalog;
mod commit;
mod conflict;
mod csv;
mod files;
mod foreign;
mod foreign_rubric;
mod gate;
mod git;
mod globs;
mod grid;
mod guidance;
mod host_paths;
mod json;
pub mod keys;
mod loader;
mod neighbours;
mod new_file;
mod place;
mod ratings;
mod repeated_keys;
mod revision;
mod rubric;
mod score_fields;
mod score_input;
mod service;
mod service_file;
mod settings;
mod shown_paths;
mod slo;
mod sparse;
mod table;
mod text_tree;
mod toml;
mod tree;
mod values;
mod walk;
mod yaml;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place, Problems};
use crate::model::{Clock, Estate, Rubric, Service, ServiceId, Settings};
use crate::source::{FileId, Node, Sources};
use crate::text::list;

use catalog::CatalogIdentities;
pub use catalog::{
    CatalogService, DescribedService, LoadedCatalog, MappedField, SkippedDocument, catalog_services,
    name_without_id, same_id,
};
use files::Input;
pub use files::{SETTINGS_FILE, STDIN};
pub use foreign_rubric::{ForeignRubric, read_foreign_rubric};
pub use git::GitError;
use globs::Globs;
pub use guidance::{built_in_page, page_path};
use loader::{Inputs, Loader};
pub use neighbours::{CatalogInput, CatalogTool, ToolCatalog};
pub use new_file::ServicePlaces;
pub use place::{EstateDir, ExtraInput, NamedFile, StdinText};
pub use ratings::{
    BlankCells, FillUse, MapFile, RatingOptions, RatingTable, TableFile, TableRating, read_ratings,
};
pub use revision::LoadedBase;
pub use score_input::{ParsedScores, ScoreInput, ScoreOption, ScoreOptionKind};
use shown_paths::ShownPaths;
pub use shown_paths::without_dots;
use text_tree::TextTree;

/// Texts of the built-in rubric, one for each major version, oldest first.
pub const BUILT_IN_RUBRICS: [&str; 2] =
    [include_str!("../../rubric/fundamentals/v1.toml"), include_str!("../../rubric/fundamentals/v2.toml")];

/// A service file's path as it is shown, and its text; `None` where the file is gone.
pub type FileText<'p> = (&'p str, Option<String>);

/// An estate and all that was wrong with its files.
#[derive(Debug)]
pub struct Loaded {
    /// The valid part, and the names of services that are not valid.
    pub estate: Estate,
    /// All files that were read.
    pub sources: Sources,
    /// What is wrong with them.
    pub problems: Problems,
    /// Services with errors of which enough can be read to check them; they are never shown.
    pub flawed: Vec<Service>,
    /// Services, as written, that have entries of a day that has begun elsewhere and not here. In the estate, these entries
    /// are dated today.
    pub early: Vec<Service>,
    /// The files that were asked for, valid or not.
    pub files: FilesRead,
    /// Files that the globs would match if their names didn't begin with a dot, and folders with such names.
    pub hidden: Vec<String>,
    /// What in the files of the catalog is no entity.
    pub skipped: Vec<SkippedDocument>,
    shown_paths: ShownPaths,
    catalog: Arc<CatalogIdentities>,
}

/// Files by what they should hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilesRead {
    /// `fundamentals.toml`, if there is one.
    pub settings: Option<FileId>,
    /// Rubrics of the estate.
    pub rubrics: Vec<FileId>,
    /// Service files.
    pub services: Vec<FileId>,
    /// Files of what was measured.
    pub slos: Vec<FileId>,
    /// Files of the catalog.
    pub catalog: Vec<FileId>,
}

impl FilesRead {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = FileId> {
        let Self { settings, rubrics, services, slos, catalog } = self;
        settings.iter().chain(rubrics).chain(services).chain(slos).chain(catalog).copied()
    }
}

fn unknown_checkout(reason: &GitError) -> Diagnostic {
    let title = format!("git can't say what a sparse checkout leaves out: {reason}");
    Diagnostic::new(Code::NotCheckedOut, title)
        .help("if everything is checked out, delete `info/sparse-checkout` in the repository's `.git`")
}

fn nothing_to_check(folder: &str, settings: &Settings) -> Diagnostic {
    let folder = if folder.is_empty() { "this folder".to_owned() } else { format!("`{folder}`") };
    Diagnostic::new(Code::NothingToCheck, format!("no service file in {folder}"))
        .help(format!("service files are those that match {}", list(&settings.services)))
        .help("`fundamentals init` starts an estate; `-C DIR` looks in another folder")
}

impl Loaded {
    /// Returns this estate with the service file at the path `shown` replaced by `text`. Does not run checks.
    #[must_use]
    pub fn with_service_file(&self, shown: &str, text: String) -> Self {
        self.with_service_files(&[(shown, Some(text))])
    }

    /// Returns this estate with several service files replaced, added or gone. Does not run checks.
    #[must_use]
    pub fn with_service_files(&self, texts: &[FileText<'_>]) -> Self {
        loader::with_service_files(self, texts)
    }

    /// Whether two estates consist of the same texts, wherever their files lie.
    #[must_use]
    pub fn has_same_files(&self, other: &Self) -> bool {
        let texts = |loaded: &Self| {
            let files = loaded.files.iter();
            let mut texts: Vec<_> = files.map(|file| loaded.sources.file(file).text().to_owned()).collect();
            texts.sort_unstable();
            texts
        };
        texts(self) == texts(other)
    }

    /// The estate's own rubrics that can be used, by id and version.
    pub fn own_rubrics(&self) -> impl Iterator<Item = &Rubric> {
        self.estate.rubrics.iter().map(AsRef::as_ref).filter(|rubric| self.is_own(rubric))
    }

    /// Makes entries of days that have begun elsewhere count from today.
    pub fn count_early_entries(&mut self, clock: Clock) {
        let services = self.estate.services().iter();
        self.early = services.filter(|service| !service.early_days(clock).is_empty()).cloned().collect();
        for service in &self.early {
            let mut counted = service.clone();
            counted.count_early_entries(clock);
            self.estate.put(counted);
        }
    }

    /// A service of the estate with the days that its file has.
    #[must_use]
    pub fn as_written<'l>(&'l self, service: &'l Service) -> &'l Service {
        self.early.iter().find(|early| early.id == service.id).unwrap_or(service)
    }

    /// What the catalog that the settings name says of a service.
    #[must_use]
    pub fn catalog_service(&self, service: &ServiceId) -> Option<&CatalogService> {
        self.catalog.find(service).map(|entry| &entry.service)
    }

    /// Whether a rubric is the estate's own; if not, it is built in.
    #[must_use]
    pub fn is_own(&self, rubric: &Rubric) -> bool {
        self.files.rubrics.contains(&rubric.span.file)
    }

    /// Keeps only what is about the files that were named, as they are shown, if any were: other files were read because
    /// they are needed to understand these.
    pub fn narrow_to(&mut self, named: &[String]) {
        let Some(first) = named.first() else { return };
        let is_named = |path: &str| named.iter().any(|folder| is_at_or_beneath(path, folder));
        let sources = &self.sources;
        let concerns = |place: Place| is_named(sources.file(place.file()).path());
        self.problems.retain(|problem| problem.at.is_none() || problem.places().any(concerns));
        let read = |file: &FileId| is_named(sources.file(*file).path());
        self.files.settings = self.files.settings.filter(read);
        self.files.rubrics.retain(read);
        self.files.services.retain(read);
        self.files.slos.retain(read);
        self.files.catalog.retain(read);
        self.hidden.retain(|path| is_named(path));
        if self.files == FilesRead::default() && self.problems.is_empty() {
            self.problems.push(nothing_to_check(first, &self.estate.settings));
        }
    }
}

fn is_at_or_beneath(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A rubric that may lie anywhere.
#[derive(Clone, Copy, Debug)]
pub enum RubricPlace<'a> {
    /// In a file; relative to the folder.
    File(&'a Path),
    /// In a file as it was at a git revision; relative to the folder.
    Revision {
        /// The revision.
        revision: &'a str,
        /// The file's path.
        path: &'a str,
    },
}

/// A rubric read by itself.
#[derive(Debug)]
pub struct LoadedRubric {
    /// The rubric, if its file has no errors.
    pub rubric: Option<Rubric>,
    /// Its file.
    pub sources: Sources,
    /// What is wrong with it.
    pub problems: Problems,
}

/// The tree of a service file's text; `None` where that can't be read.
#[must_use]
pub fn parse_yaml(text: &str) -> Option<Node> {
    let mut problems = Problems::default();
    let root = yaml::parse(text, FileId::from_index(0), &mut problems);
    root.filter(|_| !problems.has_errors())
}

/// The ranges of the comments of a service file's text, each from its `#` to the end of its line; those before what can't
/// be read.
#[must_use]
pub fn yaml_comments(text: &str) -> Vec<Range<usize>> {
    yaml::comments(text)
}

/// Loads an estate from texts alone: `(path, text)` each.
#[must_use]
pub fn load_texts(settings: Option<&str>, rubrics: &[(&str, &str)], services: &[(&str, &str)]) -> Loaded {
    let input = |path: &str, text: &str| Input::text(Path::new(path), path.to_owned(), text.to_owned());
    let inputs = |files: &[(&str, &str)]| files.iter().map(|(path, text)| input(path, text)).collect();
    let mut loader = Loader::new();
    let settings = loader.settings(settings.map(|text| input(SETTINGS_FILE, text)));
    loader.finish(settings, Inputs { rubrics: inputs(rubrics), services: inputs(services), slos: Vec::new() })
}

/// Loads an estate from texts by their paths in its folder; its globs decide the kind of each. Paths are shown
/// with the prefix `place`.
#[must_use]
pub fn load_tree(place: &str, texts: &BTreeMap<String, String>) -> Loaded {
    let tree = TextTree { root: Path::new(""), place, texts };
    let mut loader = Loader::new();
    let settings = texts.contains_key(SETTINGS_FILE).then(|| tree.input(Path::new(SETTINGS_FILE)));
    let settings = loader.settings(settings);
    let matching = |globs: &[String]| -> Vec<PathBuf> {
        Globs::new(globs).map(|globs| globs.find_in(&tree).files.into_iter().collect()).unwrap_or_default()
    };
    loader
        .catalog(matching(&settings.catalog.files), &tree, &settings)
        .unwrap_or_else(|_| unreachable!("no commit is read"));
    let [rubrics, services, slos] = [&settings.rubrics, &settings.services, &settings.slos]
        .map(|globs| matching(globs).iter().map(|path| tree.input(path)).collect());
    let shown_paths = ShownPaths::new(Path::new(""), Path::new(place));
    Loaded { shown_paths, ..loader.finish(settings, Inputs { rubrics, services, slos }) }
}
