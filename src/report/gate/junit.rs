//! The verdict as JUnit's XML: a suite for each service looked at, so that what passed is seen as well.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite, XmlString};

use super::{Coverage, Entry, GateReport, outcome_word, service_name};
use crate::eval::Outcome;
use crate::model::Service;
use crate::text::sanitize;

pub(super) fn render(report: &GateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Report::new("fundamentals gate");
    xml.add_test_suites(report.by_subject().map(|(service, entries)| suite(service, entries)));
    xml.add_test_suites(report.standing().map(|line| told("not caused by this change", &[line])));
    xml.add_test_suites((!report.notes.is_empty()).then(|| told("notes", &report.notes)));
    xml.add_test_suites(report.not_looked_at().map(|what| files(&what, report.coverage)));
    let xml = xml.to_string().map_err(io::Error::other)?;
    writeln!(out, "{}", xml.trim_end())
}

fn suite(service: Option<&Service>, entries: &[Entry<'_>]) -> TestSuite {
    let (class, title) = match service {
        Some(service) => (service.id.as_str(), service_name(service)),
        None => (ESTATE, ESTATE.to_owned()),
    };
    let mut suite = TestSuite::new(text(&title));
    suite.add_test_cases(entries.iter().filter_map(test_case));
    if entries.iter().all(|entry| entry.outcome != Outcome::Denied) {
        suite.add_test_case(TestCase::new("nothing is denied", TestCaseStatus::success()));
    }
    for test in &mut suite.test_cases {
        test.set_classname(class);
    }
    let is_mentioned = |entry: &&Entry<'_>| matches!(entry.outcome, Outcome::Warned | Outcome::Standing);
    let warnings: Vec<_> = entries.iter().filter(is_mentioned).map(in_full).collect();
    if !warnings.is_empty() {
        suite.set_system_out(warnings.join("\n\n"));
    }
    suite
}

/// What the suite is called that is about no service.
const ESTATE: &str = "settings and rubrics";

/// Something denied fails, something waived is skipped; a warning is neither.
fn test_case(entry: &Entry<'_>) -> Option<TestCase> {
    let mut status = match entry.outcome {
        Outcome::Denied => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Outcome::Waived => TestCaseStatus::skipped(),
        Outcome::Warned | Outcome::Standing => return None,
    };
    status.set_type(entry.finding.rule.name());
    status.set_message(text(&entry.title));
    status.set_description(in_full(entry));
    let mut test = TestCase::new(text(&entry.title), status);
    if let Some(place) = &entry.place {
        test.extra.insert("file".into(), text(&place.path));
        if let Some((line, _)) = place.position {
            test.extra.insert("line".into(), line.to_string().into());
        }
    }
    Some(test)
}

/// JUnit has no place for a note: a test that passes and is called so.
fn told(name: &str, lines: &[String]) -> TestSuite {
    let mut suite = TestSuite::new(name);
    suite.add_test_cases(lines.iter().map(|line| TestCase::new(text(line), TestCaseStatus::success())));
    suite
}

/// A gate that couldn't look at everything must not look as if it had passed.
fn files(what: &str, coverage: Coverage<'_>) -> TestSuite {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(text(what));
    let (name, test) = match coverage {
        Coverage::Full | Coverage::Partial(_) => {
            status.set_description("`fundamentals check` shows the errors");
            ("files", "every file can be read")
        }
        Coverage::Nothing(_) => ("gate", "the gate can decide"),
    };
    let mut suite = TestSuite::new(name);
    suite.add_test_case(TestCase::new(test, status));
    suite
}

/// The finding with all its facts, a line each.
fn in_full(entry: &Entry<'_>) -> String {
    let word = format!("{}[{}]", outcome_word(entry.outcome), entry.finding.rule.name());
    let place = entry.place.as_ref().map(|place| match place.position {
        Some((line, column)) => format!("at: {}:{line}:{column}", place.path),
        None => format!("at: {}", place.path),
    });
    let facts = entry.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.text));
    let first = format!("{word}: {}", entry.full_title());
    let lines = std::iter::once(first).chain(place).chain(facts).map(|line| text(&line).into_string());
    lines.collect::<Vec<_>>().join("\n")
}

/// A text as one line that XML can hold: two code points that are no characters are not allowed in it, even escaped.
fn text(text: &str) -> XmlString {
    XmlString::new(sanitize(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"))
}
