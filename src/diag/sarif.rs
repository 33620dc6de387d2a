//! Problems as SARIF 2.1.0, as far as code hosts read it.

use std::io::{self, Write};

use super::sarif_log::{Invocation, Level, Location, Message, Notification, Result, Rule, Run, log};
use super::{Code, Diagnostic, Label, Problems, Severity, locate};
use crate::source::Sources;
use crate::text::write_json;

pub(super) fn render(
    problems: &Problems,
    sources: &Sources,
    elsewhere: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rules = Code::ALL.iter().map(|code| rule(*code)).collect();
    let results = problems.iter().map(|problem| result(problem, sources, elsewhere)).collect();
    let mut run = Run::new(rules, results);
    let nothing = problems.iter().find(|problem| problem.code == Code::NothingToCheck);
    run.invocations.extend(nothing.map(|problem| Invocation {
        execution_successful: false,
        notifications: vec![Notification::new(Level::Error, &problem.title)],
    }));
    write_json(&log(run), out)
}

fn rule(code: Code) -> Rule {
    Rule {
        id: code.name(),
        short_description: Message::new(code.summary()),
        help: Message::of_our_own(code.page()),
    }
}

fn result(problem: &Diagnostic, sources: &Sources, elsewhere: &str) -> Result {
    let lines = std::iter::once(&problem.title).chain(&problem.help);
    let message = lines.map(String::as_str).collect::<Vec<_>>().join("\nhelp: ");
    let level = match problem.severity() {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
    };
    Result {
        locations: vec![match &problem.at {
            Some(label) => location(label, sources),
            None => Location::new(elsewhere, None),
        }],
        related_locations: problem.related.iter().map(|label| location(label, sources)).collect(),
        ..Result::new(problem.code.name(), level, &message)
    }
}

fn location(label: &Label, sources: &Sources) -> Location {
    let (path, position) = locate(label.place, sources);
    let message = (!label.text.is_empty()).then(|| Message::new(&label.text));
    Location { message, ..Location::new(path, position) }
}
