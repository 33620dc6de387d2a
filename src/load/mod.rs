//! Files → [`Estate`]. All problems of all files are collected; one file's errors never hide another's.

mod files;
mod guidance;
mod rubric;
mod service;
mod settings;
mod table;
mod toml;
mod values;
mod yaml;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Place, Problems, list};
use crate::model::{Estate, Rubric, RubricKey, Rubrics, Service, ServiceId, Settings};
use crate::source::{FileId, SourceFile, Sources, Span, Spanned};

pub use files::SETTINGS_FILE;
use files::{Found, Input};
pub use guidance::built_in_page;

/// The built-in rubric's text.
pub const BUILT_IN_RUBRIC: &str = include_str!("../../rubric/fundamentals/v2.toml");

/// What to load.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// Where the command runs: paths are shown relative to it.
    pub current_dir: &'r Path,
    /// Where the search for `fundamentals.toml` begins, upwards. Absolute.
    pub start: &'r Path,
    /// Files and folders that the user named, absolute. Empty: the whole estate.
    pub named: &'r [PathBuf],
    /// A service file from standard input, if the user named it.
    pub stdin: Option<&'r str>,
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
}

/// Loads the estate around `request.start`, and whatever the user named besides.
#[must_use]
pub fn load(request: Request<'_>) -> Loaded {
    let root = files::find_root(request.start).unwrap_or_else(|| request.start.to_path_buf());
    let show = |path: &Path| files::shown(path, request.current_dir);
    let input = |path: PathBuf| Input::File { shown: show(&path), path };
    let mut loader = Loader::new();
    let settings_path = root.join(SETTINGS_FILE);
    let has_settings = settings_path.symlink_metadata().is_ok();
    let settings = loader.settings(has_settings.then(|| input(settings_path)));
    let mut rubrics = files::find(&root, &settings.rubrics);
    let mut services = files::find(&root, &settings.services);
    for path in request.named {
        name(path, &mut rubrics, &mut services);
    }
    for (path, problem) in rubrics.failures.drain(..).chain(services.failures.drain(..)) {
        loader.note(show(&path), problem);
    }
    let mut services: Vec<_> = services.files.into_iter().map(input).collect();
    if let Some(text) = request.stdin {
        services.push(Input::Text { shown: STDIN.to_owned(), text: text.to_owned() });
    }
    let rubrics = rubrics.files.into_iter().map(input).collect();
    let mut result = loader.finish(settings, rubrics, services);
    if result.files.services.is_empty() && request.named.is_empty() {
        result.problems.push(nothing_to_check(&show(&root), &result.estate.settings));
    }
    result
}

/// How standard input is shown.
const STDIN: &str = "-";

fn nothing_to_check(folder: &str, settings: &Settings) -> Diagnostic {
    let folder = if folder.is_empty() { "this folder".to_owned() } else { format!("`{folder}`") };
    Diagnostic::new(Code::NothingToCheck, format!("no service file in {folder}"))
        .help(format!("service files are those that match {}", list(&settings.services)))
        .help("`fundamentals init` starts an estate; `-C DIR` looks in another folder")
}

/// Makes sure that a path which the user named is read: what no glob of the estate finds is added by its kind.
fn name(path: &Path, rubrics: &mut Found, services: &mut Found) {
    if let Err(error) = path.metadata() {
        services.files.remove(path);
        services.failures.push((path.to_path_buf(), files::unreadable(&error)));
        return;
    }
    let beneath = |file: &PathBuf| file.starts_with(path);
    let is_settings = path.file_name().is_some_and(|name| name == SETTINGS_FILE);
    if is_settings || rubrics.files.iter().any(beneath) || services.files.iter().any(beneath) {
        return;
    }
    if path.is_dir() {
        let more = files::find_yaml(path);
        services.files.extend(more.files);
        services.failures.extend(more.failures);
    } else if path.extension().is_some_and(|extension| extension == "toml") {
        rubrics.files.insert(path.to_path_buf());
    } else {
        services.files.insert(path.to_path_buf());
    }
}

