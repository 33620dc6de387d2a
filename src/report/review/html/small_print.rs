//! Agreed exceptions, and how the page was made.

use maud::{Markup, html};

use super::super::{ReportModel, Waiver, WaiverStatus};
use super::parts;
use crate::text::plural;

/// The section of waivers, with the small print below.
pub(super) fn waivers(waivers: &[Waiver], report: &ReportModel) -> Markup {
    html! {
        @if waivers.is_empty() {
            (parts::nothing("No waiver is agreed."))
        } @else {
            (parts::scroll("Table of waivers", waivers.len(), &table(waivers)))
        }
        (render(report))
    }
}

fn table(waivers: &[Waiver]) -> Markup {
    html! {
        table #waivers-table data-sortable {
            caption { "Agreed exceptions, the first to end first" }
            thead {
                tr {
                    th scope="col" { "Service" }
                    th scope="col" { "Category" }
                    th scope="col" { "Colour now" }
                    th scope="col" { "Until" }
                    th scope="col" { "Why" }
                    th scope="col" { "Agreed by" }
                }
            }
            tbody {
                @for waiver in waivers {
                    tr {
                        th scope="row" data-sort=(waiver.service.title) { (parts::service(&waiver.service)) }
                        td { (waiver.category) }
                        td {
                            @if let Some(status) = waiver.status { (parts::state_chip(status)) }
                            @else { span.none { "not asked any more" } }
                        }
                        td.date data-sort=(waiver.until) {
                            (parts::day(Some(waiver.until))) " " small { (ends(waiver.in_days)) }
                        }
                        td { (waiver.because) }
                        td {
                            (waiver.approved_by)
                            @if let Some(objection) = waiver.objection.as_ref().filter(|_| !has_ended(waiver)) {
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

fn has_ended(waiver: &Waiver) -> bool {
    waiver.state == WaiverStatus::Expired
}

fn ends(in_days: i64) -> String {
    match in_days {
        0 => "ends today".to_owned(),
        days @ 1.. => format!("in {}", parts::days(days)),
        days @ ..0 => format!("ended {} ago", parts::days(days)),
    }
}

/// What is not on the page and why, by which rubrics, and the command that makes it again.
pub(super) fn render(report: &ReportModel) -> Markup {
    let about = &report.about;
    let weeks = plural(usize::try_from(about.stale_after_weeks).unwrap_or(usize::MAX), "week", "weeks");
    html! {
        div.small-print {
            @if !about.left_out.is_empty() {
                h3 { "Left out" }
                ul { @for it in &about.left_out { li { b { (it.what) } ": " (it.why) } } }
            }
            h3 { "How this page was made" }
            dl.facts {
                @for rubric in &about.rubrics {
                    div {
                        dt { "Rubric " code { (rubric.key) } }
                        dd { (rubric.title) ", version " (rubric.version) ", for " (plural(rubric.services, "service", "services")) }
                    }
                }
                div { dt { "Stale" } dd { "a colour that nobody has looked at for " (weeks) } }
                div { dt { "Made by" } dd { (about.made_by) ", as of " (about.as_of) } }
                div.again { dt { "To make it again" } dd { code { (about.command) } } }
            }
            p.note {
                "Counts are judgements: one category of one service. What is not assessed or to be re-scored is never "
                "counted as green, and stays in the denominator."
            }
        }
    }
}
