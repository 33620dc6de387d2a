//! `slo/*.csv` → [`SloResult`]s.

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Date, ServiceId, Share, SloResult};
use crate::source::{FileId, Spanned};

use super::super::csv::{Columns, Row, rows};
use super::super::values::id;

const COLUMNS: Columns = Columns {
    what: "SLO results",
    required: &["service", "slo", "period", "objective", "attained"],
    optional: &[],
};

/// Reads one file's text, noting everything that is wrong with it; what is right is kept.
pub(super) fn parse(text: &str, file: FileId, problems: &mut Problems) -> Vec<SloResult> {
    rows(text, file, &COLUMNS, problems).iter().filter_map(|row| read_row(row, problems)).collect()
}

fn read_row(row: &Row, problems: &mut Problems) -> Option<SloResult> {
    let service = id(&row.field("service"), ServiceId::new, problems);
    let slo = row.field("slo").value;
    let month = month(&row.field("period"), problems);
    let objective = share(&row.field("objective"), "objective", problems);
    let attained = share(&row.field("attained"), "attained", problems);
    if slo.is_empty() {
        let problem =
            Diagnostic::new(Code::InvalidCsv, "an SLO without a name").at(row.span(), "`slo` is empty");
        problems.push(problem.help("name it, for example `availability`"));
        return None;
    }
    let (service, month, objective, attained) = (service?, month?, objective?, attained?);
    Some(SloResult { service, slo, month, objective, attained, span: row.span() })
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
