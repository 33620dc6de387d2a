//! A map of what a table holds, to be saved and filled in.

use std::fmt::{Display, Write as _};

use super::columns::ScoreColumn;
use super::map::{NameMap, ScoreMap};
use super::names::ServiceNames;
use super::rows::RowResults;
use super::sightings::{Sighting, Sightings};

/// Renders the map that there is, with what the table needs besides; `None` if it needs nothing.
pub(super) fn render(
    map: &ScoreMap,
    results: &RowResults,
    categories: &Sightings,
    services: &ServiceNames<'_>,
) -> Option<String> {
    let RowResults { unmapped, unknown_services, unknown_categories, .. } = results;
    let RowResults { ambiguous_dates, wrong_dates, understood, .. } = results;
    if [unmapped, unknown_services, unknown_categories, ambiguous_dates, wrong_dates, categories]
        .iter()
        .all(|all| all.is_empty())
    {
        return None;
    }
    let mut text =
        "# What a table of scores means. Fill in what is empty, and save it: --map map.toml\n".to_owned();
    line(&mut text, "rubric", map.rubric.as_ref());
    line(&mut text, "date-order", map.date_order.map(|order| order.word()).as_ref());
    if let Some(first) = ambiguous_dates.iter().next().filter(|_| map.date_order.is_none()) {
        let about =
            comment(&format!("day-month-year or month-day-year? {} is {}", first.whereabouts(), first.text));
        push(&mut text, &format!("date-order = \"\"  # {about}\n"));
    }
    line(&mut text, "not-applicable-because", map.not_applicable_because.as_ref());
    if let Some(date) = map.date {
        push(&mut text, &format!("date = {date}\n"));
    }
    if let Some(epoch) = map.epoch {
        push(&mut text, &format!("epoch = {}\n", epoch.year()));
    }
    if !map.skip.is_empty() {
        let names: Vec<_> = map.skip.iter().map(|name| quoted(name)).collect();
        push(&mut text, &format!("skip = [{}]\n", names.join(", ")));
    }
    table(
        &mut text,
        "columns",
        &map.columns,
        |column: &ScoreColumn| quoted(column.key()),
        &[],
        |_| String::new(),
    );
    if !understood.is_empty() {
        let seen: Vec<_> = understood.iter().map(|seen| format!("{} ({})", seen.text, seen.count)).collect();
        push(&mut text, &format!("\n# Understood: {}\n", comment(&seen.join(", "))));
    }
    let sights = |all: &Sightings| all.iter().cloned().collect::<Vec<_>>();
    let words = "red, amber, green, not-applicable or not-assessed?";
    table(
        &mut text,
        "values",
        &map.values,
        |value| quoted(value.word()),
        &sights(unmapped),
        |_| words.to_owned(),
    );
    table(
        &mut text,
        "services",
        &map.services,
        |id| quoted(id.as_str()),
        &sights(unknown_services),
        |sighting| services.suggestion(&sighting.text).map_or_else(String::new, |id| format!("{id}?")),
    );
    let categories = [sights(unknown_categories), sights(categories)].concat();
    table(&mut text, "categories", &map.categories, |id| quoted(id.as_str()), &categories, |_| String::new());
    table(&mut text, "dates", &map.dates, ToString::to_string, &sights(wrong_dates), |_| {
        "YYYY-MM-DD".to_owned()
    });
    Some(text)
}

fn push(text: &mut String, more: &str) {
    text.push_str(more);
}

/// A key with a text, if there is one.
fn line(text: &mut String, key: &str, value: Option<&impl Display>) {
    if let Some(value) = value {
        push(text, &format!("{key} = {}\n", quoted(&value.to_string())));
    }
}

/// A table with the entries that there are, and an empty one for each text that needs a meaning.
fn table<T>(
    text: &mut String,
    name: &str,
    known: &NameMap<T>,
    value: impl Fn(&T) -> String,
    needed: &[Sighting],
    hint: impl Fn(&Sighting) -> String,
) {
    if known.0.is_empty() && needed.is_empty() {
        return;
    }
    let lines = &mut String::new();
    for (key, meaning) in &known.0 {
        push(lines, &format!("{} = {}\n", quoted(key), value(meaning)));
    }
    for sighting in needed {
        let hint = hint(sighting);
        let hint = if hint.is_empty() { hint } else { format!("; {hint}") };
        let about = comment(&format!("{}{hint}", sighting.whereabouts()));
        push(lines, &format!("{} = \"\"  # {about}\n", quoted(&sighting.text)));
    }
    push(text, &format!("\n[{name}]\n{lines}"));
}

/// A text on one line, for a comment.
fn comment(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// A text as TOML has it in quotes.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                // Writing to a string can't fail.
                let _: std::fmt::Result = write!(quoted, "\\u{:04x}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
