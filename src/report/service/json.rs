//! One service as JSON, `fundamentals/service/v1`; described in `docs/formats.md`.

use std::io::{self, Write};

use serde::Serialize;

use super::{CategoryPart, RubricPart, ServiceReport, WaiverPart};
use crate::eval::{NextStep, Promise, Task};
use crate::model::{Colour, Identity, PastIdentity, Retirement};
use crate::report::numbers::Judgements;
use crate::text::write_json;

/// The document. Fields are only ever added.
#[derive(Serialize)]
struct ServicePageJson<'r> {
    format: &'static str,
    service: &'r str,
    title: &'r str,
    domain: &'r str,
    platform: &'r str,
    criticality: &'r str,
    golden_thread: bool,
    as_of: String,
    rubric: String,
    last_assessed: Option<String>,
    colour: &'static str,
    counts: Judgements,
    categories: Vec<Listed<'r>>,
    next_steps: Vec<StepJson<'r>>,
    actions: Vec<Promised<'r>>,
    waivers: Vec<Exception<'r>>,
    /// The rubrics in force, or the one that was asked for.
    rubrics: Vec<RubricJson<'r>>,
    renamed_from: Vec<&'r str>,
    joined: Option<String>,
    retired: Option<RetiredJson<'r>>,
    previously: Vec<PreviouslyJson<'r>>,
    lifecycle: Option<&'r str>,
}

/// The service under one rubric.
#[derive(Serialize)]
struct RubricJson<'r> {
    rubric: String,
    title: &'r str,
    last_assessed: Option<String>,
    colour: &'static str,
    counts: Judgements,
}

/// The end of the service; the document shows it as of its last day.
#[derive(Serialize)]
struct RetiredJson<'r> {
    on: String,
    because: Option<&'r str>,
}

/// Who the service was.
#[derive(Serialize)]
struct PreviouslyJson<'r> {
    /// The last day.
    until: String,
    domain: &'r str,
    platform: &'r str,
    owner: Option<&'r str>,
    criticality: &'r str,
    golden_thread: bool,
    retired: Option<RetiredJson<'r>>,
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a document has the truth values that it has")]
struct Listed<'r> {
    id: &'r str,
    /// Whether it is only shown: in no colour and no count.
    advisory: bool,
    /// `red`, `amber`, `green`, `not-applicable`, `not-assessed` or `needs-rescore`.
    state: &'static str,
    because: Option<&'r str>,
    inherited_from: Option<&'r str>,
    /// The older rubric that it was judged under, if it was carried over.
    carried_from: Option<String>,
    since: Option<String>,
    judged: Option<String>,
    reviewed: Option<String>,
    stale: bool,
    evidence: Vec<&'r str>,
    /// Whether it is green without the evidence that the rubric wants.
    lacks_evidence: bool,
    note: Option<&'r str>,
    /// Whether the rubric asks it of this service, or it was rated although it doesn't.
    asked: bool,
    rubric: String,
}

/// The nearest step of a category.
#[derive(Serialize)]
struct StepJson<'r> {
    category: &'r str,
    from: &'static str,
    to: &'static str,
    /// `own` or `provider`.
    who: &'static str,
    /// What `to` asks for.
    asks: &'r [String],
    guidance: Vec<GuidanceJson<'r>>,
    /// Guidance in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    advice: Vec<&'r str>,
    quick_win: bool,
    /// The open action about it that is due first.
    action: Option<Promised<'r>>,
    waiver: Option<InForce<'r>>,
    /// `look`, `one-step`, `one-step-without-guidance`, `two-steps` or `up-to-others`.
    effort: &'static str,
    rubric: String,
}

#[derive(Serialize)]
struct GuidanceJson<'r> {
    title: &'r str,
    href: &'r str,
}

/// An action that is open or overdue.
#[derive(Serialize)]
struct Promised<'r> {
    what: &'r str,
    /// As the file names it.
    category: Option<String>,
    /// `open` or `overdue`.
    status: &'static str,
    owner: Option<&'r str>,
    raised: String,
    due: Option<String>,
    target: Option<&'static str>,
    support: Option<&'r str>,
}

/// A waiver that counts today.
#[derive(Serialize)]
struct InForce<'r> {
    until: String,
    approved_by: String,
    because: &'r str,
    evidence: &'r [String],
}

/// A waiver that has not ended.
#[derive(Serialize)]
struct Exception<'r> {
    category: String,
    /// `in-force`, `requested` or `breaks-policy`.
    state: &'static str,
    raised: Option<String>,
    until: String,
    because: &'r str,
    approved_by: &'r [String],
    /// Why it doesn't count; `null` if it does.
    objection: Option<&'r str>,
    evidence: &'r [String],
}

