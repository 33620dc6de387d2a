//! Service files are written whole or not at all, whoever else writes them and whatever happens meanwhile.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use fundamentals::edit::{Replaced, replace};

use crate::support::{ELSEWHERE, Estate, TODAY, command, service_files};

#[test]
fn a_file_stays_its_owners_when_root_moves_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s.yaml");
    fs::write(&path, "old").expect("written");
    // Only root may give files away; for others there is nothing to lose.
    let is_root = chown(&path, Some(12345), Some(54321)).is_ok();
    assert_eq!(replace(&path, "old", "new").expect("no failure"), Replaced::Yes);
    let metadata = path.metadata().expect("there");
    assert!(!is_root || (metadata.uid(), metadata.gid()) == (12345, 54321), "{metadata:?}");
}

#[test]
fn a_file_that_somebody_changed_meanwhile_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s.yaml");
    fs::write(&path, "theirs").expect("written");
    let replaced = replace(&path, "as it was read", "ours").expect("no failure");
    assert_eq!(replaced, Replaced::ChangedMeanwhile);
    assert_eq!(fs::read_to_string(&path).expect("read"), "theirs");
    assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1, "nothing is left behind");
}

#[test]
fn who_replaces_a_file_waits_for_whoever_is_at_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s.yaml");
    fs::write(&path, "old").expect("written");
    let held = fs::File::open(&path).expect("opened");
    held.lock().expect("locked");
    std::thread::scope(|scope| {
        let second = scope.spawn(|| replace(&path, "old", "second"));
        sleep(Duration::from_millis(200));
        fs::write(&path, "first").expect("written");
        held.unlock().expect("unlocked");
        let second = second.join().expect("no panic").expect("no failure");
        assert_eq!(second, Replaced::ChangedMeanwhile);
    });
    assert_eq!(fs::read_to_string(&path).expect("read"), "first");
}

#[test]
fn a_file_that_may_not_be_written_is_not_replaced_through_its_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s.yaml");
    fs::write(&path, "old").expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("set");
    // Root may write everything.
    let may_write = fs::OpenOptions::new().write(true).open(&path).is_ok();
    assert_eq!(replace(&path, "old", "new").is_ok(), may_write);
}

/// The categories that the tests judge.
const CATEGORIES: [&str; 4] = ["logging", "metrics", "tracing", "alerting"];

