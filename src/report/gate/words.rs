//! What was found, and what it was compared with, in words.

use super::Compared;
use super::identities::{homes, lost_importance, other_past};
use crate::eval::{
    Approver, Finding, GateVerdict, Loosening, News, Onset, PastEdit, Resolved, RuleScope, SharedIds,
    Standing, Status, Transition, VersionedCategory, What, Withdrawn,
};
use crate::model::{Action, Colour, GateRule, OwnApproval, Service, Verdict};
use crate::report::glyph;
use crate::text::{list_some, plural};

/// What a reader should know of the comparison.
pub(super) fn notes(verdict: &GateVerdict<'_>, compared: Compared<'_>) -> Vec<String> {
    let Some((base, _)) = compared.base else { return Vec::new() };
    let ids = |services: &[&Service]| {
        list_some(&services.iter().map(|service| service.id.as_str()).collect::<Vec<_>>())
    };
    let mut notes = compared.history.to_vec();
    for (before, now) in &verdict.renamed {
        notes.push(format!("`{}` was `{}` at `{base}`", now.id, before.id));
    }
    if !verdict.new_services.is_empty() {
        notes.push(format!("not there at `{base}`: {}", ids(&verdict.new_services)));
    }
    if !verdict.unreadable_before.is_empty() {
        notes.push(format!(
            "not readable at `{base}`, so compared with what they were before their latest assessment: {}",
            ids(&verdict.unreadable_before)
        ));
    }
    if !verdict.perhaps_removed.is_empty() {
        notes.push(format!(
            "removed, or in a file with errors that doesn't say its service: {}",
            ids(&verdict.perhaps_removed)
        ));
    }
    notes
}

/// What was found, without the service.
pub(super) fn title(finding: &Finding<'_>) -> String {
    let ids = &finding.shared_ids;
    match &finding.what {
        What::Colour(turn) => colour_title(finding, turn),
        What::Stale(categories, since) => {
            let categories = categories_in_words(categories, ids);
            format!("nobody has looked at {categories} since {since} or later, which is too long ago")
        }
        What::NotAssessed(categories) => {
            format!("nobody knows the colour of {}", categories_in_words(categories, ids))
        }
        What::Overdue(action) => match action.due {
            Some(due) => format!("`{}` was due on {due}", action.what),
            None => format!("`{}` is overdue", action.what),
        },
        What::Expired(waiver) => {
            format!("the waiver for `{}` ended on {}, and it is still red", waiver.category, waiver.until)
        }
        What::Missed(slo) => format!(
            "every category is green, and `{}` attained {} of {} in {}",
            slo.slo,
            slo.attained,
            slo.objective,
            slo.month_in_digits()
        ),
        What::Removed { from, judgement: None } => format!("the assessment of {} is gone", from.date),
        What::Removed { from, judgement: Some((category, verdict)) } => {
            let category = ids.name(&from.rubric, category);
            format!("`{category}`, {} on {}, is gone from that assessment", said(verdict), from.date)
        }
        What::Rewritten { within, category, from: Some(from), to } => {
            let category = ids.name(&within.rubric, category);
            format!("`{category}` was {} on {}, and now says {}", said(from), within.date, said(to))
        }
        What::Rewritten { within, category, from: None, to } => {
            let category = ids.name(&within.rubric, category);
            format!("`{category}` was added to the assessment of {} as {}", within.date, said(to))
        }
        What::PastEdited(assessment, PastEdit::Confirms) => {
            format!("the assessment of {} confirms more than it did", assessment.date)
        }
        What::PastEdited(assessment, PastEdit::Rubric(from, to)) => {
            format!("the assessment of {} was under {from}, and is under {to}", assessment.date)
        }
        What::Withdrawn(withdrawn) => withdrawn_title(withdrawn, ids),
        What::Gone => "the service is gone".to_owned(),
        What::OtherPast { on, was, is } => other_past(*on, *was, *is),
        What::Retired(retired, Onset::Today) => format!("it retired on {}", retired.on),
        What::Retired(_, Onset::Planned(day)) => format!("it will be retired on {day}"),
        What::Moved { was, is, onset: Onset::Today } => format!("it moved: {}", homes(was, is).join("; ")),
        What::Moved { was, is, onset: Onset::Planned(day) } => {
            format!("it will move on {day}: {}", homes(was, is).join("; "))
        }
        What::LessImportant(lost, onset) => lost_importance(lost, *onset),
        What::RubricDropped(rubric, _, Onset::Today) => format!("{} no longer counts for it", rubric.key()),
        What::RubricDropped(rubric, _, Onset::Planned(day)) => {
            format!("{} will no longer count for it from {day} on", rubric.key())
        }
        What::Switched(from, to) => format!("it is judged by {to}, and was by {from}"),
        What::Waived(waiver) => format!("a waiver for `{}` until {} is new", waiver.category, waiver.until),
        What::Edited(key, _) => format!("{key} was edited in place"),
        What::Loosened(_) => "the settings are less strict".to_owned(),
    }
}

