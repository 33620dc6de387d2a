//! Everything that a service was rated, as a table that `import scores` reads back: one row for each rating.

use super::ServiceReport;
use crate::eval::Status;
use crate::model::{Assessment, Judgement, Verdict};
use crate::report::sheet::{DATE, NAME, PROSE, Sheet, SheetColumns, WORD};

/// Between several texts of a field.
const BETWEEN: &str = "; ";

/// A rating and where it belongs.
#[derive(Clone, Copy)]
struct RatingRow<'r> {
    service: &'r str,
    assessment: &'r Assessment,
    judgement: &'r Judgement,
}

/// The ratings up to the day of the report, under every version of the rubrics that are shown, oldest first.
pub(super) fn sheet<'r>(report: &'r ServiceReport<'_>) -> Sheet<'r> {
    let is_shown = |assessment: &&Assessment| {
        let id = &assessment.rubric.id;
        assessment.date <= report.as_of && report.rubrics.iter().any(|part| part.rubric.id == *id)
    };
    let service = report.service.id.as_str();
    let rows = report.service.assessments.iter().filter(is_shown).flat_map(move |assessment| {
        let row = move |judgement| RatingRow { service, assessment, judgement };
        assessment.judgements.iter().map(row)
    });
    SheetColumns::<RatingRow<'_>>::new()
        .add(NAME, "service", "Service", |row| row.service.to_owned())
        .add(NAME, "category", "Category", |row| {
            row.assessment.rubric.category(row.judgement.category).id.to_string()
        })
        .add(DATE, "date", "Date", |row| row.assessment.date)
        .add(WORD, "colour", "Colour", |row| match &row.judgement.verdict {
            Verdict::Rated { colour, .. } => Some(colour.word()),
            Verdict::NotApplicable { .. } => Some(Status::NotApplicable.word()),
            Verdict::Inherited { .. } => None,
        })
        .add(PROSE, "reason", "Reason", |row| row.judgement.verdict.because().map(str::to_owned))
        .add(PROSE, "evidence", "Evidence", |row| joined(&row.judgement.evidence))
        .add(PROSE, "by", "By", |row| joined(&row.assessment.by))
        .add(NAME, "rubric", "Rubric", |row| row.assessment.rubric.key().to_string())
        .add(NAME, "inherited_from", "Inherited from", |row| {
            row.judgement.verdict.provider().map(ToString::to_string)
        })
        .add(PROSE, "note", "Note", |row| row.judgement.note.clone())
        .add(PROSE, "with", "With", |row| joined(&row.assessment.with))
        .over(rows)
}

fn joined(texts: &[String]) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join(BETWEEN))
}
