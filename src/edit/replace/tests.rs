//! A process that is killed while it replaces a file leaves the old or the new one.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio, abort};

use super::*;

const ALL: [Reached; 6] = [
    Reached::Locked,
    Reached::Compared,
    Reached::Created,
    Reached::Written,
    Reached::Synced,
    Reached::Renamed,
];
/// Environment variables that tell a process at which step and file to abort.
const STEP: &str = "FUNDAMENTALS_TEST_DIE_AT";
const FILE: &str = "FUNDAMENTALS_TEST_FILE";

fn old(round: usize) -> String {
    format!("# {round}\n{}", "old: text\n".repeat(1 + round * 97))
}

fn new(round: usize) -> String {
    format!("# {round}\n{}", "new: text\n".repeat(1 + round * 113))
}

/// Not a test: what the processes run that die. Does nothing in a run of the tests.
#[test]
#[expect(clippy::disallowed_methods, reason = "how a process that is to die is told")]
fn dies_on_the_way() {
    let (Ok(step), Ok(path)) = (std::env::var(STEP), std::env::var(FILE)) else { return };
    let (round, step): (usize, usize) = {
        let (round, step) = step.split_once(' ').expect("two numbers");
        (round.parse().expect("a number"), step.parse().expect("a number"))
    };
    let mut left = step;
    let mut die = |_: Reached| match left.checked_sub(1) {
        Some(less) => left = less,
        // No destructor runs: as when it is killed.
        None => abort(),
    };
    let _ = replace_in_steps(Path::new(&path), &old(round), &new(round), &mut die);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "kills a process at each step, many times")]
fn killed_at_any_step_the_old_or_the_new_file_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s.yaml");
    let (mut kills, mut found_old, mut found_new) = (0, 0, 0);
    for round in 0..35 {
        // One step more than a text without byte-order mark has: the last process lives.
        for step in 0..=ALL.len() + 1 {
            fs::write(&path, old(round)).expect("written");
            let status = Command::new(std::env::current_exe().expect("this program"))
                .args(["--exact", "edit::replace::tests::dies_on_the_way"])
                .env(STEP, format!("{round} {step}"))
                .env(FILE, &path)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .expect("a process");
            kills += usize::from(!status.success());
            let text = fs::read_to_string(&path).expect("it can be read");
            let (is_old, is_new) = (text == old(round), text == new(round));
            assert!(is_old || is_new, "torn in round {round} at step {step}: {text}");
            found_old += usize::from(is_old);
            found_new += usize::from(is_new);
        }
    }
    assert!(kills >= 200, "{kills}");
    assert_eq!(
        (found_old, found_new),
        (35 * 6, 35 * 2),
        "killed before and after the rename, and not at all"
    );
    let left = fs::read_dir(folder.path()).expect("listed").count();
    assert_eq!(left, 1, "the last process clears up what those before it left");
}

#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "a test may look at files")]
fn a_private_file_is_the_users_alone_and_takes_the_place_of_what_was_there() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("drafts/s.json");
    for text in ["a longer first text", "second"] {
        put_private(&path, text.as_bytes()).expect("written");
        assert_eq!(fs::read_to_string(&path).expect("it can be read"), text);
    }
    let mode = fs::metadata(&path).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(
        fs::read_dir(folder.path().join("drafts")).expect("listed").count(),
        1,
        "nothing is left beside it"
    );
}
