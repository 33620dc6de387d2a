//! Entities that say where more entities are, and the files that they lead to.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;

use super::texts::{text, texts};
use crate::diag::{Code, Diagnostic, Problems};
use crate::load::globs::is_literal;
use crate::load::walk::{FileTree, Wanted, is_hidden, walk};
use crate::source::{Node, Spanned};

/// Where a location leads.
#[derive(Debug)]
pub(super) struct Location {
    targets: Vec<Spanned<String>>,
    /// The kind of place, if it is one that no file can be found at.
    elsewhere: Option<String>,
    is_optional: bool,
    /// Whether it stands in a file, from which paths lead on.
    in_file: bool,
}

/// What became of the targets of a location.
#[derive(Default)]
pub(super) struct Followed {
    /// Paths in the tree.
    pub files: BTreeSet<PathBuf>,
    /// Targets that lead to no file, and why they aren't followed.
    pub skipped: Vec<(Spanned<String>, String)>,
}

impl Location {
    pub fn read(spec: Option<&Node>, in_file: bool) -> Self {
        let key = |key: &str| spec.and_then(|spec| spec.get(key));
        let target = text(key("target")).into_iter();
        let kind = text(key("type")).map(|kind| kind.value);
        Self {
            targets: target.chain(key("targets").map(texts).unwrap_or_default()).collect(),
            elsewhere: kind
                .filter(|kind| !["file", "url"].iter().any(|known| known.eq_ignore_ascii_case(kind))),
            is_optional: text(key("presence")).is_some_and(|presence| presence.value == "optional"),
            in_file,
        }
    }

    /// Finds the files that a location leads to from the file at `path`, and reports targets that lead nowhere. `within`
    /// makes an absolute path one of the tree.
    pub fn follow(
        &self,
        path: Option<&Path>,
        tree: &dyn FileTree,
        within: &dyn Fn(&Path) -> Option<PathBuf>,
        problems: &mut Problems,
    ) -> Followed {
        let mut followed = Followed::default();
        for target in &self.targets {
            let mut skip = |why: &str| followed.skipped.push((target.clone(), why.to_owned()));
            if target.value.contains("://") {
                skip("a location on the network, which is not followed");
                continue;
            }
            if let Some(kind) = &self.elsewhere {
                skip(&format!("a location of the type `{kind}`, which is not followed"));
                continue;
            }
            let Some(path) = path.filter(|_| self.in_file) else {
                skip("a location without a file from which a path could lead on");
                continue;
            };
            let found = match place(path, &target.value, within) {
                Some((folder, glob)) => files(&folder, &glob, tree),
                None => BTreeSet::new(),
            };
            if found.is_empty() && !self.is_optional {
                problems.push(missing(target));
            }
            followed.files.extend(found);
        }
        followed
    }
}

fn missing(target: &Spanned<String>) -> Diagnostic {
    let title = format!("the location `{}` leads to no file", target.value);
    let problem = Diagnostic::new(Code::MissingLocationTarget, title).at(target.span, "nothing is there");
    problem.help("paths lead on from the folder of this file; correct the path, or take it away")
}

/// The folder at which the search for a target begins, and the rest of the target.
fn place(file: &Path, target: &str, within: &dyn Fn(&Path) -> Option<PathBuf>) -> Option<(PathBuf, String)> {
    let parts: Vec<_> = target.split('/').collect();
    let (last, folders) = parts.split_last()?;
    let literal = folders.iter().take_while(|part| is_literal(part)).count();
    let glob = folders[literal..].iter().chain([last]).copied().collect::<Vec<_>>().join("/");
    let folder = folders[..literal].join("/");
    let folder = if target.starts_with('/') {
        within(Path::new(&format!("{folder}/")))?
    } else {
        file.parent()?.join(folder)
    };
    Some((normal(&folder)?, glob))
}

/// The path without `.` and `..`; `None` if it leads out of the tree.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if normal.pop() => {}
            Component::Normal(name) => normal.push(name),
            Component::ParentDir | Component::Prefix(_) | Component::RootDir => return None,
        }
    }
    Some(normal)
}

/// The files in a folder that a glob, or a plain name, matches.
fn files(folder: &Path, glob: &str, tree: &dyn FileTree) -> BTreeSet<PathBuf> {
    if is_literal(glob) {
        let Some(path) = normal(&folder.join(glob)) else { return BTreeSet::new() };
        // That a folder, or nothing that can be read, is there is found out by reading it.
        let is_there = tree.resolve(&path).is_ok();
        return is_there.then_some(path).into_iter().collect();
    }
    let Ok(glob) = GlobBuilder::new(glob).literal_separator(true).build() else { return BTreeSet::new() };
    let matcher = glob.compile_matcher();
    let is_match = |path: &Path| {
        let below = path.strip_prefix(folder).unwrap_or(path);
        matcher.is_match(below) && !below.iter().any(is_hidden)
    };
    let wanted = Wanted { file: &is_match, but_for_dots: &|_| false, in_hidden: false };
    walk(tree, &BTreeSet::from([folder.to_path_buf()]), wanted).files
}
