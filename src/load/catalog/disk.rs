//! A catalog's files in a folder on disk.

use std::path::{Path, PathBuf};

use super::read::CatalogFiles;
use crate::load::files::{self, Input};
use crate::load::git::GitError;
use crate::load::walk::{Disk, FileTree};

/// The files of a folder on disk.
pub(in crate::load) struct DiskFiles<'f> {
    root: &'f Path,
    disk: Disk<'f>,
    shown: &'f dyn Fn(&Path) -> String,
}

impl<'f> DiskFiles<'f> {
    pub fn new(root: &'f Path, shown: &'f dyn Fn(&Path) -> String) -> Self {
        Self { root, disk: Disk::new(root), shown }
    }
}

impl CatalogFiles for DiskFiles<'_> {
    fn tree(&self) -> &dyn FileTree {
        &self.disk
    }

    fn open(&self, paths: Vec<PathBuf>) -> Result<Vec<Input>, GitError> {
        let inputs = paths.into_iter().map(|path| {
            let path = self.root.join(path);
            let shown = (self.shown)(&path);
            files::input_within(self.root, path, shown)
        });
        Ok(inputs.collect())
    }

    fn within(&self, path: &Path) -> Option<PathBuf> {
        path.strip_prefix(self.root).ok().map(Path::to_path_buf)
    }
}
