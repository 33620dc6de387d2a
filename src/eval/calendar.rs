//! When a domain is reviewed.

use crate::model::{Date, Domain, DomainId, Service, Settings};

/// The reviews of one domain, past and planned, and the rhythm in which they should come.
#[derive(Clone, Copy, Debug)]
pub struct ReviewCalendar<'e> {
    /// Oldest first; empty if nobody wrote them down.
    reviews: &'e [Date],
    cadence_weeks: u32,
}

/// When a domain is reviewed next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextReview {
    /// The day.
    pub date: Date,
    /// Whether somebody planned it. If not, it is due by the usual rhythm.
    pub is_planned: bool,
    /// Days until then; negative if it has passed, as it may have if nothing is planned.
    pub in_days: i64,
}

/// What a review is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    /// The day.
    pub date: Date,
    /// Why this day.
    pub basis: SinceBasis,
}

/// Why a review is compared with a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SinceBasis {
    /// The domain's last review was then.
    LastReview,
    /// It was asked for.
    Asked,
    /// No review is known; it is as long ago as two reviews lie apart.
    Rhythm,
}

impl SinceBasis {
    /// The word used in output for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::LastReview => "last-review",
            Self::Asked => "asked",
            Self::Rhythm => "rhythm",
        }
    }
}

impl<'e> ReviewCalendar<'e> {
    /// The calendar of a domain. One that the settings don't know has only the rhythm.
    #[must_use]
    pub fn of(settings: &'e Settings, domain: &DomainId) -> Self {
        Self::new(settings.domain(domain), settings.review.cadence_weeks)
    }

    pub(super) fn new(domain: Option<&'e Domain>, cadence_weeks: u32) -> Self {
        Self { reviews: domain.map_or(&[], |domain| &domain.reviews), cadence_weeks }
    }

    /// The last review before a day. A review on that day is the one that is prepared.
    #[must_use]
    pub fn last_before(&self, day: Date) -> Option<Date> {
        self.reviews.iter().rev().find(|review| **review < day).copied()
    }

    /// What a review on a day is compared with: the day that was asked for, or the last review.
    #[must_use]
    pub fn since(&self, asked: Option<Date>, day: Date) -> Since {
        match (asked, self.last_before(day)) {
            (Some(date), _) => Since { date, basis: SinceBasis::Asked },
            (None, Some(date)) => Since { date, basis: SinceBasis::LastReview },
            (None, None) => Since { date: day.weeks_before(self.cadence_weeks), basis: SinceBasis::Rhythm },
        }
    }

    /// The next review, from a day on; `None` if none is planned and none has been.
    #[must_use]
    pub fn next_from(&self, day: Date) -> Option<NextReview> {
        let planned = self.reviews.iter().find(|review| **review >= day).map(|date| (*date, true));
        let due = || self.last_before(day).map(|last| (last.weeks_later(self.cadence_weeks), false));
        let (date, is_planned) = planned.or_else(due)?;
        Some(NextReview { date, is_planned, in_days: date.days_since(day) })
    }

    /// The first review after a day, planned or by the usual rhythm.
    #[must_use]
    pub fn next_after(&self, day: Date) -> Date {
        let planned = self.reviews.iter().find(|review| **review > day).copied();
        planned.unwrap_or_else(|| day.weeks_later(self.cadence_weeks))
    }

    /// How many reviews there were after a day, up to and including another; by the rhythm if none are known.
    #[must_use]
    pub fn count(&self, after: Date, until: Date) -> usize {
        self.days(after, until).len()
    }

    /// The days of the reviews after a day, up to and including another, oldest first; by the rhythm if none are known.
    #[must_use]
    pub fn days(&self, after: Date, until: Date) -> Vec<Date> {
        if self.reviews.is_empty() {
            let next = |day: &Date| Some(day.weeks_later(self.cadence_weeks)).filter(|next| next > day);
            let days = std::iter::successors(Some(after), next).skip(1);
            return days.take_while(|day| *day <= until).collect();
        }
        self.reviews.iter().filter(|review| **review > after && **review <= until).copied().collect()
    }
}

/// The days after one on which a service was reviewed, up to and including another, oldest first: those of the domain that
/// it was in on each day; by the usual rhythm if none are planned there.
pub(super) fn review_days<'e>(
    service: &'e Service,
    since: Date,
    until: Date,
    calendar: impl Fn(&'e DomainId) -> ReviewCalendar<'e>,
) -> Vec<Date> {
    let identities = &service.identities;
    let past = identities.previously().iter().map(|past| (&past.identity.domain, past.until));
    let mut start = since;
    let mut reviews = Vec::new();
    for (domain, last) in past.chain([(&identities.latest().domain, until)]) {
        let end = last.min(until);
        // The rhythm begins with what is asked about, however often the service became another.
        reviews.extend(calendar(domain).days(since, end).into_iter().filter(|day| *day > start));
        start = start.max(end);
    }
    reviews
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    fn next(day: &str, is_planned: bool, in_days: i64) -> NextReview {
        NextReview { date: date(day), is_planned, in_days }
    }

    fn calendar(reviews: &[Date]) -> ReviewCalendar<'_> {
        ReviewCalendar { reviews, cadence_weeks: 8 }
    }

    #[test]
    fn on_the_day_of_a_review_the_last_one_is_the_one_before() {
        let reviews = [date("2026-08-04"), date("2026-09-29"), date("2026-11-24")];
        let calendar = calendar(&reviews);
        assert_eq!(calendar.last_before(date("2026-11-24")), Some(date("2026-09-29")));
        assert_eq!(calendar.next_from(date("2026-11-24")), Some(next("2026-11-24", true, 0)));
        assert_eq!(calendar.last_before(date("2026-11-25")), Some(date("2026-11-24")));
    }

    #[test]
    fn without_a_plan_the_next_review_is_due_by_the_rhythm() {
        let reviews = [date("2026-08-04")];
        assert_eq!(calendar(&reviews).next_from(date("2026-11-20")), Some(next("2026-09-29", false, -52)));
        assert_eq!(calendar(&[]).next_from(date("2026-11-20")), None);
        assert_eq!(calendar(&[]).count(date("2026-07-31"), date("2026-11-20")), 2);
    }
}
