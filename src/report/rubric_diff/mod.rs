//! What changed between two rubrics, to be announced or read by a program.

mod json;
mod markdown;
mod text;

use std::io::{self, Write};

use clap::ValueEnum;

use crate::eval::{BarChange, CategoryChange, CategoryChangeKind, RubricDiff};
use crate::model::{Category, Rubric};

/// How a difference is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For a terminal.
    Text,
    /// For an announcement.
    Markdown,
    /// For programs.
    Json,
}

/// Writes a difference in a format. `width` concerns the text only.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    diff: &RubricDiff<'_>,
    format: DiffFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        DiffFormat::Text => text::render(diff, width, out),
        DiffFormat::Markdown => markdown::render(diff, out),
        DiffFormat::Json => json::render(diff, out),
    }
}

/// "fundamentals 1.4 → fundamentals 2.0"
fn heading(diff: &RubricDiff<'_>) -> String {
    let name = |rubric: &Rubric| format!("{} {}", rubric.id, rubric.version);
    format!("{} → {}", name(diff.old), name(diff.new))
}

/// The heading of a kind of change, and what it means for a team.
fn kind_heading(kind: CategoryChangeKind) -> (&'static str, &'static str) {
    match kind {
        CategoryChangeKind::Merged => ("Merged", "the worst colour carries"),
        CategoryChangeKind::Split => ("Split", "the colour carries to each"),
        CategoryChangeKind::Reshaped => ("Reshaped", "the worst colour carries to each"),
        CategoryChangeKind::Renamed => ("Renamed", "the colour carries"),
        CategoryChangeKind::Removed => ("Removed", "its colour is history"),
        CategoryChangeKind::Added => ("Added", "it begins as not assessed"),
        CategoryChangeKind::Reworded => ("Reworded", "the colour carries"),
    }
}

/// "`a`, `b` → `c`", with what quotes ids in the format.
fn ids(change: &CategoryChange<'_>, quote: &str) -> String {
    let side = |categories: &[&Category]| {
        let ids: Vec<_> =
            categories.iter().map(|category| format!("{quote}{}{quote}", category.id)).collect();
        ids.join(", ")
    };
    match (change.kind, change.old.as_slice(), change.new.as_slice()) {
        (CategoryChangeKind::Reworded, _, new) | (_, [], new) => side(new),
        (_, old, []) => side(old),
        (_, old, new) => format!("{} → {}", side(old), side(new)),
    }
}

/// A note on a change: `; the bar was raised: judge it again`, marked for the format.
fn remarks(diff: &RubricDiff<'_>, change: &CategoryChange<'_>, mark: &str) -> String {
    let mut remarks = Vec::new();
    match change.bar {
        BarChange::Same => {}
        BarChange::Raised => remarks.push("the bar was raised: judge it again"),
        BarChange::Lowered => remarks.push("the bar was lowered"),
    }
    let removed = change.kind == CategoryChangeKind::Removed;
    if removed && change.old.iter().any(|category| diff.is_retired(category)) {
        remarks.push("retired on purpose");
    }
    let mut text = String::new();
    for remark in remarks {
        text.push_str(&format!("; {mark}{remark}{mark}"));
    }
    text
}
