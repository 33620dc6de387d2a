//! The facts of a finding below its title: why, since when, what the rubric asks for, and what to do.

use super::words::{loosening, news, said};
use crate::diag::render::{Fact, FactKind};
use crate::eval::{Finding, FindingPlace, IneffectiveWaiver, Transition, What, Withdrawn};
use crate::model::{Category, CategoryId, Colour, GateRule, Verdict, Waiver};

/// The only category that a finding is about.
pub(super) fn category<'e>(what: &What<'e>) -> Option<&'e CategoryId> {
    match what {
        What::Colour(turn) => Some(&turn.category.id),
        What::Overdue(action)
        | What::Withdrawn(Withdrawn::ActionRemoved(action) | Withdrawn::ActionPostponed(action, _)) => {
            action.category.as_ref().map(|name| &name.id)
        }
        What::Expired(waiver)
        | What::Waived(waiver)
        | What::Withdrawn(Withdrawn::WaiverRemoved(waiver) | Withdrawn::WaiverPostponed(waiver, _)) => {
            Some(&waiver.category.id)
        }
        What::Withdrawn(Withdrawn::NoLongerAsked(of) | Withdrawn::NoLongerRated(of)) => Some(&of.category.id),
        What::Removed { judgement, .. } => judgement.map(|(category, _)| category),
        What::Rewritten { category, .. } => Some(category),
        What::Withdrawn(
            Withdrawn::ResultRemoved(_) | Withdrawn::ResultChanged(..) | Withdrawn::NoLongerGreen(_),
        )
        | What::PastEdited(..)
        | What::Stale(..)
        | What::NotAssessed(_)
        | What::Missed(_)
        | What::Gone
        | What::OtherPast { .. }
        | What::Retired(..)
        | What::Moved { .. }
        | What::LessImportant(..)
        | What::RubricDropped(..)
        | What::Switched(..)
        | What::Edited(..)
        | What::Loosened(_) => None,
    }
}

/// The facts of a finding, in the order of reading.
pub(super) fn facts(finding: &Finding<'_>) -> Vec<Fact> {
    let mut facts = vec![fact(FactKind::When, "status", news(finding.news))];
    match &finding.what {
        What::Colour(turn) => colour(finding, turn, &mut facts),
        What::Overdue(action) => {
            facts.push(fact(FactKind::Background, "raised", action.raised.to_string()));
            facts.extend(action.owner.iter().map(|owner| fact(FactKind::Background, "owner", owner.clone())));
            facts.extend(
                action.support.iter().map(|support| fact(FactKind::Background, "support", support.clone())),
            );
        }
        What::Expired(waiver) | What::Waived(waiver) => {
            facts.push(fact(FactKind::Why, "because", waiver.because.clone()));
            facts.push(fact(FactKind::Background, "approved by", waiver.approvers()));
            facts.extend(waiver.evidence_text().map(|text| fact(FactKind::Background, "evidence", text)));
        }
        What::Rewritten { from, to, .. } => {
            let because = |verdict: &Verdict| verdict.because().map(str::to_owned);
            facts.extend(from.and_then(because).map(|text| fact(FactKind::Background, "was because", text)));
            facts.extend(because(to).map(|text| fact(FactKind::Why, "now because", text)));
        }
        What::Removed { judgement: Some((_, verdict)), .. } => {
            facts.extend(
                verdict
                    .because()
                    .map(|text| fact(FactKind::Why, &format!("{} because", said(verdict)), text.to_owned())),
            );
        }
        What::Loosened(ways) => {
            facts.extend(ways.iter().map(|way| fact(FactKind::Why, "now", loosening(way))));
        }
        What::Retired(retired, _) => {
            facts.extend(retired.because.iter().map(|text| fact(FactKind::Why, "because", text.clone())));
        }
        What::RubricDropped(_, reds, _) => {
            let ids: Vec<_> = reds.iter().map(|category| category.id.as_str()).collect();
            facts.extend((!ids.is_empty()).then(|| fact(FactKind::Why, "red under it", ids.join(", "))));
        }
        What::Edited(_, categories) => {
            let ids: Vec<_> = categories.iter().map(|category| category.id.as_str()).collect();
            facts.extend((!ids.is_empty()).then(|| fact(FactKind::Why, "categories", ids.join(", "))));
        }
        What::Stale(..)
        | What::NotAssessed(_)
        | What::Missed(_)
        | What::Removed { judgement: None, .. }
        | What::PastEdited(..)
        | What::Withdrawn(_)
        | What::Gone
        | What::OtherPast { .. }
        | What::Moved { .. }
        | What::LessImportant(..)
        | What::Switched(..) => {}
    }
    facts.extend(finding.ineffective_waiver.as_ref().map(
        |IneffectiveWaiver { waiver, objection, .. }| {
            let text = format!("the waiver until {} does not count: {objection}", waiver.until);
            fact(FactKind::Why, "waiver", text)
        },
    ));
    facts.push(match finding.waiver {
        Some(waiver) => fact(FactKind::ToDo, "waiver", waiver_text(waiver)),
        None => {
            let (first, otherwise) = advice(finding);
            let text =
                otherwise.map_or_else(|| first.clone(), |otherwise| format!("{first}; or {otherwise}"));
            fact(FactKind::ToDo, "what to do", text)
        }
    });
    facts
}

