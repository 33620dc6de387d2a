//! What was judged and measured.

use super::super::model::{
    About, Change, Changed, DomainLine, Glance, GlanceLine, HotSpots, Map, MapCell, MapRow, SinceBasis, Slo,
    SloMonth, Slos, State, Told,
};
use super::super::words;
use super::{NOTHING, name, table};
use crate::eval::RollUp;
use crate::report::document::{Block, Cell, Document, Grid, GridGroup, GridRow, Item, Table};
use crate::report::glyph;
use crate::report::numbers::{ChangeCounts, Judgements, Services};
use crate::text::plural;

/// No more services than this are named one by one.
const MANY_NAMES: usize = 12;

pub(super) fn glance(glance: &Glance, about: &About, text: &mut Document) {
    text.push(Block::Subheading("Services".to_owned()));
    let headings = ["", "Services", "Red", "Amber", "Green", "Other"];
    let rows = glance.lines.iter().map(|line| {
        let (now, before) = (&line.now.services, &line.before.services);
        let counts = [
            (now.red, before.red),
            (now.amber, before.amber),
            (now.green, before.green),
            (now.other(), before.other()),
        ];
        glance_row(line, counts)
    });
    text.push(Block::Table(table(headings, rows.collect())));
    text.push(Block::Subheading("Judgements".to_owned()));
    let headings = ["", "Of", "Red", "Amber", "Green", "Other", "Change"];
    let rows = glance.lines.iter().map(|line| {
        let (now, before) = (&line.now.judgements, &line.before.judgements);
        let gaps = |it: &Judgements| it.not_assessed + it.needs_rescore;
        let counts = [
            (now.red, before.red),
            (now.amber, before.amber),
            (now.green, before.green),
            (gaps(now), gaps(before)),
        ];
        let mut row = glance_row(line, counts);
        row[1] = Cell::plain(now.applicable.to_string());
        row.push(Cell::plain(change(&line.changes)));
        row
    });
    text.push(Block::Table(table(headings, rows.collect())));
    let mut notes = vec!["In brackets: at the review before, told by today's rubric.".to_owned()];
    if about.domain.is_none() {
        notes.push("Each domain is compared with its own.".to_owned());
    }
    if glance.moved > 0 {
        let moved = plural(glance.moved, "service has", "services have");
        notes.push(format!("{moved} moved to another rubric since."));
    }
    if let [first, .., last] = glance.history.as_slice() {
        let line = glyph::sparkline(glance.history.iter().map(|point| point.bar));
        let (from, to) = (&first.period, &last.period);
        let now = format!("{} of {} now", last.green, last.applicable);
        notes.push(format!("Green over time: {line} from {from} to {to}, {now}."));
    }
    text.text(notes.join(" "));
    text.items(words::quality(glance, about).into_iter().map(Item::new).collect());
}

fn glance_row(line: &GlanceLine, counts: [(usize, usize); 4]) -> Vec<Cell> {
    let colours = [RollUp::Red, RollUp::Amber, RollUp::Green, RollUp::Incomplete];
    let number = |((now, before), colour): ((usize, usize), RollUp)| {
        let text = format!("{now} ({before})");
        if now > 0 { Cell::coloured(text, colour) } else { Cell::plain(text) }
    };
    let head = [Cell::plain(line.title), Cell::plain(line.total.to_string())];
    head.into_iter().chain(counts.into_iter().zip(colours).map(number)).collect()
}

pub(super) fn domains(domains: &[DomainLine]) -> Table {
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
        let judgements = &line.now.judgements;
        let day = |day: Option<String>| Cell::plain(day.unwrap_or_else(|| NOTHING.to_owned()));
        let since = (line.since.basis == SinceBasis::LastReview).then(|| line.since.date.to_string());
        let due = |planned: bool| if planned { "" } else { "due " };
        let next = line.next_review.map(|next| format!("{}{}", due(next.planned), next.date));
        let commitments = match line.overdue_commitments {
            0 => format!("{} open", line.open_commitments),
            overdue => format!("{} open, {overdue} overdue", line.open_commitments),
        };
        vec![
            Cell::plain(&line.title),
            Cell::plain(line.total.to_string()),
            Cell::plain(colours(&line.now.services)),
            Cell::plain(format!("{}/{}", judgements.green, judgements.applicable)),
            Cell::plain(glyph::sparkline(line.history.iter().map(|point| point.bar))),
            Cell::plain(change(&line.changes)),
            day(since),
            day(next),
            Cell::plain(commitments),
        ]
    });
    table(headings, rows.collect())
}

