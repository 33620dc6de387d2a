//! The trend as a Markdown table.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{TrendLine, TrendReport, cell_text, legend, subject_heading};
use crate::report::glyph;
use crate::report::markdown::{row, rule};
use crate::text::escape;

pub(super) fn render(report: &TrendReport, out: &mut dyn Write) -> io::Result<()> {
    let periods = report.periods.iter().map(|period| Cow::Borrowed(period.label.as_str()));
    let head = std::iter::once(Cow::Borrowed(subject_heading(report.by)));
    row(head.chain(periods).chain(["Trend".into(), "Change".into()]), out)?;
    rule(report.periods.len() + 3, out)?;
    for line in &report.lines {
        row(cells(line), out)?;
    }
    let signs = legend::signs(report).replace('~', "\\~");
    let judgements = legend::judgements(report);
    writeln!(out, "\nAs of {}: {}. {judgements}.\n", report.as_of, legend::services(report))?;
    if let Some(rubrics) = legend::rubrics(report) {
        writeln!(out, "{rubrics}.\n")?;
    }
    writeln!(out, "{signs}.")
}

fn cells(line: &TrendLine) -> impl Iterator<Item = Cow<'_, str>> {
    let star = if line.is_golden_thread { glyph::GOLDEN_THREAD_MARK } else { "" };
    let only_in = line.only_in.as_ref().map(|versions| format!(" (only in {versions})"));
    let title = Cow::Owned(format!("{star}{}{}", escape(&line.title), only_in.unwrap_or_default()));
    let states = line.cells.iter().enumerate().map(move |(at, cell)| {
        let text = cell_text(line, cell).replace('~', "\\~");
        Cow::Owned(format!("{} {text}", line.marks(at)).trim().to_owned())
    });
    let trend = glyph::sparkline(line.bars());
    let tail = [Cow::Owned(trend), Cow::Owned(glyph::changes(&line.changes))];
    std::iter::once(title).chain(states).chain(tail)
}
