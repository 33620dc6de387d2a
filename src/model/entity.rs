//! Entities of a software catalog, and what they are called.

use std::fmt;

use super::{CatalogEntry, CatalogSettings};
use crate::source::{Span, Spanned};

/// The complete name of an entity, `kind:namespace/name`, in lower case: catalogs don't tell cases apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityRef {
    kind: String,
    namespace: String,
    name: String,
}

impl EntityRef {
    /// The namespace of entities that name none.
    pub const DEFAULT_NAMESPACE: &'static str = "default";

    /// The name that its parts make, none of which is empty.
    #[must_use]
    pub fn new(kind: &str, namespace: &str, name: &str) -> Option<Self> {
        let parts = [kind, namespace, name].map(|part| part.trim().to_lowercase());
        let [kind, namespace, name] = parts;
        let is_complete = [&kind, &namespace, &name].iter().all(|part| !part.is_empty());
        is_complete.then_some(Self { kind, namespace, name })
    }

    /// Reads `[kind:][namespace/]name`. What isn't written is taken from `defaults`.
    #[must_use]
    pub fn parse(text: &str, default_kind: &str, default_namespace: &str) -> Option<Self> {
        let (kind, rest) = match text.split_once(':') {
            // A colon behind the slash is part of the name.
            Some((kind, rest)) if !kind.contains('/') => (kind, rest),
            Some(_) | None => (default_kind, text),
        };
        let (namespace, name) = rest.split_once('/').unwrap_or((default_namespace, rest));
        Self::new(kind, namespace, name)
    }

    /// The kind, in lower case.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The namespace, in lower case.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The name in its namespace, in lower case.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}/{}", self.kind, self.namespace, self.name)
    }
}

/// An entity that is a service, and what it belongs to.
#[derive(Clone, Debug)]
pub struct CatalogComponent {
    pub entity: EntityRef,
    /// Its kind as catalogs spell it, `Component` as a rule.
    pub kind: String,
    /// The type that it says, such as `service`.
    pub entity_type: Option<Spanned<String>>,
    /// The group or user that owns it.
    pub owner: Option<EntityRef>,
    pub system: Option<EntityRef>,
    /// Its domain, then the domains around that one, nearest first.
    pub domains: Vec<EntityRef>,
    pub entry: CatalogEntry,
    /// The whole entity.
    pub span: Span,
}

impl CatalogComponent {
    /// Whether settings take it for a service.
    #[must_use]
    pub fn is_service(&self, settings: &CatalogSettings) -> bool {
        let text = |text: &'_ Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone());
        let (entity_type, lifecycle) = (text(&self.entity_type), text(&self.entry.lifecycle));
        settings.is_service(&self.kind, entity_type.as_deref(), lifecycle.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<String> {
        EntityRef::parse(text, "Group", "payments").map(|entity| entity.to_string())
    }

    #[test]
    fn what_a_reference_leaves_out_is_the_fields_default() {
        for (text, complete) in [
            ("team-a", "group:payments/team-a"),
            ("user:jo", "user:payments/jo"),
            ("default/team-a", "group:default/team-a"),
            ("group:default/team-a", "group:default/team-a"),
            ("Group:Default/Team-A", "group:default/team-a"),
            ("shop/a:b", "group:shop/a:b"),
        ] {
            assert_eq!(parsed(text).as_deref(), Some(complete), "{text}");
        }
    }

    #[test]
    fn a_reference_with_an_empty_part_is_none() {
        for text in ["", "group:", ":team-a", "/team-a", "group:/team-a", "group:default/", " "] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }
}
