//! Text of the files that were read, and places in it. Everything else builds on this; it knows nothing of
//! YAML, TOML or services, and reads no files.

mod node;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use node::{Entry, Node, ScalarStyle, Value};

/// Which file of a run; an index into [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The id of the file at `index` in [`Sources`].
    ///
    /// # Panics
    /// When a run reads more than four thousand million files.
    #[must_use]
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than 2^32 files in a run"))
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of bytes in a file, on character boundaries; offsets are into the text without its byte-order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file that the offsets are into.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The place `range` in `file`. Files beyond 4 GiB are refused before they get here; offsets saturate.
    #[must_use]
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: offset(range.start), end: offset(range.end) }
    }

    /// The byte range, for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A line and column as editors count them: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One file: the name shown to the user and its text.
#[derive(Clone)]
pub struct SourceFile {
    path: String,
    text: String,
    line_starts: OnceLock<Vec<usize>>,
}

impl SourceFile {
    /// A file whose text is known; `text` is without byte-order mark.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), line_starts: OnceLock::new() }
    }

    /// The path as shown to the user: relative to where the command ran if possible, with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Offsets at which lines begin; computed once, when the first problem is shown.
    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
        })
    }

    /// Line and column of a byte offset; an offset past the end means the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.boundary(offset);
        let line = self.line(offset);
        let line_start = self.line_starts()[line - 1];
        Position { line, column: self.text[line_start..offset].chars().count() + 1 }
    }

    /// The line of a byte offset, from 1. Unlike the column, it is found quickly in a line of any length.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start <= offset)
    }

    /// The nearest character boundary at or before `offset`, within the text.
    fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The whole lines that `range` touches with `context` lines before it: where they begin, the number of the
    /// first (from 1), their text, and `range` within that text, in order and on character boundaries.
    #[must_use]
    pub fn excerpt(&self, range: Range<usize>, context: usize) -> Excerpt<'_> {
        let start = self.boundary(range.start);
        let end = self.boundary(range.end).max(start);
        let starts = self.line_starts();
        let first = (starts.partition_point(|at| *at <= start) - 1).saturating_sub(context);
        let after = starts.partition_point(|at| *at < end.max(start + 1));
        let from = starts[first];
        let to = starts.get(after).copied().unwrap_or(self.text.len()).max(end);
        Excerpt { first_line: first + 1, text: &self.text[from..to], range: start - from..end - from }
    }
}

/// A few lines of a file around a range; see [`SourceFile::excerpt`].
pub struct Excerpt<'s> {
    /// Number of the first line shown, from 1.
    pub first_line: usize,
    pub text: &'s str,
    /// The range within `text`.
    pub range: Range<usize>,
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SourceFile({}, {} bytes)", self.path, self.text.len())
    }
}

/// All files of a run, in the order in which their problems are shown.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
}

impl Sources {
    /// Files in the order of their [`FileId`]s.
    #[must_use]
    pub fn new(files: Vec<SourceFile>) -> Self {
        Self { files: files.into_iter().map(Arc::new).collect() }
    }

    /// The id of one more file.
    #[must_use]
    pub fn next_id(&self) -> FileId {
        FileId::from_index(self.files.len())
    }

    /// The same files, with another one in a place or, with the next id, at the end.
    #[must_use]
    pub fn with(&self, id: FileId, file: SourceFile) -> Self {
        let mut files = self.files.clone();
        match files.get_mut(id.index()) {
            Some(place) => *place = Arc::new(file),
            None => files.push(Arc::new(file)),
        }
        Self { files }
    }

    /// The file with this id.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// The line where a span begins.
    #[must_use]
    pub fn line(&self, span: Span) -> usize {
        self.file(span.file).line(span.start as usize)
    }

    /// Line and column where a span begins.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        self.file(span.file).position(span.start as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let file = SourceFile::new("a", "é: 1\r\nbé: 2");
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position(10), Position { line: 2, column: 3 });
        assert_eq!(file.position(999), Position { line: 2, column: 6 });
    }

    #[test]
    fn an_excerpt_is_whole_lines_around_a_clamped_range() {
        let file = SourceFile::new("a", "one\ntwo\nthree\n");
        let excerpt = file.excerpt(4..7, 1);
        assert_eq!((excerpt.first_line, excerpt.text, excerpt.range), (1, "one\ntwo\n", 4..7));
        let excerpt = file.excerpt(90..95, 0);
        assert_eq!((excerpt.first_line, excerpt.text, excerpt.range), (4, "", 0..0));
    }
}
