//! The words below a trend: what it is about, what it adds up to, and what its signs mean.

use std::collections::BTreeSet;

use super::{TrendLine, TrendReport, is_blank, sign};
use crate::eval::{RollUp, TrendCell};
use crate::model::RubricKey;
use crate::report::glyph;
use crate::text::{list, plural};

/// "17 services, 11 of them on the Golden Thread ★"
pub(super) fn services(report: &TrendReport) -> String {
    let services = plural(report.services, "service", "services");
    let golden = match (report.golden_thread, report.services) {
        (0, _) => String::new(),
        (_, 1) => format!(", on the Golden Thread {}", glyph::GOLDEN_THREAD),
        (count, _) => format!(", {count} of them on the Golden Thread {}", glyph::GOLDEN_THREAD),
    };
    format!("{services}{golden}")
}

/// "Judgements: 242 of 401 green, …", at the end of the last period.
pub(super) fn judgements(report: &TrendReport) -> String {
    format!("Judgements: {}", glyph::counts(&report.total))
}

/// That rubrics of different ids were used, which don't ask the same; `None` if it was one.
pub(super) fn rubrics(report: &TrendReport) -> Option<String> {
    if !are_of_different_ids(&report.rubrics) {
        return None;
    }
    let names: Vec<_> = report.rubrics.iter().map(ToString::to_string).collect();
    Some(format!("Different rubrics: {}; `--rubric` shows one of them", list(&names)))
}

fn are_of_different_ids(rubrics: &[RubricKey]) -> bool {
    rubrics.iter().map(|key| &key.id).collect::<BTreeSet<_>>().len() > 1
}

/// What the signs mean; only those that occur.
pub(super) fn signs(report: &TrendReport) -> String {
    let cells = || report.lines.iter().flat_map(|line| &line.cells);
    let occurs =
        |colour: RollUp| cells().any(|cell| sign(cell) == Some(colour)) || is_among_services(report, colour);
    let is_blank_where = |why: &dyn Fn(&TrendCell) -> bool| cells().any(|cell| is_blank(cell) && why(cell));
    let is_any = |is_it: &dyn Fn(&TrendLine, usize) -> bool| {
        report.lines.iter().any(|line| (0..line.cells.len()).any(|at| is_it(line, at)))
    };
    let shows_shares = report.lines.iter().any(|line| {
        let one_judgement = line.subject.service.is_some() && line.subject.category.is_some();
        !one_judgement && line.cells.iter().any(|cell| cell.counts.rated() > 0)
    });
    let parts = [
        (true, "R red, A amber, G green".to_owned()),
        (occurs(RollUp::Incomplete), "? incomplete".to_owned()),
        (occurs(RollUp::NotAssessed), "· nothing assessed".to_owned()),
        (occurs(RollUp::NotApplicable), "n/a not applicable".to_owned()),
        (is_blank_where(&|cell| cell.under_others > 0), "blank: another rubric was in force".to_owned()),
        (is_blank_where(&|cell| !cell.is_told()), "blank: nothing was in it then".to_owned()),
        (shows_shares, "14/22: 14 green of 22 applicable".to_owned()),
        (cells().any(|cell| cell.counts.stale > 0), glyph::stale_legend(report.stale_after_weeks)),
        (
            cells().any(|cell| cell.counts.carried > 0),
            format!("{} some carried over from another version of the rubric", glyph::CARRIED),
        ),
        (cells().any(TrendCell::is_break), format!("{} the rubric changed: not comparable", glyph::BREAK)),
        (
            is_any(&TrendLine::has_other_members),
            format!("{} other services than before: not comparable", glyph::OTHER_MEMBERS),
        ),
        (is_any(&TrendLine::ends_at), format!("{} retired", glyph::RETIRED)),
        (
            report.lines.iter().any(TrendLine::counts_services),
            "Services: how many have which worst colour".to_owned(),
        ),
        (
            report.periods.len() > 1,
            "since the period before: ▲ better, ▽ slipped to amber, ▼ dropped to red, + newly rated"
                .to_owned(),
        ),
        (report.lines.iter().any(|line| line.changes.no_longer_rated > 0), "− no longer rated".to_owned()),
    ];
    parts.into_iter().filter(|(occurs, _)| *occurs).map(|(_, text)| text).collect::<Vec<_>>().join("; ")
}

/// Whether any line counts services of this colour, as it does at the end of the last period.
fn is_among_services(report: &TrendReport, colour: RollUp) -> bool {
    let counting = report.lines.iter().filter(|line| line.counts_services());
    counting.filter_map(|line| line.cells.last()).any(|cell| cell.services.count(colour) > 0)
}
