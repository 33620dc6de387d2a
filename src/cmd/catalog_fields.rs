//! What the catalog says of a service, and its file doesn't.

use crate::load::{self, Loaded};
use crate::model::Service;

/// The keys of a service's identity that the catalog supplies and the file leaves out; labels also where both give some.
pub(super) fn left_to_catalog(service: &Service, loaded: &Loaded) -> Vec<&'static str> {
    let ids = std::iter::once(&service.id).chain(service.renamed_from.iter().map(|old| &old.value));
    let Some(described) = ids.into_iter().find_map(|id| loaded.catalog_service(id)) else {
        return Vec::new();
    };
    let file = load::parse_yaml(loaded.sources.file(service.span.file).text());
    let mut keys: Vec<_> = described.given().map(load::MappedField::key).collect();
    keys.extend(described.entry.owner.as_ref().map(|_| "owner"));
    keys.retain(|key| file.as_ref().is_none_or(|file| file.get(key).is_none()));
    keys.extend((!described.entry.tags.is_empty()).then_some("tags"));
    keys
}
