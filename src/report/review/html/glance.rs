//! How many of each, now and at the review before.

use maud::{Markup, html};

use super::super::{About, Glance, GlanceLine, HistoryPoint, State, words};
use super::{charts, parts};
use crate::report::glyph;
use crate::report::numbers::Judgements;
use crate::text::plural;

pub(super) fn render(glance: &Glance, about: &About) -> Markup {
    html! {
        div.glance-lines {
            @for (at, line) in glance.lines.iter().enumerate() { (line_card(at, line)) }
        }
        (parts::scroll("Table of services and judgements by colour", glance.lines.len(), &table(&glance.lines)))
        @if glance.moved > 0 {
            p.note {
                (plural(glance.moved, "service has", "services have"))
                " moved to another rubric since then: both days are told by today’s."
            }
        }
        @if !glance.history.is_empty() { (history(&glance.history)) }
        (quality(glance, about))
    }
}

/// A line as people see it from the back of a room.
fn line_card(at: usize, line: &GlanceLine) -> Markup {
    let (now, before) = (&line.now.judgements, &line.before.judgements);
    let id = format!("glance-bar-{at}");
    let title = format!("{}: {}; before: {}", line.title, told(now), told(before));
    html! {
        article.card {
            h3 { (line.title) " " small { (plural(line.total, "service", "services")) } }
            p.big {
                strong { (now.green) } " of " (now.applicable) " green"
                span.was { "was " (before.green) " of " (before.applicable) }
            }
            (charts::bars(&id, &title, now, before))
            p.tally {
                @for (state, now, before) in [
                    (State::Red, now.red, before.red),
                    (State::Amber, now.amber, before.amber),
                ] {
                    span {
                        span.chip aria-hidden="true" data-colour=(state.word()) { (glyph::roll_up(state.roll_up())) }
                        " " b { (now) } " of " (line.now.judgements.applicable) " " (parts::state_word(state))
                        " " span.was { "was " (before) }
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
fn told(judgements: &Judgements) -> String {
    let Judgements { red, amber, green, not_assessed, needs_rescore, applicable, .. } = judgements;
    let mut text = format!("{red} red, {amber} amber, {green} green");
    for (count, what) in [(needs_rescore, "to be re-scored"), (not_assessed, "not assessed")] {
        if *count > 0 {
            text.push_str(&format!(", {count} {what}"));
        }
    }
    format!("{text} of {applicable} judgements")
}

fn table(lines: &[GlanceLine]) -> Markup {
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
                    @for head in ["Services", "Red", "Amber", "Green", "Other", "Green of applicable", "Red", "Amber", "Dropped", "Slipped", "Improved"] {
                        th.num scope="col" { (head) }
                    }
                }
            }
            tbody {
                @for line in lines {
                    @let (now, before) = (&line.now, &line.before);
                    tr {
                        th scope="row" { (line.title) }
                        td.num { (line.total) }
                        td.num { (was(now.services.red, before.services.red)) }
                        td.num { (was(now.services.amber, before.services.amber)) }
                        td.num { (was(now.services.green, before.services.green)) }
                        td.num { (was(now.services.other(), before.services.other())) }
                        td.num {
                            (now.judgements.green) " of " (now.judgements.applicable) " "
                            span.was { "was " (before.judgements.green) " of " (before.judgements.applicable) }
                        }
                        td.num { (was(now.judgements.red, before.judgements.red)) }
                        td.num { (was(now.judgements.amber, before.judgements.amber)) }
                        td.num { (line.changes.dropped) }
                        td.num { (line.changes.slipped) }
                        td.num { (line.changes.improved) }
                    }
                }
            }
        }
    }
}

fn history(history: &[HistoryPoint]) -> Markup {
    let said = |point: &HistoryPoint| match point.green_share {
        Some(_) => format!("{}: {} of {}", point.period, point.green, point.applicable),
        None => format!("{}: nothing rated", point.period),
    };
    let title =
        format!("Green judgements over time. {}.", history.iter().map(said).collect::<Vec<_>>().join("; "));
    html! {
        h3 { "Green over time" }
        figure {
            (parts::scroll("Drawing of green over time", 0, &charts::history("glance-history", &title, history)))
            figcaption {
                "Green of applicable judgements at each date."
                @if history.iter().skip(1).any(|point| point.rubric_changed) {
                    " A dashed line marks a change of the rubric: the shares on its two sides are not the same measure."
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
                            th.num scope="col" { "Green" }
                            th.num scope="col" { "Of applicable" }
                            th scope="col" { "Rubric" }
                        }
                    }
                    tbody {
                        @for point in history {
                            tr {
                                th scope="row" { (point.period) }
                                td.num { (point.green) }
                                td.num { (point.applicable) }
                                td { @if point.rubric_changed { "changed" } @else { "–" } }
                            }
                        }
                    }
                }
            }))
        }
    }
}

fn quality(glance: &Glance, about: &About) -> Markup {
    html! {
        h3 { "What the numbers rest on" }
        ul.quality { @for line in words::quality(glance, about) { li { (line) } } }
    }
}
