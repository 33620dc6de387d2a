//! The files of an estate in a commit. Links are followed as the disk would follow them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::catalog::CatalogFiles;
use super::commit::{Commit, TreeEntry};
use super::files::{self, Input, Limit, ReadRefusal};
use super::git::{Blob, GitError};
use super::globs::Globs;
use super::sparse;
use super::walk::{self, Failure, PathKind, WalkResult};
use crate::text::list_some;

/// Number of links that are followed on the way to one file, as on Linux.
const MAX_LINKS: usize = 40;

/// The files of a commit, as seen from the folder of its repository.
pub(super) struct CommitTree<'a> {
    commit: &'a Commit<'a>,
    /// What the user called the commit.
    name: &'a str,
    /// By their paths in the repository.
    entries: BTreeMap<String, TreeEntry>,
    /// Where links lead, by their paths.
    targets: BTreeMap<String, String>,
    /// Files of the estate that a sparse checkout leaves out of the working tree.
    absent: Vec<PathBuf>,
    /// How the path of a file of the estate is shown.
    show: &'a dyn Fn(&str) -> String,
}

impl<'a> CommitTree<'a> {
    pub fn read(
        commit: &'a Commit<'a>,
        name: &'a str,
        show: &'a dyn Fn(&str) -> String,
    ) -> Result<Self, GitError> {
        let prefix = commit.repository.prefix();
        let mut entries = commit.entries(prefix)?;
        // Links may lead through other folders and back.
        if !prefix.is_empty() && entries.values().any(|entry| matches!(entry, TreeEntry::Link(_))) {
            entries = commit.entries("")?;
        }
        let links = entries.iter().filter_map(|(path, entry)| match entry {
            TreeEntry::Link(id) => Some((path.as_str(), id.as_str())),
            TreeEntry::File(_) | TreeEntry::Submodule => None,
        });
        let links: Vec<_> = links.collect();
        let blobs = commit.repository.read_all(&links, u64::from(u16::MAX))?;
        let targets = links.iter().zip(blobs).map(|((path, _), blob)| {
            let target = match blob {
                Blob::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                // No path is that long.
                Blob::TooLarge(_) => String::new(),
            };
            ((*path).to_owned(), target)
        });
        let targets = targets.collect();
        let absent = sparse::absent(commit.repository)?;
        let within = |path: &PathBuf| path.strip_prefix(prefix).ok().map(Path::to_path_buf);
        let absent = absent.iter().filter_map(within).collect();
        let tree = Self { commit, name, entries, targets, absent, show };
        match tree.entries.get(prefix) {
            Some(TreeEntry::Submodule) => Err(tree.submodule(prefix).into()),
            Some(TreeEntry::File(_) | TreeEntry::Link(_)) => Err(format!(
                "`{prefix}` was a file or a symbolic link at `{name}`, so its estate was elsewhere"
            )
            .into()),
            None => Ok(tree),
        }
    }

    /// The settings, if there are any.
    pub fn settings(&self) -> Result<Option<Input>, GitError> {
        let settings = Path::new(files::SETTINGS_FILE);
        match walk::FileTree::resolve(self, settings) {
            Err(Failure::Unreadable(_)) if !self.entries.contains_key(&self.at(settings)) => Ok(None),
            Err(failure) => {
                let refusal = self.refusal(settings, &failure);
                let unknown =
                    || format!("at `{}` the link `{}` can't be followed", self.name, files::SETTINGS_FILE);
                Err(refusal.unwrap_or_else(unknown).into())
            }
            Ok(_) => Ok(self.inputs(vec![settings.to_path_buf()], Limit::Toml)?.pop()),
        }
    }

    /// A rubric's file, by its path from the folder.
    pub fn rubric(&self, path: &str) -> Result<Input, GitError> {
        match walk::FileTree::resolve(self, Path::new(path)) {
            Ok((_, PathKind::File)) => {}
            Ok(_) | Err(Failure::Unreadable(_)) => {
                return Err(format!("there is no file `{path}` at the revision `{}`", self.name).into());
            }
            Err(failure) => return Err(self.refusal(Path::new(path), &failure).unwrap_or_default().into()),
        }
        let mut inputs = self.inputs(vec![PathBuf::from(path)], Limit::Toml)?;
        inputs.pop().ok_or_else(|| format!("there is no file `{path}`").into())
    }

    /// What the globs match.
    pub fn matching(&self, globs: &[String], limit: Limit) -> Result<Vec<Input>, GitError> {
        self.inputs(self.paths(globs)?, limit)
    }

