//! The rules of the gate, what each finds, and how seriously it is taken.

use std::io::{self, Write};

use serde::Serialize;

use crate::model::{GateLevel, GatePolicy, GateRule, RuleLevels};
use crate::report::glyph::{self, styled};
use crate::report::layout::MIN_WIDTH;
use crate::report::markdown::{row, rule};
use crate::text::{escape, prose, sanitize, wrap, write_json};

/// The page that has a section for each rule.
const PAGE: &str = include_str!("../../../docs/gate.md");

/// What the documentation says of a rule, as Markdown.
#[must_use]
pub fn about_rule(rule: GateRule) -> &'static str {
    let section = PAGE.split_once(&format!("\n### {}\n", rule.name()));
    let section = section.and_then(|(_, section)| section.split("\n#").next());
    section.map_or(rule.summary(), str::trim)
}

/// The rules, and where their levels come from.
#[derive(Clone, Copy, Debug)]
pub struct RuleList<'a> {
    /// How seriously each rule is taken.
    pub policy: &'a GatePolicy,
    /// Whose policy it is.
    pub origin: Origin<'a>,
}

/// Where a policy comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin<'a> {
    /// There are no settings here.
    Default,
    /// There were none at the merge base with this revision.
    DefaultAt(&'a str),
    /// The settings here.
    Settings,
    /// Those at the merge base with this revision.
    SettingsAt(&'a str),
}

/// A format for a list of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFormat {
    /// For a terminal.
    Human,
    /// For programs, `fundamentals/gate-rules/v1`.
    Json,
    /// A table.
    Markdown,
}

impl Origin<'_> {
    fn in_words(self) -> String {
        match self {
            Self::Default => "these are the defaults, since there is no `fundamentals.toml` here".to_owned(),
            Self::DefaultAt(revision) => {
                format!("these are the defaults, since there is no `fundamentals.toml` at `{revision}`")
            }
            Self::Settings => "as set in `[gate]`".to_owned(),
            Self::SettingsAt(revision) => format!("as set at `{revision}`"),
        }
    }
}

/// Lists every rule with its levels. `width` concerns the terminal only.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_list(
    rules: &RuleList<'_>,
    format: ListFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ListFormat::Human => human(rules, width, out),
        ListFormat::Json => write_json(&RuleListJson::of(rules), out),
        ListFormat::Markdown => markdown(rules, out),
    }
}

fn human(rules: &RuleList<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    for rule in GateRule::ALL.iter().copied() {
        writeln!(out, "{}", styled(glyph::HEADING, rule.name()))?;
        let about = format!("  finds that {}", about(rule, rules.policy));
        writeln!(out, "{}", wrap(&about, width, "  "))?;
        let levels = levels(rule, rules.policy.levels(rule));
        writeln!(out, "{}", wrap(&format!("  {}", levels.join("; ")), width, "    "))?;
    }
    writeln!(out, "\n{}", wrap(&footer(rules), width, "  "))
}

fn markdown(rules: &RuleList<'_>, out: &mut dyn Write) -> io::Result<()> {
    row(["Rule".into(), "Finds that".into(), "Level".into()], out)?;
    rule(3, out)?;
    for rule in GateRule::ALL.iter().copied() {
        let levels = levels(rule, rules.policy.levels(rule)).join("; ");
        let name = format!("`{}`", rule.name());
        row([name.into(), escape(&about(rule, rules.policy)), escape(&levels)], out)?;
    }
    writeln!(out, "\n{}.", prose(&footer(rules)))
}

fn about(rule: GateRule, policy: &GatePolicy) -> String {
    if rule == GateRule::StandingRed {
        format!("{}, {} at least", rule.summary(), policy.standing_red_reviews)
    } else {
        rule.summary().to_owned()
    }
}

fn footer(rules: &RuleList<'_>) -> String {
    let origin = rules.origin.in_words();
    format!("deny fails the gate, warn mentions, allow says nothing; {}", sanitize(&origin))
}

/// The document. Fields are only ever added.
#[derive(Serialize)]
struct RuleListJson<'r> {
    format: &'static str,
    /// `settings` or `default`.
    policy: &'static str,
    /// The revision of `--base`.
    base: Option<&'r str>,
    standing_red_reviews: u32,
    rules: Vec<RuleLine<'r>>,
}

#[derive(Serialize)]
struct RuleLine<'r> {
    rule: &'static str,
    finds: &'static str,
    /// `service` or `estate`.
    about: &'static str,
    /// `null` for what is about the estate.
    golden_thread: Option<&'static str>,
    domains: Vec<ScopeLevel<'r>>,
    criticality: Vec<ScopeLevel<'r>>,
    elsewhere: &'static str,
    /// `null` for what is about the estate: a change always causes that.
    standing: Option<&'static str>,
}

#[derive(Serialize)]
struct ScopeLevel<'r> {
    name: &'r str,
    level: &'static str,
}

impl<'r> RuleListJson<'r> {
    fn of(rules: &RuleList<'r>) -> Self {
        let (policy, base) = match rules.origin {
            Origin::Default => ("default", None),
            Origin::DefaultAt(revision) => ("default", Some(revision)),
            Origin::Settings => ("settings", None),
            Origin::SettingsAt(revision) => ("settings", Some(revision)),
        };
        Self {
            format: "fundamentals/gate-rules/v1",
            policy,
            base,
            standing_red_reviews: rules.policy.standing_red_reviews,
            rules: GateRule::ALL.iter().map(|rule| RuleLine::of(*rule, rules.policy.levels(*rule))).collect(),
        }
    }
}

impl<'r> RuleLine<'r> {
    fn of(rule: GateRule, levels: &'r RuleLevels) -> Self {
        let word = GateLevel::word;
        let domains = levels.domains.iter();
        let criticality = levels.criticality.iter();
        let is_about_services = !rule.is_about_the_estate();
        Self {
            rule: rule.name(),
            finds: rule.summary(),
            about: if is_about_services { "service" } else { "estate" },
            golden_thread: is_about_services.then(|| word(levels.golden_thread)),
            domains: domains
                .map(|(domain, level)| ScopeLevel { name: domain.as_str(), level: word(*level) })
                .collect(),
            criticality: criticality
                .map(|(criticality, level)| ScopeLevel { name: criticality.name(), level: word(*level) })
                .collect(),
            elsewhere: word(levels.elsewhere),
            standing: is_about_services.then(|| word(levels.standing)),
        }
    }
}

fn levels(rule: GateRule, levels: &RuleLevels) -> Vec<String> {
    let word = GateLevel::word;
    if rule.is_about_the_estate() {
        return vec![word(levels.elsewhere).to_owned()];
    }
    let mut words = vec![format!("{} on the Golden Thread", word(levels.golden_thread))];
    words.extend(
        levels.domains.iter().map(|(domain, level)| format!("{} in the domain {domain}", word(*level))),
    );
    let criticality = levels.criticality.iter();
    words.extend(criticality.map(|(level, how)| format!("{} for {}", word(*how), level.name())));
    words.push(format!("{} elsewhere", word(levels.elsewhere)));
    if levels.standing > GateLevel::Allow {
        words.push(format!("{} at most for what a change did not cause", word(levels.standing)));
    }
    words
}
