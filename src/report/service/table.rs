//! One service in a terminal.

use std::io::{self, Write};

use anstyle::Style;
use comfy_table::Cell;

use super::commitment::{action_line, waiver_line};
use super::page::{Page, link_line};
use super::{OtherVersion, PillarPart, RubricPart, ServiceReport, steps};
use crate::eval::Status;
use crate::model::Identity;
use crate::report::glyph::{self, styled};
use crate::report::layout::{self, Column, MIN_WIDTH};
use crate::text::sanitize;

pub(super) fn render(report: &ServiceReport<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    let mut page = Page { width, out };
    heading(report, &mut page)?;
    if let [only] = report.rubrics.as_slice() {
        about_rubric(report, only, &mut page)?;
        table(report, only, &mut page)?;
    } else {
        for part in &report.rubrics {
            page.heading(&format!("{} ({})", sanitize(&part.rubric.title), part.rubric.key()))?;
            let sign = styled(glyph::roll_up_style(part.colour), glyph::roll_up(part.colour));
            page.line(&format!("{sign} {}", glyph::counts(&part.counts)))?;
            about_rubric(report, part, &mut page)?;
            table(report, part, &mut page)?;
        }
    }
    page.line("")?;
    if let Some(not_asked) = not_asked(report) {
        page.line(&not_asked)?;
    }
    if let Some(unseen) = unseen(report) {
        page.line(&unseen)?;
    }
    page.line(&legend(report))?;
    steps::print(report, &mut page)?;
    if !report.actions.is_empty() {
        page.heading("Open actions")?;
        for part in &report.actions {
            page.line(&format!("- {}", action_line(part)))?;
        }
    }
    if !report.waivers.is_empty() {
        page.heading("Waivers")?;
        for part in &report.waivers {
            page.line(&format!("- {}", waiver_line(part)))?;
        }
    }
    Ok(())
}

fn heading(report: &ServiceReport<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let service = report.service;
    let title = format!("{} ({})", sanitize(&service.title), service.id);
    let star = if report.identity.golden_thread { glyph::GOLDEN_THREAD_MARK } else { "" };
    page.line(&format!("{star}{}", styled(glyph::HEADING, &title)))?;
    let mut facts = vec![format!("{} / {}", sanitize(report.domain_title), report.identity.platform)];
    facts.extend(report.identity.owner.as_ref().map(|owner| format!("owner {}", sanitize(owner))));
    facts.push(sanitize(report.identity.criticality.name()).into_owned());
    if report.identity.golden_thread {
        facts.push("Golden Thread".to_owned());
    }
    facts.extend(service.lifecycle.as_ref().map(|lifecycle| sanitize(lifecycle).into_owned()));
    page.line(&facts.join(" · "))?;
    for link in &service.links {
        page.line(&link_line(link))?;
    }
    life(report, page)?;
    let sign = styled(glyph::roll_up_style(report.colour), glyph::roll_up(report.colour));
    let rubrics = match report.rubrics.as_slice() {
        [only] => only.rubric.key().to_string(),
        several => format!("{} rubrics", several.len()),
    };
    page.line(&format!("{sign} as of {} · {rubrics} · {}", report.as_of, glyph::counts(&report.counts)))
}

/// What the service was called, when it joined and retired, and who it was before.
fn life(report: &ServiceReport<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let service = report.service;
    if let Some(retired) = report.retired {
        let because = retired.because.as_ref().map(|because| format!(": {}", sanitize(because)));
        page.line(&format!("retired on {}{}", retired.on, because.unwrap_or_default()))?;
    }
    if !service.renamed_from.is_empty() {
        page.line(&format!(
            "renamed from {}",
            join(service.renamed_from.iter().map(|old| old.value.to_string()))
        ))?;
    }
    if let Some(joined) = service.joined {
        page.line(&format!("joined on {joined}"))?;
    }
    for past in report.past_identities().rev() {
        page.line(&format!("until {}: {}", past.until, sanitize(&identity(&past.identity))))?;
    }
    Ok(())
}

