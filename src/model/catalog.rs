//! What a software catalog says of a service.

use super::Link;
use crate::source::Spanned;

/// A service as a catalog describes it. Names and values are as the catalog spells them.
#[derive(Clone, Debug)]
pub struct CatalogEntry {
    pub name: Spanned<String>,
    pub title: Option<Spanned<String>>,
    /// The team that owns it, without kind and namespace.
    pub owner: Option<Spanned<String>>,
    /// The system or product that it is part of.
    pub platform: Option<Spanned<String>>,
    /// Its domain, then the domains around that one, nearest first.
    pub domains: Vec<Spanned<String>>,
    pub lifecycle: Option<Spanned<String>>,
    /// Its tier or level.
    pub criticality: Option<Spanned<String>>,
    pub golden_thread: Option<Spanned<String>>,
    pub tags: Vec<Spanned<String>>,
    pub links: Vec<Link>,
}
