//! What was judged and measured, as tables.

use super::{category, service};
use crate::eval::{Changes, Development, Glance, HotSpot, MapColumn, Member, Movement, Standing, Tally};
use crate::model::{Date, Guidance, Identity, SloResult};
use crate::report::numbers::{change_columns, judgement_columns, service_columns};
use crate::report::review::model::{
    Cover, DomainSummary, GlanceSection, MapSection, PeriodCounts, ServiceRow, SloLine, SloSection,
};
use crate::report::review::words;
use crate::report::sheet::{
    COUNT, DATE, DAYS, NAME, PERCENT, PROSE, SHARE, Sheet, SheetColumns, WORD, YES_NO,
};

/// A line of the glance, now or before.
#[derive(Clone, Copy)]
struct GlanceRow<'r> {
    which: &'static str,
    glance: &'r Glance,
    when: &'static str,
    as_of: Option<Date>,
    tally: &'r Tally,
    /// Only now.
    changes: Option<Changes>,
}

/// One row for each line, now and before.
pub(super) fn glance_sheet<'r>(section: &'r GlanceSection, cover: &'r Cover<'_>) -> Sheet<'r> {
    let since = cover.since.map(|since| since.date);
    let rows = section.groups().flat_map(|(which, glance)| {
        let (as_of, changes) = (Some(cover.as_of), Some(glance.changes));
        [
            GlanceRow { which, glance, when: "now", as_of, tally: &glance.now, changes },
            GlanceRow { which, glance, when: "before", as_of: since, tally: &glance.before, changes: None },
        ]
    });
    SheetColumns::<GlanceRow<'_>>::new()
        .add(NAME, "which", "Which", |row| row.which.to_owned())
        .add(WORD, "when", "When", |row| row.when)
        .add(DATE, "as_of", "As of", |row| row.as_of)
        .add(COUNT, "services", "Services", |row| row.glance.now.services.total())
        .add_all(service_columns(), |row| row.tally.services)
        .add_all(judgement_columns(), |row| row.tally.judgements)
        .add_all(change_columns(), |row| row.changes)
        .over(rows)
}

/// One row for each period.
pub(super) fn history_sheet(section: &GlanceSection) -> Sheet<'_> {
    SheetColumns::<&PeriodCounts>::new()
        .add(NAME, "period", "Period", |point| point.period.label.clone())
        .add(DATE, "as_of", "As of", |point| point.period.as_of)
        .add(SHARE, "green_share", "Green share", |point| point.counts.green_share())
        .add(COUNT, "green", "Green", |point| point.counts.green)
        .add(COUNT, "applicable", "Applicable", |point| point.counts.applicable())
        .add(YES_NO, "rubric_changed", "Rubric changed", |point| point.is_break)
        .add(YES_NO, "members_changed", "Services changed", |point| point.has_other_members)
        .over(&section.history)
}

