//! The commands. Each only strings steps together: load → check → eval → report → write.

mod action;
mod actions;
mod add;
mod catalog_fields;
mod change;
mod check;
mod completions;
mod evidence;
mod explain;
mod filter;
mod gate;
mod import;
mod init;
mod man;
mod migrate;
mod move_service;
mod new_id;
mod new_place;
mod open;
mod output;
mod past;
mod problems;
mod rename;
mod report;
mod required_fact;
mod retire;
mod rubric;
mod rubric_diff;
mod rubric_health;
mod schema;
mod score;
mod score_table;
mod show;
mod stop;
mod threads;
mod trend;
mod waive;

pub use gate::Comparison;
pub use stop::{Refusal, Shown, Stop};
pub use threads::prepare_threads;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::cli::{ActionCommand, Command, RubricCommand};
use crate::diag::{self, Checker};
use crate::dialog::Terminal;
use crate::load::{EstateDir, without_dots};
use crate::model::{Clock, Date};
use crate::text::{Commands, sanitize};

/// What a command works in: everything that it may not ask the machine for itself.
pub struct Context<'w> {
    /// Where the program was started: paths are shown relative to it. Absolute.
    pub current_dir: PathBuf,
    /// Where the estate is; relative paths on the command line begin where the search for it did.
    pub estate: EstateDir,
    /// Today, where the program runs.
    pub today: Date,
    /// The latest day that has begun anywhere on earth: entries up to it count from today.
    pub latest_day: Date,
    /// Columns that there are to fill.
    pub width: usize,
    /// Where what the user entered and did not write is kept; `None` where there is no such folder. Absolute.
    pub state_dir: Option<PathBuf>,
    /// How much is printed besides the result.
    pub verbosity: Verbosity,
    /// What the user pipes in.
    pub stdin: &'w mut dyn Read,
    /// Takes the result, styled.
    pub out: &'w mut dyn Write,
    /// Takes everything else, styled.
    pub err: &'w mut dyn Write,
    /// Somebody to ask; `None` where input or what is drawn goes elsewhere than to a terminal.
    pub terminal: Option<&'w mut dyn Terminal>,
}

impl Context<'_> {
    /// What day it is, here and where it is latest.
    fn clock(&self) -> Clock {
        Clock { today: self.today, latest_day: self.latest_day }
    }

    /// Searches for the estate from another folder.
    fn search_from(&mut self, start: &Path) {
        self.estate = EstateDir::find(start, &self.current_dir);
    }

    /// Shows paths as a code host names them.
    fn show_host_paths(&mut self) {
        self.estate = self.estate.clone().for_code_host();
    }

    /// A path that the user wrote.
    fn path(&self, written: &Path) -> PathBuf {
        seen_from(self.estate.start(), written)
    }
}

/// A folder as seen from another one, without `.` and `..`: the search for an estate goes up by what a path says, as a
/// shell does.
#[must_use]
pub fn seen_from(current: &Path, folder: &Path) -> PathBuf {
    without_dots(&current.join(folder))
}

/// How much is printed besides the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verbosity {
    /// Nothing.
    Quiet,
    /// What the reader has to know.
    Normal,
    /// Every problem in full.
    Verbose,
}

/// How a command ended; with its exit code a documented contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The work is done and nothing is wrong.
    Fine,
    /// The user asked for something that doesn't exist; the message is printed.
    WrongUsage,
    /// Input was wrong or missing; the message is printed.
    InvalidInput,
    /// The gate failed; the findings are printed.
    GateFailed,
    /// The user broke off what was asked.
    Interrupted,
}

impl Outcome {
    /// The process's exit code. 1 is left for what the tool could not do.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::WrongUsage => 2,
            Self::InvalidInput => 3,
            Self::GateFailed => 4,
            // What shells say of a program that Ctrl-C ended.
            Self::Interrupted => 130,
        }
    }
}

