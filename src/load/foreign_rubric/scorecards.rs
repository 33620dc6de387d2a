//! Scorecards of Cortex, Compass and Datadog: rules that pass or fail, with weights and levels.

use super::source_table::SourceTable;
use super::{SourceModel, not_tables};
use crate::model::{SkeletonCategory, SkeletonPillar};
use crate::source::{Entry, Node, Value};

/// Under which keys a scorecard of Cortex lists its rules.
pub(super) const CORTEX: &[&str] = &["rules"];
/// The same of Compass, in its templates and in the answers of its API.
pub(super) const COMPASS: &[&str] = &["criteria", "criterias"];
/// How deep in an answer of an API scorecards are looked for.
const MAX_DEPTH: usize = 8;
/// What all of them have no place for.
const PASS_OR_FAIL: &str = "A rule of a scorecard passes or fails; a category is red, amber or green. The description \
                            of a rule stands as green, its message of failure as red: complete both.";

/// Reads scorecards wherever they stand in the documents, a pillar for each; `None` if there is none.
pub(super) fn read(documents: &[Node], rules: &[&str]) -> Option<SourceModel> {
    let mut found = Vec::new();
    for document in documents {
        find(document, rules, MAX_DEPTH, &mut found);
    }
    model(found.into_iter().filter_map(|node| pillar(node, rules)).collect())
}

/// Reads rules of which each names its scorecard, a pillar for each scorecard; `None` if there is none.
pub(super) fn read_datadog(documents: &[Node]) -> Option<SourceModel> {
    let mut pillars: Vec<SkeletonPillar> = Vec::new();
    for document in documents.iter().filter(|document| is_rule_of_datadog(document)) {
        let (scorecard, category) = rule_of_datadog(document);
        match pillars.iter_mut().find(|pillar| pillar.source_id == scorecard) {
            Some(pillar) => pillar.categories.push(category),
            None => pillars.push(SkeletonPillar {
                source_id: scorecard.clone(),
                title: scorecard,
                categories: vec![category],
                ..SkeletonPillar::default()
            }),
        }
    }
    model(pillars)
}

fn model(pillars: Vec<SkeletonPillar>) -> Option<SourceModel> {
    let title = match pillars.as_slice() {
        [] => return None,
        [only] => only.title.clone(),
        [_, _, ..] => "Scorecards".to_owned(),
    };
    Some(SourceModel { title: Some(title), comments: vec![PASS_OR_FAIL.to_owned()], pillars })
}

/// Finds the tables that list rules.
fn find<'n>(node: &'n Node, rules: &[&str], depth: usize, found: &mut Vec<&'n Node>) {
    match &node.value {
        Value::Table(_) if is_scorecard(node, rules) => found.push(node),
        Value::Table(entries) if depth > 0 => {
            entries.iter().for_each(|entry| find(&entry.node, rules, depth - 1, found));
        }
        Value::List(items) if depth > 0 => items.iter().for_each(|item| find(item, rules, depth - 1, found)),
        Value::Table(_) | Value::List(_) | Value::Null | Value::Scalar(..) => {}
    }
}

fn is_scorecard(node: &Node, rules: &[&str]) -> bool {
    let is_table = |item: &Node| matches!(item.value, Value::Table(_));
    rules.iter().filter_map(|key| node.get(key)).any(|list| match &list.value {
        Value::List(items) => items.iter().any(is_table),
        Value::Null | Value::Scalar(..) | Value::Table(_) => false,
    })
}

fn pillar(node: &Node, rules: &[&str]) -> Option<SkeletonPillar> {
    let mut table = SourceTable::of(node)?;
    let title = table.text(&["name", "title"]);
    let tag = table.text(&["tag"]);
    let rules = table.list(rules).unwrap_or_default();
    let title = title.or_else(|| tag.clone()).unwrap_or_else(|| "Scorecard".to_owned());
    let mut comments = table.rest();
    comments.extend(not_tables("rules", rules));
    let categories = rules.iter().filter_map(category).collect();
    Some(SkeletonPillar { source_id: tag.unwrap_or_else(|| title.clone()), title, comments, categories })
}

