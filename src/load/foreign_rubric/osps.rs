//! The Open Source Project Security Baseline and catalogs of its form: families, controls, assessment requirements with
//! the levels of maturity that they belong to. Its first form had criteria with a level each.

use super::source_table::SourceTable;
use super::{SourceModel, not_tables, words};
use crate::model::{SkeletonCategory, SkeletonPillar};
use crate::source::Node;

/// Lists of families, each with its controls or named by them.
const FAMILIES: [&str; 3] = ["families", "control-families", "groups"];
/// Lists of what is demanded.
const CONTROLS: [&str; 2] = ["controls", "criteria"];
/// Keys by which a control names its family.
const OWN_FAMILY: [&str; 3] = ["family", "group", "category"];

pub(super) fn read(documents: &[Node]) -> Option<SourceModel> {
    let mut model = SourceModel::default();
    let mut is_any = false;
    for mut table in documents.iter().filter_map(SourceTable::of) {
        let (families, controls) = (table.list(&FAMILIES), table.list(&CONTROLS));
        if families.is_none() && controls.is_none() {
            model.comments.extend(table.rest());
            continue;
        }
        is_any = true;
        for family in families.unwrap_or_default() {
            model.pillars.extend(pillar(family));
        }
        let own_title = table.text(&["title", "category"]);
        let controls = controls.unwrap_or_default();
        let (families, comments) = (families.unwrap_or_default(), table.rest());
        model.comments.extend(not_tables("families", families));
        model.comments.extend(not_tables("controls", controls));
        let names_families =
            controls.iter().any(|control| OWN_FAMILY.iter().any(|key| control.get(key).is_some()));
        if families.is_empty() && !names_families && !controls.is_empty() {
            // The file is one family.
            let title = own_title.unwrap_or_else(|| "Controls".to_owned());
            let pillar = place(&title, &mut model.pillars);
            pillar.comments.extend(comments);
        } else {
            model.comments.extend(comments);
            model.title = model.title.or(own_title);
        }
        let mut last = model.pillars.last().map_or_else(|| "Controls".to_owned(), |it| it.source_id.clone());
        for control in controls {
            let own = OWN_FAMILY.iter().find_map(|key| control.get(key)?.text());
            last = own.map_or(last, |own| own.trim().to_owned());
            let categories = requirements(control);
            place(&last, &mut model.pillars).categories.extend(categories);
        }
    }
    if let (None, [only]) = (&model.title, model.pillars.as_slice()) {
        model.title = Some(only.title.clone());
    }
    is_any.then_some(model)
}

/// The pillar with an id or a title; a new one if there is none.
fn place<'p>(name: &str, pillars: &'p mut Vec<SkeletonPillar>) -> &'p mut SkeletonPillar {
    let known = pillars.iter().position(|pillar| pillar.source_id == name || pillar.title == name);
    let at = known.unwrap_or_else(|| {
        let (source_id, title) = (name.to_owned(), name.to_owned());
        pillars.push(SkeletonPillar { source_id, title, ..SkeletonPillar::default() });
        pillars.len() - 1
    });
    &mut pillars[at]
}

fn pillar(node: &Node) -> Option<SkeletonPillar> {
    let mut table = SourceTable::of(node)?;
    let title = table.text(&["title", "name"]);
    let source_id = table.text(&["id"]).or_else(|| title.clone()).unwrap_or_default();
    let controls = table.list(&CONTROLS).unwrap_or_default();
    let mut comments = table.rest();
    comments.extend(not_tables("controls", controls));
    let categories = controls.iter().flat_map(requirements).collect();
    Some(SkeletonPillar { title: title.unwrap_or_default(), source_id, comments, categories })
}

/// A category for each requirement of a control; the control alone if it has none.
fn requirements(node: &Node) -> Vec<SkeletonCategory> {
    let Some(mut control) = SourceTable::of(node) else { return Vec::new() };
    let id = control.text(&["id"]).unwrap_or_default();
    let title = control.text(&["title"]);
    // The pillar says it.
    let _ = control.text(&OWN_FAMILY);
    let requirements = control.list(&["assessment-requirements", "assessment_requirements"]);
    let Some(requirements) = requirements.filter(|all| !all.is_empty()) else {
        return vec![criterion(control, node, id, title)];
    };
    let about = control.rest();
    let mut categories: Vec<_> = requirements
        .iter()
        .filter_map(|node| {
            let requirement = SourceTable::of(node)?;
            let mut category = criterion(requirement, node, id.clone(), title.clone());
            if requirements.len() > 1 && category.title == title.as_deref().unwrap_or_default() {
                category.title = format!("{} ({})", category.title, category.source_id);
            }
            Some(category)
        })
        .collect();
    if let Some(first) = categories.first_mut() {
        let others = not_tables("assessment-requirements", requirements);
        first.comments.splice(0..0, about.into_iter().chain(others).map(|about| format!("{id}: {about}")));
    }
    categories
}

/// What is demanded, with how to get there.
fn criterion(mut table: SourceTable<'_>, node: &Node, id: String, title: Option<String>) -> SkeletonCategory {
    let source_id = table.text(&["id"]).unwrap_or(id);
    let title = title.or_else(|| table.text(&["title"])).unwrap_or_else(|| source_id.clone());
    let green = table.text(&["text", "criterion"]);
    let guidance =
        ["recommendation", "implementation", "details"].into_iter().filter_map(|key| table.text(&[key]));
    let guidance: Vec<_> = guidance.map(|text| words(&text, node)).collect();
    SkeletonCategory {
        source_id,
        title,
        // A control without requirements says what it wants in its title or objective.
        green: green.or_else(|| table.text(&["objective"])).into_iter().collect(),
        guidance,
        comments: table.rest(),
        ..SkeletonCategory::default()
    }
}