/// One way in which the settings are less strict.
pub(super) fn loosening(loosening: &Loosening<'_>) -> String {
    match loosening {
        Loosening::Rule { rule, scope, from, to } => {
            format!("`{}` {}: {} → {}", rule.name(), rule_scope(*scope), from.word(), to.word())
        }
        Loosening::Number { key, from, to } => format!("`{key}`: {from} → {to}"),
        Loosening::Glob { files, glob } => format!("{files} are no longer looked for in `{glob}`"),
        Loosening::IdFrom { from, to } => {
            format!("`id-from`, what services' ids must agree with: {} → {}", from.word(), to.word())
        }
        Loosening::Domain(domain) => format!("the domain {domain} is gone"),
        Loosening::Review(domain, day) => format!("the review of {domain} on {day} is gone"),
        Loosening::Required(rubric) => format!("`{rubric}` is no longer required"),
        Loosening::RequiredLater { rubric, from, to } => {
            format!("`{rubric}` is required from {to} on, and was from {from}")
        }
        Loosening::RequiredOfFewer(rubric) => format!("`{rubric}` is required of fewer services"),
        Loosening::WaiverWeeks { from, to } => format!("`max-weeks` of waivers: {from} → {to}"),
        Loosening::OwnApproval { from, to } => {
            format!("an owner's approval of waivers: {} → {}", own_approval(*from), own_approval(*to))
        }
        Loosening::Approver(who, domain) => {
            let who = match who {
                Approver::Anyone => "anyone".to_owned(),
                Approver::Named(name) => format!("`{name}`"),
            };
            let place = domain.map(|domain| format!(" in the domain {domain}")).unwrap_or_default();
            format!("{who} may approve waivers{place}")
        }
    }
}

fn rule_scope(scope: RuleScope<'_>) -> String {
    match scope {
        RuleScope::GoldenThread => "on the Golden Thread".to_owned(),
        RuleScope::Elsewhere => "elsewhere".to_owned(),
        RuleScope::Standing => "where it is standing".to_owned(),
        RuleScope::Domain(domain) => format!("in the domain {domain}"),
        RuleScope::Criticality(name) => format!("for {name}"),
    }
}

fn own_approval(approval: OwnApproval) -> &'static str {
    match approval {
        OwnApproval::Refused => "refused",
        OwnApproval::Warned => "accepted with a warning",
        OwnApproval::Accepted => "accepted",
    }
}

fn withdrawn_title(withdrawn: &Withdrawn<'_>, ids: &SharedIds<'_>) -> String {
    let name = |of: &VersionedCategory<'_>| ids.name(of.rubric, &of.category.id);
    let due = |action: &Action| action.due.map_or("no date".to_owned(), |due| due.to_string());
    match withdrawn {
        Withdrawn::ActionRemoved(action) => {
            format!("the overdue action `{}`, due {}, was removed", action.what, due(action))
        }
        Withdrawn::ActionPostponed(before, now) => {
            let (from, to) = (due(before), due(now));
            format!("the overdue action `{}` was postponed from {from} to {to}", before.what)
        }
        Withdrawn::WaiverRemoved(waiver) => format!(
            "the waiver for `{}` that ended on {} was removed, and it is still red",
            waiver.category, waiver.until
        ),
        Withdrawn::WaiverPostponed(before, now) => format!(
            "the waiver for `{}` that ended on {} gave way to one until {}, and it is still red",
            before.category, before.until, now.until
        ),
        Withdrawn::NoLongerGreen(slo) => format!(
            "`{}` missed its objective in {}, and not every category has a colour any more",
            slo.slo,
            slo.month_in_digits()
        ),
        Withdrawn::NoLongerAsked(of) => {
            format!("`{}` was never assessed, and is no longer asked of this service", name(of))
        }
        Withdrawn::NoLongerRated(of) => {
            format!("the colour of `{}` was stale, and there is none any more", name(of))
        }
        Withdrawn::ResultRemoved(slo) => {
            format!("the result of `{}` in {}, a miss, was removed", slo.slo, slo.month_in_digits())
        }
        Withdrawn::ResultChanged(before, now) => format!(
            "the result of `{}` in {} was {} of {}, a miss, and is {} of {}",
            before.slo,
            before.month_in_digits(),
            before.attained,
            before.objective,
            now.attained,
            now.objective
        ),
    }
}

