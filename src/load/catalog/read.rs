//! Files of a catalog → entities: the files that are named, then those that their locations lead to, each once.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::entity::{DocumentReading, Entity, read_part};
use crate::diag::{Code, Diagnostic, Problems};
use crate::load::files::{Input, Limit};
use crate::load::foreign::{self, Part};
use crate::load::git::GitError;
use crate::load::walk::FileTree;
use crate::model::CatalogSettings;
use crate::source::{FileId, SourceFile, Span};

/// How many times locations may lead on to other files with locations.
const MAX_ROUNDS: usize = 32;

/// Files of a tree, as a catalog's locations need them.
pub(in crate::load) trait CatalogFiles {
    fn tree(&self) -> &dyn FileTree;
    /// Opens files by their paths in the tree, in any order.
    ///
    /// # Errors
    /// When git can't read a commit.
    fn open(&self, paths: Vec<PathBuf>) -> Result<Vec<Input>, GitError>;
    /// The path in the tree of an absolute path; `None` if it lies elsewhere.
    fn within(&self, path: &Path) -> Option<PathBuf>;
}

/// What a catalog's files hold.
#[derive(Debug, Default)]
pub(super) struct EntityReading {
    pub entities: Vec<Entity>,
    pub files: Vec<SourceFile>,
    pub problems: Problems,
    pub skipped: Vec<SkippedDocument>,
    /// Paths in the tree of the files that have one.
    paths: HashMap<FileId, PathBuf>,
}

/// What of a catalog's files isn't used: a document that is no entity, a key that is given again, a place elsewhere.
#[derive(Clone, Debug)]
pub struct SkippedDocument {
    pub span: Span,
    /// What it is instead, or why.
    pub reason: String,
}

/// Reads files and all that their locations lead to. `first` is the index of the first file of all that are read.
pub(super) fn read(
    named: Vec<PathBuf>,
    stdin: Option<Input>,
    files: &dyn CatalogFiles,
    first: usize,
    settings: &CatalogSettings,
) -> Result<EntityReading, GitError> {
    let mut reading = EntityReading::default();
    let mut known = HashSet::new();
    let mut is_new = |path: &PathBuf| match files.tree().resolve(path) {
        Ok((real, _)) => known.insert(real),
        // Reading it fails and says why.
        Err(_) => known.insert(path.clone()),
    };
    reading.take(stdin.into_iter().collect(), first, settings);
    let mut next: Vec<_> = named.into_iter().filter(|path| is_new(path)).collect();
    let mut followed = 0;
    for _ in 0..MAX_ROUNDS {
        reading.take(files.open(next)?, first, settings);
        next = reading.follow(followed, files);
        next.retain(&mut is_new);
        followed = reading.entities.len();
        if next.is_empty() {
            break;
        }
    }
    Ok(reading)
}

fn unreadable(span: Span, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableDescriptor, format!("a document of the catalog can't be read: {reason}"))
        .at(span, "skipped")
        .help("correct it; what it says of services is unknown until then")
}

impl EntityReading {
    /// Reads files, in parallel. One that can't be read is a warning: what others write is not fatal here.
    fn take(&mut self, inputs: Vec<Input>, first: usize, settings: &CatalogSettings) {
        let begin = self.files.len();
        let id = |at: usize| FileId::from_index(first + begin + at);
        let read = inputs.into_par_iter().enumerate().map(|(at, input)| {
            let path = input.path().map(Path::to_path_buf);
            (path, input.read(id(at), Limit::Foreign))
        });
        let read: Vec<_> = read.collect();
        let mut readable = Vec::new();
        for (at, (path, (file, refusal))) in read.into_iter().enumerate() {
            self.paths.extend(path.map(|path| (id(at), path)));
            self.files.push(file);
            match refusal {
                Some(problem) => self.problems.push(unreadable(Span::new(id(at), 0..0), &problem.title)),
                None => readable.push(at),
            }
        }
        let texts = readable.into_iter().map(|at| (id(at), self.files[begin + at].text()));
        let parts: Vec<Part<'_>> = texts.flat_map(|(id, text)| foreign::parts(text, id)).collect();
        let documents: Vec<_> = parts.par_iter().flat_map_iter(|part| read_part(part, settings)).collect();
        for document in documents {
            match document {
                DocumentReading::Entity(entity) => self.entities.push(*entity),
                DocumentReading::Skipped(span, reason) => {
                    self.skipped.push(SkippedDocument { span, reason });
                }
                DocumentReading::Unreadable(span, reason) => self.problems.push(unreadable(span, &reason)),
            }
        }
    }

    /// The files that the locations among the entities from an index on lead to.
    fn follow(&mut self, from: usize, files: &dyn CatalogFiles) -> Vec<PathBuf> {
        let mut next = Vec::new();
        let within = |path: &Path| files.within(path);
        for entity in &self.entities[from..] {
            let Some(location) = &entity.location else { continue };
            let path = self.paths.get(&entity.span.file).map(PathBuf::as_path);
            let followed = location.follow(path, files.tree(), &within, &mut self.problems);
            next.extend(followed.files);
            let skipped = followed.skipped.into_iter();
            self.skipped.extend(skipped.map(|(target, reason)| {
                let reason = format!("`{}`: {reason}", target.value);
                SkippedDocument { span: target.span, reason }
            }));
        }
        next
    }
}