fn fact(kind: FactKind, label: &str, text: String) -> Fact {
    Fact { kind, label: label.to_owned(), text }
}

fn waiver_text(waiver: &Waiver) -> String {
    let evidence = waiver.evidence_text().map(|text| format!("; evidence: {text}")).unwrap_or_default();
    format!("until {}, approved by {}: {}{evidence}", waiver.until, waiver.approvers(), waiver.because)
}

/// Why it is what it is and was what it was, what the rubric asks for, and where it is explained.
fn colour(finding: &Finding<'_>, turn: &Transition<'_>, facts: &mut Vec<Fact>) {
    let before = turn.before.and_then(|before| before.status.colour());
    if let Some(now) = turn.now {
        let colour = now.status.colour().map(Colour::word);
        if let (Some(judged), Some(colour)) = (now.judged, colour) {
            let is_change = finding.rule != GateRule::StandingRed;
            let before = before.filter(|_| is_change).map(|before| was(before, turn)).unwrap_or_default();
            facts.push(fact(FactKind::When, &format!("{colour} since"), format!("{}{before}", judged.since)));
        }
        let label = format!("{} because", colour.unwrap_or("now"));
        facts.extend(now.because().map(|because| fact(FactKind::Why, &label, because.to_owned())));
    }
    if finding.rule != GateRule::StandingRed
        && let Some(was) = turn.before
        && let Some(colour) = before
    {
        facts.extend(
            was.because()
                .map(|because| fact(FactKind::Background, &format!("{colour} because"), because.to_owned())),
        );
    }
    facts.extend(
        turn.now
            .and_then(|now| now.provider)
            .map(|provider| fact(FactKind::Background, "inherited from", provider.to_string())),
    );
    asked_for(turn.category, turn.now.and_then(|now| now.status.colour()).or(before), facts);
}

/// "; amber as of 2026-11-09", or "; amber before, since 2025-03-01" where the base is another estate.
fn was(colour: Colour, turn: &Transition<'_>) -> String {
    let since = turn.before.and_then(|before| before.judged).map(|judged| judged.since);
    match (turn.before_on, since) {
        (Some(day), _) => format!("; {colour} as of {day}"),
        (None, Some(since)) => format!("; {colour} before, since {since}"),
        (None, None) => String::new(),
    }
}

/// What the next better colour asks for, and guidance.
fn asked_for(category: &Category, from: Option<Colour>, facts: &mut Vec<Fact>) {
    if let Some((colour, definition)) = from.and_then(|from| category.next_step(from)) {
        let label = format!("back to {colour}");
        facts.extend(
            definition.statements.iter().map(|statement| fact(FactKind::AskedFor, &label, statement.clone())),
        );
    }
    let guidance = category.guidance.iter();
    facts.extend(guidance.map(|guidance| fact(FactKind::AskedFor, "guidance", guidance.to_string())));
}

