//! What was changed in settings and rubrics, which concerns every service.

use std::collections::BTreeSet;

use crate::model::{
    Assessment, Date, Estate, GateLevel, GateRule, Rubric, Rubrics, RuleLevels, Settings, WaiverPolicy,
};

use super::{Base, Finding, FindingPlace, Gate, What};
use crate::eval::rubric_edit;

impl<'e> Gate<'e> {
    /// Rubrics edited in place, and settings that are less strict.
    pub(super) fn estate_findings(&self) -> Vec<Finding<'e>> {
        let Base::Estate(base) = self.base else { return Vec::new() };
        let mut findings = Vec::new();
        for rubric in self.now.rubrics.iter() {
            let Some(published) = base.rubrics.get(&rubric.key()) else { continue };
            let edit = rubric_edit(published, rubric);
            let is_draft = published.published > self.today;
            if is_draft && (edit.is_empty() || !self.is_binding(base, published)) {
                continue;
            }
            if edit.breaks_what_was_published() {
                let categories = edit.words.into_iter().chain(edit.meaning).chain(edit.gone).collect();
                let what = What::Edited(rubric.key(), categories);
                findings.push(self.estate_finding(
                    GateRule::RubricEdited,
                    what,
                    FindingPlace::Now(rubric.span),
                ));
            }
        }
        let loosened = loosened(&base.settings, &self.now.settings, self.today);
        if !loosened.is_empty() {
            let what = What::Loosened(loosened);
            findings.push(self.estate_finding(GateRule::SettingsLoosened, what, FindingPlace::Settings));
        }
        findings
    }

    /// Whether an estate rests on what a version of a rubric says: it is published, or an assessment is under it or under a
    /// later version, which continues it.
    fn is_binding(&self, estate: &Estate, rubric: &Rubric) -> bool {
        let rests_on_it = |assessment: &Assessment| {
            let used = &assessment.rubric;
            used.id == rubric.id && used.version.major >= rubric.version.major
        };
        rubric.published <= self.today
            || estate.services().iter().any(|service| service.assessments.iter().any(rests_on_it))
    }

    /// Whether this change brings a version of a rubric, or rewrites a draft that nothing at the base rests on.
    pub(super) fn is_rubric_new(&self, rubric: &Rubric) -> bool {
        let Base::Estate(base) = self.base else { return false };
        base.rubrics.get(&rubric.key()).is_none_or(|known| {
            known.published > self.today
                && !rubric_edit(known, rubric).is_empty()
                && !self.is_binding(base, known)
        })
    }

    /// Whether this change brings or removes a version of a rubric, up to the one given: what is carried from older
    /// versions may be another colour by that.
    pub(super) fn is_lineage_new(&self, rubric: &Rubric) -> bool {
        let Base::Estate(base) = self.base else { return false };
        let until = |rubrics: &'e Rubrics| {
            let versions = rubrics.versions(&rubric.id);
            versions.filter(|it| it.version.major <= rubric.version.major).collect::<Vec<_>>()
        };
        let now = until(&self.now.rubrics);
        now.iter().any(|it| self.is_rubric_new(it)) || until(&base.rubrics).len() > now.len()
    }

    fn estate_finding(&self, rule: GateRule, what: What<'e>, place: FindingPlace) -> Finding<'e> {
        let level = self.level(rule, None);
        Finding::new(rule, None, what, level, place)
    }
}

