//! From scores to the pack: what a reader sees, and in which order.

mod sections;

use std::cell::LazyCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::model::{CommitmentSection, Cover, HotSpotSection, Pack};
use super::{PackRequest, Section};
use crate::eval::{
    self, By, Cadence, Commitment, CommitmentCounts, Period, PeriodRange, PromptSources, Review,
    ReviewCalendar, SupportNeed,
};
use crate::model::{DomainId, Rubric, RubricKey};
use crate::text::plural;

/// Columns of a trend.
const PERIODS: usize = 8;

impl<'r> PackRequest<'r> {
    /// What the pack is drawn from.
    #[must_use]
    pub fn review(&self) -> Review<'r> {
        let PackRequest { estate, selection, today, .. } = *self;
        Review::new(
            estate,
            selection,
            |identity| self.since(self.domain.unwrap_or(&identity.domain)).date,
            today,
        )
    }

    /// Makes a pack of a review, or the summary of an estate if no domain is named.
    #[must_use]
    pub fn pack(&self, review: &'r Review<'r>) -> Pack<'r> {
        // Each is worked out when the first section asks for it.
        let map = LazyCell::new(|| review.map());
        let developments = LazyCell::new(|| review.developments());
        let hot_spots = LazyCell::new(|| review.hot_spots(&map));
        let commitments = LazyCell::new(|| review.commitments());
        let disagreements = LazyCell::new(|| review.disagreements());
        let history = LazyCell::new(|| {
            let by = if self.domain.is_some() { By::Service } else { By::Domain };
            eval::trend(self.estate, self.selection, by, self.periods())
        });
        let prompts = || {
            review.prompts(&PromptSources {
                developments: &developments,
                hot_spots: &hot_spots,
                commitments: &commitments,
                disagreements: &disagreements,
                map: &map,
            })
        };
        Pack {
            cover: self.cover(review),
            glance: self.wants(Section::Glance).then(|| sections::glance(review, &history)),
            movements: self.wants(Section::Glance).then(|| review.movements()),
            domains: self
                .wants(Section::Domains)
                .then(|| sections::domains(self, review, &commitments, &history)),
            changes: self.wants(Section::Changes).then(|| developments.clone()),
            map: self.wants(Section::Map).then(|| sections::map(review, &map, &history)),
            hot_spots: self
                .wants(Section::HotSpots)
                .then(|| HotSpotSection { spots: hot_spots.clone(), support: SupportNeed::of(&commitments) }),
            commitments: self.wants(Section::Commitments).then(|| CommitmentSection::of(commitments.clone())),
            slos: self.wants(Section::Slos).then(|| sections::slos(review, disagreements.clone())),
            talk: self.wants(Section::Talk).then(prompts),
            waivers: self.wants(Section::Waivers).then(|| sections::waivers(review)),
        }
    }

    fn wants(&self, section: Section) -> bool {
        let all: &[Section] = if self.domain.is_some() { &Section::OF_DOMAIN } else { &Section::OF_ESTATE };
        let chosen = if self.sections.is_empty() { all } else { self.sections };
        chosen.contains(&section)
    }

    /// What a domain is compared with.
    fn since(&self, domain: &DomainId) -> eval::Since {
        self.calendar(domain).since(self.since, self.today)
    }

    fn calendar(&self, domain: &DomainId) -> ReviewCalendar<'r> {
        ReviewCalendar::of(&self.estate.settings, domain)
    }

    /// The reviews of the domain, or months where there are none and for all domains together.
    fn periods(&self) -> Vec<Period> {
        let PackRequest { estate, selection, domain, today, .. } = *self;
        let services = selection.services_until(estate, today);
        let first = services.filter_map(|service| service.assessments.first());
        let first = first.map(|assessment| assessment.date).min();
        let range = PeriodRange { since: first.unwrap_or(today), until: today, last: Some(PERIODS) };
        let known = domain.and_then(|domain| estate.settings.domain(domain));
        match known.filter(|known| !known.reviews.is_empty()) {
            Some(domain) => eval::periods(Cadence::Review, range, &domain.reviews),
            None => eval::periods(Cadence::Month, range, &[]),
        }
    }

    fn cover(&self, review: &Review<'r>) -> Cover<'r> {
        let PackRequest { estate, domain, today, filters, command, .. } = *self;
        let settings = &estate.settings;
        let name = settings.name.as_deref();
        let mut used: BTreeMap<RubricKey, (&Rubric, usize)> = BTreeMap::new();
        for reviewed in &review.services {
            for rubric in reviewed.rubrics.iter().map(|it| it.now.rubric) {
                used.entry(rubric.key()).or_insert((rubric, 0)).1 += 1;
            }
        }
        let mut rubrics: Vec<_> = used.into_values().collect();
        rubrics.sort_by_key(|(_, services)| Reverse(*services));
        Cover {
            title: domain.map_or(name.unwrap_or("All services"), |domain| settings.domain_title(domain)),
            domain,
            estate: name,
            as_of: today,
            since: domain.map(|domain| self.since(domain)),
            next_review: domain.and_then(|domain| self.calendar(domain).next_from(today)),
            services: review.services.len(),
            filters,
            rubrics,
            stale_after_weeks: settings.review.stale_after_weeks,
            left_out: self.left_out(review),
            command,
        }
    }

    /// What is not in the pack, and why.
    fn left_out(&self, review: &Review<'_>) -> Vec<(String, String)> {
        let unreadable =
            "its file has errors, so that its domain isn't known for sure; `fundamentals check` shows them";
        let unreadable = self.estate.unreadable().iter().map(|name| (name.clone(), unreadable.to_owned()));
        let filters = self
            .filters
            .map(|filters| ("what the filters don't choose".to_owned(), format!("only {filters}")));
        let categories = review.services.iter().flat_map(|reviewed| reviewed.categories());
        let not_asked = categories.filter(|found| !found.now.is_asked()).count();
        let not_asked = (not_asked > 0).then(|| {
            let what = plural(not_asked, "category of a service", "categories of services");
            (what, "the rubric doesn't ask them of these services".to_owned())
        });
        unreadable.chain(filters).chain(not_asked).collect()
    }
}

impl<'r> CommitmentSection<'r> {
    /// Commitments as they are listed.
    pub fn of(lines: Vec<Commitment<'r, 'r>>) -> Self {
        Self { counts: CommitmentCounts::of(&lines), lines }
    }
}
