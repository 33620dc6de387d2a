//! What the gate says: each finding, what to do about it, and the good news.

mod facts;
mod human;
mod identities;
mod issues;
mod json;
mod list;
mod place;
mod summary;
mod words;

use std::collections::HashMap;
use std::io::{self, Write};

use super::glyph;
use crate::diag::Format;
use crate::diag::render::{self, BaselineState, Issue, IssueEffect, Location};
use crate::eval::{Finding, FindingOutcome, GateVerdict, News, Resolved};
use crate::model::{CategoryId, Date, Service};
use crate::source::Sources;

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
    All,
}

/// Everything that the gate says, in its order.
pub struct GateReport<'v> {
    /// By service, in the order of the rules; what is about the estate comes last.
    entries: Vec<FindingText<'v>>,
    resolved: Vec<GoodNews<'v>>,
    /// What a reader should know of the comparison.
    notes: Vec<String>,
    verdict: &'v GateVerdict<'v>,
    coverage: Coverage<'v>,
    extent: Extent,
    /// The path of the settings, or of where they would be: for what is in no file, as code hosts take nothing without
    /// one.
    settings: &'v str,
    counts: OutcomeCounts,
    today: Date,
    /// The revision that today was compared with.
    base: Option<&'v str>,
}

/// A finding in words.
struct FindingText<'v> {
    finding: &'v Finding<'v>,
    outcome: FindingOutcome,
    /// The only category that it is about.
    category: Option<&'v CategoryId>,
    issue: Issue,
}

/// A red that was fixed.
struct GoodNews<'v> {
    resolved: &'v Resolved<'v>,
    /// Its service's name with its star.
    service: String,
    title: String,
    place: Option<Location>,
}

/// How many findings there are of each outcome.
struct OutcomeCounts {
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
        Extent::Caused => finding.outcome() != FindingOutcome::Standing,
        Extent::All => true,
    };
    let groups = verdict.looked_at.iter().enumerate().map(|(at, service)| (&service.id, at));
    let groups: HashMap<_, _> = groups.collect();
    let entry = |finding: &'v Finding<'v>| {
        let group = finding.service.and_then(|service| groups.get(&service.id).copied());
        entry(finding, group.unwrap_or(groups.len()), compared, today)
    };
    let good_news = |resolved: &'v Resolved<'v>| GoodNews {
        resolved,
        service: service_name(resolved.service, today),
        title: words::resolved_title(resolved),
        place: place::of_judgement(&resolved.turn, compared),
    };
    GateReport {
        entries: verdict.findings.iter().filter(is_shown).map(entry).collect(),
        resolved: verdict.resolved.iter().map(good_news).collect(),
        notes: words::notes(verdict, compared),
        verdict,
        coverage,
        extent,
        settings: compared.settings,
        counts: OutcomeCounts {
            denied: verdict.count(FindingOutcome::Denied),
            warnings: verdict.count(FindingOutcome::Warned),
            waived: verdict.count(FindingOutcome::Waived),
            resolved: verdict.resolved.len(),
            standing: verdict.count(FindingOutcome::Standing),
        },
        today,
        base: compared.base.map(|(name, _)| name),
    }
}

/// `group` is the index of its service in those that were looked at.
fn entry<'v>(finding: &'v Finding<'v>, group: usize, compared: Compared<'_>, today: Date) -> FindingText<'v> {
    let (outcome, category) = (finding.outcome(), facts::category(&finding.what));
    let issue = Issue {
        rule: finding.rule.name(),
        effect: match outcome {
            FindingOutcome::Denied => IssueEffect::Fails,
            FindingOutcome::Warned => IssueEffect::Warns,
            FindingOutcome::Waived => IssueEffect::Waived,
            FindingOutcome::Standing => IssueEffect::Informs,
        },
        word: outcome_word(outcome),
        subject: finding.service.map(|service| service_name(service, today)),
        title: words::title(finding),
        place: place::location(finding.place, compared),
        related: Vec::new(),
        facts: facts::facts(finding),
        fingerprint: issues::identity(finding),
        group,
        baseline: Some(match finding.news {
            News::New => BaselineState::New,
            News::Standing(_) => BaselineState::Unchanged,
        }),
        waived_because: finding.waiver.map(|waiver| waiver.because.clone()),
        part: issues::part(finding, category),
    };
    FindingText { finding, outcome, category, issue }
}

/// How an outcome is called.
fn outcome_word(outcome: FindingOutcome) -> &'static str {
    match outcome {
        FindingOutcome::Denied => "denied",
        FindingOutcome::Warned => "warning",
        FindingOutcome::Waived => "waived",
        FindingOutcome::Standing => "standing",
    }
}

/// `★ Bag API (bag-api)`
fn service_name(service: &Service, today: Date) -> String {
    let star = if service.identity_on(today).golden_thread { glyph::GOLDEN_THREAD_MARK } else { "" };
    format!("{star}{} ({})", service.title, service.id)
}

impl GoodNews<'_> {
    /// `★ Bag API (bag-api): Load Testing is green, and was red`
    fn full_title(&self) -> String {
        format!("{}: {}", self.service, self.title)
    }
}

impl<'v> GateReport<'v> {
    /// The findings with an outcome, in their order.
    fn with(&self, outcome: FindingOutcome) -> impl Iterator<Item = &FindingText<'v>> {
        self.entries.iter().filter(move |entry| entry.outcome == outcome)
    }
}

/// What fails the gate, a line each, without the service: "Load Testing dropped from amber to red".
#[must_use]
pub fn denied(verdict: &GateVerdict<'_>) -> Vec<String> {
    let denied = verdict.findings.iter().filter(|finding| finding.outcome() == FindingOutcome::Denied);
    denied.map(words::title).collect()
}

/// Writes the report in a format. `width` concerns the human format only.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(report: &GateReport<'_>, format: Format, width: usize, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human => human::render(report, width, out),
        Format::Json => json::render(report, out),
        Format::Concise => render::concise::render(&report.issues(), out),
        Format::Github => render::github::render(&report.issues(), out),
        Format::Sarif => render::sarif::render(&report.issues(), out),
        Format::Junit => render::junit::render(&report.issues(), out),
        Format::Gitlab => render::gitlab::render(&report.issues(), out),
        Format::Markdown => render::markdown::render(&report.issues(), out),
    }
}
