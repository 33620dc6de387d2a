//! Several files are changed together or not at all, and nothing is lost on the way.

use std::fs;
use std::process::{Command, Stdio, abort};

use super::*;

/// Environment variables that tell a process at which step and in which folder to abort.
const STEP: &str = "FUNDAMENTALS_TEST_DIE_AT";
const FOLDER: &str = "FUNDAMENTALS_TEST_FOLDER";
/// How many steps there are: one file elsewhere, its old place removed, and two rewritten.
const STEPS: usize = 4;

fn rewrite(folder: &Path, name: &str) -> Rewrite {
    Rewrite { path: folder.join(name), old: format!("old {name}"), new: format!("new {name}") }
}

fn changes(folder: &Path) -> (Relocation, [Rewrite; 2]) {
    let relocation = Relocation { rewrite: rewrite(folder, "s"), to: folder.join("new/t") };
    (relocation, [rewrite(folder, "a"), rewrite(folder, "b")])
}

#[expect(clippy::disallowed_methods, reason = "a test may write files")]
fn write_old(folder: &Path) {
    let _ = fs::remove_dir_all(folder.join("new"));
    for name in ["s", "a", "b"] {
        fs::write(folder.join(name), format!("old {name}")).expect("written");
    }
}

/// The texts of the file that gets another place, there and here, and of the other two.
#[expect(clippy::disallowed_methods, reason = "a test may read files")]
fn texts(folder: &Path) -> [Option<String>; 4] {
    ["new/t", "s", "a", "b"].map(|name| fs::read_to_string(folder.join(name)).ok())
}

const OLD: [Option<&str>; 4] = [None, Some("old s"), Some("old a"), Some("old b")];
const NEW: [Option<&str>; 4] = [Some("new s"), None, Some("new a"), Some("new b")];

fn says(folder: &Path, wanted: [Option<&str>; 4]) -> bool {
    texts(folder).each_ref().map(Option::as_deref) == wanted
}

#[test]
fn all_files_are_changed_together() {
    let folder = tempfile::tempdir().expect("a folder");
    write_old(folder.path());
    let (relocation, rewrites) = changes(folder.path());
    assert_eq!(rewrite_together(Some(&relocation), &rewrites).expect("no failure"), Replaced::Yes);
    assert!(says(folder.path(), NEW), "{:?}", texts(folder.path()));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may write files")]
fn what_was_changed_is_put_back_where_a_file_was_changed_meanwhile() {
    for name in ["s", "a", "b"] {
        let folder = tempfile::tempdir().expect("a folder");
        write_old(folder.path());
        fs::write(folder.path().join(name), "theirs").expect("written");
        let before = texts(folder.path());
        let (relocation, rewrites) = changes(folder.path());
        let replaced = rewrite_together(Some(&relocation), &rewrites).expect("no failure");
        assert_eq!(replaced, Replaced::ChangedMeanwhile);
        assert_eq!(texts(folder.path()), before, "{name}");
        assert!(!folder.path().join("new").exists(), "{name}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may write files")]
fn what_was_changed_is_put_back_where_a_file_can_not_be_written() {
    let folder = tempfile::tempdir().expect("a folder");
    write_old(folder.path());
    fs::remove_file(folder.path().join("b")).expect("removed");
    let before = texts(folder.path());
    let (relocation, rewrites) = changes(folder.path());
    assert!(rewrite_together(Some(&relocation), &rewrites).is_err());
    assert_eq!(texts(folder.path()), before);
    // What is at the new place is somebody's.
    write_old(folder.path());
    fs::create_dir(folder.path().join("new")).expect("made");
    fs::write(folder.path().join("new/t"), "theirs").expect("written");
    let before = texts(folder.path());
    assert!(rewrite_together(Some(&relocation), &rewrites).is_err());
    assert_eq!(texts(folder.path()), before);
}

/// Not a test: what the processes run that die. Does nothing in a run of the tests.
#[test]
#[expect(clippy::disallowed_methods, reason = "how a process that is to die is told")]
fn dies_on_the_way() {
    let (Ok(step), Ok(folder)) = (std::env::var(STEP), std::env::var(FOLDER)) else { return };
    let mut left: usize = step.parse().expect("a number");
    let mut die = || match left.checked_sub(1) {
        Some(less) => left = less,
        // No destructor runs: as when it is killed.
        None => abort(),
    };
    let (relocation, rewrites) = changes(Path::new(&folder));
    let _ = rewrite_in_steps(Some(&relocation), &rewrites, &mut die);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "kills a process at each step")]
fn killed_at_any_step_no_text_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut kills = 0;
    for step in 0..=STEPS + 1 {
        write_old(folder.path());
        let status = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "edit::together::tests::dies_on_the_way"])
            .env(STEP, step.to_string())
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("a process");
        kills += usize::from(!status.success());
        let done = |at: usize| step >= at;
        let wanted = [
            if done(1) { NEW[0] } else { OLD[0] },
            if done(2) { NEW[1] } else { OLD[1] },
            if done(3) { NEW[2] } else { OLD[2] },
            if done(4) { NEW[3] } else { OLD[3] },
        ];
        assert!(says(folder.path(), wanted), "step {step}: {:?}", texts(folder.path()));
    }
    assert_eq!(kills, STEPS + 1, "at each step and after the last; the last process lives");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may read and write files")]
fn new_files_are_all_written_or_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| NewFile { path: folder.path().join(name), text: format!("new {name}") };
    let files = [file("services/a"), file("services/deep/b"), file("taken/c")];
    fs::write(folder.path().join("taken"), "a file where a folder should be").expect("written");
    assert!(create_together(&files).is_err());
    assert!(!folder.path().join("services").exists(), "no file and no folder is left");
    fs::remove_file(folder.path().join("taken")).expect("removed");
    create_together(&files).expect("no failure");
    for NewFile { path, text } in &files {
        assert_eq!(fs::read_to_string(path).expect("written"), *text);
    }
    assert!(create_together(&files).is_err(), "they are there");
}
