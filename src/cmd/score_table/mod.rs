//! Scores of a table, of any number of services and days: read, tried out, and written together. `import scores` and
//! `score --from` both do this.

mod contradictions;
mod plan;

use std::path::Path;

use anyhow::anyhow;
use rayon::prelude::*;

use super::change::{MAX_ATTEMPTS, Mode, planned, say_where_to_apply, try_out, write_patch, wrong_file};
use super::evidence::UnseenGreens;
use super::open::{open, outcome};
use super::stop::{Result, Stop};
use super::{Context, Verbosity, filter};
use crate::diag;
use crate::edit::{self, Replaced, Rewrite};
use crate::eval::{Contradictions, Repeats};
use crate::load::{
    BlankCells, FileText, FillUse, Loaded, MapFile, RatingOptions, RatingTable, ScoreInput, TableFile,
    read_ratings,
};
use crate::model::{Date, DateOrder, Scoring, Service, ServiceId};
use crate::report::scored::{self as report, ScoredCounts, ScoredMode};
use crate::source::{FileId, SourceFile};
use crate::text::sanitize;
use plan::{ServicePlan, plan};

/// Options beside a table: they are read with places in a text that becomes the file of this id.
pub(super) type OptionScores<'a> = dyn Fn(FileId) -> (ScoreInput, SourceFile) + Sync + 'a;

/// What is to be read and written.
pub(super) struct TableRequest<'a> {
    pub file: TableFile,
    pub map: Option<MapFile>,
    pub sheet: Option<&'a str>,
    pub fills: FillUse,
    pub date_order: Option<DateOrder>,
    /// The day of scores that have none.
    pub date: Option<Date>,
    pub rubric: Option<&'a str>,
    /// The name of the only service.
    pub service: Option<&'a str>,
    /// Scores of that service on that day besides.
    pub options: Option<&'a OptionScores<'a>>,
    pub by: &'a [String],
    pub with: &'a [String],
    pub blanks: BlankCells,
    pub repeats: Repeats,
    pub contradictions: Contradictions,
    pub mode: Mode,
}

/// What a table changed, or would.
pub(super) struct AppliedTable {
    pub before: Box<Loaded>,
    pub after: Box<Loaded>,
    /// Those with news, by id.
    pub services: Vec<ScoredService>,
    pub counts: ScoredCounts,
}

/// A service whose file has new scores.
pub(super) struct ScoredService {
    pub id: ServiceId,
    /// Its file as it is shown.
    pub path: String,
    /// By day.
    pub scorings: Vec<Scoring>,
    text: String,
}

/// Reads a table's bytes; `-` is standard input.
pub(super) fn read_table(path: &Path, context: &mut Context<'_>) -> TableFile {
    TableFile::read(context.estate.named_file(path, context.stdin))
}

/// Writes what a table says, or prints it as a patch; if somebody else changes a file meanwhile, all of it again.
pub(super) fn apply(request: &TableRequest<'_>, context: &mut Context<'_>) -> Result<AppliedTable> {
    for attempt in 0..MAX_ATTEMPTS {
        let before = open(context)?;
        let (mut table, plans) = read(request, &before, context)?;
        if attempt == 0 {
            say_notes(&table, context)?;
        }
        if table.problems.has_errors() {
            return Err(wrong_table(&mut table, &before, request.mode, context)?);
        }
        let counts = plans.iter().map(|plan| plan.counts).sum();
        let services = edited(&before, plans)?;
        let texts: Vec<FileText<'_>> =
            services.iter().map(|service| (service.path.as_str(), Some(service.text.clone()))).collect();
        let after = match try_out(&before, &texts, context.clock()) {
            Ok(after) => after,
            Err(wrong) => return Err(wrong_file(&wrong, context)?),
        };
        match request.mode {
            Mode::DryRun => write_patches(&services, &before, context)?,
            Mode::Write if write(&services, &before, context)? == Replaced::ChangedMeanwhile => continue,
            Mode::Write => {}
        }
        let mut unseen = UnseenGreens::default();
        for service in &services {
            service.scorings.iter().for_each(|scoring| unseen.add(scoring, &service.id, &after.estate));
        }
        unseen.warn(context)?;
        return Ok(AppliedTable { before, after, services, counts });
    }
    Err(anyhow!("the files are being changed by others all the time; try again later").into())
}

