//! The sections of a pack that are more than a list of `eval`'s.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::super::PackRequest;
use super::super::model::{
    DomainSummary, GlanceSection, MapSection, PeriodCounts, ServiceRow, SloLine, SloSection, WaiverLine,
};
use crate::eval::{
    CategoryMap, Commitment, CommitmentCounts, Disagreement, Glance, Membership, Objective, Period, Review,
    Reviewed, Row, Selection, Standing, Trend, TrendCell,
};
use crate::model::{Date, DomainId, Waiver};

pub(super) fn glance(review: &Review<'_>, trend: &Trend) -> GlanceSection {
    let golden = review.glance(|identity| identity.golden_thread);
    let has_golden = golden.now.services.total() + golden.before.services.total() > 0;
    GlanceSection {
        golden_thread: has_golden.then_some(golden),
        all: review.glance(|_| true),
        invalid_files: review.estate.unreadable().len(),
        history: history(&trend.periods, &trend.total),
    }
}

fn history(periods: &[Period], row: &Row) -> Vec<PeriodCounts> {
    let is_one_service = row.subject.service.is_some();
    let point = |(at, (period, cell)): (usize, (&Period, &TrendCell))| PeriodCounts {
        period: period.clone(),
        counts: cell.counts,
        bar: row.subject.bar(&cell.counts),
        is_break: cell.is_break(),
        has_other_members: !is_one_service && cell.has_other_members(&row.cells[..at]),
    };
    periods.iter().zip(&row.cells).enumerate().map(point).collect()
}

/// By the share of green, lowest first; what has none comes before all.
fn by_green_share(one: &Glance, other: &Glance) -> Ordering {
    let share = |glance: &Glance| glance.now.judgements.green_share();
    share(one).partial_cmp(&share(other)).unwrap_or(Ordering::Equal)
}

/// One line for each domain, worst first: by the share of green, lowest first.
pub(super) fn domains<'r>(
    request: &PackRequest<'r>,
    review: &'r Review<'r>,
    commitments: &[Commitment<'r, 'r>],
    trend: &Trend,
) -> Vec<DomainSummary<'r>> {
    let now = review.services.iter().map(|reviewed| &reviewed.identity.domain);
    let moved = review.services.iter().filter_map(|reviewed| match reviewed.membership_before {
        Membership::Selected(was) => Some(&was.domain),
        Membership::Elsewhere(_) | Membership::Nowhere => None,
    });
    let departed = review.departed.iter().map(|departed| &departed.was.domain);
    let ids: BTreeSet<&'r DomainId> = now.chain(moved).chain(departed).collect();
    let summary = |id: &'r DomainId| {
        // Which services were in it at its own previous review is for a review of the domain to say.
        let only = Selection { domains: vec![id.clone()], ..request.selection.clone() };
        let since = request.since(id);
        let glance = Review::new(request.estate, &only, |_| since.date, request.today).glance(|_| true);
        let row = trend.rows.iter().find(|row| row.subject.domain.as_ref() == Some(id));
        let of_domain = commitments.iter().filter(|commitment| commitment.reviewed.identity.domain == *id);
        DomainSummary {
            id,
            title: request.estate.settings.domain_title(id),
            glance,
            since,
            next_review: request.calendar(id).next_from(request.today),
            commitments: CommitmentCounts::of(of_domain),
            history: row.map(|row| history(&trend.periods, row)).unwrap_or_default(),
        }
    };
    let mut domains: Vec<_> = ids.into_iter().map(summary).collect();
    domains.sort_by(|one, other| by_green_share(&one.glance, &other.glance));
    domains
}

pub(super) fn map<'r>(review: &'r Review<'r>, map: &CategoryMap<'r>, trend: &Trend) -> MapSection<'r> {
    let histories: BTreeMap<_, _> =
        trend.rows.iter().filter_map(|row| Some((row.subject.service.as_ref()?, row))).collect();
    let row = |(reviewed, cells): (&'r Reviewed<'r>, &Vec<Option<Standing<'r>>>)| ServiceRow {
        member: reviewed.member(),
        colour: reviewed.colour(),
        glance: Glance::of_service(reviewed),
        history: histories
            .get(&reviewed.service.id)
            .map(|row| history(&trend.periods, row))
            .unwrap_or_default(),
        cells: cells.clone(),
    };
    let mut rows: Vec<_> = review.services.iter().zip(&map.rows).map(row).collect();
    rows.sort_by(|one, other| one.colour.cmp(&other.colour).then(by_green_share(&one.glance, &other.glance)));
    MapSection { columns: map.columns.clone(), rows, periods: trend.periods.clone() }
}

pub(super) fn slos<'r>(review: &'r Review<'r>, disagreements: Vec<Disagreement<'r, 'r>>) -> SloSection<'r> {
    let objectives = review.objectives();
    let measured = objectives.iter().flat_map(|objective| objective.months);
    let mut months: Vec<Date> = measured.map(|result| result.month).collect();
    months.sort_unstable();
    months.dedup();
    let line = |objective: &Objective<'r, 'r>| {
        let of = |month: &Date| objective.months.iter().find(|result| result.month == *month);
        Some(SloLine {
            reviewed: objective.reviewed,
            slo: &objective.months.first()?.slo,
            months: months.iter().map(of).collect(),
        })
    };
    let (mut unmeasured, mut outdated) = (Vec::new(), Vec::new());
    for (service, last) in review.unmeasured() {
        match last {
            Some(last) => outdated.push((service, last)),
            None => unmeasured.push(service),
        }
    }
    SloSection {
        lines: objectives.iter().filter_map(line).collect(),
        disagreements,
        unmeasured,
        outdated,
        months,
    }
}

/// All waivers of the services, the first to end first.
pub(super) fn waivers<'r>(review: &'r Review<'r>) -> Vec<WaiverLine<'r>> {
    let policy = &review.estate.settings.waivers;
    let line = |(reviewed, waiver): (&'r Reviewed<'r>, &'r Waiver)| {
        let state = policy.judge(reviewed.identity, waiver, review.today);
        WaiverLine {
            reviewed,
            waiver,
            status: review.status_of(reviewed, &waiver.category),
            objection: policy.objection(reviewed.identity, waiver, &state),
            state,
        }
    };
    let of =
        |reviewed: &'r Reviewed<'r>| reviewed.service.waivers.iter().map(move |waiver| (reviewed, waiver));
    let mut lines: Vec<_> = review.services.iter().flat_map(of).map(line).collect();
    lines.sort_by_key(|line| line.waiver.until);
    lines
}
