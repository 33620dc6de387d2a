//! One service as JSON, `fundamentals/service/v1`; described in `docs/formats.md`.

use std::io::{self, Write};

use serde::Serialize;

use super::{CategoryPart, ServiceReport};
use crate::diag::write_json;
use crate::report::numbers::Judgements;

/// The document. Fields are only ever added.
#[derive(Serialize)]
struct Document<'r> {
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
}

#[derive(Serialize)]
struct Listed<'r> {
    id: &'r str,
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
    note: Option<&'r str>,
    /// Whether the rubric asks it of this service, or it was judged all the same.
    asked: bool,
}

pub(super) fn render(report: &ServiceReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let service = report.service;
    let document = Document {
        format: "fundamentals/service/v1",
        service: service.id.as_str(),
        title: &service.title,
        domain: service.domain.as_str(),
        platform: service.platform.as_str(),
        criticality: service.criticality.name(),
        golden_thread: service.golden_thread,
        as_of: report.as_of.to_string(),
        rubric: report.rubric.key().to_string(),
        last_assessed: report.last_assessment.map(|assessment| assessment.date.to_string()),
        colour: report.colour.word(),
        counts: Judgements::from(&report.counts),
        categories: report.pillars.iter().flat_map(|pillar| &pillar.categories).map(state).collect(),
    };
    write_json(&document, out)
}

fn state<'r>(part: &'r CategoryPart<'_>) -> Listed<'r> {
    let now = &part.now;
    Listed {
        id: part.category.id.as_str(),
        state: now.status.word(),
        because: now.because(),
        inherited_from: now.provider.map(|provider| provider.as_str()),
        carried_from: now.carried_from.map(|rubric| rubric.key().to_string()),
        since: now.judged.map(|judged| judged.since.to_string()),
        judged: now.judged.map(|judged| judged.on.to_string()),
        reviewed: now.judged.map(|judged| judged.reviewed.to_string()),
        stale: now.is_stale,
        evidence: now.evidence().iter().map(String::as_str).collect(),
        note: now.note(),
        asked: now.is_asked(),
    }
}
