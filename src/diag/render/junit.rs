//! Issues as JUnit's XML: a suite for each service or file looked at, so that what passed is seen as well.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite, XmlString};

use super::{Group, Incomplete, Issue, IssueEffect, IssueReport, Location};
use crate::text::sanitize;

pub(crate) fn render(report: &IssueReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Report::new(report.wording.run);
    let mut by_group: Vec<Vec<&Issue>> = report.groups.iter().map(|_| Vec::new()).collect();
    for issue in &report.issues {
        by_group[issue.group].push(issue);
    }
    let groups = report.groups.iter().zip(&by_group);
    xml.add_test_suites(groups.map(|(group, issues)| suite(group, issues, report.wording.success)));
    xml.add_test_suites(
        report
            .standing
            .as_ref()
            .map(|line| passed_suite("not caused by this change", std::slice::from_ref(line))),
    );
    xml.add_test_suites((!report.notes.is_empty()).then(|| passed_suite("notes", report.notes)));
    xml.add_test_suites(report.incomplete.as_ref().map(error_suite));
    let xml = xml.to_string().map_err(io::Error::other)?;
    writeln!(out, "{}", xml.trim_end())
}

fn suite(group: &Group<'_>, issues: &[&Issue], success: &str) -> TestSuite {
    let mut suite = TestSuite::new(text(&group.title));
    suite.add_test_cases(issues.iter().filter_map(|issue| test_case(issue)));
    if !issues.iter().any(|issue| matches!(issue.effect, IssueEffect::Stops | IssueEffect::Fails)) {
        suite.add_test_case(TestCase::new(success, TestCaseStatus::success()));
    }
    for test in &mut suite.test_cases {
        test.set_classname(text(group.id));
    }
    let is_mentioned = |issue: &&&Issue| matches!(issue.effect, IssueEffect::Warns | IssueEffect::Informs);
    let mentioned: Vec<_> = issues.iter().filter(is_mentioned).map(|issue| in_full(issue)).collect();
    if !mentioned.is_empty() {
        suite.set_system_out(mentioned.join("\n\n"));
    }
    suite
}

/// A failure fails, something waived is skipped; a warning is neither.
fn test_case(issue: &Issue) -> Option<TestCase> {
    let mut status = match issue.effect {
        IssueEffect::Stops => TestCaseStatus::non_success(NonSuccessKind::Error),
        IssueEffect::Fails => TestCaseStatus::non_success(NonSuccessKind::Failure),
        IssueEffect::Waived => TestCaseStatus::skipped(),
        IssueEffect::Warns | IssueEffect::Informs => return None,
    };
    status.set_type(issue.rule);
    status.set_message(text(&issue.title));
    status.set_description(in_full(issue));
    let mut test = TestCase::new(text(&issue.title), status);
    if let Some(place) = &issue.place {
        test.extra.insert("file".into(), text(&place.path));
        if let Some((line, _)) = place.position {
            test.extra.insert("line".into(), line.to_string().into());
        }
    }
    Some(test)
}

/// JUnit has no place for a note: a test that passes and is called so.
fn passed_suite(name: &str, lines: &[String]) -> TestSuite {
    let mut suite = TestSuite::new(name);
    suite.add_test_cases(lines.iter().map(|line| TestCase::new(text(line), TestCaseStatus::success())));
    suite
}

/// A run that couldn't look at everything must not look as if it had passed.
fn error_suite(incomplete: &Incomplete) -> TestSuite {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(text(incomplete.reason()));
    let (name, test) = match incomplete {
        Incomplete::Partial(_) => {
            status.set_description("`fundamentals check` shows the errors");
            ("files", "every file can be read")
        }
        Incomplete::Nothing(_) => ("gate", "the gate can decide"),
    };
    let mut suite = TestSuite::new(name);
    suite.add_test_case(TestCase::new(test, status));
    suite
}

/// The issue with its places and all its facts, a line each.
fn in_full(issue: &Issue) -> String {
    let place = |label: &str, place: &Location| match place.text.as_str() {
        "" => format!("{label}: {}", place.path_and_position()),
        text => format!("{label}: {}: {text}", place.path_and_position()),
    };
    let first = format!("{}: {}", issue.word_and_rule(), issue.full_title());
    let at = issue.place.iter().map(|at| place("at", at));
    let related = issue.related.iter().map(|at| place("see", at));
    let facts = issue.facts.iter().map(super::Fact::line);
    let lines = std::iter::once(first).chain(at).chain(related).chain(facts);
    lines.map(|line| text(&line).into_string()).collect::<Vec<_>>().join("\n")
}

/// A text as one line that XML can hold: two code points that are no characters are not allowed in it, even escaped.
fn text(text: &str) -> XmlString {
    XmlString::new(sanitize(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"))
}
