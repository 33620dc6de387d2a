//! Counts for each category over services, and the signs that follow from them.

use std::ops::AddAssign;
use std::sync::Arc;

use super::turns::turns;
use super::{ENOUGH_SERVICES, ENOUGH_TURNED, Fraction, Sign, SignKind};
use crate::eval::{Cadence, Counts, PeriodRange, RubricState, Standing, Status, Timeline, periods};
use crate::model::{Category, CategoryIx, Colour, Date, Estate, EvidenceNeed, Identity, Rubric, Service};

/// The days that are looked at for every service.
pub(super) struct Window {
    since: Date,
    as_of: Date,
    /// Its first day, the ends of its months, and its last day.
    days: Vec<Date>,
    /// What was green by then has been green for long.
    long_ago: Date,
}

impl Window {
    pub fn new(estate: &Estate, since: Date, as_of: Date) -> Self {
        let first = estate.services().iter().filter_map(|service| service.assessments.first());
        let first = first.map(|first| first.date).min().unwrap_or(as_of);
        // Before the first assessment there is nothing to see.
        let range = PeriodRange { since: since.max(first), until: as_of, last: None };
        let ends = periods(Cadence::Month, range, &[]);
        let days = std::iter::once(since).chain(ends.into_iter().map(|period| period.as_of)).collect();
        Self { since, as_of, days, long_ago: as_of.weeks_before(estate.settings.review.stale_after_weeks) }
    }

    /// The days on which a service is looked at: its own assessments too, since a colour may hold for less than a month.
    fn days_of(&self, service: &Service) -> impl Iterator<Item = Date> {
        let own = service.assessments.iter().map(|assessment| assessment.date);
        let own = own.filter(|date| (self.since..=self.as_of).contains(date));
        self.days.iter().copied().chain(own)
    }
}

/// What is counted of a category over services.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CategoryTally {
    /// Services that are asked, by status.
    pub counts: Counts,
    /// Green without evidence, of those that are green, where evidence is wanted.
    unseen_green: Fraction,
    /// Green now and already long ago.
    long_green: usize,
    /// Red or amber on one of the days that are looked at.
    not_only_green: usize,
    /// Changed direction, of those that gave it a colour themselves.
    turned: Fraction,
    /// How often they did.
    pub turns: usize,
    /// Judged once long ago and not looked at again, of those that looked again or had the time to.
    left_alone: Fraction,
}

impl CategoryTally {
    pub fn signs(&self, category: &Category) -> Vec<Sign> {
        let signs = SignKind::ALL.into_iter().filter_map(|kind| self.sign(kind, category));
        signs.collect()
    }

    fn sign(&self, kind: SignKind, category: &Category) -> Option<Sign> {
        let counts = &self.counts;
        let (applicable, rated) = (counts.applicable(), counts.rated());
        let (share, shows) = match kind {
            SignKind::RedWithoutGuidance => {
                let red = Fraction { count: counts.red, of: rated };
                (red, red.tells() && 2 * red.count >= red.of && category.guidance.is_empty())
            }
            SignKind::GreenWithoutEvidence => (self.unseen_green, self.unseen_green.count > 0),
            SignKind::Contested => {
                let turned = self.turned;
                (turned, turned.tells() && turned.count >= ENOUGH_TURNED && 4 * turned.count >= turned.of)
            }
            SignKind::MostlyUnjudged => {
                let unjudged = Fraction { count: applicable - rated, of: applicable };
                (unjudged, unjudged.is_most())
            }
            SignKind::MostlyNotApplicable => {
                let outside =
                    Fraction { count: counts.not_applicable, of: applicable + counts.not_applicable };
                (outside, outside.is_most())
            }
            SignKind::NeverConfirmed => (self.left_alone, self.left_alone.is_most()),
            SignKind::AlwaysGreen => {
                let green = Fraction { count: counts.green, of: applicable };
                let only_green = counts.green == rated && self.not_only_green == 0;
                (green, green.is_most() && only_green && self.long_green >= ENOUGH_SERVICES)
            }
        };
        shows.then_some(Sign { kind, share })
    }
}

