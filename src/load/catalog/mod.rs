//! Software catalogs: what they say of services, and what it means in an estate.

#[expect(dead_code, reason = "the reader of descriptors calls it")]
mod select;
pub(super) mod settings;

#[expect(unused_imports, reason = "the reader of descriptors calls it")]
pub(super) use select::select;
