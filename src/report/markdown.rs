//! Markdown tables in which no text can become markup.

use std::borrow::Cow;
use std::io::{self, Write};

/// A line of a table.
pub(super) fn row<'c>(cells: impl IntoIterator<Item = Cow<'c, str>>, out: &mut dyn Write) -> io::Result<()> {
    for cell in cells {
        write!(out, "| {cell} ")?;
    }
    writeln!(out, "|")
}

/// The line under the heading.
pub(super) fn rule(columns: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}|", "| --- ".repeat(columns))
}
