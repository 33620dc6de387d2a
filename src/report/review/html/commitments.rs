//! What was promised, and what came of it.

use maud::{Markup, html};

use super::super::model::CommitmentSection;
use super::super::words;
use super::parts;
use crate::eval::{ActionStatus, Commitment, Status};

pub(super) fn render(commitments: &CommitmentSection<'_>) -> Markup {
    let counts = &commitments.counts;
    html! {
        dl.counts {
            (parts::figure(counts.kept, "kept"))
            (parts::figure(counts.slipped, "done late"))
            (parts::figure(counts.open, "open"))
            (parts::figure(counts.overdue, "overdue"))
            (parts::figure(counts.without_owner, "without an owner"))
            (parts::figure(counts.without_date, "without a date"))
            (parts::figure(counts.without_effect, "done, colour not moved"))
        }
        @if commitments.lines.is_empty() {
            (parts::nothing("Nothing was promised."))
        } @else {
            (parts::filter("commitments-table", "Filter commitments"))
            (parts::scroll("Table of commitments", commitments.lines.len(), &table(&commitments.lines)))
        }
    }
}

fn table(lines: &[Commitment<'_, '_>]) -> Markup {
    html! {
        table #commitments-table.commitments data-sortable {
            caption { "Overdue, then open, each by the day it is due; then done late, then kept, the latest first." }
            thead {
                tr {
                    (parts::columns(&["Status", "Service", "Promise", "Category", "Owner", "Support", "Due", "Done", "Remark"]))
                }
            }
            tbody { @for line in lines { (row(line)) } }
        }
    }
}

fn row(line: &Commitment<'_, '_>) -> Markup {
    let (service, action) = (line.reviewed.member(), line.action);
    let category = action.category.as_ref().map(ToString::to_string);
    let (word, rank) = status(line.status);
    html! {
        tr {
            td data-sort=(rank) { span.label.overdue[line.status == ActionStatus::Overdue] { (word) } }
            th scope="row" data-sort=(service.service.title) { (parts::service(service)) }
            td.promise data-sort=(action.what) {
                span.name { (action.what) }
                @if let Some(because) = &action.because { " " small { (because) } }
                " " small { "promised " (parts::day(Some(action.raised))) }
            }
            td data-sort=(category.as_deref().unwrap_or_default()) {
                (optional(category.as_deref()))
                @if let Some(target) = action.target {
                    " " span.target { span.arrow role="img" aria-label="aims at" { "→" } (parts::status_chip(Status::Rated(target))) }
                }
            }
            td data-head="Owner" { (optional(action.owner.as_deref())) }
            td data-head="Support" { (optional(action.support.as_deref())) }
            td.date data-head="Due" { (parts::day(action.due)) }
            td.date data-head="Done" { (parts::day(line.done())) }
            td {
                (words::commitment(line))
                @if let Some(effect) = line.effect { " " (parts::status_chip(Status::Rated(effect.colour()))) }
            }
        }
    }
}

fn optional(text: Option<&str>) -> Markup {
    html! { @if let Some(text) = text { (text) } @else { "–" } }
}

/// What a status is called, and where it comes in the order.
fn status(status: ActionStatus) -> (&'static str, usize) {
    match status {
        ActionStatus::Overdue => ("overdue", 0),
        ActionStatus::Open => ("open", 1),
        ActionStatus::Slipped => ("done late", 2),
        ActionStatus::Kept => ("kept", 3),
    }
}