impl Loaded {
    /// Speaks only of the files that the request named, if it named any: other files were read because they are
    /// needed to understand these.
    pub fn narrow_to(&mut self, request: Request<'_>) {
        let named = request.named.iter().map(|path| files::shown(path, request.current_dir));
        let named: Vec<_> = named.chain(request.stdin.map(|_| STDIN.to_owned())).collect();
        let Some(first) = named.first() else { return };
        let is_named = |path: &str| named.iter().any(|folder| is_at_or_beneath(path, folder));
        let sources = &self.sources;
        let concerns = |place: Place| is_named(sources.file(place.file()).path());
        self.problems.retain(|problem| problem.at.is_none() || problem.places().any(concerns));
        let read = |file: &FileId| is_named(sources.file(*file).path());
        self.files.settings = self.files.settings.filter(read);
        self.files.rubrics.retain(read);
        self.files.services.retain(read);
        if self.files == FilesRead::default() && self.problems.is_empty() {
            self.problems.push(nothing_to_check(first, &self.estate.settings));
        }
    }
}

fn is_at_or_beneath(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Loads an estate from texts alone: `(path, text)` each.
#[must_use]
pub fn load_texts(settings: Option<&str>, rubrics: &[(&str, &str)], services: &[(&str, &str)]) -> Loaded {
    let input = |path: &str, text: &str| Input::Text { shown: path.to_owned(), text: text.to_owned() };
    let inputs = |files: &[(&str, &str)]| files.iter().map(|(path, text)| input(path, text)).collect();
    let mut loader = Loader::new();
    let settings = loader.settings(settings.map(|text| input(SETTINGS_FILE, text)));
    loader.finish(settings, inputs(rubrics), inputs(services))
}

/// Reads files one kind after the other, since each kind is needed to understand the next.
struct Loader {
    files: Vec<SourceFile>,
    problems: Problems,
    read: FilesRead,
    built_in: Option<Rubric>,
}

impl Loader {
    fn new() -> Self {
        let mut loader = Self {
            files: Vec::new(),
            problems: Problems::default(),
            read: FilesRead::default(),
            built_in: None,
        };
        let text = Input::Text { shown: "(built-in rubric)".to_owned(), text: BUILT_IN_RUBRIC.to_owned() };
        let levels = Settings::default().criticality;
        loader.built_in = loader
            .read(text, u64::MAX)
            .and_then(|id| toml::parse(loader.files[0].text(), id, &mut loader.problems))
            .and_then(|root| rubric::read(&root, &levels, &mut loader.problems).rubric);
        loader
    }

    fn next_id(&self) -> FileId {
        FileId::from_index(self.files.len())
    }

    /// Reads one file's text; `None` if it was refused, which is noted.
    fn read(&mut self, input: Input, max_bytes: u64) -> Option<FileId> {
        let id = self.next_id();
        let (file, refusal) = input.read(id, max_bytes);
        self.files.push(file);
        let refused = refusal.is_some();
        if let Some(problem) = refusal {
            self.problems.push(problem);
        }
        (!refused).then_some(id)
    }

    /// Notes a problem with a place that has no text.
    fn note(&mut self, shown: String, problem: Diagnostic) {
        let id = self.next_id();
        self.files.push(SourceFile::new(shown, ""));
        self.problems.push(problem.in_file(id));
    }

    fn settings(&mut self, input: Option<Input>) -> Settings {
        let defaults = Settings::default();
        let Some(input) = input else { return defaults };
        self.read.settings = Some(self.next_id());
        let Some(id) = self.read(input, defaults.max_file_bytes) else { return defaults };
        let text = self.files.last().map_or("", SourceFile::text);
        match toml::parse(text, id, &mut self.problems) {
            Some(root) => settings::read(&root, &mut self.problems),
            None => defaults,
        }
    }

    fn finish(mut self, settings: Settings, rubrics: Vec<Input>, services: Vec<Input>) -> Loaded {
        let (rubrics, broken_rubrics) = self.rubrics(&settings, rubrics);
        let ground =
            service::Ground { settings: &settings, rubrics: &rubrics, broken_rubrics: &broken_rubrics };
        let first = self.files.len();
        let readings: Vec<_> = services
            .into_par_iter()
            .enumerate()
            .map(|(at, input)| read_service(input, FileId::from_index(first + at), &ground))
            .collect();
        self.read.services = (first..first + readings.len()).map(FileId::from_index).collect();
        let mut named = Vec::with_capacity(readings.len());
        for reading in readings {
            self.files.push(reading.file);
            self.problems.extend(reading.problems);
            named.push((reading.name, reading.id, reading.service));
        }
        let (services, left_out) = keep_unique(named, &mut self.problems);
        Loaded {
            estate: Estate::new(settings, rubrics, services),
            sources: Sources::new(self.files),
            problems: self.problems,
            left_out,
            files: self.read,
        }
    }

    /// The estate's rubrics, and the keys of those that have errors.
    fn rubrics(&mut self, settings: &Settings, inputs: Vec<Input>) -> (Rubrics, Vec<Option<RubricKey>>) {
        let mut own: BTreeMap<RubricKey, (Rubric, Span)> = BTreeMap::new();
        let mut broken = Vec::new();
        for input in inputs {
            self.read.rubrics.push(self.next_id());
            let Some(id) = self.read(input, settings.max_file_bytes) else {
                broken.push(None);
                continue;
            };
            let mut problems = Problems::default();
            let text = self.files.last().map_or("", SourceFile::text);
            let root = toml::parse(text, id, &mut problems);
            let reading = root.map(|root| rubric::read(&root, &settings.criticality, &mut problems));
            let has_errors = problems.has_errors();
            self.problems.extend(problems);
            match reading {
                Some(rubric::Reading { rubric: Some(rubric), span, .. }) if !has_errors => {
                    let key = rubric.key();
                    if let Some((_, first)) = own.get(&key) {
                        self.problems.push(duplicate_rubric(&key, span, *first));
                        broken.push(Some(key));
                    } else {
                        own.insert(key, (rubric, span));
                    }
                }
                Some(reading) => broken.push(reading.key),
                None => broken.push(None),
            }
        }
        for key in broken.iter().flatten() {
            own.remove(key);
        }
        let built_in = self.built_in.take().expect("the built-in rubric is valid: a test reads it");
        (Rubrics::new(built_in, own.into_values().map(|(rubric, _)| rubric).collect()), broken)
    }
}

fn duplicate_rubric(key: &RubricKey, again: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateRubric, format!("the rubric {key} is in two files"))
        .at(again, "again here")
        .and(first, "first here")
        .help("delete one of the files, or give it another version")
}

