//! In what settings are less strict than they were.

use std::collections::BTreeSet;

use crate::model::{
    Criticality, Date, DomainId, GateLevel, GateRule, IdFrom, OwnApproval, Requirement, RubricId, RuleLevels,
    Settings, WaiverPolicy,
};

/// One way in which settings are less strict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loosening<'e> {
    /// A rule is taken less seriously in a scope.
    Rule { rule: GateRule, scope: RuleScope<'e>, from: GateLevel, to: GateLevel },
    /// The number of a key of the settings is higher.
    Number { key: &'static str, from: u32, to: u32 },
    /// Files of a kind, as people call them, are no longer looked for by a glob.
    Glob { files: &'static str, glob: &'e str },
    /// The ids of services have to agree with less.
    IdFrom { from: IdFrom, to: IdFrom },
    /// The domain is gone.
    Domain(&'e DomainId),
    /// A review that was held is gone.
    Review(&'e DomainId, Date),
    /// A rubric is no longer required of anybody.
    Required(&'e RubricId),
    /// A rubric is required from a later day on.
    RequiredLater { rubric: &'e RubricId, from: Date, to: Date },
    /// A rubric is required of fewer services.
    RequiredOfFewer(&'e RubricId),
    /// Waivers may last longer, in weeks.
    WaiverWeeks { from: u32, to: u32 },
    /// An approval by the service's own owner is worth more.
    OwnApproval { from: OwnApproval, to: OwnApproval },
    /// Somebody may approve waivers who might not before, everywhere or in a domain.
    Approver(Approver<'e>, Option<&'e DomainId>),
}

/// Where a rule has a level of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleScope<'e> {
    GoldenThread,
    /// In services that no other scope holds.
    Elsewhere,
    /// For findings that a change did not cause.
    Standing,
    Domain(&'e DomainId),
    /// Services of the criticality with this name.
    Criticality(&'e str),
}

/// Who may approve waivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approver<'e> {
    Anyone,
    Named(&'e str),
}

/// Every way in which settings are less strict than they were.
pub(super) fn loosened<'e>(before: &'e Settings, now: &'e Settings, today: Date) -> Vec<Loosening<'e>> {
    let mut loosened = Vec::new();
    for rule in GateRule::ALL.iter().copied() {
        let scopes = scopes(before.gate.levels(rule), now.gate.levels(rule)).into_iter();
        let lower = scopes.filter(|(_, from, to)| to < from);
        loosened.extend(lower.map(|(scope, from, to)| Loosening::Rule { rule, scope, from, to }));
    }
    loosened.extend(loosened_waivers(&before.waivers, &now.waivers));
    loosened.extend(loosened_requirements(&before.required, &now.required));
    let globs = [
        ("service files", &before.services, &now.services),
        ("rubrics", &before.rubrics, &now.rubrics),
        ("SLO results", &before.slos, &now.slos),
    ];
    for (files, before, now) in globs {
        let gone = before.iter().filter(|glob| !now.contains(glob));
        loosened.extend(gone.map(|glob| Loosening::Glob { files, glob }));
    }
    if before.id_from != now.id_from && now.id_from == IdFrom::Key {
        loosened.push(Loosening::IdFrom { from: before.id_from, to: now.id_from });
    }
    let numbers = [
        ("standing-red-reviews", before.gate.standing_red_reviews, now.gate.standing_red_reviews),
        ("stale-after-weeks", before.review.stale_after_weeks, now.review.stale_after_weeks),
        ("cadence-weeks", before.review.cadence_weeks, now.review.cadence_weeks),
    ];
    let higher = numbers.into_iter().filter(|(_, from, to)| to > from);
    loosened.extend(higher.map(|(key, from, to)| Loosening::Number { key, from, to }));
    for domain in &before.domains {
        let kept = now.domains.iter().find(|known| known.id == domain.id);
        if kept.is_none() && !now.domains.is_empty() {
            loosened.push(Loosening::Domain(&domain.id));
        }
        let is_kept = |day| kept.is_some_and(|kept| kept.reviews.contains(day));
        let gone = domain.reviews.iter().filter(|day| **day <= today && !is_kept(day));
        loosened.extend(gone.map(|day| Loosening::Review(&domain.id, *day)));
    }
    loosened
}

/// Every way in which more waivers count than did.
fn loosened_waivers<'e>(before: &'e WaiverPolicy, now: &'e WaiverPolicy) -> Vec<Loosening<'e>> {
    let mut loosened = Vec::new();
    if now.max_weeks > before.max_weeks {
        loosened.push(Loosening::WaiverWeeks { from: before.max_weeks, to: now.max_weeks });
    }
    if now.own_approval > before.own_approval {
        loosened.push(Loosening::OwnApproval { from: before.own_approval, to: now.own_approval });
    }
    let everywhere = added_approvers(before.approvers_of(None), now.approvers_of(None));
    loosened.extend(everywhere.iter().map(|who| Loosening::Approver(*who, None)));
    let domains: BTreeSet<_> =
        [before, now].into_iter().flat_map(|policy| &policy.domains).map(|(id, _)| id).collect();
    for domain in domains {
        let added = added_approvers(before.approvers_of(Some(domain)), now.approvers_of(Some(domain)));
        let added = added.into_iter().filter(|who| !everywhere.contains(who));
        loosened.extend(added.map(|who| Loosening::Approver(who, Some(domain))));
    }
    loosened
}

/// Every requirement that asks less than it did. It may be written as several.
fn loosened_requirements<'e>(before: &'e [Requirement], now: &'e [Requirement]) -> Vec<Loosening<'e>> {
    let loosened = before.iter().filter_map(|required| {
        let rubric = &required.rubric;
        let kept: Vec<_> = now.iter().filter(|kept| kept.rubric == *rubric).collect();
        if kept.is_empty() {
            return Some(Loosening::Required(rubric));
        }
        // What holds of each level and of the fewest tags alone holds of them all.
        let levels = alternatives(required.of.criticality.iter().map(Criticality::name));
        let tags: Vec<_> = alternatives(required.of.tags.any.iter().map(String::as_str))
            .into_iter()
            .map(|tag| required.of.tags.all.iter().cloned().chain(tag.map(str::to_owned)).collect::<Vec<_>>())
            .collect();
        let parts = levels.iter().flat_map(|level| tags.iter().map(move |tags| (*level, tags)));
        let since = |(level, tags): (Option<&str>, &Vec<String>)| {
            let of = kept.iter().filter(|kept| {
                let Requirement { of, .. } = kept;
                let mut names = of.criticality.iter().map(Criticality::name);
                (of.criticality.is_empty() || level.is_some_and(|level| names.any(|name| name == level)))
                    && of.tags.is_met_by(tags)
            });
            of.map(|kept| kept.from).min()
        };
        let from: Option<Vec<_>> = parts.map(since).collect();
        match from.and_then(|days| days.into_iter().max()) {
            None => Some(Loosening::RequiredOfFewer(rubric)),
            Some(to) if to > required.from => {
                Some(Loosening::RequiredLater { rubric, from: required.from, to })
            }
            Some(_) => None,
        }
    });
    loosened.collect()
}

/// Each of the names, or none if any will do.
fn alternatives<'e>(names: impl Iterator<Item = &'e str>) -> Vec<Option<&'e str>> {
    let names: Vec<_> = names.map(Some).collect();
    if names.is_empty() { vec![None] } else { names }
}

/// Who may approve waivers and might not before; each `None` is anyone.
fn added_approvers<'e>(before: Option<Vec<&'e str>>, now: Option<Vec<&'e str>>) -> Vec<Approver<'e>> {
    match (before, now) {
        (None, _) => Vec::new(),
        (Some(_), None) => vec![Approver::Anyone],
        (Some(before), Some(now)) => {
            now.into_iter().filter(|name| !before.contains(name)).map(Approver::Named).collect()
        }
    }
}

/// Each scope that either names, with both levels: those of a service that is in this scope and in no other.
fn scopes<'e>(before: &'e RuleLevels, now: &'e RuleLevels) -> Vec<(RuleScope<'e>, GateLevel, GateLevel)> {
    let mut scopes = vec![
        (RuleScope::GoldenThread, before.golden_thread, now.golden_thread),
        (RuleScope::Elsewhere, before.elsewhere, now.elsewhere),
        (RuleScope::Standing, before.standing, now.standing),
    ];
    let both = [before, now];
    let domains: BTreeSet<_> =
        both.into_iter().flat_map(|levels| &levels.domains).map(|(id, _)| id).collect();
    scopes.extend(domains.into_iter().map(|domain| {
        let [from, to] = both.map(|levels| {
            let given = levels.domains.iter().find(|(id, _)| id == domain);
            given.map_or(levels.elsewhere, |(_, level)| *level)
        });
        (RuleScope::Domain(domain), from, to)
    }));
    let by_criticality = both.into_iter().flat_map(|levels| &levels.criticality);
    let names: BTreeSet<_> = by_criticality.map(|(criticality, _)| criticality.name()).collect();
    scopes.extend(names.into_iter().map(|name| {
        let [from, to] = both.map(|levels| {
            let given = levels.criticality.iter().find(|(criticality, _)| criticality.name() == name);
            given.map_or(levels.elsewhere, |(_, level)| *level)
        });
        (RuleScope::Criticality(name), from, to)
    }));
    scopes
}
