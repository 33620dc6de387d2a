//! The trend in a terminal.

use std::io::{self, Write};

use comfy_table::Cell as TableCell;

use super::{TrendLine, TrendReport, cell_text, legend, sign, subject_heading};
use crate::eval::{By, RollUp};
use crate::report::glyph::{self, styled};
use crate::report::layout::{self, Column, MIN_WIDTH};
use crate::text::{sanitize, wrap};

/// One column: how it is called, what it holds, and how soon it goes when room is short.
struct ColumnPart {
    column: Column,
    cells: Vec<TableCell>,
    /// What to call it when it had to go.
    name: String,
}

pub(super) fn render(report: &TrendReport, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    let mut parts = parts(report);
    let columns: Vec<_> = parts.iter().map(|part| &part.column).collect();
    let kept = layout::fit(&columns, width, 24);
    let room = layout::room_for_first(&columns, &kept, width);
    let name = |line: &TrendLine| TableCell::new(layout::wrap_name(&title(line), room));
    parts[0].cells = report.lines.iter().map(name).collect();
    let dropped: Vec<_> =
        (0..parts.len()).filter(|at| !kept.contains(at)).map(|at| parts[at].name.as_str()).collect();
    let note = hidden(&dropped);
    let table = TrendTable { width, room, lines: &report.lines };
    table.print(parts, &kept, out)?;
    writeln!(out)?;
    if let Some(note) = note {
        writeln!(out, "{}", wrap(&note, width, "  "))?;
    }
    footer(report, width, out)
}

/// "Not shown at this width: platform, 2026-06 to 2026-08."
fn hidden(dropped: &[&str]) -> Option<String> {
    let is_period = |name: &&&str| name.starts_with(|letter: char| letter.is_ascii_digit());
    let periods: Vec<_> = dropped.iter().filter(is_period).collect();
    let mut names: Vec<String> =
        dropped.iter().filter(|name| !is_period(name)).map(ToString::to_string).collect();
    match periods.as_slice() {
        [] => {}
        [only] => names.push(only.to_string()),
        [first, .., last] => names.push(format!("{first} to {last}")),
    }
    (!names.is_empty()).then(|| layout::hidden(&names.join(", ")))
}

fn parts(report: &TrendReport) -> Vec<ColumnPart> {
    let lines = &report.lines;
    let count = report.periods.len();
    let mut parts = vec![text_part(subject_heading(report.by), lines, None, title)];
    // What tells where a service belongs is the first to go; then the oldest periods, down to the last two.
    if report.by == By::Service {
        let platform =
            |line: &TrendLine| line.subject.platform.as_ref().map(ToString::to_string).unwrap_or_default();
        parts.push(text_part("Platform", lines, Some(0), platform));
    }
    if lines.iter().any(TrendLine::counts_services) {
        parts.push(services_part(lines, count));
    }
    for at in 0..count {
        let importance = (at + 2 < count).then_some(1 + at);
        parts.push(period_part(report, at, importance));
    }
    let trend = |line: &TrendLine| glyph::sparkline(line.bars());
    if count > 1 {
        parts.push(text_part("Trend", lines, Some(count + 3), trend));
        parts.push(change_part(lines, count + 4));
    }
    parts
}

fn title(line: &TrendLine) -> String {
    let mark = match (line.is_golden_thread, &line.group) {
        (true, _) => glyph::GOLDEN_THREAD_MARK,
        (false, Some(_)) => "  ",
        (false, None) => "",
    };
    format!("{mark}{}", sanitize(&line.title))
}

fn text_part(
    heading: &str,
    lines: &[TrendLine],
    importance: Option<usize>,
    text: impl Fn(&TrendLine) -> String,
) -> ColumnPart {
    let texts: Vec<_> = lines.iter().map(text).collect();
    ColumnPart {
        column: Column::new(heading, texts.iter().map(String::as_str), importance),
        cells: texts.iter().map(TableCell::new).collect(),
        name: heading.to_lowercase(),
    }
}

