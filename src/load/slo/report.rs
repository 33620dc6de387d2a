//! Reports of slo-generator (<https://github.com/google/slo-generator>) in JSON → [`SloResult`]s, of both versions that it
//! writes. Keys that it has besides, or will have, are passed over: the file isn't ours.

use std::cmp::Ordering;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Date, ServiceId, Share, SloResult};
use crate::source::{FileId, Node, Span, Spanned, Value};

use super::super::json::{self, Json, NotJson};
use super::super::keys::slo::REPORT;
use super::super::table::{Table, text, wrong_type};
use super::super::values::id;

/// An object without any of these is no report at all.
const MARKS: [&str; 6] = ["sli_measurement", "window", "timestamp", "goal", "slo_target", "valid"];

/// What slo-generator has in place of a measurement when there was no data.
const NO_DATA: f64 = -1.0;

const DAY: f64 = 86_400.0;

/// So many reports of a file may be wrong before reading stops: of another kind of file, each would be.
const MAX_WRONG: usize = 20;

/// A report's result for a month.
pub(super) struct Report {
    pub result: SloResult,
    /// Seconds from 1970 to the end of its window.
    end: f64,
    /// The length of its window, in seconds.
    window: f64,
}

/// Seconds from 1970 to the beginning of a day, in UTC.
#[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^52 days")]
fn seconds(day: Date) -> f64 {
    day.days_since_1970() as f64 * DAY
}

impl Report {
    /// Whether it is to be believed rather than another one about the same month: it saw more of the month, or else ends
    /// later, or looks further back.
    pub fn tells_more_than(&self, other: &Self) -> bool {
        self.cmp_window(other).is_gt()
    }

    /// Whether it measured the same time as another one, and something else.
    pub fn disagrees_with(&self, other: &Self) -> bool {
        let said = |report: &Self| (report.result.objective, report.result.attained);
        self.cmp_window(other).is_eq() && said(self) != said(other)
    }

    fn cmp_window(&self, other: &Self) -> Ordering {
        let by_month = self.seen_of_month().total_cmp(&other.seen_of_month());
        by_month.then(self.end.total_cmp(&other.end)).then(self.window.total_cmp(&other.window))
    }

    /// How many seconds of its month its window covers.
    fn seen_of_month(&self) -> f64 {
        let month = self.result.month;
        let end = self.end.min(seconds(month.months_later(1)));
        end - (self.end - self.window).max(seconds(month))
    }
}

/// Reads one file: a report, an array of them, or one a line. What is wrong is noted, what is right is kept.
pub(super) fn parse(source: &str, file: FileId, problems: &mut Problems) -> Vec<Report> {
    let mut reports = Vec::new();
    let (mut values, mut wrong) = (0, 0);
    for value in json::values(source, file) {
        values += 1;
        let value = match value {
            Ok(value) => value,
            Err(error) => {
                problems.push(not_json(error, source));
                break;
            }
        };
        for item in value.items() {
            let mut own = Problems::default();
            let report = read(item, source, &mut own);
            if own.is_empty() {
                reports.extend(report);
                continue;
            }
            problems.extend(own);
            wrong += 1;
            if wrong == MAX_WRONG {
                problems.push(too_many(item.head()));
                return reports;
            }
        }
    }
    if values == 0 {
        let empty = Diagnostic::new(Code::EmptyFile, "the file says nothing").in_file(file);
        problems.push(empty.help("a file without reports holds `[]`; or delete it"));
    }
    reports
}

/// One report's result for a month; `None` if it doesn't cover a whole month.
fn read(json: Json<'_>, source: &str, problems: &mut Problems) -> Option<Report> {
    let node = match json.node(Some(&REPORT), problems) {
        Ok(node) => node,
        Err(error) => {
            problems.push(not_json(error, source));
            return None;
        }
    };
    let head = json.head();
    let has_mark = |node: &Node| match &node.value {
        Value::Table(entries) => entries.iter().any(|entry| MARKS.contains(&entry.key.value.as_str())),
        Value::Null | Value::Scalar(..) | Value::List(_) => false,
    };
    if !has_mark(&node) {
        problems.push(not_a_report(&node, head));
        return None;
    }
    let report = Table::open(&node, head, &REPORT, problems)?;
    if is_invalid(&report) {
        return None;
    }
    let window = window(&report, problems)?;
    if !(28.0 * DAY..=31.0 * DAY).contains(&window) {
        return None;
    }
    let attained = attained(&report, problems);
    if let Some(Measurement::None) = attained {
        return None;
    }
    let metadata = within(&report, "metadata", problems);
    let labels = metadata.as_ref().and_then(|metadata| within(metadata, "labels", problems));
    let names = ReportNames { report: &report, metadata: metadata.as_ref(), labels: labels.as_ref() };
    let service = names.service(problems);
    let slo = names.objective(problems);
    let objective = objective(&report, problems);
    let end = timestamp(&report, window, problems);
    let Measurement::Share(attained) = attained? else { return None };
    let ((service, span), slo, objective, (end, month)) = (service?, slo?, objective?, end?);
    let result = SloResult { service, slo, month, objective, attained, span };
    Some(Report { result, end, window })
}

