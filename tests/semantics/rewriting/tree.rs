//! What a service's file says, as tables and lists in some order: absent lists may be written or not, scores short or long.

use fundamentals::model::Date;

use super::choices::Choices;
use super::facts::{Assessed, Exception, Facts, Found, JudgementRecord, Promise, Unchanged};
use super::who::Who;

/// A value that has no place in a text yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    Null,
    /// A truth value, never in quotes.
    Truth(&'static str),
    Text(String),
    List(Vec<Tree>),
    Table(Vec<(String, Tree)>),
}

impl Tree {
    pub fn entry(&self, key: &str) -> Option<&Self> {
        let Self::Table(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Null | Self::Truth(_) | Self::Text(_) | Self::Table(_) => &[],
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Truth(_) | Self::List(_) | Self::Table(_) => None,
        }
    }
}

/// The root of a file that says this.
pub fn root(facts: &Facts, choices: &mut Choices) -> Tree {
    let mut table = Builder { choices, entries: Vec::new() };
    table.text("service", "s");
    table.text("domain", "shop");
    table.text("platform", &facts.now.platform);
    table.text("criticality", "mission-critical");
    table.maybe("title", facts.title.as_deref());
    table.maybe("owner", facts.now.owner.as_deref());
    if facts.now.golden_thread || table.choices.once_in(3) {
        table.truth("golden-thread", facts.now.golden_thread);
    }
    table.names("tags", &facts.now.tags);
    table.retired(facts.now.retired.as_ref());
    let later = facts.previously.iter().skip(1).map(|(_, who)| who).chain([&facts.now]);
    let mut past: Vec<_> = facts.previously.iter().zip(later).collect();
    if table.choices.once_in(2) {
        past.reverse();
    }
    table.list("previously", &past, |((until, was), later), choices| {
        past_identity(*until, was, later, choices)
    });
    let link = |(title, href): &(String, String), choices: &mut Choices| {
        let mut table = Builder { choices, entries: Vec::new() };
        table.text("title", title);
        table.text("href", href);
        table.finish()
    };
    table.list("links", &facts.links, link);
    let mut days = facts.assessments.clone();
    match table.choices.below(5) {
        0..=2 => {}
        3 => days.reverse(),
        _ => days = table.choices.shuffled(days),
    }
    table.list("assessments", &days, assessed);
    table.list("actions", &facts.actions, promise);
    table.list("waivers", &facts.waivers, exception);
    table.finish()
}

/// What it was up to a day; what it was later as well may be left out.
fn past_identity(until: Date, was: &Who, later: &Who, choices: &mut Choices) -> Tree {
    let mut table = Builder { choices, entries: Vec::new() };
    table.date("until", Some(until));
    if was.platform != later.platform || table.choices.once_in(4) {
        table.text("platform", &was.platform);
    }
    if was.owner != later.owner || table.choices.once_in(4) {
        table.text("owner", was.owner.as_deref().unwrap_or_default());
    }
    if was.golden_thread != later.golden_thread || table.choices.once_in(4) {
        table.truth("golden-thread", was.golden_thread);
    }
    if was.tags != later.tags || table.choices.once_in(4) {
        let tags = was.tags.iter().map(|tag| Tree::Text(tag.clone())).collect();
        table.entries.push(("tags".to_owned(), Tree::List(tags)));
    }
    table.retired(was.retired.as_ref());
    table.finish()
}

fn assessed(it: &Assessed, choices: &mut Choices) -> Tree {
    let mut table = Builder { choices, entries: Vec::new() };
    table.date("date", Some(it.date));
    table.text("rubric", &it.rubric);
    table.names("by", &it.by);
    table.names("with", &it.with);
    let scores: Vec<_> =
        it.scores.iter().map(|it| (it.category.clone(), judged(it, table.choices))).collect();
    let scores = table.choices.shuffled(scores);
    match (scores.is_empty(), table.choices.below(3)) {
        (true, 0) => {}
        (true, 1) => table.entries.push(("scores".to_owned(), Tree::Null)),
        (true | false, _) => table.entries.push(("scores".to_owned(), Tree::Table(scores))),
    }
    match &it.confirmed {
        Unchanged::All => table.text("confirmed", "all"),
        Unchanged::These(these) => {
            let these: Vec<_> = these.iter().map(|id| Tree::Text(id.clone())).collect();
            table.list_or_nothing("confirmed", these);
        }
    }
    table.finish()
}