/// Reads the table and decides what it adds to each service.
fn read(
    request: &TableRequest<'_>,
    before: &Loaded,
    context: &Context<'_>,
) -> Result<(RatingTable, Vec<ServicePlan>)> {
    let service = request.service.map(|name| filter::service(name, before)).transpose()?;
    let options = RatingOptions {
        sheet: request.sheet,
        fills: request.fills,
        date_order: request.date_order,
        date: request.date,
        clock: context.clock(),
        only: service.map(|service| &service.id),
        blanks: request.blanks,
    };
    let mut table = read_ratings(&request.file, request.map.clone(), &before.estate, options);
    let plans = plan(request, before, service, &mut table)?;
    Ok((table, plans))
}

/// The services with news, and the new texts of their files.
fn edited(before: &Loaded, plans: Vec<ServicePlan>) -> Result<Vec<ScoredService>> {
    let news: Vec<_> = plans.into_iter().filter(|plan| !plan.scorings.is_empty()).collect();
    let edit = |plan: ServicePlan| {
        let service = before.estate.service(plan.id.as_str());
        let file = service.map(|service: &Service| before.sources.file(service.span.file));
        let (path, text) =
            file.map_or_else(Default::default, |file| (file.path().to_owned(), file.text().to_owned()));
        let edited = plan.scorings.iter().try_fold(text, |text, scoring| edit::assess(&text, scoring));
        let text = planned(edited, &path)?;
        Ok(ScoredService { id: plan.id, path, scorings: plan.scorings, text })
    };
    news.into_par_iter().map(edit).collect()
}

fn write(services: &[ScoredService], before: &Loaded, context: &Context<'_>) -> Result<Replaced> {
    let rewrites = services.iter().filter_map(|service| {
        let file = before.estate.service(service.id.as_str())?.span.file;
        let old = before.sources.file(file).text().to_owned();
        Some(Rewrite { path: context.estate.path(&service.path), old, new: service.text.clone() })
    });
    Ok(edit::rewrite_together(None, &rewrites.collect::<Vec<_>>())?)
}

/// Prints one patch of all files, whose paths lead up nowhere.
fn write_patches(services: &[ScoredService], before: &Loaded, context: &mut Context<'_>) -> Result<()> {
    let levels = services.iter().map(|service| edit::levels_up(&service.path)).max().unwrap_or(0);
    for service in services {
        let Some(old) = before.estate.service(service.id.as_str()) else { continue };
        let old = before.sources.file(old.span.file).text();
        write_patch(&service.path, old, &service.text, levels, context)?;
    }
    say_where_to_apply(levels, context)
}

fn say_notes(table: &RatingTable, context: &mut Context<'_>) -> Result<()> {
    if context.verbosity == Verbosity::Quiet {
        return Ok(());
    }
    for note in table.notes() {
        writeln!(context.err, "note: {}", sanitize(&note))?;
    }
    Ok(())
}

/// Prints what is wrong with a table or, in a dry run, also the map that it needs; gives the reason why nothing is written.
fn wrong_table(
    table: &mut RatingTable,
    before: &Loaded,
    mode: Mode,
    context: &mut Context<'_>,
) -> Result<Stop> {
    table.problems.sort();
    let sources = table.sources();
    diag::render_human(&table.problems, &sources, context.width, context.err)?;
    let draft = table.draft(&before.estate).filter(|_| mode == Mode::DryRun);
    if let Some(draft) = draft {
        context.out.write_all(draft.as_bytes())?;
    }
    let reason = "nothing was written";
    let is_usage = ScoreInput::only_options_are_wrong(&table.problems, &sources);
    Ok(if is_usage { Stop::usage(reason) } else { Stop::invalid(reason) })
}

/// Ends a command that wrote a table's scores: says which services have new ones.
pub(super) fn finish(applied: &AppliedTable, mode: Mode, context: &mut Context<'_>) -> Result {
    let (mode, out) = match mode {
        Mode::Write => (ScoredMode::Written, &mut *context.out),
        // The patch is the result.
        Mode::DryRun => (ScoredMode::DryRun, &mut *context.err),
    };
    let services: Vec<_> =
        applied.services.iter().map(|service| (&service.id, service.scorings.as_slice())).collect();
    report::render(&services, applied.counts, mode, context.width, out)?;
    Ok(outcome(&applied.before))
}
