//! What has to be known of a new service.

use crate::load::MappedField;
use crate::model::{Estate, Identity};
use crate::text::list_some;

/// Something that has to be known of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RequiredFact {
    Platform,
    Domain,
    Criticality,
}

impl RequiredFact {
    /// The same where a catalog says it.
    pub fn in_catalog(self) -> MappedField {
        match self {
            Self::Platform => MappedField::Platform,
            Self::Domain => MappedField::Domain,
            Self::Criticality => MappedField::Criticality,
        }
    }

    pub fn flag(self) -> &'static str {
        match self {
            Self::Platform => "--platform",
            Self::Domain => "--domain",
            Self::Criticality => "--criticality",
        }
    }

    /// What the estate has of it.
    pub fn known(self, estate: &Estate) -> Vec<&str> {
        let (settings, identities) = (&estate.settings, latest_identities(estate));
        match self {
            Self::Platform => sorted(identities.map(|identity| identity.platform.as_str())),
            Self::Domain if !settings.domains.is_empty() => {
                settings.domains.iter().map(|domain| domain.id.as_str()).collect()
            }
            Self::Domain => sorted(identities.map(|identity| identity.domain.as_str())),
            Self::Criticality => settings.criticality.names().collect(),
        }
    }

    /// `--domain (known here: …)`
    pub fn request(self, estate: &Estate) -> String {
        let (flag, known) = (self.flag(), self.known(estate));
        if known.is_empty() { flag.to_owned() } else { format!("{flag} (known here: {})", list_some(&known)) }
    }
}

/// The domain of a platform's services, if they are all in one.
pub(super) fn domain_of_platform<'e>(platform: &str, estate: &'e Estate) -> Option<&'e str> {
    let of_platform = latest_identities(estate).filter(|identity| identity.platform.as_str() == platform);
    let mut domains = of_platform.map(|identity| identity.domain.as_str());
    let first = domains.next()?;
    domains.all(|domain| domain == first).then_some(first)
}

fn latest_identities(estate: &Estate) -> impl Iterator<Item = &Identity> {
    estate.services().iter().map(|service| service.identities.latest())
}

fn sorted<'s>(names: impl Iterator<Item = &'s str>) -> Vec<&'s str> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}