/// Every way in which settings are less strict than they were.
fn loosened(before: &Settings, now: &Settings, today: Date) -> Vec<String> {
    let mut loosened = Vec::new();
    for rule in GateRule::ALL.iter().copied() {
        for (scope, from, to) in scopes(before.gate.levels(rule), now.gate.levels(rule)) {
            if to < from {
                loosened.push(format!("`{}` {scope}: {} → {}", rule.name(), from.word(), to.word()));
            }
        }
    }
    loosened.extend(loosened_waivers(&before.waivers, &now.waivers));
    let globs = [
        ("service files", &before.services, &now.services),
        ("rubrics", &before.rubrics, &now.rubrics),
        ("SLO results", &before.slos, &now.slos),
    ];
    for (what, before, now) in globs {
        let gone = before.iter().filter(|glob| !now.contains(glob));
        loosened.extend(gone.map(|glob| format!("{what} are no longer looked for in `{glob}`")));
    }
    let numbers = [
        ("standing-red-reviews", before.gate.standing_red_reviews, now.gate.standing_red_reviews),
        ("stale-after-weeks", before.review.stale_after_weeks, now.review.stale_after_weeks),
        ("cadence-weeks", before.review.cadence_weeks, now.review.cadence_weeks),
    ];
    let higher = numbers.into_iter().filter(|(_, from, to)| to > from);
    loosened.extend(higher.map(|(key, from, to)| format!("`{key}`: {from} → {to}")));
    for domain in &before.domains {
        if !now.domains.is_empty() && !now.domains.iter().any(|it| it.id == domain.id) {
            loosened.push(format!("the domain {} is gone", domain.id));
        }
        let kept = now.domains.iter().find(|it| it.id == domain.id);
        let is_kept = |day| kept.is_some_and(|kept| kept.reviews.contains(day));
        let gone = domain.reviews.iter().filter(|day| **day <= today && !is_kept(day));
        loosened.extend(gone.map(|day| format!("the review of {} on {day} is gone", domain.id)));
    }
    loosened
}

/// Every way in which more waivers count than did.
fn loosened_waivers(before: &WaiverPolicy, now: &WaiverPolicy) -> Vec<String> {
    let mut loosened = Vec::new();
    if now.max_weeks > before.max_weeks {
        loosened.push(format!("`max-weeks` of waivers: {} → {}", before.max_weeks, now.max_weeks));
    }
    if now.own_approval > before.own_approval {
        let [from, to] = [before, now].map(|policy| policy.own_approval.word());
        loosened.push(format!("an owner's approval of waivers: {from} → {to}"));
    }
    let everywhere = added_approvers(before.approvers_of(None), now.approvers_of(None));
    loosened.extend(everywhere.iter().map(|who| format!("{who} may approve waivers")));
    let domains: BTreeSet<_> =
        [before, now].into_iter().flat_map(|policy| &policy.domains).map(|(id, _)| id).collect();
    for domain in domains {
        let added = added_approvers(before.approvers_of(Some(domain)), now.approvers_of(Some(domain)));
        let added = added.iter().filter(|who| !everywhere.contains(who));
        loosened.extend(added.map(|who| format!("{who} may approve waivers in the domain {domain}")));
    }
    loosened
}

/// Who may approve waivers and might not before; each `None` is anyone.
fn added_approvers(before: Option<Vec<&str>>, now: Option<Vec<&str>>) -> Vec<String> {
    match (before, now) {
        (None, _) => Vec::new(),
        (Some(_), None) => vec!["anyone".to_owned()],
        (Some(before), Some(now)) => {
            let added = now.into_iter().filter(|name| !before.contains(name));
            added.map(|name| format!("`{name}`")).collect()
        }
    }
}

/// Each scope that either names, with both levels: what holds a service of that scope and of no other.
fn scopes(before: &RuleLevels, now: &RuleLevels) -> Vec<(String, GateLevel, GateLevel)> {
    let mut scopes = vec![
        ("on the Golden Thread".to_owned(), before.golden_thread, now.golden_thread),
        ("elsewhere".to_owned(), before.elsewhere, now.elsewhere),
        ("where it is standing".to_owned(), before.standing, now.standing),
    ];
    let domains: BTreeSet<_> =
        [before, now].into_iter().flat_map(|levels| &levels.domains).map(|(id, _)| id).collect();
    for domain in domains {
        let level = |levels: &RuleLevels| {
            let named = levels.domains.iter().find(|(id, _)| id == domain);
            named.map_or(levels.elsewhere, |(_, level)| *level)
        };
        scopes.push((format!("in the domain {domain}"), level(before), level(now)));
    }
    let criticalities: BTreeSet<_> =
        [before, now].into_iter().flat_map(|levels| &levels.criticality).map(|(it, _)| it.name()).collect();
    for name in criticalities {
        let level = |levels: &RuleLevels| {
            let named = levels.criticality.iter().find(|(it, _)| it.name() == name);
            named.map_or(levels.elsewhere, |(_, level)| *level)
        };
        scopes.push((format!("for {name}"), level(before), level(now)));
    }
    scopes
}
