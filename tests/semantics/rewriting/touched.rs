//! Which lines of a file a change may touch: worked out from how the file was written, not from how it is edited.

use std::collections::BTreeSet;
use std::ops::Range;

use fundamentals::edit::PartialIdentity;
use fundamentals::model::Date;

use super::edits::{Edit, partial};
use super::facts::{Assessed, Facts, Unchanged};
use super::tree::Tree;
use super::written::{Layout, Written};

/// Lines of the text before.
#[derive(Debug, Default)]
pub struct Touched {
    /// Everything that goes and comes lies within one of these; comments and blank lines behind are part of them.
    pub within: Option<Range<usize>>,
    /// These may be written anew.
    pub anew: BTreeSet<usize>,
}

impl Touched {
    pub fn by(edit: &Edit, facts: &Facts, file: &Written) -> Self {
        let mut touched = Self::default();
        match edit {
            Edit::Assess(said) => {
                let date = said.date.to_string();
                let items = file.root.entry("assessments").map(Tree::items).unwrap_or_default();
                match items.iter().position(|item| item.entry("date").and_then(Tree::text) == Some(&date)) {
                    None => touched.push(file, "assessments"),
                    Some(at) => touched.assessment(file, &format!("assessments/{at}"), &items[at], said),
                }
            }
            Edit::Scaffold(_) => touched.push(file, "assessments"),
            Edit::Promise(_) => touched.push(file, "actions"),
            Edit::Finish(at, _) => {
                let path = format!("actions/{at}");
                touched.within(file, &path);
                touched.entry(file, &path, "done");
            }
            Edit::Waive(waiver, _) => {
                let items = file.root.entry("waivers").map(Tree::items).unwrap_or_default();
                let is_it =
                    |item: &Tree| item.entry("category").and_then(Tree::text) == Some(&waiver.category);
                match items.iter().rposition(is_it) {
                    None => touched.push(file, "waivers"),
                    Some(at) => {
                        let path = format!("waivers/{at}");
                        touched.within(file, &path);
                        touched.all(file, &path);
                    }
                }
            }
            Edit::Move(until, who) => {
                touched.within(file, "");
                let keys = changed_keys(&partial(who, &facts.now));
                for key in &keys {
                    let is_gone = *key == "owner" && who.owner.is_none();
                    if is_gone { touched.gone(file, "", key) } else { touched.entry(file, "", key) }
                }
                if let Some(until) = until.filter(|_| !keys.is_empty()) {
                    touched.past(file, until, &keys);
                }
            }
            Edit::Retire(..) => {
                touched.within(file, "");
                touched.entry(file, "", "retired");
            }
            Edit::Reinstate(until) => {
                touched.within(file, "");
                touched.gone(file, "", "retired");
                if let Some(until) = until {
                    touched.past(file, *until, &["retired"]);
                }
            }
        }
        touched
    }

    /// What is written down of the time up to a day.
    fn past(&mut self, file: &Written, until: Date, keys: &[&str]) {
        let items = file.root.entry("previously").map(Tree::items).unwrap_or_default();
        let is_it = |item: &Tree| item.entry("until").and_then(Tree::text) == Some(&until.to_string());
        match items.iter().position(is_it) {
            Some(at) => keys.iter().for_each(|key| self.entry(file, &format!("previously/{at}"), key)),
            None if items.is_empty() => self.entry(file, "", "previously"),
            None => self.item(file, "previously"),
        }
    }

    /// An assessment gets what was said.
    fn assessment(&mut self, file: &Written, path: &str, old: &Tree, said: &Assessed) {
        self.within(file, path);
        for (key, names) in [("by", &said.by), ("with", &said.with)] {
            if !names.is_empty() {
                self.names(file, path, key);
            }
        }
        let is_judged =
            |id: &Tree| said.scores.iter().any(|score| id.text() == Some(score.category.as_str()));
        for score in &said.scores {
            match old.entry("scores") {
                Some(Tree::Table(entries)) if !entries.is_empty() => {
                    self.entry(file, &format!("{path}/scores"), &score.category);
                }
                Some(_) | None => self.entry(file, path, "scores"),
            }
            if let Some(at) = position(old.entry("confirmed"), &score.category) {
                match old.entry("confirmed").map(Tree::items) {
                    Some(all) if all.iter().all(is_judged) => self.gone(file, path, "confirmed"),
                    Some(_) | None => {
                        self.gone(file, &format!("{path}/confirmed"), &at.to_string());
                        self.names(file, path, "confirmed");
                    }
                }
            }
        }
        match &said.confirmed {
            Unchanged::All => self.entry(file, path, "confirmed"),
            Unchanged::These(these) if these.is_empty() => {}
            Unchanged::These(_) => self.names(file, path, "confirmed"),
        }
        // What is taken away behind the dash of an item makes room for what comes next.
        if !said.scores.is_empty() && matches!(file.parts.get(path), Some((_, Layout::Block))) {
            let first = file.parts[path].0.start;
            let is_confirmed = |(lines, _): &(Range<usize>, Layout)| lines.start == first;
            let confirmed = format!("{path}/confirmed");
            if file.parts.get(&confirmed).is_some_and(is_confirmed) {
                let others = file.parts.iter().filter(|(other, _)| !other.starts_with(&confirmed));
                let nearest = others.filter(|(other, _)| other.starts_with(&format!("{path}/")));
                let next = nearest.map(|(_, (lines, _))| lines.start).filter(|line| *line > first).min();
                self.anew.extend(next.into_iter().flat_map(|next| first..=next));
            }
        }
    }

