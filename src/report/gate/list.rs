//! The rules of the gate, what each finds, and how seriously it is taken.

use std::io::{self, Write};

use crate::model::{GateLevel, GatePolicy, GateRule, RuleLevels};
use crate::report::glyph::{self, styled};
use crate::report::layout::MIN_WIDTH;
use crate::text::wrap;

/// The page that has a section for each rule.
const PAGE: &str = include_str!("../../../docs/gate.md");

/// What the documentation says of a rule, as Markdown.
#[must_use]
pub fn about_rule(rule: GateRule) -> &'static str {
    let section = PAGE.split_once(&format!("\n### {}\n", rule.name()));
    let section = section.and_then(|(_, section)| section.split("\n#").next());
    section.map_or(rule.summary(), str::trim)
}

/// Lists every rule with its levels. `whose` says where the policy comes from.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_list(policy: &GatePolicy, whose: &str, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    for rule in GateRule::ALL.iter().copied() {
        writeln!(out, "{}", styled(glyph::HEADING, rule.name()))?;
        let mut about = rule.summary().to_owned();
        if rule == GateRule::StandingRed {
            about.push_str(&format!(", {} at least", policy.standing_red_reviews));
        }
        writeln!(out, "{}", wrap(&format!("  finds that {about}"), width, "  "))?;
        let levels = levels(rule, policy.levels(rule));
        writeln!(out, "{}", wrap(&format!("  {}", levels.join("; ")), width, "    "))?;
    }
    writeln!(
        out,
        "\n{}",
        wrap(&format!("deny fails the gate, warn mentions, allow says nothing; {whose}"), width, "  ")
    )
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
