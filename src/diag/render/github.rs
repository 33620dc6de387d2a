//! Issues as workflow commands: `::error file=…,line=…,col=…,title=…::message`.

use std::io::{self, Write};

use super::{Decision, Incomplete, Issue, IssueEffect, IssueReport, Location};
use crate::text::sanitize;

pub(crate) fn render(report: &IssueReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    report.issues.iter().try_for_each(|issue| annotation(issue).write(out))?;
    for resolved in &report.resolved {
        let lines = vec![resolved.text.clone()];
        Annotation { level: "notice", place: resolved.place, title: "resolved", lines }.write(out)?;
    }
    report.notes.iter().try_for_each(|line| notice("note", line).write(out))?;
    report.standing.iter().try_for_each(|line| notice("not caused by this change", line).write(out))?;
    report.incomplete.iter().try_for_each(|incomplete| unchecked(incomplete).write(out))?;
    match report.wording.verdict {
        Decision::Given => writeln!(out, "{}", sanitize(&report.last_line())),
        Decision::None => Ok(()),
    }
}

fn annotation(issue: &Issue) -> Annotation<'_> {
    let level = match issue.effect {
        IssueEffect::Stops | IssueEffect::Fails => "error",
        IssueEffect::Warns => "warning",
        IssueEffect::Waived | IssueEffect::Informs => "notice",
    };
    let lines = issue.essentials().collect();
    Annotation { level, place: issue.place.as_ref(), title: issue.rule, lines }
}

fn notice(title: &'static str, line: &str) -> Annotation<'static> {
    Annotation { level: "notice", place: None, title, lines: vec![line.to_owned()] }
}

fn unchecked(incomplete: &Incomplete) -> Annotation<'static> {
    let (title, lines) = match incomplete {
        Incomplete::Partial(reason) => {
            let how = "`fundamentals check --format github` shows the errors".to_owned();
            ("not looked at", vec![reason.clone(), how])
        }
        Incomplete::Nothing(reason) => ("undecided", vec![reason.clone()]),
    };
    Annotation { level: "error", place: None, title, lines }
}

/// A workflow command that a code host shows at a place.
struct Annotation<'a> {
    /// `error`, `warning` or `notice`.
    level: &'static str,
    place: Option<&'a Location>,
    /// What stands above the message.
    title: &'a str,
    lines: Vec<String>,
}

impl Annotation<'_> {
    /// Writes it as one line of output, whatever its texts hold.
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "::{} ", self.level)?;
        if let Some(place) = self.place {
            write!(out, "file={},", property(&sanitize(&place.path)))?;
            if let Some((line, column)) = place.position {
                write!(out, "line={line},col={column},")?;
            }
        }
        let lines: Vec<_> = self.lines.iter().map(|line| sanitize(line)).collect();
        writeln!(out, "title={}::{}", property(&sanitize(self.title)), data(&lines.join("\n")))
    }
}

/// A message: what would end the line is escaped, so that no text can begin a command of its own.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value: also what would end the property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_a_file_cannot_begin_a_command() {
        assert_eq!(data("50%\n::error::forged\r"), "50%25%0A::error::forged%0D");
        assert_eq!(property("a,b:c"), "a%2Cb%3Ac");
    }
}