/// Colours first, then what has none.
const READING_ORDER: [RollUp; 6] = [
    RollUp::Red,
    RollUp::Amber,
    RollUp::Green,
    RollUp::Incomplete,
    RollUp::NotAssessed,
    RollUp::NotApplicable,
];

/// Services by colour at the end of the last period: `2R 3A 1G`.
fn services_part(lines: &[TrendLine], count: usize) -> ColumnPart {
    let text = |line: &TrendLine| {
        let Some(services) = line.cells.last().map(|cell| cell.services) else { return String::new() };
        let some = READING_ORDER.into_iter().filter(|colour| services.count(*colour) > 0);
        let parts = some.map(|colour| format!("{}{}", services.count(colour), glyph::roll_up(colour)));
        parts.collect::<Vec<_>>().join(" ")
    };
    text_part("Services", lines, Some(count + 5), text)
}

fn period_part(report: &TrendReport, at: usize, importance: Option<usize>) -> ColumnPart {
    let label = &report.periods[at].label;
    let text = |line: &TrendLine| format!("{}{}", line.marks(at), cell_text(line, &line.cells[at]));
    let texts: Vec<_> = report.lines.iter().map(text).collect();
    let cells = texts.iter().zip(&report.lines).map(|(text, line)| match sign(&line.cells[at]) {
        Some(sign) => layout::styled(text, glyph::roll_up_style(sign)),
        None => TableCell::new(text),
    });
    ColumnPart {
        cells: cells.collect(),
        column: Column::new(label, texts.iter().map(String::as_str), importance),
        name: label.clone(),
    }
}

fn change_part(lines: &[TrendLine], importance: usize) -> ColumnPart {
    let mut part = text_part("Change", lines, Some(importance), |line| glyph::changes(&line.changes));
    for (cell, line) in part.cells.iter_mut().zip(lines).filter(|(_, line)| line.changes.dropped > 0) {
        *cell =
            layout::styled(&glyph::changes(&line.changes), glyph::colour_style(crate::model::Colour::Red));
    }
    part
}

/// The table as a whole.
struct TrendTable<'r> {
    width: usize,
    /// How wide the first column may be.
    room: usize,
    lines: &'r [TrendLine],
}

impl TrendTable<'_> {
    fn print(&self, parts: Vec<ColumnPart>, kept: &[usize], out: &mut dyn Write) -> io::Result<()> {
        let mut table = layout::table(self.width);
        let kept = parts.into_iter().enumerate().filter(|(at, _)| kept.contains(at));
        let kept: Vec<_> = kept.map(|(_, part)| part).collect();
        table.set_header(
            kept.iter().map(|part| layout::styled(&part.column.heading, glyph::HEADING)).collect::<Vec<_>>(),
        );
        let mut columns: Vec<_> = kept.into_iter().map(|part| part.cells.into_iter()).collect();
        let mut group = None;
        for line in self.lines {
            if line.group.is_some() && line.group != group {
                group.clone_from(&line.group);
                let heading = group.as_deref().map(sanitize).unwrap_or_default();
                let heading = layout::wrap_name(&heading, self.room);
                table.add_row([layout::styled(&heading, glyph::HEADING)]);
            }
            table.add_row(columns.iter_mut().filter_map(Iterator::next).collect::<Vec<_>>());
        }
        layout::print(table, out)
    }
}

fn footer(report: &TrendReport, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let name = report.estate.as_ref().map(|name| format!("{} · ", sanitize(name))).unwrap_or_default();
    let heading = format!("{name}as of {} · {}", report.as_of, legend::services(report));
    let judgements = [styled(glyph::HEADING, &heading), legend::judgements(report)];
    let words = legend::rubrics(report).into_iter().chain([legend::signs(report)]);
    for line in judgements.into_iter().chain(words) {
        writeln!(out, "{}", wrap(&line, width, "  "))?;
    }
    Ok(())
}
