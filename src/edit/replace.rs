//! Putting a new text in a file's place, whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context as _, Result, bail};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Replaces a file's text. `old` is what was read from it, without byte-order mark, which it keeps like its mode and
/// owner; where the path is a symbolic link, the file that it leads to is replaced. Whoever reads the file, whatever
/// happens, finds the old text or the new one.
///
/// # Errors
/// When the file no longer says `old`, or can't be written; it is then as it was.
#[expect(clippy::disallowed_methods, reason = "this is where files are changed")]
pub fn replace(path: &Path, old: &str, new: &str) -> Result<()> {
    let failed = || format!("failed to write {}; it is as it was", path.display());
    let target = fs::canonicalize(path).with_context(failed)?;
    // Opened for writing, so that a file that may not be written isn't replaced through its folder instead. Held until
    // the end: a second process waits here, and then finds that the file has changed.
    let held = OpenOptions::new().read(true).write(true).open(&target).with_context(failed)?;
    lock(&held).with_context(failed)?;
    let bytes = fs::read(&target).with_context(failed)?;
    let mark = if bytes.starts_with(BYTE_ORDER_MARK.as_bytes()) { BYTE_ORDER_MARK } else { "" };
    if &bytes[mark.len()..] != old.as_bytes() {
        bail!(
            "{} was changed by somebody else in the meantime; it is left as it is: run this again",
            path.display()
        );
    }
    let folder = target.parent().unwrap_or(Path::new("/"));
    write_beside(&target, folder, &held, &[mark, new]).with_context(failed)?;
    // So that the new name lasts, too. What can't be done about that on a system is no failure: the file is whole.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Keeps others who would replace the file out, where the file system can.
fn lock(file: &File) -> io::Result<()> {
    match file.lock() {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        result => result,
    }
}

/// Writes a file beside the target and renames it; nothing stays behind on failure.
fn write_beside(target: &Path, folder: &Path, held: &File, parts: &[&str]) -> io::Result<()> {
    let mut beside = tempfile::Builder::new().prefix(".fundamentals-").suffix(".tmp").tempfile_in(folder)?;
    for part in parts {
        beside.write_all(part.as_bytes())?;
    }
    keep_owner(beside.as_file(), held);
    beside.as_file().set_permissions(held.metadata()?.permissions())?;
    beside.as_file().sync_all()?;
    beside.persist(target).map_err(|error| error.error)?;
    Ok(())
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
