//! A line for each domain, in the summary of an estate.

use maud::{Markup, html};

use super::super::model::{DomainSummary, PeriodCounts};
use super::{charts, parts};
use crate::eval::SinceBasis;

pub(super) fn render(domains: &[DomainSummary<'_>]) -> Markup {
    if domains.is_empty() {
        return parts::nothing("There is no domain.");
    }
    html! {
        (parts::filter("domains-table", "Filter domains"))
        (parts::scroll("Table of domains", domains.len(), &table(domains)))
    }
}

fn table(domains: &[DomainSummary<'_>]) -> Markup {
    html! {
        table #domains-table data-sortable {
            caption { "Judgements by colour; what changed is since the last review of each domain; commitments that are open, and overdue." }
            thead {
                tr {
                    th scope="col" { "Domain" }
                    th.num scope="col" { "Services" }
                    th.wide scope="col" { "Judgements" }
                    (parts::numbers(&["Green", "Red", "Amber"]))
                    th scope="col" { "Trend" }
                    (parts::numbers(&["Dropped", "Improved"]))
                    (parts::columns(&["Last review", "Next review"]))
                    (parts::numbers(&["Open", "Overdue"]))
                }
            }
            tbody { @for (at, domain) in domains.iter().enumerate() { (row(at, domain)) } }
        }
    }
}

fn row(at: usize, domain: &DomainSummary<'_>) -> Markup {
    let (glance, now) = (&domain.glance, &domain.glance.now.judgements);
    let bar = format!("{}: {}", domain.title, parts::tally(now));
    html! {
        tr {
            th scope="row" data-sort=(domain.title) { span.name { (domain.title) } " " small { (domain.id) } }
            td.num { (glance.now.services.total()) }
            td.wide data-sort=(share(domain)) { (charts::low_bar(&format!("domain-bar-{at}"), &bar, now)) }
            td.num data-sort=(share(domain)) { (now.green) " of " (now.applicable()) }
            td.num { (now.red) }
            td.num { (now.amber) }
            td data-sort=(share(domain)) {
                (charts::sparkline(&format!("domain-spark-{at}"), &trend(domain), &domain.history))
            }
            td.num { (glance.changes.dropped) }
            td.num { (glance.changes.improved) }
            td.date { (parts::day(Some(domain.since.date))) (since(domain)) }
            td.date data-sort=[domain.next_review.map(|next| next.date)] {
                (parts::day(domain.next_review.map(|next| next.date)))
                @if domain.next_review.is_some_and(|next| !next.is_planned) { " " small { "due, not planned" } }
            }
            td.num { (domain.commitments.open) }
            td.num { (domain.commitments.overdue) }
        }
    }
}

/// Only for the order of rows: the share that is green now.
fn share(domain: &DomainSummary<'_>) -> String {
    domain
        .history
        .last()
        .and_then(|point| point.counts.green_share())
        .map(|share| format!("{share:.4}"))
        .unwrap_or_default()
}

fn since(domain: &DomainSummary<'_>) -> Markup {
    html! {
        @match domain.since.basis {
            SinceBasis::LastReview => {},
            SinceBasis::Asked => { " " small { "as asked" } },
            SinceBasis::Rhythm => { " " small { "no review is known" } },
        }
    }
}

fn trend(domain: &DomainSummary<'_>) -> String {
    let said = |point: &PeriodCounts| match point.counts.green_share() {
        Some(_) => {
            format!("{} of {} in {}", point.counts.green, point.counts.applicable(), point.period.label)
        }
        None => format!("nothing rated in {}", point.period.label),
    };
    let points: Vec<_> = domain.history.iter().map(said).collect();
    format!("{}, green: {}", domain.title, points.join("; "))
}
