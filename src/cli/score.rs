//! Flags of `score`.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, ValueHint};

use super::date;
use crate::model::Date;

/// Arguments of `score`.
#[derive(Debug, Args)]
#[command(after_help = "Without any of the options that say something, on a terminal, it asks.")]
pub struct ScoreArgs {
    /// The service's id; without it, `--from` is about all services that the table names
    #[arg(value_name = "SERVICE", required_unless_present = "from")]
    pub service: Option<String>,
    /// Ask about every category, not only about those that are red, stale or unknown
    #[arg(long)]
    pub all: bool,
    /// Under this rubric, also for the first time, such as `fundamentals`, `fundamentals@2` or `2`; default: the only one in
    /// force that has the categories
    #[arg(long, value_name = "RUBRIC")]
    pub rubric: Option<String>,
    /// What was judged
    #[command(flatten)]
    pub statements: Statements,
    /// Take scores from this CSV or XLSX file too, of any number of days; `-` is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub from: Option<PathBuf>,
    /// Looked at again and unchanged: a category, several with commas, or `all` that were judged before
    #[arg(long, value_name = "CATEGORY|all", value_delimiter = ',')]
    pub confirm: Vec<String>,
    /// The day on which it was judged [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
    /// Who judged; several with commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub by: Vec<String>,
    /// The outside view: who judged with them; several with commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub with: Vec<String>,
    /// Print what would change, as a patch, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl ScoreArgs {
    /// Whether ratings are given on the command line, so that there are no prompts.
    #[must_use]
    pub fn says_something(&self) -> bool {
        !self.statements.0.is_empty() || self.from.is_some() || !self.confirm.is_empty()
    }
}

/// Options about categories in the order of the command line: a reason belongs to the score before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statements(pub Vec<Statement>);

/// One option that says something of a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Which option.
    pub kind: StatementKind,
    /// What it says.
    pub text: String,
}

/// What an option says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementKind {
    /// A category and its score.
    Set,
    /// Why.
    Because,
    /// Where it can be seen.
    Evidence,
    /// Anything else worth knowing.
    Note,
}

impl StatementKind {
    const ALL: [Self; 4] = [Self::Set, Self::Because, Self::Evidence, Self::Note];

    /// The option's name, without dashes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Because => "because",
            Self::Evidence => "evidence",
            Self::Note => "note",
        }
    }

    fn value_name(self) -> &'static str {
        match self {
            Self::Set => "CATEGORY=COLOUR",
            Self::Because | Self::Note => "TEXT",
            Self::Evidence => "LINK",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Set => {
                "What a category was judged: `red`, `amber`, `green`, `not-applicable`, or `inherited-from:SERVICE`"
            }
            Self::Because => "Why; belongs to the `--set` before it",
            Self::Evidence => "Where it can be seen; belongs to the `--set` before it, may be given again",
            Self::Note => "Anything else worth knowing; belongs to the `--set` before it",
        }
    }
}

impl Args for Statements {
    fn augment_args(command: Command) -> Command {
        StatementKind::ALL.into_iter().fold(command, |command, kind| {
            let name = kind.name();
            let option = Arg::new(name).long(name).value_name(kind.value_name()).help(kind.help());
            command.arg(option.action(ArgAction::Append))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Statements {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut statements: Vec<(usize, Statement)> = Vec::new();
        for kind in StatementKind::ALL {
            let places = matches.indices_of(kind.name()).into_iter().flatten();
            let texts = matches.get_many::<String>(kind.name()).into_iter().flatten();
            let said = places.zip(texts);
            statements.extend(said.map(|(at, text)| (at, Statement { kind, text: text.clone() })));
        }
        statements.sort_by_key(|(at, _)| *at);
        let mut statements: Vec<_> = statements.into_iter().map(|(_, statement)| statement).collect();
        // With a single score, every option is about it, in any order.
        if let [_] =
            statements.iter().filter(|statement| statement.kind == StatementKind::Set).collect::<Vec<_>>()[..]
        {
            statements.sort_by_key(|statement| statement.kind != StatementKind::Set);
        }
        match statements.first() {
            Some(Statement { kind: StatementKind::Set, .. }) | None => Ok(Self(statements)),
            Some(Statement { kind, .. }) => {
                let reason = format!("--{} has no --set before it that it could belong to\n", kind.name());
                Err(Error::raw(ErrorKind::MissingRequiredArgument, reason))
            }
        }
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
