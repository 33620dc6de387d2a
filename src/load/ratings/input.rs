//! The files of a table and its map, before anything is made of them.

use crate::diag::Diagnostic;
use crate::source::{FileId, SourceFile};

use super::super::files::Limit;
use super::super::place::NamedFile;

/// The bytes of a file, or why there are none.
#[derive(Clone, Debug)]
pub struct TableFile {
    pub(super) shown: String,
    pub(super) bytes: Result<Vec<u8>, Diagnostic>,
}

impl TableFile {
    /// Reads a table, so that standard input is read once.
    #[must_use]
    pub fn read(file: NamedFile) -> Self {
        let (shown, bytes) = file.0.read_bytes(FileId::from_index(0), Limit::Table);
        Self { shown, bytes }
    }

    /// A file whose bytes are known.
    #[must_use]
    pub fn from_bytes(shown: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { shown: shown.to_owned(), bytes: Ok(bytes.into()) }
    }
}

/// A map, read from a file.
#[derive(Clone, Debug)]
pub struct MapFile {
    pub(super) source: SourceFile,
    pub(super) refusal: Option<Diagnostic>,
}

impl MapFile {
    /// Reads a map.
    #[must_use]
    pub fn read(file: NamedFile) -> Self {
        let (source, refusal) = file.0.read(FileId::from_index(0), Limit::Toml);
        Self { source, refusal }
    }

    /// A map whose text is known.
    #[must_use]
    pub fn from_text(shown: &str, text: &str) -> Self {
        Self { source: SourceFile::new(shown, text), refusal: None }
    }
}