/// A running `score` of one category of the service `bag-api`.
fn scoring(estate: &Estate, category: &str, colour: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_fundamentals"))
        .current_dir(estate.path())
        .args(["--today", TODAY, "score", "bag-api", "--set", &format!("{category}={colour}")])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

fn bag() -> Estate {
    let text = "\n  # oldest first\n  - date: 2026-05-10\n    rubric: fundamentals@2\n    scores:\n      logging: amber  # for now\n";
    Estate::empty().with_service("bag-api", ELSEWHERE, text)
}

#[test]
fn of_two_who_score_at_once_neither_loses_anything() {
    let estate = bag();
    let path = "services/bag-api.yaml";
    let untouched = estate.read(path);
    for round in 0..200 {
        estate.with_text(path, &untouched);
        let colour = if round % 2 == 0 { "green" } else { "red" };
        let both = [CATEGORIES[round % 4], CATEGORIES[(round + 1) % 4]];
        let children = both.map(|category| scoring(&estate, category, colour));
        for child in children {
            let output = child.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let files = service_files(estate.path());
        let today = files[0].assessments.iter().find(|it| it.date == TODAY).expect("it was scored");
        let scores = both.map(|category| today.scores.get(category).and_then(|score| score.as_str()));
        assert_eq!(scores, [Some(colour); 2], "round {round}: {}", estate.read(path));
        assert!(estate.read(path).starts_with(untouched.trim_end()), "{}", estate.read(path));
    }
}

#[test]
fn of_many_who_score_at_once_nobody_loses_anything() {
    let estate = bag();
    let known =
        ["logging", "metrics", "tracing", "alerting", "runbooks", "rollback", "scaling", "redundancy"];
    for round in 0..13 {
        let children: Vec<_> =
            known.iter().map(|category| scoring(&estate, category, ["green", "red"][round % 2])).collect();
        for child in children {
            let output = child.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let files = service_files(estate.path());
        let today = files[0].assessments.iter().find(|it| it.date == TODAY).expect("it was scored");
        for category in known {
            assert_eq!(today.scores[category], ["green", "red"][round % 2], "round {round}");
        }
    }
}

#[test]
fn a_program_killed_at_any_moment_leaves_the_old_or_the_new_file() {
    let estate = bag();
    let path = "services/bag-api.yaml";
    // So much that writing takes a while.
    let old = format!("{}# {}\n", estate.read(path), "x".repeat(2 * 1024 * 1024));
    let new = {
        estate.with_text(path, &old);
        assert!(scoring(&estate, "metrics", "red").wait_with_output().expect("it ends").status.success());
        estate.read(path)
    };
    assert_ne!(old, new);
    let (mut found_old, mut found_new) = (0, 0);
    for round in 0..200_u32 {
        estate.with_text(path, &old);
        let mut child = scoring(&estate, "metrics", "red");
        sleep(Duration::from_micros(u64::from(round) * 250));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let text = estate.read(path);
        assert!(text == old || text == new, "torn in round {round}");
        if text == old { found_old += 1 } else { found_new += 1 }
    }
    assert_eq!(found_old + found_new, 200);
    // Whatever was left behind is in nobody's way, and goes with the next run.
    estate.with_text(path, &old);
    assert!(scoring(&estate, "metrics", "red").wait_with_output().expect("it ends").status.success());
    let names = fs::read_dir(estate.path().join("services")).expect("listed").count();
    assert_eq!(names, 1, "old {found_old}, new {found_new}");
}

#[test]
fn mode_byte_order_mark_and_symbolic_link_stay_when_a_service_is_scored() {
    let estate = bag();
    let real = estate.path().join("services/real/bag.txt");
    let link = estate.path().join("services/bag-api.yaml");
    fs::create_dir(real.parent().expect("a folder")).expect("made");
    let text = format!("\u{feff}{}", estate.read("services/bag-api.yaml")).replace('\n', "\r\n");
    fs::write(&real, &text).expect("written");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
    fs::remove_file(&link).expect("removed");
    symlink("real/bag.txt", &link).expect("linked");
    estate.run("score bag-api --confirm all").fine();
    assert!(link.symlink_metadata().expect("there").is_symlink());
    assert_eq!(real.metadata().expect("there").permissions().mode() & 0o777, 0o640);
    let scored = fs::read_to_string(&real).expect("read");
    assert!(scored.starts_with(text.trim_end()), "{scored:?}");
    assert!(scored.contains("confirmed: all\r\n"), "{scored:?}");
    assert!(!scored.replace("\r\n", "").contains('\n'), "{scored:?}");
}

#[test]
fn on_a_full_disk_the_file_stays_as_it_was() {
    let estate = bag();
    let before = estate.read("services/bag-api.yaml");
    // The shell lets the process write nothing.
    let program = command(estate.path(), "score bag-api --confirm all");
    let arguments: Vec<_> = program.get_args().map(|it| it.to_string_lossy().into_owned()).collect();
    let line = format!(
        "trap '' XFSZ; ulimit -f 0; exec '{}' {}",
        env!("CARGO_BIN_EXE_fundamentals"),
        arguments.join(" ")
    );
    let mut shell = Command::new("bash");
    let output = shell.current_dir(estate.path()).args(["-c", &line]).output().expect("bash runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("it is as it was"), "{said}");
    assert_eq!(estate.read("services/bag-api.yaml"), before);
    assert_eq!(fs::read_dir(estate.path().join("services")).expect("listed").count(), 1);
}
