//! What the gate says: each finding, what to do about it, and the good news.

mod facts;
mod human;
mod list;

use std::io::{self, Write};

use super::glyph::plural;
use crate::diag::list_some;
use crate::model::{Category, Colour, Date, GateRule, Verdict};
use crate::score::{
    Finding, FindingPlace, GateVerdict, News, Outcome, Resolved, Standing, Status, Turn, What,
};
use crate::source::{Position, Sources, Span};

pub use list::render_list;

/// What today was compared with, and where files are found.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The files as they are.
    pub now: &'a Sources,
    /// The path of the settings, if there are any.
    pub settings: Option<&'a str>,
    /// The revision and its files; `None` where each service is compared with its own past.
    pub base: Option<(&'a str, &'a Sources)>,
}

/// Whether the gate could look at everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// It could.
    Full,
    /// Some files have errors, so that nobody knows what is in them.
    Partial,
}

/// Everything that the gate says, in its order.
pub struct GateReport<'v> {
    entries: Vec<Entry<'v>>,
    resolved: Vec<(&'v Resolved<'v>, String)>,
    /// What a reader should know of the comparison.
    notes: Vec<String>,
    verdict: &'v GateVerdict<'v>,
    coverage: Coverage,
    today: Date,
    /// The revision that today was compared with.
    base: Option<&'v str>,
}

/// A finding in words.
struct Entry<'v> {
    finding: &'v Finding<'v>,
    outcome: Outcome,
    /// What was found, without the service: "Load Testing dropped from amber to red".
    title: String,
    /// Where it is written, if that is in a file.
    place: Option<Location>,
    /// What else is to be said: a label, and a text.
    facts: Vec<(String, String)>,
}

/// A place in a file of the working tree, or in one that was there.
struct Location {
    path: String,
    /// `None` for a file as a whole.
    position: Option<Position>,
}

/// Puts a verdict into words.
#[must_use]
pub fn build<'v>(
    verdict: &'v GateVerdict<'v>,
    compared: Compared<'v>,
    coverage: Coverage,
    today: Date,
) -> GateReport<'v> {
    let entry = |finding: &'v Finding<'v>| Entry {
        finding,
        outcome: finding.outcome(),
        title: title(finding),
        place: location(finding.place, compared),
        facts: facts::facts(finding),
    };
    let resolved = verdict.resolved.iter().map(|resolved| (resolved, resolved_title(&resolved.turn)));
    GateReport {
        entries: verdict.findings.iter().map(entry).collect(),
        resolved: resolved.collect(),
        notes: notes(verdict, compared),
        verdict,
        coverage,
        today,
        base: compared.base.map(|(name, _)| name),
    }
}

fn location(place: FindingPlace, compared: Compared<'_>) -> Option<Location> {
    let at = |sources: &Sources, span: Span| {
        let file = sources.file(span.file);
        Location { path: file.path().to_owned(), position: Some(file.position(span.start as usize)) }
    };
    match (place, compared.base) {
        (FindingPlace::Now(span), _) => Some(at(compared.now, span)),
        (FindingPlace::Base(span), Some((name, sources))) => {
            let gone = at(sources, span);
            // The file isn't there any more, so no line of it is.
            let path = gone.path.strip_prefix(&format!("{name}:")).unwrap_or(&gone.path).to_owned();
            Some(Location { path, position: None })
        }
        (FindingPlace::Base(_), None) => None,
        (FindingPlace::Settings, _) => {
            compared.settings.map(|path| Location { path: path.to_owned(), position: None })
        }
    }
}

/// What a reader should know of the comparison.
fn notes(verdict: &GateVerdict<'_>, compared: Compared<'_>) -> Vec<String> {
    let Some((base, _)) = compared.base else { return Vec::new() };
    let ids = |services: &[&crate::model::Service]| {
        list_some(&services.iter().map(|service| service.id.as_str()).collect::<Vec<_>>())
    };
    let mut notes = Vec::new();
    for (before, now) in &verdict.renamed {
        notes.push(format!("`{}` was `{}` at `{base}`", now.id, before.id));
    }
    if !verdict.new_services.is_empty() {
        notes.push(format!("not there at `{base}`: {}", ids(&verdict.new_services)));
    }
    if !verdict.unreadable_before.is_empty() {
        notes.push(format!(
            "had errors at `{base}`, so compared with what they were before their latest assessment: {}",
            ids(&verdict.unreadable_before)
        ));
    }
    notes
}

/// What was found, without the service.
fn title(finding: &Finding<'_>) -> String {
    match &finding.what {
        What::Colour(turn) => colour_title(finding, turn),
        What::Stale(categories, since) => {
            let categories = categories_in_words(categories);
            format!("nobody has looked at {categories} since {since} or later, which is too long ago")
        }
        What::NotAssessed(categories) => {
            format!("nobody knows the colour of {}", categories_in_words(categories))
        }
        What::Overdue(action) => match action.due {
            Some(due) => format!("`{}` was due on {due}", action.what),
            None => format!("`{}` is overdue", action.what),
        },
        What::Expired(waiver) => {
            format!("the waiver for `{}` ended on {}, and it is still red", waiver.category, waiver.until)
        }
        What::Missed(slo) => format!(
            "every category is green, and `{}` attained {} of {} in {}",
            slo.slo,
            slo.attained,
            slo.objective,
            slo.month_in_digits()
        ),
        What::Removed { date, judgement: None } => format!("the assessment of {date} is gone"),
        What::Removed { date, judgement: Some((category, verdict)) } => {
            format!("`{category}`, {} on {date}, is gone from that assessment", said(verdict))
        }
        What::Rewritten { date, category, from: Some(from), to } => {
            format!("`{category}` was {} on {date}, and now says {}", said(from), said(to))
        }
        What::Rewritten { date, category, from: None, to } => {
            format!("`{category}` was added to the assessment of {date} as {}", said(to))
        }
        What::Gone => "the service is gone".to_owned(),
        What::LessImportant(from, to) => format!("it was {from}, and is {to}"),
        What::Switched(from, to) => format!("it is judged by {to}, and was by {from}"),
        What::Waived(waiver) => format!("a waiver for `{}` until {} is new", waiver.category, waiver.until),
        What::Edited(key, _) => format!("{key} was edited in place"),
        What::Loosened(_) => "the settings are less strict".to_owned(),
    }
}

