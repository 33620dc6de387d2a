//! Which files an estate consists of, and their text. The only module of `load` that touches the disk.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::conflict;
use super::globs::Globs;
use super::walk::{Disk, Failure, FileTree, PathKind, WalkResult, Wanted, is_hidden, walk};
use crate::diag::{Code, Diagnostic};
use crate::model::IdFrom;
use crate::source::{FileId, SourceFile, Span};

/// Name of the settings file, and the mark of an estate's folder.
pub const SETTINGS_FILE: &str = "fundamentals.toml";

/// How standard input is named and shown.
pub const STDIN: &str = "-";

/// A file that is to be read, and how it is shown.
#[derive(Debug)]
pub(super) struct Input {
    shown: String,
    /// Its path from the estate's folder, or the whole path if it lies elsewhere; `None` for text that has no file.
    within: Option<PathBuf>,
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// That of a file on disk, by its path.
    File(PathBuf),
    /// Bytes that are here already.
    Bytes(Vec<u8>),
    /// None, and why.
    Refused(ReadRefusal),
}

impl Input {
    /// A file on disk.
    pub fn file(root: &Path, path: PathBuf, shown: String) -> Self {
        let within = Some(within(root, &path).to_path_buf());
        Self { shown, within, content: Content::File(path) }
    }

    /// A file whose bytes are here already, by its path from the estate's folder.
    pub fn bytes(within: &Path, shown: String, bytes: Vec<u8>) -> Self {
        Self { shown, within: Some(within.to_path_buf()), content: Content::Bytes(bytes) }
    }

    /// The same for a text.
    pub fn text(within: &Path, shown: String, text: String) -> Self {
        Self::bytes(within, shown, text.into_bytes())
    }

    /// A file that is refused without being read, by its path from the estate's folder.
    pub fn refused(within: &Path, shown: String, why: ReadRefusal) -> Self {
        Self { shown, within: Some(within.to_path_buf()), content: Content::Refused(why) }
    }

    /// Reads standard input up to a generous limit; the limit of its kind of file is checked when its text is read.
    pub fn stdin(reader: &mut dyn Read) -> Self {
        let content =
            read_limited(reader, Vec::new(), 256 * MIB).map_or_else(Content::Refused, Content::Bytes);
        Self { shown: STDIN.to_owned(), within: None, content }
    }

    /// Its path from the estate's folder; `None` if it has none.
    pub fn path(&self) -> Option<&Path> {
        self.within.as_deref()
    }

    /// Its path as it is shown.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The service id that the file's place gives, if it gives one.
    pub fn id(&self, from: IdFrom) -> Option<String> {
        from.id_of(self.within.as_deref()?).map(Cow::into_owned)
    }

    /// Reads the bytes of a file that may be no UTF-8, and how it is shown.
    pub fn read_bytes(self, id: FileId, limit: Limit) -> (String, Result<Vec<u8>, Diagnostic>) {
        let max_bytes = limit.bytes();
        let bytes = match self.content {
            Content::Bytes(bytes) => within_limit(bytes, max_bytes),
            Content::Refused(why) => Err(why),
            Content::File(path) => read_bytes(&path, max_bytes),
        };
        (self.shown, bytes.map_err(|refusal| refusal.diagnostic(id, limit)))
    }

    /// Reads the file. One that is refused has no text, and one with conflict markers is not parsed: the diagnostic is why.
    pub fn read(self, id: FileId, limit: Limit) -> (SourceFile, Option<Diagnostic>) {
        let (shown, bytes) = self.read_bytes(id, limit);
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(refusal) => return (SourceFile::new(shown, ""), Some(refusal)),
        };
        match String::from_utf8(bytes) {
            Ok(mut text) => {
                if text.starts_with('\u{feff}') {
                    text.drain(..'\u{feff}'.len_utf8());
                }
                let conflict = conflict::find(&text, id);
                (SourceFile::new(shown, text), conflict)
            }
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
                let text = String::from_utf8_lossy(&bytes[..good]).into_owned();
                let label =
                    if is_utf16 { "this is UTF-16" } else { "the first byte that is not UTF-8 follows here" };
                let problem = Diagnostic::new(Code::NotUtf8, "the file is not UTF-8 text");
                let problem = problem.at(Span::new(id, good..good), label);
                (SourceFile::new(shown, text), Some(problem.help("save it as UTF-8")))
            }
        }
    }
}

