//! The verdict as JSON, `fundamentals/gate/v1`; described in `docs/formats.md`.

use std::io::{self, Write};

use serde::Serialize;

use super::{Coverage, FindingText, GateReport, GoodNews};
use crate::diag::render::Location;
use crate::eval::{FindingOutcome, IneffectiveWaiver, News, Standing, Transition, What};
use crate::model::{Date, GateLevel, RubricKey, Service, Waiver};
use crate::text::write_json;

/// The document. Fields are only ever added.
#[derive(Serialize)]
struct GateJson<'r> {
    format: &'static str,
    as_of: String,
    base: Option<&'r str>,
    result: &'static str,
    services: usize,
    golden_thread: usize,
    counts: CountsJson,
    findings: Vec<FindingJson<'r>>,
    resolved: Vec<ResolvedJson<'r>>,
    notes: &'r [String],
    looked_at: Vec<&'r str>,
    left_out: &'r [String],
    new_services: Vec<&'r str>,
    renamed: Vec<RenameJson<'r>>,
    /// Compared with what they were before their latest assessment, since they can't be read at the base.
    unreadable_before: Vec<&'r str>,
    /// What this change did not cause.
    standing: NotCaused<'r>,
    /// Why the gate is undecided; `null` if it isn't.
    reason: Option<String>,
}

#[derive(Serialize)]
struct NotCaused<'r> {
    count: usize,
    /// Empty without `--all`.
    findings: Vec<FindingJson<'r>>,
}

#[derive(Serialize)]
struct CountsJson {
    denied: usize,
    warnings: usize,
    waived: usize,
    resolved: usize,
}

#[derive(Serialize)]
struct FindingJson<'r> {
    rule: &'static str,
    outcome: &'static str,
    level: &'static str,
    status: &'static str,
    /// `null` if it is new.
    reviews: Option<usize>,
    service: Option<ServiceJson<'r>>,
    category: Option<&'r str>,
    categories: Vec<&'r str>,
    rubric: Option<String>,
    before: Option<StandingJson<'r>>,
    now: Option<StandingJson<'r>>,
    title: &'r str,
    #[serde(flatten)]
    at: PlaceJson<'r>,
    facts: Vec<FactJson<'r>>,
    waiver: Option<InForce<'r>>,
    fingerprint: &'r str,
    ineffective_waiver: Option<Ineffective<'r>>,
}

#[derive(Serialize)]
struct ServiceJson<'r> {
    id: &'r str,
    title: &'r str,
    golden_thread: bool,
}

/// A category at the base, or now.
#[derive(Serialize)]
struct StandingJson<'r> {
    state: &'static str,
    since: Option<String>,
    judged: Option<String>,
    because: Option<&'r str>,
    inherited_from: Option<&'r str>,
}

#[derive(Default, Serialize)]
struct PlaceJson<'r> {
    path: Option<&'r str>,
    line: Option<usize>,
    /// In characters, from 1.
    column: Option<usize>,
}

#[derive(Serialize)]
struct FactJson<'r> {
    label: &'r str,
    text: &'r str,
}

/// A waiver that doesn't count, and why.
#[derive(Serialize)]
struct Ineffective<'r> {
    /// `requested` or `breaks-policy`.
    state: &'static str,
    /// Why it doesn't count.
    objection: &'r str,
    until: String,
    approved_by: String,
    because: &'r str,
    evidence: &'r [String],
}

#[derive(Serialize)]
struct InForce<'r> {
    until: String,
    approved_by: String,
    because: &'r str,
    evidence: &'r [String],
}

#[derive(Serialize)]
struct ResolvedJson<'r> {
    service: ServiceJson<'r>,
    category: &'r str,
    rubric: String,
    before: Option<StandingJson<'r>>,
    now: Option<StandingJson<'r>>,
    title: &'r str,
    #[serde(flatten)]
    at: PlaceJson<'r>,
}

#[derive(Serialize)]
struct RenameJson<'r> {
    from: &'r str,
    to: &'r str,
}

pub(super) fn render(report: &GateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let counts = &report.counts;
    let verdict = report.verdict;
    let renamed =
        verdict.renamed.iter().map(|(from, to)| RenameJson { from: from.id.as_str(), to: to.id.as_str() });
    let document = GateJson {
        format: "fundamentals/gate/v1",
        as_of: report.today.to_string(),
        base: report.base,
        result: report.result().word(),
        services: verdict.looked_at.len(),
        golden_thread: verdict.golden_thread,
        counts: CountsJson {
            denied: counts.denied,
            warnings: counts.warnings,
            waived: counts.waived,
            resolved: counts.resolved,
        },
        findings: report
            .entries
            .iter()
            .filter(|entry| !is_standing(entry))
            .map(|entry| found(entry, report.today))
            .collect(),
        resolved: report.resolved.iter().map(|good| put_right(good, report.today)).collect(),
        notes: &report.notes,
        looked_at: ids(&verdict.looked_at),
        left_out: match report.coverage {
            Coverage::Full | Coverage::Nothing(_) => &[],
            Coverage::Partial(left_out) => left_out,
        },
        new_services: ids(&verdict.new_services),
        renamed: renamed.collect(),
        unreadable_before: ids(&verdict.unreadable_before),
        standing: NotCaused {
            count: counts.standing,
            findings: report.with(FindingOutcome::Standing).map(|entry| found(entry, report.today)).collect(),
        },
        reason: report.not_looked_at(),
    };
    write_json(&document, out)
}

