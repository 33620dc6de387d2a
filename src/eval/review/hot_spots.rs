//! Categories that hurt in several services.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::eval::{Counts, Member, Standing, Status};
use crate::model::{Colour, PlatformId, ServiceId};

use super::{CategoryMap, MapColumn, Review};

/// What is in fewer services is no hot spot: it is theirs to mend.
pub const MIN_SPREAD: usize = 2;

/// A category that is red or amber in several services.
#[derive(Clone, Debug)]
pub struct HotSpot<'e> {
    /// The category.
    pub column: MapColumn<'e>,
    /// How many services have which status.
    pub counts: Counts,
    /// Those that are red or amber, worst first.
    pub concerned: Vec<(Member<'e>, Standing<'e>)>,
    /// Where the cure may lie.
    pub remedy: Remedy<'e>,
    /// Whether several services are red, and the rubric says nowhere how to get out of it.
    pub is_guidance_gap: bool,
}

/// Where the cure for a hot spot may lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy<'e> {
    /// Half of the services or more inherit it from this one.
    Provider(&'e ServiceId, usize),
    /// More than half of all services, of several teams: one thing for all of them.
    Platform,
    /// All are one team's.
    Team(&'e PlatformId),
    /// No common cause was found.
    Unknown,
}

impl HotSpot<'_> {
    /// How many services are red or amber.
    #[must_use]
    pub fn spread(&self) -> usize {
        self.concerned.len()
    }
}

impl<'e> Review<'e> {
    /// The categories that hurt in several services, most reds first.
    #[must_use]
    pub fn hot_spots(&self, map: &CategoryMap<'e>) -> Vec<HotSpot<'e>> {
        let spots = (0..map.columns.len()).filter_map(|at| self.hot_spot(map, at));
        let mut spots: Vec<_> = spots.collect();
        spots.sort_by_key(|spot| Reverse((spot.counts.red, spot.spread())));
        spots
    }

    fn hot_spot(&self, map: &CategoryMap<'e>, at: usize) -> Option<HotSpot<'e>> {
        let counts = map.counts(at);
        let is_guidance_gap = counts.red >= MIN_SPREAD && map.columns[at].category.guidance.is_empty();
        if !is_hot(&counts) && !is_guidance_gap {
            return None;
        }
        let is_bad =
            |standing: &Standing<'_>| matches!(standing.status, Status::Rated(Colour::Red | Colour::Amber));
        let concerned = map.column(at).filter(|(_, standing)| is_bad(standing));
        let mut concerned: Vec<_> =
            concerned.map(|(row, standing)| (self.services[row].member(), *standing)).collect();
        concerned
            .sort_by_key(|(member, standing)| (standing.status.colour(), !member.identity.golden_thread));
        let column = map.columns[at];
        Some(HotSpot { column, counts, remedy: remedy(&concerned, &counts), concerned, is_guidance_gap })
    }
}

/// Whether more than half of the services that are asked are red or amber, or a quarter of them are red.
fn is_hot(counts: &Counts) -> bool {
    let (spread, asked) = (counts.red + counts.amber, counts.applicable());
    let is_widespread = spread >= MIN_SPREAD && spread * 2 > asked;
    let is_deep = counts.red >= MIN_SPREAD && counts.red * 4 >= asked;
    is_widespread || is_deep
}

fn remedy<'e>(concerned: &[(Member<'e>, Standing<'e>)], counts: &Counts) -> Remedy<'e> {
    let mut providers: BTreeMap<&ServiceId, usize> = BTreeMap::new();
    for provider in concerned.iter().filter_map(|(_, standing)| standing.provider) {
        *providers.entry(provider).or_default() += 1;
    }
    let common = providers.into_iter().max_by_key(|(_, count)| *count);
    let teams: BTreeSet<_> = concerned.iter().map(|(member, _)| &member.identity.platform).collect();
    match (common, teams.len()) {
        (Some((provider, count)), _) if count >= MIN_SPREAD && count * 2 >= concerned.len() => {
            Remedy::Provider(provider, count)
        }
        (_, 1) => teams.into_iter().next().map_or(Remedy::Unknown, Remedy::Team),
        (_, _) if concerned.len() > MIN_SPREAD && concerned.len() * 2 > counts.applicable() => {
            Remedy::Platform
        }
        (_, _) => Remedy::Unknown,
    }
}
