//! One service: where it stands, how it got there, and what would help next.

use std::io::{self, Write};

use comfy_table::Cell;
use serde::Serialize;

use super::glyph::{self, styled};
use super::layout::{self, Column, MIN_WIDTH};
use crate::diag::{harmless, write_json};
use crate::model::{Action, Category, Colour, Date, Estate, Link, Rubric, Service, Waiver};
use crate::score::{
    ActionStatus, Counts, Period, RollUp, ServiceState, Standing, Status, action_status, service_state,
    service_state_in,
};

/// Everything that `show` shows, in its order.
pub struct ServiceReport<'e> {
    service: &'e Service,
    domain_title: &'e str,
    as_of: Date,
    rubric: &'e Rubric,
    last_assessed: Option<Date>,
    colour: RollUp,
    counts: Counts,
    stale_after_weeks: u32,
    periods: Vec<Period>,
    pillars: Vec<PillarPart<'e>>,
    next_steps: Vec<NextStep<'e>>,
    actions: Vec<(&'e Action, ActionStatus)>,
    waivers: Vec<&'e Waiver>,
}

struct PillarPart<'e> {
    title: &'e str,
    colour: RollUp,
    counts: Counts,
    categories: Vec<CategoryPart<'e>>,
}

struct CategoryPart<'e> {
    category: &'e Category,
    now: Standing<'e>,
    /// At the end of each period, in terms of today's rubric.
    history: Vec<Status>,
}

/// What would bring one category one colour up.
struct NextStep<'e> {
    category: &'e Category,
    now: Standing<'e>,
    target: Colour,
    asks: &'e [String],
}

/// Arranges what is known of a service. `periods` are the columns of its history; the last one is today.
#[must_use]
pub fn build<'e>(
    estate: &'e Estate,
    service: &'e Service,
    periods: Vec<Period>,
    today: Date,
) -> ServiceReport<'e> {
    let state = service_state(estate, service, today);
    let in_todays_terms = |period: &Period| service_state_in(estate, service, period.as_of, state.rubric);
    let history: Vec<_> = periods.iter().map(in_todays_terms).collect();
    let domain = estate.settings.domains.iter().find(|domain| domain.id == service.domain);
    let open = |status: &ActionStatus| matches!(status, ActionStatus::Open | ActionStatus::Overdue);
    let actions = service.actions.iter().filter(|action| action.raised <= today);
    let mut actions: Vec<_> = actions.map(|action| (action, action_status(action, today))).collect();
    actions.retain(|(_, status)| open(status));
    actions.sort_by_key(|(action, _)| (action.due.is_none(), action.due, action.raised));
    ServiceReport {
        service,
        domain_title: domain.map_or(service.domain.as_str(), |domain| &domain.title),
        as_of: today,
        rubric: state.rubric,
        last_assessed: service.latest_assessment(today).map(|assessment| assessment.date),
        colour: state.colour(),
        counts: state.counts(),
        stale_after_weeks: estate.settings.review.stale_after_weeks,
        pillars: pillars(&state, &history),
        next_steps: next_steps(&state),
        periods,
        actions,
        waivers: service.waivers.iter().filter(|waiver| waiver.in_force(today)).collect(),
    }
}

fn pillars<'e>(state: &ServiceState<'e>, history: &[ServiceState<'e>]) -> Vec<PillarPart<'e>> {
    let rubric: &'e Rubric = state.rubric;
    let part = |(at, pillar): (usize, &'e crate::model::Pillar)| {
        let of_pillar = state.categories().filter(|(_, category, _)| category.pillar == at);
        let categories = of_pillar.map(|(ix, category, now)| CategoryPart {
            category,
            now: *now,
            history: history.iter().map(|state| state.standing(ix).status).collect(),
        });
        let categories: Vec<_> = categories.collect();
        PillarPart {
            title: &pillar.title,
            colour: RollUp::of(categories.iter().map(|part| part.now.status)),
            counts: categories.iter().map(|part| &part.now).collect(),
            categories,
        }
    };
    rubric.pillars.iter().enumerate().map(part).collect()
}

/// Red first, then what is unknown, then amber; within these the rubric's order.
fn next_steps<'e>(state: &ServiceState<'e>) -> Vec<NextStep<'e>> {
    let step = |category: &'e Category, now: &Standing<'e>| {
        let (target, definition) = match now.status {
            Status::Rated(colour) => category.next_step(colour)?,
            Status::NotAssessed | Status::NeedsRescore(_) => (Colour::Green, &category.green),
            Status::NotApplicable => return None,
        };
        // Another service has to take this step.
        now.provider.is_none().then_some(NextStep { category, now: *now, target, asks: &definition.0 })
    };
    let mut steps: Vec<_> = state.categories().filter_map(|(_, category, now)| step(category, now)).collect();
    steps.sort_by_key(|step| match step.now.status {
        Status::Rated(Colour::Red) => 0,
        Status::NeedsRescore(_) => 1,
        Status::NotAssessed => 2,
        Status::Rated(_) | Status::NotApplicable => 3,
    });
    steps
}

