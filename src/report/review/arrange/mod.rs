//! From scores to the pack: what a reader sees, and in which order.

mod plans;
mod scores;

pub(in crate::report) use plans::commitments;

use std::cell::LazyCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::model::{About, HotSpots, LeftOut, NextReview, ReportModel, Rubric, Since, SinceBasis};
use super::{Request, Section};
use crate::eval::{self, By, Cadence, Material, Period, PeriodRange, Review, ReviewCalendar};
use crate::model::{DomainId, Service};
use crate::text::plural;

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
        eval::trend(estate, selection, by, periods(request))
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
        glance: is_wanted(Section::Glance).then(|| scores::glance(request, &review, &history)),
        domains: is_wanted(Section::Domains)
            .then(|| scores::domains(request, &review, &commitments, &history)),
        changes: is_wanted(Section::Changes).then(|| scores::changed(&developments)),
        map: is_wanted(Section::Map).then(|| scores::map_of(&review, &map, &history)),
        hot_spots: is_wanted(Section::HotSpots).then(|| HotSpots {
            spots: hot_spots.iter().map(scores::hot_spot).collect(),
            support: plans::support(&commitments),
        }),
        commitments: is_wanted(Section::Commitments).then(|| plans::commitments(&commitments)),
        slos: is_wanted(Section::Slos).then(|| scores::slos(&review, &disagreements)),
        talk: is_wanted(Section::Talk).then(|| plans::talk(&prompts())),
        waivers: is_wanted(Section::Waivers).then(|| plans::waivers(&review, today)),
    }
}

/// What a domain is compared with.
fn since(request: &Request<'_>, domain: &DomainId) -> Since {
    let calendar = ReviewCalendar::of(&request.estate.settings, domain);
    let since = calendar.since(request.since, request.today);
    let basis = match since.basis {
        eval::SinceBasis::Asked => SinceBasis::Asked,
        eval::SinceBasis::LastReview => SinceBasis::LastReview,
        eval::SinceBasis::Rhythm => SinceBasis::Rhythm,
    };
    Since { date: since.date, basis }
}

fn next_review(request: &Request<'_>, domain: &DomainId) -> Option<NextReview> {
    let next = ReviewCalendar::of(&request.estate.settings, domain).next_from(request.today)?;
    Some(NextReview {
        date: next.day(),
        planned: next.is_planned(),
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
        Some(domain) => eval::periods(Cadence::Review, range, &domain.reviews),
        None => eval::periods(Cadence::Month, range, &[]),
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
    let invalid = request.estate.unreadable().iter().map(|name| LeftOut {
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