/// "customer / profile · owner team-profile · business-critical"
fn identity(identity: &Identity) -> String {
    let mut facts = vec![format!("{} / {}", identity.domain, identity.platform)];
    facts.extend(identity.owner.as_ref().map(|owner| format!("owner {owner}")));
    facts.push(identity.criticality.name().to_owned());
    facts.extend(identity.golden_thread.then(|| "Golden Thread".to_owned()));
    facts.extend(identity.retired.as_ref().map(|retired| format!("retired from {} on", retired.on)));
    facts.join(" · ")
}

/// When it was last assessed under a rubric, and what there is to know of another version.
fn about_rubric(report: &ServiceReport<'_>, part: &RubricPart<'_>, page: &mut Page<'_>) -> io::Result<()> {
    page.line(&assessed(report, part))?;
    match part.other_version {
        Some(OtherVersion::InForce(rubric)) => {
            let is_older = rubric.version.major < part.rubric.version.major;
            let remark =
                if is_older { "is in force; this is what carries over" } else { "is in force by now" };
            page.line(&format!("{} {remark}", rubric.key()))?;
        }
        Some(OtherVersion::Newer(rubric)) => {
            let (key, published, id) = (rubric.key(), rubric.published, &report.service.id);
            let about =
                format!("{key} was published on {published}; `fundamentals migrate {id}` moves there");
            page.line(&about)?;
        }
        None => {}
    }
    page.line("")
}

/// "last assessed 2026-11-10 by team-bag with reliability-engineering"
fn assessed(report: &ServiceReport<'_>, part: &RubricPart<'_>) -> String {
    let Some(assessment) = part.last_assessment else {
        return match report.service.latest_assessment(report.as_of) {
            Some(_) => format!("never assessed under {}", part.rubric.id),
            None => "never assessed".to_owned(),
        };
    };
    let mut text = format!("last assessed {}", assessment.date);
    for (word, names) in [("by", &assessment.by), ("with", &assessment.with)] {
        if !names.is_empty() {
            text.push_str(&format!(" {word} {}", sanitize(&names.join(", "))));
        }
    }
    text
}

/// A row of the table: name, now, since, last looked at, history.
struct TableRow {
    cells: [String; 5],
    name_style: Style,
    state_style: Style,
}

fn table(report: &ServiceReport<'_>, part: &RubricPart<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let history = match (report.periods.first(), report.periods.last()) {
        (Some(first), Some(last)) if first != last => format!("{} to {}", first.label, last.label),
        _ => "History".to_owned(),
    };
    let headings = ["Category", "Now", "Since", "Looked at", &history];
    let rows = rows(part);
    let importance = [None, None, Some(1), Some(0), Some(2)];
    let columns: Vec<_> = (0..headings.len())
        .map(|at| Column::new(headings[at], rows.iter().map(|row| row.cells[at].as_str()), importance[at]))
        .collect();
    let columns: Vec<_> = columns.iter().collect();
    let kept = layout::fit(&columns, page.width, 26);
    let room = layout::room_for_first(&columns, &kept, page.width);
    let mut table = layout::table(page.width);
    table.set_header(kept.iter().map(|at| layout::styled(headings[*at], glyph::HEADING)).collect::<Vec<_>>());
    for row in &rows {
        let cell = |at: &usize| match *at {
            0 => layout::styled(&layout::wrap_name(&row.cells[0], room), row.name_style),
            1 => layout::styled(&row.cells[1], row.state_style),
            at => Cell::new(&row.cells[at]),
        };
        table.add_row(kept.iter().map(cell).collect::<Vec<_>>());
    }
    layout::print(table, page.out)?;
    let dropped = (0..headings.len()).filter(|at| !kept.contains(at)).map(|at| headings[at].to_lowercase());
    let dropped: Vec<_> = dropped.collect();
    if dropped.is_empty() {
        return Ok(());
    }
    page.line("")?;
    page.line(&layout::hidden(&dropped.join(", ")))
}

