//! What was judged and measured.

use super::super::model::{
    Cover, DomainSummary, GlanceSection, HotSpotSection, PeriodCounts, SloLine, SloSection,
};
use super::super::{movement_words, words};
use super::{NOTHING, name, table};
use crate::eval::{
    ActionStatus, Counts, Development, Glance, Movement, RollUp, ServiceCounts, SinceBasis, Standing, Status,
};
use crate::model::{Date, SloResult};
use crate::report::document::{Block, Cell, Document, Item};
use crate::report::glyph;
use crate::text::plural;

/// No more services than this are named one by one.
const MANY_NAMES: usize = 12;

pub(super) fn glance(section: &GlanceSection, cover: &Cover<'_>, text: &mut Document) {
    text.push(Block::Subheading("Services".to_owned()));
    let headings = ["", "Services", "Red", "Amber", "Green", "Other"];
    let rows = section.groups().map(|(title, glance)| {
        let (now, before) = (&glance.now.services, &glance.before.services);
        let counts = [
            (now.red, before.red),
            (now.amber, before.amber),
            (now.green, before.green),
            (now.other(), before.other()),
        ];
        glance_row(title, glance, counts)
    });
    text.push(Block::Table(table(headings, rows.collect())));
    text.push(Block::Subheading("Judgements".to_owned()));
    let headings = ["", "Of", "Red", "Amber", "Green", "Other", "Change"];
    let rows = section.groups().map(|(title, glance)| {
        let (now, before) = (&glance.now.judgements, &glance.before.judgements);
        let gaps = |counts: &Counts| counts.not_assessed + counts.needs_rescore;
        let counts = [
            (now.red, before.red),
            (now.amber, before.amber),
            (now.green, before.green),
            (gaps(now), gaps(before)),
        ];
        let mut row = glance_row(title, glance, counts);
        row[1] = Cell::plain(now.applicable().to_string());
        row.push(Cell::plain(glyph::changes(&glance.changes)));
        row
    });
    text.push(Block::Table(table(headings, rows.collect())));
    let mut notes = vec!["In brackets: at the review before, told by today's rubric.".to_owned()];
    if cover.domain.is_none() {
        notes.push("Each domain is compared with its own.".to_owned());
    }
    if section.all.moved > 0 {
        let moved = plural(section.all.moved, "service", "services");
        notes.push(format!("The rubrics of {moved} have changed since."));
    }
    if let [first, .., last] = section.history.as_slice() {
        let line = sparkline(&section.history);
        let (from, to) = (&first.period.label, &last.period.label);
        let now = format!("{} of {} now", last.counts.green, last.counts.applicable());
        notes.push(format!("Green over time: {line} from {from} to {to}, {now}."));
    }
    text.text(notes.join(" "));
    text.items(words::quality(section, cover).into_iter().map(Item::new).collect());
}

