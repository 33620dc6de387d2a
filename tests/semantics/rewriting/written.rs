//! A service's file in some layout that YAML allows, and the lines on which each part of it stands.

use std::collections::BTreeMap;
use std::ops::Range;

use super::choices::Choices;
use super::scalars::{self, Around};
use super::tree::Tree;

/// A file's text.
#[derive(Clone, Debug)]
pub struct Written {
    pub text: String,
    pub root: Tree,
    /// By path, such as `assessments/0/scores/a`: the lines of an entry or item, and how its value is laid out.
    pub parts: BTreeMap<String, (Range<usize>, Layout)>,
    /// How many comments there are; the first ends in `c0.`, the next in `c1.`, and so on.
    pub comments: usize,
    pub is_json: bool,
    /// Whether something is named to be repeated elsewhere (`&x`, `*x`).
    pub has_aliases: bool,
}

/// How a value is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    Scalar,
    Block,
    Brackets,
    Alias,
}

/// The root in a layout of its own.
pub fn write(root: Tree, choices: &mut Choices) -> Written {
    let is_json = choices.once_in(12);
    let step = choices.one_of(&[2, 2, 4, 3, 8, 1]);
    let mut writer = Writer {
        text: String::new(),
        parts: BTreeMap::new(),
        path: Vec::new(),
        comments: 0,
        step,
        are_lists_indented: !choices.once_in(3),
        is_json,
        is_calm: choices.below(4) == 0,
        has_anchors: choices.once_in(8),
        anchors: Vec::new(),
        last_line: 0,
        ends_in_kept_block: false,
        choices,
    };
    if is_json {
        writer.brackets(&root, 0);
        writer.text.push('\n');
        writer.note(String::new(), 0, Layout::Brackets);
    } else {
        writer.file(&root);
    }
    let Writer { mut text, parts, comments, anchors, ends_in_kept_block, .. } = writer;
    if choices.once_in(5) && !ends_in_kept_block {
        text.truncate(text.trim_end_matches('\n').len());
    }
    let text = match choices.below(6) {
        0..=3 => text,
        4 => text.replace('\n', "\r\n"),
        _ => text.split_inclusive('\n').map(|line| with_either_end(line, choices)).collect(),
    };
    Written { text, root, parts, comments, is_json, has_aliases: !anchors.is_empty() }
}

fn with_either_end(line: &str, choices: &mut Choices) -> String {
    if choices.once_in(2) { line.replace('\n', "\r\n") } else { line.to_owned() }
}

/// A text that is being written.
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of its own")]
pub struct Writer<'c> {
    pub choices: &'c mut Choices,
    pub text: String,
    parts: BTreeMap<String, (Range<usize>, Layout)>,
    pub path: Vec<String>,
    comments: usize,
    pub step: usize,
    are_lists_indented: bool,
    pub is_json: bool,
    /// Whether few comments and odd blanks stand in between.
    is_calm: bool,
    has_anchors: bool,
    anchors: Vec<(String, Tree)>,
    /// The last line on which anything but comments stands.
    pub last_line: usize,
    ends_in_kept_block: bool,
}

