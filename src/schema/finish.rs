//! What is done to every schema in the end, so that editors show it as it is meant.

use serde_json::{Map, Value, json};

/// Of a file in YAML.
pub(super) fn of_yaml(schema: &mut Value) {
    everywhere(schema, &|schema| {
        join_choices(schema);
        offer_no_truth(schema);
    });
}

fn everywhere(value: &mut Value, change: &impl Fn(&mut Map<String, Value>)) {
    match value {
        Value::Object(schema) => {
            schema.values_mut().for_each(|inner| everywhere(inner, change));
            change(schema);
        }
        Value::Array(several) => several.iter_mut().for_each(|inner| everywhere(inner, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A choice of which one is a choice again is one choice of all of these.
fn join_choices(schema: &mut Map<String, Value>) {
    let Some(Value::Array(either)) = schema.get_mut("anyOf") else { return };
    let inner = |mut one: Value| match one.as_object_mut() {
        Some(choice) if choice.len() == 1 && choice.contains_key("anyOf") => {
            let inner = choice.remove("anyOf");
            inner.as_ref().and_then(Value::as_array).cloned().unwrap_or_default()
        }
        Some(_) | None => vec![one],
    };
    *either = std::mem::take(either).into_iter().flat_map(inner).collect();
}

/// A text, or what YAML makes of one without quotes, said by what it is not: where a schema lists truth values as a type,
/// editors offer `true` and `false` for every title.
fn offer_no_truth(schema: &mut Map<String, Value>) {
    let Some(types) = schema.get("type").and_then(Value::as_array) else { return };
    let has = |name: &str| types.iter().any(|it| it == name);
    if !(has("string") && has("boolean")) {
        return;
    }
    let mut others = vec!["string", "array", "object"];
    if !has("null") {
        others.push("null");
    }
    let is_list_too = has("array");
    schema.remove("type");
    let mut text = Map::from_iter([("type".to_owned(), json!("string"))]);
    text.extend(schema.remove_entry("pattern"));
    let mut either = vec![Value::Object(text)];
    if is_list_too {
        either.push(json!({ "type": "array", "items": schema.remove("items") }));
    }
    either.push(json!({ "not": { "type": others } }));
    schema.insert("anyOf".to_owned(), either.into());
}
