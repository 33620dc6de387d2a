//! The trend as CSV: one row a line and period, in a header that only ever grows at its end.

use std::io::{self, Write};

use super::{Line, TrendReport};
use crate::eval::{Cell, Period};
use crate::report::spreadsheet::write_csv;

const HEADER: [&str; 17] = [
    "period",
    "as_of",
    "domain",
    "platform",
    "service",
    "pillar",
    "category",
    "colour",
    "red",
    "amber",
    "green",
    "not_applicable",
    "not_assessed",
    "needs_rescore",
    "applicable",
    "rubric",
    "carried",
];

pub(super) fn render(report: &TrendReport, out: &mut dyn Write) -> io::Result<()> {
    let rows = report.lines.iter().flat_map(|line| {
        let cells = report.periods.iter().zip(&line.cells);
        cells.map(move |(period, cell)| record(line, period, cell))
    });
    write_csv(HEADER, rows, out)
}

fn record(line: &Line, period: &Period, cell: &Cell) -> [String; HEADER.len()] {
    let subject = &line.subject;
    let counts = &cell.counts;
    let rubrics: Vec<_> = cell.rubrics.iter().map(ToString::to_string).collect();
    let text = |id: Option<String>| id.unwrap_or_default();
    [
        period.label.clone(),
        period.as_of.to_string(),
        text(subject.domain.as_ref().map(ToString::to_string)),
        text(subject.platform.as_ref().map(ToString::to_string)),
        text(subject.service.as_ref().map(ToString::to_string)),
        text(subject.pillar.as_ref().map(ToString::to_string)),
        text(subject.category.as_ref().map(ToString::to_string)),
        text(cell.colour.map(|colour| colour.word().to_owned())),
        counts.red.to_string(),
        counts.amber.to_string(),
        counts.green.to_string(),
        counts.not_applicable.to_string(),
        counts.not_assessed.to_string(),
        counts.needs_rescore.to_string(),
        counts.applicable().to_string(),
        rubrics.join(" "),
        counts.carried.to_string(),
    ]
}
