//! Issues as SARIF 2.1.0, as far as code hosts read it.

use std::io::{self, Write};

use super::sarif_log::{
    Fingerprints, Invocation, Level, Message, Notification, Run, SarifResult, Suppression, log,
};
use super::{Decision, Issue, IssueEffect, IssueReport, Location, Rule, sarif_log};
use crate::text::{sanitize, write_json};

pub(crate) fn render(report: &IssueReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules = (report.wording.rules)().iter().map(rule).collect();
    let results = report.issues.iter().map(|issue| result(issue, report.elsewhere)).collect();
    let mut run = Run::new(rules, results);
    run.invocations.extend(invocation(report));
    write_json(&log(run), out)
}

/// How the run went, where that says more than the results do.
fn invocation(report: &IssueReport<'_>) -> Option<Invocation> {
    let stops = report.issues.iter().filter(|issue| issue.effect == IssueEffect::Stops);
    let reasons = stops.map(|issue| issue.title.as_str());
    let reasons = reasons.chain(report.incomplete.iter().map(super::Incomplete::reason));
    let errors: Vec<_> = reasons.map(|text| Notification::new(Level::Error, text)).collect();
    let execution_successful = errors.is_empty();
    let notes = report.standing.iter().chain(report.notes);
    let notes = notes.map(|text| Notification::new(Level::Note, text));
    let notifications = errors.into_iter().chain(notes).collect();
    let says_more = !execution_successful || report.wording.verdict == Decision::Given;
    says_more.then_some(Invocation { execution_successful, notifications })
}

fn rule(rule: &Rule) -> sarif_log::ReportingDescriptor {
    sarif_log::ReportingDescriptor {
        id: rule.id,
        short_description: Message::of_our_own(rule.summary),
        help: Message::of_our_own(rule.page),
    }
}

fn result(issue: &Issue, elsewhere: &str) -> SarifResult {
    let level = match issue.effect {
        IssueEffect::Stops | IssueEffect::Fails => Level::Error,
        IssueEffect::Warns => Level::Warning,
        IssueEffect::Waived | IssueEffect::Informs => Level::Note,
    };
    let lines: Vec<_> = issue.essentials().map(|line| sanitize(&line).into_owned()).collect();
    let place = issue.place.as_ref().map_or_else(|| sarif_log::Location::new(elsewhere, None), location);
    SarifResult {
        rule_id: issue.rule,
        level,
        message: Message::new(&lines.join("\n")),
        locations: vec![sarif_log::Location { parts: issue.part.iter().cloned().collect(), ..place }],
        related_locations: issue.related.iter().map(location).collect(),
        partial_fingerprints: Fingerprints { fundamentals: issue.fingerprint.clone() },
        baseline_state: issue.baseline,
        suppressions: issue.waived_because.iter().map(|because| suppression(because)).collect(),
    }
}

fn suppression(because: &str) -> Suppression {
    Suppression { kind: "external", justification: sanitize(because).into_owned() }
}

fn location(place: &Location) -> sarif_log::Location {
    let message = (!place.text.is_empty()).then(|| Message::new(&place.text));
    sarif_log::Location { message, ..sarif_log::Location::new(&place.path, place.position) }
}
