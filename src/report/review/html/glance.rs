//! How many of each, now and at the review before.

use maud::{Markup, html};

use super::super::model::{Cover, GlanceSection, PeriodCounts};
use super::super::{movement_words, words};
use super::{charts, parts};
use crate::eval::{Counts, Glance, Movement, Status};
use crate::model::Colour;
use crate::report::glyph;
use crate::text::plural;

pub(super) fn render(section: &GlanceSection, movements: &[Movement<'_>], cover: &Cover<'_>) -> Markup {
    html! {
        div.glance-lines {
            @for (at, (title, glance)) in section.groups().enumerate() { (card(at, title, glance)) }
        }
        (parts::scroll("Table of services and judgements by colour", section.groups().count(), &table(section)))
        @if section.all.moved > 0 {
            p.note {
                "The rubrics of " (plural(section.all.moved, "service", "services"))
                " have changed since then: both days are told by today’s."
            }
        }
        @if !movements.is_empty() {
            h3 { (movement_words::MOVEMENTS) }
            ul.quality {
                @for movement in movements {
                    li { (parts::service_name(movement.member)) ": " (movement_words::movement(movement)) }
                }
            }
        }
        @if !section.history.is_empty() { (history(&section.history)) }
        (quality(section, cover))
    }
}

/// A line as people see it from the back of a room.
fn card(at: usize, name: &str, glance: &Glance) -> Markup {
    let (now, before) = (&glance.now.judgements, &glance.before.judgements);
    let id = format!("glance-bar-{at}");
    let title = format!("{name}: {}; before: {}", told(now), told(before));
    html! {
        article.card {
            h3 { (name) " " small { (plural(glance.now.services.total(), "service", "services")) } }
            p.big {
                strong { (now.green) } " of " (now.applicable()) " green"
                span.was { "was " (before.green) " of " (before.applicable()) }
            }
            (charts::bars(&id, &title, now, before))
            p.tally {
                @for (colour, count, was) in [
                    (Colour::Red, now.red, before.red),
                    (Colour::Amber, now.amber, before.amber),
                ] {
                    span {
                        span.chip aria-hidden="true" data-colour=(colour) { (glyph::status(Status::Rated(colour))) }
                        " " b { (count) } " of " (now.applicable()) " " (colour)
                        " " span.was { "was " (was) }
                    } " "
                }
            }
            p.key {
                span { "Upper bar: now" } " " span { "Lower bar: before" }
                @if now.not_applicable > 0 { " " span { (now.not_applicable) " not applicable, not counted" } }
            }
        }
    }
}

/// "13 red, 43 amber and 157 green of 213".
fn told(judgements: &Counts) -> String {
    let Counts { red, amber, green, not_assessed, needs_rescore, .. } = judgements;
    let mut text = format!("{red} red, {amber} amber, {green} green");
    for (count, what) in [(needs_rescore, "to be re-scored"), (not_assessed, "not assessed")] {
        if *count > 0 {
            text.push_str(&format!(", {count} {what}"));
        }
    }
    format!("{text} of {} judgements", judgements.applicable())
}

fn table(section: &GlanceSection) -> Markup {
    let was = |now: usize, before: usize| {
        html! { (now) " " span.was { "was " (before) } }
    };
    html! {
        table #glance-table {
            caption { "Services and judgements by colour. A judgement is one category of one service." }
            colgroup {}
            colgroup span="5" {}
            colgroup span="3" {}
            colgroup span="3" {}
            thead {
                tr {
                    td {}
                    th colspan="5" scope="colgroup" { "Services" }
                    th colspan="3" scope="colgroup" { "Judgements" }
                    th colspan="3" scope="colgroup" { "Categories that" }
                }
                tr {
                    th scope="col" { "Which services" }
                    (parts::numbers(&["Services", "Red", "Amber", "Green", "Other", "Green of applicable", "Red", "Amber"]))
                    (parts::numbers(&["Dropped", "Slipped", "Improved"]))
                }
            }
            tbody {
                @for (title, glance) in section.groups() {
                    @let (now, before) = (&glance.now, &glance.before);
                    tr {
                        th scope="row" { (title) }
                        td.num { (now.services.total()) }
                        td.num { (was(now.services.red, before.services.red)) }
                        td.num { (was(now.services.amber, before.services.amber)) }
                        td.num { (was(now.services.green, before.services.green)) }
                        td.num { (was(now.services.other(), before.services.other())) }
                        td.num {
                            (now.judgements.green) " of " (now.judgements.applicable()) " "
                            span.was { "was " (before.judgements.green) " of " (before.judgements.applicable()) }
                        }
                        td.num { (was(now.judgements.red, before.judgements.red)) }
                        td.num { (was(now.judgements.amber, before.judgements.amber)) }
                        td.num { (glance.changes.dropped) }
                        td.num { (glance.changes.slipped) }
                        td.num { (glance.changes.improved) }
                    }
                }
            }
        }
    }
}

fn history(history: &[PeriodCounts]) -> Markup {
    let said = |point: &PeriodCounts| match point.counts.green_share() {
        Some(_) => format!("{}: {} of {}", point.period.label, point.counts.green, point.counts.applicable()),
        None => format!("{}: nothing rated", point.period.label),
    };
    let title =
        format!("Green judgements over time. {}.", history.iter().map(said).collect::<Vec<_>>().join("; "));
    html! {
        h3 { "Green over time" }
        figure {
            (parts::scroll("Drawing of green over time", 0, &charts::history("glance-history", &title, history)))
            figcaption {
                "Green of applicable judgements at each date."
                @if history.iter().skip(1).any(|point| point.is_break) {
                    " A dashed line marks a change of the rubric: the shares on its two sides are not the same measure."
                }
                @if history.iter().skip(1).any(|point| point.has_other_members) {
                    " A dashed line with " (glyph::OTHER_MEMBERS) " marks other services than before, likewise."
                }
            }
        }
        details {
            summary { "Green over time, in numbers" }
            (parts::scroll("Table of green over time", history.len(), &html! {
                table.narrow {
                    thead {
                        tr {
                            th scope="col" { "Until" }
                            (parts::numbers(&["Green", "Of applicable"]))
                            th scope="col" { "Rubric" }
                            th scope="col" { "Services" }
                        }
                    }
                    tbody {
                        @for point in history {
                            tr {
                                th scope="row" { (point.period.label) }
                                td.num { (point.counts.green) }
                                td.num { (point.counts.applicable()) }
                                td { @if point.is_break { "changed" } @else { "–" } }
                                td { @if point.has_other_members { "changed" } @else { "–" } }
                            }
                        }
                    }
                }
            }))
        }
    }
}

fn quality(section: &GlanceSection, cover: &Cover<'_>) -> Markup {
    html! {
        h3 { "What the numbers rest on" }
        ul.quality { @for line in words::quality(section, cover) { li { (line) } } }
    }
}