fn colour_title(finding: &Finding<'_>, turn: &Turn<'_>) -> String {
    let category = &turn.category.title;
    let before = turn.before.map_or("unknown".to_owned(), |before| status_in_words(before.status));
    let now = turn.now.map_or("no longer asked".to_owned(), |now| status_in_words(now.status));
    match finding.rule {
        GateRule::DropToRed => format!("{category} dropped from {before} to red"),
        GateRule::SlipToAmber => format!("{category} slipped from {before} to amber"),
        GateRule::StandingRed => match finding.news {
            News::New | News::Standing(0) => format!("{category} is red"),
            News::Standing(reviews) => {
                format!("{category} has been red for {}", plural(reviews, "review", "reviews"))
            }
        },
        GateRule::RedToInherited => match turn.now.and_then(|now| now.provider) {
            Some(provider) => format!("{category} was red, and is {now} by way of {provider}"),
            None => format!("{category} was red, and is {now}"),
        },
        // The other rules find no colours, but would be told in the same way.
        GateRule::RedToNotApplicable
        | GateRule::RedToUnknown
        | GateRule::Stale
        | GateRule::NotAssessed
        | GateRule::OverdueAction
        | GateRule::ExpiredWaiver
        | GateRule::SloMissed
        | GateRule::JudgementRemoved
        | GateRule::PastRewritten
        | GateRule::ServiceRemoved
        | GateRule::ImportanceLowered
        | GateRule::RubricSwitched
        | GateRule::RubricEdited
        | GateRule::WaiverAdded
        | GateRule::SettingsLoosened => format!("{category} was {before}, and is {now}"),
    }
}

fn resolved_title(turn: &Turn<'_>) -> String {
    let status = |standing: Option<Standing<'_>>| {
        standing.map_or("unknown".to_owned(), |standing| status_in_words(standing.status))
    };
    format!("{} is {}, and was {}", turn.category.title, status(turn.now), status(turn.before))
}

fn status_in_words(status: Status) -> String {
    match status {
        Status::Rated(colour) => colour.word().to_owned(),
        Status::NotApplicable => "not applicable".to_owned(),
        Status::NotAssessed => "not assessed".to_owned(),
        Status::NeedsRescore(colour) => format!("in need of a re-score ({colour} by the lower bar)"),
    }
}

/// What a verdict says, in a word or two.
fn said(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Rated { colour, .. } => colour.word().to_owned(),
        Verdict::NotApplicable { .. } => "not applicable".to_owned(),
        Verdict::Inherited { provider, .. } => format!("inherited from {provider}"),
    }
}

fn categories_in_words(categories: &[&Category]) -> String {
    list_some(&categories.iter().map(|category| category.id.as_str()).collect::<Vec<_>>())
}

/// Whether it was there before, in words.
fn news(news: News) -> String {
    match news {
        News::New => "new".to_owned(),
        News::Standing(0) => "standing, since before the last review".to_owned(),
        News::Standing(reviews) => format!("standing for {}", plural(reviews, "review", "reviews")),
    }
}

/// How an outcome is called.
fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Denied => "denied",
        Outcome::Warned => "warning",
        Outcome::Waived => "waived",
    }
}

impl GateReport<'_> {
    /// "gate failed: 1 denied, 2 warnings"
    fn summary(&self) -> (Summary, String) {
        let denied = self.verdict.count(Outcome::Denied);
        let (summary, first) = match (denied, self.coverage) {
            (1.., _) => (Summary::Failed, format!("gate failed: {denied} denied")),
            (0, Coverage::Full) => (Summary::Passed, "gate passed".to_owned()),
            (0, Coverage::Partial) => {
                (Summary::Undecided, "gate undecided: some files have errors".to_owned())
            }
        };
        let others = [
            (self.verdict.count(Outcome::Warned), "warning", "warnings"),
            (self.verdict.count(Outcome::Waived), "waived", "waived"),
            (self.resolved.len(), "resolved", "resolved"),
        ];
        let others = others.iter().filter(|(count, _, _)| *count > 0);
        let others = others.map(|(count, one, many)| plural(*count, one, many));
        let parts: Vec<_> = std::iter::once(first).chain(others).collect();
        (summary, parts.join(", "))
    }

    /// "17 services looked at, 11 of them on the Golden Thread, as of 2026-11-20, compared with `main`"
    fn looked_at(&self) -> String {
        let base = self.base.map_or_else(String::new, |base| format!(", compared with `{base}`"));
        format!(
            "{} looked at, {} of them on the Golden Thread, as of {}{base}",
            plural(self.verdict.services, "service", "services"),
            self.verdict.golden_thread,
            self.today
        )
    }
}

/// How the gate ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Summary {
    Failed,
    Passed,
    Undecided,
}

impl Summary {
    fn colour(self) -> Colour {
        match self {
            Self::Failed => Colour::Red,
            Self::Passed => Colour::Green,
            Self::Undecided => Colour::Amber,
        }
    }
}

/// How the gate's verdict is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a terminal or a build's log.
    Human,
}

/// Writes the report in a format. `width` concerns the human format only.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(report: &GateReport<'_>, format: Format, width: usize, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human => human::render(report, width, out),
    }
}
