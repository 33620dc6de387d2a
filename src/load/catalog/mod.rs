//! Software catalogs: what they say of services, and what it means in an estate.

mod backstage;
mod disk;
mod entity;
mod identities;
mod location;
mod meaning;
mod named;
mod new_ids;
mod problems;
mod read;
mod resolve;
mod select;
pub(super) mod settings;
mod texts;

pub(super) use backstage::read_backstage;
pub(super) use disk::DiskFiles;
pub(super) use identities::{CatalogGap, CatalogIdentities};
pub use meaning::{CatalogService, MappedField, catalog_services};
pub(super) use meaning::{UnknownValue, bare_name};
pub use named::LoadedCatalog;
pub use new_ids::{name_without_id, same_id};
pub(super) use read::CatalogFiles;
pub use read::SkippedDocument;
pub use resolve::DescribedService;

#[cfg(test)]
mod tests;