    /// Paths of what the globs match.
    pub fn paths(&self, globs: &[String]) -> Result<Vec<PathBuf>, GitError> {
        let globs = Globs::new(globs).map_err(|error| format!("the globs can't be used: {error}"))?;
        let found = globs.find_in(self);
        if let Some(refusal) = found.failures.iter().find_map(|(path, failure)| self.refusal(path, failure)) {
            return Err(refusal.into());
        }
        self.refuse_sparse(&globs, &found)?;
        Ok(found.files.into_iter().collect())
    }

    /// Why nothing can be compared with this commit; `None` if the failure hides nothing.
    fn refusal(&self, path: &Path, failure: &Failure) -> Option<String> {
        let (name, path) = (self.name, (self.show)(&path.to_string_lossy()));
        match failure {
            // Whatever is there is found by another way, or there is nothing.
            Failure::Circle | Failure::Unreadable(_) => None,
            Failure::LeadsOut(_) => Some(format!(
                "at `{name}` the symbolic link `{path}` leads out of the estate, so what it leads to is unknown"
            )),
            Failure::Submodule(at) => Some(self.submodule(&(self.show)(&at.to_string_lossy()))),
            Failure::TooManyLinks => Some(format!(
                "the symbolic links of `{path}` at `{name}` lead to too many files; do they lead in circles?"
            )),
            Failure::Globs(error) => Some(format!("the globs can't be used: {error}")),
        }
    }

    fn submodule(&self, path: &str) -> String {
        format!("`{path}` is a submodule, and what is in it is not part of the revision `{}`", self.name)
    }

    /// Refuses a working tree that lacks files of the estate because of a sparse checkout: they would count as removed.
    fn refuse_sparse(&self, globs: &Globs, found: &WalkResult) -> Result<(), GitError> {
        if self.absent.is_empty() {
            return Ok(());
        }
        let reals = found.files.iter().filter_map(|path| walk::FileTree::resolve(self, path).ok());
        let reals: BTreeSet<_> = reals.map(|(real, _)| real).collect();
        let is_ours = |path: &&PathBuf| {
            globs.is_match(path) || path.as_path() == Path::new(files::SETTINGS_FILE) || reals.contains(*path)
        };
        let absent: Vec<_> = self.absent.iter().filter(is_ours).map(|path| self.at(path)).collect();
        if absent.is_empty() {
            return Ok(());
        }
        let prefix = self.commit.repository.prefix();
        Err(format!(
            "this is a sparse checkout without {}; check out the whole estate: `git sparse-checkout add {}`, or \
             `git sparse-checkout disable`",
            list_some(&absent),
            if prefix.is_empty() { "FOLDER" } else { prefix }
        ).into())
    }

    fn inputs(&self, paths: Vec<PathBuf>, limit: Limit) -> Result<Vec<Input>, GitError> {
        let mut wanted = Vec::new();
        let mut inputs = Vec::new();
        for path in paths {
            let shown = format!("{}:{}", self.name, (self.show)(&path.to_string_lossy()));
            let why = match walk::FileTree::resolve(self, &path) {
                Ok((real, PathKind::File)) => {
                    let real = self.at(&real);
                    if let Some(TreeEntry::File(id)) = self.entries.get(&real) {
                        wanted.push((path, shown, real, id.as_str()));
                        continue;
                    }
                    ReadRefusal::Io(io::ErrorKind::NotFound.into())
                }
                Ok(_) => ReadRefusal::NotAFile("a folder"),
                Err(Failure::Unreadable(error)) => ReadRefusal::Io(error),
                Err(_) => ReadRefusal::LeadsOut,
            };
            inputs.push(Input::refused(&path, shown, why));
        }
        let asked: Vec<_> = wanted.iter().map(|(_, _, real, id)| (real.as_str(), *id)).collect();
        let blobs = self.commit.repository.read_all(&asked, limit.bytes())?;
        let read = wanted.into_iter().zip(blobs).map(|((path, shown, ..), blob)| match blob {
            Blob::Bytes(bytes) => Input::bytes(&path, shown, bytes),
            Blob::TooLarge(size) => Input::refused(&path, shown, ReadRefusal::TooLarge(size)),
        });
        inputs.extend(read);
        Ok(inputs)
    }

    /// The path in the repository of a path in the estate.
    fn at(&self, path: &Path) -> String {
        let prefix = self.commit.repository.prefix();
        let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        match (prefix, path.as_str()) {
            ("", _) => path,
            (_, "") => prefix.to_owned(),
            (_, _) => format!("{prefix}/{path}"),
        }
    }