impl AddAssign for CategoryTally {
    fn add_assign(&mut self, other: Self) {
        self.counts += other.counts;
        self.unseen_green += other.unseen_green;
        self.long_green += other.long_green;
        self.not_only_green += other.not_only_green;
        self.turned += other.turned;
        self.turns += other.turns;
        self.left_alone += other.left_alone;
    }
}

/// What one service adds to each category.
pub(super) fn tallies(
    estate: &Estate,
    service: &Service,
    rubric: &Arc<Rubric>,
    window: &Window,
) -> Vec<CategoryTally> {
    let mut timeline = Timeline::new(estate, service);
    let mut state = |day| timeline.state_under(rubric, day);
    let long_ago = state(window.long_ago);
    let mut days: Vec<_> = window.days_of(service).collect();
    days.sort_unstable();
    let days: Vec<_> = days.into_iter().map(&mut state).collect();
    let now = state(window.as_of);
    let by = service.latest_assessment_by(&rubric.id, window.as_of).map(|assessment| assessment.rubric.key());
    let version = if by == Some(rubric.key()) { JudgedBy::ThisVersion } else { JudgedBy::OlderVersion };
    let one = |(ix, category, standing): (CategoryIx, &Category, &Standing<'_>)| {
        let status = |state: &RubricState<'_>| state.standing(ix).status;
        let is_rated_worse =
            |state: &RubricState<'_>| matches!(status(state), Status::Rated(Colour::Red | Colour::Amber));
        let turns = turns(service, rubric, ix, window.since, window.as_of);
        let long_green = [standing.status, status(&long_ago)] == [Status::Rated(Colour::Green); 2];
        let asked = is_asked(category, now.identity, standing.status, version);
        CategoryTally {
            counts: Counts::in_category(asked.then_some(standing)),
            unseen_green: unseen_green(category, standing),
            long_green: usize::from(long_green),
            not_only_green: usize::from(days.iter().any(is_rated_worse)),
            turned: Fraction {
                count: usize::from(turns.is_some_and(|turns| turns > 0)),
                of: usize::from(turns.is_some()),
            },
            turns: turns.unwrap_or(0),
            left_alone: left_alone(standing),
        }
    };
    now.categories().map(one).collect()
}

/// Which version a service's latest assessment used.
#[derive(Clone, Copy)]
enum JudgedBy {
    ThisVersion,
    OlderVersion,
}

/// Whether a service was asked a question.
fn is_asked(category: &Category, identity: &Identity, status: Status, version: JudgedBy) -> bool {
    match (status, version) {
        (Status::Rated(_), JudgedBy::ThisVersion | JudgedBy::OlderVersion)
        | (Status::NotAssessed | Status::NeedsRescore(_), JudgedBy::ThisVersion) => true,
        // The service has not been assessed under this version, so nobody had to answer.
        (Status::NotAssessed | Status::NeedsRescore(_), JudgedBy::OlderVersion) => false,
        // Where `applies-to` says it already, there is nothing to find out.
        (Status::NotApplicable, JudgedBy::ThisVersion | JudgedBy::OlderVersion) => {
            category.applies_to.asks(identity)
        }
    }
}

/// Whether a green lacks the evidence that its category wants; nothing where it wants none.
fn unseen_green(category: &Category, standing: &Standing<'_>) -> Fraction {
    match (category.evidence, standing.status) {
        (EvidenceNeed::Required, Status::Rated(Colour::Green)) => {
            Fraction { count: usize::from(standing.lacks_evidence(category)), of: 1 }
        }
        (EvidenceNeed::Required | EvidenceNeed::Optional, _) => Fraction::default(),
    }
}

/// Whether a colour of the service's own was left alone since its first judgement; nothing where it is too young.
fn left_alone(standing: &Standing<'_>) -> Fraction {
    let own = standing.judged.filter(|_| standing.provider.is_none() && standing.status.colour().is_some());
    match own.map(|judged| (judged.looks, standing.is_stale)) {
        None | Some((1, false)) => Fraction::default(),
        Some((1, true)) => Fraction { count: 1, of: 1 },
        Some((_, _)) => Fraction { count: 0, of: 1 },
    }
}
