//! The pack as a text to be read: for a terminal, and for a page on a code host.

mod plans;
mod scores;

pub(in crate::report) use plans::commitments;

use super::Pack;
use super::Section;
use super::model::{Cover, MADE_BY};
use crate::eval::{NextReview, Since, SinceBasis};
use crate::model::Service;
use crate::report::document::{Block, Cell, Document, Item, Table};
use crate::report::glyph;
use crate::text::plural;

/// What stands where there is nothing to tell.
const NOTHING: &str = "–";

/// Tells a pack.
pub(super) fn document(pack: &Pack<'_>) -> Document {
    let mut text = Document::default();
    head(&pack.cover, &mut text);
    if let Some(part) = &pack.glance {
        text.heading(Section::Glance.title());
        scores::glance(part, &pack.cover, &mut text);
    }
    if let Some(part) = &pack.domains {
        text.heading(Section::Domains.title());
        text.push(Block::Table(scores::domains(part)));
    }
    if let Some(part) = &pack.changes {
        text.heading(Section::Changes.title());
        scores::changes(part, &mut text);
    }
    if let Some(part) = &pack.map {
        text.heading(Section::Map.title());
        text.push(Block::Grid(scores::grid(part)));
        text.text(scores::legend(&pack.cover));
    }
    if let Some(part) = &pack.hot_spots {
        text.heading(Section::HotSpots.title());
        scores::hot_spots(part, &mut text);
    }
    if let Some(part) = &pack.commitments {
        text.heading(Section::Commitments.title());
        commitments(part, &mut text);
    }
    if let Some(part) = &pack.slos {
        text.heading(Section::Slos.title());
        scores::slos(part, &mut text);
    }
    if let Some(part) = &pack.talk {
        text.heading(Section::Talk.title());
        plans::talk(part, &mut text);
    }
    if let Some(part) = &pack.waivers {
        text.heading(Section::Waivers.title());
        plans::waivers(part, &mut text);
    }
    small_print(&pack.cover, &mut text);
    text
}

fn head(cover: &Cover<'_>, text: &mut Document) {
    let what = if cover.domain.is_some() { "domain review" } else { "summary" };
    text.push(Block::Title(format!("{}: {what}", cover.title)));
    let mut facts = vec![format!("As of {}", cover.as_of)];
    facts.extend(cover.since.map(|it| format!("compared with {}", since(it))));
    facts.extend(cover.next_review.map(|it| format!("next review {}", next_review(it))));
    facts.push(plural(cover.services, "service", "services"));
    facts.extend(cover.filters.map(|filters| format!("only {filters}")));
    text.text(format!("{}.", facts.join(" · ")));
}

/// "the last review, 2026-09-29".
pub(super) fn since(since: Since) -> String {
    let date = since.date;
    match since.basis {
        SinceBasis::LastReview => format!("the last review, {date}"),
        SinceBasis::Asked => date.to_string(),
        SinceBasis::Rhythm => format!("{date}, since no review is known"),
    }
}

/// "2026-11-24 (in 4 days)", or that it is late.
pub(super) fn next_review(next: NextReview) -> String {
    let date = next.date;
    let days = |days: i64| plural(usize::try_from(days.abs()).unwrap_or(usize::MAX), "day", "days");
    match (next.is_planned, next.in_days) {
        (true, 0) => format!("{date} (today)"),
        (true, ahead) => format!("{date} (in {})", days(ahead)),
        (false, late) if late < 0 => format!("was due on {date}, {} ago; none is planned", days(late)),
        (false, ahead) => format!("due on {date} (in {}); none is planned", days(ahead)),
    }
}

fn table<const COLUMNS: usize>(headings: [&str; COLUMNS], rows: Vec<Vec<Cell>>) -> Table {
    Table { headings: headings.map(str::to_owned).to_vec(), rows }
}

/// `★ Bag API`.
pub(super) fn name(service: &Service) -> String {
    let star = if service.golden_thread { glyph::GOLDEN_THREAD_MARK } else { "" };
    format!("{star}{}", service.title)
}

/// What was left out, the rubrics, and how the pack was made.
fn small_print(cover: &Cover<'_>, text: &mut Document) {
    let left_out = cover.left_out.iter();
    let left_out = left_out.map(|(what, why)| Item::new(format!("Left out: {what}, because {why}")));
    let rubrics = cover.rubrics.iter().map(|(rubric, services)| {
        let services = plural(*services, "service", "services");
        Item::new(format!("Rubric: {} {} ({}), {services}", rubric.title, rubric.version, rubric.key()))
    });
    text.items(left_out.chain(rubrics).collect());
    text.text(format!("Made by {MADE_BY} with:"));
    text.push(Block::Code(cover.command.to_owned()));
}
