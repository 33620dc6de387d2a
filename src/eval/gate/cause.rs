//! Which findings this change caused, and which the base has as well.

use super::pair::{Before, ServicePair};
use super::rename::ServiceChanges;
use super::retitled::{renamed_objective, retitled_action};
use super::{Base, Cause, Finding, Gate, News, Onset, PastEdit, VersionedCategory, What, Withdrawn};
use crate::model::{Assessment, CategoryId, Estate, GateLevel, GateRule, RubricId};

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
            let asked = were.peek().map(|_| finding.what.categories_in_question()).unwrap_or_default();
            let names: Vec<_> = asked.into_iter().map(|of| self.names_in_question(of)).collect();
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

    /// A category's rubric, and its ids in every version.
    pub(super) fn names_in_question(&self, of: VersionedCategory<'e>) -> NamesInQuestion<'e> {
        let VersionedCategory { rubric, category } = of;
        NamesInQuestion { rubric: &rubric.id, ids: self.now.rubrics.names_over_time(rubric, category) }
    }
}

/// What a category is and was called: in another rubric, its ids mean other categories.
pub(super) struct NamesInQuestion<'e> {
    rubric: &'e RubricId,
    ids: Vec<&'e CategoryId>,
}

impl NamesInQuestion<'_> {
    /// Whether one of these categories is called so.
    pub fn are_of_any(&self, categories: &[VersionedCategory<'_>]) -> bool {
        categories.iter().any(|of| of.rubric.id == *self.rubric && self.ids.contains(&&of.category.id))
    }
}

/// Whether the base had a finding of the same rule, and took it as seriously. One that names more categories than it did,
/// or is about something that got worse, is another one. `names` are those of the categories in question.
fn is_same(now: &Finding<'_>, names: &[NamesInQuestion<'_>], was: &Finding<'_>) -> bool {
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
    names.iter().all(|names| names.are_of_any(&were))
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
            Self::Colour(turn) => vec![turn.rubric.id.to_string(), turn.category.id.to_string()],
            Self::Overdue(action)
            | Self::Withdrawn(Withdrawn::ActionRemoved(action) | Withdrawn::ActionPostponed(action, _)) => {
                vec![action.raised.to_string(), action.what.clone()]
            }
            Self::Expired(waiver)
            | Self::Waived(waiver)
            | Self::Withdrawn(Withdrawn::WaiverRemoved(waiver) | Withdrawn::WaiverPostponed(waiver, _)) => {
                vec![waiver.category.to_string(), waiver.until.to_string()]
            }
            Self::Removed { from, judgement } => {
                let category = judgement.map(|(category, _)| category.to_string());
                day_and_rubric(from).into_iter().chain(category).collect()
            }
            Self::OtherPast { on, .. } => vec![on.to_string(), "identity".to_owned()],
            Self::Moved { onset, .. } | Self::LessImportant(_, onset) => match onset {
                Onset::Today => Vec::new(),
                Onset::Planned(day) => vec![day.to_string()],
            },
            Self::RubricDropped(rubric, ..) => vec![rubric.id.to_string()],
            Self::Rewritten { within, category, .. } => {
                day_and_rubric(within).into_iter().chain([category.to_string()]).collect()
            }
            Self::PastEdited(assessment, edit) => {
                let edit = match edit {
                    PastEdit::Confirms => "confirms",
                    PastEdit::Rubric(..) => "rubric",
                };
                day_and_rubric(assessment).into_iter().chain([edit.to_owned()]).collect()
            }
            Self::Withdrawn(Withdrawn::NoLongerAsked(of) | Withdrawn::NoLongerRated(of)) => {
                vec![of.rubric.id.to_string(), of.category.id.to_string()]
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
    fn categories_in_question(&self) -> Vec<VersionedCategory<'e>> {
        match self {
            Self::Colour(turn) => vec![VersionedCategory { rubric: turn.rubric, category: turn.category }],
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

/// What tells an assessment from the others of its service.
fn day_and_rubric(assessment: &Assessment) -> [String; 2] {
    [assessment.date.to_string(), assessment.rubric.id.to_string()]
}
