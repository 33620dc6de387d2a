//! Which categories of other versions of a rubric a category continues, and whether the bar was raised on the way.

use std::collections::BTreeMap;

use crate::model::{Bar, Category, CategoryId, Rubric, Rubrics};

/// The categories that one continues under any chain of `from`, in older versions of its rubric.
#[derive(Debug, Default)]
pub(super) struct Lineage<'r> {
    ancestors: BTreeMap<(u32, &'r CategoryId), Bar>,
}

impl<'r> Lineage<'r> {
    /// The lineage of a category. An id is never reused, so the same id is an ancestor also where no `from` says so:
    /// where a version in between doesn't have it, or names another source.
    pub fn of(rubric: &'r Rubric, category: &'r Category, rubrics: &'r Rubrics) -> Self {
        let mut ancestors = BTreeMap::new();
        // What is looked for in the next older version, with the bar of the lowest path that leads there.
        let mut wanted = BTreeMap::new();
        want(&mut wanted, category, Bar::Same);
        let older = rubrics.versions(&rubric.id).filter(|it| it.version.major < rubric.version.major);
        for version in older.collect::<Vec<_>>().into_iter().rev() {
            for (id, bar) in std::mem::take(&mut wanted) {
                match version.find(id.as_str()) {
                    Some(ix) => {
                        ancestors.insert((version.version.major, id), bar);
                        want(&mut wanted, version.category(ix), bar);
                    }
                    None => lower(&mut wanted, id, bar),
                }
            }
        }
        Self { ancestors }
    }

    /// The ids of the category in a version.
    pub fn ids_in(&self, major: u32) -> impl Iterator<Item = &'r CategoryId> {
        self.ancestors.keys().filter(move |(version, _)| *version == major).map(|(_, id)| *id)
    }

    /// Whether the category has this id in this version, with how the bar changed since.
    pub fn bar_since(&self, major: u32, id: &CategoryId) -> Option<Bar> {
        self.ancestors.get(&(major, id)).copied()
    }
}

fn want<'r>(wanted: &mut BTreeMap<&'r CategoryId, Bar>, category: &'r Category, bar: Bar) {
    let bar = if category.bar == Bar::Raised { Bar::Raised } else { bar };
    lower(wanted, &category.id, bar);
    category.continues().for_each(|id| lower(wanted, id, bar));
}

fn lower<'r>(wanted: &mut BTreeMap<&'r CategoryId, Bar>, id: &'r CategoryId, bar: Bar) {
    let known = wanted.entry(id).or_insert(bar);
    if bar == Bar::Same {
        *known = Bar::Same;
    }
}
