//! Agreed exceptions, and how the page was made.

use maud::{Markup, html};

use super::super::Pack;
use super::super::model::{MADE_BY, WaiverLine};
use super::parts;
use crate::model::WaiverState;
use crate::text::{days, plural};

/// The section of waivers, with the small print below.
pub(super) fn waivers(lines: &[WaiverLine<'_>], pack: &Pack<'_>) -> Markup {
    html! {
        @if lines.is_empty() {
            (parts::nothing("No waiver is agreed."))
        } @else {
            (parts::scroll("Table of waivers", lines.len(), &table(lines)))
        }
        (render(pack))
    }
}

fn table(lines: &[WaiverLine<'_>]) -> Markup {
    html! {
        table #waivers-table data-sortable {
            caption { "Agreed exceptions, the first to end first" }
            thead {
                tr {
                    (parts::columns(&["Service", "Category", "Colour now", "Until", "Why", "Agreed by"]))
                }
            }
            tbody {
                @for line in lines {
                    @let (service, waiver) = (line.reviewed.member(), line.waiver);
                    tr {
                        th scope="row" data-sort=(service.service.title) { (parts::service(service)) }
                        td { (waiver.category) }
                        td {
                            @if let Some(status) = line.status { (parts::status_chip(status)) }
                            @else { span.none { "not asked any more" } }
                        }
                        td.date data-sort=(waiver.until) {
                            (parts::day(Some(waiver.until))) " " small { (ends(line.in_days())) }
                        }
                        td { (waiver.because) }
                        td {
                            (waiver.approvers())
                            @if let Some(objection) = line.objection.as_ref().filter(|_| line.state != WaiverState::Expired) {
                                " " span.label.overdue { "does not count" } " " small { (objection) }
                            }
                            @for evidence in &waiver.evidence { " " small { (parts::link(evidence, evidence)) } }
                        }
                    }
                }
            }
        }
    }
}

fn ends(in_days: i64) -> String {
    match in_days {
        0 => "ends today".to_owned(),
        ahead @ 1.. => format!("in {}", days(ahead)),
        past @ ..0 => format!("ended {} ago", days(past)),
    }
}

/// What is not on the page and why, by which rubrics, and the command that makes it again.
pub(super) fn render(pack: &Pack<'_>) -> Markup {
    let cover = &pack.cover;
    html! {
        div.small-print {
            @if !cover.left_out.is_empty() {
                h3 { "Left out" }
                ul { @for (what, why) in &cover.left_out { li { b { (what) } ": " (why) } } }
            }
            h3 { "How this page was made" }
            dl.facts {
                @for (rubric, services) in &cover.rubrics {
                    div {
                        dt { "Rubric " code { (rubric.key()) } }
                        dd { (rubric.title) ", version " (rubric.version) ", for " (plural(*services, "service", "services")) }
                    }
                }
                div { dt { "Stale" } dd { "a colour that nobody has looked at for " (parts::weeks(cover.stale_after_weeks)) } }
                div { dt { "Made by" } dd { (MADE_BY) ", as of " (cover.as_of) } }
                div.again { dt { "To make it again" } dd { code { (cover.command) } } }
            }
            p.note {
                "Counts are judgements: one category of one service. What is not assessed or to be re-scored is never "
                "counted as green, and stays in the denominator."
            }
        }
    }
}
