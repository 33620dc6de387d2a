//! The pack as a text to be read: for a terminal, and for a page on a code host.

mod map;
mod plans;
mod scores;

pub(in crate::report) use plans::commitments;

use super::Pack;
use super::Section;
use super::model::{Cover, MADE_BY};
use crate::eval::{Member, NextReview, Since, SinceBasis};
use crate::report::document::{Block, Cell, Document, Item, TextTable};
use crate::report::glyph;
use crate::text::{days, plural};

/// What stands where there is nothing to tell.
const NOTHING: &str = "–";

/// Tells a pack.
pub(super) fn document(pack: &Pack<'_>) -> Document {
    let mut text = Document::default();
    head(&pack.cover, &mut text);
    let cover = &pack.cover;
    section(Section::Glance, pack.glance.as_ref(), &mut text, |part, text| {
        scores::glance(part, cover, text);
        scores::movements(pack.movements.as_deref().unwrap_or_default(), text);
    });
    section(Section::Domains, pack.domains.as_deref(), &mut text, scores::domains);
    section(Section::Changes, pack.changes.as_deref(), &mut text, scores::changes);
    section(Section::Map, pack.map.as_ref(), &mut text, |part, text| {
        map::push(part, text);
        text.text(map::legend(cover));
    });
    section(Section::HotSpots, pack.hot_spots.as_ref(), &mut text, scores::hot_spots);
    section(Section::Commitments, pack.commitments.as_ref(), &mut text, commitments);
    section(Section::Slos, pack.slos.as_ref(), &mut text, scores::slos);
    section(Section::Talk, pack.talk.as_deref(), &mut text, plans::talk);
    section(Section::Waivers, pack.waivers.as_deref(), &mut text, plans::waivers);
    small_print(&pack.cover, &mut text);
    text
}

/// A section, if it was asked for.
fn section<Part: ?Sized>(
    section: Section,
    part: Option<&Part>,
    text: &mut Document,
    tell: impl FnOnce(&Part, &mut Document),
) {
    if let Some(part) = part {
        text.heading(section.title());
        tell(part, text);
    }
}

fn head(cover: &Cover<'_>, text: &mut Document) {
    let what = if cover.domain.is_some() { "domain review" } else { "summary" };
    text.push(Block::Title(format!("{}: {what}", cover.title)));
    let mut facts = vec![format!("As of {}", cover.as_of)];
    facts.extend(cover.since.map(|day| format!("compared with {}", since(day))));
    facts.extend(cover.next_review.map(|day| format!("next review {}", next_review(day))));
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
    match (next.is_planned, next.in_days) {
        (true, 0) => format!("{date} (today)"),
        (true, ahead) => format!("{date} (in {})", days(ahead)),
        (false, late) if late < 0 => format!("was due on {date}, {} ago; none is planned", days(late)),
        (false, ahead) => format!("due on {date} (in {}); none is planned", days(ahead)),
    }
}

fn table<const COLUMNS: usize>(headings: [&str; COLUMNS], rows: Vec<Vec<Cell>>) -> TextTable {
    TextTable { headings: headings.map(str::to_owned).to_vec(), rows }
}

/// `★ Bag API`.
pub(super) fn name(member: Member<'_>) -> String {
    let star = if member.identity.golden_thread { glyph::GOLDEN_THREAD_MARK } else { "" };
    format!("{star}{}", member.service.title)
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