pub(super) fn movements(movements: &[Movement<'_>], text: &mut Document) {
    if movements.is_empty() {
        return;
    }
    text.push(Block::Subheading(movement_words::MOVEMENTS.to_owned()));
    let items = movements.iter();
    let items = items.map(|it| Item::new(format!("{}: {}", name(it.member), movement_words::movement(it))));
    text.items(items.collect());
}

fn sparkline(history: &[PeriodCounts]) -> String {
    glyph::sparkline(history.iter().map(|point| point.bar))
}

fn glance_row(title: &str, glance: &Glance, counts: [(usize, usize); 4]) -> Vec<Cell> {
    let colours = [RollUp::Red, RollUp::Amber, RollUp::Green, RollUp::Incomplete];
    let number = |((now, before), colour): ((usize, usize), RollUp)| {
        let text = format!("{now} ({before})");
        if now > 0 { Cell::coloured(text, colour) } else { Cell::plain(text) }
    };
    let head = [Cell::plain(title), Cell::plain(glance.now.services.total().to_string())];
    head.into_iter().chain(counts.into_iter().zip(colours).map(number)).collect()
}

pub(super) fn domains(domains: &[DomainSummary<'_>], text: &mut Document) {
    let headings = [
        "Domain",
        "Services",
        "Colours",
        "Green",
        "Trend",
        "Change",
        "Last review",
        "Next review",
        "Commitments",
    ];
    let rows = domains.iter().map(|line| {
        let judgements = &line.glance.now.judgements;
        let day = |day: Option<String>| Cell::plain(day.unwrap_or_else(|| NOTHING.to_owned()));
        let since = (line.since.basis == SinceBasis::LastReview).then(|| line.since.date.to_string());
        let due = |planned: bool| if planned { "" } else { "due " };
        let next = line.next_review.map(|next| format!("{}{}", due(next.is_planned), next.date));
        let commitments = match line.commitments.overdue {
            0 => format!("{} open", line.commitments.open),
            overdue => format!("{} open, {overdue} overdue", line.commitments.open),
        };
        vec![
            Cell::plain(line.title),
            Cell::plain(line.glance.now.services.total().to_string()),
            Cell::plain(colours(&line.glance.now.services)),
            Cell::plain(format!("{}/{}", judgements.green, judgements.applicable())),
            Cell::plain(sparkline(&line.history)),
            Cell::plain(glyph::changes(&line.glance.changes)),
            day(since),
            day(next),
            Cell::plain(commitments),
        ]
    });
    text.push(Block::Table(table(headings, rows.collect())));
}

/// Services by colour, as in a trend: `2R 3A 1G`.
fn colours(services: &ServiceCounts) -> String {
    let colours = [
        RollUp::Red,
        RollUp::Amber,
        RollUp::Green,
        RollUp::Incomplete,
        RollUp::NotAssessed,
        RollUp::NotApplicable,
    ];
    let counts = colours.map(|colour| (services.count(colour), colour));
    let some = counts.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, colour)| format!("{count}{}", glyph::roll_up(colour))).collect::<Vec<_>>().join(" ")
}

pub(super) fn changes(developments: &[Development<'_, '_>], text: &mut Document) {
    if developments.is_empty() {
        text.text("Nothing changed, and nothing is red.");
    }
    for of_kind in developments.chunk_by(|a, b| a.kind == b.kind) {
        let Some(first) = of_kind.first() else { continue };
        text.push(Block::Subheading(format!("{} ({})", words::kind(first.kind), of_kind.len())));
        text.items(of_kind.iter().map(changed_item).collect());
    }
}

fn changed_item(development: &Development<'_, '_>) -> Item {
    let Development { reviewed, category, before, now, label, red_on, .. } = development;
    let label = words::label(*label);
    let red_on = red_on.map(|day| format!(", red on {day}")).unwrap_or_default();
    let what = format!("{} · {}", name(reviewed.member()), reviewed.name_of(category));
    let text = format!("{what}: {} → {}, {label}{red_on}", told(before), told(now));
    let mut details = Vec::new();
    if judged_on(before) == judged_on(now) && before.because() == now.because() {
        details.extend(reason("", now));
    } else {
        details.extend(reason("then, ", before));
        details.extend(reason("now, ", now));
    }
    Item { sign: Some(Cell::sign(RollUp::of([now.status]))), text, details }
}

fn told(standing: &Standing<'_>) -> String {
    let word = match standing.status {
        Status::NotApplicable => "n/a",
        Status::NotAssessed => "not assessed",
        Status::NeedsRescore(_) => "to re-score",
        Status::Rated(colour) => colour.word(),
    };
    match standing.provider {
        Some(provider) => format!("{word} (from {provider})"),
        None => word.to_owned(),
    }
}

fn judged_on(standing: &Standing<'_>) -> Option<Date> {
    standing.judged.map(|judged| judged.on)
}

fn reason(when: &str, standing: &Standing<'_>) -> Option<String> {
    let because = standing.because()?;
    let judged = judged_on(standing).map(|day| day.to_string()).unwrap_or_default();
    Some(format!("{when}{judged}: {because}"))
}

