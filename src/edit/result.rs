//! Writing a result to the file that the user named.

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::names::refuse_new_name;
use super::replace::{create_in, hold, replace_held};

/// Why a result isn't written. What is at the path is as it was.
#[derive(Debug)]
pub enum NotWritten {
    /// No result can be written there; finishes the sentence "error: …".
    Refused(String),
    /// It can't be written.
    Failed(io::Error),
}

impl From<io::Error> for NotWritten {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Writes a result to a file, whose path is relative to a folder, whole or not at all. What is there already is replaced only if `is_ours` says that it is an
/// earlier result; what is no regular file, such as a pipe, is written to.
///
/// # Errors
/// When it is something else, or can't be written.
#[expect(clippy::disallowed_methods, reason = "this is where files are changed")]
pub fn write_result(
    folder: &Path,
    name: &Path,
    bytes: &[u8],
    is_ours: impl FnOnce(&[u8]) -> bool,
) -> Result<(), NotWritten> {
    let refused = |why: &str| Err(NotWritten::Refused(format!("`{}` {why}", name.display())));
    let path = &folder.join(name);
    let kind = match fs::metadata(path) {
        Ok(about) => about.file_type(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return match refuse_new(path) {
                Some(why) => refused(&why),
                None => Ok(create_in(path.parent().unwrap_or(folder), path, bytes)?),
            };
        }
        Err(error) => return Err(error.into()),
    };
    if kind.is_dir() {
        return refused("is a folder: name a file in it");
    }
    if !kind.is_file() {
        let Some(mut file) = open_special(path, kind)? else {
            return refused("is a disk, socket, or a pipe that nobody reads: name another file");
        };
        return Ok(file.write_all(bytes)?);
    }
    let target = fs::canonicalize(path)?;
    let held = hold(&target)?;
    if !is_ours(&fs::read(&target)?) {
        return refused("is no earlier result of this command: name another file, or delete it");
    }
    Ok(replace_held(&target, &held, bytes)?)
}

/// Why a file that isn't there yet can't be made; finishes "`NAME` …".
fn refuse_new(path: &Path) -> Option<String> {
    if path.is_symlink() {
        return Some("is a symbolic link to a file that does not exist".to_owned());
    }
    if !path.parent().is_some_and(Path::is_dir) {
        return Some("is in a folder that does not exist".to_owned());
    }
    refuse_new_name(path).map(|why| format!("can't be made: {why}"))
}

/// Opens what is no regular file; `None` if it can't take a result. Opening a pipe never waits for somebody to read it.
#[cfg(unix)]
fn open_special(path: &Path, kind: FileType) -> io::Result<Option<File>> {
    use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};

    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
    use rustix::io::Errno;

    if kind.is_block_device() || kind.is_socket() {
        return Ok(None);
    }
    let mut options = OpenOptions::new();
    let options = options.write(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed());
    let file = match options.open(path) {
        Ok(file) => file,
        Err(error) if error.raw_os_error() == Some(Errno::NXIO.raw_os_error()) => return Ok(None),
        Err(error) => return Err(error),
    };
    // A reader may be slow.
    fcntl_setfl(&file, fcntl_getfl(&file)? - OFlags::NONBLOCK)?;
    Ok(Some(file))
}

#[cfg(not(unix))]
fn open_special(path: &Path, _kind: FileType) -> io::Result<Option<File>> {
    OpenOptions::new().write(true).open(path).map(Some)
}
