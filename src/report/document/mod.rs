//! A text to be read, before anything is known of how it looks: in a terminal, or as Markdown. Text in it is as the
//! files have it; each format makes it harmless in its own way.

mod markdown;
mod terminal;

use std::io::{self, Write};

use super::glyph;
use crate::eval::RollUp;

/// A text to be read.
#[derive(Debug, Default)]
pub(super) struct Document {
    blocks: Vec<Block>,
}

/// A part of a text.
#[derive(Debug)]
pub(super) enum Block {
    /// What all of it is about.
    Title(String),
    /// What a section is about.
    Heading(String),
    /// What a part of a section is about.
    Subheading(String),
    /// A paragraph.
    Text(String),
    /// A list, each item with its details.
    Items(Vec<Item>),
    /// Several things to be counted.
    Numbered(Vec<String>),
    Table(TextTable),
    /// One sign for each thing, in groups.
    Grid(Grid),
    /// Something to be typed.
    Code(String),
}

/// One of several things.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// What stands before it.
    pub sign: Option<Cell>,
    pub text: String,
    /// Details below it.
    pub details: Vec<String>,
}

/// Rows and columns.
#[derive(Debug, Default)]
pub(super) struct TextTable {
    /// One for each column.
    pub headings: Vec<String>,
    /// The cells of each row.
    pub rows: Vec<Vec<Cell>>,
}

/// A short text, in a colour that is never its only sign.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub text: String,
    /// The colour that it has besides.
    pub colour: Option<RollUp>,
}

/// Subjects by things, in groups of things: one sign each.
#[derive(Debug)]
pub(super) struct Grid {
    /// What all its groups belong to, if that is to be told.
    pub title: Option<String>,
    /// What a row is about.
    pub subject: &'static str,
    /// The groups of columns.
    pub groups: Vec<GridGroup>,
    pub rows: Vec<GridRow>,
    /// The order of the rows, and what the sparklines measure.
    pub note: Option<String>,
}

/// A group of columns.
#[derive(Debug)]
pub(super) struct GridGroup {
    pub title: String,
    /// What each of its columns is about.
    pub columns: Vec<String>,
}

impl Grid {
    /// Whether anything is told of the past.
    fn has_past(&self) -> bool {
        self.rows.iter().any(|row| !row.bars.is_empty() || !row.change.is_empty())
    }
}

/// A row of a grid.
#[derive(Debug)]
pub(super) struct GridRow {
    pub title: String,
    pub colour: Cell,
    pub counts: String,
    /// Its signs, for each group; no text where there is nothing to tell.
    pub groups: Vec<Vec<Cell>>,
    /// Its sparkline: numbers from 0 to 1, or gaps. Empty in all rows, with `change`, where nothing is told of the past.
    pub bars: Vec<Option<f64>>,
    pub change: String,
}

impl Cell {
    /// A text without a colour.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), colour: None }
    }

    /// A colour's sign, in its colour.
    pub fn sign(colour: RollUp) -> Self {
        Self { text: glyph::roll_up(colour).to_owned(), colour: Some(colour) }
    }

    /// A text in a colour.
    pub fn coloured(text: impl Into<String>, colour: RollUp) -> Self {
        Self { text: text.into(), colour: Some(colour) }
    }
}

impl Item {
    /// Something without details.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl Document {
    /// Adds a part.
    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds a paragraph.
    pub fn text(&mut self, text: impl Into<String>) {
        self.push(Block::Text(text.into()));
    }

    /// Adds a heading.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.push(Block::Heading(text.into()));
    }

    /// Adds several things, if there are any.
    pub fn items(&mut self, items: Vec<Item>) {
        if !items.is_empty() {
            self.push(Block::Items(items));
        }
    }

    /// Writes it for a terminal.
    pub fn to_terminal(&self, width: usize, out: &mut dyn Write) -> io::Result<()> {
        terminal::render(&self.blocks, width, out)
    }

    /// Writes it for a page on a code host.
    pub fn to_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        markdown::render(&self.blocks, out)
    }
}