/// Writes the report for a terminal.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(report: &ServiceReport<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    heading(report, width, out)?;
    writeln!(out)?;
    table(report, width, out)?;
    writeln!(out)?;
    writeln!(out, "{}", layout::wrap(&legend(report), width, "  "))?;
    steps(report, width, out)?;
    actions(report, width, out)?;
    for waiver in &report.waivers {
        let text = format!(
            "Waived until {}: {} – {} (approved by {})",
            waiver.until,
            waiver.category,
            harmless(&waiver.because),
            harmless(&waiver.approved_by)
        );
        writeln!(out, "\n{}", layout::wrap(&text, width, "  "))?;
    }
    Ok(())
}

fn heading(report: &ServiceReport<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let service = report.service;
    let title = format!("{} ({})", harmless(&service.title), service.id);
    let star = if service.golden_thread { format!("{} ", glyph::GOLDEN_THREAD) } else { String::new() };
    writeln!(out, "{star}{}", styled(glyph::HEADING, &title))?;
    let mut facts = vec![format!("{} / {}", harmless(report.domain_title), service.platform)];
    facts.extend(service.owner.as_ref().map(|owner| format!("owner {}", harmless(owner))));
    facts.push(harmless(service.criticality.name()).into_owned());
    if service.golden_thread {
        facts.push("Golden Thread".to_owned());
    }
    writeln!(out, "{}", layout::wrap(&facts.join(" · "), width, "  "))?;
    let assessed = match report.last_assessed {
        Some(date) => format!("last assessed {date}"),
        None => "never assessed".to_owned(),
    };
    let sign = styled(glyph::roll_up_style(report.colour), glyph::roll_up(report.colour));
    let counts = glyph::counts(&report.counts);
    let line = format!("as of {} · {} · {assessed} · {counts}", report.as_of, report.rubric.key());
    writeln!(out, "{}", layout::wrap(&format!("{sign} {line}"), width, "  "))
}

fn table(report: &ServiceReport<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let history = match (report.periods.first(), report.periods.last()) {
        (Some(first), Some(last)) if first != last => format!("{} to {}", first.label, last.label),
        _ => "History".to_owned(),
    };
    let headings = ["Category", "Now", "Since", "Looked at", &history];
    let mut rows: Vec<[String; 5]> = Vec::new();
    let mut styles = Vec::new();
    for pillar in &report.pillars {
        let share = format!("{}/{}", pillar.counts.green, pillar.counts.applicable());
        rows.push([
            harmless(pillar.title).into_owned(),
            format!("{} {share}", glyph::roll_up(pillar.colour)),
            String::new(),
            String::new(),
            String::new(),
        ]);
        styles.push((glyph::HEADING, glyph::roll_up_style(pillar.colour)));
        for part in &pillar.categories {
            let since = part.now.judged.map(|judged| judged.since.to_string()).unwrap_or_default();
            let reviewed = part.now.judged.map(|judged| judged.reviewed.to_string()).unwrap_or_default();
            let letters: String = part.history.iter().map(|status| short(*status)).collect();
            rows.push([
                format!("  {}", harmless(&part.category.title)),
                glyph::standing(&part.now),
                since,
                reviewed,
                letters,
            ]);
            styles.push((anstyle::Style::new(), glyph::status_style(part.now.status)));
        }
    }
    let importance = [None, None, Some(1), Some(0), Some(2)];
    let columns: Vec<_> = (0..headings.len())
        .map(|at| Column::new(headings[at], rows.iter().map(|row| row[at].as_str()), importance[at]))
        .collect();
    let kept = layout::fit(&columns.iter().collect::<Vec<_>>(), width, 26);
    let mut table = layout::table(width);
    table.set_header(kept.iter().map(|at| layout::styled(headings[*at], glyph::HEADING)).collect::<Vec<_>>());
    for (row, (name_style, state_style)) in rows.iter().zip(&styles) {
        let cell = |at: &usize| match *at {
            0 => layout::styled(&row[0], *name_style),
            1 => layout::styled(&row[1], *state_style),
            at => Cell::new(&row[at]),
        };
        table.add_row(kept.iter().map(cell).collect::<Vec<_>>());
    }
    layout::pad(&mut table);
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
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

fn legend(report: &ServiceReport<'_>) -> String {
    let standings =
        || report.pillars.iter().flat_map(|pillar| pillar.categories.iter().map(|part| &part.now));
    let mut parts = vec!["R red, A amber, G green".to_owned()];
    for (occurs, text) in [
        (standings().any(|now| now.status == Status::NotAssessed), "· not assessed".to_owned()),
        (standings().any(|now| matches!(now.status, Status::NeedsRescore(_))), "? needs re-score".to_owned()),
        (standings().any(|now| now.status == Status::NotApplicable), "n/a, - not applicable".to_owned()),
        (standings().any(|now| now.provider.is_some()), format!("{} inherited", glyph::INHERITED)),
        (
            report.counts.stale > 0,
            format!("{} not looked at for {} weeks", glyph::STALE, report.stale_after_weeks),
        ),
    ] {
        if occurs {
            parts.push(text);
        }
    }
    parts.join("; ")
}

fn steps(report: &ServiceReport<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    if report.next_steps.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", styled(glyph::HEADING, "Next steps"))?;
    for step in &report.next_steps {
        let sign = styled(glyph::status_style(step.now.status), glyph::status(step.now.status));
        let target = styled(glyph::colour_style(step.target), &step.target.letter().to_string());
        writeln!(out, "{sign} → {target}  {}", harmless(&step.category.title))?;
        if let Some(because) = step.now.because() {
            writeln!(out, "{}", indented("now", because, width))?;
        }
        for statement in step.asks {
            writeln!(out, "{}", indented(step.target.word(), statement, width))?;
        }
        for link in &step.category.guidance {
            writeln!(out, "{}", indented("how", &guidance(link), width))?;
        }
    }
    writeln!(out, "`fundamentals explain CATEGORY` prints what a category asks for, and its guidance.")
}

fn guidance(link: &Link) -> String {
    format!("{}: {}", link.title, link.href)
}

fn indented(label: &str, text: &str, width: usize) -> String {
    layout::wrap(&format!("       {label:<6} {}", harmless(text)), width, "              ")
}

fn actions(report: &ServiceReport<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    if report.actions.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", styled(glyph::HEADING, "Open actions"))?;
    for (action, status) in &report.actions {
        let due = match (status, action.due) {
            (ActionStatus::Overdue, Some(due)) => format!("overdue since {due}"),
            (_, Some(due)) => format!("due {due}"),
            (_, None) => "no date".to_owned(),
        };
        let mut text = format!("{due}: {}", harmless(&action.what));
        text.extend(action.category.as_ref().map(|category| format!(" ({category})")));
        match &action.owner {
            Some(owner) => text.push_str(&format!(" – {}", harmless(owner))),
            None => text.push_str(" – nobody's yet"),
        }
        text.extend(action.support.as_ref().map(|support| format!(", needs {}", harmless(support))));
        writeln!(out, "{}", layout::wrap(&format!("- {text}"), width, "  "))?;
    }
    Ok(())
}

/// The report as JSON, `fundamentals/service/v1`. Fields are only ever added.
#[derive(Serialize)]
struct Document<'r> {
    format: &'static str,
    service: &'r str,
    title: &'r str,
    domain: &'r str,
    platform: &'r str,
    criticality: &'r str,
    golden_thread: bool,
    as_of: String,
    rubric: String,
    last_assessed: Option<String>,
    colour: &'static str,
    counts: JsonCounts,
    categories: Vec<JsonCategory<'r>>,
}

