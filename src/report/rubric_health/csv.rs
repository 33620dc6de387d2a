//! A rubric's health as CSV: one row a category and sign, and one for a category without any.

use std::io::{self, Write};

use super::{Line, RubricHealthReport, outlook_word};
use crate::eval::Sign;
use crate::report::spreadsheet::write_csv;

const HEADER: [&str; 17] = [
    "as_of",
    "since",
    "rubric",
    "pillar",
    "category",
    "outlook",
    "sign",
    "count",
    "of",
    "turns",
    "red",
    "amber",
    "green",
    "not_applicable",
    "not_assessed",
    "needs_rescore",
    "applicable",
];

pub(super) fn render(report: &RubricHealthReport, out: &mut dyn Write) -> io::Result<()> {
    let rows = report.lines.iter().flat_map(|line| {
        let signs = line.signs.iter().map(Some);
        let none = line.signs.is_empty().then_some(None);
        signs.chain(none).map(move |sign| record(report, line, sign))
    });
    write_csv(HEADER, rows, out)
}

fn record(report: &RubricHealthReport, line: &Line, sign: Option<&Sign>) -> [String; HEADER.len()] {
    let counts = &line.counts;
    let of_sign = |text: &dyn Fn(&Sign) -> String| sign.map(text).unwrap_or_default();
    [
        report.as_of.to_string(),
        report.since.to_string(),
        report.rubric.to_string(),
        line.pillar.to_string(),
        line.category.to_string(),
        outlook_word(line.outlook).to_owned(),
        of_sign(&|sign| sign.kind.word().to_owned()),
        of_sign(&|sign| sign.share.count.to_string()),
        of_sign(&|sign| sign.share.of.to_string()),
        line.turns.to_string(),
        counts.red.to_string(),
        counts.amber.to_string(),
        counts.green.to_string(),
        counts.not_applicable.to_string(),
        counts.not_assessed.to_string(),
        counts.needs_rescore.to_string(),
        counts.applicable().to_string(),
    ]
}
