//! Where it hurts in several services, and who is asked for help.

use maud::{Markup, html};

use super::super::{Ask, HotService, HotSpot, HotSpots, Support};
use super::links::{Leads, leads};
use super::{charts, parts};

/// So many services of a hot spot are named at once; the rest can be unfolded.
const NAMED: usize = 12;

pub(super) fn render(hot_spots: &HotSpots) -> Markup {
    html! {
        @if hot_spots.spots.is_empty() {
            (parts::nothing("No category is red or amber in several services."))
        } @else {
            p { "Categories that are red or amber in several services: often one fix helps them all." }
            div.cards { @for (at, spot) in hot_spots.spots.iter().enumerate() { (card(at, spot)) } }
        }
        @if !hot_spots.support.is_empty() {
            h3 { "Support asked for" }
            div.cards { @for support in &hot_spots.support { (asked(support)) } }
        }
    }
}

fn card(at: usize, spot: &HotSpot) -> Markup {
    let counts = &spot.judgements;
    let title = format!(
        "{}: {} red, {} amber, {} green of {}",
        spot.category.title, counts.red, counts.amber, counts.green, counts.applicable
    );
    let (named, more) = spot.services.split_at(spot.services.len().min(NAMED));
    html! {
        article.card.spot {
            h3 { (spot.category.title) " " small { (spot.category.pillar) } }
            p.remark { (spot.remark) }
            (charts::single_bar(&format!("spot-bar-{at}"), &title, counts))
            ul.services { @for service in named { (concerned(service)) } }
            @if !more.is_empty() {
                details {
                    summary { "and " (more.len()) " more" }
                    ul.services { @for service in more { (concerned(service)) } }
                }
            }
            @if !spot.guidance.is_empty() {
                p.guidance { "Guidance: " (guidance(spot)) }
            }
        }
    }
}

fn concerned(service: &HotService) -> Markup {
    html! { li { (parts::state_chip(service.status)) " " span { (parts::service_name(&service.service)) } } }
}

fn guidance(spot: &HotSpot) -> Markup {
    html! {
        @for (at, page) in spot.guidance.iter().enumerate() {
            @if at > 0 { ", " }
            (parts::link(&page.href, &page.title))
        }
        // A path leads nowhere from a page that travels alone; the program can show what is behind it.
        @if spot.guidance.iter().any(|page| leads(&page.href) != Leads::Elsewhere) {
            " – " code { "fundamentals explain " (spot.category.id) }
        }
    }
}

fn asked(support: &Support) -> Markup {
    html! {
        article.card {
            h4 { (support.from) " " small { "is asked by " (support.asks.len()) } }
            ul.asks { @for ask in &support.asks { (one_ask(ask)) } }
        }
    }
}

fn one_ask(ask: &Ask) -> Markup {
    html! {
        li {
            (ask.what) " "
            small {
                (parts::service_name(&ask.service))
                @if ask.due.is_some() { " · due " (parts::day(ask.due)) } @else { " · no date" }
                @if ask.overdue { " · " b { "overdue" } }
            }
        }
    }
}
