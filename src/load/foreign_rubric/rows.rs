//! A table with a category on each line, as a spreadsheet saves it.

use super::super::csv::{CsvRow, rows};
use super::super::keys::rubric::ROWS;
use super::{SourceModel, page};
use crate::diag::Problems;
use crate::model::{Guidance, SkeletonCategory, SkeletonPillar};
use crate::source::{FileId, Node, ScalarStyle, Value};

pub(super) fn read(text: &str, file: FileId, problems: &mut Problems) -> SourceModel {
    let mut pillars: Vec<SkeletonPillar> = Vec::new();
    for row in rows(text, file, &ROWS, problems) {
        let title = row.field("pillar").value;
        let at = pillars.iter().position(|pillar| pillar.title == title).unwrap_or_else(|| {
            pillars.push(SkeletonPillar { source_id: title.clone(), title, ..SkeletonPillar::default() });
            pillars.len() - 1
        });
        pillars[at].categories.push(category(&row));
    }
    SourceModel { pillars, ..SourceModel::default() }
}

fn category(row: &CsvRow) -> SkeletonCategory {
    let text = |column| Some(row.field(column).value).filter(|text| !text.is_empty());
    let lines = |column| -> Vec<String> {
        let text = row.field(column).value;
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let title = row.field("category").value;
    SkeletonCategory {
        source_id: text("id").unwrap_or_else(|| title.clone()),
        title,
        question: text("question"),
        red: lines("red"),
        amber: lines("amber"),
        green: lines("green"),
        guidance: lines("guidance").into_iter().map(|line| guidance(&line, row)).collect(),
        comments: lines("comment"),
    }
}

/// An address is a link, anything else words.
fn guidance(line: &str, row: &CsvRow) -> Guidance {
    let node = Node { span: row.span(), value: Value::Scalar(line.to_owned(), ScalarStyle::Text) };
    let is_address = ["https://", "http://", "mailto:"].iter().any(|scheme| line.starts_with(scheme));
    if is_address && !line.contains(' ') { page(line, line, &node) } else { super::words(line, &node) }
}
