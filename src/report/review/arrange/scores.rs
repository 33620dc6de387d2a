//! What was judged and measured.

use std::collections::BTreeMap;

use super::super::model::{
    CategoryRef, Change, ChangeKind, Changed, DomainLine, Glance, GlanceLine, Guidance, HistoryPoint,
    HotService, HotSpot, KindCounts, Label, Map, MapCell, MapPillar, MapRow, Outdated, Quality, Question,
    Slo, SloMonth, Slos, Told,
};
use super::super::{Request, words};
use super::{next_review, since};
use crate::eval::{self, CategoryMap, DevelopmentKind, Period, Review, Reviewed, Row};
use crate::model::{Category, Date, DomainId};
use crate::report::numbers::{ChangeCounts, Judgements};

pub(super) fn glance(request: &Request<'_>, review: &Review<'_>, history: &eval::Trend) -> Glance {
    let all = eval::Glance::of(&review.services);
    let golden: Vec<_> = review.services.iter().filter(|it| it.service.golden_thread).collect();
    let mut lines = Vec::new();
    if !golden.is_empty() {
        let glance = eval::Glance::of(golden.iter().copied());
        lines.push(glance_line("Golden Thread", golden.len(), &glance));
    }
    lines.push(glance_line("All services", review.services.len(), &all));
    let judgements = &all.now.judgements;
    Glance {
        lines,
        quality: Quality {
            never_assessed: all.never_assessed,
            not_looked_at: all.not_looked_at,
            services_with_stale: all.with_stale,
            stale: judgements.stale,
            not_assessed: judgements.not_assessed,
            needs_rescore: judgements.needs_rescore,
            invalid_files: request.estate.unreadable().len(),
        },
        moved: all.moved,
        history: points(&history.periods, &history.total),
    }
}

fn glance_line(title: &'static str, total: usize, glance: &eval::Glance) -> GlanceLine {
    GlanceLine {
        title,
        total,
        now: (&glance.now).into(),
        before: (&glance.before).into(),
        changes: (&glance.changes).into(),
    }
}

fn points(periods: &[Period], row: &Row) -> Vec<HistoryPoint> {
    let point = |(period, cell): (&Period, &eval::Cell)| HistoryPoint {
        period: period.label.clone(),
        as_of: period.as_of,
        green_share: cell.counts.green_share(),
        bar: row.subject.bar(&cell.counts),
        green: cell.counts.green,
        applicable: cell.counts.applicable(),
        rubric_changed: cell.is_break(),
    };
    periods.iter().zip(&row.cells).map(point).collect()
}

