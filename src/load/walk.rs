//! Which files of a tree the globs match, links included: the same walk for the disk and for a commit.

use std::collections::{BTreeSet, VecDeque};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What following links may cost: folders that link to each other would multiply without end.
const BUDGET: usize = 100_000;
/// What a link to a folder costs; an entry beneath one costs 1.
const FOLDER_LINK: usize = 10;

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PathKind {
    /// A file, or a pipe or device, which reading refuses.
    File,
    Folder,
    Link,
    /// Another repository, of which a commit holds nothing.
    Submodule,
}

/// Files, and places that could not be searched.
#[derive(Default)]
pub(super) struct WalkResult {
    /// Files (or folders in their place), each once, sorted.
    pub files: BTreeSet<PathBuf>,
    /// Places that could not be searched, and why.
    pub failures: Vec<(PathBuf, Failure)>,
    /// Folders that are not searched, and files that aren't read, since their names begin with a dot.
    pub hidden: BTreeSet<PathBuf>,
}

/// What a search takes.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'w> {
    /// Whether a file is wanted, by its path.
    pub file: &'w dyn Fn(&Path) -> bool,
    /// Whether it would be if no name on its path began with a dot: editors and systems keep files of their own under such
    /// names.
    pub but_for_dots: &'w dyn Fn(&Path) -> bool,
    /// Whether hidden folders may hold wanted files.
    pub in_hidden: bool,
}

impl WalkResult {
    /// With paths that begin with that of a folder.
    pub fn below(self, root: &Path) -> Self {
        let place =
            |path: PathBuf| if path.as_os_str().is_empty() { root.to_path_buf() } else { root.join(path) };
        let failures = self.failures.into_iter().map(|(path, failure)| (place(path), failure));
        Self {
            failures: failures.collect(),
            files: self.files.into_iter().map(place).collect(),
            hidden: self.hidden.into_iter().map(place).collect(),
        }
    }
}

/// Why a place could not be searched.
pub(super) enum Failure {
    /// A link leads out of the root, to something of this kind.
    LeadsOut(PathKind),
    /// A link leads back to a folder that holds it.
    Circle,
    /// Following links leads to more than anybody would link by hand.
    TooManyLinks,
    /// This is another repository.
    Submodule(PathBuf),
    /// It can't be read.
    Unreadable(io::Error),
    /// Too many globs, or too complex ones.
    Globs(globset::Error),
}

/// A tree of files. All paths are relative to its root.
pub(super) trait FileTree {
    /// Names in a folder that is reached without links, in order.
    fn list(&self, folder: &Path) -> io::Result<Vec<(PathBuf, PathKind)>>;
    /// The same place without links, and what is there.
    fn resolve(&self, path: &Path) -> Result<(PathBuf, PathKind), Failure>;
}

/// The files of a folder on disk.
pub(super) struct Disk<'f> {
    root: &'f Path,
    /// The same without links.
    real: PathBuf,
}

impl<'f> Disk<'f> {
    pub fn new(root: &'f Path) -> Self {
        Self { root, real: root.canonicalize().unwrap_or_else(|_| root.to_path_buf()) }
    }
}

impl FileTree for Disk<'_> {
    fn list(&self, folder: &Path) -> io::Result<Vec<(PathBuf, PathKind)>> {
        let entries = self.real.join(folder).read_dir()?.map(|entry| {
            let entry = entry?;
            Ok((PathBuf::from(entry.file_name()), kind(entry.file_type()?)))
        });
        let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
        entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        Ok(entries)
    }

    fn resolve(&self, path: &Path) -> Result<(PathBuf, PathKind), Failure> {
        let real = self.root.join(path).canonicalize().map_err(Failure::Unreadable)?;
        let kind = kind(real.symlink_metadata().map_err(Failure::Unreadable)?.file_type());
        match real.strip_prefix(&self.real) {
            Ok(within) => Ok((within.to_path_buf(), kind)),
            Err(_) => Err(Failure::LeadsOut(kind)),
        }
    }
}

fn kind(kind: fs::FileType) -> PathKind {
    if kind.is_dir() {
        PathKind::Folder
    } else if kind.is_symlink() {
        PathKind::Link
    } else {
        PathKind::File
    }
}

/// Collects what is wanted below the folders. Files that git ignores count like all others: a service must not get
/// lost without a word.
pub(super) fn walk(tree: &dyn FileTree, folders: &BTreeSet<PathBuf>, wanted: Wanted<'_>) -> WalkResult {
    let mut walk = Walk { tree, wanted, found: WalkResult::default(), links: VecDeque::new(), cost: 0 };
    for folder in folders {
        walk.begin(folder);
    }
    // Last, and those near the start first: whatever links lead to, no file that is really here is passed over.
    while walk.cost <= BUDGET
        && let Some((path, within, links)) = walk.links.pop_front()
    {
        walk.follow(path, within, links);
    }
    if walk.cost > BUDGET {
        let at = folders.first().cloned().unwrap_or_default();
        walk.found.failures = vec![(at, Failure::TooManyLinks)];
    }
    walk.found
}

