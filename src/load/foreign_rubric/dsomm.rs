//! The OWASP `DevSecOps` Maturity Model: dimensions, their parts, and activities with a risk, a measure and a level.

use super::source_table::{SourceTable, in_words};
use super::{SourceModel, page, words};
use crate::model::{Guidance, SkeletonCategory, SkeletonPillar};
use crate::source::{Entry, Node};

/// What makes a table an activity.
const ACTIVITY: [&str; 3] = ["measure", "risk", "level"];

pub(super) fn read(documents: &[Node]) -> SourceModel {
    let mut model = SourceModel { title: Some("DSOMM".to_owned()), ..SourceModel::default() };
    for Entry { key, node } in documents.iter().flat_map(Node::entries) {
        let mut pillar = SkeletonPillar {
            source_id: key.value.clone(),
            title: key.value.clone(),
            ..SkeletonPillar::default()
        };
        for part in node.entries() {
            read_part(part, &mut pillar);
        }
        if pillar.categories.is_empty() {
            model.comments.extend(in_words(node).map(|words| format!("{}: {words}", key.value)));
            continue;
        }
        match model.pillars.iter_mut().find(|known| known.source_id == pillar.source_id) {
            // Its parts may be in several documents.
            Some(known) => {
                known.categories.extend(pillar.categories);
                known.comments.extend(pillar.comments);
            }
            None => model.pillars.push(pillar),
        }
    }
    model
}

/// A part of a dimension with its activities, or something about the dimension.
fn read_part(Entry { key, node }: &Entry, pillar: &mut SkeletonPillar) {
    let before = pillar.categories.len();
    let mut others = Vec::new();
    for Entry { key: name, node } in node.entries() {
        if ACTIVITY.iter().any(|key| node.get(key).is_some()) {
            pillar.categories.extend(activity(&name.value, &key.value, node));
        } else {
            others.extend(in_words(node).map(|words| format!("{}: {}: {words}", key.value, name.value)));
        }
    }
    if pillar.categories.len() == before {
        pillar.comments.extend(in_words(node).map(|words| format!("{}: {words}", key.value)));
    } else {
        pillar.comments.extend(others);
    }
}

fn activity(name: &str, part: &str, node: &Node) -> Option<SkeletonCategory> {
    let mut table = SourceTable::of(node)?;
    let (risk, measure) = (table.text(&["risk"]), table.text(&["measure"]));
    let mut guidance: Vec<_> =
        table.text(&["assessment"]).map(|text| words(&text, node)).into_iter().collect();
    let mut comments = vec![format!("Part of {part}")];
    if risk.is_some() {
        comments.push("Red is the risk that the source names: say instead what can be seen.".to_owned());
    }
    for item in table.list(&["implementation"]).unwrap_or_default() {
        match tool(item) {
            Some(link) => guidance.push(link),
            None => comments.extend(in_words(item).map(|words| format!("implementation: {words}"))),
        }
    }
    comments.extend(table.rest());
    Some(SkeletonCategory {
        source_id: name.to_owned(),
        title: name.to_owned(),
        red: risk.into_iter().collect(),
        green: measure.into_iter().collect(),
        guidance,
        comments,
        ..SkeletonCategory::default()
    })
}

/// A tool or page that helps, with its address.
fn tool(item: &Node) -> Option<Guidance> {
    let mut table = SourceTable::of(item)?;
    let url = table.text(&["url"])?;
    let name = table.text(&["name"]);
    Some(page(name.as_deref().unwrap_or(&url), &url, item))
}
