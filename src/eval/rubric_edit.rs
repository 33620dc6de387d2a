//! What was edited in one major version of a rubric: words, or what scores mean.

use std::collections::BTreeSet;

use crate::model::{AppliesTo, Category, Rubric, RubricId};

use super::rubric_diff::part_texts;

/// What differs between two texts of the same major version.
#[derive(Clone, Debug, Default)]
pub struct RubricEdit<'r> {
    /// Categories whose words or guidance differ, as they are now.
    pub words: Vec<&'r Category>,
    /// Categories of which scores may mean something else: new ones, and those that ask other services, continue other
    /// categories, or have other levels or another bar.
    pub meaning: Vec<&'r Category>,
    /// Categories that are no longer there, as they were.
    pub gone: Vec<&'r Category>,
    /// Whether the rubric's own title, its pillars, what it retires, or the order of its categories differ.
    pub frame: bool,
    /// Whether it replaces other rubrics: those no longer count.
    pub replaces: bool,
    /// How the version that the later text says to be is no longer the one that was published.
    pub in_place: Option<InPlace>,
    /// Whether a new minor version changes more than words.
    pub minor_changes_meaning: bool,
}

/// How a published version was edited without becoming another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InPlace {
    /// It says to be an older version.
    WentBack,
    /// It says to be published later: what isn't published yet may change as it likes.
    PublishedLater,
    /// It says something else.
    Reworded,
}

impl RubricEdit<'_> {
    /// Whether what was published is not what it was.
    #[must_use]
    pub fn breaks_what_was_published(&self) -> bool {
        self.in_place.is_some() || self.minor_changes_meaning
    }

    /// Whether both say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && !self.changes_meaning() && !self.frame
    }

    /// Whether a score may mean something else.
    #[must_use]
    pub fn changes_meaning(&self) -> bool {
        !self.meaning.is_empty() || !self.gone.is_empty() || self.replaces
    }
}

/// Compares a text of a major version with a later one.
#[must_use]
pub fn rubric_edit<'r>(old: &'r Rubric, new: &'r Rubric) -> RubricEdit<'r> {
    let mut edit = RubricEdit {
        frame: frame(old) != frame(new),
        replaces: replaces(old) != replaces(new),
        ..RubricEdit::default()
    };
    for category in &new.categories {
        match old.find(category.id.as_str()).map(|ix| old.category(ix)) {
            Some(before) if means_the_same(before, category) => {
                if words(old, before) != words(new, category) {
                    edit.words.push(category);
                }
            }
            Some(_) | None => edit.meaning.push(category),
        }
    }
    edit.gone.extend(old.categories.iter().filter(|category| new.find(category.id.as_str()).is_none()));
    edit.in_place = if new.version < old.version {
        Some(InPlace::WentBack)
    } else if new.published > old.published {
        Some(InPlace::PublishedLater)
    } else {
        (new.version == old.version && !edit.is_empty()).then_some(InPlace::Reworded)
    };
    edit.minor_changes_meaning = new.version > old.version && edit.changes_meaning();
    edit
}

fn means_the_same(old: &Category, new: &Category) -> bool {
    let levels = |category: &Category| category.amber.is_some();
    // In whichever order they are written.
    let sources = |category: &Category| category.continues().cloned().collect::<BTreeSet<_>>();
    let asks = |AppliesTo { criticality, tags, span: _ }: &AppliesTo| {
        let criticality = criticality.iter().map(|level| level.name().to_owned());
        let set = |tags: &[String]| tags.iter().cloned().collect::<BTreeSet<_>>();
        (criticality.collect::<BTreeSet<_>>(), set(&tags.any), set(&tags.all))
    };
    levels(old) == levels(new)
        && sources(old) == sources(new)
        && old.bar == new.bar
        && old.evidence == new.evidence
        && old.role == new.role
        && asks(&old.applies_to) == asks(&new.applies_to)
}

/// Everything of a category that a reader reads.
fn words(rubric: &Rubric, category: &Category) -> Vec<String> {
    part_texts(rubric, category).into_iter().map(|(_, text)| text).collect()
}

/// In whichever order they are written.
fn replaces(rubric: &Rubric) -> BTreeSet<&RubricId> {
    rubric.replaces.iter().map(|other| &other.value).collect()
}

fn frame(rubric: &Rubric) -> Vec<&str> {
    let pillars = rubric.pillars.iter().flat_map(|pillar| [pillar.id.as_str(), &pillar.title]);
    let retired = rubric.retired.iter().map(|category| category.value.as_str());
    let categories = rubric.categories.iter().map(|category| category.id.as_str());
    std::iter::once(rubric.title.as_str()).chain(pillars).chain(retired).chain(categories).collect()
}