/// A rule of Cortex, or a criterion of Compass.
fn category(node: &Node) -> Option<SkeletonCategory> {
    // A template of Compass says `hasOwner: { weight: 10 }`, an answer of its API names a type.
    let (kind, node) = match node.entries() {
        [Entry { key, node: inner }] if !inner.entries().is_empty() => (Some(key.value.clone()), inner),
        _ => (None, node),
    };
    let mut table = SourceTable::of(node)?;
    let kind = kind.or_else(|| table.text(&["__typename"])).map(|kind| sentence(&kind));
    let (title, identifier) = (table.text(&["title", "name"]), table.text(&["identifier"]));
    let (description, failure) = (table.text(&["description"]), table.text(&["failureMessage"]));
    let mut comments = table.rest();
    if title.is_some() {
        comments.extend(kind.iter().map(|kind| format!("check: {kind}")));
    }
    let title = title.or(kind).or_else(|| identifier.clone()).unwrap_or_else(|| "Rule".to_owned());
    Some(SkeletonCategory {
        source_id: identifier.unwrap_or_else(|| title.clone()),
        green: vec![description.unwrap_or_else(|| title.clone())],
        red: failure.into_iter().collect(),
        title,
        comments,
        ..SkeletonCategory::default()
    })
}

fn is_rule_of_datadog(document: &Node) -> bool {
    document.get("kind").and_then(Node::text).is_some_and(|kind| kind.eq_ignore_ascii_case("scorecard-rule"))
}

/// A rule of Datadog, and the scorecard that it names.
fn rule_of_datadog(document: &Node) -> (String, SkeletonCategory) {
    let mut category = SkeletonCategory::default();
    let mut scorecard = None;
    if let Some(mut table) = SourceTable::of(document) {
        // What makes it one.
        let _ = (table.text(&["apiVersion"]), table.text(&["kind"]));
        let [metadata, spec] = ["metadata", "spec"].map(|key| table.table(key).and_then(SourceTable::of));
        if let Some(mut metadata) = metadata {
            category.source_id = metadata.text(&["name"]).unwrap_or_default();
            category.title = metadata.text(&["displayName"]).unwrap_or_else(|| category.source_id.clone());
            let green = metadata.text(&["description"]).unwrap_or_else(|| category.title.clone());
            category.green = vec![green];
            category.comments.extend(metadata.rest());
        }
        if let Some(mut spec) = spec {
            scorecard = spec.text(&["scorecard"]);
            category.comments.extend(spec.rest());
        }
        category.comments.extend(table.rest());
    }
    (scorecard.unwrap_or_else(|| "Scorecard".to_owned()), category)
}

