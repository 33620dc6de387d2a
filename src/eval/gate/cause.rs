//! Which findings this change caused, and which the base has as well.

use std::sync::Arc;

use super::pair::{Before, ServicePair};
use super::rename::ServiceChanges;
use super::retitled::{renamed_objective, retitled_action};
use super::{Base, Cause, Finding, Gate, News, Onset, PastEdit, What, Withdrawn};
use crate::model::{Category, CategoryId, Estate, GateLevel, GateRule, Rubric};

impl<'e> Gate<'e> {
    /// Marks what the base has as well when it is looked at today: this change did not cause it, so that its level is at
    /// most what the rule says of standing findings.
    pub(super) fn mark_standing(&self, pair: &ServicePair<'e>, findings: &mut [Finding<'e>]) {
        let (Base::Estate(base), Some(before)) = (self.base, pair.known_before()) else { return };
        // The base found nothing in a service that was retired.
        if findings.is_empty() || before.is_retired_on(self.today) {
            return;
        }
        let at_base = Gate { now: base, ..*self };
        let unchanged = ServicePair { now: Some(before), before: Before::Known(before) };
        let (were, _) = at_base.look_at(&unchanged, &ServiceChanges::default());
        for finding in findings {
            let mut were = were.iter().filter(|was| was.rule == finding.rule).peekable();
            // Looked up once for a finding, and not for each that the base has.
            let names = were.peek().map(|_| self.names_in_question(finding)).unwrap_or_default();
            if were.any(|was| is_same(finding, &names, was) || self.is_retitled(base, finding, was)) {
                finding.cause = Cause::Standing;
                finding.level = finding.level.min(self.policy().levels(finding.rule).standing);
            } else if finding.rule != GateRule::StandingRed {
                finding.news = News::New;
            }
        }
    }

    /// Whether a finding is one of the base about an action or objective that has another name now.
    fn is_retitled(&self, base: &'e Estate, now: &Finding<'e>, was: &Finding<'e>) -> bool {
        let (Some(service), Some(before)) = (now.service, was.service) else { return false };
        let goes_on = if let (What::Overdue(action), What::Overdue(old)) = (&now.what, &was.what) {
            retitled_action(old, before, service).is_some_and(|retitled| std::ptr::eq(retitled, *action))
        } else if let (What::Missed(result), What::Missed(old)) = (&now.what, &was.what) {
            let results = (base.slos_of(before), self.now.slos_of(service));
            renamed_objective(&old.slo, results.0, results.1) == Some(&*result.slo)
        } else {
            false
        };
        goes_on && weight(was) >= weight(now)
    }

    /// The ids, in every version, of each category whose state a finding is about.
    fn names_in_question(&self, finding: &Finding<'e>) -> Vec<Vec<&'e CategoryId>> {
        let rubrics = &self.now.rubrics;
        let names = |category: &'e Category| {
            let has_it = |rubric: &&'e Arc<Rubric>| {
                rubric.categories.iter().any(|known| std::ptr::eq(known, category))
            };
            let rubric = rubrics.iter().find(has_it);
            rubric.map_or_else(|| vec![&category.id], |rubric| rubrics.names_over_time(rubric, category))
        };
        finding.what.categories_in_question().into_iter().map(names).collect()
    }
}

/// Whether the base had a finding of the same rule, and took it as seriously. One that names more categories than it did,
/// or is about something that got worse, is another one. `names` are those of the categories in question.
fn is_same(now: &Finding<'_>, names: &[Vec<&CategoryId>], was: &Finding<'_>) -> bool {
    if weight(was) < weight(now) {
        return false;
    }
    match (&now.what, &was.what) {
        (What::Overdue(now), What::Overdue(was)) if now.due != was.due => return false,
        (What::Missed(now), What::Missed(was))
            if (now.attained, now.objective) != (was.attained, was.objective) =>
        {
            return false;
        }
        (_, _) => {}
    }
    if names.is_empty() {
        return now.what.identity() == was.what.identity();
    }
    let were = was.what.categories_in_question();
    names.iter().all(|names| were.iter().any(|was| names.contains(&&was.id)))
}

/// How serious a finding is: what a waiver covers is not.
fn weight(finding: &Finding<'_>) -> GateLevel {
    if finding.waiver.is_some() { GateLevel::Allow } else { finding.level }
}

impl<'e> What<'e> {
    /// What tells it from other findings of its rule and service, in every run: not its words or its line.
    #[must_use]
    pub fn identity(&self) -> Vec<String> {
        match self {
            Self::Colour(turn) => vec![turn.category.id.to_string()],
            Self::Overdue(action)
            | Self::Withdrawn(Withdrawn::ActionRemoved(action) | Withdrawn::ActionPostponed(action, _)) => {
                vec![action.raised.to_string(), action.what.clone()]
            }
            Self::Expired(waiver)
            | Self::Waived(waiver)
            | Self::Withdrawn(Withdrawn::WaiverRemoved(waiver) | Withdrawn::WaiverPostponed(waiver, _)) => {
                vec![waiver.category.to_string(), waiver.until.to_string()]
            }
            Self::Removed { date, judgement } => {
                let category = judgement.map(|(category, _)| category.to_string());
                std::iter::once(date.to_string()).chain(category).collect()
            }
            Self::OtherPast { on, .. } => vec![on.to_string(), "identity".to_owned()],
            Self::Moved { onset, .. } | Self::LessImportant(_, onset) => match onset {
                Onset::Today => Vec::new(),
                Onset::Planned(day) => vec![day.to_string()],
            },
            Self::RubricDropped(rubric, ..) => vec![rubric.id.to_string()],
            Self::Rewritten { date, category, .. } => vec![date.to_string(), category.to_string()],
            Self::PastEdited(date, edit) => {
                let edit = match edit {
                    PastEdit::Confirms => "confirms",
                    PastEdit::Rubric(..) => "rubric",
                };
                vec![date.to_string(), edit.to_owned()]
            }
            Self::Withdrawn(Withdrawn::NoLongerAsked(category) | Withdrawn::NoLongerRated(category)) => {
                vec![category.id.to_string()]
            }
            Self::Withdrawn(
                Withdrawn::ResultRemoved(slo)
                | Withdrawn::ResultChanged(slo, _)
                | Withdrawn::NoLongerGreen(slo),
            )
            | Self::Missed(slo) => vec![slo.slo.clone(), slo.month_in_digits()],
            Self::Edited(rubric, _) => vec![rubric.to_string()],
            Self::Stale(..)
            | Self::NotAssessed(_)
            | Self::Gone
            | Self::Retired(..)
            | Self::Switched(..)
            | Self::Loosened(_) => Vec::new(),
        }
    }

    /// The categories whose state it is about.
    fn categories_in_question(&self) -> Vec<&'e Category> {
        match self {
            Self::Colour(turn) => vec![turn.category],
            Self::Stale(categories, _) | Self::NotAssessed(categories) => categories.clone(),
            Self::Overdue(_)
            | Self::Expired(_)
            | Self::Waived(_)
            | Self::Removed { .. }
            | Self::Rewritten { .. }
            | Self::PastEdited(..)
            | Self::Withdrawn(_)
            | Self::Missed(_)
            | Self::Edited(..)
            | Self::Gone
            | Self::OtherPast { .. }
            | Self::Retired(..)
            | Self::Moved { .. }
            | Self::LessImportant(..)
            | Self::RubricDropped(..)
            | Self::Switched(..)
            | Self::Loosened(_) => Vec::new(),
        }
    }
}
