//! A rubric's health in a terminal.

use std::io::{self, Write};

use comfy_table::{Cell, ColumnConstraint, Width};
use unicode_width::UnicodeWidthStr;

use super::{RubricHealthReport, SignGroup, words};
use crate::report::glyph::{self, styled};
use crate::report::layout::{self, MIN_WIDTH};
use crate::text::{sanitize, wrap};

/// Before the name of a category.
const INDENT: &str = "  ";

pub(super) fn render(report: &RubricHealthReport, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    let title = format!("{} {}: questions to look at", sanitize(&report.title), report.version);
    writeln!(out, "{}", wrap(&styled(glyph::HEADING, &title), width, "  "))?;
    let titles = report.groups.iter().flat_map(|group| &group.findings);
    let widest = titles.map(|finding| INDENT.width() + sanitize(&finding.title).width()).max().unwrap_or(0);
    for group in &report.groups {
        writeln!(out)?;
        render_group(report, group, width, widest.min(width * 2 / 5), out)?;
    }
    writeln!(out)?;
    for line in words::rest(report, sanitize) {
        writeln!(out, "{}", wrap(&line, width, "  "))?;
    }
    let name = report.estate.as_ref().map(|name| format!("{} · ", sanitize(name))).unwrap_or_default();
    let about = format!("{name}as of {} · {} · {}", report.as_of, report.rubric, words::services(report));
    for line in [styled(glyph::HEADING, &about), words::purpose()] {
        writeln!(out, "{}", wrap(&line, width, "  "))?;
    }
    Ok(())
}

/// A sign: what it is, the categories that show it, and what might be done.
fn render_group(
    report: &RubricHealthReport,
    group: &SignGroup,
    width: usize,
    titles: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let heading = styled(glyph::HEADING, words::heading(group.kind));
    let heading = format!("{heading}: {}", words::definition(group.kind, report));
    writeln!(out, "{}", wrap(&heading, width, INDENT))?;
    let mut table = layout::table(width);
    for finding in &group.findings {
        let title = wrap(&format!("{INDENT}{}", sanitize(&finding.title)), titles, INDENT);
        table.add_row([Cell::new(title), layout::text(&finding.seen)]);
    }
    // The same for every sign, so that the eye finds what was seen in one column.
    if let Some(column) = table.column_mut(0) {
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(
            u16::try_from(titles + 2).unwrap_or(u16::MAX),
        )));
    }
    layout::print(table, out)?;
    let suggestion = format!("{INDENT}→ {}", words::suggestion(group.kind));
    writeln!(out, "{}", wrap(&suggestion, width, "    "))
}
