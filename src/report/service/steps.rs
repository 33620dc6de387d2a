//! What to do next, in a terminal: the nearest step of each category, under headings that say what it takes.

use std::io;

use super::ServiceReport;
use super::commitment::due;
use super::page::{Page, link_line};
use crate::eval::{Effort, NextStep, Status, Task};
use crate::model::{Colour, Guidance, Link};
use crate::report::glyph::{self, styled};
use crate::text::sanitize;

/// The indentation of a step's details: below its category's title.
const INDENT: &str = "       ";
/// Where the text of a fact begins, behind its label.
const FACT_INDENT: &str = "              ";

pub(super) fn print(report: &ServiceReport<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let Some(first) = report.next_steps.first() else { return Ok(()) };
    page.heading("Next steps")?;
    for (at, group) in report.next_steps.chunk_by(|one, next| one.effort == next.effort).enumerate() {
        if at > 0 {
            page.line("")?;
        }
        page.line(&styled(glyph::HEADING, title(group[0].effort)))?;
        for of_rubric in group.chunk_by(|one, next| one.rubric.id == next.rubric.id) {
            look_again(of_rubric, report, page)?;
        }
        for step in group.iter().filter(|step| step.task != Task::LookAgain) {
            print_step(step, report, page)?;
        }
    }
    let id = &first.category.id;
    let name = if report.is_ambiguous(id) { format!("{}/{id}", first.rubric.id) } else { id.to_string() };
    page.line("")?;
    page.line(&format!("`fundamentals explain {name}` tells all about it; likewise for each category."))
}

/// What makes it a quick win, or what it takes.
fn title(effort: Effort) -> &'static str {
    match effort {
        Effort::Look => "Quick wins: just look and judge",
        Effort::OneStep => "Quick wins: one step from green",
        Effort::OneStepWithoutGuidance => "Takes more: one step from green, without guidance",
        Effort::TwoSteps => "Takes more: two steps from green",
        Effort::UpToOthers => "Up to others",
    }
}

/// All that was green when somebody last looked, and the command that says it still is: there is nothing to say of each.
fn look_again(group: &[NextStep<'_>], report: &ServiceReport<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let stale: Vec<_> = group.iter().filter(|step| step.task == Task::LookAgain).collect();
    if stale.is_empty() {
        return Ok(());
    }
    let titles: Vec<_> = stale.iter().map(|step| title_of(step, report)).collect();
    let (service, rubric) = (&report.service.id, rubric_option(stale[0], report));
    let ids: Vec<_> = stale.iter().map(|step| step.category.id.as_str()).collect();
    let green = Status::Rated(Colour::Green);
    let sign = styled(glyph::status_style(green), glyph::status(green));
    let text = format!("{sign}{}     {}: still green? If so,", glyph::STALE, titles.join(", "));
    page.wrapped(&text, INDENT)?;
    page.wrapped(
        &format!("{INDENT}`fundamentals score {service}{rubric} --confirm {}`", ids.join(",")),
        INDENT,
    )
}

fn print_step(step: &NextStep<'_>, report: &ServiceReport<'_>, page: &mut Page<'_>) -> io::Result<()> {
    page.wrapped(&headline(step, report), INDENT)?;
    if step.task == Task::Show {
        let (service, rubric, id) = (&report.service.id, rubric_option(step, report), &step.category.id);
        let command = format!("`fundamentals score {service}{rubric} --set {id}=green --evidence …`");
        page.wrapped(&format!("{INDENT}{command}"), INDENT)?;
    }
    if let Some(because) = step.now.because() {
        // The reason for a colour that no longer holds is history.
        let label = if step.task == Task::JudgeAgain { "was" } else { "now" };
        fact(label, because, page)?;
    }
    if let Some(note) = step.now.note() {
        fact("note", note, page)?;
    }
    for evidence in step.now.evidence() {
        fact("seen", evidence, page)?;
    }
    if let Task::Providers(_) = step.task {
        return Ok(());
    }
    for statement in step.asks {
        fact(step.target.word(), statement, page)?;
    }
    for guidance in &step.category.guidance {
        match guidance {
            Guidance::Link(link) => how(link, page)?,
            Guidance::Text(text) => fact("how", &text.value, page)?,
        }
    }
    Ok(())
}

/// A category's title, with its rubric where another one has the same.
fn title_of(step: &NextStep<'_>, report: &ServiceReport<'_>) -> String {
    let title = step.category.marked_title();
    let title = sanitize(&title);
    if report.is_ambiguous(&step.category.id) {
        format!("{title} ({})", step.rubric.id)
    } else {
        title.into_owned()
    }
}

/// ` --rubric …` where the service is under several.
fn rubric_option(step: &NextStep<'_>, report: &ServiceReport<'_>) -> String {
    if report.rubrics.len() > 1 { format!(" --rubric {}", step.rubric.id) } else { String::new() }
}

/// "R → A  Load Testing – promised, due 2026-11-24; waived until 2027-01-31"
fn headline(step: &NextStep<'_>, report: &ServiceReport<'_>) -> String {
    let sign = styled(glyph::status_style(step.now.status), glyph::status(step.now.status));
    let title = title_of(step, report);
    let mut text = match step.task {
        Task::Reach => {
            let target = styled(glyph::colour_style(step.target), &step.target.letter().to_string());
            format!("{sign} → {target}  {title}")
        }
        Task::Judge => format!("{sign}      {title}: judge it, nobody has yet"),
        Task::JudgeAgain => format!("{sign}      {title}: judge it again, the bar was raised"),
        Task::Show => format!("{sign}      {title}: say where it can be seen, its green needs evidence"),
        Task::LookAgain => format!("{sign}      {title}: look again"),
        Task::Providers(provider) => format!("{sign}      {title}: a step for {provider}"),
    };
    let mut remarks = Vec::new();
    if let Some(judged) = step.now.judged.filter(|_| step.now.is_stale) {
        remarks.push(format!("not looked at since {}", judged.reviewed));
    }
    remarks.extend(step.promised.map(|promise| format!("promised, {}", due(&promise))));
    remarks.extend(step.waiver.map(|waiver| format!("waived until {}", waiver.until)));
    if !remarks.is_empty() {
        text.push_str(&format!(" – {}", remarks.join("; ")));
    }
    text
}

/// A fact below a step: `       green  …`.
fn fact(label: &str, text: &str, page: &mut Page<'_>) -> io::Result<()> {
    page.wrapped(&format!("{INDENT}{label:<6} {}", sanitize(text)), FACT_INDENT)
}

/// Where a team learns how. A path tells by itself what it is about, so where there is no room for its title it stands
/// alone on the line.
fn how(link: &Link, page: &mut Page<'_>) -> io::Result<()> {
    let named = link_line(link);
    let is_path = !link.href.contains(':');
    if is_path && !page.fits(&format!("{FACT_INDENT}{named}")) {
        return fact("how", &link.href, page);
    }
    fact("how", &named, page)
}
