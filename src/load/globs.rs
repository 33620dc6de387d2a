//! Globs that say which files an estate consists of.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};

use super::walk::{FileTree, WalkResult, Wanted, is_hidden, walk};

/// What globs match. As in a shell, a wildcard doesn't match the dot at the start of a name: it has to be written.
pub(super) struct Globs {
    /// Where a search begins.
    folders: BTreeSet<PathBuf>,
    /// The globs together, without the rule about dots.
    set: GlobSet,
    each: Vec<GlobMatcher>,
    /// Whether a glob may write the dot of a hidden folder.
    writes_dots: bool,
}

impl Globs {
    pub fn new(globs: &[String]) -> Result<Self, globset::Error> {
        // A glob that can't be built was reported when the settings were read.
        let built =
            globs.iter().filter_map(|glob| GlobBuilder::new(glob).literal_separator(true).build().ok());
        let built: Vec<_> = built.collect();
        let mut set = GlobSetBuilder::new();
        for glob in &built {
            set.add(glob.clone());
        }
        let begins_a_name = ["/.", "{.", ",.", "[.", "\\."];
        Ok(Self {
            folders: globs.iter().map(|glob| literal_folder(glob)).collect(),
            set: set.build()?,
            each: built.iter().map(globset::Glob::compile_matcher).collect(),
            writes_dots: globs
                .iter()
                .any(|glob| glob.starts_with('.') || begins_a_name.iter().any(|dot| glob.contains(dot))),
        })
    }

    /// Everything in a tree that matches, by its path there.
    pub fn find_in(&self, tree: &dyn FileTree) -> WalkResult {
        let wanted = Wanted {
            file: &|path| self.is_match(path),
            but_for_dots: &|path| self.set.is_match(path),
            in_hidden: self.writes_dots,
        };
        walk(tree, &self.folders, wanted)
    }

    /// Whether a path matches.
    pub fn is_match(&self, path: &Path) -> bool {
        self.set.is_match(path)
            && (!path.iter().any(is_hidden) || self.each.iter().any(|glob| writes_each_dot(glob, path)))
    }
}

/// Whether a glob matches a path and writes the dot of each of its hidden names: with another letter there, it wouldn't
/// match.
fn writes_each_dot(glob: &GlobMatcher, path: &Path) -> bool {
    let names: Vec<_> = path.iter().collect();
    let with_another_letter = |at: usize| {
        let other = names[at].to_string_lossy().replacen('.', "\u{1}", 1);
        let other = OsStr::new(&other);
        names
            .iter()
            .enumerate()
            .map(|(place, name)| if place == at { other } else { *name })
            .collect::<PathBuf>()
    };
    let mut hidden = (0..names.len()).filter(|at| is_hidden(names[*at]));
    glob.is_match(path) && hidden.all(|at| !glob.is_match(with_another_letter(at)))
}

/// The folders at the start of a glob that hold no wildcard.
pub(super) fn literal_folder(glob: &str) -> PathBuf {
    let parts: Vec<_> = glob.split('/').collect();
    let folders = &parts[..parts.len() - 1];
    folders.iter().take_while(|part| is_literal(part)).collect()
}

/// Whether a part of a glob matches nothing but itself.
pub(super) fn is_literal(part: &str) -> bool {
    !part.contains(['*', '?', '[', '{', '\\'])
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

    #[test]
    fn only_a_glob_that_writes_the_dot_matches_a_hidden_name() {
        let matches = |globs: &[&str], path: &str| {
            let globs: Vec<_> = globs.iter().map(ToString::to_string).collect();
            Globs::new(&globs).expect("globs").is_match(Path::new(path))
        };
        for glob in
            [".team/*.yaml", "**/.team/*.yaml", "{.team,ops}/*.yaml", "[.]team/*.yaml", "{ops,.team}/*"]
        {
            assert!(matches(&[glob], ".team/cart.yaml"), "{glob}");
        }
        for glob in ["*/*.yaml", "**/*.yaml", "?team/*.yaml", "[!a]team/*.yaml"] {
            assert!(!matches(&[glob], ".team/cart.yaml"), "{glob}");
        }
        // The dot of one glob opens nothing for another.
        assert!(!matches(&[".team/*.yaml", "services/**/*.yaml"], "services/.team/cart.yaml"));
        assert!(!matches(&[".team/*.yaml"], ".team/._cart.yaml"));
        assert!(matches(&["services/**/*.yaml"], "services/shop/../cart.yaml"));
    }
}
