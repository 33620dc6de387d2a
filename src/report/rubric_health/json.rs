//! A rubric's health as JSON, `fundamentals/rubric-health/v1`; described in `docs/formats.md`.

use std::io::{self, Write};

use serde::Serialize;

use super::{HealthLine, RubricHealthReport, outlook_word};
use crate::eval::{ENOUGH_SERVICES, Sign};
use crate::report::numbers::Judgements;
use crate::text::write_json;

/// The document. Fields are only ever added.
#[derive(Serialize)]
struct HealthJson<'r> {
    format: &'static str,
    estate: Option<&'r str>,
    rubric: String,
    version: String,
    as_of: String,
    since: String,
    services: ServicesJson,
    left_out: &'r [String],
    /// Of fewer services nothing is claimed.
    enough_services: usize,
    stale_after_weeks: u32,
    categories: Vec<CategoryJson<'r>>,
}

#[derive(Serialize)]
struct ServicesJson {
    looked_at: usize,
    never_assessed: usize,
    elsewhere: usize,
}

#[derive(Serialize)]
struct CategoryJson<'r> {
    pillar: &'r str,
    id: &'r str,
    title: &'r str,
    /// `signs`, `unremarkable` or `too-few`.
    outlook: &'static str,
    judgements: Judgements,
    turns: usize,
    signs: Vec<OneSign>,
}

#[derive(Serialize)]
struct OneSign {
    sign: &'static str,
    count: usize,
    of: usize,
}

pub(super) fn render(report: &RubricHealthReport, out: &mut dyn Write) -> io::Result<()> {
    let document = HealthJson {
        format: "fundamentals/rubric-health/v1",
        estate: report.estate.as_deref(),
        rubric: report.rubric.to_string(),
        version: report.version.to_string(),
        as_of: report.as_of.to_string(),
        since: report.since.to_string(),
        services: ServicesJson {
            looked_at: report.services.looked_at,
            never_assessed: report.services.never_assessed,
            elsewhere: report.services.elsewhere,
        },
        left_out: &report.unreadable,
        enough_services: ENOUGH_SERVICES,
        stale_after_weeks: report.stale_after_weeks,
        categories: report.lines.iter().map(category).collect(),
    };
    write_json(&document, out)
}

fn category(line: &HealthLine) -> CategoryJson<'_> {
    CategoryJson {
        pillar: line.pillar.as_str(),
        id: line.category.as_str(),
        title: &line.title,
        outlook: outlook_word(line.outlook),
        judgements: Judgements::from(&line.counts),
        turns: line.turns,
        signs: line.signs.iter().map(one_sign).collect(),
    }
}

fn one_sign(sign: &Sign) -> OneSign {
    OneSign { sign: sign.kind.word(), count: sign.share.count, of: sign.share.of }
}
