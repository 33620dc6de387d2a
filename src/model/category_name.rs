//! A category as commitments and waivers name it.

use std::fmt;

use super::{CategoryId, RubricId};

/// A category as a file names it: by its id alone or, where several rubrics of the service have it, as `rubric/category`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryName {
    pub id: CategoryId,
    /// Its rubric; `None` where that isn't known. An id alone means the first rubric by date that has it.
    pub rubric: Option<RubricId>,
    /// Whether the rubric is written.
    pub is_qualified: bool,
}

impl CategoryName {
    /// Whether a category of a rubric is meant. `names` are its id and those that it had in older versions.
    #[must_use]
    pub fn means(&self, rubric: &RubricId, names: &[&CategoryId]) -> bool {
        self.is_of(rubric) && names.contains(&&self.id)
    }

    /// Whether a category of this rubric is meant.
    #[must_use]
    pub fn is_of(&self, rubric: &RubricId) -> bool {
        self.rubric.as_ref().is_none_or(|own| own == rubric)
    }
}

impl fmt::Display for CategoryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rubric.as_ref().filter(|_| self.is_qualified) {
            Some(rubric) => write!(f, "{rubric}/{}", self.id),
            None => f.pad(self.id.as_str()),
        }
    }
}

/// An id alone, of which the rubric isn't known.
impl From<CategoryId> for CategoryName {
    fn from(id: CategoryId) -> Self {
        Self { id, rubric: None, is_qualified: false }
    }
}
