//! Counts, as every JSON document and every table names them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::sheet::{COUNT, SheetColumns};
use crate::eval::{Changes, Counts, ServiceCounts};

/// Services by their worst colour.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(remote = "ServiceCounts")]
#[schemars(deny_unknown_fields)]
#[schemars(rename = "Services")]
pub struct Services {
    /// At least one red.
    pub red: usize,
    /// Amber at worst.
    pub amber: usize,
    /// All green.
    pub green: usize,
    /// Neither red nor amber, with gaps.
    pub incomplete: usize,
    /// Nothing assessed.
    pub not_assessed: usize,
    /// Nothing applicable.
    pub not_applicable: usize,
}

/// Judgements by status, and their denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Judgements {
    /// Red ones.
    pub red: usize,
    /// Amber ones.
    pub amber: usize,
    /// Green ones.
    pub green: usize,
    /// Not applicable; outside the denominator.
    pub not_applicable: usize,
    /// Never judged.
    pub not_assessed: usize,
    /// Judged before the bar was raised.
    pub needs_rescore: usize,
    /// The denominator: everything that should have a colour.
    pub applicable: usize,
    /// Of red, amber and green: those that nobody has looked at for too long.
    pub stale: usize,
    /// Of those that were judged: those that were carried over from another version of the rubric.
    pub carried: usize,
}

/// How many categories changed in each way.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(remote = "Changes")]
#[schemars(deny_unknown_fields)]
#[schemars(rename = "ChangeCounts")]
pub struct ChangeCounts {
    /// To red.
    pub dropped: usize,
    /// From green to amber.
    pub slipped: usize,
    /// To a better colour.
    pub improved: usize,
    /// From no colour to one.
    pub first_rated: usize,
    /// From a colour to none.
    pub no_longer_rated: usize,
}

impl From<&Counts> for Judgements {
    fn from(counts: &Counts) -> Self {
        Self {
            red: counts.red,
            amber: counts.amber,
            green: counts.green,
            not_applicable: counts.not_applicable,
            not_assessed: counts.not_assessed,
            needs_rescore: counts.needs_rescore,
            applicable: counts.applicable(),
            stale: counts.stale,
            carried: counts.carried,
        }
    }
}

pub(super) fn service_columns<'r>() -> SheetColumns<'r, ServiceCounts> {
    SheetColumns::<ServiceCounts>::new()
        .add(COUNT, "services_red", "Red services", |counts| counts.red)
        .add(COUNT, "services_amber", "Amber services", |counts| counts.amber)
        .add(COUNT, "services_green", "Green services", |counts| counts.green)
        .add(COUNT, "services_incomplete", "Incomplete services", |counts| counts.incomplete)
        .add(COUNT, "services_not_assessed", "Services not assessed", |counts| counts.not_assessed)
        .add(COUNT, "services_not_applicable", "Services n/a", |counts| counts.not_applicable)
}

/// The counts of judgements that every table has.
pub(super) fn status_columns<'r>() -> SheetColumns<'r, Counts> {
    SheetColumns::<Counts>::new()
        .add(COUNT, "red", "Red", |counts| counts.red)
        .add(COUNT, "amber", "Amber", |counts| counts.amber)
        .add(COUNT, "green", "Green", |counts| counts.green)
        .add(COUNT, "not_applicable", "Not applicable", |counts| counts.not_applicable)
        .add(COUNT, "not_assessed", "Not assessed", |counts| counts.not_assessed)
        .add(COUNT, "needs_rescore", "Needs re-score", |counts| counts.needs_rescore)
        .add(COUNT, "applicable", "Applicable", |counts| counts.applicable())
}

pub(super) fn judgement_columns<'r>() -> SheetColumns<'r, Counts> {
    status_columns().add(COUNT, "stale", "Stale", |counts| counts.stale).add(
        COUNT,
        "carried",
        "Carried over",
        |counts| counts.carried,
    )
}

pub(super) fn change_columns<'r>() -> SheetColumns<'r, Changes> {
    SheetColumns::<Changes>::new()
        .add(COUNT, "dropped", "Dropped to red", |counts| counts.dropped)
        .add(COUNT, "slipped", "Slipped to amber", |counts| counts.slipped)
        .add(COUNT, "improved", "Improved", |counts| counts.improved)
        .add(COUNT, "first_rated", "Rated for the first time", |counts| counts.first_rated)
        .add(COUNT, "no_longer_rated", "No longer rated", |counts| counts.no_longer_rated)
}

#[cfg(test)]
mod tests {
    use serde_json::value::Serializer;

    use super::*;
    use crate::report::sheet::write_csv;

    /// The header and the only row of a table, by column.
    fn row<Row: Clone>(columns: SheetColumns<'_, Row>, row: Row) -> serde_json::Value {
        let mut out = Vec::new();
        write_csv(&columns.over([row]), &mut out).expect("a vector takes everything");
        let csv = String::from_utf8(out).expect("UTF-8");
        let (header, row) = csv.trim_end().split_once("\r\n").expect("a header and a row");
        let values = row.split(',').map(|count| count.parse::<usize>().expect("a count"));
        header
            .split(',')
            .map(|id| id.trim_start_matches("services_").to_owned())
            .zip(values.map(serde_json::Value::from))
            .collect()
    }

    #[test]
    fn tables_have_each_count_of_the_json_under_the_same_name() {
        let services =
            ServiceCounts { red: 1, amber: 2, green: 3, incomplete: 4, not_assessed: 5, not_applicable: 6 };
        assert_eq!(
            row(service_columns(), services),
            Services::serialize(&services, Serializer).expect("JSON")
        );
        let changes = Changes { dropped: 1, slipped: 2, improved: 3, first_rated: 4, no_longer_rated: 5 };
        assert_eq!(
            row(change_columns(), changes),
            ChangeCounts::serialize(&changes, Serializer).expect("JSON")
        );
        let judgements = Counts {
            red: 1,
            amber: 2,
            green: 3,
            not_applicable: 4,
            not_assessed: 5,
            needs_rescore: 6,
            stale: 7,
            carried: 8,
        };
        assert_eq!(row(judgement_columns(), judgements), serde_json::json!(Judgements::from(&judgements)));
    }
}