impl Writer<'_> {
    fn file(&mut self, root: &Tree) {
        self.between(usize::MAX);
        match self.choices.below(8) {
            6 => self.text.push_str("%YAML 1.2\n---"),
            7 => self.text.push_str("---"),
            _ => {}
        }
        let is_marked = self.text.ends_with("---");
        if is_marked {
            self.end_line(usize::MAX);
        }
        let first = self.line();
        if self.choices.once_in(10) {
            self.brackets(root, 0);
            self.end_line(usize::MAX);
            self.note(String::new(), first, Layout::Brackets);
        } else {
            let column = self.choices.one_of(&[0, 0, 0, 0, 0, 0, 0, 2]);
            self.table(root, column, column);
            self.note(String::new(), first, Layout::Block);
        }
        if self.choices.once_in(10) {
            self.text.push_str("...");
            self.ends_in_kept_block = false;
            self.end_line(usize::MAX);
        }
    }

    pub fn line(&self) -> usize {
        self.text.matches('\n').count()
    }

    pub fn note(&mut self, path: String, first: usize, layout: Layout) {
        self.parts.insert(path, (first..self.last_line + 1, layout));
    }

    pub fn often(&mut self, times: usize) -> bool {
        let times = if self.is_calm { times * 4 } else { times };
        self.choices.once_in(times)
    }

    pub fn comment(&mut self) {
        let words = ["", "so ", "- [", "key: {", "'", "\"", "# ", "&x *x ", "- a: b ", "|"];
        let words = self.choices.one_of(&words);
        self.text.push_str(&format!("# {words}c{}.", self.comments));
        self.comments += 1;
    }

    /// The end of a line that says something, and what may follow before the next one that does. Comments there stand left
    /// of a column.
    fn end_line(&mut self, left_of: usize) {
        self.last_line = self.line();
        match self.choices.below(if self.is_calm { 24 } else { 8 }) {
            5 => {
                self.text.push_str("  ");
                self.comment();
            }
            6 => self.text.push_str(" \t"),
            7 => {
                self.text.push_str(" \t");
                self.comment();
                self.text.push(' ');
            }
            _ => {}
        }
        self.text.push('\n');
        self.between(left_of);
    }

    /// Lines that say nothing.
    pub fn between(&mut self, left_of: usize) {
        while self.often(5) {
            match self.choices.below(4) {
                0 | 1 => {}
                2 => {
                    let spaces = self.choices.below(5);
                    self.text.push_str(&" ".repeat(spaces.min(left_of.saturating_sub(1))));
                }
                _ => {
                    let column = self.choices.one_of(&[0, 2, 4, 6, 1, 9]);
                    self.text.push_str(&" ".repeat(column.min(left_of.saturating_sub(1))));
                    self.comment();
                }
            }
            self.text.push('\n');
        }
    }

    pub fn spaces(&mut self, column: usize) {
        self.text.push_str(&" ".repeat(column));
    }

    pub fn key(&mut self, key: &str) {
        let key = match self.choices.below(12) {
            _ if self.is_json => format!("\"{key}\""),
            10 => format!("'{key}'"),
            11 => format!("\"{key}\""),
            _ => key.to_owned(),
        };
        self.text.push_str(&key);
        if self.often(30) {
            self.text.push(' ');
        }
        self.text.push(':');
    }

    /// Keys at a column, the first of which is behind what stands there already.
    fn table(&mut self, tree: &Tree, column: usize, indent_first: usize) {
        let Tree::Table(entries) = tree else { return };
        for (at, (key, value)) in entries.iter().enumerate() {
            self.spaces(if at == 0 { indent_first } else { column });
            self.path.push(key.clone());
            let first = self.line();
            self.key(key);
            let layout = self.value(value, column, Sign::Key);
            self.note(self.path.join("/"), first, layout);
            self.path.pop();
        }
    }

    fn list(&mut self, items: &[Tree], column: usize) {
        for (at, item) in items.iter().enumerate() {
            self.spaces(column);
            self.path.push(at.to_string());
            let first = self.line();
            self.text.push('-');
            let layout = self.value(item, column, Sign::Dash);
            self.note(self.path.join("/"), first, layout);
            self.path.pop();
        }
    }

    /// A value behind a sign that belongs to a column, to the end of its last line.
    fn value(&mut self, tree: &Tree, column: usize, sign: Sign) -> Layout {
        self.ends_in_kept_block = false;
        if self.anchored(tree) {
            self.end_line(usize::MAX);
            return Layout::Alias;
        }
        let is_anchored = self.has_anchors && self.anchors.last().is_some_and(|(_, last)| last == tree);
        let is_empty = match tree {
            Tree::Null | Tree::Truth(_) | Tree::Text(_) => false,
            Tree::List(items) => items.is_empty(),
            Tree::Table(entries) => entries.is_empty(),
        };
        match tree {
            Tree::Null => {
                let word = self.choices.one_of(&["", "", " ~", " null", " Null"]);
                self.text.push_str(word);
                self.end_line(usize::MAX);
                Layout::Scalar
            }
            Tree::Truth(_) | Tree::Text(_) => {
                self.scalar(tree, column);
                Layout::Scalar
            }
            Tree::List(_) | Tree::Table(_) if is_empty || self.choices.once_in(4) => {
                self.gap(column);
                self.brackets(tree, column);
                self.end_line(usize::MAX);
                Layout::Brackets
            }
            Tree::List(items) => {
                self.end_line(usize::MAX);
                let column = match sign {
                    Sign::Key if !self.are_lists_indented => column,
                    Sign::Key | Sign::Dash => column + self.width(),
                };
                self.list(items, column);
                Layout::Block
            }
            Tree::Table(_) => {
                let is_beside = sign == Sign::Dash && !is_anchored && !self.choices.once_in(8);
                let column = if is_beside {
                    let wide = self.choices.one_of(&[1, 1, 1, 1, 3, 2]);
                    self.spaces(wide);
                    column + 1 + wide
                } else {
                    self.end_line(usize::MAX);
                    column + self.width()
                };
                self.table(tree, column, if is_beside { 0 } else { column });
                Layout::Block
            }
        }
    }

    /// Whether the value is said by an alias; if not, it may get a name.
    fn anchored(&mut self, tree: &Tree) -> bool {
        if !self.has_anchors || *tree == Tree::Null {
            return false;
        }
        let known = self.anchors.iter().find(|(_, known)| known == tree).map(|(name, _)| name.clone());
        match known {
            Some(name) if self.choices.once_in(2) => {
                self.text.push_str(&format!(" *{name}"));
                true
            }
            None if self.choices.once_in(4) => {
                let name = format!("x{}", self.anchors.len());
                self.text.push_str(&format!(" &{name}"));
                self.anchors.push((name, tree.clone()));
                false
            }
            Some(_) | None => false,
        }
    }

    fn width(&mut self) -> usize {
        if self.often(10) { self.choices.one_of(&[1, 5, 3]) } else { self.step }
    }

    /// What parts a sign from a value: white space, or a line of its own.
    fn gap(&mut self, column: usize) {
        if self.often(12) {
            self.end_line(usize::MAX);
            let width = self.width();
            self.spaces(column + width);
        } else {
            let wide = self.choices.one_of(&[" ", " ", " ", " ", "   ", " \t"]);
            self.text.push_str(wide);
        }
    }

    fn scalar(&mut self, tree: &Tree, column: usize) {
        let text = match tree {
            Tree::Truth(word) => {
                self.gap(column);
                self.text.push_str(word);
                return self.end_line(usize::MAX);
            }
            Tree::Text(text) => text,
            Tree::Null | Tree::List(_) | Tree::Table(_) => return,
        };
        if self.choices.once_in(6)
            && let Some((header, lines)) = scalars::block(text, column, self.choices)
        {
            self.text.push_str(&format!(" {header}"));
            if self.often(8) {
                self.text.push(' ');
                self.comment();
            }
            self.text.push_str(&format!("\n{}", lines.join("\n")));
            self.ends_in_kept_block = text.ends_with('\n');
            if header.contains('+') {
                self.last_line = self.line();
                self.text.push('\n');
            } else {
                self.last_line = self.line();
                self.text.push('\n');
                self.between(column + 1);
            }
            return;
        }
        self.gap(column);
        let text = scalars::in_line(text, Around::Block, column + 2, self.choices);
        self.text.push_str(&text);
        self.end_line(usize::MAX);
    }
}

/// What a value stands behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Key,
    Dash,
}