    /// A list gets another item.
    fn push(&mut self, file: &Written, path: &str) {
        let is_empty = file.root.entry(path).is_none_or(|list| list.items().is_empty());
        if is_empty {
            self.within(file, "");
            self.entry(file, "", path);
        } else {
            self.within(file, path);
            self.item(file, path);
        }
    }

    /// A list of names gets others, or is written anew where it isn't one or is empty.
    fn names(&mut self, file: &Written, path: &str, key: &str) {
        let list = format!("{path}/{key}");
        let is_block_list = matches!(file.parts.get(&list), Some((_, Layout::Block)));
        if is_block_list { self.item(file, &list) } else { self.entry(file, path, key) }
    }

    /// A table gets another value for a key that it has or hasn't.
    fn entry(&mut self, file: &Written, path: &str, key: &str) {
        let old = if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") };
        if file.parts.contains_key(&old) { self.all(file, &old) } else { self.item(file, path) }
    }

    /// A list or table gets another part: in brackets, what it stands beside has its comma on that line.
    fn item(&mut self, file: &Written, path: &str) {
        let Some((lines, layout)) = file.parts.get(path) else { return };
        match layout {
            Layout::Block => {}
            Layout::Scalar | Layout::Alias => self.anew.extend(lines.clone()),
            Layout::Brackets => {
                let depth = if path.is_empty() { 0 } else { path.split('/').count() };
                let is_part = |other: &str| {
                    other.starts_with(path) && !other.is_empty() && other.split('/').count() == depth + 1
                };
                for (_, (lines, _)) in file.parts.iter().filter(|(other, _)| is_part(other)) {
                    self.anew.extend([lines.start, lines.end - 1]);
                }
                self.anew.insert(lines.end - 1);
            }
        }
    }

    /// A part goes: in brackets, with what sets it apart from those beside it.
    fn gone(&mut self, file: &Written, path: &str, part: &str) {
        let part = if path.is_empty() { part.to_owned() } else { format!("{path}/{part}") };
        self.all(file, &part);
        let (Some((around, Layout::Brackets)), Some((own, _))) =
            (file.parts.get(path), file.parts.get(&part))
        else {
            return;
        };
        let is_beside = |other: &str| {
            let name = if path.is_empty() {
                Some(other).filter(|other| !other.is_empty())
            } else {
                other.strip_prefix(path).and_then(|rest| rest.strip_prefix('/'))
            };
            name.is_some_and(|name| !name.contains('/')) && other != part
        };
        let beside = || file.parts.iter().filter(|(other, _)| is_beside(other)).map(|(_, (lines, _))| lines);
        let before = beside().map(|lines| lines.end - 1).filter(|line| *line <= own.start).max();
        let behind = beside().map(|lines| lines.start).filter(|line| *line + 1 >= own.end).min();
        self.anew.extend(before.unwrap_or(around.start)..own.start);
        self.anew.extend(own.end..behind.unwrap_or(around.end));
        // The comma that goes may stand before the one behind.
        let lines: Vec<_> = file.text.lines().collect();
        self.anew.extend(behind.filter(|line| lines[*line].trim_start().starts_with(',')));
    }

    fn all(&mut self, file: &Written, path: &str) {
        if let Some((lines, _)) = file.parts.get(path) {
            self.anew.extend(lines.clone());
        }
    }

    fn within(&mut self, file: &Written, path: &str) {
        let lines = file.parts.get(path).map(|(lines, _)| lines.clone());
        let says_nothing = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
        self.within = lines.map(|lines| {
            let behind =
                file.text.split_inclusive('\n').skip(lines.end).take_while(|line| says_nothing(line));
            lines.start..lines.end + behind.count()
        });
    }
}

/// The keys that a change gives another value.
fn changed_keys(change: &PartialIdentity) -> Vec<&'static str> {
    let keys = [
        ("platform", change.platform.is_some()),
        ("owner", change.owner.is_some()),
        ("golden-thread", change.golden_thread.is_some()),
        ("tags", change.tags.is_some()),
    ];
    keys.into_iter().filter(|(_, is_changed)| *is_changed).map(|(key, _)| key).collect()
}

fn position(list: Option<&Tree>, name: &str) -> Option<usize> {
    list?.items().iter().position(|item| item.text() == Some(name))
}
