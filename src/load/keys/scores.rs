//! The columns of a table of scores, and the keys of a map that says what such a table means.

use super::Form::{Any, Category, Evidence, Name, Provider, Reason, Rubric, Service};
use super::Kind::{ByName, Count, Date, Text, Texts, Truth, Verdict, Word};
use super::Presence::{Optional, OrMeans, RequiredByReader};
use super::{Items, Key, TableKeys, keys};

/// What a value of a table may be mapped to: the words for a score, and the one for none.
pub const VALUES: [&str; 5] = ["red", "amber", "green", super::NOT_APPLICABLE, NOT_ASSESSED];
/// The word for a category that nobody rated.
pub const NOT_ASSESSED: &str = "not-assessed";
/// The columns of a table, and what makes one left out.
pub const COLUMNS: [&str; 13] = [
    "service",
    "category",
    "date",
    "colour",
    "because",
    "evidence",
    "by",
    "with",
    "note",
    "inherited-from",
    "rubric",
    "asked",
    "ignore",
];
const ORDERS: [&str; 2] = ["day-month-year", "month-day-year"];

keys! {
    /// A table of scores, a service's category and its score on each line.
    COLUMNS_OF_SCORES "Scores" "scores" {
        /// Which service: its id, an old id, or its title.
        "service": Text(Service), RequiredByReader;
        /// Which category: its id or its title.
        "category": Text(Category), RequiredByReader;
        /// The day that was assessed.
        "date": Date, OrMeans("see [dates](spreadsheet.md#dates)");
        /// What was found.
        "colour": Verdict, RequiredByReader;
        /// Why.
        "because": Text(Any), Optional;
        /// Where it can be seen: addresses or paths with spaces between, or texts with `;` or line breaks between.
        "evidence": Text(Evidence), Optional;
        /// Who assessed; several with `,` or `;` between.
        "by": Text(Name), Optional;
        /// Who from outside assessed with them; several with `,` or `;` between.
        "with": Text(Name), Optional;
        /// Anything else worth knowing.
        "note": Text(Any), Optional;
        /// Another service, whose colour counts; the colour beside it is not read.
        "inherited-from": Text(Provider), Optional;
        /// The rubric that it was assessed under, as `id@major`.
        "rubric": Text(Rubric), OrMeans("the one in force on that day");
        /// `false` where the rubric does not ask the service; such a line is skipped.
        "asked": Truth, Optional;
    }

    /// What a table of scores means: the file for `--map`.
    MAP "ScoreMap" "a map of scores" {
        /// The rubric that the scores were given under, as `id@major`.
        "rubric": Text(Rubric), OrMeans("the one in force on the day");
        /// The day of tables that name none.
        "date": Date, Optional;
        /// What `03/04/2026` means.
        "date-order": Word(&ORDERS), OrMeans("such a date is an error");
        /// The year from which numbers that are not shown as dates count days: 1900 or 1904.
        "epoch": Count, OrMeans("such a number is an error");
        /// The reason for *not applicable* where the table gives none.
        "not-applicable-because": Text(Reason), Optional;
        /// Names of sheets, services and categories that are left out.
        "skip": Texts(Any, Items::Any), Optional;
        /// Headings, and the columns that they stand for.
        "columns": ByName(Any, &Word(&COLUMNS)), Optional;
        /// Values, and the scores that they stand for. `""` is an empty cell, `"fill:#ff0000"` one that is filled with that colour.
        "values": ByName(Any, &Word(&VALUES)), Optional;
        /// Names of services in the table, and their ids.
        "services": ByName(Any, &Text(Service)), Optional;
        /// Names of categories in the table, and their ids.
        "categories": ByName(Any, &Text(Category)), Optional;
        /// Dates and names of sheets, and the days that they stand for, as YYYY-MM-DD.
        "dates": ByName(Any, &Date), Optional;
    }
}
