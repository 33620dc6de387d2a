//! The pack as a workbook: what it is about, then a sheet for each section. Cells hold text, numbers and days, never a
//! formula or a link; colours follow the words, also when somebody edits them.

mod heat_map;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use super::model::MADE_BY;
use super::sheets::{SectionSheet, about_sheet, sheets};
use super::{Pack, Section};
use crate::report::sheet::xlsx::look::Look;
use crate::report::sheet::xlsx::{self, cell};

/// The number of A4 in a page's setup.
const A4: u8 = 9;

pub(super) fn render(pack: &Pack<'_>, out: &mut dyn Write) -> io::Result<()> {
    let workbook = workbook(pack).map_err(io::Error::other)?;
    out.write_all(&workbook)
}

fn workbook(pack: &Pack<'_>) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(pack));
    xlsx::write(&about_sheet(pack), &Look::new().aligned_left(), page(&mut workbook, pack, "About")?)?;
    for SectionSheet { section, title, sheet } in sheets(pack) {
        if let (Section::Map, Some(map)) = (section, &pack.map) {
            let page = page(&mut workbook, pack, Section::Map.title())?;
            heat_map::write(map, pack.cover.stale_after_weeks, &look, page)?;
        }
        xlsx::write(&sheet, &look, page(&mut workbook, pack, title)?)?;
    }
    workbook.save_to_buffer()
}

/// Whose it is. It was made on the day that it is about, so that the same files always make the same workbook.
fn properties(pack: &Pack<'_>) -> DocProperties {
    let cover = &pack.cover;
    let properties = DocProperties::new()
        .set_title(cell::fitting(&format!("{}, {}", cover.title, cover.as_of)))
        .set_subject("Review of reliability")
        .set_author(MADE_BY)
        .set_comment(cell::fitting(cover.command));
    properties.set_creation_datetime(&cell::day(cover.as_of).unwrap_or_default())
}

/// A new sheet, which prints on as many A4 pages as it is long.
fn page<'w>(
    workbook: &'w mut Workbook,
    pack: &Pack<'_>,
    title: &str,
) -> Result<&'w mut Worksheet, XlsxError> {
    // In a footer, `&` begins a command.
    let whose = cell::fitting(pack.cover.title).replace('&', "&&");
    let whose: String = whose.chars().take(100).collect();
    let page = workbook.add_worksheet().set_name(title)?;
    page.set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer(format!("&L{whose}, {}&C&A&R&P of &N", pack.cover.as_of));
    Ok(page)
}
