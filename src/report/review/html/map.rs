//! Services by categories: where it hurts, seen at once.

use maud::{Markup, html};

use super::super::model::{Cover, MapSection, PeriodCounts, ServiceRow};
use super::{charts, parts};
use crate::eval::{MapColumn, Standing, Status};
use crate::model::{Category, Colour};
use crate::report::glyph;
use crate::text::plural;

pub(super) fn render(map: &MapSection<'_>, cover: &Cover<'_>) -> Markup {
    if map.rows.is_empty() {
        return parts::nothing("There is no service.");
    }
    html! {
        p { "Worst first. Each cell is what a team has judged, by the rubric’s words; reasons are below." }
        (parts::filter("map-table", "Filter services"))
        (parts::scroll("Table of services by categories", map.rows.len(), &table(map)))
        (legend(cover))
        h3 { "Reasons, service by service" }
        div.reasons-list data-follows="map-table" {
            @for row in &map.rows { (reasons(row, &map.columns)) }
        }
    }
}

fn table(map: &MapSection<'_>) -> Markup {
    let rubrics = map.rubric_headings();
    html! {
        table #map-table.map data-sortable {
            caption { (plural(map.rows.len(), "service", "services")) " by " (plural(map.columns.len(), "category", "categories")) }
            colgroup { col.service; col.colour; col.share; col.trend; }
            @for columns in map.pillars() { colgroup span=(columns.len()) {} }
            thead {
                @if !rubrics.is_empty() {
                    tr.rubrics {
                        td colspan="4" {}
                        @for (rubric, columns) in &rubrics {
                            th.rubric scope="colgroup" colspan=(columns) { span { (rubric) } }
                        }
                    }
                }
                tr.pillars {
                    td colspan="4" {}
                    @for columns in map.pillars() {
                        th.pillar scope="colgroup" colspan=(columns.len()) { span { (columns[0].pillar.title) } }
                    }
                }
                tr {
                    th.service scope="col" { "Service" }
                    th scope="col" { span.turn { "Colour" } }
                    th scope="col" { span.turn { "Green of applicable" } }
                    th scope="col" { "Trend" }
                    @for columns in map.pillars() {
                        @for (at, column) in columns.iter().enumerate() {
                            th.first[at == 0] scope="col" { span.turn { (column.category.title) } }
                        }
                    }
                }
            }
            tbody { @for (at, row) in map.rows.iter().enumerate() { (service_row(at, row, &map.columns)) } }
        }
    }
}

fn service_row(at: usize, row: &ServiceRow<'_>, columns: &[MapColumn<'_>]) -> Markup {
    let judgements = &row.glance.now.judgements;
    let green =
        format!("{:.4}", row.history.last().and_then(|point| point.counts.green_share()).unwrap_or(-1.0));
    html! {
        tr data-key=(row.member.service.id) {
            th.service scope="row" data-sort=(row.member.service.title) { (parts::service(row.member)) }
            td.roll-up data-sort=(row.colour as usize) { (parts::roll_up_chip(row.colour)) }
            td.share data-sort=(green) { (judgements.green) span.of { " of " (judgements.applicable()) } }
            td.trend data-sort=(green) {
                (charts::sparkline(&format!("map-spark-{at}"), &trend(row), &row.history))
            }
            @for (column, cell) in columns.iter().zip(&row.cells) { (map_cell(column.category, cell.as_ref())) }
        }
    }
}

fn map_cell(category: &Category, cell: Option<&Standing<'_>>) -> Markup {
    html! {
        @if let Some(cell) = cell {
            td data-status=(cell.status.word()) title=(format!("{}: {}", category.title, told(cell))) { (glyph::standing(cell)) }
        } @else {
            td.absent title=(format!("{}: not in its rubric", category.title)) { "–" }
        }
    }
}

/// "amber since 2026-05-01, looked at 2026-11-10: because …".
fn told(cell: &Standing<'_>) -> String {
    let mut text = facts(cell);
    if let Some(because) = cell.because() {
        text.push_str(": ");
        text.push_str(because);
    }
    text
}

