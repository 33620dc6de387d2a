//! `fundamentals man`

use anyhow::Context as _;
use clap::CommandFactory;
use clap_mangen::Man;

use super::stop::{Result, Stop};
use super::{Context, Outcome};
use crate::cli::{Cli, ManArgs};
use crate::text::did_you_mean;

pub(super) fn run(args: &ManArgs, context: &mut Context<'_>) -> Result {
    // Pages of `help` would say what `--help` says.
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    let mut command = &root;
    for name in &args.command {
        let inner = command.find_subcommand(name).filter(|inner| !inner.is_hide_set());
        let Some(inner) = inner else {
            let names: Vec<_> = names(command).collect();
            let reason = if names.is_empty() {
                format!("`{}` has no commands", command.get_name())
            } else {
                format!("unknown command `{name}`: {}", did_you_mean(name, names.iter().copied(), ""))
            };
            return Err(Stop::usage(reason));
        };
        command = inner;
    }
    // Written at once: the reader may leave after a part.
    let mut page = Vec::new();
    let source = format!("{} {}", root.get_name(), root.get_version().unwrap_or_default());
    let manual = Man::new(command.clone()).source(source);
    manual.render(&mut page).context("failed to make the manual page")?;
    context.out.write_all(&page)?;
    Ok(Outcome::Fine)
}

fn names(command: &clap::Command) -> impl Iterator<Item = &str> {
    let visible = command.get_subcommands().filter(|command| !command.is_hide_set());
    visible.map(clap::Command::get_name)
}
