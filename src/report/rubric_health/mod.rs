//! A rubric's health: the questions that its owners should look at. Words and order; a conversation starter about
//! questions, never a verdict on teams.

mod json;
mod markdown;
mod sheet;
mod table;
mod words;

use std::io::{self, Write};

use super::TableFormat;
use super::sheet::write_csv;
use crate::eval::{CategoryHealth, Counts, Outlook, Population, RubricHealth, Sign, SignKind};
use crate::model::{CategoryId, Date, Estate, PillarId, RubricKey, Version};

/// The report on a rubric, in the rubric's order.
#[derive(Debug)]
pub struct RubricHealthReport {
    pub estate: Option<String>,
    /// The rubric's name for people.
    pub title: String,
    pub rubric: RubricKey,
    pub version: Version,
    /// The day from which movement is looked at.
    pub since: Date,
    /// The day that states are of.
    pub as_of: Date,
    pub services: Population,
    /// Services that it should be about but that have errors in their files.
    pub unreadable: Vec<String>,
    /// Weeks after which a colour that nobody looked at again was left alone.
    pub stale_after_weeks: u32,
    /// Every category, in the rubric's order.
    pub lines: Vec<HealthLine>,
    /// What stands out, by sign; only signs that occur.
    pub groups: Vec<SignGroup>,
}

/// One category.
#[derive(Debug)]
pub struct HealthLine {
    pub pillar: PillarId,
    /// Its id.
    pub category: CategoryId,
    pub title: String,
    /// The services that are asked, by status.
    pub counts: Counts,
    /// How often services changed direction.
    pub turns: usize,
    /// What is known of it.
    pub outlook: Outlook,
    pub signs: Vec<Sign>,
}

/// The categories that show one sign.
#[derive(Debug)]
pub struct SignGroup {
    pub kind: SignKind,
    /// The clearest first.
    pub findings: Vec<SignFinding>,
}

/// A category that shows a sign.
#[derive(Debug)]
pub struct SignFinding {
    pub title: String,
    /// What was seen, with its denominator.
    pub seen: String,
}

/// Arranges what is known of a rubric for its owners.
#[must_use]
pub fn build(estate: &Estate, health: &RubricHealth<'_>) -> RubricHealthReport {
    RubricHealthReport {
        estate: estate.settings.name.clone(),
        title: health.rubric.title.clone(),
        rubric: health.rubric.key(),
        version: health.rubric.version,
        since: health.since,
        as_of: health.as_of,
        services: health.services,
        unreadable: estate.unreadable().to_vec(),
        stale_after_weeks: estate.settings.review.stale_after_weeks,
        lines: health.categories.iter().map(line).collect(),
        groups: SignKind::ALL.into_iter().filter_map(|kind| group(health, kind)).collect(),
    }
}

fn line(health: &CategoryHealth<'_>) -> HealthLine {
    HealthLine {
        pillar: health.pillar.id.clone(),
        category: health.category.id.clone(),
        title: health.category.title.clone(),
        counts: health.counts,
        turns: health.turns,
        outlook: health.outlook(),
        signs: health.signs.clone(),
    }
}

fn group(health: &RubricHealth<'_>, kind: SignKind) -> Option<SignGroup> {
    let mut shown: Vec<_> = health
        .categories
        .iter()
        .filter_map(|category| Some((category, *category.signs.iter().find(|sign| sign.kind == kind)?)))
        .collect();
    // The larger part first, and else the rubric's order.
    shown.sort_by(|(_, one), (_, other)| other.share.compare(one.share));
    let finding = |(category, sign): (&CategoryHealth<'_>, Sign)| SignFinding {
        title: category.category.title.clone(),
        seen: words::seen(category, sign),
    };
    let findings: Vec<_> = shown.into_iter().map(finding).collect();
    (!findings.is_empty()).then_some(SignGroup { kind, findings })
}

impl RubricHealthReport {
    fn count(&self, outlook: Outlook) -> usize {
        self.lines.iter().filter(|line| line.outlook == outlook).count()
    }
}

/// Writes what is known of a rubric in a format. `width` concerns the table only.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    report: &RubricHealthReport,
    format: TableFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        TableFormat::Table => table::render(report, width, out),
        TableFormat::Csv => write_csv(&sheet::sheet(report), out),
        TableFormat::Markdown => markdown::render(report, out),
        TableFormat::Json => json::render(report, out),
    }
}

/// The word for what is known, in machine-readable output.
fn outlook_word(outlook: Outlook) -> &'static str {
    match outlook {
        Outlook::Signs => "signs",
        Outlook::Unremarkable => "unremarkable",
        Outlook::TooFew => "too-few",
    }
}