/// One line for each domain, worst first: by the share of green, lowest first.
pub(super) fn domains(
    request: &Request<'_>,
    review: &Review<'_>,
    commitments: &[eval::Commitment<'_, '_>],
    history: &eval::Trend,
) -> Vec<DomainLine> {
    let mut by_domain: BTreeMap<&DomainId, Vec<&Reviewed<'_>>> = BTreeMap::new();
    for reviewed in &review.services {
        by_domain.entry(&reviewed.service.domain).or_default().push(reviewed);
    }
    let line = |(domain, services): (&DomainId, Vec<&Reviewed<'_>>)| {
        let glance = eval::Glance::of(services.iter().copied());
        let row = history.rows.iter().find(|row| row.subject.domain.as_ref() == Some(domain));
        let of_domain = commitments.iter().filter(|it| it.reviewed.service.domain == *domain);
        let counts = eval::CommitmentCounts::of(of_domain);
        let line = DomainLine {
            id: domain.to_string(),
            title: request.estate.settings.domain_title(domain).to_owned(),
            total: services.len(),
            now: (&glance.now).into(),
            changes: (&glance.changes).into(),
            since: since(request, domain),
            next_review: next_review(request, domain),
            open_commitments: counts.open,
            overdue_commitments: counts.overdue,
            history: row.map(|row| points(&history.periods, row)).unwrap_or_default(),
        };
        (glance.now.judgements.green_share(), line)
    };
    let mut lines: Vec<_> = by_domain.into_iter().map(line).collect();
    lines.sort_by(|(share, _), (other, _)| share.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
    lines.into_iter().map(|(_, line)| line).collect()
}

pub(super) fn changed(developments: &[eval::Development<'_, '_>]) -> Changed {
    let mut counts = KindCounts::default();
    let lines = developments.iter().map(|it| {
        let (count, kind) = match it.kind {
            DevelopmentKind::Dropped => (&mut counts.dropped, ChangeKind::Dropped),
            DevelopmentKind::FirstRated => (&mut counts.first_rated, ChangeKind::FirstRated),
            DevelopmentKind::Slipped => (&mut counts.slipped, ChangeKind::Slipped),
            DevelopmentKind::NoLongerRated => (&mut counts.no_longer_rated, ChangeKind::NoLongerRated),
            DevelopmentKind::StillRed => (&mut counts.still_red, ChangeKind::StillRed),
            DevelopmentKind::Recovered => (&mut counts.recovered, ChangeKind::Recovered),
            DevelopmentKind::Improved => (&mut counts.improved, ChangeKind::Improved),
        };
        *count += 1;
        let label = match it.label {
            eval::Label::New => Label::New,
            eval::Label::Standing(_) => Label::Standing,
            eval::Label::Resolved => Label::Resolved,
        };
        Change {
            service: it.reviewed.service.into(),
            category: category_ref(it.reviewed.now.rubric, it.category),
            kind,
            label,
            reviews: it.label.reviews(),
            before: Told::from(&it.before),
            now: Told::from(&it.now),
            red_on: it.red_on,
        }
    });
    let lines = lines.collect();
    Changed { counts, lines }
}

fn category_ref(rubric: &crate::model::Rubric, category: &Category) -> CategoryRef {
    CategoryRef {
        id: category.id.to_string(),
        title: category.title.clone(),
        pillar: rubric.pillar_of(category).title.clone(),
    }
}

pub(super) fn map_of(review: &Review<'_>, map: &CategoryMap<'_>, history: &eval::Trend) -> Map {
    let mut pillars: Vec<MapPillar> = Vec::new();
    for column in &map.columns {
        let category = category_ref(column.rubric, column.category);
        match pillars.last_mut().filter(|last| last.title == column.pillar.title) {
            Some(last) => last.categories.push(category),
            None => {
                pillars.push(MapPillar { title: column.pillar.title.clone(), categories: vec![category] });
            }
        }
    }
    let points: BTreeMap<_, _> = history
        .rows
        .iter()
        .filter_map(|row| Some((row.subject.service.as_ref()?, points(&history.periods, row))))
        .collect();
    let row = |(reviewed, cells): (&Reviewed<'_>, &Vec<Option<eval::Standing<'_>>>)| {
        let glance = eval::Glance::of([reviewed]);
        let points = points.get(&reviewed.service.id).map_or(&[][..], Vec::as_slice);
        let row = MapRow {
            service: reviewed.service.into(),
            colour: reviewed.colour(),
            judgements: Judgements::from(&glance.now.judgements),
            changes: ChangeCounts::from(&glance.changes),
            green_shares: points.iter().map(|point| point.green_share).collect(),
            bars: points.iter().map(|point| point.bar).collect(),
            cells: cells.iter().map(|cell| cell.as_ref().map(MapCell::from)).collect(),
        };
        (glance.now.judgements.green_share(), row)
    };
    let mut rows: Vec<_> = review.services.iter().zip(&map.rows).map(row).collect();
    rows.sort_by(|(share, row), (other_share, other)| {
        let by_share = share.partial_cmp(other_share).unwrap_or(std::cmp::Ordering::Equal);
        row.colour.cmp(&other.colour).then(by_share)
    });
    Map {
        pillars,
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        periods: history.periods.iter().map(|period| period.label.clone()).collect(),
    }
}

pub(super) fn hot_spot(spot: &eval::HotSpot<'_>) -> HotSpot {
    let services = spot
        .concerned
        .iter()
        .map(|(service, standing)| HotService { service: (*service).into(), status: standing.status.into() });
    HotSpot {
        category: category_ref(spot.column.rubric, spot.column.category),
        judgements: Judgements::from(&spot.counts),
        services: services.collect(),
        remark: words::remark(spot),
        guidance_gap: spot.is_guidance_gap,
        guidance: spot.column.category.guidance.iter().map(Guidance::from).collect(),
    }
}

pub(super) fn slos(review: &Review<'_>, disagreements: &[eval::Disagreement<'_, '_>]) -> Slos {
    let objectives = review.objectives();
    let mut months: Vec<_> = objectives.iter().flat_map(|it| it.months).map(|month| month.month).collect();
    months.sort_unstable();
    months.dedup();
    let line = |it: &eval::Objective<'_, '_>| {
        let of = |month: &Date| it.months.iter().find(|measured| measured.month == *month);
        Slo {
            service: it.reviewed.service.into(),
            colour: it.reviewed.now.colour(),
            slo: it.months.first().map(|month| month.slo.clone()).unwrap_or_default(),
            months: months.iter().map(|month| of(month).map(SloMonth::from)).collect(),
        }
    };
    let question = |it: &eval::Disagreement<'_, '_>| Question {
        service: it.reviewed().service.into(),
        text: words::disagreement(it),
    };
    let (outdated, unmeasured): (Vec<_>, Vec<_>) =
        review.unmeasured().into_iter().partition(|(_, last)| last.is_some());
    let old = |(service, last): (&crate::model::Service, Option<Date>)| {
        Some(Outdated { service: service.into(), last_month: last?.month_in_digits() })
    };
    Slos {
        lines: objectives.iter().map(line).collect(),
        questions: disagreements.iter().map(question).collect(),
        unmeasured: unmeasured.into_iter().map(|(service, _)| service.into()).collect(),
        outdated: outdated.into_iter().filter_map(old).collect(),
        months: months.into_iter().map(Date::month_in_digits).collect(),
    }
}
