//! `slo/*.csv` → [`SloResult`]s.

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Date, ServiceId, Share, SloResult};
use crate::source::{FileId, Spanned};

use super::super::csv::{CsvRow, read_rows};
use super::super::keys::slo::RESULTS;
use super::super::values::id;

/// Reads one file's text, noting everything that is wrong with it; what is right is kept.
pub(super) fn parse(text: &str, file: FileId, problems: &mut Problems) -> Vec<SloResult> {
    read_rows(text, file, &RESULTS, problems, |row, problems| read_row(&row, problems))
}

fn read_row(row: &CsvRow, problems: &mut Problems) -> Option<SloResult> {
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
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let shape = |text: &str| text.split('-').map(str::len).eq([4, 2]) && text.split('-').all(is_digits);
        let day = text.value.get(..10).and_then(Date::parse);
        let label = match day {
            Some(_) if text.value.len() > 10 => "a point in time, and a month is expected",
            Some(_) => "a day, and a month is expected",
            None if text.value.is_empty() => "`period` is empty",
            None if shape(&text.value) => "no such month in the calendar",
            None => "not written as YYYY-MM",
        };
        let example = day.map_or_else(|| "2026-01".to_owned(), Date::month_in_digits);
        let problem = Diagnostic::new(Code::InvalidDate, format!("`{}` is not a month", text.value));
        problems.push(problem.at(text.span, label).help(format!("write year-month: {example}")));
    }
    month
}

fn share(text: &Spanned<String>, column: &str, problems: &mut Problems) -> Option<Share> {
    let share = Share::parse(&text.value);
    if share.is_none() {
        let problem = Diagnostic::new(Code::InvalidValue, format!("`{}` is not a percentage", text.value));
        let (label, help) = why_no_share(&text.value, column);
        problems.push(problem.at(text.span, label).help(help));
    }
    share
}

/// What keeps a text from being a percentage, and what to write.
fn why_no_share(text: &str, column: &str) -> (String, &'static str) {
    const FORM: &str = "write it with its unit, and a point: `99.95%`";
    const UNMEASURED: &str = "leave the line out where nothing was measured";
    let number = text.trim_end_matches(['%', ' ']);
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if text.is_empty() {
        return (format!("`{column}` is empty"), UNMEASURED);
    }
    if !number.contains(|sign: char| sign.is_ascii_digit()) {
        return ("not a number".to_owned(), UNMEASURED);
    }
    if number.contains(',') {
        let is_decimal = is_number(&number.replacen(',', ".", 1));
        let label = if is_decimal { "a decimal comma" } else { "commas that group digits" };
        return (label.to_owned(), "write a point before the decimals, and group no digits: `99.95%`");
    }
    if !is_number(number) {
        return ("not a plain number with a percent sign".to_owned(), FORM);
    }
    if number.contains(['e', 'E', '+']) {
        return ("not written out".to_owned(), FORM);
    }
    if !text.ends_with('%') {
        return ("without its unit".to_owned(), "write percent, with its sign: 0.9995 is `99.95%`");
    }
    if decimals > Share::DECIMALS {
        return (format!("{decimals} decimals"), "round it to six decimals at most");
    }
    (format!("`{column}` is from 0% to 100%"), FORM)
}
