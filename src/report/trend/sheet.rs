//! The trend as a table: one row a line and period in which the line is about any service, or has just lost one.

use super::{TrendLine, TrendReport};
use crate::eval::{Period, RollUp, Subject, TrendCell};
use crate::report::numbers::status_columns;
use crate::report::sheet::{COUNT, DATE, NAME, Sheet, SheetColumns, WORD};

pub(super) fn sheet(report: &TrendReport) -> Sheet<'_> {
    let rows = report.lines.iter().flat_map(|line| {
        let cells = report.periods.iter().zip(&line.cells).filter(|(_, cell)| cell.is_told());
        cells.map(move |(period, cell)| (line, period, cell))
    });
    let home = SheetColumns::<(&TrendLine, &TrendCell)>::new()
        .add(NAME, "domain", "Domain", |(line, cell)| line.domain(cell).map(ToString::to_string))
        .add(NAME, "platform", "Platform", |(line, cell)| line.platform(cell).map(ToString::to_string));
    let subject = SheetColumns::<&Subject>::new()
        .add(NAME, "service", "Service", |subject| subject.service.as_ref().map(ToString::to_string))
        .add(NAME, "pillar", "Pillar", |subject| subject.pillar.as_ref().map(ToString::to_string))
        .add(NAME, "category", "Category", |subject| subject.category.as_ref().map(ToString::to_string));
    SheetColumns::<(&TrendLine, &Period, &TrendCell)>::new()
        .add(NAME, "period", "Period", |(_, period, _)| period.label.clone())
        .add(DATE, "as_of", "As of", |(_, period, _)| period.as_of)
        .add_all(home, |(line, _, cell)| (line, cell))
        .add_all(subject, |(line, ..)| &line.subject)
        .add(WORD, "colour", "Colour", |(.., cell)| cell.colour.map(RollUp::word))
        .add_all(status_columns(), |(.., cell)| cell.counts)
        .add(NAME, "rubric", "Rubrics", |(.., cell)| {
            let rubrics: Vec<_> = cell.rubrics.iter().map(ToString::to_string).collect();
            rubrics.join(" ")
        })
        .add(COUNT, "carried", "Carried over", |(.., cell)| cell.counts.carried)
        .add(COUNT, "joined", "Joined", |(.., cell)| cell.joined)
        .add(COUNT, "left", "Left", |(.., cell)| cell.left)
        .add(COUNT, "retired", "Retired", |(.., cell)| cell.retired)
        .add(NAME, "rubric_id", "Rubric", |(line, ..)| line.subject.rubric.as_ref().map(ToString::to_string))
        .over(rows)
}
