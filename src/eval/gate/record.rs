//! The last colour that a service's own record has for a category before it became red: what was not applicable,
//! inherited from a service never assessed, or removed in between doesn't make a drop undone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Assessment, Bar, Category, CategoryIx, CategoryRole, Colour, Date, Estate, Judgement, Rubric, Rubrics,
    Service, ServiceId, Verdict,
};

use super::pair::{Before, ServicePair};
use super::{Base, Gate, Transition, VersionedCategory};
use crate::eval::lineage::{Lineage, Raised};
use crate::eval::{JudgementRecord, RubricState, Standing, Status, Timeline, service_state_in};

/// A colour on record.
#[derive(Clone, Copy)]
pub(super) struct RecordedColour<'e> {
    /// The colour, with the rating behind it.
    pub standing: Standing<'e>,
    /// What raised the bar since.
    pub raised: Raised,
    colour: Colour,
    /// The day from which it counted for the service.
    on: Date,
    node: VersionedCategory<'e>,
}

/// A category that is red now.
#[derive(Clone, Copy)]
pub(super) struct RedCategory<'s, 'e> {
    pub rubric: &'e Rubric,
    pub category: &'e Category,
    pub standing: &'s Standing<'e>,
}

impl<'e> Gate<'e> {
    /// The best of the last colours that either side has on record for a category that is red now, one for each chain
    /// of `from`; `None` if each of them is red, or there is none. Of the base's record all counts, or if
    /// the category was red there too, what lies before that red.
    pub(super) fn better_on_record(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        red: RedCategory<'_, 'e>,
        red_at_base: Option<Standing<'e>>,
    ) -> Option<RecordedColour<'e>> {
        let kin = self.kin(VersionedCategory { rubric: red.rubric, category: red.category });
        let mut better = self.last_colours_at_base(pair, &kin, red_at_base);
        let began = self.red_began(self.now, service, red.standing, &kin);
        if self.is_recent(service, red.rubric, began) {
            let record = self.record(self.now, service, &kin, began.day_before());
            better.extend(self.last_colours(record));
        }
        better.into_iter().filter(RecordedColour::is_better).min_by_key(RecordedColour::order)
    }

    fn last_colours_at_base(
        &self,
        pair: &ServicePair<'e>,
        kin: &Kin<'e>,
        red_at_base: Option<Standing<'e>>,
    ) -> Vec<RecordedColour<'e>> {
        let (Before::Known(before), Base::Estate(base)) = (&pair.before, self.base) else {
            return Vec::new();
        };
        let began = red_at_base.map(|red| self.red_began(base, before, &red, kin));
        let until = began.map_or(self.today, Date::day_before);
        self.last_colours(self.record(base, before, kin, until))
    }

    /// What a category of the version in force at the base was before it became red, if a red one of another version
    /// continues it: merged with a category that was red already, it is a drop of its own. Of a version that this
    /// change doesn't bring, only the category of the same id is meant: the others were merged before.
    pub(super) fn better_before_merge(
        &self,
        pair: &ServicePair<'e>,
        service: &'e Service,
        red: RedCategory<'_, 'e>,
    ) -> Option<RecordedColour<'e>> {
        let kin = self.kin(VersionedCategory { rubric: red.rubric, category: red.category });
        let then = self.before_merge(pair, &kin)?;
        let is_new = self.is_rubric_new(red.rubric);
        let record = self.record(self.now, service, &kin, self.today);
        let meant = then.categories().filter(|(_, category, _)| is_new || category.id == red.category.id);
        let better = meant.filter_map(|(_, category, standing)| {
            let own = VersionedCategory { rubric: then.rubric, category };
            let raised = self.raised_since(own, &kin)?;
            let continues =
                |recorded: &&RecordedColour<'e>| self.raised_since(own, &self.kin(recorded.node)).is_some();
            let is_red = record.iter().rev().find(continues)?.colour == Colour::Red;
            if !is_red || standing.status == Status::Rated(Colour::Red) {
                return None;
            }
            let last = self.last_colours_at_base(pair, &self.kin(own), None).into_iter();
            let mut better = last.filter(RecordedColour::is_better).min_by_key(RecordedColour::order)?;
            better.raised = raised.max(better.raised);
            Some(better)
        });
        better.min_by_key(RecordedColour::order)
    }

    /// What a red category was at the base under the version in force then, if it was better: by its own id, or if it
    /// was rated since, any category that it continues.
    pub(super) fn better_at_base(
        &self,
        pair: &ServicePair<'e>,
        red: RedCategory<'_, 'e>,
    ) -> Option<Standing<'e>> {
        let kin = self.kin(VersionedCategory { rubric: red.rubric, category: red.category });
        let then = self.before_merge(pair, &kin)?;
        let is_rated = red.standing.judged.is_some_and(|judged| judged.rubric.key() == red.rubric.key());
        let mut better = then.categories().filter(|(_, category, standing)| {
            let continues =
                || self.raised_since(VersionedCategory { rubric: then.rubric, category }, &kin).is_some();
            standing.status.colour().is_some_and(|colour| colour > Colour::Red)
                && (category.id == red.category.id || is_rated && continues())
        });
        better.next().map(|(_, _, standing)| *standing)
    }

    /// The service at the base, if it was under another version then, of which a category continues several categories.
    fn before_merge(&self, pair: &ServicePair<'e>, kin: &Kin<'e>) -> Option<RubricState<'e>> {
        let (Base::Estate(base), Some(before)) = (self.base, pair.known_before()) else { return None };
        let now = kin.node.rubric;
        let then = &before.latest_assessment_by(&now.id, self.today)?.rubric;
        let (old, new) = (then.version.major, now.version.major);
        if old == new {
            return None;
        }
        // The state of all categories takes time, and most of them continue one: what is red now was red then.
        let ids: BTreeSet<_> = kin.lineages.iter().flat_map(|lineage| lineage.ids_in(old)).collect();
        let rubric =
            (old > new || ids.len() > 1).then(|| Timeline::new(base, before).version(&now.id, self.today));
        Some(service_state_in(base, before, self.today, rubric??))
    }

    /// What raised the bar from a category to one that continues it.
    pub(super) fn raised_until(
        &self,
        rubric: &'e Rubric,
        category: &'e Category,
        turn: Transition<'e>,
    ) -> Option<Raised> {
        let kin = self.kin(VersionedCategory { rubric: turn.rubric, category: turn.category });
        self.raised_since(VersionedCategory { rubric, category }, &kin)
    }

    /// The day from which a service has been red in a category without a break; for an inherited red, since it was both
    /// red and inherited, by the service and by each provider on the way to who rated it.
    fn red_began(&self, estate: &'e Estate, service: &'e Service, red: &Standing<'e>, kin: &Kin<'e>) -> Date {
        let mut began = red.judged.map_or(self.today, |judged| judged.since);
        let mut holder = service;
        let mut next = red.provider;
        let mut asked = Vec::new();
        while let Some(provider) = next.filter(|provider| !asked.contains(provider)) {
            asked.push(provider);
            let inherits = |judgement: &'e Judgement| judgement.verdict.provider() == Some(provider);
            let own = self.ratings_of(holder, kin, self.today);
            let run = own.iter().rev().take_while(|(_, judgement)| inherits(judgement));
            began = run.last().map_or(began, |(assessment, _)| began.max(assessment.date));
            let Some(other) = estate.service(provider.as_str()) else { break };
            holder = other;
            let latest = self.ratings_of(holder, kin, self.today).pop();
            next = latest.and_then(|(_, judgement)| judgement.verdict.provider());
        }
        began
    }

    /// Whether no review has seen what began on a day: it began with the latest assessment, or no review was held since.
    fn is_recent(&self, service: &Service, rubric: &Rubric, began: Date) -> bool {
        let latest = service.latest_assessment_by(&rubric.id, self.today).map(|assessment| assessment.date);
        latest.is_none_or(|latest| began >= latest) || self.reviews_since(service, began) == 0
    }

    /// Every colour that a service had in a category up to a day, oldest first.
    fn record(
        &self,
        estate: &'e Estate,
        service: &'e Service,
        kin: &Kin<'e>,
        until: Date,
    ) -> Vec<RecordedColour<'e>> {
        let mut record = Vec::new();
        self.add_record(estate, service, (kin, until), &mut vec![&service.id], &mut record);
        record.sort_by_key(|recorded| recorded.on);
        record
    }

    fn add_record(
        &self,
        estate: &'e Estate,
        service: &'e Service,
        (kin, until): (&Kin<'e>, Date),
        asked: &mut Vec<&'e ServiceId>,
        record: &mut Vec<RecordedColour<'e>>,
    ) {
        let ratings = self.ratings_of(service, kin, until);
        for (at, (assessment, judgement)) in ratings.iter().copied().enumerate() {
            let rated_as = VersionedCategory {
                rubric: &assessment.rubric,
                category: assessment.rubric.category(judgement.category),
            };
            match &judgement.verdict {
                Verdict::NotApplicable { .. } => {}
                Verdict::Rated { colour, .. } => {
                    let Some(raised) = self.raised_since(rated_as, kin) else { continue };
                    let standing = recorded_standing(assessment, judgement, *colour);
                    let on = assessment.date;
                    record.push(RecordedColour { standing, raised, colour: *colour, on, node: rated_as });
                }
                Verdict::Inherited { provider, .. } => {
                    let Some(other) = estate.service(provider.as_str()) else { continue };
                    if asked.contains(&provider) {
                        continue;
                    }
                    let end = ratings.get(at + 1).map_or(until, |(next, _)| next.date.day_before());
                    let mut provided = Vec::new();
                    asked.push(provider);
                    self.add_record(estate, other, (kin, end), asked, &mut provided);
                    asked.pop();
                    record.extend(provided.into_iter().map(|mut recorded| {
                        recorded.on = recorded.on.max(assessment.date);
                        recorded.standing.provider = Some(provider);
                        recorded
                    }));
                }
            }
        }
    }

    /// What a service's assessments up to a day rated of a category, under whatever name and version.
    fn ratings_of(
        &self,
        service: &'e Service,
        kin: &Kin<'e>,
        until: Date,
    ) -> Vec<(&'e Assessment, &'e Judgement)> {
        let past = service.assessments.iter().take_while(|assessment| assessment.date <= until);
        let ratings = past.flat_map(|assessment| {
            let wanted = self.kin_in(assessment, kin);
            let judgements = assessment.judgements.iter();
            let judgements = judgements.filter(move |judgement| wanted.contains(&judgement.category));
            judgements.map(move |judgement| (assessment, judgement))
        });
        ratings.collect()
    }

    /// The categories of an assessment's rubric that a category continues, or that continue it.
    fn kin_in(&self, assessment: &'e Assessment, kin: &Kin<'e>) -> Vec<CategoryIx> {
        let VersionedCategory { rubric: own, category } = kin.node;
        let rubric: &'e Rubric = &assessment.rubric;
        if rubric.id != own.id {
            return Vec::new();
        }
        if rubric.version.major > own.version.major {
            let is_kin = |ix: &CategoryIx| {
                self.raised_since(VersionedCategory { rubric, category: rubric.category(*ix) }, kin).is_some()
            };
            return assessment.judgements.iter().map(|judgement| judgement.category).filter(is_kin).collect();
        }
        let older = kin.lineages.iter().flat_map(|lineage| lineage.ids_in(rubric.version.major));
        std::iter::once(&category.id).chain(older).filter_map(|id| rubric.find(id.as_str())).collect()
    }

    /// The last colour of each chain of `from`.
    fn last_colours(&self, record: Vec<RecordedColour<'e>>) -> Vec<RecordedColour<'e>> {
        let mut last: Vec<RecordedColour<'_>> = Vec::new();
        for recorded in record.into_iter().rev() {
            let is_replaced =
                last.iter().any(|later| self.raised_since(recorded.node, &self.kin(later.node)).is_some());
            if !is_replaced {
                last.push(recorded);
            }
        }
        last
    }

    /// What a category continues by the rubrics of both sides. What only one side has is completed by the other, so
    /// that no version between two is left out.
    fn kin(&self, node: VersionedCategory<'e>) -> Kin<'e> {
        let now = &self.now.rubrics;
        let base = match self.base {
            Base::Estate(base) => &base.rubrics,
            Base::LatestAssessment => now,
        };
        let lineages = [[base, now], [now, base]].map(|sides: [&'e Rubrics; 2]| {
            let rubrics = sides.into_iter().flat_map(|rubrics| rubrics.versions(&node.rubric.id));
            let versions: BTreeMap<u32, &'e Rubric> =
                rubrics.map(|rubric| (rubric.version.major, &**rubric)).collect();
            let major = node.rubric.version.major;
            let rubric = versions.get(&major).copied().unwrap_or(node.rubric);
            let category = rubric.find(node.category.id.as_str()).map(|ix| rubric.category(ix));
            Lineage::of(major, category.unwrap_or(node.category), &versions)
        });
        Kin { node, lineages }
    }

    /// What raised the bar between what was rated and a category, if one of them continues the other.
    fn raised_since(&self, rated: VersionedCategory<'e>, kin: &Kin<'e>) -> Option<Raised> {
        let (old, new) = (rated.rubric.version.major, kin.node.rubric.version.major);
        if rated.rubric.id != kin.node.rubric.id {
            return None;
        }
        if old < new {
            return kin.raised_since(rated);
        }
        let is_same = rated.category.id == kin.node.category.id;
        let continues = || old > new && self.kin(rated).raised_since(kin.node).is_some();
        (is_same || continues()).then_some(None)
    }
}

/// A category, and what it continues by the rubrics of each side.
struct Kin<'e> {
    node: VersionedCategory<'e>,
    lineages: [Lineage<'e>; 2],
}

impl<'e> Kin<'e> {
    /// What raised the bar since an older version's category; nothing if one of the sides says so.
    fn raised_since(&self, old: VersionedCategory<'e>) -> Option<Raised> {
        let id = &old.category.id;
        let raised =
            self.lineages.iter().filter_map(|lineage| lineage.raised_since(old.rubric.version.major, id));
        let VersionedCategory { rubric, category } = self.node;
        let own = (category.id == *id).then(|| (category.bar == Bar::Raised).then_some(rubric.version.major));
        raised.min_by_key(Raised::is_some).or(own)
    }
}

impl RecordedColour<'_> {
    fn is_better(&self) -> bool {
        self.colour > Colour::Red
    }

    /// A drop that no raised bar explains comes first, then the newest of those bars.
    pub(super) fn order(&self) -> impl Ord + use<> {
        (self.raised.is_some(), Reverse(self.raised))
    }
}

fn recorded_standing<'e>(
    assessment: &'e Assessment,
    judgement: &'e Judgement,
    colour: Colour,
) -> Standing<'e> {
    let (rubric, on): (&'e Rubric, _) = (&assessment.rubric, assessment.date);
    let judged =
        JudgementRecord { judgement, rubric, on, since: on, reviewed: on, reviewed_under: rubric, looks: 1 };
    Standing {
        status: Status::Rated(colour),
        judged: Some(judged),
        provider: None,
        carried_from: None,
        is_stale: false,
        role: CategoryRole::Counted,
    }
}
