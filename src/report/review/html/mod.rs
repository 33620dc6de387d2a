//! The pack as one page for a browser: to project, to print on A4, to read on a phone. It needs no network, and no
//! script to be read. It shows the finished model, and neither computes nor sorts.

mod changes;
mod charts;
mod commitments;
mod domains;
mod glance;
mod hot_spots;
mod links;
mod map;
mod parts;
mod policy;
mod slos;
mod small_print;
mod talk;

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, html};

use super::model::MADE_BY;
use super::{Pack, Section};
use crate::eval::{NextReview, Since, SinceBasis};
use crate::text::{days, plural, sanitize};

pub(super) fn render(pack: &Pack<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = page(pack).into_string();
    // Once, over the whole page: so no text can be forgotten. What it puts in is never markup, and line breaks, which
    // mean nothing in a page, go: where a page ends up in the log of a build, no line of it is a command.
    let page = sanitize(&page);
    // Texts are escaped, so that these two are the page's own.
    let page = page.replacen("<style></style>", &format!("<style>{}</style>", policy::STYLE), 1);
    let page = page.replacen("<script></script>", &format!("<script>{}</script>", policy::SCRIPT), 1);
    out.write_all(page.as_bytes())
}

fn page(pack: &Pack<'_>) -> Markup {
    let cover = &pack.cover;
    let kind = kind(pack);
    let sections = sections(pack);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy::content_security_policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(MADE_BY);
                title { (cover.title) " – " (kind) ", " (cover.as_of) }
                style {}
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                div.page {
                    header.masthead { (masthead(pack, kind)) }
                    nav.contents aria-labelledby="contents-title" {
                        p #contents-title { "Contents" }
                        ol {
                            @for (section, _) in &sections {
                                li { a href={ "#" (section.id()) } { (section.title()) } }
                            }
                        }
                    }
                    main #content tabindex="-1" {
                        @for (section, body) in &sections {
                            section id=(section.id()) aria-labelledby={ (section.id()) "-title" } {
                                h2 id={ (section.id()) "-title" } { (section.title()) }
                                (body)
                            }
                        }
                    }
                    @if pack.waivers.is_none() {
                        footer { (small_print::render(pack)) }
                    }
                }
                script {}
            }
        }
    }
}

/// What kind of page it is.
fn kind(pack: &Pack<'_>) -> &'static str {
    if pack.cover.domain.is_some() { "Domain review" } else { "Summary of the estate" }
}

/// What was asked for, in the order in which it is read.
fn sections(pack: &Pack<'_>) -> Vec<(Section, Markup)> {
    let cover = &pack.cover;
    let all = [
        (
            Section::Glance,
            pack.glance
                .as_ref()
                .map(|glance| glance::render(glance, pack.movements.as_deref().unwrap_or_default(), cover)),
        ),
        (Section::Domains, pack.domains.as_deref().map(domains::render)),
        (Section::Changes, pack.changes.as_deref().map(changes::render)),
        (Section::Map, pack.map.as_ref().map(|map| map::render(map, cover))),
        (Section::HotSpots, pack.hot_spots.as_ref().map(hot_spots::render)),
        (Section::Commitments, pack.commitments.as_ref().map(commitments::render)),
        (Section::Slos, pack.slos.as_ref().map(slos::render)),
        (Section::Talk, pack.talk.as_deref().map(talk::render)),
        (Section::Waivers, pack.waivers.as_deref().map(|lines| small_print::waivers(lines, pack))),
    ];
    all.into_iter().filter_map(|(section, body)| Some((section, body?))).collect()
}

/// The top of the page: what it is about, and what it is compared with.
fn masthead(pack: &Pack<'_>, kind: &str) -> Markup {
    let cover = &pack.cover;
    html! {
        @if let Some(estate) = cover.estate.filter(|_| cover.domain.is_some()) {
            p.eyebrow { (estate) }
        }
        h1 { (cover.title) }
        p.lead { (kind) " · as of " (parts::long_date(cover.as_of)) }
        dl.facts {
            div { dt { "Services" } dd { (cover.services) } }
            @if let Some(since) = &cover.since {
                div { dt { "Compared with" } dd { (parts::long_date(since.date)) small { (basis(*since)) } } }
            }
            @if let Some(next) = &cover.next_review {
                div { dt { "Next review" } dd { (parts::long_date(next.date)) small { (next_review(*next)) } } }
            }
            @for (rubric, services) in &cover.rubrics {
                div {
                    dt { "Rubric" }
                    dd { (rubric.title) " " (rubric.version) small { (plural(*services, "service", "services")) } }
                }
            }
        }
        @if let Some(filters) = &cover.filters {
            p.note { "Only " (filters) "." }
        }
    }
}

fn basis(since: Since) -> &'static str {
    match since.basis {
        SinceBasis::LastReview => "the last review",
        SinceBasis::Asked => "as asked",
        SinceBasis::Rhythm => "no review is known: one rhythm ago",
    }
}

fn next_review(next: NextReview) -> String {
    let planned = if next.is_planned { "planned" } else { "not planned yet" };
    match next.in_days {
        0 => format!("today, {planned}"),
        ahead @ 1.. => format!("in {}, {planned}", days(ahead)),
        past @ ..0 => format!("{} ago, {planned}", days(past)),
    }
}