    /// The path in the estate of a path in the repository.
    fn within(&self, path: &str) -> Option<PathBuf> {
        Path::new(path).strip_prefix(self.commit.repository.prefix()).ok().map(Path::to_path_buf)
    }

    fn kind(&self, path: &str) -> Option<PathKind> {
        match self.entries.get(path) {
            Some(TreeEntry::File(_)) => Some(PathKind::File),
            Some(TreeEntry::Link(_)) => Some(PathKind::Link),
            Some(TreeEntry::Submodule) => Some(PathKind::Submodule),
            None if path.is_empty() => Some(PathKind::Folder),
            None => {
                let beneath = format!("{path}/");
                let next = self.entries.range(beneath.clone()..).next();
                next.filter(|(next, _)| next.starts_with(&beneath)).map(|_| PathKind::Folder)
            }
        }
    }

    /// Where a path of the repository leads, without links.
    fn real(&self, path: &str) -> Result<(String, PathKind), Failure> {
        let error = |kind: io::ErrorKind| Failure::Unreadable(kind.into());
        let mut ahead: Vec<&str> = path.split('/').rev().collect();
        let (mut behind, mut links) = (Vec::new(), 0);
        while let Some(part) = ahead.pop() {
            match part {
                "" | "." => continue,
                ".." if behind.pop().is_some() => continue,
                ".." => return Err(Failure::LeadsOut(PathKind::Folder)),
                part => behind.push(part),
            }
            let at = behind.join("/");
            match self.kind(&at) {
                None => return Err(error(io::ErrorKind::NotFound)),
                Some(PathKind::Folder) => {}
                Some(PathKind::File) if ahead.is_empty() => {}
                Some(PathKind::File) => return Err(error(io::ErrorKind::NotADirectory)),
                Some(PathKind::Submodule) => {
                    return Err(Failure::Submodule(self.within(&at).unwrap_or_else(|| at.into())));
                }
                Some(PathKind::Link) => {
                    links += 1;
                    if links > MAX_LINKS {
                        return Err(Failure::Unreadable(io::Error::other("too many symbolic links")));
                    }
                    behind.pop();
                    let target = self.targets.get(&at).map_or("", String::as_str);
                    let target = if target.starts_with('/') {
                        behind.clear();
                        self.below_top(target).ok_or(Failure::LeadsOut(PathKind::Folder))?
                    } else {
                        target
                    };
                    if target.is_empty() && self.targets.get(&at).is_none_or(String::is_empty) {
                        return Err(error(io::ErrorKind::NotFound));
                    }
                    ahead.extend(target.split('/').rev());
                }
            }
        }
        let real = behind.join("/");
        let kind = self.kind(&real).ok_or_else(|| error(io::ErrorKind::NotFound))?;
        Ok((real, kind))
    }

    /// What of an absolute path lies below the top folder of this checkout.
    fn below_top<'t>(&self, target: &'t str) -> Option<&'t str> {
        let rest = target.strip_prefix(self.commit.repository.top().to_str()?)?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest)
    }
}

impl walk::FileTree for CommitTree<'_> {
    fn list(&self, folder: &Path) -> io::Result<Vec<(PathBuf, PathKind)>> {
        let folder = self.at(folder);
        let before = if folder.is_empty() { folder } else { format!("{folder}/") };
        let mut listed = Vec::new();
        let mut from = before.clone();
        while let Some((path, _)) = self.entries.range(from..).next() {
            let Some(rest) = path.strip_prefix(&before) else { break };
            let name = rest.split('/').next().unwrap_or(rest);
            let path = format!("{before}{name}");
            if let Some(kind) = self.kind(&path) {
                listed.push((PathBuf::from(name), kind));
            }
            // What follows everything beneath a folder, or a file of this name.
            from =
                if path.len() < before.len() + rest.len() { format!("{path}0") } else { format!("{path}\0") };
        }
        listed.sort_unstable();
        listed.dedup();
        Ok(listed)
    }

    fn resolve(&self, path: &Path) -> Result<(PathBuf, PathKind), Failure> {
        let (real, kind) = self.real(&self.at(path))?;
        self.within(&real).map(|within| (within, kind)).ok_or(Failure::LeadsOut(kind))
    }
}

impl CatalogFiles for CommitTree<'_> {
    fn tree(&self) -> &dyn walk::FileTree {
        self
    }

    fn open(&self, paths: Vec<PathBuf>) -> Result<Vec<Input>, GitError> {
        self.inputs(paths, Limit::Foreign)
    }

    fn within(&self, _: &Path) -> Option<PathBuf> {
        // An absolute path is one of the disk.
        None
    }
}
