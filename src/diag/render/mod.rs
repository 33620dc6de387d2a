//! Diagnostics and findings of the gate for editors, code hosts and build servers: one model, [`IssueReport`], that each
//! format renders. Knows nothing of services or of the gate.

pub(crate) mod concise;
pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod junit;
pub(crate) mod markdown;
pub(crate) mod sarif;
mod sarif_log;

use std::borrow::Cow;

use serde::Serialize;

/// All that a run found.
pub(crate) struct IssueReport<'a> {
    pub wording: &'static Wording,
    /// Command that shows all of it in a terminal.
    pub command: String,
    /// "gate failed: 1 denied, 2 warnings"
    pub summary: String,
    /// What the run looked at: "17 services looked at, as of 2026-11-20".
    pub scope: String,
    /// What was looked at, with issues or without.
    pub groups: Vec<Group<'a>>,
    pub issues: Vec<&'a Issue>,
    /// What is no issue any more.
    pub resolved: Vec<ResolvedIssue<'a>>,
    /// What a reader should know of the run.
    pub notes: &'a [String],
    /// One line about issues that this change did not cause.
    pub standing: Option<String>,
    pub incomplete: Option<Incomplete>,
    /// Path at which issues are shown that are in no file: code hosts take nothing without one.
    pub elsewhere: &'a str,
}

/// Words that differ between diagnostics and the gate.
pub(crate) struct Wording {
    /// Name of the run: "fundamentals gate".
    pub run: &'static str,
    pub heading: &'static str,
    /// Heading above issues that fail.
    pub failures: &'static str,
    /// Name of the test of a group in which nothing fails.
    pub success: &'static str,
    pub verdict: Decision,
    pub rules: fn() -> Vec<Rule>,
}

/// Whether a run decides something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Its summary is shown in every format, and it may be undecided.
    Given,
    /// Its issues say it all.
    None,
}

/// A kind of issue.
pub(crate) struct Rule {
    pub id: &'static str,
    pub summary: &'static str,
    pub page: &'static str,
}

/// A service or a file: what a suite of tests stands for.
pub(crate) struct Group<'a> {
    pub id: &'a str,
    pub title: Cow<'a, str>,
}

/// A diagnostic, or a finding of the gate.
pub(crate) struct Issue {
    pub rule: &'static str,
    pub effect: IssueEffect,
    /// How its effect is called: "denied".
    pub word: &'static str,
    /// What it is about, if its place doesn't say so: "★ Bag API (bag-api)".
    pub subject: Option<String>,
    pub title: String,
    pub place: Option<Location>,
    /// Other places that explain it.
    pub related: Vec<Location>,
    pub facts: Vec<Fact>,
    /// The same for the same issue in every run.
    pub fingerprint: String,
    /// Index of its group.
    pub group: usize,
    pub baseline: Option<BaselineState>,
    /// Why it is waived.
    pub waived_because: Option<String>,
    /// What it is about that is no file.
    pub part: Option<Part>,
}

/// What an issue does to the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IssueEffect {
    /// Nothing could be looked at.
    Stops,
    Fails,
    Warns,
    Waived,
    Informs,
}

/// Whether an issue was there before.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum BaselineState {
    New,
    Unchanged,
}

/// A part of an estate, as SARIF's logical locations.
#[derive(Clone, Serialize)]
pub(crate) struct Part {
    pub name: String,
    /// With the parts that it belongs to: "bag-api/load-testing".
    #[serde(rename = "fullyQualifiedName")]
    pub qualified_name: String,
    pub kind: &'static str,
}

/// A place in a file, and a label for it.
#[derive(Clone)]
pub(crate) struct Location {
    pub path: String,
    /// Line and column, from 1; `None` for the file as a whole.
    pub position: Option<(usize, usize)>,
    /// May be empty.
    pub text: String,
}

/// A detail of an issue.
pub(crate) struct Fact {
    pub kind: FactKind,
    /// What it is, in a word or two: "red since".
    pub label: String,
    pub text: String,
}

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FactKind {
    /// Whether it was there before, and since when it is so.
    When,
    /// Why it is so, or what it is made of.
    Why,
    /// Why it was what it was, and who answers for it.
    Background,
    /// What the next better colour asks for, and where that is explained.
    AskedFor,
    /// What to do, or the waiver for which nothing has to be done.
    ToDo,
}

impl FactKind {
    /// The kinds that are shown where there is little room.
    const ESSENTIAL: &'static [Self] = &[Self::When, Self::Why, Self::ToDo];
}

/// Something that was fixed.
pub(crate) struct ResolvedIssue<'a> {
    pub text: String,
    pub place: Option<&'a Location>,
}

/// Why not everything could be looked at.
pub(crate) enum Incomplete {
    /// Some files have errors.
    Partial(String),
    /// Nothing was looked at.
    Nothing(String),
}

impl IssueReport<'_> {
    /// "gate passed (17 services looked at, as of 2026-11-20)"
    fn last_line(&self) -> String {
        format!("{} ({})", self.summary, self.scope)
    }
}

impl Incomplete {
    fn reason(&self) -> &str {
        match self {
            Self::Partial(reason) | Self::Nothing(reason) => reason,
        }
    }
}

impl Issue {
    /// `★ Bag API (bag-api): Load Testing dropped from amber to red`
    pub fn full_title(&self) -> String {
        match &self.subject {
            Some(subject) => format!("{subject}: {}", self.title),
            None => self.title.clone(),
        }
    }

    /// "denied[drop-to-red]"
    pub fn word_and_rule(&self) -> String {
        format!("{}[{}]", self.word, self.rule)
    }

    /// The facts of these kinds, in their order.
    fn facts_of(&self, kinds: &'static [FactKind]) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(|fact| kinds.contains(&fact.kind))
    }

    /// The title and the facts that nobody can do without, a line each.
    fn essentials(&self) -> impl Iterator<Item = String> {
        let facts = self.facts_of(FactKind::ESSENTIAL).map(Fact::line);
        std::iter::once(self.full_title()).chain(facts)
    }
}

impl Fact {
    /// "red since: 2026-11-10"
    fn line(&self) -> String {
        format!("{}: {}", self.label, self.text)
    }
}

impl Location {
    /// "path:line:column"
    pub fn path_and_position(&self) -> String {
        match self.position {
            Some((line, column)) => format!("{}:{line}:{column}", self.path),
            None => self.path.clone(),
        }
    }
}
