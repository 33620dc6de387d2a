//! What the gate says: each finding, what to do about it, and the good news.

mod facts;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod list;
mod markdown;
mod place;
mod sarif;
mod summary;
mod words;

use std::io::{self, Write};

use clap::ValueEnum;

use super::glyph;
use crate::eval::{Finding, GateVerdict, Outcome, Resolved};
use crate::model::{CategoryId, Date, Service};
use crate::source::Sources;
use facts::{Fact, FactKind};
use place::Location;

pub use list::{ListFormat, Origin, RuleList, about_rule, render_list};

/// What today was compared with, and where files are found.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The files as they are.
    pub now: &'a Sources,
    /// The path of the settings, or of where they would be.
    pub settings: &'a str,
    /// The revision and its files; `None` where each service is compared with its own past.
    pub base: Option<(&'a str, &'a Sources)>,
    /// What a reader should know of the commit that was compared with.
    pub history: &'a [String],
}

/// Whether the gate could look at everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage<'a> {
    /// It could.
    Full,
    /// Some files have errors, so that nobody knows what is in them: with the services that are left out, by name.
    Partial(&'a [String]),
    /// It could look at nothing, for this reason.
    Nothing(&'a str),
}

/// Which findings are shown in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Those that this change caused, and what the policy says of others.
    Caused,
    /// All.
    All,
}

/// Everything that the gate says, in its order.
pub struct GateReport<'v> {
    /// By service, in the order of the rules; what is about the estate comes last.
    entries: Vec<Entry<'v>>,
    /// Every service looked at with its entries, then the estate with what is about none of them.
    subjects: Vec<Subject<'v>>,
    resolved: Vec<GoodNews<'v>>,
    /// What a reader should know of the comparison.
    notes: Vec<String>,
    verdict: &'v GateVerdict<'v>,
    coverage: Coverage<'v>,
    extent: Extent,
    /// The path of the settings, or of where they would be: for what is in no file, as code hosts take nothing without
    /// one.
    settings: &'v str,
    counts: Counts,
    today: Date,
    /// The revision that today was compared with.
    base: Option<&'v str>,
}

/// A finding in words.
struct Entry<'v> {
    finding: &'v Finding<'v>,
    outcome: Outcome,
    /// The only category that it is about.
    category: Option<&'v CategoryId>,
    /// What was found, without the service: "Load Testing dropped from amber to red".
    title: String,
    /// Where it is written, if that is in a file.
    place: Option<Location>,
    /// What else is to be said.
    facts: Vec<Fact>,
    /// The same for the same finding in every run.
    fingerprint: String,
}

/// A service that was looked at, or the estate, and its entries: those before `end`, from the subject before.
struct Subject<'v> {
    service: Option<&'v Service>,
    end: usize,
}

/// A red that was put right.
struct GoodNews<'v> {
    resolved: &'v Resolved<'v>,
    title: String,
    place: Option<Location>,
}

/// How many findings there are of each outcome.
struct Counts {
    denied: usize,
    warnings: usize,
    waived: usize,
    resolved: usize,
    standing: usize,
}

/// Puts a verdict into words.
#[must_use]
pub fn build<'v>(
    verdict: &'v GateVerdict<'v>,
    compared: Compared<'v>,
    coverage: Coverage<'v>,
    extent: Extent,
    today: Date,
) -> GateReport<'v> {
    let is_shown = |finding: &&Finding<'_>| match extent {
        Extent::Caused => finding.outcome() != Outcome::Standing,
        Extent::All => true,
    };
    let entry = |finding: &'v Finding<'v>| Entry {
        finding,
        outcome: finding.outcome(),
        category: facts::category(&finding.what),
        title: words::title(finding),
        place: place::location(finding.place, compared),
        facts: facts::facts(finding),
        fingerprint: fingerprint::fingerprint(finding),
    };
    let good_news = |resolved: &'v Resolved<'v>| GoodNews {
        resolved,
        title: words::resolved_title(&resolved.turn),
        place: place::of_judgement(&resolved.turn, compared),
    };
    let entries: Vec<_> = verdict.findings.iter().filter(is_shown).map(entry).collect();
    GateReport {
        subjects: subjects(verdict, &entries),
        entries,
        resolved: verdict.resolved.iter().map(good_news).collect(),
        notes: words::notes(verdict, compared),
        verdict,
        coverage,
        extent,
        settings: compared.settings,
        counts: Counts {
            denied: verdict.count(Outcome::Denied),
            warnings: verdict.count(Outcome::Warned),
            waived: verdict.count(Outcome::Waived),
            resolved: verdict.resolved.len(),
            standing: verdict.count(Outcome::Standing),
        },
        today,
        base: compared.base.map(|(name, _)| name),
    }
}