fn judged(it: &JudgementRecord, choices: &mut Choices) -> Tree {
    let mut table = Builder { choices, entries: Vec::new() };
    match &it.found {
        Found::Colour(colour) => table.text("rag", colour.word()),
        Found::NotApplicable => table.text("rag", "not-applicable"),
        Found::From(provider) => table.text("inherited-from", provider),
    }
    table.maybe("because", it.because.as_deref());
    table.maybe("note", it.note.as_deref());
    if !it.evidence.is_empty() || table.choices.once_in(8) {
        table.names("evidence", &it.evidence);
    }
    match table.entries.as_slice() {
        [(key, colour)] if key == "rag" && !table.choices.once_in(4) => colour.clone(),
        _ => table.finish(),
    }
}

fn promise(it: &Promise, choices: &mut Choices) -> Tree {
    let mut table = Builder { choices, entries: Vec::new() };
    table.text("what", &it.what);
    table.maybe("category", it.category.as_deref());
    table.maybe("owner", it.owner.as_deref());
    table.date("raised", Some(it.raised));
    table.date("due", it.due);
    table.maybe("target", it.target.map(|colour| colour.word()));
    table.maybe("support", it.support.as_deref());
    table.date("done", it.done);
    table.maybe("because", it.because.as_deref());
    table.finish()
}

fn exception(it: &Exception, choices: &mut Choices) -> Tree {
    let mut table = Builder { choices, entries: Vec::new() };
    table.text("category", &it.category);
    table.date("raised", it.raised);
    table.date("until", Some(it.until));
    table.text("because", &it.because);
    table.names("approved-by", &it.approved_by);
    table.names("evidence", &[]);
    table.finish()
}

struct Builder<'c> {
    choices: &'c mut Choices,
    entries: Vec<(String, Tree)>,
}

impl Builder<'_> {
    fn text(&mut self, key: &str, text: &str) {
        self.entries.push((key.to_owned(), Tree::Text(text.to_owned())));
    }

    /// What isn't said may be written as nothing.
    fn maybe(&mut self, key: &str, text: Option<&str>) {
        match text {
            Some(text) => self.text(key, text),
            None if self.choices.once_in(24) => self.entries.push((key.to_owned(), Tree::Null)),
            None => {}
        }
    }

    fn date(&mut self, key: &str, date: Option<Date>) {
        self.maybe(key, date.map(|date| date.to_string()).as_deref());
    }

    fn truth(&mut self, key: &str, truth: bool) {
        self.entries.push((key.to_owned(), Tree::Truth(if truth { "true" } else { "false" })));
    }

    /// A day with a reason, or a day alone.
    fn retired(&mut self, retired: Option<&(Date, Option<String>)>) {
        match retired {
            Some((on, None)) if self.choices.once_in(2) => self.date("retired", Some(*on)),
            Some((on, because)) => {
                let mut table = Builder { choices: self.choices, entries: Vec::new() };
                table.date("on", Some(*on));
                table.maybe("because", because.as_deref());
                let table = table.finish();
                self.entries.push(("retired".to_owned(), table));
            }
            None => self.date("retired", None),
        }
    }

    /// A list of one name may be that name.
    fn names(&mut self, key: &str, names: &[String]) {
        match names {
            [name] if self.choices.once_in(2) => self.text(key, name),
            _ => self.list_or_nothing(key, names.iter().map(|name| Tree::Text(name.clone())).collect()),
        }
    }

    fn list<T>(&mut self, key: &str, items: &[T], tree: impl Fn(&T, &mut Choices) -> Tree) {
        let items = items.iter().map(|item| tree(item, self.choices)).collect();
        self.list_or_nothing(key, items);
    }

    fn list_or_nothing(&mut self, key: &str, items: Vec<Tree>) {
        let value = match (items.is_empty(), self.choices.below(4)) {
            (true, 0 | 1) => return,
            (true, 2) => Tree::Null,
            (true | false, _) => Tree::List(items),
        };
        self.entries.push((key.to_owned(), value));
    }

    fn finish(self) -> Tree {
        let entries =
            if self.choices.once_in(3) { self.choices.shuffled(self.entries) } else { self.entries };
        Tree::Table(entries)
    }
}
