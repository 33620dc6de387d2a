//! Scores by the rubrics of an estate: each assessment completes the categories of its own rubric.

use serde_json::{Map, Value, json};

use super::estate::{one_line, only_categories_of};
use super::keys;
use crate::load::keys::NOT_APPLICABLE;
use crate::load::keys::service::ASSESSMENT;
use crate::model::{Category, Colour, Definition, Estate, Rubric, RubricKey};

/// Puts the categories of every rubric into the schema of service files, and what only the Golden Thread asks for.
pub(super) fn put_into(schema: &mut Value, estate: &Estate) {
    let long = long_form(&schema["definitions"]["LongScore"]);
    let loose = json!({ "type": ["object", "null"] });
    let loosely_confirmed = json!({ "anyOf": [{ "const": "all" }, { "type": ["array", "null"] }] });
    let assessment = &mut schema["definitions"]["Assessment"];
    replace(&mut assessment["properties"]["scores"], &loose);
    replace(&mut assessment["properties"]["confirmed"], &loosely_confirmed);
    let no_rubric = json!({ "properties": { "rubric": { "type": "null" } } });
    let mut choices = vec![choice(&no_rubric, &estate.default_rubric().key())];
    for rubric in estate.rubrics.iter() {
        let key = rubric.key();
        let pins =
            json!({ "required": ["rubric"], "properties": { "rubric": { "const": key.to_string() } } });
        choices.push(choice(&pins, &key));
        schema["definitions"][scores_name(&key)] = scores(rubric, &long);
        let names = only_categories_of(rubric);
        let confirmed = ASSESSMENT.find("confirmed").expect("a key of an assessment");
        schema["definitions"][confirmed_name(&key)] = keys::key(confirmed, &names);
    }
    schema["definitions"]["Assessment"]["allOf"] = choices.into();
    if let Some(definitions) = schema["definitions"].as_object_mut() {
        definitions.remove("Score");
    }
    let top = estate.settings.criticality.top().name();
    schema["if"] =
        json!({ "required": ["golden-thread"], "properties": { "golden-thread": { "const": true } } });
    schema["then"] = json!({ "properties": { "criticality": { "const": top } } });
}

/// Other keywords for a schema, with the description that it has.
fn replace(schema: &mut Value, keywords: &Value) {
    let description = schema["description"].take();
    *schema = keywords.clone();
    schema["description"] = description;
}

/// In such an assessment, the categories of this rubric.
fn choice(assessment: &Value, rubric: &RubricKey) -> Value {
    let properties = json!({
        "scores": { "$ref": format!("#/definitions/{}", scores_name(rubric)) },
        "confirmed": { "$ref": format!("#/definitions/{}", confirmed_name(rubric)) }
    });
    json!({ "if": assessment, "then": { "properties": properties } })
}

fn scores_name(rubric: &RubricKey) -> String {
    format!("Scores-{}-{}", rubric.id, rubric.major)
}

fn confirmed_name(rubric: &RubricKey) -> String {
    format!("Confirmed-{}-{}", rubric.id, rubric.major)
}

/// Category → score, by one rubric.
fn scores(rubric: &Rubric, long: &Value) -> Value {
    let categories = rubric.categories.iter();
    let properties: Map<_, _> =
        categories.map(|category| (category.id.to_string(), score(rubric, category, long))).collect();
    let description = format!("Categories of {}, {}, each with its colour.", rubric.key(), rubric.title);
    json!({
        "description": description,
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": false
    })
}

/// The long form of a score, with keys that refer to the one that all categories share.
fn long_form(shared: &Value) -> Value {
    let mut long = shared.clone();
    // The category's own description is the one to show.
    long.as_object_mut().into_iter().for_each(|long| drop(long.remove("description")));
    for (key, schema) in long["properties"].as_object_mut().into_iter().flatten() {
        *schema = json!({ "$ref": format!("#/definitions/LongScore/properties/{key}") });
    }
    long
}

/// The score of one category, with what its colours mean.
fn score(rubric: &Rubric, category: &Category, long: &Value) -> Value {
    let (colours, meanings): (Vec<_>, Vec<_>) =
        category.definitions().map(|(colour, definition)| (colour.word(), statements(definition))).unzip();
    let short = json!({ "enum": colours, "enumDescriptions": meanings });
    let inapplicable = "It makes no sense for this service, for a reason given in `because`.";
    let words: Vec<_> = colours.iter().copied().chain([NOT_APPLICABLE]).collect();
    let meanings: Vec<_> = meanings.iter().map(String::as_str).chain([inapplicable]).collect();
    let found = json!({ "description": "What was found.", "enum": words, "enumDescriptions": meanings });
    let mut long = long.clone();
    long["properties"]["rag"] = found;
    json!({
        "title": one_line(&category.title),
        "description": in_full(rubric, category),
        "anyOf": [short, long]
    })
}

/// A category as an editor shows it: the question, what each colour means, who is asked, where to read on.
fn in_full(rubric: &Rubric, category: &Category) -> String {
    let mut lines: Vec<_> = category.question.iter().map(|question| one_line(question)).collect();
    for (colour, definition) in category.definitions() {
        lines.push(format!("{}: {}", name(colour), statements(definition)));
    }
    lines.extend(category.facts());
    lines.extend(category.guidance.iter().map(|guidance| one_line(&guidance.to_string())));
    let pillar = &rubric.pillar_of(category).title;
    lines.push(format!("Pillar {} of {}.", one_line(pillar), rubric.key()));
    lines.join("\n\n")
}

fn name(colour: Colour) -> &'static str {
    match colour {
        Colour::Red => "Red",
        Colour::Amber => "Amber",
        Colour::Green => "Green",
    }
}

/// Statements of which all must hold, one after the other.
fn statements(definition: &Definition) -> String {
    let statements: Vec<_> = definition.statements.iter().map(|statement| one_line(statement)).collect();
    statements.join(" ")
}