/// One row for each service that joined, moved or left.
pub(super) fn movements_sheet<'r>(movements: &'r [Movement<'_>]) -> Sheet<'r> {
    let identity = |ids: [&'static str; 4], headings: [&'static str; 4]| {
        SheetColumns::<&Identity>::new()
            .add(NAME, ids[0], headings[0], |identity| identity.domain.to_string())
            .add(NAME, ids[1], headings[1], |identity| identity.platform.to_string())
            .add(NAME, ids[2], headings[2], |identity| identity.criticality.name().to_owned())
            .add(YES_NO, ids[3], headings[3], |identity| identity.golden_thread)
    };
    let before = identity(
        ["before_domain", "before_platform", "before_criticality", "before_golden_thread"],
        ["Domain before", "Platform before", "Criticality before", "Golden Thread before"],
    );
    let now = identity(
        ["now_domain", "now_platform", "now_criticality", "now_golden_thread"],
        ["Domain now", "Platform now", "Criticality now", "Golden Thread now"],
    );
    SheetColumns::<&Movement<'_>>::new()
        .add_all(service(), |movement| movement.member)
        .add(WORD, "kind", "What happened", |movement| movement.kind.word())
        .add(DATE, "on", "On", |movement| movement.on)
        .add_all(before, |movement| movement.before)
        .add_all(now, |movement| movement.now)
        .add(PROSE, "because", "Because", |movement| movement.because.map(str::to_owned))
        .over(movements)
}

/// One row for each domain.
pub(super) fn domains_sheet<'r>(domains: &'r [DomainSummary<'_>]) -> Sheet<'r> {
    SheetColumns::<&DomainSummary<'_>>::new()
        .add(NAME, "domain", "Domain id", |domain| domain.id.to_string())
        .add(NAME, "domain_title", "Domain", |domain| domain.title.to_owned())
        .add(COUNT, "services", "Services", |domain| domain.glance.now.services.total())
        .add_all(service_columns(), |domain| domain.glance.now.services)
        .add_all(judgement_columns(), |domain| domain.glance.now.judgements)
        .add_all(change_columns(), |domain| domain.glance.changes)
        .add(DATE, "since", "Compared with", |domain| domain.since.date)
        .add(WORD, "since_basis", "Why that day", |domain| domain.since.basis.word())
        .add(DATE, "next_review", "Next review", |domain| domain.next_review.map(|next| next.date))
        .add(YES_NO, "next_review_planned", "Planned", |domain| {
            domain.next_review.map(|next| next.is_planned)
        })
        .add(DAYS, "next_review_in_days", "In days", |domain| domain.next_review.map(|next| next.in_days))
        .add(COUNT, "open_commitments", "Open commitments", |domain| domain.commitments.open)
        .add(COUNT, "overdue_commitments", "Overdue commitments", |domain| domain.commitments.overdue)
        .over(domains)
}

/// One row for each category of a service that changed, or stayed red.
pub(super) fn changes_sheet<'r>(developments: &'r [Development<'_, '_>]) -> Sheet<'r> {
    let before = SheetColumns::<&Standing<'_>>::new()
        .add(WORD, "before", "Before", |standing| standing.status.word())
        .add(PROSE, "before_because", "Why it was so before", |standing| {
            standing.because().map(str::to_owned)
        })
        .add(DATE, "before_judged", "Judged before", |standing| standing.judged.map(|judged| judged.on))
        .add(NAME, "before_inherited_from", "Inherited before from", |standing| {
            standing.provider.map(ToString::to_string)
        });
    let now = SheetColumns::<&Standing<'_>>::new()
        .add(WORD, "now", "Now", |standing| standing.status.word())
        .add(PROSE, "now_because", "Why it is so now", |standing| standing.because().map(str::to_owned))
        .add(DATE, "now_judged", "Judged now", |standing| standing.judged.map(|judged| judged.on))
        .add(NAME, "now_inherited_from", "Inherited now from", |standing| {
            standing.provider.map(ToString::to_string)
        });
    SheetColumns::<&Development<'_, '_>>::new()
        .add_all(service(), |development| development.reviewed.member())
        .add_all(category(), |development| (development.pillar(), development.category))
        .add(WORD, "kind", "What happened", |development| development.kind.word())
        .add(WORD, "label", "Label", |development| development.label.word())
        .add(COUNT, "reviews", "Reviews outlasted", |development| development.label.reviews())
        .add_all(before, |development| &development.before)
        .add_all(now, |development| &development.now)
        .add(DATE, "red_on", "Red in between", |development| development.red_on)
        .add(NAME, "rubric", "Rubric id", |development| development.rubric.id.to_string())
        .over(developments)
}