/// How large a file may be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Limit {
    /// Settings and rubrics, which people write by hand: parsing TOML takes a hundred times their size in memory.
    Toml,
    /// Service files: as the settings say, in bytes.
    Service(u64),
    /// A table of one or more services' scores.
    Table,
    /// Catalogs and models of other tools.
    Foreign,
    /// What comes with the program.
    None,
}

impl Limit {
    pub fn bytes(self) -> u64 {
        match self {
            Self::Toml => MIB,
            Self::Table => 32 * MIB,
            Self::Foreign => 256 * MIB,
            Self::Service(bytes) => bytes,
            Self::None => u64::MAX - 1,
        }
    }
}

const MIB: u64 = 1024 * 1024;

/// Why a file isn't read.
#[derive(Debug)]
pub(super) enum ReadRefusal {
    NotAFile(&'static str),
    /// Its size in bytes.
    TooLarge(u64),
    Io(io::Error),
    /// A link leads out of the estate.
    LeadsOut,
    /// A sparse checkout leaves it out.
    NotCheckedOut,
}

impl ReadRefusal {
    fn diagnostic(self, file: FileId, limit: Limit) -> Diagnostic {
        match self {
            Self::NotAFile(what) => {
                let problem = Diagnostic::new(Code::NotAFile, format!("expected a file, found {what}"));
                problem
                    .in_file(file)
                    .help("name a file; if a glob in `[estate]` found it, rename it or move it away")
            }
            Self::TooLarge(size) => {
                let most = limit.bytes() / MIB;
                let title = format!("the file has {} MiB; the limit is {most} MiB", size.div_ceil(MIB));
                let help = match limit {
                    Limit::Service(_) => {
                        "is this really a service file? if so, raise `max-file-mib` in `[estate]` of fundamentals.toml"
                    }
                    Limit::Foreign => "is this really a catalog? split it",
                    Limit::Table => "is this really a table of scores? keep only the rows that you need",
                    Limit::Toml | Limit::None => {
                        "is this really written by hand? a rubric has some tens of KiB"
                    }
                };
                Diagnostic::new(Code::FileTooLarge, title).in_file(file).help(help)
            }
            Self::Io(error) => unreadable(&error).in_file(file),
            Self::LeadsOut => Failure::LeadsOut(PathKind::File).diagnostic().in_file(file),
            Self::NotCheckedOut => Diagnostic::new(Code::NotCheckedOut, "a sparse checkout leaves the file out")
                .in_file(file)
                .help("check out the whole estate: `git sparse-checkout add FOLDER`, or `git sparse-checkout disable`"),
        }
    }
}

fn unreadable(error: &io::Error) -> Diagnostic {
    if error.kind() == io::ErrorKind::NotFound {
        return Diagnostic::new(Code::NoSuchPath, "no such file or folder")
            .help("check the spelling of the path");
    }
    let problem = Diagnostic::new(Code::UnreadableFile, format!("can't be read: {error}"));
    problem.help("check that it exists, that you may read it, and that no symbolic link leads back to itself")
}

#[expect(clippy::disallowed_methods, reason = "this is where files are read")]
fn read_bytes(path: &Path, max_bytes: u64) -> Result<Vec<u8>, ReadRefusal> {
    // The links of `/proc` can be opened even where they can't be followed, so that their targets are unknown.
    if path.is_symlink() {
        path.canonicalize().map_err(ReadRefusal::Io)?;
    }
    // Asked before it is opened: opening a pipe would wait for somebody to write into it.
    let metadata = fs::metadata(path).map_err(ReadRefusal::Io)?;
    if metadata.is_dir() {
        return Err(ReadRefusal::NotAFile("a folder"));
    }
    if !metadata.is_file() {
        return Err(ReadRefusal::NotAFile("a pipe, socket or device"));
    }
    if metadata.len() > max_bytes {
        return Err(ReadRefusal::TooLarge(metadata.len()));
    }
    let bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    let file = fs::File::open(path).map_err(ReadRefusal::Io)?;
    // The file may have grown since.
    read_limited(file, bytes, max_bytes)
}

/// What was read, if it isn't more than the limit.
fn within_limit(bytes: Vec<u8>, max_bytes: u64) -> Result<Vec<u8>, ReadRefusal> {
    let size = bytes.len() as u64;
    if size > max_bytes { Err(ReadRefusal::TooLarge(size)) } else { Ok(bytes) }
}

/// Reads to the end, but not much further than the limit.
fn read_limited(from: impl Read, mut bytes: Vec<u8>, max_bytes: u64) -> Result<Vec<u8>, ReadRefusal> {
    from.take(max_bytes + 1).read_to_end(&mut bytes).map_err(ReadRefusal::Io)?;
    within_limit(bytes, max_bytes)
}

/// The estate's folder – the nearest one at or above `start` that holds `fundamentals.toml`, whatever that is, or
/// `start` itself – and the settings' path, if they are there.
pub(super) fn find_estate(start: &Path) -> (PathBuf, Option<PathBuf>) {
    let mut settings = start.ancestors().map(|folder| folder.join(SETTINGS_FILE));
    match settings.find(|path| path.symlink_metadata().is_ok()) {
        Some(path) => (path.parent().unwrap_or(start).to_path_buf(), Some(path)),
        None => (start.to_path_buf(), None),
    }
}

/// A file of the estate whose links may be followed only within it.
pub(super) fn input_within(root: &Path, path: PathBuf, shown: String) -> Input {
    if leads_out(root, &path) {
        return Input::refused(within(root, &path), shown, ReadRefusal::LeadsOut);
    }
    Input::file(root, path, shown)
}

/// A path from the estate's folder; the whole one if it lies elsewhere.
pub(super) fn within<'p>(root: &Path, path: &'p Path) -> &'p Path {
    path.strip_prefix(root).unwrap_or(path)
}

