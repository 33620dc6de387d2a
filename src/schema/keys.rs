//! From the description of a file's keys to the JSON Schema of any such file.

use serde_json::{Map, Value, json};

use super::estate::{KnownNames, Limits};
use super::form::{self, Syntax};
use crate::load::keys::{Form, Items, Key, Kind, NOT_APPLICABLE, Presence, TableKeys, service, settings};
use crate::model::{Colour, EvidenceNeed, GateLevel, GatePolicy, GateRule, IdFrom};

/// The schema of a whole file. Draft-07: what editors know.
pub(super) fn file(keys: &TableKeys, id: &str, syntax: Syntax, names: &KnownNames) -> Value {
    let mut tables = Tables { syntax, names, definitions: Map::new() };
    let mut schema = tables.table(keys);
    schema["$id"] = id.into();
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = keys.name.into();
    schema["definitions"] = tables.definitions.into();
    schema
}

/// The schema of a key of a service file; a table in it is not defined.
pub(super) fn key(key: &Key, names: &KnownNames) -> Value {
    Tables { syntax: Syntax::Yaml, names, definitions: Map::new() }.key(key)
}

/// The schemas of the tables of a file.
struct Tables<'n> {
    syntax: Syntax,
    names: &'n KnownNames,
    definitions: Map<String, Value>,
}