fn facts(cell: &Standing<'_>) -> String {
    let mut text = glyph::status_word(cell.status).to_owned();
    if let Some(judged) = cell.judged {
        text.push_str(&format!(" since {}, looked at {}", judged.since, judged.reviewed));
    }
    if let Some(provider) = cell.provider {
        text.push_str(&format!(", inherited from {provider}"));
    }
    if cell.carried_from.is_some() {
        text.push_str(", carried over from an older rubric");
    }
    if cell.is_stale {
        text.push_str(", stale");
    }
    if !cell.is_asked() {
        text.push_str(", not asked of this service");
    }
    text
}

fn trend(row: &ServiceRow<'_>) -> String {
    let said = |point: &PeriodCounts| match point.counts.green_share() {
        Some(share) => format!("{:.0} % in {}", share * 100.0, point.period.label),
        None => format!("nothing rated in {}", point.period.label),
    };
    let shares: Vec<_> = row.history.iter().map(said).collect();
    format!("{}, green: {}", row.member.service.title, shares.join("; "))
}

/// What isn't green, and whatever else has a reason, so that it can be read without hovering.
fn reasons(row: &ServiceRow<'_>, columns: &[MapColumn<'_>]) -> Markup {
    let cells = columns.iter().zip(&row.cells);
    let cells = cells.filter_map(|(column, cell)| Some((column, cell.as_ref()?)));
    let told: Vec<_> = cells.filter(|(_, cell)| is_worth_telling(cell)).collect();
    let counts = &row.glance.now.judgements;
    html! {
        details data-key=(row.member.service.id) {
            summary {
                (parts::roll_up_chip(row.colour))
                " " span.name { (parts::service_name(row.member)) }
                " " small { (parts::tally(counts)) }
            }
            @if told.is_empty() {
                (parts::nothing("Nothing is red or amber, and no reasons are written."))
            } @else {
                ul {
                    @for (column, cell) in told {
                        li {
                            (parts::status_chip(cell.status)) " "
                            b { (column.name()) } " "
                            @if let Some(because) = cell.because() { (because) } @else { span.none { "no reason written" } }
                            " " small { (facts(cell)) }
                        }
                    }
                }
            }
        }
    }
}

fn is_worth_telling(cell: &Standing<'_>) -> bool {
    cell.because().is_some()
        || match cell.status {
            Status::Rated(Colour::Red | Colour::Amber) | Status::NotAssessed | Status::NeedsRescore(_) => {
                true
            }
            Status::Rated(Colour::Green) | Status::NotApplicable => false,
        }
}

fn legend(cover: &Cover<'_>) -> Markup {
    let weeks = parts::weeks(cover.stale_after_weeks);
    let signs = [
        (glyph::STALE, format!("behind a letter: nobody has looked at it for {weeks}")),
        (glyph::CARRIED, "before a letter: carried over from an older version of the rubric".to_owned()),
        (glyph::INHERITED, "before a letter: inherited from another service".to_owned()),
        ("–", "not in the service’s rubric".to_owned()),
        (glyph::GOLDEN_THREAD, "Golden Thread: customers can’t browse and buy without it".to_owned()),
        (glyph::BREAK, "in a chart over time: the rubric changed".to_owned()),
    ];
    let statuses = [
        (Status::Rated(Colour::Red), "red"),
        (Status::Rated(Colour::Amber), "amber"),
        (Status::Rated(Colour::Green), "green: the aim"),
        (
            parts::NEEDS_RESCORE,
            "judged before the rubric raised the bar: to be re-scored; a service: incomplete",
        ),
        (Status::NotAssessed, "nobody has judged it"),
        (Status::NotApplicable, "not applicable, and not counted"),
    ];
    html! {
        h3 { "What the signs mean" }
        dl.legend {
            @for (status, meaning) in statuses {
                div {
                    dt { span.chip data-colour=(status.word()) { (glyph::status(status)) } }
                    dd { (meaning) }
                }
            }
            @for (sign, meaning) in signs { div { dt { (sign) } dd { (meaning) } } }
        }
    }
}
