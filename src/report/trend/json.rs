//! The trend as JSON, `fundamentals/trend/v1`; described in `docs/formats.md`.

use std::io::{self, Write};

use serde::Serialize;

use super::{Line, TrendReport};
use crate::diag::write_json;
use crate::report::judgements::Judgements;
use crate::score::{By, Cell, Period};

/// The document. Fields are only ever added.
#[derive(Serialize)]
struct Document<'r> {
    format: &'static str,
    estate: Option<&'r str>,
    as_of: String,
    by: &'static str,
    services: usize,
    golden_thread: usize,
    left_out: &'r [String],
    rows: Vec<Row<'r>>,
}

#[derive(Serialize)]
struct Row<'r> {
    title: &'r str,
    domain: Option<&'r str>,
    platform: Option<&'r str>,
    service: Option<&'r str>,
    pillar: Option<&'r str>,
    category: Option<&'r str>,
    golden_thread: bool,
    periods: Vec<State<'r>>,
    /// From the last period but one to the last.
    changes: Changes,
}

#[derive(Serialize)]
struct State<'r> {
    period: &'r str,
    as_of: String,
    /// `null` above a single service.
    colour: Option<&'static str>,
    services: Services,
    judgements: Judgements,
    rubrics: Vec<String>,
    /// Whether any of the services moved to another rubric since the period before.
    rubric_changed: bool,
}

#[derive(Serialize)]
struct Services {
    red: usize,
    amber: usize,
    green: usize,
    incomplete: usize,
    not_assessed: usize,
    not_applicable: usize,
}

#[derive(Serialize)]
struct Changes {
    dropped: usize,
    slipped: usize,
    improved: usize,
    first_rated: usize,
    no_longer_rated: usize,
}

pub(super) fn render(report: &TrendReport, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
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
        left_out: &report.left_out,
        rows: report.lines.iter().map(|line| row(line, &report.periods)).collect(),
    };
    write_json(&document, out)
}

fn row<'r>(line: &'r Line, periods: &'r [Period]) -> Row<'r> {
    let subject = &line.subject;
    let changes = &line.changes;
    let states = periods.iter().zip(&line.cells);
    Row {
        title: &line.title,
        domain: subject.domain.as_ref().map(|id| id.as_str()),
        platform: subject.platform.as_ref().map(|id| id.as_str()),
        service: subject.service.as_ref().map(|id| id.as_str()),
        pillar: subject.pillar.as_ref().map(|id| id.as_str()),
        category: subject.category.as_ref().map(|id| id.as_str()),
        golden_thread: line.is_golden_thread,
        periods: states.map(|(period, cell)| state(period, cell)).collect(),
        changes: Changes {
            dropped: changes.dropped,
            slipped: changes.slipped,
            improved: changes.improved,
            first_rated: changes.first_rated,
            no_longer_rated: changes.no_longer_rated,
        },
    }
}

fn state<'r>(period: &'r Period, cell: &Cell) -> State<'r> {
    let services = &cell.services;
    State {
        period: &period.label,
        as_of: period.as_of.to_string(),
        colour: cell.colour.map(crate::score::RollUp::word),
        services: Services {
            red: services.red,
            amber: services.amber,
            green: services.green,
            incomplete: services.incomplete,
            not_assessed: services.not_assessed,
            not_applicable: services.not_applicable,
        },
        judgements: Judgements::from(&cell.counts),
        rubrics: cell.rubrics.iter().map(ToString::to_string).collect(),
        rubric_changed: cell.is_break(),
    }
}
