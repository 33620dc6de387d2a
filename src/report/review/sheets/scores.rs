//! What was judged and measured, as tables.

use super::{category, service};
use crate::model::Date;
use crate::report::numbers::{ChangeCounts, change_columns, judgement_columns, service_columns};
use crate::report::review::{
    About, CategoryRef, Change, Changed, DomainLine, Glance, GlanceLine, HistoryPoint, HotSpot, Map, MapCell,
    MapRow, ServiceRef, Slo, SloMonth, Slos, Tally, Told,
};
use crate::report::sheet::{
    COUNT, DATE, DAYS, NAME, PERCENT, PROSE, SHARE, Sheet, SheetColumns, WORD, YES_NO, word,
};

/// A line of the glance, now or before.
#[derive(Clone, Copy)]
struct GlanceRow<'r> {
    line: &'r GlanceLine,
    when: &'static str,
    as_of: Option<Date>,
    tally: &'r Tally,
    /// Only now.
    changes: Option<&'r ChangeCounts>,
}

/// One row for each line, now and before.
pub(super) fn glance_sheet<'r>(glance: &'r Glance, about: &'r About) -> Sheet<'r> {
    let since = about.since.as_ref().map(|since| since.date);
    let rows = glance.lines.iter().flat_map(|line| {
        let (as_of, changes) = (Some(about.as_of), Some(&line.changes));
        [
            GlanceRow { line, when: "now", as_of, tally: &line.now, changes },
            GlanceRow { line, when: "before", as_of: since, tally: &line.before, changes: None },
        ]
    });
    SheetColumns::<GlanceRow<'_>>::new()
        .add(NAME, "which", "Which", |row| row.line.title.to_owned())
        .add(WORD, "when", "When", |row| word(row.when))
        .add(DATE, "as_of", "As of", |row| row.as_of)
        .add(COUNT, "services", "Services", |row| row.line.total)
        .add_all(service_columns(), |row| row.tally.services)
        .add_all(judgement_columns(), |row| row.tally.judgements)
        .add_all(change_columns(), |row| row.changes.copied())
        .over(rows)
}

/// One row for each period.
pub(super) fn history_sheet(glance: &Glance) -> Sheet<'_> {
    SheetColumns::<&HistoryPoint>::new()
        .add(NAME, "period", "Period", |it| it.period.clone())
        .add(DATE, "as_of", "As of", |it| it.as_of)
        .add(SHARE, "green_share", "Green share", |it| it.green_share)
        .add(COUNT, "green", "Green", |it| it.green)
        .add(COUNT, "applicable", "Applicable", |it| it.applicable)
        .add(YES_NO, "rubric_changed", "Rubric changed", |it| it.rubric_changed)
        .over(&glance.history)
}

/// One row for each domain.
pub(super) fn domains_sheet(domains: &[DomainLine]) -> Sheet<'_> {
    SheetColumns::<&DomainLine>::new()
        .add(NAME, "domain", "Domain id", |it| it.id.clone())
        .add(NAME, "domain_title", "Domain", |it| it.title.clone())
        .add(COUNT, "services", "Services", |it| it.total)
        .add_all(service_columns(), |it| it.now.services)
        .add_all(judgement_columns(), |it| it.now.judgements)
        .add_all(change_columns(), |it| it.changes)
        .add(DATE, "since", "Compared with", |it| it.since.date)
        .add(WORD, "since_basis", "Why that day", |it| word(it.since.basis))
        .add(DATE, "next_review", "Next review", |it| it.next_review.map(|next| next.date))
        .add(YES_NO, "next_review_planned", "Planned", |it| it.next_review.map(|next| next.planned))
        .add(DAYS, "next_review_in_days", "In days", |it| it.next_review.map(|next| next.in_days))
        .add(COUNT, "open_commitments", "Open commitments", |it| it.open_commitments)
        .add(COUNT, "overdue_commitments", "Overdue commitments", |it| it.overdue_commitments)
        .over(domains)
}

/// One row for each category of a service that changed, or stayed red.
pub(super) fn changes_sheet(changed: &Changed) -> Sheet<'_> {
    let before = SheetColumns::<&Told>::new()
        .add(WORD, "before", "Before", |it| word(it.status))
        .add(PROSE, "before_because", "Why it was so before", |it| it.because.clone())
        .add(DATE, "before_judged", "Judged before", |it| it.judged)
        .add(NAME, "before_inherited_from", "Inherited before from", |it| it.inherited_from.clone());
    let now = SheetColumns::<&Told>::new()
        .add(WORD, "now", "Now", |it| word(it.status))
        .add(PROSE, "now_because", "Why it is so now", |it| it.because.clone())
        .add(DATE, "now_judged", "Judged now", |it| it.judged)
        .add(NAME, "now_inherited_from", "Inherited now from", |it| it.inherited_from.clone());
    SheetColumns::<&Change>::new()
        .add_all(service(), |it| &it.service)
        .add_all(category(), |it| &it.category)
        .add(WORD, "kind", "What happened", |it| word(it.kind))
        .add(WORD, "label", "Label", |it| word(it.label))
        .add(COUNT, "reviews", "Reviews outlasted", |it| it.reviews)
        .add_all(before, |it| &it.before)
        .add_all(now, |it| &it.now)
        .add(DATE, "red_on", "Red in between", |it| it.red_on)
        .over(&changed.lines)
}