/// Whether the report is an error report, which has no measurement.
fn is_invalid(report: &Table<'_>) -> bool {
    match report.get("valid").map(|node| &node.value) {
        Some(Value::Scalar(text, _)) => text.eq_ignore_ascii_case("false"),
        Some(Value::Null | Value::List(_) | Value::Table(_)) | None => false,
    }
}

/// A table in a table; anything else may have that name in a foreign file, and is passed over.
fn within<'n>(table: &Table<'n>, key: &str, problems: &mut Problems) -> Option<Table<'n>> {
    let node = table.get(key)?;
    match node.value {
        Value::Table(_) => Table::open(node, table.head(), table.key(key)?.kind.table()?, problems),
        Value::Null | Value::Scalar(..) | Value::List(_) => None,
    }
}

/// Where a report's names are.
struct ReportNames<'a, 'n> {
    report: &'a Table<'n>,
    metadata: Option<&'a Table<'n>>,
    labels: Option<&'a Table<'n>>,
}

impl<'n> ReportNames<'_, 'n> {
    /// A name at the top, as in version 1, or in `metadata.labels`.
    fn find(&self, key: &str) -> Option<&'n Node> {
        said(Some(self.report), key).or_else(|| said(self.labels, key))
    }

    /// The service, and where it is named.
    fn service(&self, problems: &mut Problems) -> Option<(ServiceId, Span)> {
        let Some(node) = self.find("service_name") else {
            problems.push(nameless("service_name", self.report.head()));
            return None;
        };
        let name = text(node, "`service_name`", problems)?;
        Some((id(&name, ServiceId::new, problems)?, name.span))
    }

    /// `feature/slo`, or `slo` where no feature is named. In version 2 a report always has a `metadata.name`.
    fn objective(&self, problems: &mut Problems) -> Option<String> {
        let Some(node) = self.find("slo_name").or_else(|| said(self.metadata, "name")) else {
            problems.push(nameless("slo_name", self.report.head()));
            return None;
        };
        let slo = text(node, "`slo_name`", problems)?;
        let Some(node) = self.find("feature_name") else { return Some(slo.value.trim().to_owned()) };
        let feature = text(node, "`feature_name`", problems)?;
        Some(format!("{}/{}", feature.value.trim(), slo.value.trim()))
    }
}

/// What a table has under a key, unless that is an empty text.
fn said<'n>(table: Option<&Table<'n>>, key: &str) -> Option<&'n Node> {
    let is_blank = |node: &&Node| matches!(&node.value, Value::Scalar(text, _) if text.trim().is_empty());
    table?.get(key).filter(|node| !is_blank(node))
}

/// A number, and how it is written.
struct NumberField {
    value: f64,
    written: Spanned<String>,
}

/// A number, or one in quotes: some exporters write all values as text.
fn number(node: &Node, key: &str, problems: &mut Problems) -> Option<NumberField> {
    if let Value::Scalar(text, _) = &node.value
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
        && let Ok(value) = text.parse()
    {
        return Some(NumberField { value, written: Spanned::new(text.clone(), node.span) });
    }
    let help = match key {
        "timestamp" => "in seconds since 1970: 1 November 2026 begins at 1793491200",
        "window" => "in seconds: 30 days are 2592000",
        _ => "from 0 to 1, without a percent sign: 99.9% is written 0.999 here",
    };
    problems.push(wrong_type(node, &format!("`{key}` must be a number")).help(help));
    None
}

