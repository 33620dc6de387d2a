//! The pack as a text to be read: for a terminal, and for a page on a code host.

mod plans;
mod scores;

pub(in crate::report) use plans::commitments;

use super::Section;
use super::model::{About, NextReview, ReportModel, ServiceRef, Since, SinceBasis};
use crate::report::document::{Block, Cell, Document, Item, Table};
use crate::report::glyph;
use crate::text::plural;

/// What stands where there is nothing to tell.
const NOTHING: &str = "–";

/// Tells a pack.
pub(super) fn document(report: &ReportModel) -> Document {
    let mut text = Document::default();
    head(&report.about, &mut text);
    if let Some(part) = &report.glance {
        text.heading(Section::Glance.title());
        scores::glance(part, &report.about, &mut text);
    }
    if let Some(part) = &report.domains {
        text.heading(Section::Domains.title());
        text.push(Block::Table(scores::domains(part)));
    }
    if let Some(part) = &report.changes {
        text.heading(Section::Changes.title());
        scores::changes(part, &mut text);
    }
    if let Some(part) = &report.map {
        text.heading(Section::Map.title());
        text.push(Block::Grid(scores::grid(part)));
        text.text(scores::legend(&report.about));
    }
    if let Some(part) = &report.hot_spots {
        text.heading(Section::HotSpots.title());
        scores::hot_spots(part, &mut text);
    }
    if let Some(part) = &report.commitments {
        text.heading(Section::Commitments.title());
        commitments(part, &mut text);
    }
    if let Some(part) = &report.slos {
        text.heading(Section::Slos.title());
        scores::slos(part, &mut text);
    }
    if let Some(part) = &report.talk {
        text.heading(Section::Talk.title());
        plans::talk(part, &mut text);
    }
    if let Some(part) = &report.waivers {
        text.heading(Section::Waivers.title());
        plans::waivers(part, &mut text);
    }
    small_print(&report.about, &mut text);
    text
}

fn head(about: &About, text: &mut Document) {
    let what = if about.domain.is_some() { "domain review" } else { "summary" };
    text.push(Block::Title(format!("{}: {what}", about.title)));
    let mut facts = vec![format!("As of {}", about.as_of)];
    facts.extend(about.since.as_ref().map(|it| format!("compared with {}", since(it))));
    facts.extend(about.next_review.map(|it| format!("next review {}", next_review(&it))));
    facts.push(plural(about.services, "service", "services"));
    facts.extend(about.filters.as_ref().map(|filters| format!("only {filters}")));
    text.text(format!("{}.", facts.join(" · ")));
}

/// "the last review, 2026-09-29".
pub(super) fn since(since: &Since) -> String {
    let date = since.date;
    match since.basis {
        SinceBasis::LastReview => format!("the last review, {date}"),
        SinceBasis::Asked => date.to_string(),
        SinceBasis::Rhythm => format!("{date}, since no review is known"),
    }
}

/// "2026-11-24 (in 4 days)", or that it is late.
pub(super) fn next_review(next: &NextReview) -> String {
    let date = next.date;
    let days = |days: i64| plural(usize::try_from(days.abs()).unwrap_or(usize::MAX), "day", "days");
    match (next.planned, next.in_days) {
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
pub(super) fn name(service: &ServiceRef) -> String {
    let star = if service.golden_thread { glyph::GOLDEN_THREAD_MARK } else { "" };
    format!("{star}{}", service.title)
}

/// What was left out, the rubrics, and how the pack was made.
fn small_print(about: &About, text: &mut Document) {
    let left_out =
        about.left_out.iter().map(|it| Item::new(format!("Left out: {}, because {}", it.what, it.why)));
    let rubrics = about.rubrics.iter().map(|rubric| {
        let services = plural(rubric.services, "service", "services");
        Item::new(format!("Rubric: {} {} ({}), {services}", rubric.title, rubric.version, rubric.key))
    });
    text.items(left_out.chain(rubrics).collect());
    text.text(format!("Made by {} with:", about.made_by));
    text.push(Block::Code(about.command.clone()));
}
