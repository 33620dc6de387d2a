//! Commitments over an estate.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::TableFormat;
use super::document::{Block, Document};
use super::review::contract::Commitments;
use super::review::{CommitmentSection, commitments_sheet, read_commitments};
use super::sheet::write_csv;
use crate::eval::{ActionStatus, Review, ReviewCalendar, Selection};
use crate::model::{Date, Estate, Identity};
use crate::text::write_json;

/// Commitments of the selected services.
#[derive(Debug)]
pub struct ActionsReport<'r> {
    estate: &'r Estate,
    as_of: Date,
    since: Option<Date>,
    commitments: CommitmentSection<'r>,
}

/// Commitments of the selected services.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[schemars(title = "ActionsReport")]
struct ActionsDocument {
    /// Always `fundamentals/actions/v1`.
    format: &'static str,
    /// The estate's name.
    estate: Option<String>,
    /// The day that it is about.
    as_of: Date,
    /// Commitments that are done are listed if that was since this day; `null` for the last review of each domain.
    since: Option<Date>,
    /// Services that it should be about but that have errors in their files.
    left_out: Vec<String>,
    /// What was promised.
    commitments: Commitments,
}

/// What is to be listed.
#[derive(Clone, Copy, Debug)]
pub struct ActionsRequest<'e> {
    /// The estate.
    pub estate: &'e Estate,
    /// Which services are meant.
    pub selection: &'e Selection,
    /// How the commitments stand that are meant; none for all.
    pub statuses: &'e [ActionStatus],
    /// The day since which those are listed that are done; `None` for the last review of each domain.
    pub since: Option<Date>,
    /// Today.
    pub today: Date,
}

impl<'r> ActionsRequest<'r> {
    /// What the commitments are drawn from.
    #[must_use]
    pub fn review(&self) -> Review<'r> {
        let ActionsRequest { estate, selection, since, today, .. } = *self;
        let since_of = |identity: &Identity| {
            ReviewCalendar::of(&estate.settings, &identity.domain).since(since, today).date
        };
        Review::new(estate, selection, since_of, today)
    }

    /// Lists commitments: overdue, open, slipped, kept; within these by the day that they are or were due.
    #[must_use]
    pub fn list(&self, review: &'r Review<'r>) -> ActionsReport<'r> {
        let mut commitments = review.commitments();
        commitments
            .retain(|commitment| self.statuses.is_empty() || self.statuses.contains(&commitment.status));
        ActionsReport {
            estate: self.estate,
            as_of: self.today,
            since: self.since,
            commitments: CommitmentSection::of(commitments),
        }
    }
}

/// The JSON Schema (draft-07) of the document `fundamentals/actions/v1`.
#[must_use]
pub fn schema() -> Schema {
    super::schema::<ActionsDocument>()
}

/// Writes commitments in a format. `width` concerns the terminal only.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    report: &ActionsReport<'_>,
    format: TableFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        TableFormat::Table => document(report).to_terminal(width, out),
        TableFormat::Markdown => document(report).to_markdown(out),
        TableFormat::Csv => write_csv(&commitments_sheet(&report.commitments), out),
        TableFormat::Json => write_json(&json(report), out),
    }
}

fn json(report: &ActionsReport<'_>) -> ActionsDocument {
    ActionsDocument {
        format: "fundamentals/actions/v1",
        estate: report.estate.settings.name.clone(),
        as_of: report.as_of,
        since: report.since,
        left_out: report.estate.unreadable().to_vec(),
        commitments: (&report.commitments).into(),
    }
}

fn document(report: &ActionsReport<'_>) -> Document {
    let mut document = Document::default();
    let estate = report.estate.settings.name.as_deref().unwrap_or("All services");
    document.push(Block::Title(format!("{estate}: commitments")));
    let since = match report.since {
        Some(since) => format!("since {since}"),
        None => "since the last review of each domain".to_owned(),
    };
    document.text(format!("As of {}; what is done is listed if that was {since}.", report.as_of));
    read_commitments(&report.commitments, &mut document);
    document
}