impl Tables<'_> {
    fn table(&mut self, keys: &TableKeys) -> Value {
        let (own, named): (Vec<&Key>, Vec<&Key>) =
            keys.keys.iter().partition(|key| matches!(key.kind, Kind::Extension));
        let properties: Map<_, _> =
            named.into_iter().map(|key: &Key| (key.name.to_owned(), self.key(key))).collect();
        let required = keys.keys.iter().filter(|key| key.presence.is_required());
        let required: Vec<_> = required.map(|key| key.name).collect();
        let mut schema = json!({
            "description": keys.doc,
            "type": "object",
            "properties": properties,
            "additionalProperties": false
        });
        if let Some(own) = own.first() {
            schema["patternProperties"] = json!({ form::EXTENSION: { "description": own.doc } });
        }
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema
    }

    fn key(&mut self, key: &Key) -> Value {
        let nothing = match self.syntax {
            Syntax::Yaml if !key.presence.is_required() => Nothing::Allowed,
            Syntax::Yaml | Syntax::Toml => Nothing::Refused,
        };
        let mut schema = self.value(key.kind, nothing);
        let mut description = key.doc.to_owned();
        match (key.kind, key.presence) {
            (Kind::Rule(rule), _) => description = rule_description(rule),
            (_, Presence::OrMeans(words)) => description = format!("{description} Default: {words}."),
            (_, Presence::OrDefault(value)) => schema["default"] = value(),
            (_, Presence::Required | Presence::RequiredByReader | Presence::Optional) => {}
        }
        schema["description"] = description.into();
        schema
    }

    fn value(&mut self, kind: Kind, nothing: Nothing) -> Value {
        let mut schema = match kind {
            Kind::Text(form) => return self.text(form, None, nothing),
            Kind::Texts(form, items) => {
                let one = self.text(form, None, Nothing::Refused);
                return at_least(items, self.text(form, Some(one), nothing));
            }
            Kind::Date => date(),
            Kind::DateOr(keys) => json!({ "anyOf": [date(), self.reference(keys)] }),
            Kind::Dates => json!({ "type": "array", "items": date() }),
            Kind::Truth => json!({ "type": "boolean" }),
            Kind::Extension => json!({}),
            Kind::Count => json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX }),
            Kind::Number => json!({ "type": "number" }),
            Kind::Table(keys) => self.reference(keys),
            Kind::TextsOrTable(form, keys) => {
                let texts = self.value(Kind::Texts(form, Items::Any), Nothing::Refused);
                json!({ "anyOf": [texts, self.reference(keys)] })
            }
            Kind::TextsOrTables(form, keys) => {
                let text = self.text(form, None, Nothing::Refused);
                let item = json!({ "anyOf": [text, self.reference(keys)] });
                json!({ "anyOf": [text, { "type": "array", "items": item }] })
            }
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
                let category = self.text(Form::Category, None, Nothing::Refused);
                json!({ "anyOf": [{ "const": "all" }, { "type": "array", "items": category }] })
            }
            Kind::IdFrom => json!({ "type": "string", "enum": IdFrom::ALL.map(IdFrom::word) }),
            Kind::EvidenceNeed => {
                json!({ "type": "string", "enum": EvidenceNeed::ALL.map(EvidenceNeed::word) })
            }
            Kind::GateLevel => json!({ "type": "string", "enum": GateLevel::ALL.map(GateLevel::word) }),
            Kind::Rule(rule) => {
                json!({ "anyOf": [self.value(Kind::GateLevel, Nothing::Refused), self.reference(settings::of_rule(rule))] })
            }
            Kind::ByName(form, value) => self.by_name(form, *value),
            Kind::Word(words) => json!({ "type": "string", "enum": words }),
        };
        if nothing == Nothing::Allowed {
            allow_nothing(&mut schema);
        }
        schema
    }

    /// A table whose keys are names: those that are known have a place of their own.
    fn by_name(&mut self, form: Form, value: Kind) -> Value {
        let value = self.value(value, Nothing::Refused);
        let mut table = json!({ "type": "object" });
        if matches!(form, Form::Domain | Form::Platform) {
            table["patternProperties"] = json!({ form::NAME: value });
            table["additionalProperties"] = false.into();
        } else {
            table["additionalProperties"] = value.clone();
        }
        if let Some(choice) = self.names.get(form) {
            table["properties"] = choice.keys(&value);
        }
        table
    }

    /// A text, or also a list of `items`.
    fn text(&self, form: Form, items: Option<Value>, nothing: Nothing) -> Value {
        let any = form::schema(form);
        let list = items.map(|items| json!({ "type": "array", "items": items }));
        let syntax = if form == Form::Rubric { Syntax::Toml } else { self.syntax };
        let Some(choice) = self.names.get(form) else { return any_text(&any, syntax, list, nothing) };
        let mut words = choice.words(syntax);
        if choice.limits == Limits::Only && list.is_none() {
            if let (Nothing::Allowed, Some(Value::Array(words))) = (nothing, words.get_mut("enum")) {
                words.push(Value::Null);
            }
            return words.into();
        }
        let mut either = vec![Value::Object(words)];
        if choice.limits == Limits::Suggested {
            either.extend(plain_texts(&any, syntax, Nothing::Refused));
        }
        either.extend(list);
        if nothing == Nothing::Allowed {
            either.push(json!({ "type": "null" }));
        }
        json!({ "anyOf": either })
    }

    fn scores(&mut self, long: &TableKeys) -> Value {
        let either = [self.value(Kind::Colour, Nothing::Refused), self.reference(long)];
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

/// Demands no key that something else than the file may supply.
pub(super) fn leave_to_others(schema: &mut Value, keys: &TableKeys) {
    let required = keys.keys.iter().filter(|key| matches!(key.presence, Presence::Required));
    schema["required"] = required.map(|key| key.name).collect();
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

/// Whether a key may have nothing behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nothing {
    Allowed,
    Refused,
}

/// A text of a form of which no names are known, or also a list.
fn any_text(any: &Value, syntax: Syntax, list: Option<Value>, nothing: Nothing) -> Value {
    let mut schema = any.clone();
    match (syntax, list) {
        (Syntax::Toml, None) => {}
        (Syntax::Toml, Some(list)) => {
            schema["type"] = json!(["string", "array"]);
            schema["items"] = list["items"].clone();
        }
        (Syntax::Yaml, list) => {
            let mut either = plain_texts(any, syntax, nothing);
            either.splice(1..1, list);
            schema = json!({ "anyOf": either });
            if let Some(examples) = any.get("examples") {
                schema["examples"] = examples.clone();
            }
        }
    }
    schema
}

/// A text in quotes, and what YAML makes of one without. The schema says it by exclusion: where a schema lists truth values
/// as a type, editors offer `true` and `false` for every title.
fn plain_texts(any: &Value, syntax: Syntax, nothing: Nothing) -> Vec<Value> {
    let mut text = json!({ "type": "string" });
    if let Some(pattern) = any.get("pattern") {
        text["pattern"] = pattern.clone();
    }
    let others = match (syntax, nothing) {
        (Syntax::Toml, _) => return vec![text],
        (Syntax::Yaml, Nothing::Allowed) => json!(["string", "array", "object"]),
        (Syntax::Yaml, Nothing::Refused) => json!(["string", "array", "object", "null"]),
    };
    vec![text, json!({ "not": { "type": others } })]
}

/// Only a verdict must have something: nothing would be a score without a colour.
fn allow_nothing(schema: &mut Value) {
    if let Some(Value::Array(either)) = schema.get_mut("anyOf") {
        either.push(json!({ "type": "null" }));
    }
    let Some(only) = schema.get_mut("type") else { return };
    *only = json!([only, "null"]);
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
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
