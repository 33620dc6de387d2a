//! OpsLevel: `opslevel.yml`.

use crate::diag::Problems;
use crate::source::{Node, Spanned};

use super::fields::{Fields, text};
use super::part::{CatalogPart, PartReference};
use super::{PartReading, nameless};

/// The keys under which a document describes something, and what that is.
const KINDS: [&str; 4] = ["service", "component", "system", "domain"];

pub(super) fn read(document: Fields<'_>, problems: &mut Problems) -> PartReading {
    let Some(kind) = KINDS.into_iter().find(|kind| document.get(kind).is_some()) else {
        return match ["repository", "team"].into_iter().find(|key| document.get(key).is_some()) {
            Some(other) => PartReading::Skipped(format!("describes a {other}")),
            None => PartReading::OtherFormat,
        };
    };
    let Some(table) = document.table(kind, problems) else { return PartReading::OtherFormat };
    let Some(name) = table.text("name", problems) else { return nameless(&format!("{kind}.name")) };
    let component_type = table.text("type", problems).filter(|_| kind == "component");
    let kind = match &component_type {
        Some(component_type) => component_type.value.as_str(),
        None if kind == "component" => "service",
        None => kind,
    };
    let mut part = CatalogPart::new(kind, name);
    let aliases = table.texts("aliases", problems).into_iter().chain(table.text("alias", problems));
    part.aliases = aliases.map(|alias| alias.value).collect();
    let system = table.text("system", problems).map(|system| PartReference::new("system", system));
    let domain = table.text("domain", problems).map(|domain| PartReference::new("domain", domain));
    part.parents = system.into_iter().chain(domain).collect();
    let entry = &mut part.entry;
    entry.owner = table.text("owner", problems);
    // Products came before systems.
    entry.platform = table.text("product", problems);
    entry.criticality = table.text("tier", problems);
    entry.lifecycle = table.text("lifecycle", problems);
    entry.tags = table.items("tags").iter().filter_map(|tag| self::tag(tag, problems)).collect();
    entry.links = table.links("tools", &["name", "category"], problems);
    PartReading::Part(Box::new(part))
}

/// `{ key: db, value: mysql }` is `db:mysql`.
fn tag(node: &Node, problems: &mut Problems) -> Option<Spanned<String>> {
    let Some(pair) = Fields::of(node) else { return text(node, "tags", problems) };
    let key = pair.text("key", problems)?;
    let value = pair.text("value", problems);
    let tag = value.map_or_else(|| key.value.clone(), |value| format!("{}:{}", key.value, value.value));
    Some(Spanned::new(tag, key.span))
}
