//! Files → [`Estate`]. All problems of all files are collected; one file's errors never hide another's.

mod commit;
mod csv;
mod files;
mod gate;
mod git;
mod guidance;
mod host_paths;
pub mod keys;
mod loader;
mod revision;
mod rubric;
mod service;
mod settings;
mod slo;
mod sparse;
mod stated;
mod table;
mod toml;
mod tree;
mod values;
mod walk;
mod yaml;

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic, Place, Problems};
use crate::model::{CriticalityLevels, Date, Estate, Rubric, Service, Settings};
use crate::source::{FileId, Node, Sources};
use crate::text::list;

use commit::Commit;
pub use files::SETTINGS_FILE;
use files::{Input, STDIN};
use git::Repository;
pub use guidance::{built_in_page, page_path};
pub use host_paths::HostPaths;
use loader::{Inputs, Loader};
pub use revision::{Base, default_branch, load_base};
use sparse::Absent;
pub use stated::{Stated, Statements, Stating, TablePlace, What};
use tree::Tree;
use walk::Found;

/// Texts of the built-in rubric, one for each major version, oldest first.
pub const BUILT_IN_RUBRICS: [&str; 2] =
    [include_str!("../../rubric/fundamentals/v1.toml"), include_str!("../../rubric/fundamentals/v2.toml")];

/// What to load.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// Where the command runs: paths are shown relative to it.
    pub current_dir: &'r Path,
    /// How a code host names paths, where they are shown for one.
    pub host: Option<&'r HostPaths>,
    /// Where the search for `fundamentals.toml` begins, upwards. Absolute.
    pub start: &'r Path,
    /// Files and folders that the user named, absolute. Empty: the whole estate.
    pub named: &'r [PathBuf],
    /// Whether standard input is a service file that the user named.
    pub stdin: Stdin,
}

impl Request<'_> {
    /// A path as it is shown.
    fn shown(&self, path: &Path) -> String {
        match self.host.and_then(|host| host.path(path)) {
            Some(path) => files::with_slashes(&path),
            None => files::shown(path, self.current_dir),
        }
    }

    /// The path of a file of the estate that is shown like this.
    fn path(&self, shown: &str) -> PathBuf {
        self.host.map_or(self.current_dir, HostPaths::root).join(shown)
    }
}

/// What standard input is to this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stdin {
    /// A service file.
    Service,
    /// Nothing that is looked at.
    Unused,
}

/// An estate and all that was wrong with its files.
#[derive(Debug)]
pub struct Loaded {
    /// The valid part.
    pub estate: Estate,
    /// All files that were read.
    pub sources: Sources,
    /// What is wrong with them.
    pub problems: Problems,
    /// Services that are not in the estate because of errors, by name.
    pub left_out: Vec<String>,
    /// Those of them that can be read all the same: they can be questioned, but are never shown.
    pub flawed: Vec<Service>,
    /// The files that were asked for, valid or not.
    pub files: FilesRead,
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
}

/// Loads the estate around `request.start`, and whatever the user named besides.
#[must_use]
pub fn load(request: Request<'_>) -> Loaded {
    let (root, settings_path) = files::find_estate(request.start);
    let show = |path: &Path| request.shown(path);
    let input = |path: PathBuf| Input::File { shown: show(&path), path };
    let mut loader = Loader::new();
    let absent = Absent::around(&root).unwrap_or_else(|reason| {
        loader.note_anywhere(unknown_checkout(&reason));
        None
    });
    let settings = absent.as_ref().and_then(|absent| absent.settings(request.start, &show));
    let settings =
        settings.or_else(|| settings_path.map(|path| files::input_within(&root, path.clone(), show(&path))));
    let settings = loader.settings(settings);
    let mut rubrics = files::find(&root, &settings.rubrics);
    let mut services = files::find(&root, &settings.services);
    let mut slos = files::find(&root, &settings.slos);
    for path in request.named {
        files::find_named(&root, path, &mut rubrics, &mut services, &slos);
    }
    let failures =
        rubrics.failures.drain(..).chain(services.failures.drain(..)).chain(slos.failures.drain(..));
    for (path, failure) in failures {
        loader.note(show(&path), failure.diagnostic());
    }
    let inputs = |found: Found, globs: &[String]| {
        let absent = absent.iter().flat_map(|absent| absent.matching(&root, globs, &show));
        found.files.into_iter().map(input).chain(absent).collect::<Vec<_>>()
    };
    let rubrics = inputs(rubrics, &settings.rubrics);
    let mut services = inputs(services, &settings.services);
    let slos = inputs(slos, &settings.slos);
    if request.stdin == Stdin::Service {
        services.push(Input::Stdin);
    }
    let mut result = loader.finish(settings, Inputs { rubrics, services, slos });
    if result.files.services.is_empty() && request.named.is_empty() {
        result.problems.push(nothing_to_check(&show(&root), &result.estate.settings));
    }
    result
}

