//! The program: asks the machine for what only it knows, and hands over to [`fundamentals::cmd`].

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use anyhow::{Context as _, Result};
use clap::Parser;
use etcetera::BaseStrategy;
use fundamentals::cli::{Cli, ColorWhen};
use fundamentals::cmd::{self, Context, Outcome, Verbosity};
use fundamentals::dialog::{Terminal, Tty};
use fundamentals::load::EstateDir;
use fundamentals::model::Date;
use fundamentals::text::{Commands, LogWriter, sanitize, sanitize_lines};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => return explain(&usage),
    };
    match run(&cli) {
        Ok(outcome) => ExitCode::from(outcome.exit_code()),
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {}", sanitize(&format!("{error:#}")));
            ExitCode::from(1)
        }
    }
}

/// Prints help, or what is wrong with the command line. What stands there may be names of files that somebody else chose.
fn explain(usage: &clap::Error) -> ExitCode {
    let plain = usage.render().to_string();
    let shown = sanitize_lines(&plain);
    if shown == plain {
        let _ = usage.print();
    } else {
        let _ = io::stderr().write_all(shown.as_bytes());
    }
    ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2))
}

#[expect(clippy::disallowed_methods, reason = "main is who asks the machine")]
fn run(cli: &Cli) -> Result<Outcome> {
    cmd::prepare_threads(std::env::var("RAYON_NUM_THREADS").ok().and_then(|count| count.parse().ok()));
    let choice = match cli.color {
        ColorWhen::Auto => ColorChoice::Auto,
        ColorWhen::Always => ColorChoice::Always,
        ColorWhen::Never => ColorChoice::Never,
    };
    let out = BufWriter::new(PipeSafe(AutoStream::new(io::stdout(), choice)));
    let mut out = LogWriter::new(out, cmd::commands_in_result(&cli.command));
    let mut err = LogWriter::new(PipeSafe(AutoStream::new(io::stderr(), choice)), Commands::Forbidden);
    let mut tty = Tty::new(choice);
    // A dumb terminal can't go back to a line.
    let is_dumb = std::env::var_os("TERM").is_some_and(|kind| kind == "dumb");
    let can_ask = io::stdin().is_terminal() && io::stderr().is_terminal() && !is_dumb;
    let current_dir = std::env::current_dir().context("failed to find the current folder")?;
    let now = chrono::Local::now();
    // Clocks are ahead of UTC by up to 14 hours.
    let latest_day = (now.to_utc() + chrono::TimeDelta::hours(14)).date_naive();
    let start = cli.directory.as_ref();
    let start = start.map_or_else(|| current_dir.clone(), |folder| cmd::seen_from(&current_dir, folder));
    let mut context = Context {
        estate: EstateDir::find(&start, &current_dir),
        current_dir,
        today: cli.today.unwrap_or_else(|| Date::from(now.date_naive())),
        latest_day: cli.today.unwrap_or_else(|| Date::from(latest_day)),
        width: width(cli),
        state_dir: state_dir(),
        verbosity: match (cli.quiet, cli.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, false) => Verbosity::Normal,
            (false, true) => Verbosity::Verbose,
        },
        stdin: &mut io::stdin(),
        out: &mut out,
        err: &mut err,
        terminal: can_ask.then_some(&mut tty as &mut dyn Terminal),
    };
    let outcome = cmd::run(&cli.command, &mut context)?;
    out.flush().context("failed to write the result")?;
    Ok(outcome)
}

/// Columns: as the user says, as the shell says, as the terminal says, or 100.
#[expect(clippy::disallowed_methods, reason = "main is who asks the machine")]
fn width(cli: &Cli) -> usize {
    let by_shell = || std::env::var("COLUMNS").ok()?.parse().ok().filter(|columns| *columns > 0);
    let by_terminal = || terminal_size::terminal_size().map(|(width, _)| width.0);
    usize::from(cli.width.or_else(by_shell).or_else(by_terminal).unwrap_or(100))
}

/// Where programs of this user keep what is neither a setting nor a document.
fn state_dir() -> Option<PathBuf> {
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_dir()).join("fundamentals"))
}

/// A stream whose reader may leave: what is written after that goes nowhere, and the exit code stays what it is.
struct PipeSafe<W>(W);

impl<W: Write> Write for PipeSafe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(bytes.len()),
            result => result,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }
}
