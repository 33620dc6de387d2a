//! `[gate]` of the settings → [`GatePolicy`].

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{DomainId, GateLevel, GatePolicy, GateRule, RuleLevels, Settings};
use crate::source::{Entry, Node, Spanned, Value};
use crate::text::{did_you_mean, list};

use super::keys::settings as keys;
use super::table::{Table, text, wrong_type};
use super::values::criticality;

/// Reads `[gate]`. `settings` are the other settings, with the domains and levels.
pub(super) fn read(node: &Node, settings: &Settings, problems: &mut Problems) -> GatePolicy {
    let mut policy = GatePolicy::default();
    let Some(table) = Table::open(node, node.span, &keys::GATE, problems) else { return policy };
    if let Some(number) = table.count("standing-red-reviews", problems) {
        policy.standing_red_reviews = number.value;
    }
    for rule in GateRule::ALL.iter().copied() {
        if let Some(node) = table.get(rule.name()) {
            read_rule(node, rule, policy.levels_mut(rule), settings, problems);
        }
    }
    policy
}

/// Reads one rule: a level for everything, or a table of scopes.
fn read_rule(
    node: &Node,
    rule: GateRule,
    levels: &mut RuleLevels,
    settings: &Settings,
    problems: &mut Problems,
) {
    if let Value::Scalar(..) = node.value {
        if let Some(level) = level(node, rule.name(), problems) {
            *levels = RuleLevels::everywhere(level);
        }
        return;
    }
    let Some(table) = Table::open(node, node.span, keys::of_rule(rule), problems) else { return };
    let levels_by_key = [
        ("golden-thread", &mut levels.golden_thread),
        ("elsewhere", &mut levels.elsewhere),
        ("standing", &mut levels.standing),
    ];
    for (key, set) in levels_by_key.into_iter().filter(|(key, _)| table.key(key).is_some()) {
        if let Some(level) = table.get(key).and_then(|node| level(node, key, problems)) {
            *set = level;
        }
    }
    if rule.is_about_the_estate() {
        return;
    }
    levels.domains = scopes(&table, "domain", problems, |name, problems| domain(name, settings, problems));
    levels.criticality = scopes(&table, "criticality", problems, |name, problems| {
        criticality(name, &settings.criticality, problems)
    });
}

/// A table of levels by domain or criticality.
fn scopes<T>(
    table: &Table<'_>,
    key: &str,
    problems: &mut Problems,
    find: impl Fn(&Spanned<String>, &mut Problems) -> Option<T>,
) -> Vec<(T, GateLevel)> {
    let Some(node) = table.get(key) else { return Vec::new() };
    let Some(entries) = scopes_of(node, key, "\"warn\"", problems) else { return Vec::new() };
    let scope = |entry: &Entry| {
        let found = find(&entry.key, problems);
        let level = level(&entry.node, &entry.key.value, problems);
        found.zip(level)
    };
    entries.iter().filter_map(scope).collect()
}

/// The entries of a table by domain or criticality. `example` is a value that they may have.
pub(super) fn scopes_of<'n>(
    node: &'n Node,
    key: &str,
    example: &str,
    problems: &mut Problems,
) -> Option<&'n [Entry]> {
    let Value::Table(entries) = &node.value else {
        let problem = wrong_type(node, &format!("`{key}` must be a table by {key}"));
        problems.push(problem.help(format!("for example `{key} = {{ some-{key} = {example} }}`")));
        return None;
    };
    Some(entries)
}

/// A domain that the settings know, or any where they list none.
pub(super) fn domain(
    name: &Spanned<String>,
    settings: &Settings,
    problems: &mut Problems,
) -> Option<DomainId> {
    let names: Vec<_> = settings.domains.iter().map(|domain| domain.id.as_str()).collect();
    if !names.is_empty() && !names.contains(&name.value.as_str()) {
        let problem = Diagnostic::new(Code::UnknownDomain, format!("unknown domain `{}`", name.value));
        let help = did_you_mean(&name.value, names.iter().copied(), &format!("known here: {}", list(&names)));
        problems.push(problem.at(name.span, "not a `[[domain]]` of this file").help(help));
        return None;
    }
    super::values::id(name, DomainId::new, problems)
}

/// The level that a text names.
fn level(node: &Node, key: &str, problems: &mut Problems) -> Option<GateLevel> {
    let word = text(node, &format!("`{key}`"), problems)?;
    let level = GateLevel::from_word(&word.value);
    if level.is_none() {
        let words = GateLevel::ALL.map(GateLevel::word);
        let problem =
            Diagnostic::new(Code::InvalidValue, format!("`{}` is not a level of the gate", word.value));
        problems.push(problem.at(word.span, "not a level").help(did_you_mean(&word.value, words, "")));
    }
    level
}
