//! Files that are texts alone, by their paths: what a program has at hand instead of a folder or a commit.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::catalog::CatalogFiles;
use super::files::{Input, ReadRefusal};
use super::git::GitError;
use super::walk::{Failure, FileTree, PathKind};

/// Texts by their paths in a folder.
pub(super) struct TextTree<'t> {
    /// The folder, if it is said to be anywhere.
    pub root: &'t Path,
    /// What stands before the paths where they are shown.
    pub place: &'t str,
    pub texts: &'t BTreeMap<String, String>,
}

impl TextTree<'_> {
    /// The text at a path.
    pub fn input(&self, path: &Path) -> Input {
        let name = path.display().to_string();
        let shown = format!("{}{name}", self.place);
        match self.texts.get(&name) {
            Some(text) => Input::text(path, shown, text.clone()),
            None => Input::refused(path, shown, ReadRefusal::NotAFile("a folder")),
        }
    }
}

impl FileTree for TextTree<'_> {
    fn list(&self, folder: &Path) -> io::Result<Vec<(PathBuf, PathKind)>> {
        let below = self.texts.keys().filter_map(|path| Path::new(path).strip_prefix(folder).ok());
        let mut names: Vec<_> = below
            .filter_map(|path| {
                let mut parts = path.iter();
                let name = PathBuf::from(parts.next()?);
                Some((name, if parts.next().is_some() { PathKind::Folder } else { PathKind::File }))
            })
            .collect();
        names.dedup();
        Ok(names)
    }

    fn resolve(&self, path: &Path) -> Result<(PathBuf, PathKind), Failure> {
        let is_within = |file: &&String| Path::new(file).starts_with(path);
        let kind = match self.texts.keys().find(is_within) {
            Some(file) if Path::new(file) == path => PathKind::File,
            Some(_) => PathKind::Folder,
            None => return Err(Failure::Unreadable(io::ErrorKind::NotFound.into())),
        };
        Ok((path.to_path_buf(), kind))
    }
}

impl CatalogFiles for TextTree<'_> {
    fn tree(&self) -> &dyn FileTree {
        self
    }

    fn open(&self, paths: Vec<PathBuf>) -> Result<Vec<Input>, GitError> {
        Ok(paths.iter().map(|path| self.input(path)).collect())
    }

    fn within(&self, path: &Path) -> Option<PathBuf> {
        path.strip_prefix(self.root).ok().map(Path::to_path_buf)
    }
}
