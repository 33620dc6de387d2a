//! `fundamentals score`

mod ask;
mod baseline;
mod draft;
mod table;
mod talk;

use std::io::{self, Write};
use std::sync::Arc;

use super::change::{AppliedChange, MessageContext, Mode, change_service, finish, planned};
use super::evidence::UnseenGreens;
use super::stop::{Result, Stop};
use super::{Context, filter, past};
use crate::cli::{ScoreArgs, Statement, StatementKind};
use crate::diag;
use crate::edit::{self, EditError};
use crate::eval::{self, Selection, WhatIf, rubrics_in_force};
use crate::load::{Loaded, ScoreInput, ScoreOption, ScoreOptionKind};
use crate::model::{Assessment, Confirmation, Date, Rubric, RubricKey, Scoring, Service};
use crate::report::scoring as report;
use crate::source::{FileId, SourceFile, Sources};
use crate::text::list;
use baseline::Baseline;

pub(super) fn run(args: &ScoreArgs, context: &mut Context<'_>) -> Result {
    if let Some(path) = &args.from {
        return table::run(args, path, context);
    }
    let Some(service) = &args.service else {
        return Err(Stop::usage("name a service, or a table: `--from`"));
    };
    if !args.says_something() {
        if context.terminal.is_some() {
            return ask::run(args, service, context);
        }
        let reason = "nothing to record, and no terminal for prompts: use `--set`, `--confirm` or `--from`";
        return Err(Stop::usage(reason));
    }
    let mode = Mode::of(args.dry_run);
    let (input, file) = options(args, FileId::from_index(0));
    let sources = Sources::new(vec![file]);
    let mut used = None;
    let changed = change_service(service, mode, context, &mut |loaded, service, context| {
        let date = args.date.unwrap_or(context.today);
        past::refuse_retired(service, date)?;
        let rubric = choose_rubric(args.rubric.as_deref(), &input.categories(), loaded, service, date)?;
        let parsed = input.clone().parse(rubric);
        if parsed.problems.has_errors() {
            diag::render_human(&parsed.problems, &sources, context.width, context.err)?;
            return Err(Stop::usage("nothing was written"));
        }
        let (scores, confirmation) = (parsed.scores, parsed.confirmation);
        let scoring = Scoring { scores, confirmation, ..silent(args, rubric, date) };
        if scoring.is_empty() {
            return Err(Stop::usage("nothing to record: use `--set`, `--confirm` or `--from`"));
        }
        let text = put(&scoring, loaded, service);
        used = Some(scoring);
        text
    })?;
    if let Some(scoring) = &used {
        warn_of_unseen(scoring, &changed, context)?;
    }
    let rubric = used.as_ref().map(|scoring| &scoring.rubric);
    tell(&changed, args.date.unwrap_or(context.today), rubric, mode, context)
}

/// What the options say, and the text of them, which becomes the file of this id.
fn options(args: &ScoreArgs, file: FileId) -> (ScoreInput, SourceFile) {
    let mut input = ScoreInput::default();
    let scores = args.statements.0.iter().map(|Statement { kind, text }| ScoreOption {
        kind: match kind {
            StatementKind::Set => ScoreOptionKind::Score,
            StatementKind::Because => ScoreOptionKind::Because,
            StatementKind::Evidence => ScoreOptionKind::Evidence,
            StatementKind::Note => ScoreOptionKind::Note,
        },
        name: kind.name(),
        value: text,
    });
    let confirmed = args.confirm.iter();
    let confirmed =
        confirmed.map(|value| ScoreOption { kind: ScoreOptionKind::Confirmation, name: "confirm", value });
    let text = input.add_options(scores.chain(confirmed), file);
    (input, text)
}