/// Loads the settings and rubrics of the estate around `request.start`, and no service: what is asked at each press of a
/// key can't wait for thousands of files.
#[must_use]
pub fn load_rubrics(request: Request<'_>) -> Loaded {
    let (root, settings_path) = files::find_estate(request.start);
    let input = |path: PathBuf| Input::File { shown: request.shown(&path), path };
    let mut loader = Loader::new();
    let settings = settings_path.map(|path| {
        let shown = request.shown(&path);
        files::input_within(&root, path, shown)
    });
    let settings = loader.settings(settings);
    let rubrics = files::find(&root, &settings.rubrics).files.into_iter().map(input).collect();
    loader.finish(settings, Inputs { rubrics, services: Vec::new(), slos: Vec::new() })
}

/// What the services around `request.start` are called, by the names of their files, which are not read.
#[must_use]
pub fn service_names(request: Request<'_>, settings: &Settings) -> Vec<String> {
    let (root, _) = files::find_estate(request.start);
    let files = files::find(&root, &settings.services).files.into_iter();
    let names = files.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()));
    names.collect()
}

fn unknown_checkout(reason: &str) -> Diagnostic {
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

/// Whether a path that a rubric names leads to something: from the estate's folder, or from that of the rubric's own
/// file, which is given as it is shown.
#[must_use]
pub fn has_page(request: Request<'_>, rubric_file: &str, path: &str) -> bool {
    !path.is_empty() && page_paths(request, rubric_file, path).iter().any(|path| files::exists(path))
}

/// The text that a rubric's link leads to, if that is a file of the estate: a whole page, or the section that the link
/// names. A rubric may come from elsewhere, so what lies outside the estate is not shown.
#[must_use]
pub fn own_page(request: Request<'_>, rubric_file: &str, href: &str) -> Option<String> {
    let (root, _) = files::find_estate(request.start);
    let (path, section) = guidance::place(href);
    let paths = page_paths(request, rubric_file, path);
    let page = paths.iter().find_map(|path| files::text_within(&root, path))?;
    let section = section.and_then(|section| guidance::section(&page, section).map(str::to_owned));
    Some(section.unwrap_or(page))
}

fn page_paths(request: Request<'_>, rubric_file: &str, path: &str) -> Vec<PathBuf> {
    let (root, _) = files::find_estate(request.start);
    let file = request.path(rubric_file);
    let folders = std::iter::once(root.as_path()).chain(file.parent());
    folders.map(|folder| folder.join(path)).collect()
}

impl Loaded {
    /// The same estate, if the service file at a path, as it is shown, said this; nothing is questioned yet.
    #[must_use]
    pub fn with_service_file(&self, shown: &str, text: String) -> Self {
        loader::with_service_file(self, shown, text)
    }

    /// Whether two estates consist of the same texts, wherever their files lie.
    #[must_use]
    pub fn has_same_files(&self, other: &Self) -> bool {
        let texts = |loaded: &Self| {
            let FilesRead { settings, rubrics, services, slos } = &loaded.files;
            let files = rubrics.iter().chain(services).chain(slos).chain(settings);
            let mut texts: Vec<_> = files.map(|file| loaded.sources.file(*file).text().to_owned()).collect();
            texts.sort_unstable();
            texts
        };
        texts(self) == texts(other)
    }

    /// The estate's own rubrics that can be used, by id and version.
    pub fn own_rubrics(&self) -> impl Iterator<Item = &Rubric> {
        self.estate.rubrics.iter().map(AsRef::as_ref).filter(|rubric| self.is_own(rubric))
    }

    /// The last day, up to `latest`, on which anything was assessed, raised or done.
    #[must_use]
    pub fn latest_entry(&self, latest: Date) -> Option<Date> {
        let services = self.estate.services().iter().chain(&self.flawed);
        let days = services.flat_map(Service::days);
        days.filter(|day| *day <= latest).max()
    }

    /// Whether a rubric is the estate's own; if not, it is built in.
    #[must_use]
    pub fn is_own(&self, rubric: &Rubric) -> bool {
        self.files.rubrics.contains(&rubric.span.file)
    }

    /// Speaks only of the files that the request named, if it named any: other files were read because they are
    /// needed to understand these.
    pub fn narrow_to(&mut self, request: Request<'_>) {
        let named = request.named.iter().map(|path| request.shown(path));
        let stdin = (request.stdin == Stdin::Service).then(|| STDIN.to_owned());
        let named: Vec<_> = named.chain(stdin).collect();
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

/// Reads one rubric that isn't one of the estate's.
///
/// # Errors
/// When git has no such revision or file; the text says so.
pub fn load_rubric(
    place: RubricPlace<'_>,
    folder: &Path,
    current_dir: &Path,
    levels: &CriticalityLevels,
) -> Result<LoadedRubric, String> {
    let input = match place {
        RubricPlace::File(path) => {
            let path = folder.join(path);
            Input::File { shown: files::shown(&path, current_dir), path }
        }
        RubricPlace::Revision { revision, path } => {
            let repository = Repository::around(folder)?;
            let commit = Commit::find(&repository, revision)?;
            Tree::read(&commit, revision, &|path| path.to_owned())?.rubric(path)?
        }
    };
    Ok(loader::read_rubric(input, levels))
}

/// Whether a path is one of those at which the estate looks for service files.
#[must_use]
pub fn is_service_path(request: Request<'_>, settings: &Settings, path: &Path) -> bool {
    let (root, _) = files::find_estate(request.start);
    let globs = files::glob_set(&settings.services);
    path.strip_prefix(root).is_ok_and(|path| globs.is_ok_and(|globs| globs.is_match(path)))
}

/// The folder in which the estate looks for service files first.
#[must_use]
pub fn first_service_folder(request: Request<'_>, settings: &Settings) -> PathBuf {
    let (root, _) = files::find_estate(request.start);
    settings.services.first().map_or_else(|| root.clone(), |glob| root.join(files::literal_folder(glob)))
}

/// A path as it is shown to the user.
#[must_use]
pub fn shown_path(request: Request<'_>, path: &Path) -> String {
    request.shown(path)
}

/// The path of the settings, or of where they would be, as it is shown.
#[must_use]
pub fn settings_path(request: Request<'_>) -> String {
    let (root, _) = files::find_estate(request.start);
    request.shown(&root.join(SETTINGS_FILE))
}

/// The tree of a service file's text; `None` where that can't be read.
#[must_use]
pub fn parse_yaml(text: &str) -> Option<Node> {
    let mut problems = Problems::default();
    let root = yaml::parse(text, FileId::from_index(0), &mut problems);
    root.filter(|_| !problems.has_errors())
}

/// Where the comments of a service file's text stand, each from its `#` to the end of its line; those before what can't
/// be read.
#[must_use]
pub fn yaml_comments(text: &str) -> Vec<Range<usize>> {
    yaml::comments(text)
}

/// Loads an estate from texts alone: `(path, text)` each.
#[must_use]
pub fn load_texts(settings: Option<&str>, rubrics: &[(&str, &str)], services: &[(&str, &str)]) -> Loaded {
    let input = |path: &str, text: &str| Input::Text { shown: path.to_owned(), text: text.to_owned() };
    let inputs = |files: &[(&str, &str)]| files.iter().map(|(path, text)| input(path, text)).collect();
    let mut loader = Loader::new();
    let settings = loader.settings(settings.map(|text| input(SETTINGS_FILE, text)));
    loader.finish(settings, Inputs { rubrics: inputs(rubrics), services: inputs(services), slos: Vec::new() })
}
