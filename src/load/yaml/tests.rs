//! The reading of YAML held against another reader, and against anything at all.

use proptest::prelude::*;
use serde_json::Value as Json;

use super::{MAX_ALIASED, parse};
use crate::diag::{Code, Problems};
use crate::source::{FileId, Node, Value};

fn read(text: &str) -> (Option<Node>, Vec<Code>) {
    let mut problems = Problems::default();
    let node = parse(text, FileId::from_index(0), &mut problems);
    (node, problems.iter().map(|problem| problem.code).collect())
}

/// A tree in which every scalar is text, as JSON.
fn as_json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar(text, _) => Json::String(text.clone()),
        Value::List(items) => items.iter().map(as_json).collect(),
        Value::Table(entries) => {
            entries.iter().map(|entry| (entry.key.value.clone(), as_json(&entry.node))).collect()
        }
    }
}

/// What another reader makes of a text, with numbers and truth values turned back into text.
fn other_reader(text: &str) -> Option<Json> {
    fn textual(json: Json) -> Json {
        match json {
            Json::Bool(truth) => Json::String(truth.to_string()),
            Json::Number(number) => Json::String(number.to_string()),
            Json::Array(items) => items.into_iter().map(textual).collect(),
            Json::Object(entries) => entries.into_iter().map(|(key, value)| (key, textual(value))).collect(),
            Json::Null | Json::String(_) => json,
        }
    }
    serde_yaml::from_str(text).ok().map(textual)
}

/// Values as a person would write them, in block or flow style, plain or quoted.
fn value() -> impl Strategy<Value = (String, String)> {
    let plain = "[a-z][a-z ]{0,8}[a-z]".prop_filter("words that mean something else", |word| {
        !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(&word.as_str())
    });
    let scalar = prop_oneof![
        plain,
        "[a-zé抽🎁 :#,]{0,12}".prop_map(|text| format!("'{text}'")),
        "[a-zé抽🎁 :#,]{0,12}".prop_map(|text| format!("\"{text}\\u00e9\"")),
    ];
    let flow = scalar.clone().prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| format!("[{}]", items.join(", "))),
            proptest::collection::btree_map("[a-z]{1,6}", inner, 0..4).prop_map(|entries| {
                let entries: Vec<_> =
                    entries.iter().map(|(key, value)| format!("'{key}': {value}")).collect();
                format!("{{ {} }}", entries.join(", "))
            }),
        ]
    });
    ("[a-z]{1,6}", flow)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_is_read_as_another_reader_reads_it(
        entries in proptest::collection::btree_map("[a-z]{1,6}", value(), 1..5), windows in any::<bool>(),
    ) {
        let lines: Vec<_> = entries.iter().map(|(key, (inner, value))| format!("'{key}':\n  - '{inner}': {value}\n")).collect();
        let newline = if windows { "\r\n" } else { "\n" };
        let text = lines.concat().replace('\n', newline);
        let (node, codes) = read(&text);
        prop_assert_eq!(codes, []);
        let expected = other_reader(&text);
        prop_assert!(expected.is_some(), "{}", text);
        prop_assert_eq!(node.as_ref().map(as_json), expected);
    }

    #[test]
    fn whatever_the_text_there_is_a_tree_or_a_reason_and_places_lie_within_it(
        text in r#"([a-c]: |- |\[|\]|\{|\}|,|"|'|&a |\*a|!t |#|\n|\n  |\n\t|---|\.\.\.|\||>|é|<<|\?|%|\\|x){0,60}"#,
    ) {
        let (node, codes) = read(&text);
        prop_assert!(node.is_some() || !codes.is_empty());
        if let Some(node) = node {
            within(&node, &text)?;
        }
    }
}

fn within(node: &Node, text: &str) -> Result<(), TestCaseError> {
    prop_assert!(text.get(node.span.range()).is_some(), "{:?}", node.span);
    match &node.value {
        Value::Null | Value::Scalar(..) => {}
        Value::List(items) => {
            for item in items {
                within(item, text)?;
            }
        }
        Value::Table(entries) => {
            for entry in entries {
                prop_assert!(text.get(entry.key.span.range()).is_some());
                within(&entry.node, text)?;
            }
        }
    }
    Ok(())
}

#[test]
fn what_yaml_1_1_took_for_something_else_stays_text() {
    let (node, _) = read("[no, on, 0123, 1e3, 2026-11-03, 12:30:00, .inf]");
    let texts = serde_json::json!(["no", "on", "0123", "1e3", "2026-11-03", "12:30:00", ".inf"]);
    assert_eq!(node.as_ref().map(as_json), Some(texts));
}

#[test]
fn an_alias_stands_for_the_whole_value() {
    let (node, codes) = read("a: &x { b: [1, 2] }\nc: *x\n");
    assert_eq!(codes, []);
    let expected = serde_json::json!({ "a": { "b": ["1", "2"] }, "c": { "b": ["1", "2"] } });
    assert_eq!(node.as_ref().map(as_json), Some(expected));
}

#[test]
fn aliases_are_refused_when_they_stand_for_too_much() {
    let list = vec!["x"; MAX_ALIASED / 2].join(", ");
    let (node, codes) = read(&format!("a: &x [{list}]\nb: *x\n"));
    assert!(node.is_some() && codes.is_empty());
    let (node, codes) = read(&format!("a: &x [{list}]\nb: *x\nc: *x\n"));
    assert_eq!((node, codes), (None, vec![Code::TooComplex]));
}

#[test]
fn of_two_equal_keys_neither_is_lost_silently() {
    let (node, codes) = read("a: 1\nb: 2\na: 3\n");
    assert_eq!(codes, [Code::DuplicateKey]);
    assert_eq!(node.as_ref().map(as_json), Some(serde_json::json!({ "a": "1", "b": "2" })));
}
