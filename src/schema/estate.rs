//! Narrowing a schema to one estate: where a file names something, the names that the estate has.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::form::Syntax;
use crate::eval::judgements_in_force;
use crate::load::keys::Form;
use crate::model::{Category, Estate, Rubric, ServiceId};

/// The names that may stand in a file, by what they name. Of what isn't here, any is fine.
#[derive(Default)]
pub(super) struct KnownNames(HashMap<Form, NameChoice>);

/// Names with what an editor shows of each.
pub(super) struct NameChoice {
    names: Vec<(String, String)>,
    pub limits: Limits,
}

/// Whether others would be errors.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Limits {
    /// They would.
    Only,
    /// These are only the ones that are known.
    Suggested,
}

/// Names for service files.
pub(super) fn for_services(estate: &Estate) -> KnownNames {
    let mut names = KnownNames::default();
    let services = estate.services();
    let mut providers: Vec<_> =
        services.iter().map(|service| (service.id.to_string(), service.title.clone())).collect();
    // A name that comes from a path may be no id.
    let unreadable = estate.service_names().skip(services.len());
    let unreadable = unreadable.filter(|name| ServiceId::new(name).is_ok());
    providers.extend(unreadable.map(str::to_owned).map(bare));
    providers.extend(past_providers(estate).into_iter().map(|id| bare(id.to_string())));
    // Where the id in a file is unknown, it may be any.
    let limits = if estate.unidentified().is_empty() { Limits::Only } else { Limits::Suggested };
    names.add(Form::Provider, limits, providers);
    let identities = || services.iter().map(|service| service.identities.latest());
    let platforms = identities().map(|identity| identity.platform.to_string());
    names.add(Form::Platform, Limits::Suggested, platforms.map(bare));
    names.add(Form::Category, Limits::Only, categories(estate));
    names.add(Form::CategoryName, Limits::Only, categories(estate).chain(qualified_categories(estate)));
    add_domains(&mut names, estate, Limits::Only);
    add_common(&mut names, estate);
    names
}

/// Old ids of services, and what only ratings that others replaced since name: both may stand in a file.
fn past_providers(estate: &Estate) -> BTreeSet<&ServiceId> {
    let services = estate.services();
    let assessments = || services.iter().flat_map(|service| &service.assessments);
    let judgements = assessments().flat_map(|assessment| &assessment.judgements);
    let mut past: BTreeSet<_> = judgements.filter_map(|judgement| judgement.verdict.provider()).collect();
    if let Some(last) = assessments().map(|assessment| assessment.date).max() {
        let in_force = services.iter().flat_map(|service| judgements_in_force(estate, service, last));
        for provider in in_force.filter_map(|record| record.judgement.verdict.provider()) {
            past.remove(provider);
        }
    }
    past.extend(estate.old_ids().map(|(old, _)| old));
    past
}

/// Names for rubrics. Categories of the previous major may be any: that is for `rubric lint` to say.
pub(super) fn for_rubrics(estate: &Estate) -> KnownNames {
    let mut names = KnownNames::default();
    names.add(Form::Category, Limits::Suggested, categories(estate));
    add_common(&mut names, estate);
    names
}

/// Names for the settings. Domains and levels are what the same file says; so others are only not known yet.
pub(super) fn for_settings(estate: &Estate) -> KnownNames {
    let mut names = KnownNames::default();
    add_domains(&mut names, estate, Limits::Suggested);
    add_common(&mut names, estate);
    names
}

fn add_common(names: &mut KnownNames, estate: &Estate) {
    names.add(Form::Level, Limits::Only, estate.settings.criticality.names().map(str::to_owned).map(bare));
    let rubrics = || estate.rubrics.iter().rev();
    names.add(
        Form::KnownRubric,
        Limits::Only,
        rubrics().map(|rubric| (rubric.id.to_string(), rubric.title.clone())),
    );
    names.add(
        Form::Rubric,
        Limits::Only,
        rubrics().map(|rubric| (rubric.key().to_string(), rubric.title.clone())),
    );
    let written = estate.services().iter().flat_map(|service| &service.identities.latest().tags);
    let asked = estate.rubrics.categories().flat_map(|(_, category)| category.applies_to.tags.iter());
    names.add(Form::Tag, Limits::Suggested, written.chain(asked).cloned().map(bare));
}

/// The domains that the settings list; if they list none, those that services name.
fn add_domains(names: &mut KnownNames, estate: &Estate, limits: Limits) {
    let listed = &estate.settings.domains;
    if listed.is_empty() {
        let written = estate.services().iter().map(|service| service.identities.latest().domain.to_string());
        names.add(Form::Domain, Limits::Suggested, written.map(bare));
    } else {
        names.add(
            Form::Domain,
            limits,
            listed.iter().map(|domain| (domain.id.to_string(), domain.title.clone())),
        );
    }
}

/// Every category of every rubric, newest first.
fn categories(estate: &Estate) -> impl Iterator<Item = (String, String)> {
    let all = estate.rubrics.categories();
    all.map(|(_, category)| (category.id.to_string(), in_short(category)))
}

/// The same with their rubrics.
fn qualified_categories(estate: &Estate) -> impl Iterator<Item = (String, String)> {
    let all = estate.rubrics.categories();
    all.map(|(rubric, category)| (format!("{}/{}", rubric.id, category.id), in_short(category)))
}

/// The categories of one rubric, where nothing else may stand.
pub(super) fn only_categories_of(rubric: &Rubric) -> KnownNames {
    let all = rubric.categories.iter();
    let mut names = KnownNames::default();
    let categories = all.map(|category| (category.id.to_string(), in_short(category)));
    names.add(Form::Category, Limits::Only, categories);
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

impl KnownNames {
    /// Each name once, as it comes first.
    fn add(&mut self, form: Form, limits: Limits, all: impl IntoIterator<Item = (String, String)>) {
        let mut names: Vec<(String, String)> = Vec::new();
        let mut seen = HashSet::new();
        names.extend(all.into_iter().filter(|(name, _)| seen.insert(name.clone())));
        if !names.is_empty() {
            self.0.insert(form, NameChoice { names, limits });
        }
    }

    /// The names that may stand in a text of a form, where they are known.
    pub fn get(&self, form: Form) -> Option<&NameChoice> {
        self.0.get(&form)
    }
}

impl NameChoice {
    /// The names, and what they mean if that is known of any.
    pub fn words(&self, syntax: Syntax) -> Map<String, Value> {
        let mut words = Vec::new();
        let mut meanings = Vec::new();
        for (name, meaning) in &self.names {
            words.push(Value::from(name.as_str()));
            meanings.push(meaning.as_str());
            // Without quotes, YAML hands `2024` over as a number.
            let as_written: Option<Value> = serde_json::from_str(name).ok();
            if let Some(value @ (Value::Number(_) | Value::Bool(_))) = as_written
                && syntax == Syntax::Yaml
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

    /// Keys of a table that have a name each, all with such a value.
    pub fn keys(&self, value: &Value) -> Value {
        let keys = self.names.iter().map(|(name, meaning)| {
            let mut value = value.clone();
            if !meaning.is_empty() {
                value["description"] = meaning.as_str().into();
            }
            (name.clone(), value)
        });
        keys.collect::<Map<_, _>>().into()
    }
}