fn rows(part: &RubricPart<'_>) -> Vec<TableRow> {
    let mut rows = Vec::new();
    for pillar in part.pillars.iter().filter(|pillar| pillar.asked().next().is_some()) {
        let share = format!("{}/{}", pillar.counts.green, pillar.counts.applicable());
        let now = format!("{} {share}", glyph::roll_up(pillar.colour));
        let title = sanitize(pillar.title).into_owned();
        rows.push(TableRow {
            cells: [title, now, String::new(), String::new(), String::new()],
            name_style: glyph::HEADING,
            state_style: glyph::roll_up_style(pillar.colour),
        });
        for category in pillar.asked() {
            let judged = category.now.judged;
            rows.push(TableRow {
                cells: [
                    format!("  {}", sanitize(&category.category.marked_title())),
                    glyph::standing(&category.now),
                    judged.map(|judged| judged.since.to_string()).unwrap_or_default(),
                    judged.map(|judged| judged.reviewed.to_string()).unwrap_or_default(),
                    history(&category.history, &part.breaks),
                ],
                name_style: Style::new(),
                state_style: glyph::status_style(category.now.status),
            });
        }
    }
    rows
}

/// "Green without the evidence that the rubric wants: Logging"
fn unseen(report: &ServiceReport<'_>) -> Option<String> {
    let all = report.pillars().flat_map(|pillar| &pillar.categories);
    let unseen = all.filter(|part| part.now.lacks_evidence(part.category));
    let titles: Vec<_> = unseen.map(|part| sanitize(&part.category.title)).collect();
    let said = format!("Green without the evidence that the rubric wants: {}", titles.join(", "));
    (!titles.is_empty()).then_some(said)
}

/// "2 categories don't ask this service: Load Testing, Scaling"; many are only counted.
fn not_asked(report: &ServiceReport<'_>) -> Option<String> {
    const FEW: usize = 5;
    let all = report.pillars().flat_map(|pillar| &pillar.categories);
    let titles = all.filter(|part| !part.now.is_asked()).map(|part| sanitize(&part.category.title));
    let titles: Vec<_> = titles.collect();
    let said = match titles.len() {
        0 => return None,
        1 => "1 category doesn't ask this service".to_owned(),
        count => format!("{count} categories don't ask this service"),
    };
    Some(if titles.len() > FEW { said } else { format!("{said}: {}", titles.join(", ")) })
}

/// One character a period, and a line where the rubric changed.
fn history(statuses: &[Status], breaks: &[bool]) -> String {
    let mut text = String::new();
    for (status, is_break) in statuses.iter().zip(breaks) {
        if *is_break {
            text.push_str(glyph::BREAK);
        }
        text.push(short(*status));
    }
    text
}

/// One character a period.
fn short(status: Status) -> char {
    match status {
        Status::Rated(colour) => colour.letter(),
        Status::NotApplicable => '-',
        Status::NotAssessed => '·',
        Status::NeedsRescore(_) => '?',
    }
}

/// Only what occurs is explained, now or in the history.
fn legend(report: &ServiceReport<'_>) -> String {
    let parts = || report.pillars().flat_map(PillarPart::asked);
    let statuses = || parts().flat_map(|part| part.history.iter().chain(std::iter::once(&part.now.status)));
    let providers: std::collections::BTreeSet<_> =
        parts().filter_map(|part| part.now.provider).map(ToString::to_string).collect();
    let carried: std::collections::BTreeSet<_> =
        parts().filter_map(|part| part.now.carried_from).map(|rubric| rubric.key().to_string()).collect();
    let mut legend = vec!["R red, A amber, G green".to_owned()];
    for (occurs, text) in [
        (statuses().any(|status| *status == Status::NotAssessed), "· not assessed".to_owned()),
        (statuses().any(|status| matches!(status, Status::NeedsRescore(_))), "? needs re-score".to_owned()),
        (statuses().any(|status| *status == Status::NotApplicable), "n/a or - not applicable".to_owned()),
        (!providers.is_empty(), format!("{} inherited from {}", glyph::INHERITED, join(providers))),
        (!carried.is_empty(), format!("{} carried over from {}", glyph::CARRIED, join(carried))),
        (
            report.rubrics.iter().any(|part| part.breaks.contains(&true)),
            format!("{} the rubric changed", glyph::BREAK),
        ),
        (report.counts.stale > 0, glyph::stale_legend(report.stale_after_weeks)),
    ] {
        if occurs {
            legend.push(text);
        }
    }
    legend.join("; ")
}

fn join(names: impl IntoIterator<Item = String>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}
