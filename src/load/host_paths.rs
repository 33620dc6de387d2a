//! Paths as a code host names them: from the root of the repository.

use std::path::{Component, Path, PathBuf};

use super::git;

/// An estate within its repository.
#[derive(Clone, Debug)]
pub(super) struct HostPaths {
    /// The estate's folder.
    estate: PathBuf,
    /// The same, from the root of the repository.
    within: PathBuf,
    /// The root.
    root: PathBuf,
}

impl HostPaths {
    /// An estate's folder in its repository. Where there is none, the folder itself counts as the root.
    pub fn around(estate: &Path) -> Self {
        // git goes by where a folder really is, and not by the links that lead there.
        let real = estate.canonicalize().unwrap_or_else(|_| estate.to_owned());
        let root = git::top_folder(&real).unwrap_or(&real);
        let within = real.strip_prefix(root).map(Path::to_path_buf).unwrap_or_default();
        Self { estate: estate.to_owned(), within, root: root.to_path_buf() }
    }

    /// The root of the repository: paths begin there.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The estate's folder, beneath the root.
    pub(super) fn estate(&self) -> PathBuf {
        self.root.join(&self.within)
    }

    /// A path from the root of the repository; `None` for what lies outside.
    pub(super) fn path(&self, path: &Path) -> Option<PathBuf> {
        let from_estate = pathdiff::diff_paths(path, &self.estate)?;
        let mut whole = PathBuf::new();
        for part in self.within.join(from_estate).components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    if !whole.pop() {
                        return None;
                    }
                }
                Component::Normal(_) => whole.push(part),
                Component::Prefix(_) | Component::RootDir => return None,
            }
        }
        Some(whole)
    }
}
