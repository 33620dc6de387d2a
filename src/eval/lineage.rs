//! Which categories of other versions of a rubric a category continues, and whether the bar was raised on the way.

use std::collections::BTreeMap;

use crate::model::{Bar, Category, CategoryId, Rubric};

/// The newest major version that raised the bar, if any did.
pub(super) type Raised = Option<u32>;

/// The categories that one continues under any chain of `from`, in older versions of its rubric.
#[derive(Debug, Default)]
pub(super) struct Lineage<'r> {
    ancestors: BTreeMap<(u32, &'r CategoryId), Raised>,
}

impl<'r> Lineage<'r> {
    /// The lineage of a category of a version, among all versions of its rubric. An id is never reused, so the same id is an
    /// ancestor also where no `from` says so: where a version in between doesn't have it, or names another source.
    pub fn of(major: u32, category: &'r Category, versions: &BTreeMap<u32, &'r Rubric>) -> Self {
        let mut ancestors = BTreeMap::new();
        // What is looked for in the next older version, with the bar of the lowest path that leads there.
        let mut wanted = BTreeMap::new();
        want(&mut wanted, (major, category), None);
        for (older, version) in versions.range(..major).rev() {
            for (id, raised) in std::mem::take(&mut wanted) {
                match version.find(id.as_str()) {
                    Some(ix) => {
                        ancestors.insert((*older, id), raised);
                        want(&mut wanted, (*older, version.category(ix)), raised);
                    }
                    None => lower(&mut wanted, id, raised),
                }
            }
        }
        Self { ancestors }
    }

    /// The ids of the category in a version.
    pub fn ids_in(&self, major: u32) -> impl Iterator<Item = &'r CategoryId> {
        self.ancestors.keys().filter(move |(version, _)| *version == major).map(|(_, id)| *id)
    }

    /// Whether the category has this id in this version, with what raised the bar since.
    pub fn raised_since(&self, major: u32, id: &CategoryId) -> Option<Raised> {
        self.ancestors.get(&(major, id)).copied()
    }
}

fn want<'r>(
    wanted: &mut BTreeMap<&'r CategoryId, Raised>,
    (major, category): (u32, &'r Category),
    raised: Raised,
) {
    let raised = raised.or((category.bar == Bar::Raised).then_some(major));
    lower(wanted, &category.id, raised);
    category.continues().for_each(|id| lower(wanted, id, raised));
}

/// Of several chains, one without a raised bar counts.
fn lower<'r>(wanted: &mut BTreeMap<&'r CategoryId, Raised>, id: &'r CategoryId, raised: Raised) {
    let known = wanted.entry(id).or_insert(raised);
    *known = known.zip(raised).map(|(known, raised)| known.max(raised));
}
