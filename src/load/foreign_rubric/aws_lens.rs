//! A custom lens of the AWS Well-Architected Tool: pillars, questions, choices, and risk rules over the choices.

use super::source_table::SourceTable;
use super::{SourceModel, not_tables, page, words};
use crate::model::{Guidance, SkeletonCategory, SkeletonPillar};
use crate::source::{Node, Value};

/// A choice of a question.
struct Choice {
    id: String,
    title: String,
}

/// When a question has a risk.
struct RiskRule {
    condition: String,
    risk: String,
}

pub(super) fn read(documents: &[Node]) -> Option<SourceModel> {
    let mut lens = documents.iter().filter_map(SourceTable::of).find(|table| table.has("pillars"))?;
    let title = lens.text(&["name"]);
    let pillars = lens.list(&["pillars"])?;
    let mut comments = lens.rest();
    comments.extend(not_tables("pillars", pillars));
    Some(SourceModel { title, comments, pillars: pillars.iter().filter_map(pillar).collect() })
}

fn pillar(node: &Node) -> Option<SkeletonPillar> {
    let mut table = SourceTable::of(node)?;
    let title = table.text(&["name"]);
    let source_id = table.text(&["id"]).or_else(|| title.clone()).unwrap_or_default();
    let questions = table.list(&["questions"]).unwrap_or_default();
    let mut comments = table.rest();
    comments.extend(not_tables("questions", questions));
    let categories = questions.iter().filter_map(question).collect();
    Some(SkeletonPillar { title: title.unwrap_or_default(), source_id, comments, categories })
}

fn question(node: &Node) -> Option<SkeletonCategory> {
    let mut table = SourceTable::of(node)?;
    let title = table.text(&["title"]).unwrap_or_default();
    let source_id = table.text(&["id"]).unwrap_or_default();
    let choices = table.list(&["choices"]).unwrap_or_default();
    let rules = table.list(&["riskRules"]).unwrap_or_default();
    let mut category = SkeletonCategory {
        source_id,
        question: title.ends_with('?').then(|| title.clone()),
        title,
        ..SkeletonCategory::default()
    };
    category.comments.extend(table.rest());
    category.comments.extend(not_tables("choices", choices));
    category.comments.extend(not_tables("riskRules", rules));
    let choices: Vec<_> = choices.iter().filter_map(|node| choice(node, &mut category)).collect();
    let rules: Vec<_> = rules.iter().filter_map(|node| rule(node, &mut category)).collect();
    let mut carried: Vec<&str> = Vec::new();
    for (risk, definition) in [
        ("HIGH_RISK", &mut category.red),
        ("MEDIUM_RISK", &mut category.amber),
        ("NO_RISK", &mut category.green),
    ] {
        let mut of_risk = rules.iter().filter(|rule| rule.risk == risk);
        // Of two rules neither says the whole.
        let (Some(rule), None) = (of_risk.next(), of_risk.next()) else { continue };
        let Some(all) = all_of(&rule.condition, &choices) else { continue };
        definition.extend(all.iter().map(|choice| choice.title.clone()));
        carried.extend(all.iter().map(|choice| choice.id.as_str()));
    }
    for choice in choices.iter().filter(|choice| !carried.contains(&choice.id.as_str())) {
        category.comments.push(format!("Choice {}: {}", choice.id, choice.title));
    }
    for RiskRule { condition, risk } in &rules {
        category.comments.push(format!("Risk rule: {risk} where {condition}"));
    }
    Some(category)
}

/// The choices that a condition demands, if it does nothing else: `a && b`.
fn all_of<'c>(condition: &str, choices: &'c [Choice]) -> Option<Vec<&'c Choice>> {
    let named = condition.split("&&").map(|id| choices.iter().find(|choice| choice.id == id.trim()));
    named.collect()
}

fn rule(node: &Node, category: &mut SkeletonCategory) -> Option<RiskRule> {
    let mut table = SourceTable::of(node)?;
    let (condition, risk) = (table.text(&["condition"]), table.text(&["risk"]));
    category.comments.extend(table.rest().into_iter().map(|rest| format!("Risk rule: {rest}")));
    Some(RiskRule { condition: condition.unwrap_or_default(), risk: risk.unwrap_or_default() })
}

fn choice(node: &Node, category: &mut SkeletonCategory) -> Option<Choice> {
    let mut table = SourceTable::of(node)?;
    let title = table.text(&["title"]);
    let id = table.text(&["id"]).or_else(|| title.clone()).unwrap_or_default();
    let title = title.unwrap_or_else(|| id.clone());
    for key in ["helpfulResource", "improvementPlan"] {
        category.guidance.extend(table.table(key).and_then(|resource| guidance(&title, resource)));
    }
    let resources = table.list(&["additionalResources"]).unwrap_or_default();
    for resource in resources.iter().filter_map(|resource| resource.get("content")) {
        let contents = match &resource.value {
            Value::List(items) => items.as_slice(),
            Value::Null | Value::Scalar(..) | Value::Table(_) => std::slice::from_ref(resource),
        };
        category.guidance.extend(contents.iter().filter_map(|content| guidance(&title, content)));
    }
    category.comments.extend(table.rest().into_iter().map(|rest| format!("Choice {id}: {rest}")));
    Some(Choice { id, title })
}

/// What helps with a choice: `displayText`, `url` or both.
fn guidance(choice: &str, resource: &Node) -> Option<Guidance> {
    let mut table = SourceTable::of(resource)?;
    match (table.text(&["displayText"]), table.text(&["url"])) {
        (None, None) => None,
        (Some(text), None) => Some(words(&format!("{choice}: {text}"), resource)),
        (text, Some(url)) => Some(page(text.as_deref().unwrap_or(choice), &url, resource)),
    }
}
