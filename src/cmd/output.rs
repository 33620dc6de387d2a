//! Where a result goes: to standard output, or to a file that the user names.

use std::io::{self, Write};
use std::path::Path;

use anstream::StripStream;

use super::Context;
use super::stop::{Result, Stop};
use crate::edit::{self, NotWritten};
use crate::text::{Commands, LogWriter};

/// What `--output` says: `-` is standard output.
pub(super) fn file(output: Option<&Path>) -> Option<&Path> {
    output.filter(|path| *path != Path::new("-"))
}

/// Writes a result made of text; in a file it has no styles.
pub(super) fn write_text(
    output: Option<&Path>,
    context: &mut Context<'_>,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    match file(output) {
        None => Ok(render(context.out)?),
        Some(path) => {
            // The same as on standard output: a file may be shown in a log as well.
            let mut text = LogWriter::new(StripStream::new(Vec::new()), Commands::Forbidden);
            render(&mut text)?;
            write_bytes(path, context, &text.into_inner().into_inner())
        }
    }
}

/// Writes a result to a file: it is complete before the file is touched, and replaces nothing but an earlier one.
pub(super) fn write_bytes(path: &Path, context: &Context<'_>, bytes: &[u8]) -> Result<()> {
    match edit::write_result(context.estate.start(), path, bytes, |old| is_earlier_result(old, bytes)) {
        Ok(()) => Ok(()),
        Err(NotWritten::Refused(why)) => Err(Stop::usage(why)),
        Err(NotWritten::Failed(error)) => {
            let error = anyhow::Error::from(error);
            Err(error.context(format!("failed to write {}", path.display())).into())
        }
    }
}

/// Whether a file holds what a command wrote to it earlier: by the command that a pack names at its end, by the format that
/// JSON names at its beginning, by the first line of a table. Nobody writes a workbook by hand.
fn is_earlier_result(old: &[u8], new: &[u8]) -> bool {
    const WORKBOOK: &[u8] = b"PK\x03\x04";
    let (text, new_text) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let first_line = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    match new_text.chars().next() {
        _ if old.is_empty() => true,
        _ if new.starts_with(WORKBOOK) => old.starts_with(WORKBOOK),
        Some('{') => {
            let head: String = text.chars().take(200).collect();
            text.starts_with('{') && (head.contains("\"fundamentals/") || head.contains("\"$schema\""))
        }
        _ if text.contains("fundamentals --today ") && text.contains(" report") => true,
        Some('<') | None => false,
        Some(_) => first_line(&text) == first_line(&new_text),
    }
}