/// What to do, and what else would do.
fn advice(finding: &Finding<'_>) -> (String, Option<String>) {
    let service = finding.service.map_or("…", |service| service.id.as_str());
    let only = match (&finding.what, finding.rule) {
        (
            What::Colour(turn),
            GateRule::DropToRed
            | GateRule::RedUnderRaisedBar
            | GateRule::NewRed
            | GateRule::SlipToAmber
            | GateRule::StandingRed,
        ) => {
            return put_right(finding, turn, service);
        }
        (What::Colour(turn), _) => {
            let category = finding.shared_ids.name(turn.rubric, &turn.category.id);
            format!("judge `{category}` as it is; if this is right, say why in the pull request")
        }
        (What::Stale(..), _) => {
            format!("look again: `fundamentals score {service}`")
        }
        (What::NotAssessed(_), _) => "judge them in the next assessment".to_owned(),
        (What::Overdue(_), _) => {
            format!("if it is done: `fundamentals action done {service} …`; else agree on another `due`")
        }
        (What::Expired(waiver), _) => format!("put `{}` right, or agree on another end", waiver.category),
        (What::Missed(_), _) => {
            "ask what the scores don't see: which category would have told? Judge that one again".to_owned()
        }
        (What::Withdrawn(Withdrawn::ActionRemoved(_) | Withdrawn::ActionPostponed(..)), _) => {
            "put the entry back as it was; if the commitment was dropped, say why in the pull request"
                .to_owned()
        }
        (
            What::Withdrawn(
                Withdrawn::NoLongerGreen(_) | Withdrawn::NoLongerAsked(_) | Withdrawn::NoLongerRated(_),
            ),
            _,
        ) => {
            "assess the categories without a colour; if this is right, say why in the pull request".to_owned()
        }
        (What::Withdrawn(_), _) => {
            "put the entry back as it was, or say in the pull request why it changed".to_owned()
        }
        (What::Removed { .. } | What::Rewritten { .. } | What::PastEdited(..), _) => {
            "put it back, and say in a new assessment what has changed: the past stays what it was".to_owned()
        }
        (What::Gone, _) => match finding.place {
            FindingPlace::Base(_) | FindingPlace::Now(_) | FindingPlace::Settings => {
                "put the file back, unless the service was switched off".to_owned()
            }
        },
        (What::OtherPast { was: Some(_), is: Some(_), .. }, _) => format!(
            "put it back; `fundamentals move {service} …` keeps in `previously` what it was up to the day before"
        ),
        (What::OtherPast { .. }, _) => {
            "put it back; a service that comes back keeps `retired` in an entry of `previously`".to_owned()
        }
        (What::Retired(..), _) => {
            "make sure that it is switched off: a retired service is in no count and in no gate".to_owned()
        }
        (What::Moved { .. }, _) => "agree on it with those who answer for it from then on".to_owned(),
        (What::RubricDropped(..), _) => {
            "agree on it with those who review it under this rubric: its colours no longer count".to_owned()
        }
        (What::LessImportant(..), _) => "agree on it with whoever answers for the domain".to_owned(),
        (What::Switched(..), _) => {
            "stay with the rubric, unless it was agreed on: under another one no drop can be seen".to_owned()
        }
        (What::Waived(_), _) => "make sure that who approved it knows".to_owned(),
        (What::Edited(..), _) => {
            "give it a new version; to see which: `fundamentals rubric lint --base …`".to_owned()
        }
        (What::Loosened(_), _) => {
            "agree on it by itself: until it is merged, the policy of before counts".to_owned()
        }
    };
    (only, None)
}

fn put_right(finding: &Finding<'_>, turn: &Transition<'_>, service: &str) -> (String, Option<String>) {
    let category = finding.shared_ids.name(turn.rubric, &turn.category.id);
    let first = match turn.now.and_then(|now| now.provider) {
        Some(provider) => format!("talk to {provider}, whose colour this is"),
        None => format!("put it right and judge `{category}` again"),
    };
    let otherwise = format!(
        "agree on a date: `fundamentals waive {service} {category} --until … --because … --approved-by …`; for more: \
         `fundamentals explain {category}`"
    );
    (first, Some(otherwise))
}
