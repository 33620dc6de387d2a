//! Narrowing a schema to one estate: where a file names something, the names that the estate has.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::marks::{CATEGORY, DOMAIN, IDS, KEYS, LEVEL, PLATFORM, PROVIDER, RUBRIC, TAG};
use crate::model::{Category, Estate, Rubric, Service, ServiceId};

/// The names that may stand in a file, by what they name. Of what isn't here, any is fine.
#[derive(Default)]
pub(super) struct Names(BTreeMap<&'static str, Choice>);

/// Names with what an editor shows of each.
struct Choice {
    names: Vec<(String, String)>,
    limits: Limits,
}

/// Whether others would be errors.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Limits {
    /// They would.
    Only,
    /// These are only the ones that are known.
    Suggested,
}

/// Names for service files. `left_out` are services that are there, but can't be read.
pub(super) fn for_services(estate: &Estate, left_out: &[String]) -> Names {
    let mut names = Names::default();
    let services = estate.services();
    let mut providers: Vec<_> =
        services.iter().map(|service| (service.id.to_string(), service.title.clone())).collect();
    // Of some not even the id is known.
    let left_out = left_out.iter().filter(|name| ServiceId::new(name).is_ok());
    providers.extend(left_out.cloned().map(bare));
    names.add(PROVIDER, Limits::Only, providers);
    let platforms = services.iter().map(|service| service.platform.to_string());
    names.add(PLATFORM, Limits::Suggested, platforms.map(bare));
    names.add(CATEGORY, Limits::Only, categories(estate));
    add_domains(&mut names, estate, Limits::Only);
    add_common(&mut names, estate);
    names
}

/// Names for rubrics. Categories of the previous major may be any: that is for `rubric lint` to say.
pub(super) fn for_rubrics(estate: &Estate) -> Names {
    let mut names = Names::default();
    names.add(CATEGORY, Limits::Suggested, categories(estate));
    add_common(&mut names, estate);
    names
}

/// Names for the settings. Domains and levels are what the same file says; so others are only not known yet.
pub(super) fn for_settings(estate: &Estate) -> Names {
    let mut names = Names::default();
    add_domains(&mut names, estate, Limits::Suggested);
    add_common(&mut names, estate);
    names
}

fn add_common(names: &mut Names, estate: &Estate) {
    names.add(LEVEL, Limits::Only, estate.settings.criticality.names().map(str::to_owned).map(bare));
    let rubrics = estate.rubrics.iter().rev();
    names.add(RUBRIC, Limits::Only, rubrics.map(|rubric| (rubric.key().to_string(), rubric.title.clone())));
    let written = estate.services().iter().flat_map(|service| &service.tags);
    let asked = estate.rubrics.categories().flat_map(|(_, category)| &category.applies_to.tags);
    names.add(TAG, Limits::Suggested, written.chain(asked).cloned().map(bare));
}

/// The domains that the settings list; if they list none, those that services name.
fn add_domains(names: &mut Names, estate: &Estate, limits: Limits) {
    let listed = &estate.settings.domains;
    if listed.is_empty() {
        let written = estate.services().iter().map(|service: &Service| service.domain.to_string());
        names.add(DOMAIN, Limits::Suggested, written.map(bare));
    } else {
        names.add(DOMAIN, limits, listed.iter().map(|domain| (domain.id.to_string(), domain.title.clone())));
    }
}

/// Every category of every rubric, newest first.
fn categories(estate: &Estate) -> impl Iterator<Item = (String, String)> {
    let all = estate.rubrics.categories();
    all.map(|(_, category)| (category.id.to_string(), in_short(category)))
}

/// The categories of one rubric, where nothing else may stand.
pub(super) fn only_categories_of(rubric: &Rubric) -> Names {
    let all = rubric.categories.iter();
    let mut names = Names::default();
    let categories = all.map(|category| (category.id.to_string(), in_short(category)));
    names.add(CATEGORY, Limits::Only, categories);
    names
}

/// A category in a line: what it is called and what it asks.
fn in_short(category: &Category) -> String {
    let question = category.question.as_ref().map(|question| format!(": {}", one_line(question)));
    format!("{}{}", one_line(&category.title), question.unwrap_or_default())
}

