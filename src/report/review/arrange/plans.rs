//! What was promised and agreed, and what is worth talking about.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::model::{
    Ask, Commitment, CommitmentStatus, Commitments, Effect, Prompt, State, Support, Waiver, WaiverStatus,
};
use super::super::words;
use crate::eval::{self, ActionStatus, Review, Reviewed};
use crate::model::{Date, WaiverState};

/// Who is needed from outside, most asked for first.
pub(super) fn support(commitments: &[eval::Commitment<'_, '_>]) -> Vec<Support> {
    let mut asked: BTreeMap<&str, Vec<Ask>> = BTreeMap::new();
    for it in commitments.iter().filter(|it| it.status.is_open()) {
        if let Some(support) = &it.action.support {
            asked.entry(support).or_default().push(Ask {
                service: it.reviewed.service.into(),
                what: it.action.what.clone(),
                due: it.action.due,
                overdue: it.status == ActionStatus::Overdue,
            });
        }
    }
    let asked = asked.into_iter().map(|(from, asks)| Support { from: from.to_owned(), asks });
    let mut asked: Vec<_> = asked.collect();
    asked.sort_by_key(|support| Reverse(support.asks.len()));
    asked
}

/// Commitments as they are listed.
pub(in crate::report) fn commitments(commitments: &[eval::Commitment<'_, '_>]) -> Commitments {
    let line = |it: &eval::Commitment<'_, '_>| {
        let action = it.action;
        let effect = it.effect.map(|effect| match effect {
            eval::Effect::Reached(_) => Effect::Reached,
            eval::Effect::Moved(_) => Effect::Moved,
            eval::Effect::FirstRated(_) => Effect::FirstRated,
            eval::Effect::NotMoved(_) => Effect::NotMoved,
            eval::Effect::NotLookedAt(_) => Effect::NotLookedAt,
        });
        Commitment {
            service: it.reviewed.service.into(),
            domain: it.reviewed.service.domain.to_string(),
            what: action.what.clone(),
            because: action.because.clone(),
            category: action.category.as_ref().map(ToString::to_string),
            owner: action.owner.clone(),
            support: action.support.clone(),
            raised: action.raised,
            due: action.due,
            done: it.done(),
            target: action.target.map(State::from),
            status: match it.status {
                ActionStatus::Kept => CommitmentStatus::Kept,
                ActionStatus::Slipped => CommitmentStatus::Slipped,
                ActionStatus::Open => CommitmentStatus::Open,
                ActionStatus::Overdue => CommitmentStatus::Overdue,
            },
            new: it.is_new,
            effect,
            colour_now: it.effect.map(|effect| effect.colour().into()),
            remark: words::commitment(it),
        }
    };
    Commitments {
        counts: (&eval::CommitmentCounts::of(commitments)).into(),
        lines: commitments.iter().map(line).collect(),
    }
}

pub(super) fn talk(prompts: &[eval::Prompt<'_, '_>]) -> Vec<Prompt> {
    let prompt = |it: &eval::Prompt<'_, '_>| Prompt {
        text: words::prompt(&it.topic),
        went_well: it.topic.went_well(),
        team: it.team.map(ToString::to_string),
    };
    prompts.iter().map(prompt).collect()
}

/// All waivers of the services, the first to end first.
pub(super) fn waivers(review: &Review<'_>, today: Date) -> Vec<Waiver> {
    let of = |reviewed: &Reviewed<'_>| {
        let policy = &review.estate.settings.waivers;
        let waiver = |waiver: &crate::model::Waiver| {
            let state = policy.judge(reviewed.service, waiver, today);
            Waiver {
                service: reviewed.service.into(),
                category: waiver.category.to_string(),
                status: review.status_of(reviewed, &waiver.category).map(State::from),
                until: waiver.until,
                in_days: waiver.until.days_since(today),
                because: waiver.because.clone(),
                approved_by: waiver.approvers(),
                evidence: waiver.evidence.clone(),
                raised: waiver.raised,
                objection: policy.objection(reviewed.service, waiver, &state),
                state: match state {
                    WaiverState::InForce => WaiverStatus::InForce,
                    WaiverState::Expired => WaiverStatus::Expired,
                    WaiverState::Requested(_) => WaiverStatus::Requested,
                    WaiverState::TooLong(_) => WaiverStatus::BreaksPolicy,
                },
            }
        };
        reviewed.service.waivers.iter().map(waiver).collect::<Vec<_>>()
    };
    let mut waivers: Vec<_> = review.services.iter().flat_map(of).collect();
    waivers.sort_by_key(|waiver| waiver.until);
    waivers
}
