//! Files of what was measured → [`SloResult`]s: our own CSV, and the reports of slo-generator.

mod csv;
mod report;

use std::collections::HashMap;
use std::path::Path;

use report::Report;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Date, Estate, ServiceId, SloResult};
use crate::source::{FileId, SourceFile, Span};

/// Number of reports about the same month that are kept, and of repeats that are shown for a file.
const MAX_REPEATS: usize = 20;

/// What an objective's result is known by: its service, name and month.
type ResultKey = (ServiceId, String, Date);

fn key(result: &SloResult) -> ResultKey {
    (result.service.clone(), result.slo.clone(), result.month)
}

/// What was measured, as read so far.
#[derive(Default)]
pub(super) struct Measured {
    results: Vec<SloResult>,
    reports: Vec<Report>,
}

impl Measured {
    /// Reads one file, noting everything that is wrong with it; what is right is kept.
    pub fn read(&mut self, source: &SourceFile, file: FileId, problems: &mut Problems) {
        if is_json(source.path()) {
            self.reports.extend(report::parse(source.text(), file, problems));
        } else {
            self.results.extend(csv::parse(source.text(), file, problems));
        }
    }

    /// One result for each objective and month. What was measured of a service under an old id is a result of that service.
    pub fn finish(self, estate: &Estate, problems: &mut Problems) -> Vec<SloResult> {
        let Self { mut results, mut reports } = self;
        let of_reports = reports.iter_mut().map(|report| &mut report.result);
        for result in results.iter_mut().chain(of_reports) {
            estate.rename(&mut result.service);
        }
        results.extend(most_telling(reports));
        without_repeats(results, problems)
    }
}

/// Everything that isn't named as JSON is CSV.
fn is_json(path: &str) -> bool {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        ["json", "jsonl", "ndjson"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// The report of each objective and month that saw most of the month: of a window that moves along, a report is exported
/// every day, and those after the month's end forget its first days. Different reports on the same time
/// stay, to be reported as repeats.
fn most_telling(reports: Vec<Report>) -> Vec<SloResult> {
    let mut places: HashMap<ResultKey, usize> = HashMap::new();
    let mut groups: Vec<Vec<Report>> = Vec::new();
    for report in reports {
        let place = *places.entry(key(&report.result)).or_insert(groups.len());
        let Some(group) = groups.get_mut(place) else {
            groups.push(vec![report]);
            continue;
        };
        // All of a group are about the same time.
        if group.iter().take(1).all(|other| report.tells_more_than(other)) {
            *group = vec![report];
        } else if group.len() < MAX_REPEATS && group.iter().all(|other| report.disagrees_with(other)) {
            group.push(report);
        }
    }
    groups.into_iter().flatten().map(|report| report.result).collect()
}

/// Keeps the first of several results for the same service, objective and month, and reports the others.
fn without_repeats(results: Vec<SloResult>, problems: &mut Problems) -> Vec<SloResult> {
    let mut first: HashMap<ResultKey, Span> = HashMap::new();
    let mut repeats: HashMap<FileId, usize> = HashMap::new();
    let is_new = |result: &SloResult| {
        let key = key(result);
        let Some(earlier) = first.get(&key) else {
            first.insert(key, result.span);
            return true;
        };
        let told = repeats.entry(result.span.file).or_default();
        *told += 1;
        if *told >= MAX_REPEATS {
            return false;
        }
        let (slo, service, month) = (&result.slo, &result.service, result.month_in_digits());
        let title = format!("`{slo}` of `{service}` in {month} is given twice");
        let problem = Diagnostic::new(Code::DuplicateSlo, title).at(result.span, "given again here");
        problems.push(problem.and(*earlier, "first given here").help("keep the one that is right"));
        false
    };
    let mut results = results;
    results.retain(is_new);
    results
}
