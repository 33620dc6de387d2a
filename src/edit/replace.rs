//! Putting a text in a file's place, be there one or not yet: whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use same_file::Handle;
use tempfile::{NamedTempFile, TempPath};

const BYTE_ORDER_MARK: &str = "\u{feff}";
/// How the names of files begin and end that are not in their place yet.
const PREFIX: &str = ".fundamentals-";
const SUFFIX: &str = ".tmp";
/// How long a file that nobody holds is let be.
const ABANDONED_AFTER: Duration = Duration::from_secs(60);

/// What became of a file that was to be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Replaced {
    /// It says the new text.
    Yes,
    /// Its text was no longer the old one: somebody changed it meanwhile. It is as they left it.
    ChangedMeanwhile,
}

/// Replaces a file's text. `old` is what was read from it, without byte-order mark, which it keeps like its mode and
/// owner; where the path is a symbolic link, the file that it leads to is replaced. Whoever reads the file, whatever
/// happens, finds the old text or the new one.
///
/// # Errors
/// When the file can't be written; it is then as it was.
pub fn replace(path: &Path, old: &str, new: &str) -> Result<Replaced> {
    replace_in_steps(path, old, new, &mut |_| ())
        .with_context(|| format!("failed to write {}; it is as it was", path.display()))
}

/// How far a file is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reached {
    Locked,
    Compared,
    Created,
    Written,
    Synced,
    Renamed,
}

fn replace_in_steps(
    path: &Path,
    old: &str,
    new: &str,
    reached: &mut dyn FnMut(Reached),
) -> io::Result<Replaced> {
    let target = fs::canonicalize(path)?;
    // Held until the end: a second process waits here, and then finds that the file has changed.
    let held = hold(&target)?;
    reached(Reached::Locked);
    let Some(mark) = mark_of_unchanged(&target, old)? else { return Ok(Replaced::ChangedMeanwhile) };
    reached(Reached::Compared);
    let folder = target.parent().unwrap_or(Path::new("/"));
    put_in_place(&target, folder, &held, &[mark.as_bytes(), new.as_bytes()], reached)?;
    // So that the new name lasts, too. What can't be done about that on a system is no failure: the file is whole.
    sync_folder(folder);
    Ok(Replaced::Yes)
}

#[expect(clippy::disallowed_methods, reason = "this is where files are changed")]
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// The byte-order mark of a file with this text, or nothing if it has none; `None` where the text is another one.
#[expect(clippy::disallowed_methods, reason = "this is where files are changed")]
fn mark_of_unchanged(path: &Path, text: &str) -> io::Result<Option<&'static str>> {
    let bytes = fs::read(path)?;
    let mark = if bytes.starts_with(BYTE_ORDER_MARK.as_bytes()) { BYTE_ORDER_MARK } else { "" };
    Ok((&bytes[mark.len()..] == text.as_bytes()).then_some(mark))
}

/// Writes the new text of a file to another path, where nothing is yet but that text, with the byte-order mark, mode and owner of that
/// file, which stays.
pub(super) fn write_elsewhere(from: &Path, to: &Path, old: &str, new: &str) -> io::Result<Replaced> {
    let held = hold(from)?;
    let Some(mark) = mark_of_unchanged(from, old)? else { return Ok(Replaced::ChangedMeanwhile) };
    if mark_of_unchanged(to, new).is_ok_and(|mark| mark.is_some()) {
        return Ok(Replaced::Yes);
    }
    let folder = folder_of(to)?;
    let parts = [mark.as_bytes(), new.as_bytes()];
    let beside = write_beside(folder, PREFIX, Access::Of(&held.file), &parts, &mut |_| ())?;
    beside.persist_noclobber(to).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(Replaced::Yes)
}

/// Removes a file that still has this text.
pub(super) fn remove_unchanged(path: &Path, text: &str) -> io::Result<Replaced> {
    let _held = hold(path)?;
    if mark_of_unchanged(path, text)?.is_none() {
        return Ok(Replaced::ChangedMeanwhile);
    }
    fs::remove_file(path)?;
    Ok(Replaced::Yes)
}

/// A file that is kept for us until it is dropped.
pub(super) struct LockedFile {
    file: File,
    /// Whether others are kept out: not every file system can.
    is_locked: bool,
}

/// Opens a file and keeps others who would replace it out. It is opened for writing, so that a file that may not be
/// written isn't replaced through its folder instead.
pub(super) fn hold(target: &Path) -> io::Result<LockedFile> {
    loop {
        let file = OpenOptions::new().read(true).write(true).open(target)?;
        let is_locked = match file.lock() {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::Unsupported => false,
            Err(error) => return Err(error),
        };
        // Whoever had it before may have put another file in its place.
        if Handle::from_file(file.try_clone()?)? == Handle::from_path(target)? {
            return Ok(LockedFile { file, is_locked });
        }
    }
}

/// Puts bytes in the place of a file that is held.
pub(super) fn replace_held(target: &Path, held: &LockedFile, bytes: &[u8]) -> io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("/"));
    put_in_place(target, folder, held, &[bytes], &mut |_| ())
}

/// Puts parts of a text in the place of a file that is held, with its owner and mode.
fn put_in_place(
    target: &Path,
    folder: &Path,
    held: &LockedFile,
    parts: &[&[u8]],
    reached: &mut dyn FnMut(Reached),
) -> io::Result<()> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!("{PREFIX}{name}-");
    if held.is_locked {
        remove_left_behind(folder, &prefix);
    }
    let beside = write_beside(folder, &prefix, Access::Of(&held.file), parts, reached)?;
    beside.persist(target).map_err(|error| error.error)?;
    reached(Reached::Renamed);
    Ok(())
}

