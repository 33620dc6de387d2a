//! What the tools' catalogs have in common: entities that contain each other.

use crate::model::{CatalogEntry, ServiceId, kebab_case};
use crate::source::{Span, Spanned};

/// A service, or something that services are part of.
#[derive(Debug)]
pub(super) struct CatalogPart {
    /// What it is, in lower case, such as `service` or `domain`.
    pub kind: String,
    /// Other names by which references mean it.
    pub aliases: Vec<String>,
    /// What its own document says of it.
    pub entry: CatalogEntry,
    /// Whether an owner is given by a number that only the tool knows.
    pub has_numbered_owner: bool,
    /// What it is part of.
    pub parents: Vec<PartReference>,
    /// What is part of it.
    pub children: Vec<PartReference>,
}

/// The name of another entity, and what it probably is.
#[derive(Clone, Debug)]
pub(super) struct PartReference {
    pub kind: String,
    pub name: Spanned<String>,
    /// Whether the name says something to people, so that it can stand for what no file describes.
    pub is_telling: bool,
}

impl CatalogPart {
    pub fn new(kind: &str, name: Spanned<String>) -> Self {
        Self {
            kind: kind.to_ascii_lowercase(),
            aliases: Vec::new(),
            entry: CatalogEntry::named(name),
            has_numbered_owner: false,
            parents: Vec::new(),
            children: Vec::new(),
        }
    }

    /// The id that it gets: its name or, if that can't be one, the first of its aliases that can, else the words of its
    /// name.
    pub fn id(&self) -> Option<String> {
        let is_id = |text: &&str| ServiceId::new(text).is_ok();
        let words = || kebab_case(&self.entry.name.value).filter(|words| is_id(&words.as_str()));
        self.names().find(is_id).map(str::to_owned).or_else(words)
    }

    /// By what references mean it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.entry.name.value.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// The texts that say who it is.
    pub fn said(&self) -> impl Iterator<Item = &str> {
        let CatalogEntry { name, owner, platform, domains, criticality, .. } = &self.entry;
        let entry = std::iter::once(name).chain(owner).chain(platform).chain(domains).chain(criticality);
        let around = self.parents.iter().map(|parent| &parent.name);
        entry.chain(around).map(|text| text.value.as_str())
    }

    pub fn span(&self) -> Span {
        self.entry.name.span
    }
}

impl PartReference {
    pub fn new(kind: &str, name: Spanned<String>) -> Self {
        Self { kind: kind.to_ascii_lowercase(), name, is_telling: true }
    }

    /// A reference by a number that only the tool knows.
    pub fn by_number(kind: &str, number: Spanned<String>) -> Self {
        Self { is_telling: false, ..Self::new(kind, number) }
    }

    /// Reads `[kind:][namespace/]name`.
    pub fn parse(text: &Spanned<String>, default_kind: &str) -> Self {
        let (kind, rest) = text.value.split_once(':').unwrap_or((default_kind, &text.value));
        let name = rest.rsplit('/').next().unwrap_or(rest).to_owned();
        Self::new(kind, Spanned::new(name, text.span))
    }
}