pub(super) fn hot_spots(hot: &HotSpotSection<'_>, text: &mut Document) {
    if hot.spots.is_empty() {
        text.text("No category is red or amber in several services.");
    }
    let items = hot.spots.iter().map(|spot| {
        let colour = if spot.counts.red > 0 { RollUp::Red } else { RollUp::Amber };
        let named = spot.concerned.iter().take(MANY_NAMES);
        let named = named.map(|(member, now)| format!("{} {}", glyph::status(now.status), name(*member)));
        let rest = spot.spread().saturating_sub(MANY_NAMES);
        let rest = (rest > 0).then(|| format!("and {rest} more"));
        Item {
            sign: Some(Cell::sign(colour)),
            text: format!("{}: {}", spot.column.name(), words::remark(spot)),
            details: vec![named.chain(rest).collect::<Vec<_>>().join(" · ")],
        }
    });
    text.items(items.collect());
    if hot.support.is_empty() {
        return;
    }
    text.push(Block::Subheading("Support asked for".to_owned()));
    let items = hot.support.iter().map(|support| Item {
        text: format!("{}: {}", support.from, plural(support.asks.len(), "commitment", "commitments")),
        details: support
            .asks
            .iter()
            .map(|ask| {
                let due = match (ask.action.due, ask.status == ActionStatus::Overdue) {
                    (Some(due), true) => format!("overdue since {due}"),
                    (Some(due), false) => format!("due {due}"),
                    (None, _) => "no date".to_owned(),
                };
                format!("{}: {} ({due})", name(ask.reviewed.member()), ask.action.what)
            })
            .collect(),
        sign: None,
    });
    text.items(items.collect());
}

pub(super) fn slos(slos: &SloSection<'_>, text: &mut Document) {
    if slos.lines.is_empty() && slos.outdated.is_empty() {
        text.text("Nothing was measured: no file in `slo` is about these services.");
        return;
    }
    if !slos.outdated.is_empty() {
        let old = slos.outdated.iter();
        let old =
            old.map(|(service, last)| format!("{} (last in {})", name(*service), last.month_in_digits()));
        let old: Vec<_> = old.collect();
        text.text(format!("No recent measurement of {}.", words::list(&old)));
    }
    if slos.lines.is_empty() {
        return;
    }
    text.items(slos.lines.iter().map(slo_item).collect());
    text.text("The letter is the service's colour. ✗ marks a month in which the objective was missed.");
    text.items(slos.disagreements.iter().map(|question| Item::new(words::disagreement(question))).collect());
    if !slos.unmeasured.is_empty() {
        let names: Vec<_> = slos.unmeasured.iter().map(|member| name(*member)).collect();
        text.text(format!("Nothing was measured of {}.", words::list(&names)));
    }
}

/// "★ Bag API: availability, 99.9%, 10% of the budget left in 2026-10", and each month.
fn slo_item(line: &SloLine<'_>) -> Item {
    let last = line.months.iter().flatten().last();
    let objective = last.map(|month| format!(", {}", month.objective)).unwrap_or_default();
    let left = last.and_then(|month| {
        let (left, month) = (month.budget_left_percent()?, month.month_in_digits());
        Some(if left < 0.0 {
            format!("; budget overspent by {:.0}% in {month}", -left)
        } else {
            format!("; {left:.0}% of the budget left in {month}")
        })
    });
    let month = |month: &&SloResult| {
        let missed = if month.is_met() { "" } else { " ✗" };
        format!("{} {}{missed}", month.month_in_digits(), month.attained)
    };
    let months: Vec<_> = line.months.iter().flatten().map(month).collect();
    Item {
        sign: Some(Cell::sign(line.reviewed.whole_colour())),
        text: format!(
            "{}: {}{objective}{}",
            name(line.reviewed.member()),
            line.slo,
            left.unwrap_or_default()
        ),
        details: vec![months.join(" · ")],
    }
}
