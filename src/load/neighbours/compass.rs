//! Compass: `compass.yml`.

use crate::diag::Problems;

use super::fields::Fields;
use super::part::{CatalogPart, PartReference};
use super::{PartReading, nameless};

/// How Compass's own ids begin.
const RESOURCE: &str = "ari:";

pub(super) fn read(document: Fields<'_>, problems: &mut Problems) -> PartReading {
    let id = document.text("id", problems);
    let is_compass = id.as_ref().is_some_and(|id| id.value.starts_with("ari:cloud:compass:"));
    if !is_compass && document.get("typeId").is_none() && document.get("configVersion").is_none() {
        return PartReading::OtherFormat;
    }
    let Some(name) = document.text("name", problems) else { return nameless("name") };
    // What was made before there were types is a service.
    let kind = document.text("typeId", problems).map_or_else(|| "service".to_owned(), |kind| kind.value);
    let mut part = CatalogPart::new(&kind, name);
    part.aliases.extend(id.map(|id| id.value));
    let owner = document.text("ownerId", problems);
    part.has_numbered_owner = owner.as_ref().is_some_and(|owner| owner.value.starts_with(RESOURCE));
    let entry = &mut part.entry;
    entry.owner = owner.filter(|_| !part.has_numbered_owner);
    if let Some(fields) = document.table("fields", problems) {
        let mut first = |key| fields.texts(key, problems).into_iter().next();
        entry.criticality = first("tier");
        entry.lifecycle = first("lifecycle");
    }
    let (mut platform, mut system, mut product) = (None, None, None);
    for field in document.tables("customFields", problems) {
        let Some(name) = field.text("name", problems) else { continue };
        let place = match name.value.to_lowercase().as_str() {
            "domain" => {
                entry.domains.extend(field.texts("value", problems));
                continue;
            }
            "platform" => &mut platform,
            "system" => &mut system,
            "product" => &mut product,
            "owner" => &mut entry.owner,
            "golden thread" => &mut entry.golden_thread,
            _ => continue,
        };
        *place = field.text("value", problems).or(place.take());
    }
    entry.platform = platform.or(system).or(product);
    entry.tags = document.texts("labels", problems);
    entry.links = document.links("links", &["name", "type"], problems);
    if let Some(relationships) = document.table("relationships", problems) {
        let parents = relationships.texts("CHILD_OF", problems).into_iter();
        part.parents = parents.map(|id| PartReference::by_number("application", id)).collect();
    }
    PartReading::Part(Box::new(part))
}
