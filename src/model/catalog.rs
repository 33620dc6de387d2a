//! What a software catalog says of a service, and how an organisation wants it understood.

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

impl CatalogEntry {
    /// A service of which nothing but the name is known.
    #[must_use]
    pub fn named(name: Spanned<String>) -> Self {
        Self {
            name,
            title: None,
            owner: None,
            platform: None,
            domains: Vec::new(),
            lifecycle: None,
            criticality: None,
            golden_thread: None,
            tags: Vec::new(),
            links: Vec::new(),
        }
    }
}

/// `[catalog]`: which files describe services, which of their entities are services, and what their values mean.
#[derive(Clone, Debug)]
pub struct CatalogSettings {
    /// Globs relative to the estate's folder. Empty: there is no catalog.
    pub files: Vec<String>,
    /// Kinds of entities that are services.
    pub kinds: Vec<String>,
    /// Types of entities that are services. Empty: all.
    pub types: Vec<String>,
    /// Lifecycles of entities that are services. Empty: all.
    pub lifecycles: Vec<String>,
    pub domain: CatalogField,
    pub platform: CatalogField,
    pub criticality: CatalogField,
    pub golden_thread: CatalogField,
    pub lifecycle: CatalogField,
    pub tags: CatalogField,
}

impl Default for CatalogSettings {
    fn default() -> Self {
        Self {
            files: Vec::new(),
            kinds: vec!["Component".to_owned()],
            types: Vec::new(),
            lifecycles: Vec::new(),
            domain: CatalogField::default(),
            platform: CatalogField::default(),
            criticality: CatalogField::default(),
            golden_thread: CatalogField::default(),
            lifecycle: CatalogField::default(),
            tags: CatalogField::default(),
        }
    }
}

impl CatalogSettings {
    /// Whether entities of this kind, type and lifecycle are services.
    #[must_use]
    pub fn is_service(&self, kind: &str, entity_type: Option<&str>, lifecycle: Option<&str>) -> bool {
        let is_among = |list: &[String], value: Option<&str>| {
            list.is_empty()
                || value.is_some_and(|value| list.iter().any(|listed| is_same_value(listed, value)))
        };
        is_among(&self.kinds, Some(kind))
            && is_among(&self.types, entity_type)
            && is_among(&self.lifecycles, lifecycle)
    }
}

/// How one field of an identity is taken from a catalog.
#[derive(Clone, Debug, Default)]
pub struct CatalogField {
    /// Where it stands in an entity, where that isn't its usual place.
    pub selector: Option<CatalogSelector>,
    /// Values of this estate, each with the values of the catalog that mean it.
    pub values: Vec<(String, Vec<String>)>,
}

impl CatalogField {
    /// The value of this estate that a value of the catalog means, if the settings say so.
    #[must_use]
    pub fn meaning(&self, value: &str) -> Option<&str> {
        let is_it = |theirs: &String| is_same_value(theirs, value);
        self.values.iter().find(|(_, theirs)| theirs.iter().any(is_it)).map(|(ours, _)| ours.as_str())
    }
}

/// Where a value stands in an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogSelector {
    /// The annotation with this key.
    Annotation(String),
    /// The label with this key.
    Label(String),
    /// The tags that match this glob.
    Tag(String),
    /// The key at the end of a path of keys.
    Path(Vec<String>),
}

/// Whether a catalog means the same by two values: people write `tier-1`, `Tier_1` and `TIER 1`.
#[must_use]
pub fn is_same_value(one: &str, other: &str) -> bool {
    let folded = |text: &str| -> Vec<_> {
        let letters = text.trim().chars().flat_map(char::to_lowercase);
        letters.map(|letter| if matches!(letter, '_' | ' ') { '-' } else { letter }).collect()
    };
    folded(one) == folded(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_means_the_same_however_its_words_are_joined() {
        for spelling in ["tier-1", "Tier-1", "TIER_1", "tier 1", " tier-1 "] {
            assert!(is_same_value("tier-1", spelling), "{spelling}");
        }
        for other in ["tier1", "tier-11", "1", ""] {
            assert!(!is_same_value("tier-1", other), "{other}");
        }
    }

    #[test]
    fn an_entity_is_a_service_if_kind_type_and_lifecycle_are_listed() {
        let settings = CatalogSettings { types: vec!["service".to_owned()], ..CatalogSettings::default() };
        assert!(settings.is_service("component", Some("Service"), None));
        assert!(!settings.is_service("Component", None, None), "an unknown type is not a listed one");
        assert!(!settings.is_service("API", Some("service"), None));
    }
}