/// One service file, read.
struct ServiceFile {
    file: SourceFile,
    problems: Problems,
    /// What to call it even if nothing in it can be read.
    name: String,
    id: Option<Spanned<ServiceId>>,
    /// The service, if the file has no errors.
    service: Option<Service>,
}

fn read_service(input: Input, id: FileId, ground: &service::Ground<'_>) -> ServiceFile {
    let stem = input.stem();
    let (file, refusal) = input.read(id, ground.settings.max_file_bytes);
    let mut problems = Problems::default();
    let node = match refusal {
        Some(refusal) => {
            problems.push(refusal);
            None
        }
        None => yaml::parse(file.text(), id, &mut problems),
    };
    let reading = node.map(|root| service::read(&root, stem.as_deref(), ground, &mut problems));
    let (service_id, service) = reading.map_or((None, None), |reading| (reading.id, reading.service));
    let named = service_id.as_ref().map(|id| id.value.to_string());
    ServiceFile {
        name: named.or(stem).unwrap_or_else(|| file.path().to_owned()),
        file,
        id: service_id,
        service: service.filter(|_| !problems.has_errors()),
        problems,
    }
}

type Named = (String, Option<Spanned<ServiceId>>, Option<Service>);

/// The services whose ids nobody else has, and the names of the others. Of two files with the same id neither is
/// used: nobody can know which of them is meant.
fn keep_unique(named: Vec<Named>, problems: &mut Problems) -> (Vec<Service>, Vec<String>) {
    let mut spans: BTreeMap<ServiceId, Vec<Span>> = BTreeMap::new();
    for id in named.iter().filter_map(|(_, id, _)| id.as_ref()) {
        spans.entry(id.value.clone()).or_default().push(id.span);
    }
    for (id, spans) in &spans {
        for again in &spans[1..] {
            let problem =
                Diagnostic::new(Code::DuplicateService, format!("two files describe the service `{id}`"));
            let problem = problem.at(*again, "again here").and(spans[0], "first here");
            problems.push(
                problem.help("delete one of the files, or give it another id; until then neither is used"),
            );
        }
    }
    let is_unique = |id: &ServiceId| spans.get(id).is_some_and(|spans| spans.len() == 1);
    let mut services = Vec::with_capacity(named.len());
    let mut left_out = Vec::new();
    for (name, _, service) in named {
        match service.filter(|service| is_unique(&service.id)) {
            Some(service) => services.push(service),
            None => left_out.push(name),
        }
    }
    left_out.sort();
    left_out.dedup();
    (services, left_out)
}
