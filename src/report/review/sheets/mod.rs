//! A pack as tidy tables, one a section: for CSV, for spreadsheets, and for other reports that list the same things.
//! Only unfolds the finished model: it neither computes nor sorts.
//!
//! Ids of sheets and columns are a contract with those who read the CSV: columns are only ever added at the end.

mod plans;
mod scores;

use serde::Serialize;

use super::{CategoryRef, ReportModel, Section, ServiceRef, State};
use crate::eval::RollUp;
use crate::model::Date;
use crate::report::numbers::{ChangeCounts, Judgements, Services};

pub(super) use plans::about_sheet;
pub(in crate::report) use plans::commitments_sheet;

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) struct Sheet {
    /// The section that it shows; `None` for what the pack is about.
    pub section: Option<Section>,
    /// Its id.
    pub id: &'static str,
    /// Its name for people, short enough for a spreadsheet's tab.
    pub title: &'static str,
    /// What each value of a row is.
    pub columns: Vec<Column>,
    /// The rows, each as wide as the columns.
    pub rows: Vec<Vec<Value>>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) struct Column {
    /// Its id, as CSV has it in its header.
    pub id: &'static str,
    /// Its name for people.
    pub heading: &'static str,
    /// What is in it.
    pub holds: Holds,
}

/// What is in a column: how much room it takes, and whether it is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Holds {
    /// Ids and names.
    Name,
    /// Words out of a list, which may have a colour.
    Word,
    /// Sentences.
    Prose,
    /// Counts, percentages, and whether something is so.
    Number,
    /// Days.
    Day,
}

/// A value of a table.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) enum Value {
    /// There is none.
    Empty,
    /// Text that somebody wrote, or a sentence.
    Text(String),
    /// A word out of a list, as JSON has it.
    Word(String),
    /// A count.
    Number(usize),
    /// A number that may be negative.
    Signed(i64),
    /// Out of 100.
    Percent(f64),
    /// From 0 to 1.
    Share(f64),
    /// A day.
    Date(Date),
    /// The status of a category.
    State(State),
    /// The colour of a service.
    Colour(RollUp),
    /// Whether something is so.
    YesNo(bool),
}

/// The tables of a pack, in the order of its sections. The first of a section is the one that CSV has.
pub(super) fn sheets(report: &ReportModel) -> Vec<Sheet> {
    let glance = report.glance.iter();
    let mut sheets: Vec<_> = glance
        .flat_map(|glance| [scores::glance_sheet(glance, &report.about), scores::history_sheet(glance)])
        .collect();
    sheets.extend(report.domains.as_deref().map(scores::domains_sheet));
    sheets.extend(report.changes.as_ref().map(scores::changes_sheet));
    sheets.extend(report.map.as_ref().map(scores::map_sheet));
    sheets.extend(report.hot_spots.iter().flat_map(|hot_spots| {
        [scores::hot_spots_sheet(&hot_spots.spots), plans::support_sheet(&hot_spots.support)]
    }));
    sheets.extend(report.commitments.as_ref().map(commitments_sheet));
    sheets.extend(report.slos.as_ref().map(scores::slos_sheet));
    sheets.extend(report.talk.as_deref().map(plans::talk_sheet));
    sheets.extend(report.waivers.as_deref().map(plans::waivers_sheet));
    sheets
}

/// A table.
fn sheet(
    section: Option<Section>,
    (id, title): (&'static str, &'static str),
    columns: Vec<Column>,
    rows: impl Iterator<Item = Vec<Value>>,
) -> Sheet {
    let rows: Vec<_> = rows.collect();
    debug_assert!(rows.iter().all(|row| row.len() == columns.len()), "{id}: rows are as wide as the header");
    Sheet { section, id, title, columns, rows }
}

/// The columns of [`named_service`].
const SERVICE: [Column; 4] = [
    name("platform", "Platform"),
    name("service", "Service id"),
    name("service_title", "Service"),
    number("golden_thread", "Golden Thread"),
];

