//! What is wrong with a table, in words: each name or value once, with the number of its cells.

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Estate, Rubric, ServiceId};
use crate::text::{list, list_some};

use super::super::grid::Grid;
use super::columns::ScoreColumn;
use super::layout::Layout;
use super::names::{ServiceNames, suggested_category};
use super::rows::RowResults;
use super::sightings::{Sighting, Sightings};

/// The problem that a sheet or text has no header that can be understood.
pub(super) fn no_table(grid: &Grid) -> Diagnostic {
    let title = match &grid.sheet {
        Some(sheet) => format!("no table of scores in the sheet `{sheet}`"),
        None => "no table of scores".to_owned(),
    };
    let problem = Diagnostic::new(Code::InvalidTable, title);
    let problem = match grid.rows().next() {
        Some(row) => problem.at(row.span(), "no header from here on"),
        None => problem.in_file(grid.file),
    };
    problem
        .help("head the columns with `service`, `category`, `colour` and `date`; or give services rows and categories columns")
        .help("name other headings in `[columns]` of a map: `fundamentals import scores --help`")
}

/// Notes what of a table is not read, and reports what is needed and not there, or there twice.
pub(super) fn layout(
    grid: &Grid,
    layout: &Layout,
    only: Option<&ServiceId>,
    notes: &mut Vec<String>,
    problems: &mut Problems,
) {
    for (column, one, other) in &layout.contested {
        let title = format!("two columns may be the {}: `{}` and `{}`", column.key(), one.value, other.value);
        let problem = Diagnostic::new(Code::InvalidTable, title);
        let problem = problem.at(other.span, "one of them").and(one.span, "the other");
        let help =
            format!("say which in `[columns]` of a map, for example `\"{}\" = \"ignore\"`", other.value);
        problems.push(problem.help(help));
    }
    let has_service = layout.columns.iter().any(|(column, _)| *column == ScoreColumn::Service);
    if !has_service && only.is_none() {
        let problem = Diagnostic::new(Code::InvalidTable, "scores need the column `service`");
        let header = grid.rows().find(|row| row.index() == layout.header);
        let problem = match header {
            Some(row) => problem.at(row.span(), "not among these"),
            None => problem.in_file(grid.file),
        };
        problems.push(problem.help("add it; or name its heading in `[columns]` of a map"));
    }
    if !layout.surplus.is_empty() {
        let of = grid.sheet.as_ref().map_or_else(String::new, |sheet| format!(" of {sheet}"));
        notes.push(format!("columns{of} that are not read: {}", list_some(&layout.surplus)));
    }
}

/// Reports everything that rows say and that is not understood.
pub(super) fn results(
    results: &RowResults,
    services: &ServiceNames<'_>,
    estate: &Estate,
    problems: &mut Problems,
) {
    problems.extend(results.problems.clone());
    for sighting in results.unmapped.iter() {
        problems.push(unmapped(sighting));
    }
    for sighting in results.unknown_services.iter() {
        let title = format!("no service is called `{}`: {}", sighting.text, sighting.whereabouts());
        let problem =
            Diagnostic::new(Code::UnmatchedService, title).at(sighting.span, "neither an id nor a title");
        problems.push(match services.suggestion(&sighting.text) {
            Some(id) => problem
                .help(format!("did you mean `{id}`? say so in `[services]` of a map, or correct the table")),
            None => {
                problem.help("add the service, name it in `[services]` of a map, or list it under `skip`")
            }
        });
    }
    for sighting in results.unknown_categories.iter() {
        let (title, help) = unknown_category(&sighting.text, estate.default_rubric());
        let title = format!("{title}: {}", sighting.whereabouts());
        problems.push(Diagnostic::new(Code::UnknownCategory, title).at(sighting.span, "unknown").help(help));
    }
    for sighting in results.ambiguous_dates.iter() {
        let title = format!("`{}` is two days: {}", sighting.text, sighting.whereabouts());
        let problem =
            Diagnostic::new(Code::InvalidDate, title).at(sighting.span, "which of its numbers is the month?");
        problems.push(problem.help(
            "say `--date-order day-month-year` or `--date-order month-day-year`, or `date-order` in a map",
        ));
    }
    for sighting in results.wrong_dates.iter() {
        let title = format!("`{}` is not a date: {}", sighting.text, sighting.whereabouts());
        let problem =
            Diagnostic::new(Code::InvalidDate, title).at(sighting.span, "not a day, month or quarter");
        problems.push(problem.help(
            "write for example 2026-11-03, 3 Nov 2026, Nov 2026 or Q4 2026; or say which day it is in `[dates]` of a map",
        ));
    }
    for sighting in results.early_dates.iter() {
        let title =
            format!("scores of {}, before anything was assessed: {}", sighting.text, sighting.whereabouts());
        let problem = Diagnostic::new(Code::InvalidDate, title).at(sighting.span, "is this a date?");
        problems.push(problem.help("correct the date; a number or a time is none"));
    }
    for sighting in results.future_dates.iter() {
        let title = format!("scores of {}, which has not begun: {}", sighting.text, sighting.whereabouts());
        problems.push(
            Diagnostic::new(Code::FutureDate, title).at(sighting.span, "to come").help("correct the date"),
        );
    }
    let rows: [(&Sightings, Code, &str, &str); 4] = [
        (
            &results.too_long,
            Code::InvalidTable,
            "names or scores that are too long",
            "put reasons in a column of their own",
        ),
        (
            &results.undated,
            Code::InvalidDate,
            "scores without a date",
            "say `--date`, add a column `date`, or name the sheet by its month",
        ),
        (
            &results.without_service,
            Code::UnmatchedService,
            "scores without a service",
            "name the service on each line",
        ),
        (
            &results.without_category,
            Code::UnknownCategory,
            "scores without a category",
            "name the category on each line",
        ),
    ];
    for (sightings, code, title, help) in rows {
        for sighting in sightings.iter() {
            let title = format!("{title}: {}", sighting.whereabouts());
            problems.push(Diagnostic::new(code, title).at(sighting.span, "this one").help(help));
        }
    }
}

fn unmapped(sighting: &Sighting) -> Diagnostic {
    let (title, label) = match sighting.text.as_str() {
        "" => (format!("empty cells without a meaning: {}", sighting.whereabouts()), "empty"),
        value => (format!("unknown value `{value}`: {}", sighting.whereabouts()), "not red, amber or green"),
    };
    let meaning = if sighting.text.is_empty() { "not-assessed" } else { "amber" };
    let example =
        format!("say so in `[values]` of a map, for example `\"{}\" = \"{meaning}\"`", sighting.text);
    let problem = Diagnostic::new(Code::UnmappedValue, title).at(sighting.span, label);
    problem.help(example).help("`fundamentals import scores FILE --dry-run > map.toml` begins one")
}

/// Title and help of the problem that a rubric has no category of a name.
pub(super) fn unknown_category(name: &str, rubric: &Rubric) -> (String, String) {
    let help = match suggested_category(name, rubric) {
        Some(id) => format!("did you mean `{id}`? say so in `[categories]` of a map, or correct the table"),
        None => {
            let ids: Vec<_> = rubric.categories.iter().map(|category| category.id.as_str()).collect();
            let known = if ids.len() <= 8 { list(&ids) } else { list_some(&ids) };
            format!("name it in `[categories]` of a map, or list it under `skip`; known here: {known}")
        }
    };
    (format!("`{name}` is not a category of {}", rubric.key()), help)
}
