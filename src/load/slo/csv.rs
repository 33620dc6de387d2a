//! `slo/*.csv` → [`SloResult`]s.

use csv::{ReaderBuilder, StringRecord};

use crate::diag::{Code, Diagnostic, Problems, did_you_mean, list};
use crate::model::{Date, ServiceId, Share, SloResult};
use crate::source::{FileId, Span, Spanned};

use super::super::values::id;

const COLUMNS: [&str; 5] = ["service", "slo", "period", "objective", "attained"];

/// Reads one file's text, noting everything that is wrong with it; what is right is kept.
pub(super) fn parse(text: &str, file: FileId, problems: &mut Problems) -> Vec<SloResult> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records().map(|record| record.map(|record| Row::new(record, text, file)));
    let header = match records.next() {
        Some(Ok(header)) => header,
        Some(Err(error)) => {
            problems.push(not_csv(&error, file));
            return Vec::new();
        }
        None => {
            let empty = Diagnostic::new(Code::EmptyFile, "the file says nothing").in_file(file);
            problems.push(empty.help(format!("its first line names the columns: `{}`", COLUMNS.join(","))));
            return Vec::new();
        }
    };
    let Some(columns) = read_header(&header, problems) else { return Vec::new() };
    let mut results = Vec::new();
    for row in records {
        match row {
            Ok(row) => results.extend(read_row(&row, &columns, header.record.len(), problems)),
            Err(error) => problems.push(not_csv(&error, file)),
        }
    }
    results
}

/// A line of the file, and where it is.
struct Row {
    record: StringRecord,
    span: Span,
    /// Where each field is written; the whole line where there are quotes.
    fields: Vec<Span>,
}

impl Row {
    fn new(record: StringRecord, text: &str, file: FileId) -> Self {
        let start = record
            .position()
            .map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX))
            .min(text.len());
        // Empty lines before it are passed over, but counted in.
        let start = start + text[start..].len() - text[start..].trim_start_matches(['\n', '\r']).len();
        let line = text[start..].split(['\n', '\r']).next().unwrap_or_default();
        let span = Span::new(file, start..start + line.len());
        let mut at = start;
        let field = |field: &str| {
            let here = Span::new(file, at..at + field.len());
            at += field.len() + 1;
            here
        };
        let fields =
            if line.contains('"') { vec![span; record.len()] } else { line.split(',').map(field).collect() };
        Self { record, span, fields }
    }

    fn field(&self, at: usize) -> Spanned<String> {
        let text = self.record.get(at).unwrap_or_default().trim().to_owned();
        Spanned::new(text, self.fields.get(at).copied().unwrap_or(self.span))
    }
}

/// The places of the columns, in the order of [`COLUMNS`].
fn read_header(header: &Row, problems: &mut Problems) -> Option<[usize; 5]> {
    let names: Vec<_> = (0..header.record.len()).map(|at| header.field(at)).collect();
    let mut is_right = true;
    for (at, name) in names.iter().enumerate() {
        let is_known = COLUMNS.contains(&name.value.as_str());
        let is_first = names.iter().position(|other| other.value == name.value) == Some(at);
        if !is_known || !is_first {
            is_right = false;
            let what = if is_known { "a column that is there twice" } else { "not a column of SLO results" };
            let otherwise = format!("the columns are {}", list(&COLUMNS));
            let help = if is_known { otherwise } else { did_you_mean(&name.value, COLUMNS, &otherwise) };
            let problem = Diagnostic::new(Code::InvalidCsv, format!("the column `{}`", name.value));
            problems.push(problem.at(name.span, what).help(help));
        }
    }
    let place = |column: &str| names.iter().position(|name| name.value == column);
    let missing: Vec<_> = COLUMNS.into_iter().filter(|column| place(column).is_none()).collect();
    if !missing.is_empty() {
        let problem =
            Diagnostic::new(Code::InvalidCsv, format!("SLO results need the column {}", list(&missing)));
        let help = format!("begin the file with `{}`", COLUMNS.join(","));
        problems.push(problem.at(header.span, "not among these").help(help));
        return None;
    }
    is_right.then(|| COLUMNS.map(|column| place(column).unwrap_or(0)))
}

fn read_row(row: &Row, columns: &[usize; 5], width: usize, problems: &mut Problems) -> Option<SloResult> {
    if row.record.len() != width {
        let (fields, title) = (row.record.len(), "a line with another number of fields than the first");
        let problem = Diagnostic::new(Code::InvalidCsv, title);
        let label = format!("{fields} here, {width} there");
        problems.push(problem.at(row.span, label).help("put text that contains a comma in double quotes"));
        return None;
    }
    let [service, slo, period, objective, attained] = columns.map(|at| row.field(at));
    let service = id(&service, ServiceId::new, problems);
    let month = month(&period, problems);
    let objective = share(&objective, "objective", problems);
    let attained = share(&attained, "attained", problems);
    if slo.value.is_empty() {
        let problem =
            Diagnostic::new(Code::InvalidCsv, "an SLO without a name").at(row.span, "`slo` is empty");
        problems.push(problem.help("name it, for example `availability`"));
        return None;
    }
    let (service, month, objective, attained) = (service?, month?, objective?, attained?);
    Some(SloResult { service, slo: slo.value, month, objective, attained, span: row.span })
}

fn month(text: &Spanned<String>, problems: &mut Problems) -> Option<Date> {
    let month = Date::parse(&format!("{}-01", text.value));
    if month.is_none() {
        let problem = Diagnostic::new(Code::InvalidDate, format!("`{}` is not a month", text.value));
        problems.push(problem.at(text.span, "not written as YYYY-MM").help("write year-month: 2026-01"));
    }
    month
}

fn share(text: &Spanned<String>, column: &str, problems: &mut Problems) -> Option<Share> {
    let share = Share::parse(&text.value);
    if share.is_none() {
        let problem = Diagnostic::new(Code::InvalidValue, format!("`{}` is not a percentage", text.value));
        let problem = problem.at(text.span, format!("`{column}` is from 0% to 100%"));
        problems.push(problem.help("write it with its unit, and a point: `99.95%`"));
    }
    share
}

fn not_csv(error: &csv::Error, file: FileId) -> Diagnostic {
    let problem = Diagnostic::new(Code::InvalidCsv, format!("this is not CSV: {error}")).in_file(file);
    problem.help(format!("write one result a line, with the columns {}", list(&COLUMNS)))
}
