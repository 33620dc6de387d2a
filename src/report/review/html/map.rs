//! Services by categories: where it hurts, seen at once.

use maud::{Markup, html};

use super::super::{About, CategoryRef, Map, MapCell, MapRow, State};
use super::{charts, parts};
use crate::report::glyph;
use crate::text::plural;

pub(super) fn render(map: &Map, about: &About) -> Markup {
    if map.rows.is_empty() {
        return parts::nothing("There is no service.");
    }
    let categories: Vec<_> = map.pillars.iter().flat_map(|pillar| &pillar.categories).collect();
    html! {
        p { "Worst first. Each cell is what a team has judged, by the rubric’s words; reasons are below." }
        (parts::filter("map-table", "Filter services"))
        (parts::scroll("Table of services by categories", map.rows.len(), &table(map, &categories)))
        (legend(about))
        h3 { "Reasons, service by service" }
        div.reasons-list data-follows="map-table" {
            @for row in &map.rows { (reasons(row, &categories)) }
        }
    }
}

fn table(map: &Map, categories: &[&CategoryRef]) -> Markup {
    html! {
        table #map-table.map data-sortable {
            caption { (plural(map.rows.len(), "service", "services")) " by " (plural(categories.len(), "category", "categories")) }
            colgroup { col.service; col.colour; col.share; col.trend; }
            @for pillar in &map.pillars { colgroup span=(pillar.categories.len()) {} }
            thead {
                tr.pillars {
                    td colspan="4" {}
                    @for pillar in &map.pillars {
                        th.pillar scope="colgroup" colspan=(pillar.categories.len()) { span { (pillar.title) } }
                    }
                }
                tr {
                    th.service scope="col" { "Service" }
                    th scope="col" { span.turn { "Colour" } }
                    th scope="col" { span.turn { "Green of applicable" } }
                    th scope="col" { "Trend" }
                    @for pillar in &map.pillars {
                        @for (at, category) in pillar.categories.iter().enumerate() {
                            th.first[at == 0] scope="col" { span.turn { (category.title) } }
                        }
                    }
                }
            }
            tbody { @for (at, row) in map.rows.iter().enumerate() { (service_row(at, row, map, categories)) } }
        }
    }
}

fn service_row(at: usize, row: &MapRow, map: &Map, categories: &[&CategoryRef]) -> Markup {
    let green = format!("{:.4}", row.green_shares.last().copied().flatten().unwrap_or(-1.0));
    html! {
        tr data-key=(row.service.id) {
            th.service scope="row" data-sort=(row.service.title) { (parts::service(&row.service)) }
            td.roll-up data-sort=(row.colour as usize) { (parts::roll_up_chip(row.colour)) }
            td.share data-sort=(green) { (row.judgements.green) span.of { " of " (row.judgements.applicable) } }
            td.trend data-sort=(green) {
                (charts::sparkline(&format!("map-spark-{at}"), &trend(row, &map.periods), &row.bars))
            }
            @for (category, cell) in categories.iter().zip(&row.cells) { (map_cell(category, cell.as_ref())) }
        }
    }
}

fn map_cell(category: &CategoryRef, cell: Option<&MapCell>) -> Markup {
    html! {
        @if let Some(cell) = cell {
            td data-status=(cell.status.word()) title=(format!("{}: {}", category.title, told(cell))) { (cell.sign()) }
        } @else {
            td.absent title=(format!("{}: not in its rubric", category.title)) { "–" }
        }
    }
}

/// "amber since 2026-05-01, looked at 2026-11-10: because …".
fn told(cell: &MapCell) -> String {
    let mut text = facts(cell);
    if let Some(because) = &cell.because {
        text.push_str(": ");
        text.push_str(because);
    }
    text
}