#[derive(Serialize)]
struct JsonCounts {
    red: usize,
    amber: usize,
    green: usize,
    not_applicable: usize,
    not_assessed: usize,
    needs_rescore: usize,
    applicable: usize,
    stale: usize,
}

#[derive(Serialize)]
struct JsonCategory<'r> {
    id: &'r str,
    /// `red`, `amber`, `green`, `not-applicable`, `not-assessed` or `needs-rescore`.
    state: &'static str,
    because: Option<&'r str>,
    inherited_from: Option<&'r str>,
    since: Option<String>,
    judged: Option<String>,
    reviewed: Option<String>,
    stale: bool,
}

/// Writes the report as JSON.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_json(report: &ServiceReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let service = report.service;
    let counts = &report.counts;
    let document = Document {
        format: "fundamentals/service/v1",
        service: service.id.as_str(),
        title: &service.title,
        domain: service.domain.as_str(),
        platform: service.platform.as_str(),
        criticality: service.criticality.name(),
        golden_thread: service.golden_thread,
        as_of: report.as_of.to_string(),
        rubric: report.rubric.key().to_string(),
        last_assessed: report.last_assessed.map(|date| date.to_string()),
        colour: report.colour.word(),
        counts: JsonCounts {
            red: counts.red,
            amber: counts.amber,
            green: counts.green,
            not_applicable: counts.not_applicable,
            not_assessed: counts.not_assessed,
            needs_rescore: counts.needs_rescore,
            applicable: counts.applicable(),
            stale: counts.stale,
        },
        categories: report.pillars.iter().flat_map(|pillar| &pillar.categories).map(json_category).collect(),
    };
    write_json(&document, out)
}

fn json_category<'r>(part: &'r CategoryPart<'_>) -> JsonCategory<'r> {
    let now = &part.now;
    JsonCategory {
        id: part.category.id.as_str(),
        state: match now.status {
            Status::Rated(colour) => colour.word(),
            Status::NotApplicable => "not-applicable",
            Status::NotAssessed => "not-assessed",
            Status::NeedsRescore(_) => "needs-rescore",
        },
        because: now.because(),
        inherited_from: now.provider.map(|provider| provider.as_str()),
        since: now.judged.map(|judged| judged.since.to_string()),
        judged: now.judged.map(|judged| judged.on.to_string()),
        reviewed: now.judged.map(|judged| judged.reviewed.to_string()),
        stale: now.is_stale,
    }
}
