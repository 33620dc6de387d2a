//! Cortex: `cortex.yaml`, an `OpenAPI` file of which the `x-cortex-…` keys in `info` are read.

use crate::diag::Problems;
use crate::source::Spanned;

use super::fields::{Fields, text};
use super::part::{CatalogPart, PartReference};
use super::{PartReading, nameless};

pub(super) fn read(document: Fields<'_>, problems: &mut Problems) -> PartReading {
    let Some(info) = document.get("info").and_then(Fields::of) else { return PartReading::OtherFormat };
    if !info.entries().any(|entry| entry.key.value.starts_with("x-cortex-")) {
        // Any other service's API.
        return PartReading::OtherFormat;
    }
    let Some(tag) = info.text("x-cortex-tag", problems) else { return nameless("info.x-cortex-tag") };
    let kind = info.text("x-cortex-type", problems).map_or_else(|| "service".to_owned(), |kind| kind.value);
    let mut part = CatalogPart::new(&kind, tag);
    let mut tags = |key: &str| -> Vec<_> {
        let tables = info.tables(key, problems).into_iter();
        tables.collect::<Vec<_>>().into_iter().filter_map(|table| table.text("tag", problems)).collect()
    };
    let domains = tags("x-cortex-domain-parents");
    // What kind of entity a parent is, only its own file says; domains are what contains others by default.
    let parents = tags("x-cortex-parents");
    let children = tags("x-cortex-children");
    let domain = |tag| PartReference::new("domain", tag);
    part.parents = domains.into_iter().chain(parents).map(domain).collect();
    part.children = children.into_iter().map(|tag| PartReference::new("service", tag)).collect();
    let entry = &mut part.entry;
    entry.title = info.text("title", problems);
    entry.owner = owner(info, problems);
    let data = info.table("x-cortex-custom-metadata", problems);
    let mut datum =
        |keys: &[&str]| data.and_then(|data| keys.iter().find_map(|key| datum(data, key, problems)));
    entry.criticality = datum(&["tier", "criticality"]);
    entry.lifecycle = datum(&["lifecycle"]);
    entry.golden_thread = datum(&["golden-thread"]);
    let groups = ["x-cortex-groups", "x-cortex-service-groups"];
    entry.tags = groups.into_iter().flat_map(|key| info.texts(key, problems)).collect();
    entry.links = info.links("x-cortex-link", &["name", "type"], problems);
    PartReading::Part(Box::new(part))
}

/// The first group that owns it or, without one, the first person.
fn owner(info: Fields<'_>, problems: &mut Problems) -> Option<Spanned<String>> {
    let owners = info.tables("x-cortex-owners", problems);
    let mut first = |kind: &str, key: &str| {
        owners.iter().find_map(|owner| {
            let is_it = owner.text("type", problems).is_some_and(|own| own.value.eq_ignore_ascii_case(kind));
            if is_it { owner.text(key, problems) } else { None }
        })
    };
    first("group", "name").or_else(|| first("email", "email"))
}

/// A value of the custom data: alone, or with its description.
fn datum(data: Fields<'_>, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
    let node = data.get(key)?;
    match Fields::of(node) {
        Some(described) => described.text("value", problems),
        None => text(node, key, problems),
    }
}
