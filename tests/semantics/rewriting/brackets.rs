//! The part of a layout that stands in brackets, which JSON always does.

use super::scalars::{self, Around};
use super::tree::Tree;
use super::written::{Layout, Writer};

impl Writer<'_> {
    pub fn brackets(&mut self, tree: &Tree, column: usize) {
        self.flow(tree, column);
        self.last_line = self.line();
    }

    fn flow(&mut self, tree: &Tree, column: usize) {
        match tree {
            Tree::Null => {
                let word = if self.is_json { "null" } else { self.choices.one_of(&["~", "null", ""]) };
                self.text.push_str(word);
            }
            Tree::Truth(word) => self.text.push_str(word),
            Tree::Text(text) if self.is_json => {
                self.text.push_str(&scalars::json(text));
            }
            Tree::Text(text) => {
                let text = scalars::in_line(text, Around::Brackets, column + 2, self.choices);
                self.text.push_str(&text);
            }
            Tree::List(items) => {
                let items = items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect();
                self.collection(items, ('[', ']'), column);
            }
            Tree::Table(entries) => {
                let entries = entries.iter().map(|(key, value)| (key.clone(), value)).collect();
                self.collection(entries, ('{', '}'), column);
            }
        }
    }

    fn collection(&mut self, parts: Vec<(String, &Tree)>, (open, close): (char, char), column: usize) {
        let is_on_lines = self.choices.once_in(3);
        let inside = column + self.step;
        let blank = self.choices.one_of(&["", " "]);
        self.text.push(open);
        let count = parts.len();
        for (at, (name, value)) in parts.into_iter().enumerate() {
            self.part(is_on_lines, inside, if at == 0 { blank } else { " " });
            self.path.push(name.clone());
            let first = self.line();
            if open == '{' {
                self.key(&name);
                self.text.push(' ');
            }
            let inner = if is_on_lines { inside } else { column };
            self.flow(value, inner);
            self.last_line = self.line();
            let layout = match value {
                Tree::Null | Tree::Truth(_) | Tree::Text(_) => Layout::Scalar,
                Tree::List(_) | Tree::Table(_) => Layout::Brackets,
            };
            self.note(self.path.join("/"), first, layout);
            self.path.pop();
            let is_last = at + 1 == count;
            if self.often(16) && !self.is_json {
                self.part(true, inside, "");
            }
            // An item that is nothing needs its comma.
            if !is_last || (!self.is_json && (self.choices.once_in(4) || self.text.ends_with(['-', '[']))) {
                self.text.push(',');
            }
        }
        let column = if self.choices.once_in(3) { inside } else { column };
        self.part(is_on_lines, column, blank);
        self.text.push(close);
    }

    /// What parts one value in brackets from the next.
    fn part(&mut self, is_on_lines: bool, column: usize, blank: &str) {
        if !is_on_lines {
            self.text.push_str(blank);
            return;
        }
        if !self.is_json && self.often(6) {
            self.text.push(' ');
            self.comment();
        }
        self.text.push('\n');
        if !self.is_json {
            self.between(usize::MAX);
        }
        self.spaces(column);
    }
}
