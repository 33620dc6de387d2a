//! Issues as a comment on a pull request, or a job's summary.

use std::io::{self, Write};

use super::{Fact, FactKind, Issue, IssueEffect, IssueReport, Location};
use crate::text::{escape, plural, prose};

/// GitHub takes comments of 65,536 characters, and summaries of more. A text has at least as many bytes as characters,
/// and the job that posts it may add a line.
const MOST_BYTES: usize = 65_000;
/// Bytes kept free for the note on findings that don't fit.
const CLOSING: usize = 1_000;
/// One finding must not take the room of all: a larger one is shown in brief, and a text of more characters is cut.
const LARGEST: usize = MOST_BYTES / 8;
const LONGEST: usize = 600;

pub(crate) fn render(report: &IssueReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let issues = |effects: &'static [IssueEffect]| {
        report.issues.iter().copied().filter(|issue| effects.contains(&issue.effect))
    };
    let mut page = CommentText { text: head(report), findings_left_out: 0, lines_left_out: 0 };
    let failures = issues(&[IssueEffect::Stops, IssueEffect::Fails]);
    page.findings(report.wording.failures, failures.map(|issue| [in_full(issue), title_alone(issue)]));
    page.findings("Warnings", issues(&[IssueEffect::Warns]).map(|issue| [in_brief(issue), item(issue)]));
    if let Some(line) = &report.standing {
        page.text.push_str(&format!("\n{}\n", prose(line)));
    }
    page.findings("Not caused by this change", issues(&[IssueEffect::Informs]).map(|issue| [item(issue)]));
    page.findings("Waived", issues(&[IssueEffect::Waived]).map(|issue| [waived(issue), item(issue)]));
    page.lines("Resolved", report.resolved.iter().map(|resolved| &resolved.text));
    page.lines("Notes", report.notes.iter());
    page.close(&report.command);
    out.write_all(page.text.as_bytes())
}

/// What fits into a comment.
struct CommentText {
    text: String,
    findings_left_out: usize,
    lines_left_out: usize,
}

impl CommentText {
    /// Adds findings under a heading, each in the first of its forms that is not too large.
    fn findings<const N: usize>(&mut self, heading: &str, findings: impl Iterator<Item = [String; N]>) {
        self.findings_left_out += self.add(heading, findings);
    }

    fn lines<'l>(&mut self, heading: &str, lines: impl Iterator<Item = &'l String>) {
        self.lines_left_out += self.add(heading, lines.map(|line| [format!("- {}\n", prose(&cut(line)))]));
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
    fn close(&mut self, command: &str) {
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
            self.text.push_str(&format!("\n… and {}: run\n\n{}", counts.join(", "), code_block(command, "")));
        }
    }
}

fn head(report: &IssueReport<'_>) -> String {
    let incomplete = report.incomplete.as_ref();
    let reason = incomplete
        .map_or_else(String::new, |incomplete| format!("\n**{}**\n", prose(&cut(incomplete.reason()))));
    format!(
        "## {}\n\n**{}** ({})\n{reason}",
        report.wording.heading,
        prose(&report.summary),
        prose(&report.scope)
    )
}

/// All that is known of an issue.
fn in_full(issue: &Issue) -> String {
    let mut text = title_alone(issue);
    for place in &issue.related {
        text.push_str(&place_line("see", place));
    }
    for fact in &issue.facts {
        text.push_str(&format!("- **{}**: {}", escape(&fact.label), steps(fact, "  ")));
    }
    // A block of code ends with a blank line already.
    let end = if text.ends_with("\n\n") { "" } else { "\n" };
    text + end
}

fn title_alone(issue: &Issue) -> String {
    let file = issue.place.as_ref().map_or_else(String::new, |place| place_line("file", place));
    format!("#### {}\n\n- **rule**: `{}`\n{file}", prose(&cut(&issue.full_title())), issue.rule)
}

fn place_line(label: &str, place: &Location) -> String {
    let text = match place.text.as_str() {
        "" => String::new(),
        text => format!(": {}", prose(&cut(text))),
    };
    format!("- **{label}**: {}{text}\n", path_and_line(place))
}

/// What nobody can do without.
fn in_brief(issue: &Issue) -> String {
    let mut text = item(issue);
    let why = issue.facts_of(&[FactKind::When, FactKind::Why]);
    let why: Vec<_> = why.map(|fact| cut(&fact.line())).collect();
    if !why.is_empty() {
        text.push_str(&format!("  - {}\n", prose(&why.join("; "))));
    }
    for fact in issue.facts_of(&[FactKind::ToDo]) {
        text.push_str(&format!("  - {}: {}", escape(&fact.label), steps(fact, "    ")));
    }
    text
}

/// An issue in a line.
fn item(issue: &Issue) -> String {
    let place = issue.place.as_ref().map_or_else(String::new, |place| format!(", {}", path_and_line(place)));
    format!("- {} (`{}`{place})\n", prose(&cut(&issue.full_title())), issue.rule)
}

fn path_and_line(place: &Location) -> String {
    let line = place.position.map_or_else(String::new, |(line, _)| format!(", line {line}"));
    format!("{}{line}", prose(&format!("`{}`", place.path)))
}

fn waived(issue: &Issue) -> String {
    let mut text = item(issue);
    for fact in issue.facts_of(&[FactKind::ToDo]) {
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
