//! What a reader sees, and in which order. Each report has one model, built here from scores; its format modules take
//! that model and a writer, and neither compute nor sort.

pub mod actions;
pub mod coverage;
mod document;
pub mod explanation;
pub mod gate;
pub(crate) mod glyph;
pub(crate) mod layout;
pub mod life;
mod markdown;
pub mod migration;
mod numbers;
pub mod review;
pub mod rubric;
pub mod rubric_diff;
pub mod rubric_health;
mod schema;
pub mod scored;
pub mod scoring;
pub mod service;
mod sheet;
pub mod trend;
pub mod upcoming;

use clap::ValueEnum;

use schema::schema;

/// How a report is shown that is rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For a terminal.
    Table,
    /// For spreadsheets and scripts.
    Csv,
    /// For a page on a code host.
    Markdown,
    /// For programs.
    Json,
}
