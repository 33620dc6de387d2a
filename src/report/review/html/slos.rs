//! What was measured, beside what was judged.

use maud::{Markup, html};

use super::super::model::{SloLine, SloSection};
use super::super::words;
use super::{charts, parts};
use crate::eval::Member;
use crate::model::{Date, SloResult};
use crate::text::plural;

/// So many services without measurements are named at once; the rest can be unfolded.
const NAMED: usize = 24;

pub(super) fn render(slos: &SloSection<'_>) -> Markup {
    html! {
        @if slos.lines.is_empty() {
            (parts::nothing("Nothing was measured."))
        } @else {
            p { "What users got, beside what teams judged. The two need not agree; where they don’t, it is worth a question." }
            @if !slos.disagreements.is_empty() {
                h3 { "Questions" }
                ul.questions { @for question in &slos.disagreements { li { (words::disagreement(question)) } } }
            }
            h3 { "Objectives" }
            (parts::filter("slos-table", "Filter objectives"))
            (parts::scroll("Table of objectives, month by month", slos.lines.len(), &table(slos)))
            p.key {
                "In the drawings: a short bar is the objective, a dot a month that met it, a cross a month that missed it."
            }
        }
        @if !slos.outdated.is_empty() { (outdated(&slos.outdated)) }
        @if !slos.unmeasured.is_empty() { (unmeasured(&slos.unmeasured)) }
    }
}

fn table(slos: &SloSection<'_>) -> Markup {
    html! {
        table #slos-table.slos data-sortable {
            caption { "What was attained, what was to be, and how much of the error budget was left" }
            thead {
                tr {
                    (parts::columns(&["Service", "Judged", "Objective", "Over time"]))
                    @for month in &slos.months { th.num scope="col" { (month.month_in_digits()) } }
                }
            }
            tbody { @for (at, line) in slos.lines.iter().enumerate() { (row(at, line)) } }
        }
    }
}

fn row(at: usize, line: &SloLine<'_>) -> Markup {
    let service = line.reviewed.member();
    let missed = line.months.iter().flatten().filter(|month| !month.is_met()).count();
    html! {
        tr {
            th scope="row" data-sort=(service.service.title) { (parts::service(service)) }
            td { (parts::roll_up_chip(line.reviewed.whole_colour())) }
            td { (line.slo) }
            td data-sort=(missed) { (charts::attained(&format!("slo-{at}"), &title(line), &line.months)) }
            @for measured in &line.months {
                @if let Some(month) = measured {
                    td.num.missed[!month.is_met()] data-sort=(month.attained.percent()) {
                        span.name { (month.attained) } " "
                        small { "of " (month.objective) @if !month.is_met() { " · " b { "missed" } } }
                        " " small { (budget(month)) }
                    }
                } @else {
                    td.num data-sort="" { span.none { "not measured" } }
                }
            }
        }
    }
}

fn budget(month: &SloResult) -> String {
    match month.budget_left_percent() {
        // Plus nothing: so that nothing left is never written as −0.
        Some(left) if left >= 0.0 => format!("{:.0} % left", left + 0.0),
        Some(left) => format!("overspent by {:.0} %", -left),
        None => "no budget".to_owned(),
    }
}

fn title(line: &SloLine<'_>) -> String {
    let said = |month: &&SloResult| {
        let met = if month.is_met() { "met" } else { "missed" };
        format!("{} {} of {}, {met}", month.month_in_digits(), month.attained, month.objective)
    };
    let months: Vec<_> = line.months.iter().flatten().map(said).collect();
    format!("{} of {}: {}", line.slo, line.reviewed.service.title, months.join("; "))
}

fn outdated(services: &[(Member<'_>, Date)]) -> Markup {
    html! {
        h3 { "No recent measurement" }
        ul.services {
            @for (service, last) in services {
                li { (parts::service_name(*service)) ", last in " (last.month_in_digits()) }
            }
        }
    }
}

fn unmeasured(services: &[Member<'_>]) -> Markup {
    html! {
        h3 { "Not measured" }
        p { (plural(services.len(), "service has", "services have")) " no measurements in the estate’s files." }
        (parts::services(services, NAMED, |member| parts::service_name(*member)))
    }
}