/// Who may read and write a new file.
#[derive(Clone, Copy)]
enum Access<'f> {
    /// Those who may with this file, whose owner it gets too.
    Of(&'f File),
    /// The whole team, as far as the process lets it be.
    Everybody,
    /// The user alone.
    User,
}

/// Writes a file beside its place, where one step then puts it. Every file is written in this way. Nothing stays behind
/// on failure.
fn write_beside(
    folder: &Path,
    prefix: &str,
    access: Access<'_>,
    parts: &[&[u8]],
    reached: &mut dyn FnMut(Reached),
) -> io::Result<NamedTempFile> {
    remove_abandoned(folder);
    write_another_beside(folder, prefix, access, parts, reached)
}

/// The same in a folder from which what was abandoned is removed already.
fn write_another_beside(
    folder: &Path,
    prefix: &str,
    access: Access<'_>,
    parts: &[&[u8]],
    reached: &mut dyn FnMut(Reached),
) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if let Access::Everybody = access {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let mut beside = builder.prefix(prefix).suffix(SUFFIX).tempfile_in(folder)?;
    let _ = beside.as_file().try_lock();
    reached(Reached::Created);
    for part in parts {
        beside.write_all(part)?;
        reached(Reached::Written);
    }
    if let Access::Of(file) = access {
        keep_owner(beside.as_file(), file);
        beside.as_file().set_permissions(file.metadata()?.permissions())?;
    }
    beside.as_file().sync_all()?;
    reached(Reached::Synced);
    Ok(beside)
}

/// Removes what killed processes left behind, which would lock out others who write the same file. What
/// can't be removed is in nobody's way.
fn remove_left_behind(folder: &Path, prefix: &str) {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(prefix) && name.ends_with(SUFFIX) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Removes what processes that were killed left of other files: what none of them holds any more, and what is old enough
/// that nobody is about to.
fn remove_abandoned(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_ours = name.starts_with(PREFIX) && name.ends_with(SUFFIX);
        if !is_ours || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let age = entry.metadata().and_then(|about| about.modified()).ok().and_then(|day| day.elapsed().ok());
        if age.is_none_or(|age| age < ABANDONED_AFTER) {
            continue;
        }
        let file = OpenOptions::new().write(true).open(entry.path());
        if file.is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Gives a file the owner and group of another, as far as one may: root shouldn't take a team's files.
#[cfg(unix)]
fn keep_owner(file: &File, of: &File) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if let Ok(of) = of.metadata() {
        let _ = fchown(file, None, Some(of.gid()));
        let _ = fchown(file, Some(of.uid()), None);
    }
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _of: &File) {}

/// Writes a file that isn't there yet, whole or not at all, with the folders that lead to it.
///
/// # Errors
/// When it is there, or can't be written.
pub fn create(path: &Path, text: &str) -> Result<()> {
    let written = folder_of(path).and_then(|folder| create_in(folder, path, text.as_bytes()));
    written.with_context(|| format!("failed to write {}", path.display()))
}

/// The folder that a file is in, made if it isn't there.
#[expect(clippy::disallowed_methods, reason = "this is where files are made")]
fn folder_of(path: &Path) -> io::Result<&Path> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    Ok(folder)
}

pub(super) fn create_in(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = write_beside(folder, PREFIX, Access::Everybody, &[bytes], &mut |_| ())?;
    beside.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

/// The text of a new file, written beside its place. Dropped, it is gone.
pub(super) struct PreparedFile(TempPath);

impl PreparedFile {
    /// Puts it in its place, where nothing may be.
    pub fn put(self, path: &Path) -> io::Result<()> {
        self.0.persist_noclobber(path).map_err(|error| error.error)
    }
}

/// Writes the texts of many files that aren't there yet beside their places, with the folders that lead to them: several at a
/// time, since waiting for the disk takes longest.
pub(super) fn prepare_new(files: &[(&Path, &str)]) -> io::Result<Vec<PreparedFile>> {
    let folders: BTreeSet<_> = files.iter().filter_map(|(path, _)| path.parent()).collect();
    for (path, _) in files {
        folder_of(path)?;
    }
    folders.iter().for_each(|folder| remove_abandoned(folder));
    let prepare = |(path, text): &(&Path, &str)| {
        let folder = path.parent().unwrap_or(Path::new("."));
        let parts = [text.as_bytes()];
        let beside = write_another_beside(folder, PREFIX, Access::Everybody, &parts, &mut |_| ())?;
        // Thousands of files can't be open at once.
        Ok(PreparedFile(beside.into_temp_path()))
    };
    files.par_iter().map(prepare).collect()
}

/// Makes sure that the names of new files last.
pub(super) fn sync_folders<'p>(paths: impl Iterator<Item = &'p Path>) {
    let folders: BTreeSet<_> = paths.filter_map(Path::parent).collect();
    folders.into_iter().for_each(sync_folder);
}

/// Writes a file for the user alone to read, whole or not at all, with the folders that lead to it. What was there is
/// replaced.
///
/// # Errors
/// When it can't be written; what was there is as it was.
pub fn put_private(path: &Path, bytes: &[u8]) -> Result<()> {
    let put = |folder| {
        let beside = write_beside(folder, PREFIX, Access::User, &[bytes], &mut |_| ())?;
        beside.persist(path).map_err(|error| error.error)
    };
    let written = folder_of(path).and_then(put);
    written.map(drop).with_context(|| format!("failed to write {}", path.display()))
}

#[cfg(test)]
mod tests;