/// Every service looked at, with the end of its findings; they come in the same order.
fn subjects<'v>(verdict: &'v GateVerdict<'v>, entries: &[Entry<'v>]) -> Vec<Subject<'v>> {
    let mut end = 0;
    let mut subjects = Vec::with_capacity(verdict.looked_at.len() + 1);
    for service in verdict.looked_at.iter().copied() {
        let is_its =
            |entry: &&Entry<'_>| entry.finding.service.is_some_and(|concerned| concerned.id == service.id);
        end += entries[end..].iter().take_while(is_its).count();
        subjects.push(Subject { service: Some(service), end });
    }
    if end < entries.len() {
        subjects.push(Subject { service: None, end: entries.len() });
    }
    subjects
}

/// How an outcome is called.
fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Denied => "denied",
        Outcome::Warned => "warning",
        Outcome::Waived => "waived",
        Outcome::Standing => "standing",
    }
}

/// `★ Bag API (bag-api)`
fn service_name(service: &Service) -> String {
    let star = if service.golden_thread { glyph::GOLDEN_THREAD_MARK } else { "" };
    format!("{star}{} ({})", service.title, service.id)
}

impl Entry<'_> {
    /// `★ Bag API (bag-api): Load Testing dropped from amber to red`
    fn full_title(&self) -> String {
        match self.finding.service {
            Some(service) => format!("{}: {}", service_name(service), self.title),
            None => self.title.clone(),
        }
    }

    /// The facts of these kinds, in their order.
    fn facts_of(&self, kinds: &'static [FactKind]) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(|fact| kinds.contains(&fact.kind))
    }

    /// The title and the facts that nobody can do without, a line each.
    fn essentials(&self) -> Vec<String> {
        let facts = self.facts_of(FactKind::ESSENTIAL).map(|fact| format!("{}: {}", fact.label, fact.text));
        std::iter::once(self.full_title()).chain(facts).collect()
    }
}

impl<'v> GateReport<'v> {
    /// The findings with an outcome, in their order.
    fn with(&self, outcome: Outcome) -> impl Iterator<Item = &Entry<'v>> {
        self.entries.iter().filter(move |entry| entry.outcome == outcome)
    }

    /// Every service that was looked at, and the estate if something is to be said of it, with what was found.
    fn by_subject(&self) -> impl Iterator<Item = (Option<&'v Service>, &[Entry<'v>])> {
        let starts = std::iter::once(0).chain(self.subjects.iter().map(|subject| subject.end));
        let subjects = self.subjects.iter().zip(starts);
        subjects.map(|(subject, start)| (subject.service, &self.entries[start..subject.end]))
    }
}

/// What fails the gate, a line each, without the service: "Load Testing dropped from amber to red".
#[must_use]
pub fn denied(verdict: &GateVerdict<'_>) -> Vec<String> {
    let denied = verdict.findings.iter().filter(|finding| finding.outcome() == Outcome::Denied);
    denied.map(words::title).collect()
}

/// How the gate's verdict is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal or a build's log.
    Human,
    /// For programs.
    Json,
    /// Annotations for GitHub workflows.
    Github,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit's XML, with a suite for each service.
    Junit,
    /// GitLab's report on code quality.
    Gitlab,
    /// For a comment or a job's summary.
    Markdown,
}

/// Writes the report in a format. `width` concerns the human format only.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(report: &GateReport<'_>, format: Format, width: usize, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human => human::render(report, width, out),
        Format::Json => json::render(report, out),
        Format::Github => github::render(report, out),
        Format::Sarif => sarif::render(report, out),
        Format::Junit => junit::render(report, out),
        Format::Gitlab => gitlab::render(report, out),
        Format::Markdown => markdown::render(report, out),
    }
}
