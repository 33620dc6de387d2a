//! A service before it is gone through: every category with its colour and age, and how many are offered now.

use unicode_width::UnicodeWidthStr;

use super::round::{Answer, Round};
use super::words;
use crate::eval::{RubricState, Status};
use crate::model::{CategoryIx, Date, Service};
use crate::report::glyph::{self, styled};
use crate::text::{plural, sanitize, wrap};

/// Before a category that is offered now.
const OFFERED: &str = "›";
/// Before a category that was answered, in a draft.
const ENTERED: &str = "✓";
/// Spaces between two categories beside each other.
const GAP: usize = 3;

/// The table, by pillar.
pub(super) fn render(
    service: &Service,
    state: &RubricState<'_>,
    round: &Round<'_>,
    today: Date,
    width: usize,
) -> String {
    let title = styled(glyph::HEADING, &sanitize(&service.title));
    let rubric = state.rubric.key();
    let mut lines = vec![wrap(&format!("{title} ({}) · {rubric} · {today}", service.id), width, "  ")];
    let offered = round.offered();
    let cells: Vec<_> = state
        .categories()
        .filter(|(_, _, standing)| standing.is_asked())
        .map(|(ix, category, _)| (category.pillar, cell(ix, state, round, &offered, today)))
        .collect();
    let widest = cells.iter().map(|(_, cell)| cell.width).max().unwrap_or(0);
    let beside = ((width + GAP) / (widest + GAP)).max(1);
    for (at, pillar) in state.rubric.pillars.iter().enumerate() {
        let cells: Vec<_> = cells.iter().filter(|(pillar, _)| *pillar == at).map(|(_, cell)| cell).collect();
        if cells.is_empty() {
            continue;
        }
        lines.push(styled(glyph::HEADING, &wrap(&sanitize(&pillar.title), width, "")));
        // Read downwards: what belongs together stands below each other.
        let rows = cells.len().div_ceil(beside);
        for row in 0..rows {
            let line = cells.iter().skip(row).step_by(rows);
            let padded = line.map(|cell| format!("{}{}", cell.text, " ".repeat(widest - cell.width)));
            lines.push(padded.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end().to_owned());
        }
    }
    lines.join("\n")
}

/// A category in the table, and how wide it is without styles.
struct OverviewCell {
    text: String,
    width: usize,
}

fn cell(
    ix: CategoryIx,
    state: &RubricState<'_>,
    round: &Round<'_>,
    offered: &[CategoryIx],
    today: Date,
) -> OverviewCell {
    let standing = state.standing(ix);
    let mark = match round.answer(ix) {
        Some(Answer::Rated(_) | Answer::Confirmed) => ENTERED,
        Some(Answer::LeftOpen) | None if offered.contains(&ix) => OFFERED,
        Some(Answer::LeftOpen) | None => " ",
    };
    let now = styled(glyph::status_style(standing.status), &glyph::standing(standing));
    // What was entered stands beside what it replaces.
    let entered = match round.answer(ix) {
        Some(Answer::Rated(score)) => format!("→{}", words::sign(&score.verdict)),
        Some(Answer::Confirmed | Answer::LeftOpen) | None => String::new(),
    };
    let sign = format!("{now}{entered}");
    let age = words::short_age(standing.age_in_days(today));
    let title = sanitize(&state.rubric.category(ix).title).into_owned();
    let wide = textwrap::core::display_width(&sign);
    let gap = " ".repeat(4_usize.saturating_sub(wide));
    let rest = format!("{gap} {age:>5}  {title}");
    let width = mark.width() + 1 + wide + rest.width();
    OverviewCell { text: format!("{mark} {sign}{rest}"), width }
}

/// How much there is to do, and what the signs mean.
pub(super) fn what_is_offered(round: &Round<'_>, state: &RubricState<'_>, width: usize) -> String {
    let offered = round.offered().len();
    let entered = state.categories().filter(|(ix, ..)| round.answer(*ix).is_some()).count();
    let mut said = Vec::new();
    if entered > 0 {
        said.push(format!("{ENTERED} {entered} entered before."));
    }
    said.push(match (offered, entered) {
        (0, 0) => "Nothing is red, stale, to be re-scored or unjudged.".to_owned(),
        (0, _) => "Nothing else is red, stale, to be re-scored or unjudged.".to_owned(),
        (offered, _) => format!("{OFFERED} {} to look at now.", plural(offered, "category", "categories")),
    });
    let standings =
        || state.categories().map(|(_, _, standing)| standing).filter(|standing| standing.is_asked());
    let legend = [
        (standings().any(|standing| standing.is_stale), "~ stale"),
        (
            standings().any(|standing| standing.carried_from.is_some()),
            "» under an older version of the rubric",
        ),
        (standings().any(|standing| standing.provider.is_some()), "↥ inherited"),
        (standings().any(|standing| matches!(standing.status, Status::NeedsRescore(_))), "? needs re-score"),
        (standings().any(|standing| standing.status == Status::NotAssessed), "· never judged"),
    ];
    let legend: Vec<_> = legend.iter().filter(|(occurs, _)| *occurs).map(|(_, what)| *what).collect();
    let legend = wrap(&legend.join(", "), width, "  ");
    let legend = if legend.is_empty() { legend } else { format!("{legend}\n") };
    format!("{legend}{}", wrap(&said.join(" "), width, "  "))
}

/// The keys that the overview answers to.
pub(super) fn keys(round: &Round<'_>, width: usize) -> String {
    let mut keys = Vec::new();
    if !round.offered().is_empty() {
        keys.push("[Enter] begin".to_owned());
    }
    let confirmable = round.confirmable().len();
    if confirmable > 0 {
        keys.push(format!("[c] nothing changed: confirm {confirmable}"));
    }
    keys.push("[a]ll, one by one".to_owned());
    keys.push(if round.has_said_anything() { "[q] to the summary" } else { "[q]uit" }.to_owned());
    words::keys(keys.iter().map(String::as_str), width)
}
