//! What became of each category since the review before.

use rayon::prelude::*;

use crate::eval::{Change, Standing, Status, Timeline};
use crate::model::{Category, CategoryRole, Colour, Date, Pillar, Rubric};

use super::{Review, Reviewed, ReviewedCategory};

/// Something to tell of a category of a service.
#[derive(Clone, Copy, Debug)]
pub struct Development<'r, 'e> {
    /// The service.
    pub reviewed: &'r Reviewed<'e>,
    /// Its rubric.
    pub rubric: &'e Rubric,
    /// The category.
    pub category: &'e Category,
    /// Its state before, under today's rubric.
    pub before: Standing<'e>,
    /// What it is.
    pub now: Standing<'e>,
    /// What became of it.
    pub kind: DevelopmentKind,
    /// Whether it was there before.
    pub label: Label,
    /// The day on which it was red in between, if it recovered.
    pub red_on: Option<Date>,
}

/// What became of a category. In the order in which a review looks at them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DevelopmentKind {
    /// Red now, amber or green before.
    Dropped,
    /// Red or amber now, and no colour before.
    FirstRated,
    /// Amber now, green before.
    Slipped,
    /// No colour now, but one before.
    NoLongerRated,
    /// Red now as before.
    StillRed,
    /// Red on a day in between, but neither before nor now.
    Recovered,
    /// A better colour than before.
    Improved,
}

impl DevelopmentKind {
    /// Every kind, in their order.
    pub const ALL: [Self; 7] = [
        Self::Dropped,
        Self::FirstRated,
        Self::Slipped,
        Self::NoLongerRated,
        Self::StillRed,
        Self::Recovered,
        Self::Improved,
    ];

    /// The word used in output for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Dropped => "dropped",
            Self::FirstRated => "first-rated",
            Self::Slipped => "slipped",
            Self::NoLongerRated => "no-longer-rated",
            Self::StillRed => "still-red",
            Self::Recovered => "recovered",
            Self::Improved => "improved",
        }
    }
}

/// Whether something was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// It was not.
    New,
    /// It was; the number of reviews since.
    Standing(usize),
    /// It was, and is no more.
    Resolved,
}

impl Label {
    /// The word used in output for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Standing(_) => "standing",
            Self::Resolved => "resolved",
        }
    }

    /// How many reviews it has outlasted, if it is standing.
    #[must_use]
    pub fn reviews(self) -> Option<usize> {
        if let Self::Standing(reviews) = self { Some(reviews) } else { None }
    }
}

impl<'e> Development<'_, 'e> {
    /// The category's pillar.
    #[must_use]
    pub fn pillar(&self) -> &'e Pillar {
        self.rubric.pillar_of(self.category)
    }
}

impl<'e> Review<'e> {
    /// Everything that changed, and every red that didn't; by kind, Golden Thread services first.
    #[must_use]
    pub fn developments(&self) -> Vec<Development<'_, 'e>> {
        let services = self.services.par_iter();
        let mut developments: Vec<_> =
            services.flat_map_iter(|reviewed| self.developments_of(reviewed)).collect();
        developments.sort_by_key(|it| (it.kind, !it.reviewed.identity.golden_thread));
        developments
    }

    fn developments_of<'r>(&'r self, reviewed: &'r Reviewed<'e>) -> Vec<Development<'r, 'e>> {
        let reds = self.reds_in_between(reviewed);
        let develop = |found: ReviewedCategory<'r, 'e>| {
            let ReviewedCategory { rubric, category, before, now } = found;
            let is_red = |standing: &Standing<'_>| standing.status == Status::Rated(Colour::Red);
            let mut red_on = None;
            let kind = match Change::between(before.status, now.status) {
                Change::Dropped => DevelopmentKind::Dropped,
                Change::Slipped => DevelopmentKind::Slipped,
                Change::Improved => DevelopmentKind::Improved,
                Change::NoLongerRated => DevelopmentKind::NoLongerRated,
                Change::FirstRated if now.status == Status::Rated(Colour::Green) => return None,
                Change::FirstRated => DevelopmentKind::FirstRated,
                Change::Unchanged if is_red(now) => DevelopmentKind::StillRed,
                Change::Unchanged => {
                    let red = reds.iter().find(|(_, red)| std::ptr::eq(*red, category));
                    now.status.colour()?;
                    red_on = Some(red?.0);
                    DevelopmentKind::Recovered
                }
            };
            let label = match kind {
                DevelopmentKind::Improved | DevelopmentKind::Recovered => Label::Resolved,
                DevelopmentKind::StillRed => Label::Standing(self.reviews_outlasted(reviewed.service, now)),
                DevelopmentKind::Dropped
                | DevelopmentKind::FirstRated
                | DevelopmentKind::Slipped
                | DevelopmentKind::NoLongerRated => Label::New,
            };
            Some(Development { reviewed, rubric, category, before: *before, now: *now, kind, label, red_on })
        };
        let counted = reviewed.categories().filter(|found| found.now.role == CategoryRole::Counted);
        counted.filter_map(develop).collect()
    }

    /// What was red on the day of an assessment since the review before, with the first such day.
    fn reds_in_between(&self, reviewed: &Reviewed<'e>) -> Vec<(Date, &'e Category)> {
        let days = reviewed.service.assessments.iter().map(|assessment| assessment.date);
        let days = days.filter(|day| *day > reviewed.since && *day < self.today);
        let mut timeline = Timeline::new(self.estate, reviewed.service);
        let reds = days.flat_map(|day| {
            let mut reds = Vec::new();
            for rubric in reviewed.rubrics.iter().map(|it| it.now.rubric) {
                let state = timeline.state_under(rubric, day);
                let red = state.categories().filter(|(_, category, it)| {
                    it.status == Status::Rated(Colour::Red) && !category.is_advisory()
                });
                reds.extend(red.map(|(_, category, _)| (day, category)));
            }
            reds
        });
        reds.collect()
    }
}