fn is_standing(entry: &FindingText<'_>) -> bool {
    entry.outcome == FindingOutcome::Standing
}

fn ids<'r>(services: &[&'r Service]) -> Vec<&'r str> {
    services.iter().map(|service| service.id.as_str()).collect()
}

fn found<'r>(entry: &'r FindingText<'_>, today: Date) -> FindingJson<'r> {
    let FindingText { finding, issue, .. } = entry;
    let (status, reviews) = match finding.news {
        News::New => ("new", None),
        News::Standing(reviews) => ("standing", Some(reviews)),
    };
    let turn = finding.turn();
    FindingJson {
        rule: issue.rule,
        outcome: issue.word,
        level: GateLevel::word(finding.level),
        status,
        reviews,
        service: finding.service.map(|service| named(service, today)),
        category: entry.category.map(|category| category.as_str()),
        categories: categories(entry),
        rubric: rubric(&finding.what).map(|rubric| rubric.to_string()),
        before: turn.and_then(|turn| turn.before).map(side),
        now: turn.and_then(|turn| turn.now).map(side),
        title: &issue.title,
        at: place(issue.place.as_ref()),
        facts: issue.facts.iter().map(|fact| FactJson { label: &fact.label, text: &fact.text }).collect(),
        waiver: finding.waiver.map(waiver),
        fingerprint: &issue.fingerprint,
        ineffective_waiver: finding.ineffective_waiver.as_ref().map(ineffective),
    }
}

/// All categories that it names.
fn categories<'r>(entry: &'r FindingText<'_>) -> Vec<&'r str> {
    match &entry.finding.what {
        What::Stale(categories, _) | What::NotAssessed(categories) => {
            categories.iter().map(|of| of.category.id.as_str()).collect()
        }
        What::RubricDropped(_, categories, _) | What::Edited(_, categories) => {
            categories.iter().map(|category| category.id.as_str()).collect()
        }
        What::Colour(_)
        | What::Overdue(_)
        | What::Expired(_)
        | What::Missed(_)
        | What::Removed { .. }
        | What::Rewritten { .. }
        | What::PastEdited(..)
        | What::Withdrawn(_)
        | What::Gone
        | What::OtherPast { .. }
        | What::Retired(..)
        | What::Moved { .. }
        | What::LessImportant(..)
        | What::Switched(..)
        | What::Waived(_)
        | What::Loosened(_) => entry.category.iter().map(|category| category.as_str()).collect(),
    }
}

/// The rubric under which it is evaluated, or that it is about.
fn rubric(what: &What<'_>) -> Option<RubricKey> {
    match what {
        What::Colour(turn) => Some(turn.rubric.key()),
        What::RubricDropped(rubric, ..) => Some(rubric.key()),
        What::Switched(_, rubric) | What::Edited(rubric, _) => Some(rubric.clone()),
        What::Stale(..)
        | What::NotAssessed(_)
        | What::Overdue(_)
        | What::Expired(_)
        | What::Missed(_)
        | What::Removed { .. }
        | What::Rewritten { .. }
        | What::PastEdited(..)
        | What::Withdrawn(_)
        | What::Gone
        | What::OtherPast { .. }
        | What::Retired(..)
        | What::Moved { .. }
        | What::LessImportant(..)
        | What::Waived(_)
        | What::Loosened(_) => None,
    }
}

fn put_right<'r>(good: &'r GoodNews<'_>, today: Date) -> ResolvedJson<'r> {
    let Transition { category, rubric, before, now, .. } = good.resolved.turn;
    ResolvedJson {
        service: named(good.resolved.service, today),
        category: category.id.as_str(),
        rubric: rubric.key().to_string(),
        before: before.map(side),
        now: now.map(side),
        title: &good.title,
        at: place(good.place.as_ref()),
    }
}

fn named(service: &Service, today: Date) -> ServiceJson<'_> {
    let golden_thread = service.identity_on(today).golden_thread;
    ServiceJson { id: service.id.as_str(), title: &service.title, golden_thread }
}

fn side(standing: Standing<'_>) -> StandingJson<'_> {
    StandingJson {
        state: standing.status.word(),
        since: standing.judged.map(|judged| judged.since.to_string()),
        judged: standing.judged.map(|judged| judged.on.to_string()),
        because: standing.because(),
        inherited_from: standing.provider.map(|provider| provider.as_str()),
    }
}

fn place(place: Option<&Location>) -> PlaceJson<'_> {
    place.map_or_else(PlaceJson::default, |place| PlaceJson {
        path: Some(&place.path),
        line: place.position.map(|(line, _)| line),
        column: place.position.map(|(_, column)| column),
    })
}

fn ineffective<'r>(ineffective: &'r IneffectiveWaiver<'_>) -> Ineffective<'r> {
    let IneffectiveWaiver { waiver, state, objection } = ineffective;
    let (until, approved_by) = (waiver.until.to_string(), waiver.approvers());
    Ineffective {
        state: state.word(),
        objection,
        until,
        approved_by,
        because: &waiver.because,
        evidence: &waiver.evidence,
    }
}

fn waiver(waiver: &Waiver) -> InForce<'_> {
    InForce {
        until: waiver.until.to_string(),
        approved_by: waiver.approvers(),
        because: &waiver.because,
        evidence: &waiver.evidence,
    }
}
