//! A rubric's health as Markdown, for a page or an issue that its owners talk over.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{RubricHealthReport, words};
use crate::report::markdown::{row, rule};
use crate::text::escape;

pub(super) fn render(report: &RubricHealthReport, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {} {}: questions to look at", escape(&report.title), report.version)?;
    for group in &report.groups {
        let definition = words::definition(group.kind, report);
        writeln!(out, "\n## {}\n\n_{definition}_\n", words::heading(group.kind))?;
        row(["Category".into(), "Seen".into()], out)?;
        rule(2, out)?;
        for finding in &group.findings {
            row([escape(&finding.title), Cow::Borrowed(finding.seen.as_str())], out)?;
        }
        writeln!(out, "\n{}", words::suggestion(group.kind))?;
    }
    writeln!(out)?;
    for line in words::rest(report, escape) {
        writeln!(out, "{line}")?;
    }
    let services = words::services(report);
    writeln!(out, "\nAs of {}, `{}`: {services}. {}", report.as_of, report.rubric, words::purpose())
}
