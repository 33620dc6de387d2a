//! Where it hurts in several services, and who is asked for help.

use maud::{Markup, html};

use super::super::model::HotSpotSection;
use super::super::words;
use super::links::{Leads, leads};
use super::{charts, parts};
use crate::eval::{ActionStatus, Commitment, HotSpot, Member, Standing, SupportNeed};
use crate::model::{Category, Guidance};

/// So many services of a hot spot are named at once; the rest can be unfolded.
const NAMED: usize = 12;

pub(super) fn render(hot_spots: &HotSpotSection<'_>) -> Markup {
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

fn card(at: usize, spot: &HotSpot<'_>) -> Markup {
    let (counts, column) = (&spot.counts, &spot.column);
    let title = format!("{}: {}", column.name(), parts::tally(counts));
    html! {
        article.card.spot {
            h3 { (column.name()) " " small { (column.pillar.title) } }
            p.remark { (words::remark(spot)) }
            (charts::single_bar(&format!("spot-bar-{at}"), &title, counts))
            (parts::services(&spot.concerned, NAMED, concerned))
            @if !column.category.guidance.is_empty() {
                p.guidance { "Guidance: " (guidance(column.category)) }
            }
        }
    }
}

fn concerned((member, now): &(Member<'_>, Standing<'_>)) -> Markup {
    html! { (parts::status_chip(now.status)) " " span { (parts::service_name(*member)) } }
}

fn guidance(category: &Category) -> Markup {
    html! {
        @for (at, guidance) in category.guidance.iter().enumerate() {
            @if at > 0 { ", " }
            @match guidance {
                Guidance::Link(page) => { (parts::link(&page.href, &page.title)) }
                Guidance::Text(text) => { (text.value) }
            }
        }
        // A path leads nowhere from a page that travels alone; the program can show what is behind it.
        @if category.links().any(|page| leads(&page.href) != Leads::Elsewhere) {
            " – " code { "fundamentals explain " (category.id) }
        }
    }
}

fn asked(support: &SupportNeed<'_, '_>) -> Markup {
    html! {
        article.card {
            h4 { (support.from) " " small { "is asked by " (support.asks.len()) } }
            ul.asks { @for ask in &support.asks { (one_ask(ask)) } }
        }
    }
}

fn one_ask(ask: &Commitment<'_, '_>) -> Markup {
    html! {
        li {
            (ask.action.what) " "
            small {
                (parts::service_name(ask.reviewed.member()))
                @if ask.action.due.is_some() { " · due " (parts::day(ask.action.due)) } @else { " · no date" }
                @if ask.status == ActionStatus::Overdue { " · " b { "overdue" } }
            }
        }
    }
}
