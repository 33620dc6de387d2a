//! What changed since the review before, and every red that didn't.

use maud::{Markup, html};

use super::super::words;
use super::parts;
use crate::eval::{Development, DevelopmentKind, Label, Standing, Status};
use crate::model::Colour;

/// From this number of rows on, a table has a field that filters it.
const MANY: usize = 8;

fn meaning(kind: DevelopmentKind) -> &'static str {
    match kind {
        DevelopmentKind::Dropped => "Red now, amber or green before.",
        DevelopmentKind::FirstRated => "Red or amber now, no colour before.",
        DevelopmentKind::Slipped => "Amber now, green before.",
        DevelopmentKind::NoLongerRated => "No colour now, but one before.",
        DevelopmentKind::StillRed => "Red now as before.",
        DevelopmentKind::Recovered => "Red on a day in between, but neither before nor now.",
        DevelopmentKind::Improved => "A better colour than before.",
    }
}

/// What a kind is called where its number stands.
fn counted(kind: DevelopmentKind) -> String {
    match kind {
        DevelopmentKind::FirstRated => "rated for the first time".to_owned(),
        DevelopmentKind::Dropped
        | DevelopmentKind::Slipped
        | DevelopmentKind::NoLongerRated
        | DevelopmentKind::StillRed
        | DevelopmentKind::Recovered
        | DevelopmentKind::Improved => words::kind(kind).to_lowercase(),
    }
}

pub(super) fn render(developments: &[Development<'_, '_>]) -> Markup {
    html! {
        dl.counts {
            @for kind in DevelopmentKind::ALL {
                (parts::figure(words::count(developments, kind), &counted(kind)))
            }
        }
        @if developments.is_empty() {
            (parts::nothing("Nothing changed, and nothing is red."))
        }
        // The lines come kind by kind.
        @for lines in developments.chunk_by(|one, other| one.kind == other.kind) {
            (group(lines))
        }
    }
}

fn group(lines: &[Development<'_, '_>]) -> Markup {
    let Some(first) = lines.first() else { return html! {} };
    let title = words::kind(first.kind);
    let id = format!("changes-{}", first.kind.word());
    html! {
        h3 { (title) " " small.count { (lines.len()) } }
        p.meaning { (meaning(first.kind)) }
        @if lines.len() >= MANY { (parts::filter(&id, &format!("Filter “{title}”"))) }
        (parts::scroll(&format!("Table “{title}”"), lines.len(), &html! {
            table.changes id=(id) data-sortable {
                thead {
                    tr {
                        (parts::columns(&["Service", "Category", "Before → now", "Label", "Reason"]))
                    }
                }
                tbody { @for line in lines { (row(line)) } }
            }
        }))
    }
}

fn row(line: &Development<'_, '_>) -> Markup {
    let Development { reviewed, category, before, now, label, red_on, .. } = line;
    html! {
        tr {
            th scope="row" data-sort=(reviewed.service.title) { (parts::service(reviewed.member())) }
            td data-sort=(category.title) { (parts::category(line.pillar(), &reviewed.name_of(category))) }
            td.turn-of-colour data-sort=(format!("{} {}", now.status.word(), before.status.word())) {
                (parts::status_chip(before.status))
                (arrow())
                @if let Some(day) = *red_on {
                    (parts::status_chip(Status::Rated(Colour::Red)))
                    small { "on " (parts::day(Some(day))) }
                    (arrow())
                }
                (parts::status_chip(now.status))
            }
            td data-sort=(label_rank(*label)) {
                span.label.new[*label == Label::New] { (words::label(*label)) }
            }
            td.reasons {
                @if is_same(before, now) {
                    (reason("Then and now", now))
                } @else {
                    (reason("Then", before))
                    (reason("Now", now))
                }
            }
        }
    }
}

fn arrow() -> Markup {
    html! { span.arrow role="img" aria-label="then" { "→" } }
}

/// Whether both days have the same rating.
fn is_same(before: &Standing<'_>, now: &Standing<'_>) -> bool {
    let said = |standing: &Standing<'_>| standing.judged.map(|judged| judged.on);
    (before.status.word(), said(before), before.because(), before.provider)
        == (now.status.word(), said(now), now.because(), now.provider)
}

/// The rating of a day, with its reason or a note that it has none.
fn reason(when: &str, standing: &Standing<'_>) -> Markup {
    html! {
        p {
            b { (when) }
            @if let Some(judged) = standing.judged { " " small { (parts::day(Some(judged.on))) } }
            " "
            @if let Some(because) = standing.because() { (because) } @else { span.none { "no reason written" } }
            @if let Some(provider) = standing.provider { " " small { "inherited from " (provider) } }
        }
    }
}

/// Only for the order of rows: new ones, standing ones from the youngest to the oldest, resolved ones.
fn label_rank(label: Label) -> usize {
    match label {
        Label::New => 0,
        Label::Standing(reviews) => reviews.saturating_add(1),
        Label::Resolved => usize::MAX >> 12,
    }
}
