//! What was measured, beside what was judged.

use crate::eval::{Member, RollUp, Status};
use crate::model::{Category, Colour, Date, SloResult};

use super::{Review, Reviewed};

/// So many months before the current one are looked at.
const MONTHS: i32 = 6;
/// Of so few months, nothing is concluded from objectives that were always met.
const ENOUGH_MONTHS: usize = 3;

/// One objective of a service, over the latest months.
#[derive(Clone, Copy, Debug)]
pub struct Objective<'r, 'e> {
    /// The service.
    pub reviewed: &'r Reviewed<'e>,
    /// What was measured, oldest first; at least one month.
    pub months: &'e [SloResult],
}

/// Where measurements and judgements seem to contradict each other. It is a question, not a verdict.
#[derive(Clone, Debug)]
pub enum Disagreement<'r, 'e> {
    /// Everything asked of the service is green, but it missed objectives: all misses, oldest first.
    GreenButMissed(&'r Reviewed<'e>, Vec<&'e SloResult>),
    /// Something is red, but every objective was met in each of the latest months.
    RedButMet(&'r Reviewed<'e>, Vec<&'e Category>, usize),
}

impl<'r, 'e> Disagreement<'r, 'e> {
    /// The service.
    #[must_use]
    pub fn reviewed(&self) -> &'r Reviewed<'e> {
        match self {
            Self::GreenButMissed(reviewed, _) | Self::RedButMet(reviewed, _, _) => reviewed,
        }
    }
}

impl<'e> Review<'e> {
    /// The first month that is looked at.
    fn first_month(&self) -> Date {
        self.today.month_start().months_later(-MONTHS)
    }

    /// The objectives of all services, by service and name.
    #[must_use]
    pub fn objectives(&self) -> Vec<Objective<'_, 'e>> {
        let of = |reviewed| self.months_of(reviewed).map(|months| Objective { reviewed, months });
        self.services.iter().flat_map(of).collect()
    }

    fn months_of(&self, reviewed: &Reviewed<'e>) -> impl Iterator<Item = &'e [SloResult]> {
        let (first, today) = (self.first_month(), self.today);
        let by_name = self.estate.slos_of(reviewed.service).chunk_by(|a, b| a.slo == b.slo);
        let recent = by_name.map(move |months: &[SloResult]| {
            let start = months.partition_point(|month| month.month < first);
            let end = months.partition_point(|month| month.month <= today);
            &months[start.min(end)..end]
        });
        recent.filter(|months| !months.is_empty())
    }

    /// Services of which nothing was measured in the months that are looked at, with the last month before that was
    /// measured; `None` where none was.
    #[must_use]
    pub fn unmeasured(&self) -> Vec<(Member<'e>, Option<Date>)> {
        let first = self.first_month();
        let is_unmeasured = |reviewed: &&Reviewed<'e>| self.months_of(reviewed).next().is_none();
        let last = |reviewed: &Reviewed<'e>| {
            let months = self.estate.slos_of(reviewed.service).iter().map(|slo| slo.month);
            (reviewed.member(), months.filter(|month| *month < first).max())
        };
        self.services.iter().filter(is_unmeasured).map(last).collect()
    }

    /// Where measurements and judgements seem to contradict each other. Judgements are all of the service's, whichever
    /// are selected.
    #[must_use]
    pub fn disagreements(&self) -> Vec<Disagreement<'_, 'e>> {
        let disagreement = |reviewed| {
            let months: Vec<_> = self.months_of(reviewed).flatten().collect();
            let missed: Vec<_> = months.iter().copied().filter(|month| !month.is_met()).collect();
            let mut measured: Vec<_> = months.iter().map(|month| month.month).collect();
            measured.sort_unstable();
            measured.dedup();
            match reviewed.whole_colour() {
                RollUp::Green if !missed.is_empty() => Some(Disagreement::GreenButMissed(reviewed, missed)),
                RollUp::Red if missed.is_empty() && measured.len() >= ENOUGH_MONTHS => {
                    let reds = reviewed.rubrics.iter().flat_map(|reviewed| reviewed.now.categories());
                    let reds = reds.filter(|(_, _, it)| it.status == Status::Rated(Colour::Red));
                    let reds = reds.map(|(_, category, _)| category).collect();
                    Some(Disagreement::RedButMet(reviewed, reds, measured.len()))
                }
                RollUp::Red
                | RollUp::Amber
                | RollUp::Green
                | RollUp::Incomplete
                | RollUp::NotAssessed
                | RollUp::NotApplicable => None,
            }
        };
        self.services.iter().filter_map(disagreement).collect()
    }
}