/// Whether a name begins with a dot, and is not that of a folder itself or of the one above.
pub(super) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".") && name != "." && name != ".."
}

struct Walk<'w> {
    tree: &'w dyn FileTree,
    wanted: Wanted<'w>,
    found: WalkResult,
    /// Links to follow: their path, the real folders from the start to it, and how many links were on the way.
    links: VecDeque<(PathBuf, Vec<PathBuf>, usize)>,
    /// What following links cost so far.
    cost: usize,
}

impl Walk<'_> {
    /// Begins at a folder, if it is there.
    fn begin(&mut self, folder: &Path) {
        match self.tree.resolve(folder) {
            Ok((real, PathKind::Folder)) => {
                let beneath_link = real != folder;
                let mut within = vec![real];
                self.visit(folder, &mut within, beneath_link.into());
            }
            Ok((_, PathKind::File | PathKind::Link | PathKind::Submodule)) => {}
            Err(Failure::Unreadable(error)) if error.kind() == io::ErrorKind::NotFound => {
                // Nothing is there, or a link that leads to nothing.
                let is_entry = |(name, _): &(PathBuf, PathKind)| folder.file_name() == Some(name.as_os_str());
                let parent = folder.parent().and_then(|parent| self.tree.resolve(parent).ok());
                let entries = parent.and_then(|(parent, _)| self.tree.list(&parent).ok());
                if entries.is_some_and(|entries| entries.iter().any(is_entry)) {
                    self.found.failures.push((folder.to_path_buf(), Failure::Unreadable(error)));
                }
            }
            Err(failure) => self.found.failures.push((folder.to_path_buf(), failure)),
        }
    }

    /// Looks at what is in a folder: its path, the real folders from the start to it, and the links on the way.
    fn visit(&mut self, folder: &Path, within: &mut Vec<PathBuf>, links: usize) {
        let Some(real) = within.last().cloned() else { return };
        let entries = match self.tree.list(&real) {
            Ok(entries) => entries,
            Err(error) => {
                self.found.failures.push((folder.to_path_buf(), Failure::Unreadable(error)));
                return;
            }
        };
        for (name, kind) in entries {
            self.cost += usize::from(links > 0);
            if self.cost > BUDGET {
                return;
            }
            let path = folder.join(&name);
            if is_hidden(name.as_os_str()) && self.passes_over(&path, kind) {
                continue;
            }
            match kind {
                PathKind::Link => self.links.push_back((path, within.clone(), links)),
                PathKind::Folder => self.enter(path, real.join(name), within, links),
                PathKind::File if (self.wanted.file)(&path) => drop(self.found.files.insert(path)),
                PathKind::File => {}
                PathKind::Submodule => {
                    let submodule = real.join(name);
                    self.found.failures.push((path, Failure::Submodule(submodule)));
                }
            }
        }
    }

    /// Whether something hidden is not searched. If it could be missed, that is noted.
    fn passes_over(&mut self, path: &Path, kind: PathKind) -> bool {
        let leads_to_folder = |path: &Path| matches!(self.tree.resolve(path), Ok((_, PathKind::Folder)));
        let is_folder = match kind {
            PathKind::File => false,
            PathKind::Link => leads_to_folder(path),
            PathKind::Folder | PathKind::Submodule => true,
        };
        let is_git = path.file_name().is_some_and(|name| name == ".git");
        let is_searched = if is_folder { self.wanted.in_hidden && !is_git } else { (self.wanted.file)(path) };
        if !is_searched && !is_git && (is_folder || (self.wanted.but_for_dots)(path)) {
            self.found.hidden.insert(path.to_path_buf());
        }
        !is_searched
    }

    fn follow(&mut self, path: PathBuf, mut within: Vec<PathBuf>, links: usize) {
        let is_wanted = (self.wanted.file)(&path);
        match self.tree.resolve(&path) {
            Ok((real, PathKind::Folder)) => {
                self.cost += FOLDER_LINK;
                self.enter(path, real, &mut within, links + 1);
            }
            // Reading it will fail in the same way and report it.
            Ok(_) | Err(Failure::Unreadable(_)) if is_wanted => drop(self.found.files.insert(path)),
            Ok(_) => {}
            Err(Failure::LeadsOut(PathKind::File)) if !is_wanted => {}
            Err(failure) => self.found.failures.push((path, failure)),
        }
    }

    fn enter(&mut self, path: PathBuf, real: PathBuf, within: &mut Vec<PathBuf>, links: usize) {
        if (self.wanted.file)(&path) {
            self.found.files.insert(path);
        } else if within.contains(&real) {
            self.found.failures.push((path, Failure::Circle));
        } else {
            within.push(real);
            self.visit(&path, within, links);
            within.pop();
        }
    }
}
