//! What was changed in a service's file that should have stayed: its past and how it is judged.

use std::collections::BTreeSet;

use crate::model::{Assessment, CategoryId, CategoryIx, Confirmed, GateRule, Judgement, Service, Verdict};

use super::pair::{Before, ServicePair};
use super::rename::NewIds;
use super::{Finding, FindingPlace, Gate, PastEdit, What};

impl<'e> Gate<'e> {
    /// Changes to a service's file that may make a red disappear without a fix.
    pub(super) fn history(
        &self,
        pair: &ServicePair<'e>,
        new_ids: &NewIds<'e>,
        findings: &mut Vec<Finding<'e>>,
    ) {
        let mut find = |rule, what, place| findings.push(self.finding(pair, rule, what, place));
        let Some(now) = pair.now else {
            if let Some(gone) = pair.known_before() {
                find(GateRule::ServiceRemoved, What::Gone, FindingPlace::Base(gone.span));
            }
            return;
        };
        self.rubric_switched(pair, now, &mut find);
        let Some(before) = pair.known_before() else {
            if matches!(pair.before, Before::Missing) {
                self.waivers_added(None, now, &mut find);
            }
            return;
        };
        self.past(before, now, new_ids, &mut find);
        self.waivers_added(Some(before), now, &mut find);
        self.life(before, now, &mut find);
    }

    fn rubric_switched(
        &self,
        pair: &ServicePair<'e>,
        now: &'e Service,
        find: &mut impl FnMut(GateRule, What<'e>, FindingPlace),
    ) {
        let past = |service: &'e Service| {
            service.assessments.iter().rev().filter(|assessment| assessment.date <= self.today)
        };
        let mut known = BTreeSet::new();
        for latest in past(now).filter(|assessment| known.insert(&assessment.rubric.id)) {
            let is_same_rubric = |other: &&Assessment| other.rubric.id == latest.rubric.id;
            let previous = match pair.known_before() {
                Some(before) => past(before).find(is_same_rubric),
                None => past(now).filter(|other| other.date < latest.date).find(is_same_rubric),
            };
            let Some(previous) = previous else { continue };
            let (from, to) = (previous.rubric.key(), latest.rubric.key());
            if to.major < from.major {
                find(GateRule::RubricSwitched, What::Switched(from, to), FindingPlace::Now(latest.span));
            }
        }
    }