/// Which commands to a build server the result of a command may hold.
#[must_use]
pub fn commands_in_result(command: &Command) -> Commands {
    let patch = |dry_run: bool| if dry_run { Commands::Patch } else { Commands::Forbidden };
    let annotations = |is_github: bool| if is_github { Commands::Annotations } else { Commands::Forbidden };
    match command {
        Command::Check(args) => annotations(args.format == diag::Format::Github),
        Command::Rubric(RubricCommand::Lint(args)) => annotations(args.format == diag::Format::Github),
        Command::Gate(args) => annotations(args.format == diag::Format::Github),
        Command::Score(args) => patch(args.dry_run),
        Command::Action(ActionCommand::Add(args)) => patch(args.dry_run),
        Command::Action(ActionCommand::Done(args)) => patch(args.dry_run),
        Command::Waive(args) => patch(args.dry_run),
        Command::Migrate(args) => patch(args.dry_run),
        Command::Import(command) => patch(command.is_dry_run()),
        Command::Move(args) => patch(args.dry_run),
        Command::Retire(args) => patch(args.dry_run),
        Command::Rename(args) => patch(args.dry_run),
        Command::Trend(_)
        | Command::Report(_)
        | Command::Actions(_)
        | Command::Show(_)
        | Command::Action(ActionCommand::List(_))
        | Command::Add(_)
        | Command::Rubric(_)
        | Command::Explain(_)
        | Command::Init
        | Command::Schema(_)
        | Command::Completions(_)
        | Command::Man(_)
        | Command::Complete(_) => Commands::Forbidden,
    }
}

/// Runs a command.
///
/// # Errors
/// When the tool can't do its work: what it writes to can't be written, a folder can't be made.
pub fn run(command: &Command, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let refusal = match run_command(command, context) {
        Ok(outcome) => return Ok(outcome),
        Err(Stop::Failed(error)) => return Err(error),
        Err(Stop::Refused(refusal)) => refusal,
    };
    if refusal.shown == Shown::NotYet {
        writeln!(context.err, "error: {}", sanitize(&refusal.reason))?;
    }
    // Programs that read a result have to read why there is none.
    if let Command::Gate(args) = command {
        gate::undecided(args, &refusal.reason, context)?;
    } else if let Command::Check(args) = command {
        problems::refused(Checker::Check, args.format, &refusal.reason, context)?;
    } else if let Command::Rubric(RubricCommand::Lint(args)) = command {
        problems::refused(Checker::Lint, args.format, &refusal.reason, context)?;
    }
    Ok(refusal.outcome)
}

fn run_command(command: &Command, context: &mut Context<'_>) -> stop::Result {
    let start = context.estate.start();
    if !start.is_dir() {
        return Err(Stop::usage(format!("there is no folder {}", start.display())));
    }
    match command {
        Command::Check(args) => check::run(args, context),
        Command::Trend(args) => trend::run(args, context),
        Command::Report(args) => report::run(args, context),
        Command::Actions(args) => actions::run(args, context),
        Command::Gate(args) => gate::run(args, context),
        Command::Show(args) => show::run(args, context),
        Command::Score(args) => score::run(args, context),
        Command::Action(ActionCommand::Add(args)) => action::add(args, context),
        Command::Action(ActionCommand::Done(args)) => action::done(args, context),
        Command::Action(ActionCommand::List(args)) => action::list(args, context),
        Command::Waive(args) => waive::run(args, context),
        Command::Add(args) => add::run(args, context),
        Command::Import(command) => import::run(command, context),
        Command::Move(args) => move_service::run(args, context),
        Command::Retire(args) => retire::run(args, context),
        Command::Rename(args) => rename::run(args, context),
        Command::Migrate(args) => migrate::run(args, context),
        Command::Rubric(RubricCommand::List) => rubric::list(context),
        Command::Rubric(RubricCommand::Show(args)) => rubric::show(args, context),
        Command::Rubric(RubricCommand::Diff(args)) => rubric_diff::run(args, context),
        Command::Rubric(RubricCommand::Lint(args)) => rubric::lint(args, context),
        Command::Rubric(RubricCommand::Health(args)) => rubric_health::run(args, context),
        Command::Explain(args) => explain::run(args, context),
        Command::Init => init::run(context),
        Command::Schema(args) => schema::run(args, context),
        Command::Completions(args) => completions::run(args, context),
        Command::Man(args) => man::run(args, context),
        Command::Complete(args) => completions::complete(args, context),
    }
}
