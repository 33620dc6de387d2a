//! From scores to the pack: what a reader sees, and in which order.

use std::cell::LazyCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::model::{
    About, Ask, CategoryRef, Change, ChangeKind, Changed, Commitment, CommitmentCounts, CommitmentStatus,
    Commitments, DomainLine, Effect, Glance, GlanceLine, Guidance, HistoryPoint, HotService, HotSpot,
    HotSpots, KindCounts, Label, LeftOut, Map, MapCell, MapPillar, MapRow, NextReview, Prompt, Quality,
    Question, ReportModel, Rubric, ServiceRef, Since, SinceBasis, Slo, SloMonth, Slos, State, Support, Told,
    Waiver,
};
use super::{Request, Section, words};
use crate::model::{Category, Date, DomainId, Service};
use crate::report::numbers::{ChangeCounts, Judgements};
use crate::report::plural;
use crate::score::{
    self, ActionStatus, By, Cadence, CategoryMap, Cell, DevelopmentKind, Material, Period, PeriodRange,
    Review, ReviewCalendar, Reviewed,
};

/// Columns of a trend.
const PERIODS: usize = 8;

/// Makes a pack, or the summary of an estate if no domain is named.
#[must_use]
pub fn build(request: &Request<'_>) -> ReportModel {
    let Request { estate, selection, today, .. } = *request;
    let day = |service: &Service| since(request, &service.domain).date;
    let review = Review::new(estate, selection, day, today);
    // Each is worked out when the first section asks for it.
    let map = LazyCell::new(|| review.map());
    let developments = LazyCell::new(|| review.developments());
    let hot_spots = LazyCell::new(|| review.hot_spots(&map));
    let commitments = LazyCell::new(|| review.commitments());
    let disagreements = LazyCell::new(|| review.disagreements());
    let history = LazyCell::new(|| {
        let by = if request.domain.is_some() { By::Service } else { By::Domain };
        score::trend(estate, selection, by, periods(request))
    });
    let prompts = || {
        review.prompts(&Material {
            developments: &developments,
            hot_spots: &hot_spots,
            commitments: &commitments,
            disagreements: &disagreements,
            map: &map,
        })
    };
    let is_wanted = |section: Section| {
        let sections: &[Section] =
            if request.domain.is_some() { &Section::OF_DOMAIN } else { &Section::OF_ESTATE };
        let chosen = if request.sections.is_empty() { sections } else { request.sections };
        chosen.contains(&section)
    };
    ReportModel {
        format: "fundamentals/report/v1",
        about: about(request, &review),
        glance: is_wanted(Section::Glance).then(|| glance(request, &review, &history)),
        domains: is_wanted(Section::Domains).then(|| domains(request, &review, &commitments, &history)),
        changes: is_wanted(Section::Changes).then(|| changed(&developments)),
        map: is_wanted(Section::Map).then(|| map_of(&review, &map, &history)),
        hot_spots: is_wanted(Section::HotSpots).then(|| HotSpots {
            spots: hot_spots.iter().map(hot_spot).collect(),
            support: support(&commitments),
        }),
        commitments: is_wanted(Section::Commitments).then(|| self::commitments(&commitments, today)),
        slos: is_wanted(Section::Slos).then(|| slos(&review, &disagreements)),
        talk: is_wanted(Section::Talk).then(|| talk(&prompts(), today)),
        waivers: is_wanted(Section::Waivers).then(|| waivers(&review, today)),
    }
}

/// What a domain is compared with.
fn since(request: &Request<'_>, domain: &DomainId) -> Since {
    let calendar = ReviewCalendar::of(&request.estate.settings, domain);
    match (request.since, calendar.last_before(request.today)) {
        (Some(date), _) => Since { date, basis: SinceBasis::Asked },
        (None, Some(date)) => Since { date, basis: SinceBasis::LastReview },
        (None, None) => Since { date: calendar.one_rhythm_before(request.today), basis: SinceBasis::Rhythm },
    }
}

fn next_review(request: &Request<'_>, domain: &DomainId) -> Option<NextReview> {
    let next = ReviewCalendar::of(&request.estate.settings, domain).next_from(request.today)?;
    Some(NextReview {
        date: next.day(),
        planned: matches!(next, score::NextReview::Planned(_)),
        in_days: next.day().days_since(request.today),
    })
}

/// The reviews of the domain, or months where there are none and for all domains together.
fn periods(request: &Request<'_>) -> Vec<Period> {
    let Request { estate, selection, domain, today, .. } = *request;
    let services = selection.services(estate);
    let first = services.iter().filter_map(|service| service.assessments.first()).map(|it| it.date).min();
    let range = PeriodRange { since: first.unwrap_or(today), until: today, last: Some(PERIODS) };
    let known = domain.and_then(|domain| estate.settings.domain(domain));
    match known.filter(|known| !known.reviews.is_empty()) {
        Some(domain) => score::periods(Cadence::Review, range, &domain.reviews),
        None => score::periods(Cadence::Month, range, &[]),
    }
}