/// The rubric under which a service is assessed on a day: the one that is named, or the only one in force that has all of
/// these categories.
fn choose_rubric<'l>(
    named: Option<&str>,
    categories: &[&str],
    loaded: &'l Loaded,
    service: &'l Service,
    date: Date,
) -> Result<&'l Arc<Rubric>> {
    let estate = &loaded.estate;
    if let Some(name) = named {
        return filter::rubric_of(name, estate, service, date);
    }
    let in_force = rubrics_in_force(estate, service, date);
    let has_all = |rubric: &&&Arc<Rubric>| categories.iter().all(|category| rubric.find(category).is_some());
    let fitting: Vec<_> = in_force.iter().filter(has_all).copied().collect();
    match (fitting.as_slice(), in_force.as_slice()) {
        // What is unknown in the only rubric is reported at its place.
        ([only], _) | (_, [only]) => Ok(*only),
        (fitting, in_force) => {
            let candidates = if fitting.is_empty() { in_force } else { fitting };
            let keys: Vec<_> = candidates.iter().map(|rubric| rubric.key().to_string()).collect();
            let what = if fitting.is_empty() { "none has all of these categories" } else { "several fit" };
            let reason =
                format!("{} is under {}, and {what}: name one with `--rubric`", service.id, list(&keys));
            Err(Stop::usage(reason))
        }
    }
}

/// An empty scoring by the people that the options name.
fn silent(args: &ScoreArgs, rubric: &Rubric, date: Date) -> Scoring {
    Scoring {
        date,
        rubric: rubric.key(),
        by: args.by.clone(),
        with: args.with.clone(),
        scores: Vec::new(),
        confirmation: Confirmation::These(Vec::new()),
    }
}

/// The text of a service's file with a scoring.
fn put(scoring: &Scoring, loaded: &Loaded, service: &Service) -> Result<String> {
    let path = loaded.sources.file(service.span.file).path();
    planned(text_with(scoring, loaded, service), path)
}

/// The text of a service's file with a scoring, in that day's assessment under its rubric if there is one.
fn text_with(
    scoring: &Scoring,
    loaded: &Loaded,
    service: &Service,
) -> std::result::Result<String, EditError> {
    let mut assessments = loaded.as_written(service).assessments.iter();
    let scoring = scoring.clone();
    let is_same = |assessment: &&Assessment| {
        assessment.date == scoring.date && assessment.rubric.id == scoring.rubric.id
    };
    let scoring = match assessments.find(is_same) {
        Some(same_day) => scoring.onto(same_day),
        None => scoring,
    };
    edit::assess(loaded.sources.file(service.span.file).text(), &scoring)
}

/// Warns of greens that a scoring leaves without evidence.
fn warn_of_unseen(scoring: &Scoring, changed: &AppliedChange, context: &mut Context<'_>) -> Result<()> {
    let mut unseen = UnseenGreens::default();
    unseen.add(scoring, &changed.service, &changed.after.estate);
    unseen.warn(context)
}

/// Renders the effect of a change.
fn tell(
    changed: &AppliedChange,
    date: Date,
    rubric: Option<&RubricKey>,
    mode: Mode,
    context: &mut Context<'_>,
) -> Result {
    let baseline = Baseline::find(&context.estate, context.clock());
    finish(changed, mode, context, |shown, out| {
        let Some(((before, after), rubric)) = changed.services().zip(rubric) else { return Ok(()) };
        let (before, after) = ((&*changed.before, before), (&*changed.after, after));
        Ok(tell_what_if(before, after, &baseline, (date, rubric), shown, out)?)
    })
}

/// Says what becomes of a service between two states of an estate: colours, counts, and the gate's verdict.
fn tell_what_if(
    (before, service): (&Loaded, &Service),
    (after, changed): (&Loaded, &Service),
    baseline: &Baseline,
    (date, rubric): (Date, &RubricKey),
    shown: &MessageContext,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(rubric) = after.estate.rubrics.get(rubric) else { return Ok(()) };
    let what_if = WhatIf::new((&before.estate, service), (&after.estate, changed), rubric, shown.today);
    let selection = Selection { services: vec![changed.id.clone()], ..Selection::default() };
    let verdict = eval::gate(&after.estate, baseline.base(), &selection, shown.today);
    report::render(&what_if, (&verdict, baseline.compared()), date, shown.width, out)
}
