//! Globs that say which files an estate consists of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::walk::{FileTree, WalkResult, Wanted, is_dotted, walk};

/// What globs match. As in a shell, no wildcard stands for the dot at the start of a name: it has to be written.
pub(super) struct Globs {
    /// Where a search begins.
    folders: BTreeSet<PathBuf>,
    paths: GlobSet,
    /// The parts of the globs that begin with a dot.
    dotted: GlobSet,
}

impl Globs {
    pub fn new(globs: &[String]) -> Result<Self, globset::Error> {
        let parts = globs.iter().flat_map(|glob| glob.split('/'));
        Ok(Self {
            folders: globs.iter().map(|glob| literal_folder(glob)).collect(),
            paths: set(globs.iter().map(String::as_str))?,
            dotted: set(parts.filter(|part| part.starts_with('.')))?,
        })
    }

    /// Everything in a tree that matches, by its path there.
    pub fn find_in(&self, tree: &dyn FileTree) -> WalkResult {
        let file = |path: &Path| self.paths.is_match(path);
        walk(tree, &self.folders, Wanted { file: &file, dotted: &|name| self.dotted.is_match(name) })
    }

    /// Whether a path matches.
    pub fn is_match(&self, path: &Path) -> bool {
        self.paths.is_match(path) && path.iter().all(|name| !is_dotted(name) || self.dotted.is_match(name))
    }
}

fn set<'g>(globs: impl Iterator<Item = &'g str>) -> Result<GlobSet, globset::Error> {
    let mut builder = GlobSetBuilder::new();
    // A glob that can't be built was reported when the settings were read.
    for glob in globs.filter_map(|glob| GlobBuilder::new(glob).literal_separator(true).build().ok()) {
        builder.add(glob);
    }
    builder.build()
}

/// The folders at the start of a glob that hold no wildcard.
pub(super) fn literal_folder(glob: &str) -> PathBuf {
    let parts: Vec<_> = glob.split('/').collect();
    let folders = &parts[..parts.len() - 1];
    folders.iter().take_while(|part| !part.contains(['*', '?', '[', '{', '\\'])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_begins_where_the_wildcards_do() {
        assert_eq!(literal_folder("services/**/*.yaml"), PathBuf::from("services"));
        assert_eq!(literal_folder("*.yaml"), PathBuf::new());
        assert_eq!(literal_folder("a/b/c.yaml"), PathBuf::from("a/b"));
        assert_eq!(literal_folder("a/{b,c}/d.yaml"), PathBuf::from("a"));
    }
}