/// Whether links lead from a path below the root out of it.
fn leads_out(root: &Path, path: &Path) -> bool {
    let within = path.strip_prefix(root).map(|path| Disk::new(root).resolve(path));
    matches!(within, Ok(Err(Failure::LeadsOut(_))))
}

/// Whether there is a file or folder at a path.
pub(super) fn exists(path: &Path) -> bool {
    path.exists()
}

/// Whether there is anything at a path, a link that can't be followed included.
pub(super) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The text of a file that lies within `root`, also after following links; `None` if there is none, or it can't be
/// shown: it is too large, no regular file or not UTF-8.
pub(super) fn text_within(root: &Path, path: &Path) -> Option<String> {
    let (root, path) = (root.canonicalize().ok()?, path.canonicalize().ok()?);
    let bytes = path.starts_with(root).then(|| read_bytes(&path, Limit::Toml.bytes()))?.ok()?;
    String::from_utf8(bytes).ok()
}

/// Makes sure that a path which the user named is read: what no glob of the estate finds is added by its kind.
pub(super) fn find_named(
    root: &Path,
    path: &Path,
    rubrics: &mut WalkResult,
    services: &mut WalkResult,
    others: &[&WalkResult],
) {
    if let Err(error) = path.metadata() {
        services.files.remove(path);
        services.failures.push((path.to_path_buf(), Failure::Unreadable(error)));
        return;
    }
    if leads_out(root, path) {
        // The search of the estate may have reported it.
        let found = [&*rubrics, &*services].into_iter().chain(others.iter().copied());
        if !found.flat_map(|found| &found.failures).map(|(failed, _)| failed).any(|failed| failed == path) {
            services.failures.push((path.to_path_buf(), Failure::LeadsOut(PathKind::File)));
        }
        return;
    }
    let beneath = |file: &PathBuf| file.starts_with(path);
    let is_settings = path.file_name().is_some_and(|name| name == SETTINGS_FILE);
    let is_found = |found: &WalkResult| found.files.iter().any(beneath);
    if is_settings || is_found(rubrics) || is_found(services) || others.iter().any(|found| is_found(found)) {
        return;
    }
    if path.is_dir() {
        let more = find_yaml(path);
        services.files.extend(more.files);
        services.failures.extend(more.failures);
    } else if path.extension().is_some_and(|extension| extension == "toml") {
        rubrics.files.insert(path.to_path_buf());
    } else {
        services.files.insert(path.to_path_buf());
    }
}