fn colour_title(finding: &Finding<'_>, turn: &Transition<'_>) -> String {
    let category = finding.shared_ids.title(turn.rubric, turn.category);
    let before = turn.before.map_or("unknown".to_owned(), |before| status_in_words(before.status));
    let now = turn.now.map_or("no longer asked".to_owned(), |now| status_in_words(now.status));
    match finding.rule {
        GateRule::DropToRed => format!("{category} dropped from {before} to red"),
        GateRule::RedUnderRaisedBar => {
            format!("{category} is red under a raised bar, and was {before} under the lower one")
        }
        GateRule::NewRed => match turn.before {
            Some(was) if was.status != Status::Rated(Colour::Red) => {
                format!("{category} is red, and was {before}")
            }
            Some(_) | None => format!("{category} is red"),
        },
        GateRule::RedRedefined => {
            format!("{category} was red, and is {now} in the change that redefines or retires it")
        }
        GateRule::SlipToAmber => format!("{category} slipped from {before} to amber"),
        GateRule::StandingRed => match finding.news {
            News::New | News::Standing(0) => format!("{category} is red"),
            News::Standing(reviews) => {
                format!("{category} has been red for {}", plural(reviews, "review", "reviews"))
            }
        },
        GateRule::ColourToUnknown | GateRule::RedToInherited => match turn.now.and_then(|now| now.provider) {
            Some(provider) => format!("{category} was {before}, and is {now} by way of {provider}"),
            None => format!("{category} was {before}, and is {now}"),
        },
        // The other rules find no colours, but would have the same words.
        GateRule::RedToNotApplicable
        | GateRule::ColourToNotApplicable
        | GateRule::RedToUnknown
        | GateRule::Stale
        | GateRule::NotAssessed
        | GateRule::OverdueAction
        | GateRule::ExpiredWaiver
        | GateRule::SloMissed
        | GateRule::JudgementRemoved
        | GateRule::PastRewritten
        | GateRule::ServiceRemoved
        | GateRule::ServiceRetired
        | GateRule::ServiceMoved
        | GateRule::ImportanceLowered
        | GateRule::RubricSwitched
        | GateRule::RubricDropped
        | GateRule::RubricEdited
        | GateRule::WaiverAdded
        | GateRule::FindingWithdrawn
        | GateRule::SettingsLoosened => format!("{category} was {before}, and is {now}"),
    }
}

pub(super) fn resolved_title(resolved: &Resolved<'_>) -> String {
    let Resolved { turn, shared_ids, .. } = resolved;
    let status = |standing: Option<Standing<'_>>| {
        standing.map_or("unknown".to_owned(), |standing| status_in_words(standing.status))
    };
    format!(
        "{} is {}, and was {}",
        shared_ids.title(turn.rubric, turn.category),
        status(turn.now),
        status(turn.before)
    )
}

fn status_in_words(status: Status) -> String {
    match status {
        Status::Rated(_) | Status::NotApplicable | Status::NotAssessed => {
            glyph::status_word(status).to_owned()
        }
        Status::NeedsRescore(colour) => format!("in need of a re-score ({colour} by the lower bar)"),
    }
}

/// What a verdict says, in a word or two.
pub(super) fn said(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Rated { colour, .. } => colour.word().to_owned(),
        Verdict::NotApplicable { .. } => "not applicable".to_owned(),
        Verdict::Inherited { provider, .. } => format!("inherited from {provider}"),
    }
}

fn categories_in_words(categories: &[VersionedCategory<'_>], ids: &SharedIds<'_>) -> String {
    let names = categories.iter().map(|of| ids.name(of.rubric, &of.category.id).to_string());
    list_some(&names.collect::<Vec<_>>())
}

/// Whether it was there before, in words.
pub(super) fn news(news: News) -> String {
    match news {
        News::New => "new".to_owned(),
        News::Standing(0) => "standing, since before the last review".to_owned(),
        News::Standing(reviews) => format!("standing for {}", plural(reviews, "review", "reviews")),
    }
}
