//! What changed since the review before, and every red that didn't.

use maud::{Markup, html};

use super::super::{Change, ChangeKind, Changed, Label, State, Told, words};
use super::parts;

/// From so many rows on, a table has a field that filters it.
const MANY: usize = 8;

/// What a kind means, and the id of its table.
fn kind(kind: ChangeKind) -> (&'static str, &'static str) {
    match kind {
        ChangeKind::Dropped => ("Red now, amber or green before.", "changes-dropped"),
        ChangeKind::FirstRated => ("Red or amber now, no colour before.", "changes-first-rated"),
        ChangeKind::Slipped => ("Amber now, green before.", "changes-slipped"),
        ChangeKind::NoLongerRated => ("No colour now, but one before.", "changes-no-longer-rated"),
        ChangeKind::StillRed => ("Red now as before.", "changes-still-red"),
        ChangeKind::Recovered => {
            ("Red on a day in between, but neither before nor now.", "changes-recovered")
        }
        ChangeKind::Improved => ("A better colour than before.", "changes-improved"),
    }
}

pub(super) fn render(changed: &Changed) -> Markup {
    let counts = &changed.counts;
    html! {
        dl.counts {
            (parts::figure(counts.dropped, "dropped to red"))
            (parts::figure(counts.first_rated, "rated for the first time"))
            (parts::figure(counts.slipped, "slipped to amber"))
            (parts::figure(counts.no_longer_rated, "no longer rated"))
            (parts::figure(counts.still_red, "still red"))
            (parts::figure(counts.recovered, "dropped and put right"))
            (parts::figure(counts.improved, "improved"))
        }
        @if changed.lines.is_empty() {
            (parts::nothing("Nothing changed, and nothing is red."))
        }
        // The lines come kind by kind.
        @for lines in changed.lines.chunk_by(|one, other| one.kind == other.kind) {
            (group(lines))
        }
    }
}

fn group(lines: &[Change]) -> Markup {
    let Some(first) = lines.first() else { return html! {} };
    let title = words::kind(first.kind);
    let (meaning, id) = kind(first.kind);
    html! {
        h3 { (title) " " small.count { (lines.len()) } }
        p.meaning { (meaning) }
        @if lines.len() >= MANY { (parts::filter(id, &format!("Filter “{title}”"))) }
        (parts::scroll(&format!("Table “{title}”"), lines.len(), &html! {
            table.changes id=(id) data-sortable {
                thead {
                    tr {
                        th scope="col" { "Service" }
                        th scope="col" { "Category" }
                        th scope="col" { "Before → now" }
                        th scope="col" { "Label" }
                        th scope="col" { "Reason" }
                    }
                }
                tbody { @for line in lines { (row(line)) } }
            }
        }))
    }
}

fn row(line: &Change) -> Markup {
    html! {
        tr {
            th scope="row" data-sort=(line.service.title) { (parts::service(&line.service)) }
            td data-sort=(line.category.title) { (parts::category(&line.category)) }
            td.turn-of-colour data-sort=(rank(line)) {
                (parts::state_chip(line.before.status))
                (arrow())
                @if let Some(day) = line.red_on {
                    (parts::state_chip(State::Red))
                    small { "on " (parts::day(Some(day))) }
                    (arrow())
                }
                (parts::state_chip(line.now.status))
            }
            td data-sort=(label_rank(line)) {
                span.label.new[line.label == Label::New] { (words::label(line.label, line.reviews)) }
            }
            td.reasons {
                @if line.before == line.now {
                    (reason("Then and now", &line.now))
                } @else {
                    (reason("Then", &line.before))
                    (reason("Now", &line.now))
                }
            }
        }
    }
}

fn arrow() -> Markup {
    html! { span.arrow role="img" aria-label="then" { "→" } }
}

/// What was said on a day. A judgement without a reason is said to have none, and is not blamed for it.
fn reason(when: &str, told: &Told) -> Markup {
    html! {
        p {
            b { (when) }
            @if let Some(judged) = told.judged { " " small { (parts::day(Some(judged))) } }
            " "
            @if let Some(because) = &told.because { (because) } @else { span.none { "no reason written" } }
            @if let Some(provider) = &told.inherited_from { " " small { "inherited from " (provider) } }
        }
    }
}

/// Only for the order of rows: new ones, standing ones from the youngest to the oldest, resolved ones.
fn label_rank(line: &Change) -> usize {
    match line.label {
        Label::New => 0,
        Label::Standing => line.reviews.unwrap_or(0).saturating_add(1),
        Label::Resolved => usize::MAX >> 12,
    }
}

/// Only for the order of rows.
fn rank(line: &Change) -> String {
    format!("{} {}", line.now.status.word(), line.before.status.word())
}
