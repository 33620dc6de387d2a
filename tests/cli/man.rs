//! `fundamentals man`: pages that a manual can hold.

use std::process::Command;

use clap::CommandFactory;
use fundamentals::cli::Cli;

use crate::support::{Estate, run, run_in};

/// Every command that a user may call, with those within `rubric`: `rubric diff`.
pub(crate) fn commands() -> Vec<String> {
    let visible = |command: &clap::Command| {
        let inner = command.get_subcommands().filter(|inner| !inner.is_hide_set());
        inner.cloned().collect::<Vec<_>>()
    };
    let nested = |outer: clap::Command| {
        let inner = visible(&outer).into_iter();
        let inner: Vec<_> = inner.map(|inner| format!("{} {}", outer.get_name(), inner.get_name())).collect();
        std::iter::once(outer.get_name().to_owned()).chain(inner)
    };
    visible(&Cli::command()).into_iter().flat_map(nested).collect()
}

#[test]
fn the_manual_page_names_every_command() {
    let page = run_in(Estate::empty().path(), "man").fine();
    assert!(page.contains(".TH fundamentals 1 "), "{page}");
    for command in commands().iter().filter(|command| !command.contains(' ')) {
        assert!(page.contains(&format!("fundamentals\\-{}(1)", command.replace('-', "\\-"))), "{command}");
    }
    assert!(!page.contains("complete(1)"), "{page}");
}

#[test]
fn each_command_has_a_page_that_groff_can_set() {
    for command in commands() {
        let page = run(&format!("man {command}")).fine();
        let name = command.replace([' ', '-'], "-");
        assert!(page.contains(&format!(".TH fundamentals-{name} 1 ")), "{page}");
        let folder = Estate::empty().with("page.1", &page);
        let mut groff = Command::new("groff");
        // A warning is text on stderr.
        let Ok(output) = groff.args(["-man", "-ww", "-Tascii", "page.1"]).current_dir(folder.path()).output()
        else {
            continue;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{command}: {said}");
        assert!(!output.stdout.is_empty(), "{command}");
    }
}

#[test]
fn a_page_of_no_command_is_wrong_usage() {
    assert_eq!(run("man trned").refused(2), "error: unknown command `trned`: did you mean `trend`?\n");
    assert_eq!(run("man trend x").refused(2), "error: `trend` has no commands\n");
    run("man complete").refused(2);
}
