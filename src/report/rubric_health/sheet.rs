//! A rubric's health as a table: one row a category and sign, and one for a category without any.

use super::{HealthLine, RubricHealthReport, outlook_word};
use crate::eval::Sign;
use crate::report::numbers::status_columns;
use crate::report::sheet::{COUNT, DATE, NAME, Sheet, SheetColumns, WORD};

pub(super) fn sheet(report: &RubricHealthReport) -> Sheet<'_> {
    let rows = report.lines.iter().flat_map(|line| {
        let signs = line.signs.iter().map(Some);
        let none = line.signs.is_empty().then_some(None);
        signs.chain(none).map(move |sign| (line, sign))
    });
    SheetColumns::<(&HealthLine, Option<&Sign>)>::new()
        .add(DATE, "as_of", "As of", |_| report.as_of)
        .add(DATE, "since", "Since", |_| report.since)
        .add(NAME, "rubric", "Rubric", |_| report.rubric.to_string())
        .add(NAME, "pillar", "Pillar", |(line, _)| line.pillar.to_string())
        .add(NAME, "category", "Category", |(line, _)| line.category.to_string())
        .add(WORD, "outlook", "Outlook", |(line, _)| outlook_word(line.outlook))
        .add(WORD, "sign", "Sign", |(_, sign)| sign.map(|sign| sign.kind.word()))
        .add(COUNT, "count", "Services with the sign", |(_, sign)| sign.map(|sign| sign.share.count))
        .add(COUNT, "of", "Of services", |(_, sign)| sign.map(|sign| sign.share.of))
        .add(COUNT, "turns", "Changes of direction", |(line, _)| line.turns)
        .add_all(status_columns(), |(line, _)| line.counts)
        .over(rows)
}