/// One row for each category of each service, if its rubric has it.
pub(super) fn map_sheet(map: &Map) -> Sheet<'_> {
    let rows = map.rows.iter().flat_map(|row| {
        let categories = map.pillars.iter().flat_map(|pillar| &pillar.categories);
        categories.zip(&row.cells).filter_map(move |(category, cell)| Some((row, category, cell.as_ref()?)))
    });
    SheetColumns::<(&MapRow, &CategoryRef, &MapCell)>::new()
        .add_all(service(), |(row, ..)| &row.service)
        .add_all(category(), |(_, category, _)| category)
        .add(WORD, "status", "Status", |(.., cell)| word(cell.status))
        .add(DATE, "since", "Since", |(.., cell)| cell.since)
        .add(DATE, "reviewed", "Looked at", |(.., cell)| cell.reviewed)
        .add(YES_NO, "stale", "Stale", |(.., cell)| cell.stale)
        .add(YES_NO, "carried", "Carried over", |(.., cell)| cell.carried)
        .add(NAME, "inherited_from", "Inherited from", |(.., cell)| cell.inherited_from.clone())
        .add(PROSE, "because", "Because", |(.., cell)| cell.because.clone())
        .add(YES_NO, "asked", "Asked", |(.., cell)| cell.asked)
        .add(WORD, "service_colour", "Service's colour", |(row, ..)| word(row.colour))
        .over(rows)
}

/// One row for each category that hurts in several services.
pub(super) fn hot_spots_sheet(spots: &[HotSpot]) -> Sheet<'_> {
    let services = |spot: &HotSpot| {
        let ids: Vec<_> = spot.services.iter().map(|it| it.service.id.as_str()).collect();
        ids.join("; ")
    };
    let guidance = |spot: &HotSpot| {
        let titles: Vec<_> = spot.guidance.iter().map(|it| it.title.as_str()).collect();
        titles.join("; ")
    };
    SheetColumns::<&HotSpot>::new()
        .add_all(category(), |it| &it.category)
        .add_all(judgement_columns(), |it| it.judgements)
        .add(PROSE, "services", "Red and amber services", services)
        .add(PROSE, "remark", "Remark", |it| it.remark.clone())
        .add(YES_NO, "guidance_gap", "No guidance", |it| it.guidance_gap)
        .add(PROSE, "guidance", "Guidance", guidance)
        .over(spots)
}

/// A month of an objective, or a service without any in the months that are shown.
#[derive(Clone, Copy)]
struct SloRow<'r> {
    service: &'r ServiceRef,
    /// The last month that was measured.
    month: Option<&'r String>,
    measured: Option<(&'r Slo, &'r SloMonth)>,
}

/// One row for each month of each objective of each service. A service of which nothing was measured is a row without
/// an objective, so that it is missed; one whose last measurement is older has only that month.
pub(super) fn slos_sheet(slos: &Slos) -> Sheet<'_> {
    let question = |line: &Slo| {
        let about = slos.questions.iter().filter(|question| question.service.id == line.service.id);
        let texts: Vec<_> = about.map(|question| question.text.as_str()).collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    };
    let months =
        slos.lines.iter().flat_map(|line| line.months.iter().flatten().map(move |month| (line, month)));
    let measured = months.map(|(line, month)| SloRow {
        service: &line.service,
        month: Some(&month.month),
        measured: Some((line, month)),
    });
    let outdated = slos.outdated.iter().map(|old| SloRow {
        service: &old.service,
        month: Some(&old.last_month),
        measured: None,
    });
    let unmeasured = slos.unmeasured.iter().map(|service| SloRow { service, month: None, measured: None });
    let month = SheetColumns::<&SloMonth>::new()
        .add(PERCENT, "objective_percent", "Aim in percent", |it| it.objective_percent)
        .add(PERCENT, "attained_percent", "Attained in percent", |it| it.attained_percent)
        .add(YES_NO, "met", "Met", |it| it.met)
        .add(PERCENT, "budget_left_percent", "Error budget left in percent", |it| it.budget_left_percent);
    SheetColumns::<SloRow<'_>>::new()
        .add_all(service(), |row| row.service)
        .add(WORD, "colour", "Service's colour", |row| Some(word(row.measured?.0.colour)))
        .add(NAME, "slo", "Objective", |row| Some(row.measured?.0.slo.clone()))
        .add(NAME, "month", "Month", |row| row.month.cloned())
        .add_all(month, |row| Some(row.measured?.1))
        .add(PROSE, "question", "Question to the service", move |row| question(row.measured?.0))
        .over(measured.chain(outdated).chain(unmeasured))
}