fn about(request: &Request<'_>, review: &Review<'_>) -> About {
    let settings = &request.estate.settings;
    let title = match request.domain {
        Some(domain) => settings.domain_title(domain).to_owned(),
        None => settings.name.clone().unwrap_or_else(|| "All services".to_owned()),
    };
    let mut used: BTreeMap<_, (usize, &crate::model::Rubric)> = BTreeMap::new();
    for reviewed in &review.services {
        let rubric = reviewed.now.rubric;
        used.entry(rubric.key()).or_insert((0, rubric)).0 += 1;
    }
    let rubrics = used.into_iter().map(|(key, (services, rubric))| Rubric {
        key: key.to_string(),
        version: rubric.version.to_string(),
        title: rubric.title.clone(),
        services,
    });
    let mut rubrics: Vec<_> = rubrics.collect();
    rubrics.sort_by_key(|rubric| Reverse(rubric.services));
    About {
        title,
        domain: request.domain.map(ToString::to_string),
        estate: settings.name.clone(),
        as_of: request.today,
        since: request.domain.map(|domain| since(request, domain)),
        next_review: request.domain.and_then(|domain| next_review(request, domain)),
        services: review.services.len(),
        filters: request.filters.map(str::to_owned),
        rubrics,
        stale_after_weeks: settings.review.stale_after_weeks,
        left_out: left_out(request, review),
        command: request.command.to_owned(),
        made_by: concat!("fundamentals ", env!("CARGO_PKG_VERSION")),
    }
}

/// What is not in the pack, and why.
fn left_out(request: &Request<'_>, review: &Review<'_>) -> Vec<LeftOut> {
    let invalid = request.left_out.iter().map(|name| LeftOut {
        what: name.clone(),
        why: "its file has errors, so that its domain isn't known for sure; `fundamentals check` shows them"
            .to_owned(),
    });
    let mut left_out: Vec<_> = invalid.collect();
    left_out.extend(request.filters.map(|filters| LeftOut {
        what: "what the filters don't choose".to_owned(),
        why: format!("only {filters}"),
    }));
    let not_asked: usize =
        review.services.iter().map(|it| it.categories().filter(|(_, _, now)| !now.is_asked()).count()).sum();
    if not_asked > 0 {
        left_out.push(LeftOut {
            what: plural(not_asked, "category of a service", "categories of services"),
            why: "the rubric doesn't ask them of these services".to_owned(),
        });
    }
    left_out
}

fn glance(request: &Request<'_>, review: &Review<'_>, history: &score::Trend) -> Glance {
    let all = score::Glance::of(&review.services);
    let golden: Vec<_> = review.services.iter().filter(|it| it.service.golden_thread).collect();
    let mut lines = Vec::new();
    if !golden.is_empty() {
        let glance = score::Glance::of(golden.iter().copied());
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
            invalid_files: request.left_out.len(),
        },
        moved: all.moved,
        history: points(&history.periods, &history.total.cells),
    }
}

fn glance_line(title: &'static str, total: usize, glance: &score::Glance) -> GlanceLine {
    GlanceLine {
        title,
        total,
        now: (&glance.now).into(),
        before: (&glance.before).into(),
        changes: (&glance.changes).into(),
    }
}

fn points(periods: &[Period], cells: &[Cell]) -> Vec<HistoryPoint> {
    let point = |(period, cell): (&Period, &Cell)| HistoryPoint {
        period: period.label.clone(),
        as_of: period.as_of,
        green_share: cell.counts.green_share(),
        green: cell.counts.green,
        applicable: cell.counts.applicable(),
        rubric_changed: cell.is_break(),
    };
    periods.iter().zip(cells).map(point).collect()
}