/// A text without the line breaks of its file.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bare(name: String) -> (String, String) {
    (name, String::new())
}

impl Names {
    /// Each name once, as it comes first.
    fn add(&mut self, kind: &'static str, limits: Limits, all: impl IntoIterator<Item = (String, String)>) {
        let mut names: Vec<(String, String)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        names.extend(all.into_iter().filter(|(name, _)| seen.insert(name.clone())));
        if !names.is_empty() {
            self.0.insert(kind, Choice { names, limits });
        }
    }

    /// Puts the names in the places that are marked, and takes the marks away.
    pub fn put_into(&self, schema: &mut Value) {
        match schema {
            Value::Object(schema) => {
                schema.values_mut().for_each(|inner| self.put_into(inner));
                if let Some(choice) = self.marked(schema, IDS) {
                    choice.narrow(schema);
                }
                if let Some(choice) = self.marked(schema, KEYS) {
                    choice.offer_keys(schema);
                }
            }
            Value::Array(several) => several.iter_mut().for_each(|inner| self.put_into(inner)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn marked(&self, schema: &mut Map<String, Value>, mark: &str) -> Option<&Choice> {
        let kind = schema.remove(mark)?;
        self.0.get(kind.as_str()?)
    }
}

impl Choice {
    /// Turns the schema of any such text, or of a list or nothing besides, into one of these names.
    fn narrow(&self, schema: &mut Map<String, Value>) {
        let types = match schema.remove("type") {
            Some(Value::Array(types)) => types,
            single => single.into_iter().collect(),
        };
        let has = |name: &str| types.iter().any(|it| it == name);
        let pattern = schema.remove("pattern");
        schema.remove("examples");
        let mut words = self.words(has("boolean"));
        if self.limits == Limits::Only && !has("array") {
            if has("null") {
                words["enum"].as_array_mut().into_iter().for_each(|words| words.push(Value::Null));
            }
            schema.extend(words);
            return;
        }
        let mut either = vec![Value::Object(words)];
        if self.limits == Limits::Suggested {
            let types: Vec<_> = types.iter().filter(|it| *it != "array" && *it != "null").collect();
            let types = if let [only] = types.as_slice() { json!(only) } else { json!(types) };
            let mut other = Map::from_iter([("type".to_owned(), types)]);
            other.extend(pattern.map(|pattern| ("pattern".to_owned(), pattern)));
            either.push(other.into());
        }
        if has("array") {
            either.push(json!({ "type": "array", "items": schema.remove("items") }));
        }
        if has("null") {
            either.push(json!({ "type": "null" }));
        }
        schema.insert("anyOf".to_owned(), either.into());
    }

    /// The names, and what they mean if that is known of any.
    fn words(&self, is_plain: bool) -> Map<String, Value> {
        let mut words = Vec::new();
        let mut meanings = Vec::new();
        for (name, meaning) in &self.names {
            words.push(Value::from(name.as_str()));
            meanings.push(meaning.as_str());
            // Without quotes, YAML hands `2024` over as a number.
            let as_written: Option<Value> = serde_json::from_str(name).ok();
            if let Some(value @ (Value::Number(_) | Value::Bool(_))) = as_written
                && is_plain
            {
                words.push(value);
                meanings.push(meaning.as_str());
            }
        }
        let mut schema = Map::from_iter([("enum".to_owned(), Value::Array(words))]);
        if meanings.iter().any(|meaning| !meaning.is_empty()) {
            schema.insert("enumDescriptions".to_owned(), json!(meanings));
        }
        schema
    }

    /// Names keys that a table may have; which others it may have stays as it is.
    fn offer_keys(&self, schema: &mut Map<String, Value>) {
        let named = schema.get("patternProperties").and_then(Value::as_object);
        let value = named.and_then(|named| named.values().next()).or(schema.get("additionalProperties"));
        let Some(value) = value.cloned() else { return };
        let keys = self.names.iter().map(|(name, meaning)| {
            let mut value = value.clone();
            if !meaning.is_empty() {
                value["description"] = meaning.as_str().into();
            }
            (name.clone(), value)
        });
        let keys: Map<_, _> = keys.collect();
        schema.insert("properties".to_owned(), keys.into());
    }
}