fn window(report: &Table<'_>, problems: &mut Problems) -> Option<f64> {
    let window = number(report.require("window", problems)?, "window", problems)?;
    if !window.value.is_finite() || window.value <= 0.0 {
        let title = format!("`{}` is not the length of a window", window.written.value);
        let problem = Diagnostic::new(Code::InvalidValue, title).at(window.written.span, "in seconds");
        problems.push(problem.help("30 days are 2592000"));
        return None;
    }
    Some(window.value)
}

/// What was measured.
enum Measurement {
    Share(Share),
    /// There was no data. That is no measurement: neither all was well, nor nothing.
    None,
}

fn attained(report: &Table<'_>, problems: &mut Problems) -> Option<Measurement> {
    let key = "sli_measurement";
    if report.mentions(key).is_some_and(|entry| entry.node.value == Value::Null) {
        return Some(Measurement::None);
    }
    let number = number(report.require(key, problems)?, key, problems)?;
    if number.value.total_cmp(&NO_DATA).is_eq() {
        return Some(Measurement::None);
    }
    share(&number, key, problems).map(Measurement::Share)
}

fn objective(report: &Table<'_>, problems: &mut Problems) -> Option<Share> {
    let (key, node) = match report.get("slo_target") {
        Some(node) => ("slo_target", node),
        None => ("goal", report.require("goal", problems)?),
    };
    share(&number(node, key, problems)?, key, problems)
}

fn share(number: &NumberField, key: &str, problems: &mut Problems) -> Option<Share> {
    let share = Share::from_fraction(number.value);
    if share.is_none() {
        let title = format!("`{}` is not a share", number.written.value);
        let problem = Diagnostic::new(Code::InvalidValue, title);
        let problem = problem.at(number.written.span, format!("`{key}` is from 0 to 1"));
        problems.push(problem.help("99.9% is written 0.999 here"));
    }
    share
}

/// The end of the window, and the first day of the month in which its middle lies.
fn timestamp(report: &Table<'_>, window: f64, problems: &mut Problems) -> Option<(f64, Date)> {
    let end = number(report.require("timestamp", problems)?, "timestamp", problems)?;
    #[expect(clippy::cast_possible_truncation, reason = "beyond the range it saturates, and is then no day")]
    let day = |seconds: f64| Date::from_unix_seconds(seconds.floor() as i64);
    // Whoever measured before 1970, or in no four-digit year, counts in another unit.
    let middle = day(end.value - window / 2.0).filter(|_| end.value > window && day(end.value).is_some());
    let Some(middle) = middle else {
        let title = format!("`{}` is not a time", end.written.value);
        let problem = Diagnostic::new(Code::InvalidDate, title);
        let problem = problem.at(end.written.span, "no time between 1970 and 9999, in seconds since 1970");
        problems.push(problem.help("1 November 2026 begins at 1793491200"));
        return None;
    };
    Some((end.value, middle.month_start()))
}

fn nameless(key: &str, head: Span) -> Diagnostic {
    let problem = Diagnostic::new(Code::MissingKey, format!("an SLO report needs `{key}`"));
    let problem = problem.at(head, "neither here nor in `metadata.labels`");
    problem.help(format!("give the SLO a label `{key}` where it is configured"))
}

fn not_json(error: NotJson, source: &str) -> Diagnostic {
    let problem = Diagnostic::new(Code::InvalidSloReport, "this is not JSON").at(error.span, error.message);
    let rest = source.get(error.span.range().start..).unwrap_or_default();
    let is_no_number = ["NaN", "Infinity", "-Infinity"].iter().any(|word| rest.starts_with(word));
    let problem =
        if is_no_number { problem.help("where nothing was measured, write `null`") } else { problem };
    problem.help("until this is put right, no report of this array or line is used, and none after it")
}

fn not_a_report(node: &Node, head: Span) -> Diagnostic {
    let label = match &node.value {
        Value::Table(_) => "says neither `goal` nor `sli_measurement`".to_owned(),
        Value::Null | Value::Scalar(..) | Value::List(_) => format!("found {}", node.value.describe()),
    };
    let problem = Diagnostic::new(Code::InvalidSloReport, "this is not an SLO report").at(head, label);
    problem.help("which files hold SLO results is set by `files` in `[slo]` of fundamentals.toml")
}

fn too_many(head: Span) -> Diagnostic {
    let title = format!("{MAX_WRONG} reports of this file are wrong");
    let problem = Diagnostic::new(Code::InvalidSloReport, title).at(head, "reading stops here");
    problem.help("are these really reports of slo-generator?")
}

#[cfg(test)]
mod tests;