/// Services by colour, as in a trend: `2R 3A 1G`.
fn colours(services: &Services) -> String {
    let counts = [
        (services.red, RollUp::Red),
        (services.amber, RollUp::Amber),
        (services.green, RollUp::Green),
        (services.incomplete, RollUp::Incomplete),
        (services.not_assessed, RollUp::NotAssessed),
        (services.not_applicable, RollUp::NotApplicable),
    ];
    let some = counts.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, colour)| format!("{count}{}", glyph::roll_up(colour))).collect::<Vec<_>>().join(" ")
}

/// The same signs as in a trend.
fn change(changes: &ChangeCounts) -> String {
    glyph::changes(&crate::eval::Changes {
        dropped: changes.dropped,
        slipped: changes.slipped,
        improved: changes.improved,
        first_rated: changes.first_rated,
        no_longer_rated: changes.no_longer_rated,
    })
}

pub(super) fn changes(changed: &Changed, text: &mut Document) {
    if changed.lines.is_empty() {
        text.text("Nothing changed, and nothing is red.");
    }
    for of_kind in changed.lines.chunk_by(|a, b| a.kind == b.kind) {
        let Some(first) = of_kind.first() else { continue };
        text.push(Block::Subheading(format!("{} ({})", words::kind(first.kind), of_kind.len())));
        text.items(of_kind.iter().map(changed_item).collect());
    }
}

fn changed_item(change: &Change) -> Item {
    let (before, now) = (told(&change.before), told(&change.now));
    let label = words::label(change.label, change.reviews);
    let red_on = change.red_on.map(|day| format!(", red on {day}")).unwrap_or_default();
    let text =
        format!("{} · {}: {before} → {now}, {label}{red_on}", name(&change.service), change.category.title);
    let mut details = Vec::new();
    if change.before.because == change.now.because && change.before.judged == change.now.judged {
        details.extend(reason("", &change.now));
    } else {
        details.extend(reason("then, ", &change.before));
        details.extend(reason("now, ", &change.now));
    }
    Item { sign: Some(Cell::sign(change.now.status.roll_up())), text, details }
}

fn told(told: &Told) -> String {
    let word = match told.status {
        State::NotApplicable => "n/a",
        State::NotAssessed => "not assessed",
        State::NeedsRescore => "to re-score",
        State::Red | State::Amber | State::Green => told.status.word(),
    };
    match &told.inherited_from {
        Some(provider) => format!("{word} (from {provider})"),
        None => word.to_owned(),
    }
}

fn reason(when: &str, told: &Told) -> Option<String> {
    let because = told.because.as_ref()?;
    let judged = told.judged.map(|day| day.to_string()).unwrap_or_default();
    Some(format!("{when}{judged}: {because}"))
}

pub(super) fn grid(map: &Map) -> Grid {
    let groups = map.pillars.iter().map(|pillar| GridGroup {
        title: pillar.title.clone(),
        columns: pillar.categories.iter().map(|category| category.title.clone()).collect(),
    });
    let trend = match map.periods.as_slice() {
        [first, .., last] => {
            let is_one_category =
                map.pillars.iter().map(|pillar| pillar.categories.len()).sum::<usize>() == 1;
            let trend = if is_one_category { "its colour" } else { "green of what applies" };
            format!("Worst first. Trend: {trend}, from {first} to {last}.")
        }
        [] | [_] => "Worst first.".to_owned(),
    };
    Grid {
        subject: "Service",
        groups: groups.collect(),
        rows: map.rows.iter().map(|row| grid_row(row, map)).collect(),
        trend,
    }
}

