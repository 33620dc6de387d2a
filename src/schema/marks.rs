//! Marks in the schemas of any estate, where the names of one are put.

/// Marks, until the schema is done, a text that names something, with what it names. No category is called so.
pub(super) const IDS: &str = "$ids";
/// The same for a table whose keys name something.
pub(super) const KEYS: &str = "$keys";
/// A category of a rubric.
pub(super) const CATEGORY: &str = "category";
/// A domain.
pub(super) const DOMAIN: &str = "domain";
/// A platform.
pub(super) const PLATFORM: &str = "platform";
/// A level of criticality.
pub(super) const LEVEL: &str = "level";
/// A service that others inherit from.
pub(super) const PROVIDER: &str = "provider";
/// A rubric with its major version.
pub(super) const RUBRIC: &str = "rubric";
/// A tag.
pub(super) const TAG: &str = "tag";
