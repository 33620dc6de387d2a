//! What moving services to a newer version of their rubric did, or would do.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::glyph::{self, styled};
use super::layout::MIN_WIDTH;
use crate::eval::{Migration, MigrationStep};
use crate::model::{Category, ServiceId};
use crate::text::{list_some, plural, wrap};

/// Whether files were changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MigrationMode {
    Done,
    DryRun,
}

/// What became of one service.
pub enum MigrationResult<'e> {
    /// It was moved: its file has one more assessment.
    Moved(Migration<'e>),
    /// It was not.
    Stayed { service: &'e ServiceId, why: Why<'e> },
}

/// Why a service was not moved.
pub enum Why<'e> {
    /// It needn't or can't be, by what its file says.
    Step(MigrationStep<'e>),
    /// Its file can't be added to safely, for this reason.
    Layout(String),
}

/// Whether somebody has to do something about a service that stayed.
#[must_use]
pub fn needs_attention(result: &MigrationResult<'_>) -> bool {
    match result {
        MigrationResult::Moved(_) => false,
        MigrationResult::Stayed { why: Why::Layout(_), .. } => true,
        MigrationResult::Stayed { why: Why::Step(step), .. } => match step {
            MigrationStep::AssessedOn(_) => true,
            MigrationStep::Move(_)
            | MigrationStep::Arrived(_)
            | MigrationStep::NeverAssessed
            | MigrationStep::OtherRubric(_) => false,
        },
    }
}

/// Lists the services: those that moved with what is left to judge, those that stayed with the reason.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    results: &[MigrationResult<'_>],
    mode: MigrationMode,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    let (mut moved, mut stayed) = (0, BTreeMap::<_, Vec<_>>::new());
    for result in results {
        match result {
            MigrationResult::Moved(migration) => {
                moved += 1;
                render_moved(migration, width, out)?;
            }
            MigrationResult::Stayed { service, why } => {
                stayed.entry(reason(why)).or_default().push(service.as_str());
            }
        }
    }
    for (reason, services) in stayed {
        let line = format!("{}: {reason}", styled(glyph::HEADING, &list_some(&services)));
        writeln!(out, "{}", wrap(&line, width, "  "))?;
    }
    let services = plural(moved, "service", "services");
    let summary = match (mode, moved, results.len() - moved) {
        (_, 0, _) => "Nothing to move.".to_owned(),
        (MigrationMode::Done, _, 0) => format!("Moved {services}."),
        (MigrationMode::Done, _, stayed) => format!("Moved {services}; {stayed} stayed."),
        (MigrationMode::DryRun, _, 0) => format!("Would move {services}; no file was changed."),
        (MigrationMode::DryRun, _, stayed) => {
            format!("Would move {services}; {stayed} would stay. No file was changed.")
        }
    };
    writeln!(out, "\n{summary}")
}

fn render_moved(migration: &Migration<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let Migration { service, from, to, settled, to_rescore, to_judge, let_go } = migration;
    writeln!(out, "{}: {} → {}", styled(glyph::HEADING, service.id.as_str()), from.key(), to.key())?;
    let all = to.categories.len();
    let settled = format!("{settled} of {} carried over", plural(all, "category", "categories"));
    let rescored = to_rescore.iter().map(|(category, was)| format!("{} (was {was})", category.id)).collect();
    let parts = [
        ("", vec![settled]),
        ("bar raised, judge again: ", rescored),
        ("not judged yet: ", ids(to_judge)),
        ("no longer asked: ", ids(let_go)),
    ];
    for (label, entries) in parts.into_iter().filter(|(_, entries)| !entries.is_empty()) {
        let line = format!("  {label}{}", entries.join(", "));
        writeln!(out, "{}", wrap(&line, width, "    "))?;
    }
    Ok(())
}

fn ids(categories: &[&Category]) -> Vec<String> {
    categories.iter().map(|category| category.id.to_string()).collect()
}

fn reason(why: &Why<'_>) -> String {
    match why {
        Why::Layout(reason) => reason.clone(),
        Why::Step(step) => match step {
            MigrationStep::Move(_) => "can be moved".to_owned(),
            MigrationStep::Arrived(rubric) => format!("at {} already", rubric.key()),
            MigrationStep::NeverAssessed => {
                "never assessed; a first assessment may use any version".to_owned()
            }
            MigrationStep::OtherRubric(rubric) => format!("judged under {}, another rubric", rubric.key()),
            MigrationStep::AssessedOn(date) => {
                format!("assessed on {date}, and a day has one assessment; move it on a later day")
            }
        },
    }
}

/// The comment in a service's file that a team may uncomment and fill in, a line each, without `#`.
#[must_use]
pub fn left_to_judge(migration: &Migration<'_>) -> Vec<String> {
    let again = migration.to_rescore.iter();
    let again = again.map(|(category, was)| (category, format!("the bar was raised; was {was}")));
    let first = migration.to_judge.iter().map(|category| (category, "not judged yet".to_owned()));
    let left: Vec<_> = again.chain(first).map(|(category, why)| (format!("{}:", category.id), why)).collect();
    if left.is_empty() {
        return Vec::new();
    }
    let widest = left.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
    let left = left.into_iter().map(|(key, why)| format!("  {key:widest$}  # {why}"));
    let head = [format!("All else is carried over from {}. Left to judge:", migration.from.key())];
    head.into_iter().chain(["scores:".to_owned()]).chain(left).collect()
}
