//! Files that a sparse checkout leaves out of the working tree: they are in the repository, and must not look as if they
//! were not.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::files::{self, Input, ReadRefusal, SETTINGS_FILE};
use super::git::{self, GitError, Repository};
use super::globs::Globs;

/// The text before the path of the real folder, where `.git` is a file.
const LINK: &str = "gitdir:";

/// The files that are left out of a repository's working tree.
pub(super) struct SparseFiles {
    /// The folder that holds `.git`, canonical.
    top: PathBuf,
    /// The estate's folder, canonical.
    root: PathBuf,
    /// By their paths from the top.
    files: BTreeSet<PathBuf>,
}

impl SparseFiles {
    /// The files that are left out around an estate; `None` where its repository has no sparse checkout. Git is only asked
    /// where one was set up. The error says why git has no answer.
    pub fn around(root: &Path) -> Result<Option<Self>, GitError> {
        let Ok(root) = root.canonicalize() else { return Ok(None) };
        if !git::top_folder(&root).is_some_and(has_patterns) {
            return Ok(None);
        }
        let repository = Repository::holding(&root)?;
        let files = absent(&repository)?;
        Ok((!files.is_empty()).then(|| Self { top: repository.top().to_path_buf(), root, files }))
    }

    /// The settings that the search for an estate would have found from `start`, had they been there.
    pub fn settings(&self, start: &Path, show: &dyn Fn(&Path) -> String) -> Option<Input> {
        let start = start.canonicalize().ok()?;
        let folders = start.ancestors().take_while(|folder| folder.starts_with(&self.top));
        // Settings that are there and nearer count.
        let mut folders = folders.take_while(|folder| !files::is_there(&folder.join(SETTINGS_FILE)));
        let path = folders.find_map(|folder| {
            let path = folder.join(SETTINGS_FILE);
            self.files.contains(path.strip_prefix(&self.top).ok()?).then_some(path)
        });
        path.map(|path| refused(Path::new(SETTINGS_FILE), show(&path)))
    }

    /// Files that globs of the estate match.
    pub fn matching(&self, estate: &Path, globs: &[String], show: &dyn Fn(&Path) -> String) -> Vec<Input> {
        let Ok(globs) = Globs::new(globs) else { return Vec::new() };
        let within = self.files.iter().filter_map(|path| self.within(path, &globs));
        within.map(|path| refused(&path, show(&estate.join(&path)))).collect()
    }

    /// The path from the estate's folder, if the globs match it.
    fn within(&self, path: &Path, globs: &Globs) -> Option<PathBuf> {
        let path = self.top.join(path);
        let path = path.strip_prefix(&self.root).ok()?;
        globs.is_match(path).then(|| path.to_path_buf())
    }
}

fn refused(within: &Path, shown: String) -> Input {
    Input::refused(within, shown, ReadRefusal::NotCheckedOut)
}

/// Whether a sparse checkout was ever set up. Each linked working tree and submodule has a folder
/// of its own for that.
fn has_patterns(top: &Path) -> bool {
    let dot_git = top.join(".git");
    let link = files::text_within(top, &dot_git);
    let folder = link.as_deref().and_then(|text| text.trim_end().strip_prefix(LINK));
    let folder = folder.map_or(dot_git, |folder| top.join(folder.trim_start()));
    files::is_there(&folder.join("info/sparse-checkout"))
}

/// Files of the index that a sparse checkout leaves out of the working tree, by their paths in the repository.
pub(super) fn absent(repository: &Repository) -> Result<BTreeSet<PathBuf>, GitError> {
    let listed = repository.ask(&["ls-files", "-z", "-t"])?;
    let skipped = listed.split(|byte| *byte == 0).filter_map(|line| line.strip_prefix(b"S "));
    let skipped = skipped.map(|path| PathBuf::from(String::from_utf8_lossy(path).into_owned()));
    Ok(skipped.filter(|path| !files::is_there(&repository.top().join(path))).collect())
}
