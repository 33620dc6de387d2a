//! Where a result goes: to standard output, or to a file that the user names.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anstream::StripStream;
use anyhow::{Context as _, Result};

use super::Context;
use crate::diag::{Commands, LogWriter};

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

/// Writes a result to a file: it is complete before the file is touched.
#[expect(clippy::disallowed_methods, reason = "the user asks for this file")]
pub(super) fn write_bytes(path: &Path, context: &Context<'_>, bytes: &[u8]) -> Result<()> {
    let whole = context.current_dir.join(path);
    fs::write(&whole, bytes).with_context(|| format!("failed to write {}", path.display()))
}
