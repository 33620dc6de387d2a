//! The pack as a workbook: what it is about, then a sheet for each section. Cells hold text, numbers and days, never a
//! formula or a link; colours follow the words, also when somebody edits them.

mod heat_map;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use super::sheets::{SectionSheet, about_sheet, sheets};
use super::{ReportModel, Section};
use crate::report::sheet::xlsx::look::Look;
use crate::report::sheet::xlsx::{self, cell};

/// The number of A4 in a page's setup.
const A4: u8 = 9;

pub(super) fn render(report: &ReportModel, out: &mut dyn Write) -> io::Result<()> {
    let workbook = workbook(report).map_err(io::Error::other)?;
    out.write_all(&workbook)
}

fn workbook(report: &ReportModel) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report));
    xlsx::write(&about_sheet(report), &Look::new().aligned_left(), page(&mut workbook, report, "About")?)?;
    for SectionSheet { section, title, sheet } in sheets(report) {
        if let (Section::Map, Some(map)) = (section, &report.map) {
            let page = page(&mut workbook, report, Section::Map.title())?;
            heat_map::write(map, report.about.stale_after_weeks, &look, page)?;
        }
        xlsx::write(&sheet, &look, page(&mut workbook, report, title)?)?;
    }
    workbook.save_to_buffer()
}

/// Whose it is. It was made on the day that it is about, so that the same files always make the same workbook.
fn properties(report: &ReportModel) -> DocProperties {
    let about = &report.about;
    let properties = DocProperties::new()
        .set_title(cell::fitting(&format!("{}, {}", about.title, about.as_of)))
        .set_subject("Review of reliability")
        .set_author(about.made_by)
        .set_comment(cell::fitting(&about.command));
    properties.set_creation_datetime(&cell::day(about.as_of).unwrap_or_default())
}

/// A new sheet, which prints on as many A4 pages as it is long.
fn page<'w>(
    workbook: &'w mut Workbook,
    report: &ReportModel,
    title: &str,
) -> Result<&'w mut Worksheet, XlsxError> {
    // In a footer, `&` begins a command.
    let whose = cell::fitting(&report.about.title).replace('&', "&&");
    let whose: String = whose.chars().take(100).collect();
    let page = workbook.add_worksheet().set_name(title)?;
    page.set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer(format!("&L{whose}, {}&C&A&R&P of &N", report.about.as_of));
    Ok(page)
}
