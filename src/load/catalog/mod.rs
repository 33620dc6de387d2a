//! Software catalogs: what they say of services, and what it means in an estate.

mod backstage;
mod entity;
mod location;
mod meaning;
mod named;
mod problems;
mod read;
mod resolve;
mod select;
pub(super) mod settings;
mod texts;

#[expect(unused_imports, reason = "for the catalog of an estate")]
pub(super) use backstage::{CatalogReading, read_backstage};
pub use meaning::{CatalogService, catalog_services};
#[expect(unused_imports, reason = "for the catalog of an estate")]
pub(super) use named::DiskFiles;
pub use named::LoadedCatalog;
pub(super) use read::CatalogFiles;
pub use read::SkippedDocument;
pub use resolve::DescribedService;

#[cfg(test)]
mod tests;
