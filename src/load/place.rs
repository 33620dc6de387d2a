//! Where an estate is, and what can be read from there.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::catalog::DiskFiles;
use super::commit::Commit;
use super::files::{self, Input, SETTINGS_FILE};
use super::git::{GitError, Repository};
use super::guidance;
use super::host_paths::HostPaths;
use super::loader::{self, Inputs, Loader};
use super::shown_paths::ShownPaths;
use super::sparse::SparseFiles;
use super::tree::CommitTree;
use super::walk::WalkResult;
use super::{Loaded, LoadedRubric, RubricPlace, nothing_to_check, unknown_checkout};
use crate::model::{CriticalityLevels, Date, ServiceId, Settings};
use crate::text::list_some;

/// The place of an estate. It is found once, upwards from a folder.
#[derive(Clone, Debug)]
pub struct EstateDir {
    /// Paths are shown relative to this folder. Absolute.
    current_dir: PathBuf,
    /// Where the search began. Absolute.
    start: PathBuf,
    /// The folder with the settings; without any, where the search began.
    root: PathBuf,
    /// The settings, if there are any.
    settings: Option<PathBuf>,
    /// How a code host names paths, where they are shown for one.
    host: Option<HostPaths>,
}

/// Input that a user names besides the estate. Paths are absolute.
#[derive(Debug, Default)]
pub struct ExtraInput {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// What standard input held, if it is a service file; or why it couldn't be read.
    pub stdin: Option<StdinText>,
}

/// The bytes of standard input, or why there are none.
#[derive(Debug)]
pub struct StdinText(pub(super) Input);

impl StdinText {
    /// Reads standard input to its end.
    pub fn read(stdin: &mut dyn Read) -> Self {
        Self(Input::stdin(stdin))
    }
}

/// A file that the user names, or what they pipe in.
#[derive(Debug)]
pub struct NamedFile(pub(super) Input);

impl EstateDir {
    /// A file by its path from the folder in which the search for the estate began; `-` is standard input.
    #[must_use]
    pub fn named_file(&self, path: &Path, stdin: &mut dyn Read) -> NamedFile {
        NamedFile(if path == Path::new(files::STDIN) {
            Input::stdin(stdin)
        } else {
            self.input(self.start.join(path))
        })
    }

    /// Finds the estate around a folder. Both folders are absolute.
    #[must_use]
    pub fn find(start: &Path, current_dir: &Path) -> Self {
        let (root, settings) = files::find_estate(start);
        Self { current_dir: current_dir.to_owned(), start: start.to_owned(), root, settings, host: None }
    }

    /// The same estate, with paths as a code host names them.
    #[must_use]
    pub fn for_code_host(self) -> Self {
        Self { host: Some(HostPaths::around(&self.root)), ..self }
    }

    /// The folder in which the search began.
    #[must_use]
    pub fn start(&self) -> &Path {
        &self.start
    }

