//! Services by categories.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::model::{MapSection, ServiceRow};
use super::{CategoryRef, ServiceRef, State, each};
use crate::eval::{Changes, MapColumn, RollUp, Standing};
use crate::model::Date;
use crate::report::numbers::{ChangeCounts, Judgements};

/// Services by categories.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Map {
    /// The pillars with their categories, rubric by rubric and in its order.
    pub pillars: Vec<MapPillar>,
    /// The services, worst first.
    pub rows: Vec<MapRow>,
    /// The periods of the services' trends.
    pub periods: Vec<String>,
}

/// A pillar of the map.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct MapPillar {
    /// Its name.
    pub title: String,
    /// Its categories; together they are the columns.
    pub categories: Vec<CategoryRef>,
}

/// A service of the map.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct MapRow {
    /// The service.
    pub service: ServiceRef,
    /// Its colour: the worst counts, and green is earned.
    pub colour: RollUp,
    /// How many of its categories have which status.
    pub judgements: Judgements,
    /// What became of them since the review before.
    #[serde(with = "ChangeCounts")]
    pub changes: Changes,
    /// Its green share at the end of each period.
    pub green_shares: Vec<Option<f64>>,
    /// One for each category, in the order of the pillars; `null` where its rubric doesn't have it.
    pub cells: Vec<Option<MapCell>>,
}

/// A category of a service.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct MapCell {
    /// Its status.
    pub status: State,
    /// The date of the first of the latest ratings in a row that agree.
    pub since: Option<Date>,
    /// The day somebody last looked.
    pub reviewed: Option<Date>,
    /// The reason given.
    pub because: Option<String>,
    /// The service that it is inherited from.
    pub inherited_from: Option<String>,
    /// Whether it is stale.
    pub stale: bool,
    /// Whether it was carried over from another version of the rubric.
    pub carried: bool,
    /// Whether the service is asked at all.
    pub asked: bool,
}

impl From<&MapSection<'_>> for Map {
    fn from(map: &MapSection<'_>) -> Self {
        let pillar = |columns: &[MapColumn<'_>]| MapPillar {
            title: columns[0].pillar.title.clone(),
            categories: each(columns),
        };
        Self {
            pillars: map.pillars().map(pillar).collect(),
            rows: each(&map.rows),
            periods: map.periods.iter().map(|period| period.label.clone()).collect(),
        }
    }
}

impl From<&ServiceRow<'_>> for MapRow {
    fn from(row: &ServiceRow<'_>) -> Self {
        Self {
            service: row.member.into(),
            colour: row.colour,
            judgements: (&row.glance.now.judgements).into(),
            changes: row.glance.changes,
            green_shares: row.history.iter().map(|point| point.counts.green_share()).collect(),
            cells: row.cells.iter().map(|cell| cell.as_ref().map(Into::into)).collect(),
        }
    }
}

impl From<&Standing<'_>> for MapCell {
    fn from(standing: &Standing<'_>) -> Self {
        Self {
            status: standing.status.into(),
            since: standing.judged.map(|judged| judged.since),
            reviewed: standing.judged.map(|judged| judged.reviewed),
            because: standing.because().map(str::to_owned),
            inherited_from: standing.provider.map(ToString::to_string),
            stale: standing.is_stale,
            carried: standing.carried_from.is_some(),
            asked: standing.is_asked(),
        }
    }
}
