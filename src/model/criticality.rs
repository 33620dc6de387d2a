//! How much an outage of a service would cost.

use std::sync::Arc;

/// The levels of criticality of an estate, lowest first; never empty.
#[derive(Clone, Debug)]
pub struct CriticalityLevels(Vec<Criticality>);

/// One level of criticality: what an outage would cost. Ordered lowest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Criticality {
    rank: usize,
    name: Arc<str>,
}

impl Criticality {
    /// The level's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl CriticalityLevels {
    /// Levels with these names, lowest first; `None` when there are none.
    #[must_use]
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<Self> {
        let names = names.into_iter().enumerate();
        let levels: Vec<_> = names.map(|(rank, name)| Criticality { rank, name: name.into() }).collect();
        if levels.is_empty() { None } else { Some(Self(levels)) }
    }

    /// The level with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Criticality> {
        self.0.iter().find(|level| level.name() == name)
    }

    /// The level that Golden Thread services have.
    ///
    /// # Panics
    /// Never: there is always a level.
    #[must_use]
    pub fn top(&self) -> &Criticality {
        self.0.last().expect("there is always a level")
    }

    /// Names of all levels, lowest first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Criticality::name)
    }
}

impl Default for CriticalityLevels {
    fn default() -> Self {
        Self::new(["experimental", "low", "business-operational", "business-critical", "mission-critical"])
            .expect("five levels")
    }
}
