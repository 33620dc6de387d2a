//! The verdict as a comment on a pull request, or a job's summary.

use std::io::{self, Write};

use super::{Entry, Extent, Fact, FactKind, GateReport, service_name};
use crate::eval::Outcome;
use crate::report::markdown::{escape, is_plain, prose};
use crate::text::plural;

/// GitHub takes comments of 65,536 characters, and summaries of more. A text has at least as many bytes as characters,
/// and the job that posts it may add a line.
const MOST_BYTES: usize = 65_000;
/// Room for what is said of findings that have no room.
const CLOSING: usize = 1_000;
/// One finding must not take the room of all: a larger one is shown in brief, and a text of more characters is cut.
const LARGEST: usize = MOST_BYTES / 8;
const LONGEST: usize = 600;

pub(super) fn render(report: &GateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: head(report), findings_left_out: 0, lines_left_out: 0 };
    page.findings("Denied", report.with(Outcome::Denied).map(|entry| [in_full(entry), title_alone(entry)]));
    page.findings("Warnings", report.with(Outcome::Warned).map(|entry| [in_brief(entry), item(entry)]));
    if let Some(line) = report.standing() {
        page.text.push_str(&format!("\n{}\n", prose(&line)));
    }
    page.findings("Not caused by this change", report.with(Outcome::Standing).map(|it| [item(it)]));
    page.findings("Waived", report.with(Outcome::Waived).map(|it| [waived(it), item(it)]));
    let resolved = report.resolved.iter();
    let resolved = resolved.map(|good| format!("{}: {}", service_name(good.resolved.service), good.title));
    page.lines("Resolved", resolved);
    page.lines("Notes", report.notes.iter().cloned());
    page.close(report);
    out.write_all(page.text.as_bytes())
}

/// What fits into a comment.
struct Page {
    text: String,
    findings_left_out: usize,
    lines_left_out: usize,
}

impl Page {
    /// Adds findings under a heading, each in the first of its forms that is not too large.
    fn findings<const N: usize>(&mut self, heading: &str, findings: impl Iterator<Item = [String; N]>) {
        self.findings_left_out += self.add(heading, findings);
    }

    fn lines(&mut self, heading: &str, lines: impl Iterator<Item = String>) {
        self.lines_left_out += self.add(heading, lines.map(|line| [format!("- {}\n", prose(&cut(&line)))]));
    }

    /// Returns how many had no room.
    fn add<const N: usize>(&mut self, heading: &str, blocks: impl Iterator<Item = [String; N]>) -> usize {
        let space = if self.text.ends_with("\n\n") { "" } else { "\n" };
        let mut heading = format!("{space}### {heading}\n\n");
        let mut left_out = 0;
        for forms in blocks {
            let room = (MOST_BYTES - CLOSING).saturating_sub(self.text.len() + heading.len());
            let form = forms.iter().find(|form| form.len() <= LARGEST).or(forms.last());
            match form.filter(|form| form.len() <= room) {
                Some(form) => {
                    self.text.push_str(&heading);
                    self.text.push_str(form);
                    heading.clear();
                }
                None => left_out += 1,
            }
        }
        left_out
    }

    /// Counts what had no room, and says how to see it.
    fn close(&mut self, report: &GateReport<'_>) {
        let counts = [
            (self.findings_left_out, "more finding", "more findings"),
            (self.lines_left_out, "more line", "more lines"),
        ];
        let counts: Vec<_> = counts
            .into_iter()
            .filter(|(count, _, _)| *count > 0)
            .map(|(count, one, many)| plural(count, one, many))
            .collect();
        if !counts.is_empty() {
            let command = command(report);
            self.text.push_str(&format!(
                "\n… and {}: run\n\n{}",
                counts.join(", "),
                code_block(&command, "")
            ));
        }
    }
}

/// What shows all of it in a terminal.
fn command(report: &GateReport<'_>) -> String {
    let base = report.base.map(|base| if is_plain(base) { base } else { "…" });
    let base = base.map_or_else(String::new, |base| format!(" --base {base}"));
    let all = match report.extent {
        Extent::Caused => "",
        Extent::All => " --all",
    };
    format!("fundamentals gate{base}{all}")
}