/// A path as the user would write it from `base`, with `/`.
pub(super) fn shown(path: &Path, base: &Path) -> String {
    let relative = pathdiff::diff_paths(path, base).unwrap_or_else(|| path.to_path_buf());
    with_slashes(&relative)
}

/// A path with `/` between its parts on every system.
pub(super) fn with_slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() }
}

impl Failure {
    pub fn diagnostic(self) -> Diagnostic {
        let problem = |title: &str, help: &str| Diagnostic::new(Code::UnreadableFile, title).help(help);
        match self {
            // It could lead anywhere on the disk, and what it leads to would be read and shown.
            Self::LeadsOut(_) => problem(
                "the symbolic link leads out of the estate",
                "put the file itself here, or start in a folder that holds both",
            ),
            Self::Circle => unreadable(&io::Error::other("its symbolic links lead in a circle")),
            Self::TooManyLinks => problem(
                "following the symbolic links never ends, or leads to too many files",
                "link to files instead of folders, and to no folder that holds links to others",
            ),
            Self::Submodule(_) => problem("it is another repository", "move the files here"),
            Self::Unreadable(error) => unreadable(&error),
            Self::Globs(error) => {
                let title = format!("the globs can't be used: {error}");
                Diagnostic::new(Code::InvalidValue, title).help("use fewer or simpler ones")
            }
        }
    }
}

/// Everything below `root` that one of the globs matches.
pub(super) fn find(root: &Path, globs: &[String]) -> WalkResult {
    let found = Globs::new(globs).map(|globs| globs.find_in(&Disk::new(root)));
    found
        .unwrap_or_else(|error| {
            let failures = vec![(PathBuf::from(SETTINGS_FILE), Failure::Globs(error))];
            WalkResult { failures, ..WalkResult::default() }
        })
        .below(root)
}

/// Every YAML file below a folder.
fn find_yaml(folder: &Path) -> WalkResult {
    find_visible(folder, &["yaml", "yml"])
}

/// Every YAML and JSON file below a folder that a user named; or the file that they named, whatever its name.
pub(super) fn find_foreign(path: &Path) -> WalkResult {
    match path.metadata() {
        Ok(about) if about.is_dir() => find_visible(path, &["yaml", "yml", "json"]),
        Ok(_) | Err(_) => WalkResult { files: BTreeSet::from([path.to_path_buf()]), ..WalkResult::default() },
    }
}

/// Files below a folder by their extensions.
fn find_visible(folder: &Path, extensions: &[&str]) -> WalkResult {
    let has_extension = |path: &Path| {
        path.extension().is_some_and(|own| extensions.iter().any(|extension| own == *extension))
    };
    // The packages that others wrote may have files of their own.
    let is_passed_over = |part: &std::ffi::OsStr| is_hidden(part) || part == "node_modules";
    let is_visible = |path: &Path| has_extension(path) && !path.iter().any(is_passed_over);
    let wanted = Wanted { file: &is_visible, but_for_dots: &has_extension, in_hidden: false };
    walk(&Disk::new(folder), &BTreeSet::from([PathBuf::new()]), wanted).below(folder)
}
