//! Datadog: service definitions of the schemas v2, v2.1 and v2.2, and entities of v3.

use crate::diag::Problems;
use crate::model::Link;
use crate::source::{Node, Spanned, Value};

use super::fields::Fields;
use super::part::{CatalogPart, PartReference};
use super::{PartReading, nameless};

pub(super) fn read(document: Fields<'_>, problems: &mut Problems) -> PartReading {
    let version = document.text("schema-version", problems);
    let api = document.text("apiVersion", problems);
    match (version.as_ref().map(|it| it.value.as_str()), api.as_ref().map(|it| it.value.as_str())) {
        (Some("v2" | "v2.1" | "v2.2"), _) => definition(document, problems),
        (_, Some("v3")) => entity(document, problems),
        (Some(other), _) => PartReading::Skipped(format!("schema version `{other}`")),
        (None, _) => PartReading::OtherFormat,
    }
}

/// The definitions in an answer of the API to a question for definitions or entities.
pub(super) fn answered(document: &Node) -> Vec<&Node> {
    let lists = ["data", "included"].into_iter().filter_map(|key| document.get(key));
    let items = lists.flat_map(|list| match &list.value {
        Value::List(items) => items.as_slice(),
        Value::Null | Value::Scalar(..) | Value::Table(_) => &[],
    });
    items.filter_map(|item| item.get("attributes")?.get("schema")).collect()
}

/// A definition of v2, v2.1 or v2.2.
fn definition(document: Fields<'_>, problems: &mut Problems) -> PartReading {
    let Some(name) = document.text("dd-service", problems) else { return nameless("dd-service") };
    let mut part = CatalogPart::new("service", name);
    let entry = &mut part.entry;
    let team = document.text("team", problems);
    entry.owner = team.or_else(|| document.text("dd-team", problems)).map(without_kind);
    entry.platform = document.text("application", problems);
    entry.criticality = document.text("tier", problems);
    entry.lifecycle = document.text("lifecycle", problems);
    entry.tags = document.texts("tags", problems);
    entry.links = links(document, problems);
    PartReading::Part(Box::new(part))
}

/// An entity of v3.
fn entity(document: Fields<'_>, problems: &mut Problems) -> PartReading {
    let Some(kind) = document.text("kind", problems) else { return nameless("kind") };
    let Some(metadata) = document.table("metadata", problems) else { return nameless("metadata.name") };
    let Some(name) = metadata.text("name", problems) else { return nameless("metadata.name") };
    let mut part = CatalogPart::new(&kind.value, name);
    let entry = &mut part.entry;
    entry.title = metadata.text("displayName", problems);
    entry.owner = metadata.text("owner", problems).map(without_kind);
    entry.tags = metadata.texts("tags", problems);
    entry.links = links(metadata, problems);
    let reference = |text: &_| PartReference::parse(text, "system");
    if let Some(spec) = document.table("spec", problems) {
        entry.criticality = spec.text("tier", problems);
        entry.lifecycle = spec.text("lifecycle", problems);
        part.parents = spec.texts("componentOf", problems).iter().map(reference).collect();
        let components = spec.texts("components", problems);
        part.children = components.iter().map(|text| PartReference::parse(text, "service")).collect();
    }
    // The older way to say of which system something is part.
    part.parents.extend(metadata.text("inheritFrom", problems).as_ref().map(reference));
    PartReading::Part(Box::new(part))
}

fn links(table: Fields<'_>, problems: &mut Problems) -> Vec<Link> {
    let lists = ["links", "docs", "repos"];
    lists.into_iter().flat_map(|key| table.links(key, &["name", "type"], problems)).collect()
}

/// An owner may be written as a reference, such as `team:default/checkout`.
fn without_kind(owner: Spanned<String>) -> Spanned<String> {
    let kinds = ["team:", "group:", "user:"];
    match kinds.iter().find_map(|kind| owner.value.strip_prefix(kind)) {
        Some(rest) => {
            let name = rest.rsplit('/').next().unwrap_or(rest).to_owned();
            Spanned::new(name, owner.span)
        }
        None => owner,
    }
}
