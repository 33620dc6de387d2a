//! From the description of a file's keys to the JSON Schema of any such file.

use serde_json::{Map, Value, json};

use super::form;
use super::marks::{DOMAIN, KEYS, LEVEL};
use crate::load::keys::{Form, Items, Key, Kind, NOT_APPLICABLE, Presence, TableKeys, service, settings};
use crate::model::{Colour, GateLevel, GatePolicy, GateRule};

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// What has no quotes is text here, and a number or a truth value to a validator. A key may have nothing behind it.
    Yaml,
    /// Every value has one type, and every key a value.
    Toml,
}

/// The schema of a whole file. Draft-07: what editors know.
pub(super) fn file(keys: &TableKeys, id: &str, syntax: Syntax) -> Value {
    let mut tables = Tables { syntax, definitions: Map::new() };
    let mut schema = tables.table(keys);
    schema["$id"] = id.into();
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = keys.name.into();
    schema["definitions"] = tables.definitions.into();
    schema
}

/// The schemas of the tables of a file.
struct Tables {
    syntax: Syntax,
    definitions: Map<String, Value>,
}

impl Tables {
    fn table(&mut self, keys: &TableKeys) -> Value {
        let properties: Map<_, _> =
            keys.keys.iter().map(|key| (key.name.to_owned(), self.key(key))).collect();
        let required = keys.keys.iter().filter(|key| key.presence.is_required());
        let required: Vec<_> = required.map(|key| key.name).collect();
        let mut schema = json!({
            "description": keys.doc,
            "type": "object",
            "properties": properties,
            "additionalProperties": false
        });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema
    }

    fn key(&mut self, key: &Key) -> Value {
        let mut schema = self.value(key.kind);
        let mut description = key.doc.to_owned();
        match (key.kind, key.presence) {
            (Kind::Rule(rule), _) => description = rule_description(rule),
            (_, Presence::OrMeans(words)) => description = format!("{description} Default: {words}."),
            (_, Presence::OrDefault(value)) => schema["default"] = value(),
            (_, Presence::Required | Presence::RequiredByReader | Presence::Optional) => {}
        }
        schema["description"] = description.into();
        if self.syntax == Syntax::Yaml && !key.presence.is_required() {
            or_nothing(&mut schema);
        }
        schema
    }

    fn value(&mut self, kind: Kind) -> Value {
        match kind {
            Kind::Text(form) => self.text(form),
            Kind::Texts(form, items) => self.texts(form, items),
            Kind::Date => date(),
            Kind::Dates => json!({ "type": "array", "items": date() }),
            Kind::Truth => json!({ "type": "boolean" }),
            Kind::Count => json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX }),
            Kind::Number => json!({ "type": "number" }),
            Kind::Table(keys) => self.reference(keys),
            Kind::Tables(keys, items) => {
                at_least(items, json!({ "type": "array", "items": self.reference(keys) }))
            }
            Kind::Colour => json!({ "type": "string", "enum": Colour::ALL.map(Colour::word) }),
            Kind::Verdict => {
                let words: Vec<_> =
                    Colour::ALL.map(Colour::word).into_iter().chain([NOT_APPLICABLE]).collect();
                json!({ "enum": words })
            }
            Kind::Scores(long) => self.scores(long),
            Kind::Confirmed => {
                let category = self.text(Form::Category);
                json!({ "anyOf": [{ "const": "all" }, { "type": "array", "items": category }] })
            }
            Kind::GateLevel => json!({ "type": "string", "enum": GateLevel::ALL.map(GateLevel::word) }),
            Kind::Rule(rule) => {
                json!({ "anyOf": [self.value(Kind::GateLevel), self.reference(settings::of_rule(rule))] })
            }
            Kind::ByDomain(value) => json!({
                "type": "object",
                "patternProperties": { form::NAME: self.value(*value) },
                "additionalProperties": false,
                KEYS: DOMAIN
            }),
            Kind::ByCriticality(value) => {
                json!({ "type": "object", "additionalProperties": self.value(*value), KEYS: LEVEL })
            }
        }
    }

    fn text(&self, form: Form) -> Value {
        let mut schema = form::schema(form);
        if self.syntax == Syntax::Yaml && form != Form::Rubric {
            schema["type"] = json!(["string", "number", "boolean"]);
        }
        schema
    }

    /// A list of texts, or one text alone.
    fn texts(&self, form: Form, items: Items) -> Value {
        let one = self.text(form);
        let mut schema = one.clone();
        schema["type"] = or_type(&one["type"], "array");
        schema["items"] = one;
        at_least(items, schema)
    }

    fn scores(&mut self, long: &TableKeys) -> Value {
        let either = [self.value(Kind::Colour), self.reference(long)];
        let description = "A colour, or a table with a colour and its reason.";
        self.definitions.insert("Score".to_owned(), json!({ "description": description, "anyOf": either }));
        json!({
            "type": "object",
            "propertyNames": { "pattern": form::schema(Form::Category)["pattern"] },
            "additionalProperties": { "$ref": "#/definitions/Score" }
        })
    }

    fn reference(&mut self, keys: &TableKeys) -> Value {
        if !self.definitions.contains_key(keys.name) {
            let table = self.table(keys);
            self.definitions.insert(keys.name.to_owned(), table);
        }
        json!({ "$ref": format!("#/definitions/{}", keys.name) })
    }
}

fn date() -> Value {
    json!({ "type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
}

fn at_least(items: Items, mut list: Value) -> Value {
    match items {
        Items::Any => {}
        Items::Some => list["minItems"] = 1.into(),
        Items::Distinct => {
            list["minItems"] = 1.into();
            list["uniqueItems"] = true.into();
        }
    }
    list
}

/// A key may have nothing behind it. Only a verdict may not: that is a score without a colour.
fn or_nothing(schema: &mut Value) {
    if let Some(Value::Array(either)) = schema.get_mut("anyOf") {
        either.push(json!({ "type": "null" }));
    }
    let Some(types) = schema.get_mut("type") else { return };
    *types = or_type(types, "null");
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
}

/// One or several types, and one more.
fn or_type(types: &Value, other: &str) -> Value {
    let mut types = types.as_array().cloned().unwrap_or_else(|| vec![types.clone()]);
    types.push(other.into());
    types.into()
}

fn rule_description(rule: GateRule) -> String {
    let levels = GatePolicy::default().levels(rule).clone();
    let (golden, other) = (levels.golden_thread.word(), levels.elsewhere.word());
    let default = if rule.is_about_the_estate() || golden == other {
        other.to_owned()
    } else {
        format!("{golden} in Golden Thread services, {other} elsewhere")
    };
    format!("What is found: {}. Default: {default}.", rule.summary())
}

/// Adds what a score in long form must hold: of `rag` and `inherited-from` exactly one, and a reason for what is not
/// applicable.
pub(super) fn demand_one_verdict(schema: &mut Value) {
    let long = &mut schema["definitions"][service::SCORE.name];
    long["if"] = json!({
        "required": ["inherited-from"],
        "properties": { "inherited-from": { "not": { "type": "null" } } }
    });
    long["then"] = json!({ "properties": { "rag": false } });
    long["else"] = json!({ "required": ["rag"] });
    long["allOf"] = json!([{
        "if": { "required": ["rag"], "properties": { "rag": { "const": NOT_APPLICABLE } } },
        "then": {
            "required": ["because"],
            "properties": { "because": { "not": { "type": "null" }, "pattern": form::HAS_A_LETTER } }
        }
    }]);
}