    /// Judgements of assessments that the base has, and that are gone or say something else, and assessments slipped in
    /// before those. Today's may still change.
    fn past(
        &self,
        before: &'e Service,
        now: &'e Service,
        new_ids: &NewIds<'e>,
        find: &mut impl FnMut(GateRule, What<'e>, FindingPlace),
    ) {
        for old in before.assessments.iter().filter(|assessment| assessment.date < self.today) {
            let Some(new) = continuation(old, before, now) else {
                let what = What::Removed { from: old, judgement: None };
                find(GateRule::JudgementRemoved, what, FindingPlace::Now(now.span));
                continue;
            };
            let mut edited = |edit| {
                find(GateRule::PastRewritten, What::PastEdited(old, edit), FindingPlace::Now(new.span));
            };
            let (from, to) = (old.rubric.key(), new.rubric.key());
            if from != to {
                edited(PastEdit::Rubric(from, to));
            }
            if confirms_more(old, new) {
                edited(PastEdit::Confirms);
            }
            for judgement in &old.judgements {
                let id = category(old, judgement);
                match new.judgements.iter().find(|judgement| category(new, judgement) == id) {
                    None => {
                        let what = What::Removed { from: old, judgement: Some((id, &judgement.verdict)) };
                        find(GateRule::JudgementRemoved, what, FindingPlace::Now(new.span));
                    }
                    Some(it) if !says_the_same(&it.verdict, &judgement.verdict, new_ids) => {
                        let from = Some(&judgement.verdict);
                        let what = What::Rewritten { within: new, category: id, from, to: &it.verdict };
                        find(GateRule::PastRewritten, what, FindingPlace::Now(it.span));
                    }
                    Some(_) => {}
                }
            }
            for added in &new.judgements {
                let id = category(new, added);
                if !old.judgements.iter().any(|judgement| category(old, judgement) == id) {
                    let what = What::Rewritten { within: new, category: id, from: None, to: &added.verdict };
                    find(GateRule::PastRewritten, what, FindingPlace::Now(added.span));
                }
            }
        }
        let until_today = before.assessments.iter().filter(|old| old.date <= self.today);
        let Some(latest) = until_today.map(|old| old.date).max() else { return };
        let is_new = |new: &&Assessment| {
            let mut continued = before.assessments.iter().filter_map(|old| continuation(old, before, now));
            !continued.any(|known| std::ptr::eq(known, *new))
        };
        for new in now.assessments.iter().filter(|new| new.date < latest).filter(is_new) {
            if new.confirmed != Confirmed::Nothing {
                let what = What::PastEdited(new, PastEdit::Confirms);
                find(GateRule::PastRewritten, what, FindingPlace::Now(new.span));
            }
            for to in &new.judgements {
                let category = category(new, to);
                let what = What::Rewritten { within: new, category, from: None, to: &to.verdict };
                find(GateRule::PastRewritten, what, FindingPlace::Now(to.span));
            }
        }
    }

    fn waivers_added(
        &self,
        before: Option<&Service>,
        now: &'e Service,
        find: &mut impl FnMut(GateRule, What<'e>, FindingPlace),
    ) {
        for waiver in now.waivers.iter().filter(|waiver| self.is_added(before, now, waiver)) {
            find(GateRule::WaiverAdded, What::Waived(waiver), FindingPlace::Now(waiver.span));
        }
    }
}

/// What an assessment of the base is now: that of its day under its rubric or, if that is no old one either, under another.
fn continuation<'e>(old: &Assessment, before: &Service, now: &'e Service) -> Option<&'e Assessment> {
    let is_same =
        |one: &Assessment, other: &Assessment| one.date == other.date && one.rubric.id == other.rubric.id;
    let is_known = |new: &Assessment| before.assessments.iter().any(|other| is_same(other, new));
    let of_that_day = || now.assessments.iter().filter(|new| new.date == old.date);
    let same = of_that_day().find(|new| is_same(new, old));
    same.or_else(|| of_that_day().find(|new| !is_known(new)))
}

/// Whether an assessment confirms a category that it didn't.
fn confirms_more(old: &Assessment, new: &Assessment) -> bool {
    let named = |assessment: &Assessment, ix: &CategoryIx| assessment.rubric.category(*ix).id.clone();
    match (&old.confirmed, &new.confirmed) {
        (_, Confirmed::Nothing) | (Confirmed::All(_), _) => false,
        (Confirmed::Nothing | Confirmed::These(_), Confirmed::All(_)) => true,
        (Confirmed::Nothing, Confirmed::These(now)) => !now.is_empty(),
        (Confirmed::These(before), Confirmed::These(now)) => {
            let before: Vec<_> = before.iter().map(|(ix, _)| named(old, ix)).collect();
            now.iter().any(|(ix, _)| !before.contains(&named(new, ix)))
        }
    }
}

fn category<'e>(assessment: &'e Assessment, judgement: &Judgement) -> &'e CategoryId {
    &assessment.rubric.category(judgement.category).id
}

/// Whether two verdicts are equal; a provider may have another id by now.
fn says_the_same<'e>(now: &Verdict, before: &'e Verdict, new_ids: &NewIds<'e>) -> bool {
    match (now, before) {
        (Verdict::Inherited { provider: now, .. }, Verdict::Inherited { provider: before, .. }) => {
            new_ids.id_now(before) == now
        }
        (Verdict::Rated { .. } | Verdict::NotApplicable { .. } | Verdict::Inherited { .. }, _) => {
            now.agrees_with(before)
        }
    }
}
