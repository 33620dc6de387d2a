//! Reading an estate's files, one kind after the other, since each kind is needed to understand the next: settings,
//! rubrics, services.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::catalog::{CatalogFiles, CatalogIdentities, SkippedDocument, read_backstage};
use super::files::{Input, Limit, STDIN};
use super::git::GitError;
use super::rubric::BrokenRubrics;
use super::service_file::{ServiceFile, read_service};
use super::shown_paths::ShownPaths;
use super::{
    BUILT_IN_RUBRICS, FileText, FilesRead, Loaded, LoadedRubric, rubric, service, settings, slo, toml,
};
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{
    CatalogSettings, CriticalityLevels, Estate, Rubric, RubricKey, Rubrics, ServiceId, Settings,
};
use crate::source::{FileId, SourceFile, Sources, Span, Spanned};

/// The files of an estate besides its settings, to be read.
pub(super) struct Inputs {
    pub rubrics: Vec<Input>,
    pub services: Vec<Input>,
    /// What was measured.
    pub slos: Vec<Input>,
}

/// What has been read so far.
pub(super) struct Loader {
    files: Vec<SourceFile>,
    problems: Problems,
    read: FilesRead,
    built_in: Vec<Rubric>,
    /// The rubric that the settings name for services never assessed, and where.
    default_rubric: Option<Spanned<RubricKey>>,
    catalog: CatalogIdentities,
    skipped: Vec<SkippedDocument>,
}

impl Loader {
    pub fn new() -> Self {
        let mut loader = Self {
            files: Vec::new(),
            problems: Problems::default(),
            read: FilesRead::default(),
            built_in: Vec::new(),
            default_rubric: None,
            catalog: CatalogIdentities::default(),
            skipped: Vec::new(),
        };
        let levels = Settings::default().criticality;
        for text in BUILT_IN_RUBRICS {
            let shown = "(built-in rubric)".to_owned();
            let Some(id) = loader.read(Input::text(Path::new(""), shown, text.to_owned()), Limit::None)
            else {
                continue;
            };
            let text = loader.files.last().map_or("", SourceFile::text);
            let reading = rubric::parse(text, id, &levels, &mut loader.problems);
            loader.built_in.extend(reading.and_then(|reading| reading.rubric));
        }
        loader
    }

    fn next_id(&self) -> FileId {
        FileId::from_index(self.files.len())
    }

    /// Reads one file's text; `None` if it was refused, which is noted.
    fn read(&mut self, input: Input, limit: Limit) -> Option<FileId> {
        let id = self.next_id();
        let (file, refusal) = input.read(id, limit);
        self.files.push(file);
        let refused = refusal.is_some();
        if let Some(problem) = refusal {
            self.problems.push(problem);
        }
        (!refused).then_some(id)
    }

    /// Notes a problem with a place that has no text.
    pub fn note(&mut self, shown: String, problem: Diagnostic) {
        let id = self.next_id();
        self.files.push(SourceFile::new(shown, ""));
        self.problems.push(problem.in_file(id));
    }

    /// Notes that files are refused.
    pub fn note_refused(&mut self, inputs: Vec<Input>) {
        for input in inputs {
            self.read(input, Limit::Foreign);
        }
    }