fn head(report: &GateReport<'_>) -> String {
    let reason =
        report.not_looked_at().map_or_else(String::new, |what| format!("\n**{}**\n", prose(&cut(&what))));
    format!(
        "## Reliability gate\n\n**{}** ({})\n{reason}",
        prose(&report.summary()),
        prose(&report.looked_at())
    )
}

/// All that is known of a finding.
fn in_full(entry: &Entry<'_>) -> String {
    let mut text = title_alone(entry);
    for fact in &entry.facts {
        text.push_str(&format!("- **{}**: {}", escape(&fact.label), steps(fact, "  ")));
    }
    // A block of code ends with a blank line already.
    let end = if text.ends_with("\n\n") { "" } else { "\n" };
    text + end
}

fn title_alone(entry: &Entry<'_>) -> String {
    let file = place(entry).map_or_else(String::new, |place| format!("- **file**: {place}\n"));
    let rule = entry.finding.rule.name();
    format!("#### {}\n\n- **rule**: `{rule}`\n{file}", prose(&cut(&entry.full_title())))
}

/// What nobody can do without.
fn in_brief(entry: &Entry<'_>) -> String {
    let mut text = item(entry);
    let why = entry.facts_of(&[FactKind::When, FactKind::Why]);
    let why: Vec<_> = why.map(|fact| cut(&format!("{}: {}", fact.label, fact.text))).collect();
    if !why.is_empty() {
        text.push_str(&format!("  - {}\n", prose(&why.join("; "))));
    }
    for fact in entry.facts_of(&[FactKind::ToDo]) {
        text.push_str(&format!("  - {}: {}", escape(&fact.label), steps(fact, "    ")));
    }
    text
}

/// A finding in a line.
fn item(entry: &Entry<'_>) -> String {
    let place = place(entry).map_or_else(String::new, |place| format!(", {place}"));
    format!("- {} (`{}`{place})\n", prose(&cut(&entry.full_title())), entry.finding.rule.name())
}

fn place(entry: &Entry<'_>) -> Option<String> {
    entry.place.as_ref().map(|place| {
        let line = place.position.map_or_else(String::new, |(line, _)| format!(", line {line}"));
        format!("{}{line}", prose(&format!("`{}`", place.path)))
    })
}

fn waived(entry: &Entry<'_>) -> String {
    let mut text = item(entry);
    for fact in entry.facts_of(&[FactKind::ToDo]) {
        let waiver = cut(&format!("{} {}", fact.label, fact.text));
        text.push_str(&format!("  - {}\n", prose(&waiver)));
    }
    text
}

/// A fact's text, with each command that is to be run in a block of its own, indented as the list it is in asks for.
fn steps(fact: &Fact, indent: &str) -> String {
    let mut steps = String::new();
    let mut rest = fact.text.as_str();
    if fact.kind == FactKind::ToDo {
        while let Some((before, command, after)) = next_command(rest) {
            let before = prose(before.trim_start_matches([';', '.', ',', ' ']).trim_end());
            let start = if steps.is_empty() { "" } else { indent };
            steps.push_str(&format!("{start}{before}\n\n{}\n", code_block(command, indent)));
            rest = after;
        }
        rest = if steps.is_empty() { rest } else { rest.trim_start_matches([';', '.', ',', ' ']) };
    }
    if !rest.is_empty() {
        let start = if steps.is_empty() { "" } else { indent };
        steps.push_str(&format!("{start}{}\n", prose(&cut(rest))));
    }
    steps
}

/// The first command of this program in a text, and what is before and after it.
fn next_command(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("`fundamentals ")?;
    let (_, after) = rest.split_once('`')?;
    let command = &text[before.len() + 1..text.len() - after.len() - 1];
    Some((before, command, after))
}

fn code_block(command: &str, indent: &str) -> String {
    format!("{indent}```sh\n{indent}{command}\n{indent}```\n")
}

/// A text without its end, if it is too long.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
