//! The verdict as SARIF 2.1.0.

use std::io::{self, Write};

use super::{Coverage, Entry, GateReport, about_rule};
use crate::diag::sarif_log::{
    BaselineState, Fingerprints, Invocation, Level, Location, LogicalLocation, Message, Notification, Result,
    Rule, Run, Suppression, log,
};
use crate::eval::{News, Outcome};
use crate::model::{GateRule, Service};
use crate::text::{sanitize, write_json};

pub(super) fn render(report: &GateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules = GateRule::ALL.iter().map(|rule| self::rule(*rule)).collect();
    let mut run = Run::new(rules, report.entries.iter().map(|entry| result(entry, report)).collect());
    let execution_successful = match report.coverage {
        Coverage::Full => true,
        Coverage::Partial(_) | Coverage::Nothing(_) => false,
    };
    let errors = report.not_looked_at().map(|text| Notification::new(Level::Error, &text));
    let notes = report.standing().into_iter().chain(report.notes.iter().cloned());
    let notes = notes.map(|text| Notification::new(Level::Note, &text));
    let notifications = errors.into_iter().chain(notes).collect();
    run.invocations.push(Invocation { execution_successful, notifications });
    write_json(&log(run), out)
}

fn rule(rule: GateRule) -> Rule {
    let help = about_rule(rule);
    Rule {
        id: rule.name(),
        short_description: Message::of_our_own(rule.summary()),
        help: Message::of_our_own(help),
    }
}

fn result(entry: &Entry<'_>, report: &GateReport<'_>) -> Result {
    let level = match entry.outcome {
        Outcome::Denied => Level::Error,
        Outcome::Warned => Level::Warning,
        Outcome::Waived | Outcome::Standing => Level::Note,
    };
    let news = match entry.finding.news {
        News::New => BaselineState::New,
        News::Standing(_) => BaselineState::Unchanged,
    };
    let lines: Vec<_> = entry.essentials().iter().map(|line| sanitize(line).into_owned()).collect();
    Result {
        locations: vec![location(entry, report)],
        partial_fingerprints: Some(Fingerprints { fundamentals: entry.fingerprint.clone() }),
        baseline_state: Some(news),
        suppressions: entry.finding.waiver.map(|waiver| suppression(&waiver.because)).into_iter().collect(),
        ..Result::new(entry.finding.rule.name(), level, &lines.join("\n"))
    }
}

fn suppression(because: &str) -> Suppression {
    Suppression { kind: "external", justification: sanitize(because).into_owned() }
}

fn location(entry: &Entry<'_>, report: &GateReport<'_>) -> Location {
    let place = entry.place.as_ref().map_or_else(
        || Location::new(report.settings, None),
        |place| Location::new(&place.path, place.position),
    );
    let logical = entry.finding.service.map(|service| logical(service, entry));
    Location { parts: logical.into_iter().collect(), ..place }
}

/// The service, or a category of it.
fn logical(service: &Service, entry: &Entry<'_>) -> LogicalLocation {
    let service = service.id.as_str();
    match entry.category {
        Some(category) => LogicalLocation {
            name: category.to_string(),
            fully_qualified_name: format!("{service}/{category}"),
            kind: "category",
        },
        None => LogicalLocation {
            name: service.to_owned(),
            fully_qualified_name: service.to_owned(),
            kind: "service",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_a_section_for_every_rule_that_begins_with_its_summary() {
        for rule in GateRule::ALL {
            let section = about_rule(*rule);
            assert!(section.to_lowercase().starts_with(&rule.summary().to_lowercase()), "{section}");
        }
    }
}
