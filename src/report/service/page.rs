//! Lines of a report about a service, broken at the terminal's width.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::model::Link;
use crate::report::glyph::{self, styled};
use crate::text::{sanitize, wrap};

/// Where lines go that are broken at the terminal's width.
pub(super) struct Page<'o> {
    pub width: usize,
    pub out: &'o mut dyn Write,
}

impl Page<'_> {
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        self.wrapped(text, "  ")
    }

    pub fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "\n{}", styled(glyph::HEADING, text))
    }

    /// A line whose later lines are indented.
    pub fn wrapped(&mut self, text: &str, indent: &str) -> io::Result<()> {
        writeln!(self.out, "{}", wrap(text, self.width, indent))
    }

    /// Whether a text needs no second line.
    pub fn fits(&self, text: &str) -> bool {
        text.width() <= self.width
    }
}

pub(super) fn link_line(link: &Link) -> String {
    format!("{}: {}", sanitize(&link.title), sanitize(&link.href))
}