fn grid_row(row: &MapRow, map: &Map) -> GridRow {
    let mut cells = row.cells.iter();
    let groups = map.pillars.iter().map(|pillar| {
        let of_pillar = cells.by_ref().take(pillar.categories.len());
        of_pillar.map(|cell| cell.as_ref().map(sign).unwrap_or_default()).collect()
    });
    GridRow {
        groups: groups.collect(),
        title: name(&row.service),
        colour: Cell::sign(row.colour),
        counts: format!("{}/{}", row.judgements.green, row.judgements.applicable),
        bars: row.bars.clone(),
        change: change(&row.changes),
    }
}

fn sign(cell: &MapCell) -> Cell {
    Cell::coloured(cell.sign(), cell.status.roll_up())
}

/// What the signs of the map mean.
pub(super) fn legend(about: &About) -> String {
    format!(
        "R red, A amber, G green, · not assessed, ? to re-score, n/a not applicable; {} another service's colour, \
         {} carried over from another version of the rubric, {}, {} Golden Thread.",
        glyph::INHERITED,
        glyph::CARRIED,
        glyph::stale_legend(about.stale_after_weeks),
        glyph::GOLDEN_THREAD
    )
}

pub(super) fn hot_spots(hot: &HotSpots, text: &mut Document) {
    if hot.spots.is_empty() {
        text.text("No category is red or amber in several services.");
    }
    let items = hot.spots.iter().map(|spot| {
        let colour = if spot.judgements.red > 0 { RollUp::Red } else { RollUp::Amber };
        let named = spot.services.iter().take(MANY_NAMES);
        let named = named.map(|it| format!("{} {}", glyph::roll_up(it.status.roll_up()), name(&it.service)));
        let rest = spot.services.len().saturating_sub(MANY_NAMES);
        let rest = (rest > 0).then(|| format!("and {rest} more"));
        Item {
            sign: Some(Cell::sign(colour)),
            text: format!("{}: {}", spot.category.title, spot.remark),
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
                let due = match (ask.due, ask.overdue) {
                    (Some(due), true) => format!("overdue since {due}"),
                    (Some(due), false) => format!("due {due}"),
                    (None, _) => "no date".to_owned(),
                };
                format!("{}: {} ({due})", name(&ask.service), ask.what)
            })
            .collect(),
        sign: None,
    });
    text.items(items.collect());
}

pub(super) fn slos(slos: &Slos, text: &mut Document) {
    if slos.lines.is_empty() && slos.outdated.is_empty() {
        text.text("Nothing was measured: no file in `slo` is about these services.");
        return;
    }
    if !slos.outdated.is_empty() {
        let old = slos.outdated.iter().map(|it| format!("{} (last in {})", name(&it.service), it.last_month));
        let old: Vec<_> = old.collect();
        text.text(format!("No recent measurement of {}.", words::list(&old)));
    }
    if slos.lines.is_empty() {
        return;
    }
    text.items(slos.lines.iter().map(slo_item).collect());
    text.text("The letter is the service's colour. ✗ marks a month in which the objective was missed.");
    text.items(slos.questions.iter().map(|question| Item::new(&question.text)).collect());
    if !slos.unmeasured.is_empty() {
        let names: Vec<_> = slos.unmeasured.iter().map(name).collect();
        text.text(format!("Nothing was measured of {}.", words::list(&names)));
    }
}

/// "★ Bag API: availability, 99.9%, 10% of the budget left in 2026-10", and each month.
fn slo_item(slo: &Slo) -> Item {
    let last = slo.months.iter().flatten().last();
    let objective = last.map(|month| format!(", {}", month.objective)).unwrap_or_default();
    let left = last.and_then(|month| {
        let left = month.budget_left_percent?;
        Some(if left < 0.0 {
            format!("; budget overspent by {:.0}% in {}", -left, month.month)
        } else {
            format!("; {left:.0}% of the budget left in {}", month.month)
        })
    });
    let month = |month: &SloMonth| {
        let missed = if month.met { "" } else { " ✗" };
        format!("{} {}{missed}", month.month, month.attained)
    };
    let months: Vec<_> = slo.months.iter().flatten().map(month).collect();
    Item {
        sign: Some(Cell::sign(slo.colour)),
        text: format!("{}: {}{objective}{}", name(&slo.service), slo.slo, left.unwrap_or_default()),
        details: vec![months.join(" · ")],
    }
}
