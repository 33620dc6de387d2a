//! The trend as JSON, `fundamentals/trend/v1`; described in `docs/formats.md`.

use std::io::{self, Write};

use serde::Serialize;

use super::{TrendLine, TrendReport};
use crate::eval::{By, Changes, Period, ServiceCounts, TrendCell};
use crate::report::numbers::{ChangeCounts, Judgements, Services};
use crate::text::write_json;

/// The document. Fields are only ever added.
#[derive(Serialize)]
struct TrendJson<'r> {
    format: &'static str,
    estate: Option<&'r str>,
    as_of: String,
    by: &'static str,
    services: usize,
    golden_thread: usize,
    left_out: &'r [String],
    rows: Vec<TrendRowJson<'r>>,
}

#[derive(Serialize)]
struct TrendRowJson<'r> {
    title: &'r str,
    domain: Option<&'r str>,
    platform: Option<&'r str>,
    service: Option<&'r str>,
    pillar: Option<&'r str>,
    category: Option<&'r str>,
    golden_thread: bool,
    periods: Vec<PeriodJson<'r>>,
    /// From the last period but one to the last.
    #[serde(with = "ChangeCounts")]
    changes: Changes,
    /// The rubric of a pillar or category.
    rubric: Option<&'r str>,
}

#[derive(Serialize)]
struct PeriodJson<'r> {
    period: &'r str,
    as_of: String,
    /// `null` above a single service.
    colour: Option<&'static str>,
    #[serde(with = "Services")]
    services: ServiceCounts,
    judgements: Judgements,
    rubrics: Vec<String>,
    /// Whether any of the services moved to another rubric since the period before.
    rubric_changed: bool,
    /// Where the service was then; above a single service as in the row.
    domain: Option<&'r str>,
    platform: Option<&'r str>,
    /// Services that were not in it in the period before.
    joined: usize,
    /// Services that were in it in the period before and are no longer.
    left: usize,
    /// Those of them that retired.
    retired: usize,
}

pub(super) fn render(report: &TrendReport, out: &mut dyn Write) -> io::Result<()> {
    let document = TrendJson {
        format: "fundamentals/trend/v1",
        estate: report.estate.as_deref(),
        as_of: report.as_of.to_string(),
        by: match report.by {
            By::Service => "service",
            By::Platform => "platform",
            By::Domain => "domain",
            By::Pillar => "pillar",
            By::Category => "category",
        },
        services: report.services,
        golden_thread: report.golden_thread,
        left_out: &report.unreadable,
        rows: report.lines.iter().map(|line| row(line, &report.periods)).collect(),
    };
    write_json(&document, out)
}

fn row<'r>(line: &'r TrendLine, periods: &'r [Period]) -> TrendRowJson<'r> {
    let subject = &line.subject;
    let states = periods.iter().zip(&line.cells);
    TrendRowJson {
        title: &line.title,
        domain: subject.domain.as_ref().map(|id| id.as_str()),
        platform: subject.platform.as_ref().map(|id| id.as_str()),
        service: subject.service.as_ref().map(|id| id.as_str()),
        pillar: subject.pillar.as_ref().map(|id| id.as_str()),
        category: subject.category.as_ref().map(|id| id.as_str()),
        golden_thread: line.is_golden_thread,
        periods: states.map(|(period, cell)| state(line, period, cell)).collect(),
        changes: line.changes,
        rubric: subject.rubric.as_ref().map(|id| id.as_str()),
    }
}

fn state<'r>(line: &'r TrendLine, period: &'r Period, cell: &'r TrendCell) -> PeriodJson<'r> {
    PeriodJson {
        period: &period.label,
        as_of: period.as_of.to_string(),
        colour: cell.colour.map(crate::eval::RollUp::word),
        services: cell.services,
        judgements: Judgements::from(&cell.counts),
        rubrics: cell.rubrics.iter().map(ToString::to_string).collect(),
        rubric_changed: cell.is_break(),
        domain: line.domain(cell).map(|id| id.as_str()),
        platform: line.platform(cell).map(|id| id.as_str()),
        joined: cell.joined,
        left: cell.left,
        retired: cell.retired,
    }
}