fn facts(cell: &MapCell) -> String {
    let mut text = parts::state_word(cell.status).to_owned();
    if let Some(since) = cell.since {
        text.push_str(&format!(" since {since}"));
    }
    if let Some(reviewed) = cell.reviewed {
        text.push_str(&format!(", looked at {reviewed}"));
    }
    if let Some(provider) = &cell.inherited_from {
        text.push_str(&format!(", inherited from {provider}"));
    }
    if cell.carried {
        text.push_str(", carried over from an older rubric");
    }
    if cell.stale {
        text.push_str(", stale");
    }
    if !cell.asked {
        text.push_str(", not asked of this service");
    }
    text
}

fn trend(row: &MapRow, periods: &[String]) -> String {
    let said = |(period, share): (&String, &Option<f64>)| match share {
        Some(share) => format!("{:.0} % in {period}", share * 100.0),
        None => format!("nothing rated in {period}"),
    };
    let shares: Vec<_> = periods.iter().zip(&row.green_shares).map(said).collect();
    format!("{}, green: {}", row.service.title, shares.join("; "))
}

/// What isn't green, and whatever else has a reason: nobody has to hover to read it.
fn reasons(row: &MapRow, categories: &[&CategoryRef]) -> Markup {
    let cells =
        categories.iter().zip(&row.cells).filter_map(|(category, cell)| Some((*category, cell.as_ref()?)));
    let told: Vec<_> = cells.filter(|(_, cell)| is_worth_telling(cell)).collect();
    let counts = &row.judgements;
    html! {
        details data-key=(row.service.id) {
            summary {
                (parts::roll_up_chip(row.colour))
                " " span.name { (parts::service_name(&row.service)) }
                " " small {
                    (counts.red) " red, " (counts.amber) " amber, " (counts.green) " green of " (counts.applicable)
                }
            }
            @if told.is_empty() {
                (parts::nothing("Nothing is red or amber, and no reasons are written."))
            } @else {
                ul {
                    @for (category, cell) in told {
                        li {
                            (parts::state_chip(cell.status)) " "
                            b { (category.title) } " "
                            @if let Some(because) = &cell.because { (because) } @else { span.none { "no reason written" } }
                            " " small { (facts(cell)) }
                        }
                    }
                }
            }
        }
    }
}

fn is_worth_telling(cell: &MapCell) -> bool {
    cell.because.is_some()
        || match cell.status {
            State::Red | State::Amber | State::NotAssessed | State::NeedsRescore => true,
            State::Green | State::NotApplicable => false,
        }
}

fn legend(about: &About) -> Markup {
    let weeks = plural(usize::try_from(about.stale_after_weeks).unwrap_or(usize::MAX), "week", "weeks");
    let signs = [
        (glyph::STALE, format!("behind a letter: nobody has looked at it for {weeks}")),
        (glyph::CARRIED, "before a letter: carried over from an older version of the rubric".to_owned()),
        (glyph::INHERITED, "before a letter: inherited from another service".to_owned()),
        ("–", "not in the service’s rubric".to_owned()),
        (glyph::GOLDEN_THREAD, "Golden Thread: customers can’t browse and buy without it".to_owned()),
        (glyph::BREAK, "in a chart over time: the rubric changed".to_owned()),
    ];
    let states = [
        (State::Red, "red"),
        (State::Amber, "amber"),
        (State::Green, "green: the aim"),
        (
            State::NeedsRescore,
            "judged before the rubric raised the bar: to be re-scored; a service: incomplete",
        ),
        (State::NotAssessed, "nobody has judged it"),
        (State::NotApplicable, "not applicable, and not counted"),
    ];
    html! {
        h3 { "What the signs mean" }
        dl.legend {
            @for (state, meaning) in states {
                div {
                    dt { span.chip data-colour=(state.word()) { (glyph::roll_up(state.roll_up())) } }
                    dd { (meaning) }
                }
            }
            @for (sign, meaning) in signs { div { dt { (sign) } dd { (meaning) } } }
        }
    }
}
