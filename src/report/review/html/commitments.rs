//! What was promised, and what came of it.

use maud::{Markup, html};

use super::super::{Commitment, CommitmentStatus, Commitments};
use super::parts;

pub(super) fn render(commitments: &Commitments) -> Markup {
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

fn table(lines: &[Commitment]) -> Markup {
    html! {
        table #commitments-table.commitments data-sortable {
            caption { "Overdue, then open, each by the day it is due; then done late, then kept, the latest first." }
            thead {
                tr {
                    th scope="col" { "Status" }
                    th scope="col" { "Service" }
                    th scope="col" { "Promise" }
                    th scope="col" { "Category" }
                    th scope="col" { "Owner" }
                    th scope="col" { "Support" }
                    th scope="col" { "Due" }
                    th scope="col" { "Done" }
                    th scope="col" { "Remark" }
                }
            }
            tbody { @for line in lines { (row(line)) } }
        }
    }
}

fn row(line: &Commitment) -> Markup {
    let (word, rank) = status(line.status);
    html! {
        tr {
            td data-sort=(rank) { span.label.overdue[line.status == CommitmentStatus::Overdue] { (word) } }
            th scope="row" data-sort=(line.service.title) { (parts::service(&line.service)) }
            td.promise data-sort=(line.what) {
                span.name { (line.what) }
                @if let Some(because) = &line.because { " " small { (because) } }
                " " small { "promised " (parts::day(Some(line.raised))) }
            }
            td data-sort=(line.category.as_deref().unwrap_or_default()) {
                (optional(line.category.as_deref()))
                @if let Some(target) = line.target {
                    " " span.target { span.arrow role="img" aria-label="aims at" { "→" } (parts::state_chip(target)) }
                }
            }
            td data-head="Owner" { (optional(line.owner.as_deref())) }
            td data-head="Support" { (optional(line.support.as_deref())) }
            td.date data-head="Due" { (parts::day(line.due)) }
            td.date data-head="Done" { (parts::day(line.done)) }
            td {
                (line.remark)
                @if let Some(colour) = line.colour_now { " " (parts::state_chip(colour)) }
            }
        }
    }
}

fn optional(text: Option<&str>) -> Markup {
    html! { @if let Some(text) = text { (text) } @else { "–" } }
}

/// What a status is called, and where it comes in the order.
fn status(status: CommitmentStatus) -> (&'static str, usize) {
    match status {
        CommitmentStatus::Overdue => ("overdue", 0),
        CommitmentStatus::Open => ("open", 1),
        CommitmentStatus::Slipped => ("done late", 2),
        CommitmentStatus::Kept => ("kept", 3),
    }
}
