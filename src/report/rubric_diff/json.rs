//! The difference as JSON, `fundamentals/rubric-diff/v1`; described in `docs/formats.md`.

use std::io::{self, Write};

use serde::Serialize;

use crate::eval::{BarChange, CategoryChange, CategoryChangeKind, RubricDiff, TextChange, Words};
use crate::model::{Category, Rubric};
use crate::text::write_json;

/// The document. Fields are only ever added.
#[derive(Serialize)]
struct DiffJson<'d> {
    format: &'static str,
    old: VersionJson<'d>,
    new: VersionJson<'d>,
    changes: Vec<ChangeJson<'d>>,
}

#[derive(Serialize)]
struct VersionJson<'d> {
    id: &'d str,
    version: String,
}

#[derive(Serialize)]
struct ChangeJson<'d> {
    /// `merged`, `split`, `reshaped`, `renamed`, `removed`, `added` or `reworded`.
    kind: &'static str,
    /// Ids before; empty for what was added.
    old: Vec<&'d str>,
    /// Ids after; empty for what was removed.
    new: Vec<&'d str>,
    /// `same`, `raised` or `lowered`.
    bar: &'static str,
    /// Whether the new version says that it drops this on purpose.
    retired: bool,
    texts: Vec<Text<'d>>,
}

#[derive(Serialize)]
struct Text<'d> {
    /// `title`, `pillar`, `question`, `applies-to`, `evidence`, `advisory`, `red`, `amber`, `green` or `guidance`.
    part: &'static str,
    words: Vec<Stretch<'d>>,
}

#[derive(Serialize)]
struct Stretch<'d> {
    /// `same`, `removed` or `added`.
    change: &'static str,
    text: &'d str,
}

pub(super) fn render(diff: &RubricDiff<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = DiffJson {
        format: "fundamentals/rubric-diff/v1",
        old: version(diff.old),
        new: version(diff.new),
        changes: diff.changes.iter().map(|one| change(diff, one)).collect(),
    };
    write_json(&document, out)
}

fn version(rubric: &Rubric) -> VersionJson<'_> {
    VersionJson { id: rubric.id.as_str(), version: rubric.version.to_string() }
}

fn change<'d>(diff: &RubricDiff<'_>, change: &'d CategoryChange<'_>) -> ChangeJson<'d> {
    ChangeJson {
        kind: match change.kind {
            CategoryChangeKind::Merged => "merged",
            CategoryChangeKind::Split => "split",
            CategoryChangeKind::Reshaped => "reshaped",
            CategoryChangeKind::Renamed => "renamed",
            CategoryChangeKind::Removed => "removed",
            CategoryChangeKind::Added => "added",
            CategoryChangeKind::Reworded => "reworded",
        },
        old: ids(&change.old),
        new: ids(&change.new),
        bar: match change.bar {
            BarChange::Same => "same",
            BarChange::Raised => "raised",
            BarChange::Lowered => "lowered",
        },
        retired: change.new.is_empty() && change.old.iter().any(|category| diff.is_retired(category)),
        texts: change.texts.iter().map(text).collect(),
    }
}

fn ids<'d>(categories: &[&'d Category]) -> Vec<&'d str> {
    categories.iter().map(|category| category.id.as_str()).collect()
}

fn text(change: &TextChange) -> Text<'_> {
    Text { part: change.part.word(), words: change.words.iter().map(stretch).collect() }
}

fn stretch(words: &Words) -> Stretch<'_> {
    match words {
        Words::Same(text) => Stretch { change: "same", text },
        Words::Removed(text) => Stretch { change: "removed", text },
        Words::Added(text) => Stretch { change: "added", text },
    }
}