pub(super) fn render(report: &ServiceReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let service = report.service;
    let assessed = |part: &&RubricPart<'_>| part.last_assessment.map(|assessment| assessment.date);
    let Some(latest) = report.rubrics.iter().max_by_key(assessed) else { return Ok(()) };
    let document = ServicePageJson {
        format: "fundamentals/service/v1",
        service: service.id.as_str(),
        title: &service.title,
        domain: report.identity.domain.as_str(),
        platform: report.identity.platform.as_str(),
        criticality: report.identity.criticality.name(),
        golden_thread: report.identity.golden_thread,
        as_of: report.as_of.to_string(),
        rubric: latest.rubric.key().to_string(),
        last_assessed: last_assessed(latest),
        colour: report.colour.word(),
        counts: Judgements::from(&report.counts),
        categories: report.rubrics.iter().flat_map(states).collect(),
        next_steps: report.next_steps.iter().map(step).collect(),
        actions: report.actions.iter().map(|part| promised(&part.promise)).collect(),
        waivers: report.waivers.iter().map(exception).collect(),
        rubrics: report.rubrics.iter().map(rubric).collect(),
        renamed_from: service.renamed_from.iter().map(|old| old.value.as_str()).collect(),
        joined: service.joined.map(|joined| joined.to_string()),
        retired: report.retired.map(retired),
        previously: report.past_identities().map(previously).collect(),
        lifecycle: service.lifecycle.as_deref(),
    };
    write_json(&document, out)
}

fn last_assessed(part: &RubricPart<'_>) -> Option<String> {
    part.last_assessment.map(|assessment| assessment.date.to_string())
}

fn rubric<'r>(part: &'r RubricPart<'_>) -> RubricJson<'r> {
    RubricJson {
        rubric: part.rubric.key().to_string(),
        title: &part.rubric.title,
        last_assessed: last_assessed(part),
        colour: part.colour.word(),
        counts: Judgements::from(&part.counts),
    }
}

fn retired(retirement: &Retirement) -> RetiredJson<'_> {
    RetiredJson { on: retirement.on.to_string(), because: retirement.because.as_deref() }
}

fn previously(past: &PastIdentity) -> PreviouslyJson<'_> {
    let Identity { domain, platform, owner, criticality, golden_thread, retired: end, .. } = &past.identity;
    PreviouslyJson {
        until: past.until.to_string(),
        domain: domain.as_str(),
        platform: platform.as_str(),
        owner: owner.as_deref(),
        criticality: criticality.name(),
        golden_thread: *golden_thread,
        retired: end.as_ref().map(retired),
    }
}

fn states<'r>(of: &'r RubricPart<'_>) -> impl Iterator<Item = Listed<'r>> {
    let categories = of.pillars.iter().flat_map(|pillar| &pillar.categories);
    categories.map(|category| state(of, category))
}

fn state<'r>(of: &RubricPart<'_>, part: &'r CategoryPart<'_>) -> Listed<'r> {
    let now = &part.now;
    Listed {
        id: part.category.id.as_str(),
        advisory: part.category.is_advisory(),
        state: now.status.word(),
        because: now.because(),
        inherited_from: now.provider.map(|provider| provider.as_str()),
        carried_from: now.carried_from.map(|rubric| rubric.key().to_string()),
        since: now.judged.map(|judged| judged.since.to_string()),
        judged: now.judged.map(|judged| judged.on.to_string()),
        reviewed: now.judged.map(|judged| judged.reviewed.to_string()),
        stale: now.is_stale,
        evidence: now.evidence().iter().map(String::as_str).collect(),
        lacks_evidence: now.lacks_evidence(part.category),
        note: now.note(),
        asked: now.is_asked(),
        rubric: of.rubric.key().to_string(),
    }
}

fn step<'r>(step: &NextStep<'r>) -> StepJson<'r> {
    let guidance = step.category.links();
    StepJson {
        category: step.category.id.as_str(),
        from: step.now.status.word(),
        to: step.target.word(),
        who: match step.task {
            Task::LookAgain | Task::Show | Task::JudgeAgain | Task::Judge | Task::Reach => "own",
            Task::Providers(_) => "provider",
        },
        asks: step.asks,
        guidance: guidance.map(|link| GuidanceJson { title: &link.title, href: &link.href }).collect(),
        advice: step.category.advice().collect(),
        quick_win: step.effort.is_quick_win(),
        action: step.promised.as_ref().map(promised),
        waiver: step.waiver.map(|waiver| InForce {
            until: waiver.until.to_string(),
            approved_by: waiver.approvers(),
            because: &waiver.because,
            evidence: &waiver.evidence,
        }),
        effort: step.effort.word(),
        rubric: step.rubric.key().to_string(),
    }
}

fn exception<'r>(part: &'r WaiverPart<'_>) -> Exception<'r> {
    let WaiverPart { waiver, category: _, state, objection } = part;
    Exception {
        category: waiver.category.to_string(),
        state: state.word(),
        raised: waiver.raised.map(|raised| raised.to_string()),
        until: waiver.until.to_string(),
        because: &waiver.because,
        approved_by: &waiver.approved_by,
        objection: objection.as_deref(),
        evidence: &waiver.evidence,
    }
}

fn promised<'r>(promise: &Promise<'r>) -> Promised<'r> {
    let action = promise.action;
    Promised {
        what: &action.what,
        category: action.category.as_ref().map(ToString::to_string),
        status: promise.status.word(),
        owner: action.owner.as_deref(),
        raised: action.raised.to_string(),
        due: action.due.map(|due| due.to_string()),
        target: action.target.map(Colour::word),
        support: action.support.as_deref(),
    }
}
