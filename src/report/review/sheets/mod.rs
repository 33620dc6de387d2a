//! A pack as tables, one a section or two: for CSV, for a workbook, and for other reports that list the same. Only unfolds the
//! finished model: it neither computes nor sorts.

mod plans;
mod scores;

use std::io::{self, Write};

use super::{Pack, Section};
use crate::eval::Member;
use crate::model::{Category, Pillar};
use crate::report::sheet::{NAME, Sheet, SheetColumns, YES_NO, write_csv};

pub(super) use plans::about_sheet;
pub(in crate::report) use plans::commitments_sheet;

/// A table of a section.
pub(super) struct SectionSheet<'r> {
    pub(super) section: Section,
    /// Short enough for a spreadsheet's tab.
    pub(super) title: &'static str,
    pub(super) sheet: Sheet<'r>,
}

/// The tables of a pack, in the order of its sections.
pub(super) fn sheets<'p>(pack: &'p Pack<'_>) -> Vec<SectionSheet<'p>> {
    let mut sheets = Vec::new();
    let mut push = |section, title, sheet| sheets.push(SectionSheet { section, title, sheet });
    if let Some(glance) = &pack.glance {
        push(Section::Glance, Section::Glance.title(), scores::glance_sheet(glance, &pack.cover));
        push(Section::Glance, "Trend", scores::history_sheet(glance));
    }
    if let Some(movements) = &pack.movements {
        push(Section::Glance, "Joined, moved, left", scores::movements_sheet(movements));
    }
    if let Some(domains) = &pack.domains {
        push(Section::Domains, Section::Domains.title(), scores::domains_sheet(domains));
    }
    if let Some(changes) = &pack.changes {
        push(Section::Changes, Section::Changes.title(), scores::changes_sheet(changes));
    }
    if let Some(map) = &pack.map {
        // A workbook shows the map itself as well.
        push(Section::Map, "Judgements", scores::map_sheet(map));
    }
    if let Some(hot_spots) = &pack.hot_spots {
        push(Section::HotSpots, Section::HotSpots.title(), scores::hot_spots_sheet(&hot_spots.spots));
        push(Section::HotSpots, "Support", plans::support_sheet(&hot_spots.support));
    }
    if let Some(commitments) = &pack.commitments {
        push(Section::Commitments, Section::Commitments.title(), commitments_sheet(commitments));
    }
    if let Some(slos) = &pack.slos {
        push(Section::Slos, Section::Slos.title(), scores::slos_sheet(slos));
    }
    if let Some(prompts) = &pack.talk {
        push(Section::Talk, Section::Talk.title(), plans::talk_sheet(prompts));
    }
    if let Some(waivers) = &pack.waivers {
        push(Section::Waivers, Section::Waivers.title(), plans::waivers_sheet(waivers));
    }
    sheets
}

/// Writes one section as CSV: the one that was asked for; if all are there, the map, or the domains of a summary. Of several
/// tables of a section it is the first.
pub(super) fn render_csv(pack: &Pack<'_>, out: &mut dyn Write) -> io::Result<()> {
    let main = if pack.cover.domain.is_some() { Section::Map } else { Section::Domains };
    let sheets = sheets(pack);
    let sheet = sheets.iter().find(|sheet| sheet.section == main).or(sheets.first());
    sheet.map_or(Ok(()), |sheet| write_csv(&sheet.sheet, out))
}

fn service<'r>() -> SheetColumns<'r, Member<'r>> {
    SheetColumns::<Member<'_>>::new()
        .add(NAME, "platform", "Platform", |member| member.identity.platform.to_string())
        .add(NAME, "service", "Service id", |member| member.service.id.to_string())
        .add(NAME, "service_title", "Service", |member| member.service.title.clone())
        .add(YES_NO, "golden_thread", "Golden Thread", |member| member.identity.golden_thread)
}

fn category<'r>() -> SheetColumns<'r, (&'r Pillar, &'r Category)> {
    SheetColumns::<(&Pillar, &Category)>::new()
        .add(NAME, "pillar", "Pillar", |(pillar, _)| pillar.title.clone())
        .add(NAME, "category", "Category id", |(_, category)| category.id.to_string())
        .add(NAME, "category_title", "Category", |(_, category)| category.title.clone())
}
