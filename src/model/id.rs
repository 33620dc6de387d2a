//! Names of things, each of its own type, so that a category can't be passed where a service is meant.

use std::fmt;
use std::sync::Arc;

/// Why a text can't be an id; its `Display` finishes the sentence "an id …".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidId(&'static str);

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// `kebab-case`: lower-case letters and digits in words joined by single hyphens.
fn check_kebab(text: &str) -> Result<(), InvalidId> {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if text.split('-').all(word) {
        Ok(())
    } else {
        Err(InvalidId(
            "is lower-case letters and digits in words joined by single hyphens, such as `load-testing`",
        ))
    }
}

/// What software catalogs allow as an entity's name: letters, digits, `-`, `_` and `.`, at most 63.
fn check_name(text: &str) -> Result<(), InvalidId> {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let ends = [text.bytes().next(), text.bytes().last()];
    let alphanumeric = |end: &Option<u8>| end.is_some_and(|byte| byte.is_ascii_alphanumeric());
    if text.len() <= 63 && text.bytes().all(inner) && ends.iter().all(alphanumeric) {
        Ok(())
    } else {
        Err(InvalidId(
            "is at most 63 letters, digits, `-`, `_` or `.`, and begins and ends with a letter or digit",
        ))
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident: $check:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id that `text` spells.
            ///
            /// # Errors
            /// When `text` doesn't have the form of such an id.
            pub fn new(text: &str) -> Result<Self, InvalidId> {
                $check(text).map(|()| Self(text.into()))
            }

            /// The id as written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    )+};
}

ids! {
    /// A rubric's name, the same for all its versions.
    RubricId: check_kebab;
    /// A pillar of a rubric.
    PillarId: check_kebab;
    /// A category of a rubric; unique in the rubric and never reused.
    CategoryId: check_kebab;
    /// A service; the stem of its file's name.
    ServiceId: check_name;
    /// A platform (or the team that owns it): a set of services.
    PlatformId: check_name;
    /// A domain: a set of platforms, reviewed together.
    DomainId: check_name;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn category_ids_are_kebab_case() {
        assert!(CategoryId::new("load-testing-2").is_ok());
        for wrong in ["", "Load", "load_testing", "-load", "load--testing", "load-", "løad"] {
            assert!(CategoryId::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn service_ids_may_be_any_catalog_name() {
        assert!(ServiceId::new("Corvus.Storage_v2").is_ok());
        for wrong in ["", ".hidden", "a b", "a/b", &"x".repeat(64)] {
            assert!(ServiceId::new(wrong).is_err(), "{wrong}");
        }
    }
}