fn named_service(service: &ServiceRef) -> Vec<Value> {
    let ServiceRef { id, title, platform, golden_thread } = service;
    vec![text(platform), text(id), text(title), Value::YesNo(*golden_thread)]
}

const fn column(id: &'static str, heading: &'static str, holds: Holds) -> Column {
    Column { id, heading, holds }
}

const fn name(id: &'static str, heading: &'static str) -> Column {
    column(id, heading, Holds::Name)
}

const fn word(id: &'static str, heading: &'static str) -> Column {
    column(id, heading, Holds::Word)
}

const fn prose(id: &'static str, heading: &'static str) -> Column {
    column(id, heading, Holds::Prose)
}

const fn number(id: &'static str, heading: &'static str) -> Column {
    column(id, heading, Holds::Number)
}

const fn day(id: &'static str, heading: &'static str) -> Column {
    column(id, heading, Holds::Day)
}

/// The columns of [`counted_services`].
const SERVICES: [Column; 6] = [
    number("services_red", "Red services"),
    number("services_amber", "Amber services"),
    number("services_green", "Green services"),
    number("services_incomplete", "Incomplete services"),
    number("services_not_assessed", "Services not assessed"),
    number("services_not_applicable", "Services n/a"),
];

fn counted_services(services: &Services) -> Vec<Value> {
    let Services { red, amber, green, incomplete, not_assessed, not_applicable } = *services;
    [red, amber, green, incomplete, not_assessed, not_applicable].map(Value::Number).into()
}

/// The columns of [`counted_judgements`].
const JUDGEMENTS: [Column; 9] = [
    number("red", "Red"),
    number("amber", "Amber"),
    number("green", "Green"),
    number("not_applicable", "Not applicable"),
    number("not_assessed", "Not assessed"),
    number("needs_rescore", "Needs re-score"),
    number("applicable", "Applicable"),
    number("stale", "Stale"),
    number("carried", "Carried over"),
];

fn counted_judgements(judgements: &Judgements) -> Vec<Value> {
    let Judgements {
        red,
        amber,
        green,
        not_applicable,
        not_assessed,
        needs_rescore,
        applicable,
        stale,
        carried,
    } = *judgements;
    let counts = [red, amber, green, not_applicable, not_assessed, needs_rescore, applicable, stale, carried];
    counts.map(Value::Number).into()
}

/// The columns of [`counted_changes`].
const CHANGES: [Column; 5] = [
    number("dropped", "Dropped to red"),
    number("slipped", "Slipped to amber"),
    number("improved", "Improved"),
    number("first_rated", "Rated for the first time"),
    number("no_longer_rated", "No longer rated"),
];

fn counted_changes(changes: &ChangeCounts) -> Vec<Value> {
    let ChangeCounts { dropped, slipped, improved, first_rated, no_longer_rated } = *changes;
    [dropped, slipped, improved, first_rated, no_longer_rated].map(Value::Number).into()
}

/// The columns of [`named_category`].
const CATEGORY: [Column; 3] =
    [name("pillar", "Pillar"), name("category", "Category id"), name("category_title", "Category")];

fn named_category(category: &CategoryRef) -> Vec<Value> {
    [&category.pillar, &category.id, &category.title].map(text).into()
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn optional<T>(value: Option<T>, with: impl FnOnce(T) -> Value) -> Value {
    value.map_or(Value::Empty, with)
}

fn optional_text(value: Option<&String>) -> Value {
    optional(value, text)
}

/// The word that JSON has for it, so that all formats have the same.
fn word_of(it: impl Serialize) -> Value {
    let json = serde_json::to_value(it).ok();
    let word = json.as_ref().and_then(serde_json::Value::as_str);
    Value::Word(word.expect("only enums that JSON has as a word come here").to_owned())
}
