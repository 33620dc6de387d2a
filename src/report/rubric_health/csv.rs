//! A rubric's health as CSV: one row a category and sign, and one for a category without any.

use std::io::{self, Write};

use super::{Line, RubricHealthReport, outlook_word};
use crate::report::spreadsheet::inert;
use crate::score::Sign;

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
    let mut csv = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    csv.write_record(HEADER)?;
    for line in &report.lines {
        let signs = line.signs.iter().map(Some);
        let none = line.signs.is_empty().then_some(None);
        for sign in signs.chain(none) {
            let record = record(report, line, sign);
            csv.write_record(record.iter().map(|field| inert(field).into_owned()))?;
        }
    }
    csv.flush()
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