    /// Notes a problem that is in no file.
    pub fn note_anywhere(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Reads the settings, if there is a file of them.
    pub fn settings(&mut self, input: Option<Input>) -> Settings {
        let defaults = Settings::default();
        let Some(input) = input else { return defaults };
        self.read.settings = Some(self.next_id());
        let Some(id) = self.read(input, Limit::Toml) else { return defaults };
        let text = self.files.last().map_or("", SourceFile::text);
        let Some(root) = toml::parse(text, id, &mut self.problems) else { return defaults };
        let reading = settings::read(&root, &mut self.problems);
        self.default_rubric = reading.default_rubric;
        reading.settings
    }

    /// Reads the catalog in these files and in those that they lead to.
    ///
    /// # Errors
    /// When git can't read a commit.
    pub fn catalog(
        &mut self,
        named: Vec<PathBuf>,
        files: &dyn CatalogFiles,
        settings: &Settings,
    ) -> Result<(), GitError> {
        let first = self.files.len();
        // Types and lifecycles say which entities should have a service file. One that has a file is a service.
        let all = CatalogSettings { types: Vec::new(), lifecycles: Vec::new(), ..settings.catalog.clone() };
        let reading = read_backstage(named, None, files, first, &all)?;
        self.read.catalog = (first..first + reading.files.len()).map(FileId::from_index).collect();
        self.files.extend(reading.files);
        let hides = [Code::UnreadableDescriptor, Code::MissingLocationTarget];
        let unread = reading.problems.iter().filter(|problem| hides.contains(&problem.code)).count();
        self.problems.extend(reading.problems);
        self.skipped = reading.skipped;
        self.catalog = CatalogIdentities::new(reading.services, unread, settings);
        Ok(())
    }

    /// Reads rubrics and services, and hands over everything.
    pub fn finish(mut self, settings: Settings, inputs: Inputs) -> Loaded {
        let (rubrics, broken) = self.rubrics(&settings, inputs.rubrics);
        self.check_default_rubric(&rubrics, &broken);
        for required in &settings.required {
            rubric::report_unknown(&required.rubric, required.span, &rubrics, &broken, &mut self.problems);
        }
        rubric::check_replaced(&rubrics, &broken, &mut self.problems);
        let context = service::ReadContext { settings: &settings, rubrics: &rubrics, broken: &broken };
        let catalog = std::mem::take(&mut self.catalog);
        let readings = self.services(inputs.services, &context, &catalog);
        let unknown: Vec<_> = readings.iter().flat_map(|reading| &reading.unknown).collect();
        catalog.report_unknown(&unknown, &settings, &mut self.problems);
        let names = readings.iter().filter_map(|reading| reading.name.as_deref());
        let services = readings.iter().filter_map(|reading| reading.service.as_ref());
        let old_names = services.flat_map(|service| &service.renamed_from).map(|old| old.value.as_str());
        catalog.forget_unused(names.chain(old_names), &mut self.problems);
        let measured = self.slos(inputs.slos, Limit::Service(settings.max_file_bytes));
        let ids = unique_ids(&readings, &mut self.problems);
        let (mut services, mut flawed) = (Vec::new(), Vec::new());
        let (mut unreadable, mut unidentified) = (Vec::new(), Vec::new());
        for reading in readings {
            let is_unique = reading.id.as_ref().is_some_and(|id| ids.contains(&id.value));
            match reading.service {
                Some(service) if reading.is_sound && is_unique => services.push(service),
                service => {
                    flawed.extend(service);
                    match reading.name {
                        Some(name) => unreadable.push(name),
                        None => unidentified.push(reading.path),
                    }
                }
            }
        }
        let estate = Estate::new(settings, rubrics, services);
        let slos = measured.finish(&estate, &mut self.problems);
        Loaded {
            estate: estate.with_unreadable(unreadable).with_unidentified(unidentified).with_slos(slos),
            sources: Sources::new(self.files),
            problems: self.problems,
            flawed,
            early: Vec::new(),
            files: self.read,
            hidden: Vec::new(),
            skipped: self.skipped,
            shown_paths: ShownPaths::default(),
            catalog: Arc::new(catalog),
        }
    }

    /// The estate's rubrics, and what is known of those that have errors.
    fn rubrics(&mut self, settings: &Settings, inputs: Vec<Input>) -> (Rubrics, BrokenRubrics) {
        let mut own: BTreeMap<RubricKey, (Rubric, Span)> = BTreeMap::new();
        let mut broken = BrokenRubrics::default();
        for input in inputs {
            self.read.rubrics.push(self.next_id());
            let Some(id) = self.read(input, Limit::Toml) else {
                broken.add(None);
                continue;
            };
            let mut problems = Problems::default();
            let text = self.files.last().map_or("", SourceFile::text);
            let reading = rubric::parse(text, id, &settings.criticality, &mut problems);
            let has_errors = problems.has_errors();
            self.problems.extend(problems);
            match reading {
                Some(rubric::ParsedRubric { rubric: Some(rubric), span, .. }) if !has_errors => {
                    let key = rubric.key();
                    if let Some((_, first)) = own.get(&key) {
                        self.problems.push(duplicate_rubric(&key, span, *first));
                        broken.add(Some(key));
                    } else {
                        own.insert(key, (rubric, span));
                    }
                }
                Some(reading) => broken.add(reading.key),
                None => broken.add(None),
            }
        }
        own.retain(|key, _| !broken.names(key));
        own.keys().for_each(|key| broken.exclude(key));
        let built_in = std::mem::take(&mut self.built_in);
        (Rubrics::new(built_in, own.into_values().map(|(rubric, _)| rubric).collect()), broken)
    }

    fn check_default_rubric(&mut self, rubrics: &Rubrics, broken: &BrokenRubrics) {
        let Some(Spanned { value: key, span }) = &self.default_rubric else { return };
        if rubrics.get(key).is_none() && !broken.may_be(key) {
            let problem = Diagnostic::new(Code::UnknownRubric, format!("unknown rubric `{key}`"));
            let help = rubric::help_for_unknown(&key.to_string(), rubrics);
            self.problems.push(problem.at(*span, "no such rubric and major version").help(help));
        }
    }

    /// Reads what was measured.
    fn slos(&mut self, inputs: Vec<Input>, limit: Limit) -> slo::Measured {
        let mut measured = slo::Measured::default();
        for input in inputs {
            self.read.slos.push(self.next_id());
            let Some(id) = self.read(input, limit) else { continue };
            if let Some(source) = self.files.last() {
                measured.read(source, id, &mut self.problems);
            }
        }
        measured
    }

    /// Reads all service files, in parallel. Standard input stands in for the file of the service that it describes.
    fn services(
        &mut self,
        inputs: Vec<Input>,
        context: &service::ReadContext<'_>,
        catalog: &CatalogIdentities,
    ) -> Vec<ServiceFile> {
        let first = self.files.len();
        let readings = inputs.into_par_iter().enumerate();
        let readings =
            readings.map(|(at, input)| read_service(input, FileId::from_index(first + at), context, catalog));
        let mut readings: Vec<_> = readings.collect();
        let from_stdin = readings.iter().find(|reading| reading.file.path() == STDIN);
        let replaced = from_stdin.and_then(|reading| reading.id.as_ref()).map(|id| id.value.clone());
        let mut kept = Vec::with_capacity(readings.len());
        for (at, mut reading) in readings.drain(..).enumerate() {
            let file = std::mem::replace(&mut reading.file, SourceFile::new("", ""));
            let is_replaced = replaced.is_some()
                && file.path() != STDIN
                && reading.id.as_ref().map(|id| &id.value) == replaced.as_ref();
            self.files.push(file);
            if !is_replaced {
                self.read.services.push(FileId::from_index(first + at));
                self.problems.extend(std::mem::take(&mut reading.problems));
                kept.push(reading);
            }
        }
        kept
    }
}

/// Returns the estate with service files changed, added or gone. Its problems are those of these files.
pub(super) fn with_service_files(loaded: &Loaded, texts: &[FileText<'_>]) -> Loaded {
    let mut after = Loaded {
        estate: loaded.estate.clone(),
        sources: loaded.sources.clone(),
        problems: Problems::default(),
        flawed: loaded.flawed.clone(),
        early: Vec::new(),
        files: loaded.files.clone(),
        hidden: loaded.hidden.clone(),
        skipped: loaded.skipped.clone(),
        shown_paths: loaded.shown_paths.clone(),
        catalog: Arc::clone(&loaded.catalog),
    };
    loaded.early.iter().for_each(|written| after.estate.put(written.clone()));
    for (shown, text) in texts {
        let services = &after.files.services;
        let known = services.iter().copied().find(|file| after.sources.file(*file).path() == *shown);
        after.estate.forget_unidentified(shown);
        match (text, known) {
            (Some(text), known) => after = put_service_file(after, known, shown, text.clone()),
            (None, Some(file)) => {
                after.estate.remove(|service| service.span.file == file);
                after.flawed.retain(|service| service.span.file != file);
                after.files.services.retain(|known| *known != file);
            }
            (None, None) => {}
        }
    }
    after
}

/// Reads a service file's new text, and puts the service in the place of the one that it was.
fn put_service_file(mut after: Loaded, known: Option<FileId>, shown: &str, text: String) -> Loaded {
    let id = known.unwrap_or_else(|| after.sources.next_id());
    let broken = BrokenRubrics::default();
    let (settings, rubrics) = (&after.estate.settings, &after.estate.rubrics);
    let input = Input::text(&after.shown_paths.within(shown), shown.to_owned(), text);
    let context = service::ReadContext { settings, rubrics, broken: &broken };
    let reading = read_service(input, id, &context, &after.catalog);
    after.catalog.report_unknown(
        &reading.unknown.iter().collect::<Vec<_>>(),
        &after.estate.settings,
        &mut after.problems,
    );
    if known.is_none() {
        after.files.services.push(id);
    }
    let is_sound = reading.is_sound;
    match (reading.service.filter(|_| is_sound), reading.name) {
        (Some(service), _) => {
            after.estate.remove(|known| known.span.file == id && known.id != service.id);
            after.estate.put(service);
        }
        (None, name) => {
            after.estate.set_aside(|service| service.span.file == id);
            after.estate = match name {
                Some(name) => after.estate.with_unreadable([name]),
                None => after.estate.with_unidentified([reading.path]),
            };
        }
    }
    after.flawed.retain(|service| service.span.file != id);
    after.sources = after.sources.with(id, reading.file);
    after.problems.extend(reading.problems);
    after
}

/// Reads one rubric's file by itself.
pub(super) fn read_rubric(input: Input, levels: &CriticalityLevels) -> LoadedRubric {
    let id = FileId::from_index(0);
    let (file, refusal) = input.read(id, Limit::Toml);
    let mut problems = Problems::default();
    let rubric = match refusal {
        Some(refusal) => {
            problems.push(refusal);
            None
        }
        None => rubric::parse(file.text(), id, levels, &mut problems).and_then(|reading| reading.rubric),
    };
    let rubric = rubric.filter(|_| !problems.has_errors());
    problems.sort();
    LoadedRubric { rubric, sources: Sources::new(vec![file]), problems }
}

fn duplicate_rubric(key: &RubricKey, again: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateRubric, format!("the rubric {key} is in two files"))
        .at(again, "again here")
        .and(first, "first here")
        .help("delete one of the files, or give it another version")
}

/// The ids that only one file has. Of two files with the same id neither is used: which one is meant is unknown.
fn unique_ids(readings: &[ServiceFile], problems: &mut Problems) -> BTreeSet<ServiceId> {
    let mut spans: BTreeMap<&ServiceId, Vec<Span>> = BTreeMap::new();
    for id in readings.iter().filter_map(|reading| reading.id.as_ref()) {
        spans.entry(&id.value).or_default().push(id.span);
    }
    for (id, spans) in &spans {
        for again in &spans[1..] {
            let title = format!("two files describe the service `{id}`");
            let problem = Diagnostic::new(Code::DuplicateService, title).at(*again, "again here");
            problems.push(
                problem
                    .and(spans[0], "first here")
                    .help("delete one of the files, or give it another id; until then neither is used"),
            );
        }
    }
    spans.into_iter().filter(|(_, spans)| spans.len() == 1).map(|(id, _)| id.clone()).collect()
}