/// One line for each domain, worst first: by the share of green, lowest first.
fn domains(
    request: &Request<'_>,
    review: &Review<'_>,
    commitments: &[score::Commitment<'_, '_>],
    history: &score::Trend,
) -> Vec<DomainLine> {
    let mut by_domain: BTreeMap<&DomainId, Vec<&Reviewed<'_>>> = BTreeMap::new();
    for reviewed in &review.services {
        by_domain.entry(&reviewed.service.domain).or_default().push(reviewed);
    }
    let line = |(domain, services): (&DomainId, Vec<&Reviewed<'_>>)| {
        let glance = score::Glance::of(services.iter().copied());
        let row = history.rows.iter().find(|row| row.subject.domain.as_ref() == Some(domain));
        let of_domain = commitments.iter().filter(|it| it.reviewed.service.domain == *domain);
        let counts = commitment_counts(of_domain);
        let line = DomainLine {
            id: domain.to_string(),
            title: request.estate.settings.domain_title(domain).to_owned(),
            total: services.len(),
            now: (&glance.now).into(),
            changes: (&glance.changes).into(),
            since: since(request, domain),
            next_review: next_review(request, domain),
            open_commitments: counts.open + counts.overdue,
            overdue_commitments: counts.overdue,
            history: row.map(|row| points(&history.periods, &row.cells)).unwrap_or_default(),
        };
        (glance.now.judgements.green_share(), line)
    };
    let mut lines: Vec<_> = by_domain.into_iter().map(line).collect();
    lines.sort_by(|(share, _), (other, _)| share.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
    lines.into_iter().map(|(_, line)| line).collect()
}

fn changed(developments: &[score::Development<'_, '_>]) -> Changed {
    let mut counts = KindCounts::default();
    let lines = developments.iter().map(|it| {
        let (count, kind) = match it.kind {
            DevelopmentKind::Dropped => (&mut counts.dropped, ChangeKind::Dropped),
            DevelopmentKind::FirstRated => (&mut counts.first_rated, ChangeKind::FirstRated),
            DevelopmentKind::Slipped => (&mut counts.slipped, ChangeKind::Slipped),
            DevelopmentKind::NoLongerRated => (&mut counts.no_longer_rated, ChangeKind::NoLongerRated),
            DevelopmentKind::StillRed => (&mut counts.still_red, ChangeKind::StillRed),
            DevelopmentKind::Recovered(_) => (&mut counts.recovered, ChangeKind::Recovered),
            DevelopmentKind::Improved => (&mut counts.improved, ChangeKind::Improved),
        };
        *count += 1;
        let (label, reviews) = match it.label {
            score::Label::New => (Label::New, None),
            score::Label::Standing(reviews) => (Label::Standing, Some(reviews)),
            score::Label::Resolved => (Label::Resolved, None),
        };
        let red_on = if let DevelopmentKind::Recovered(day) = it.kind { Some(day) } else { None };
        Change {
            service: it.reviewed.service.into(),
            category: category_ref(it.reviewed.now.rubric, it.category),
            kind,
            label,
            reviews,
            before: Told::from(&it.before),
            now: Told::from(&it.now),
            red_on,
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

fn map_of(review: &Review<'_>, map: &CategoryMap<'_>, history: &score::Trend) -> Map {
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
    let shares: BTreeMap<_, Vec<_>> = history
        .rows
        .iter()
        .filter_map(|row| {
            let shares = row.cells.iter().map(|cell| cell.counts.green_share()).collect();
            Some((row.subject.service.as_ref()?, shares))
        })
        .collect();
    let row = |(reviewed, cells): (&Reviewed<'_>, &Vec<Option<score::Standing<'_>>>)| {
        let glance = score::Glance::of([reviewed]);
        let row = MapRow {
            service: reviewed.service.into(),
            colour: reviewed.colour(),
            judgements: Judgements::from(&glance.now.judgements),
            changes: ChangeCounts::from(&glance.changes),
            green_shares: shares.get(&reviewed.service.id).cloned().unwrap_or_default(),
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

fn hot_spot(spot: &score::HotSpot<'_>) -> HotSpot {
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

/// Who is needed from outside, most asked for first.
fn support(commitments: &[score::Commitment<'_, '_>]) -> Vec<Support> {
    let mut asked: BTreeMap<&str, Vec<Ask>> = BTreeMap::new();
    for it in commitments.iter().filter(|it| is_open(it.status)) {
        if let Some(support) = &it.action.support {
            asked.entry(support).or_default().push(Ask {
                service: it.reviewed.service.into(),
                what: it.action.what.clone(),
                due: it.action.due,
                overdue: it.status == ActionStatus::Overdue,
            });
        }
    }
    let asked = asked.into_iter().map(|(from, asks)| Support { from: from.to_owned(), asks });
    let mut asked: Vec<_> = asked.collect();
    asked.sort_by_key(|support| Reverse(support.asks.len()));
    asked
}

fn is_open(status: ActionStatus) -> bool {
    matches!(status, ActionStatus::Open | ActionStatus::Overdue)
}

fn commitment_counts<'c, 'r: 'c, 'e: 'r>(
    commitments: impl Iterator<Item = &'c score::Commitment<'r, 'e>>,
) -> CommitmentCounts {
    let mut counts = CommitmentCounts::default();
    for it in commitments {
        match it.status {
            ActionStatus::Kept => counts.kept += 1,
            ActionStatus::Slipped => counts.slipped += 1,
            ActionStatus::Open => counts.open += 1,
            ActionStatus::Overdue => counts.overdue += 1,
        }
        if is_open(it.status) {
            counts.without_owner += usize::from(it.action.owner.is_none());
            counts.without_date += usize::from(it.action.due.is_none());
        }
        let is_without_effect =
            matches!(it.effect, Some(score::Effect::NotMoved(_) | score::Effect::NotLookedAt(_)));
        counts.without_effect += usize::from(is_without_effect);
    }
    counts
}

/// Commitments as they are listed.
pub(in crate::report) fn commitments(commitments: &[score::Commitment<'_, '_>], today: Date) -> Commitments {
    let line = |it: &score::Commitment<'_, '_>| {
        let action = it.action;
        let effect = it.effect.map(|effect| match effect {
            score::Effect::Reached(colour) => (Effect::Reached, colour),
            score::Effect::Moved(colour) => (Effect::Moved, colour),
            score::Effect::NotMoved(colour) => (Effect::NotMoved, colour),
            score::Effect::NotLookedAt(colour) => (Effect::NotLookedAt, colour),
        });
        Commitment {
            service: it.reviewed.service.into(),
            domain: it.reviewed.service.domain.to_string(),
            what: action.what.clone(),
            because: action.because.clone(),
            category: action.category.as_ref().map(ToString::to_string),
            owner: action.owner.clone(),
            support: action.support.clone(),
            raised: action.raised,
            due: action.due,
            done: action.done.filter(|done| *done <= today),
            target: action.target.map(State::from),
            status: match it.status {
                ActionStatus::Kept => CommitmentStatus::Kept,
                ActionStatus::Slipped => CommitmentStatus::Slipped,
                ActionStatus::Open => CommitmentStatus::Open,
                ActionStatus::Overdue => CommitmentStatus::Overdue,
            },
            new: it.is_new,
            effect: effect.map(|(effect, _)| effect),
            colour_now: effect.map(|(_, colour)| colour.into()),
            remark: words::commitment(it, today),
        }
    };
    Commitments {
        counts: commitment_counts(commitments.iter()),
        lines: commitments.iter().map(line).collect(),
    }
}

fn slos(review: &Review<'_>, disagreements: &[score::Disagreement<'_, '_>]) -> Slos {
    let objectives = review.objectives();
    let mut months: Vec<_> = objectives.iter().flat_map(|it| it.months).map(|month| month.month).collect();
    months.sort_unstable();
    months.dedup();
    let line = |it: &score::Objective<'_, '_>| {
        let of = |month: &Date| it.months.iter().find(|measured| measured.month == *month);
        Slo {
            service: it.reviewed.service.into(),
            colour: it.reviewed.now.colour(),
            slo: it.months.first().map(|month| month.slo.clone()).unwrap_or_default(),
            months: months.iter().map(|month| of(month).map(SloMonth::from)).collect(),
        }
    };
    let question = |it: &score::Disagreement<'_, '_>| Question {
        service: it.reviewed().service.into(),
        text: words::disagreement(it),
    };
    Slos {
        lines: objectives.iter().map(line).collect(),
        questions: disagreements.iter().map(question).collect(),
        unmeasured: review.unmeasured().into_iter().map(ServiceRef::from).collect(),
        months: months.into_iter().map(Date::month_in_digits).collect(),
    }
}

fn talk(prompts: &[score::Prompt<'_, '_>], today: Date) -> Vec<Prompt> {
    let prompt = |it: &score::Prompt<'_, '_>| Prompt {
        text: words::prompt(&it.topic, today),
        went_well: it.topic.went_well(),
        team: it.team.map(ToString::to_string),
    };
    prompts.iter().map(prompt).collect()
}

/// All waivers of the services, the first to end first.
fn waivers(review: &Review<'_>, today: Date) -> Vec<Waiver> {
    let of = |reviewed: &Reviewed<'_>| {
        let waiver = |waiver: &crate::model::Waiver| Waiver {
            service: reviewed.service.into(),
            category: waiver.category.to_string(),
            status: review.status_of(reviewed, &waiver.category).map(State::from),
            until: waiver.until,
            in_days: waiver.until.days_since(today),
            because: waiver.because.clone(),
            approved_by: waiver.approved_by.clone(),
        };
        reviewed.service.waivers.iter().map(waiver).collect::<Vec<_>>()
    };
    let mut waivers: Vec<_> = review.services.iter().flat_map(of).collect();
    waivers.sort_by_key(|waiver| waiver.until);
    waivers
}