/// `CompassHasOwnerScorecardCriteria` and `hasOwner` are "Has owner".
fn sentence(name: &str) -> String {
    let name = name.strip_prefix("Compass").unwrap_or(name);
    let name =
        ["ScorecardCriteria", "Criteria"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let mut sentence = String::new();
    for letter in name.chars() {
        if sentence.is_empty() {
            sentence.extend(letter.to_uppercase());
        } else if letter.is_uppercase() {
            sentence.push(' ');
            sentence.extend(letter.to_lowercase());
        } else {
            sentence.push(letter);
        }
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::parse_yaml;

    fn nodes(texts: &[&str]) -> Vec<Node> {
        texts.iter().map(|text| parse_yaml(text).expect("YAML")).collect()
    }

    /// A category a line: its id in the source, what it says, and its comments.
    fn lines(model: &SourceModel) -> Vec<String> {
        let pillars = model.pillars.iter();
        let line = |category: &SkeletonCategory| {
            let SkeletonCategory { source_id, title, red, green, comments, .. } = category;
            format!("{source_id}: {title} – red {red:?}, green {green:?}, {comments:?}")
        };
        pillars.flat_map(|pillar| pillar.categories.iter().map(line)).collect()
    }

    #[test]
    fn rules_of_cortex_keep_expressions_levels_and_weights_as_comments() {
        let model = read(
            &nodes(&["
tag: readiness
name: Readiness
ladder: { levels: [{ name: Gold, rank: 1 }] }
rules:
  - { title: On call, identifier: rota, description: A rota., expression: a > 0, failureMessage: Nobody., level: Gold, weight: 2 }
  - { title: Has a runbook, expression: b, filter: { query: c } }
  - a text
"]),
            CORTEX,
        )
        .expect("a scorecard");
        insta::assert_snapshot!(lines(&model).join("\n"), @r#"
        rota: On call – red ["Nobody."], green ["A rota."], ["expression: a > 0", "level: Gold", "weight: 2"]
        Has a runbook: Has a runbook – red [], green ["Has a runbook"], ["expression: b", "filter: { query: c }"]
        "#);
        let pillar = &model.pillars[0];
        assert_eq!((pillar.source_id.as_str(), pillar.title.as_str()), ("readiness", "Readiness"));
        assert_eq!(pillar.comments, ["ladder: { levels: { name: Gold; rank: 1 } }", "rules: a text"]);
        assert_eq!(model.title.as_deref(), Some("Readiness"));
    }

    #[test]
    fn criteria_of_compass_are_found_in_answers_and_in_templates() {
        let answer = "
data: { compass: { scorecards: { nodes: [
  { name: Health, importance: REQUIRED, criterias: [
    { __typename: CompassHasOwnerScorecardCriteria, name: null, weight: 40 },
    { __typename: CompassHasFieldScorecardCriteria, name: Tier is set, weight: 60, fieldDefinition: { name: Tier } },
  ] },
  { name: Launch, criterias: [] },
] } } }";
        let template =
            "{ name: Launch, criteria: [{ hasOwner: { weight: 40 } }, { hasLink: { linkType: DOCUMENT } }] }";
        let model = read(&nodes(&[answer, template]), COMPASS).expect("scorecards");
        insta::assert_snapshot!(lines(&model).join("\n"), @r#"
        Has owner: Has owner – red [], green ["Has owner"], ["weight: 40"]
        Tier is set: Tier is set – red [], green ["Tier is set"], ["weight: 60", "fieldDefinition: { name: Tier }", "check: Has field"]
        Has owner: Has owner – red [], green ["Has owner"], ["weight: 40"]
        Has link: Has link – red [], green ["Has link"], ["linkType: DOCUMENT"]
        "#);
        assert_eq!(model.title.as_deref(), Some("Scorecards"));
    }

    #[test]
    fn rules_of_datadog_are_gathered_by_their_scorecards() {
        let rule = |name: &str, scorecard: &str| {
            format!(
                "{{ apiVersion: v3, kind: scorecard-rule, metadata: {{ name: {name}, description: It is there. }}, \
                 spec: {{ scorecard: {scorecard}, owner: platform, level: 1 }} }}"
            )
        };
        let rules = [rule("a", "Ops"), rule("b", "Security"), rule("c", "Ops")];
        let rules: Vec<_> = rules.iter().map(String::as_str).collect();
        let model = read_datadog(&nodes(&rules)).expect("scorecards");
        insta::assert_snapshot!(lines(&model).join("\n"), @r#"
        a: a – red [], green ["It is there."], ["owner: platform", "level: 1"]
        c: c – red [], green ["It is there."], ["owner: platform", "level: 1"]
        b: b – red [], green ["It is there."], ["owner: platform", "level: 1"]
        "#);
        let titles: Vec<_> = model.pillars.iter().map(|pillar| pillar.title.as_str()).collect();
        assert_eq!(titles, ["Ops", "Security"]);
    }

    #[test]
    fn a_file_without_scorecards_is_none() {
        let others = nodes(&["{ openapi: 3.0.1, rules: [a, b] }", "{ rules: { a: b } }"]);
        assert!(read(&others, CORTEX).is_none() && read_datadog(&others).is_none());
    }
}