    /// The estate's folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// A path as it is shown to the user.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        match self.host.as_ref().and_then(|host| host.path(path)) {
            Some(path) => files::with_slashes(&path),
            None => files::shown(path, &self.current_dir),
        }
    }

    /// The path of a file that is shown like this.
    #[must_use]
    pub fn path(&self, shown: &str) -> PathBuf {
        self.shown_paths().path(shown)
    }

    pub(super) fn shown_paths(&self) -> ShownPaths {
        match &self.host {
            Some(host) => ShownPaths::new(host.root(), &host.estate()),
            None => ShownPaths::new(&self.current_dir, &self.root),
        }
    }

    /// The path of the settings, or of where they would be, as it is shown.
    #[must_use]
    pub fn settings_path(&self) -> String {
        self.shown(&self.root.join(SETTINGS_FILE))
    }

    /// Loads the estate.
    #[must_use]
    pub fn load(&self) -> Loaded {
        self.load_with(ExtraInput::default())
    }

    /// Loads the estate, and whatever the user named besides.
    #[must_use]
    pub fn load_with(&self, named: ExtraInput) -> Loaded {
        let show = |path: &Path| self.shown(path);
        let mut loader = Loader::new();
        let absent = SparseFiles::around(&self.root).unwrap_or_else(|reason| {
            loader.note_anywhere(unknown_checkout(&reason));
            None
        });
        let settings = absent.as_ref().and_then(|absent| absent.settings(&self.start, &show));
        let settings = loader.settings(settings.or_else(|| self.settings_input()));
        let mut catalog = files::find(&self.root, &settings.catalog.files);
        let mut rubrics = files::find(&self.root, &settings.rubrics);
        let mut services = files::find(&self.root, &settings.services);
        let mut slos = files::find(&self.root, &settings.slos);
        for path in &named.paths {
            files::find_named(&self.root, path, &mut rubrics, &mut services, &[&slos, &catalog]);
        }
        let kinds = [&mut rubrics, &mut services, &mut slos, &mut catalog];
        let failures: Vec<_> = kinds.into_iter().flat_map(|found| found.failures.drain(..)).collect();
        for (path, failure) in failures {
            loader.note(show(&path), failure.diagnostic());
        }
        let found = [&rubrics, &services, &slos, &catalog].into_iter();
        let hidden = found.flat_map(|found| found.hidden.difference(&services.files));
        let hidden: BTreeSet<_> = hidden.map(|path| show(path)).collect();
        let absent = |globs: &[String]| -> Vec<_> {
            absent.iter().flat_map(|absent| absent.matching(&self.root, globs, &show)).collect()
        };
        loader.note_refused(absent(&settings.catalog.files));
        self.add_catalog(&catalog, &mut loader, &settings);
        let inputs = |found: WalkResult, globs: &[String]| {
            found.files.into_iter().map(|path| self.input(path)).chain(absent(globs)).collect::<Vec<_>>()
        };
        let rubrics = inputs(rubrics, &settings.rubrics);
        let mut services = inputs(services, &settings.services);
        let slos = inputs(slos, &settings.slos);
        services.extend(named.stdin.map(|stdin| stdin.0));
        let mut result = loader.finish(settings, Inputs { rubrics, services, slos });
        result.hidden = hidden.into_iter().collect();
        result.shown_paths = self.shown_paths();
        if result.files.services.is_empty() && named.paths.is_empty() {
            let mut problem = nothing_to_check(&show(&self.root), &result.estate.settings);
            if !result.hidden.is_empty() {
                let skipped = list_some(&result.hidden);
                problem = problem.help(format!("skipped, since the name begins with a dot: {skipped}"));
            }
            result.problems.push(problem);
        }
        result
    }

    /// Reads the files of a catalog that were found on disk.
    fn add_catalog(&self, found: &WalkResult, loader: &mut Loader, settings: &Settings) {
        let paths = found.files.iter().map(|path| files::within(&self.root, path).to_path_buf());
        let show = |path: &Path| self.shown(path);
        // On disk, no commit can fail to be read.
        let _: Result<(), GitError> =
            loader.catalog(paths.collect(), &DiskFiles::new(&self.root, &show), settings);
    }

    /// Reads the catalog as it is on disk, whatever a commit holds.
    pub(super) fn add_catalog_from_disk(&self, loader: &mut Loader, settings: &Settings) {
        self.add_catalog(&files::find(&self.root, &settings.catalog.files), loader, settings);
    }

    /// Loads the settings and rubrics, and no service: completion can't wait for thousands of files.
    #[must_use]
    pub fn load_rubrics(&self) -> Loaded {
        self.load_services(Vec::new())
    }

    /// Loads the settings, the rubrics and some of the services.
    fn load_services(&self, services: Vec<PathBuf>) -> Loaded {
        let mut loader = Loader::new();
        let settings = loader.settings(self.settings_input());
        let rubrics = files::find(&self.root, &settings.rubrics).files;
        let inputs = |paths: Vec<PathBuf>| paths.into_iter().map(|path| self.input(path)).collect();
        let (rubrics, services) = (inputs(rubrics.into_iter().collect()), inputs(services));
        loader.finish(settings, Inputs { rubrics, services, slos: Vec::new() })
    }

    /// Reads one rubric that isn't one of the estate's.
    ///
    /// # Errors
    /// When git has no such revision or file; the text says so.
    pub fn load_rubric(
        &self,
        place: RubricPlace<'_>,
        levels: &CriticalityLevels,
    ) -> Result<LoadedRubric, GitError> {
        let input = match place {
            RubricPlace::File(path) => self.input(self.start.join(path)),
            RubricPlace::Revision { revision, path } => {
                let repository = Repository::around(&self.start)?;
                let commit = Commit::find(&repository, revision)?;
                CommitTree::read(&commit, revision, &|path| path.to_owned())?.rubric(path)?
            }
        };
        Ok(loader::read_rubric(input, levels))
    }

    /// The names of the services that are not retired on a day: by their paths, where these give the ids, and reading only
    /// the files that may say so.
    #[must_use]
    pub fn service_names(&self, settings: &Settings, day: Date) -> Vec<String> {
        let files = files::find(&self.root, &settings.services).files;
        let by_path =
            |path: &PathBuf| settings.id_from.id_of(files::within(&self.root, path)).map(Cow::into_owned);
        let names: Option<Vec<_>> = files.iter().map(by_path).collect();
        let (names, retired) = match names {
            Some(names) => {
                let may_be_retired = |path: &PathBuf| {
                    files::text_within(&self.root, path).is_some_and(|text| text.contains("retired"))
                };
                (names, self.load_services(files.into_iter().filter(may_be_retired).collect()).estate)
            }
            None => {
                let estate = self.load().estate;
                (estate.service_names().map(str::to_owned).collect(), estate)
            }
        };
        let is_retired = |name: &str| retired.service(name).is_some_and(|service| service.is_retired_on(day));
        names.into_iter().filter(|name| !is_retired(name)).collect()
    }

    /// Where the file of a service, which is given as it is shown, goes when the service gets another id.
    #[must_use]
    pub fn renamed_path(&self, settings: &Settings, shown: &str, id: &ServiceId) -> PathBuf {
        self.root.join(settings.id_from.path_for(id, &self.shown_paths().within(shown)))
    }

    /// Whether a path that a rubric names leads to something: from the estate's folder, or from that of the rubric's
    /// own file, which is given as it is shown.
    #[must_use]
    pub fn has_page(&self, rubric_file: &str, path: &str) -> bool {
        !path.is_empty() && self.page_paths(rubric_file, path).iter().any(|path| files::exists(path))
    }

    /// The text that a rubric's link leads to, if that is a file of the estate: a whole page, or the section that the link
    /// names. A rubric may come from elsewhere, so what lies outside the estate is not shown.
    #[must_use]
    pub fn own_page(&self, rubric_file: &str, href: &str) -> Option<String> {
        let (path, section) = guidance::place(href);
        let paths = self.page_paths(rubric_file, path);
        let page = paths.iter().find_map(|path| files::text_within(&self.root, path))?;
        let section = section.and_then(|section| guidance::section(&page, section).map(str::to_owned));
        Some(section.unwrap_or(page))
    }

    fn page_paths(&self, rubric_file: &str, path: &str) -> Vec<PathBuf> {
        let file = self.path(rubric_file);
        let folders = std::iter::once(self.root.as_path()).chain(file.parent());
        folders.map(|folder| folder.join(path)).collect()
    }

    pub(super) fn input(&self, path: PathBuf) -> Input {
        let shown = self.shown(&path);
        Input::file(&self.root, path, shown)
    }

    fn settings_input(&self) -> Option<Input> {
        let path = self.settings.clone()?;
        let shown = self.shown(&path);
        Some(files::input_within(&self.root, path, shown))
    }
}