/// One row for each category of each service, if its rubric has it.
pub(super) fn map_sheet<'r>(map: &'r MapSection<'_>) -> Sheet<'r> {
    let rows = map.rows.iter().flat_map(|row| {
        let cells = map.columns.iter().zip(&row.cells);
        cells.filter_map(move |(column, cell)| Some((row, column, cell.as_ref()?)))
    });
    SheetColumns::<(&ServiceRow<'_>, &MapColumn<'_>, &Standing<'_>)>::new()
        .add_all(service(), |(row, ..)| row.member)
        .add_all(category(), |(_, column, _)| (column.pillar, column.category))
        .add(WORD, "status", "Status", |(.., cell)| cell.status.word())
        .add(DATE, "since", "Since", |(.., cell)| cell.judged.map(|judged| judged.since))
        .add(DATE, "reviewed", "Looked at", |(.., cell)| cell.judged.map(|judged| judged.reviewed))
        .add(YES_NO, "stale", "Stale", |(.., cell)| cell.is_stale)
        .add(YES_NO, "carried", "Carried over", |(.., cell)| cell.carried_from.is_some())
        .add(NAME, "inherited_from", "Inherited from", |(.., cell)| cell.provider.map(ToString::to_string))
        .add(PROSE, "because", "Because", |(.., cell)| cell.because().map(str::to_owned))
        .add(YES_NO, "asked", "Asked", |(.., cell)| cell.is_asked())
        .add(WORD, "service_colour", "Service's colour", |(row, ..)| row.colour.word())
        .add(NAME, "rubric", "Rubric id", |(_, column, _)| column.rubric.id.to_string())
        .add(NAME, "rubric_version", "Rubric", |(_, column, _)| column.rubric.key().to_string())
        .over(rows)
}

/// One row for each category that hurts in several services.
pub(super) fn hot_spots_sheet<'r>(spots: &'r [HotSpot<'_>]) -> Sheet<'r> {
    let services = |spot: &HotSpot<'_>| {
        let ids: Vec<_> = spot.concerned.iter().map(|(member, _)| member.service.id.as_str()).collect();
        ids.join("; ")
    };
    let guidance = |spot: &HotSpot<'_>| {
        let guidance = spot.column.category.guidance.iter().map(|guidance| match guidance {
            Guidance::Link(link) => link.title.as_str(),
            Guidance::Text(text) => text.value.as_str(),
        });
        guidance.collect::<Vec<_>>().join("; ")
    };
    SheetColumns::<&HotSpot<'_>>::new()
        .add_all(category(), |spot| (spot.column.pillar, spot.column.category))
        .add_all(judgement_columns(), |spot| spot.counts)
        .add(PROSE, "services", "Red and amber services", services)
        .add(PROSE, "remark", "Remark", words::remark)
        .add(YES_NO, "guidance_gap", "No guidance", |spot| spot.is_guidance_gap)
        .add(PROSE, "guidance", "Guidance", guidance)
        .add(NAME, "rubric", "Rubric id", |spot| spot.column.rubric.id.to_string())
        .over(spots)
}

/// A month of an objective, or a service without any in the months that are shown.
#[derive(Clone, Copy)]
struct SloRow<'r> {
    member: Member<'r>,
    /// The last month that was measured.
    month: Option<Date>,
    measured: Option<(&'r SloLine<'r>, &'r SloResult)>,
}

/// One row for each month of each objective of each service. A service of which nothing was measured is a row without
/// an objective, so that it is missed; one whose last measurement is older has only that month.
pub(super) fn slos_sheet<'r>(slos: &'r SloSection<'_>) -> Sheet<'r> {
    let question = |line: &SloLine<'_>| {
        let about =
            slos.disagreements.iter().filter(|other| other.reviewed().service.id == line.reviewed.service.id);
        let texts: Vec<_> = about.map(words::disagreement).collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    };
    let months =
        slos.lines.iter().flat_map(|line| line.months.iter().flatten().map(move |month| (line, *month)));
    let measured = months.map(|(line, month)| SloRow {
        member: line.reviewed.member(),
        month: Some(month.month),
        measured: Some((line, month)),
    });
    let outdated = slos.outdated.iter();
    let outdated =
        outdated.map(|(member, last)| SloRow { member: *member, month: Some(*last), measured: None });
    let unmeasured =
        slos.unmeasured.iter().map(|member| SloRow { member: *member, month: None, measured: None });
    let month = SheetColumns::<&SloResult>::new()
        .add(PERCENT, "objective_percent", "Aim in percent", |result| result.objective.percent())
        .add(PERCENT, "attained_percent", "Attained in percent", |result| result.attained.percent())
        .add(YES_NO, "met", "Met", SloResult::is_met)
        .add(PERCENT, "budget_left_percent", "Error budget left in percent", SloResult::budget_left_percent);
    SheetColumns::<SloRow<'_>>::new()
        .add_all(service(), |row| row.member)
        .add(WORD, "colour", "Service's colour", |row| Some(row.measured?.0.reviewed.whole_colour().word()))
        .add(NAME, "slo", "Objective", |row| Some(row.measured?.0.slo.to_owned()))
        .add(NAME, "month", "Month", |row| row.month.map(Date::month_in_digits))
        .add_all(month, |row| Some(row.measured?.1))
        .add(PROSE, "question", "Question to the service", move |row| question(row.measured?.0))
        .over(measured.chain(outdated).chain(unmeasured))
}
