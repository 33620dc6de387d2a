//! `fundamentals migrate`: services move to a newer version of their rubric, and their files stay theirs.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::rubric_diff::{NEW, OLD};
use crate::support::{ELSEWHERE, Estate, GOLDEN_THREAD, assert_snapshot, command, git, run_in};

const BAG: &str = "
  # oldest first
  - date: 2026-05-10
    rubric: ours@1
    scores:
      logs: green   # since the move
      timeouts: green
      retries: { rag: red, because: Nobody knows }
      uptime-page: green
";

fn estate() -> Estate {
    let estate = Estate::empty().with("rubric/v1.toml", OLD).with("rubric/v2.toml", NEW);
    estate
        .with_service("bag-api", ELSEWHERE, BAG)
        .with_service(
            "checkout-api",
            ELSEWHERE,
            "\n  - { date: 2026-06-01, rubric: ours@1, scores: { logs: red } }\n",
        )
        .with_service("new-api", ELSEWHERE, " []\n")
        .with_service(
            "search-api",
            ELSEWHERE,
            "\n  - { date: 2026-09-10, rubric: ours@2, scores: { restore: red } }\n",
        )
}

/// The text of every service's file.
fn files(estate: &Estate) -> Vec<String> {
    let names = ["bag-api", "checkout-api", "new-api", "search-api"];
    names.map(|name| estate.read(&format!("services/{name}.yaml"))).into()
}

#[test]
fn all_services_move_and_it_is_said_what_is_left_to_judge() {
    let estate = estate();
    assert_snapshot!("migrate-all", estate.run("migrate --all").fine());
    assert_snapshot!("migrate-all-file", estate.read("services/bag-api.yaml"));
    let checked = estate.run("check").fine();
    assert!(checked.ends_with("checked 4 service files and 2 rubrics: 1 warning\n"), "{checked}");
    assert!(checked.starts_with("warning[no-assessments]"), "{checked}");
}

#[test]
fn moving_twice_changes_nothing() {
    let estate = estate();
    estate.run("migrate --all").fine();
    let once = files(&estate);
    let said = estate.run("migrate --all --today 2026-11-21").fine();
    assert_eq!(files(&estate), once);
    assert!(said.ends_with("\nNothing to move.\n"), "{said}");
}

#[test]
fn one_service_moves_alone() {
    let estate = estate();
    let before = files(&estate);
    // Also if it is named twice.
    let said = estate.run("migrate bag-api bag-api --to 2").fine();
    assert!(said.ends_with("\nMoved 1 service.\n"), "{said}");
    let after = files(&estate);
    assert_ne!(after[0], before[0]);
    assert_eq!(after[1..], before[1..]);
}

#[test]
fn a_dry_run_prints_a_patch_that_does_what_the_run_would_do() {
    let tried = estate();
    let before = files(&tried);
    let run = tried.run("migrate --all --dry-run");
    assert_eq!(run.code, 0);
    assert_snapshot!("migrate-dry-run", format!("{}--- stderr\n{}", run.out, run.err));
    assert_eq!(files(&tried), before, "no file was changed");
    assert_eq!(tried.run("migrate --all --dry-run --quiet").fine(), run.out);

    fs::write(tried.path().join("the.patch"), run.out).expect("written");
    let applied = Command::new("git").current_dir(tried.path()).args(["apply", "the.patch"]).status();
    assert!(applied.expect("git runs").success());
    let moved = estate();
    moved.run("migrate --all").fine();
    assert_eq!(files(&tried), files(&moved));
}

#[test]
fn a_patch_made_in_a_subfolder_is_taken_further_up() {
    let estate = estate().with("fundamentals.toml", "").with("deep/er/note.txt", "");
    let top = estate.path();
    for (from, arguments, to, said) in [
        ("services", "", "services", None),
        ("deep/er", "", ".", Some("Apply the patch in `../..`: its paths are seen from there.\n")),
        (".", "-C services", ".", None),
    ] {
        let run = run_in(&top.join(from), &format!("migrate bag-api --dry-run {arguments}"));
        let hint = run.err.lines().find(|line| line.starts_with("Apply")).map(|line| format!("{line}\n"));
        assert_eq!(hint.as_deref(), said, "{from}");
        let before = estate.read("services/bag-api.yaml");
        fs::write(top.join("the.patch"), run.out).expect("written");
        let patch = top.join("the.patch").to_string_lossy().into_owned();
        git(&top.join(to), &["apply", &patch]);
        assert!(estate.read("services/bag-api.yaml").contains("rubric: ours@2"), "{from}");
        fs::write(top.join("services/bag-api.yaml"), before).expect("written");
    }
    // Some are further up than others, and one is right here.
    let other = estate.path().join("deep/er");
    let settings = "[estate]\nservices = [\"services/*.yaml\", \"deep/*/*.yaml\"]\n";
    fs::rename(top.join("services/checkout-api.yaml"), other.join("checkout-api.yaml")).expect("moved");
    fs::write(top.join("fundamentals.toml"), settings).expect("written");
    let patch = run_in(&other, "migrate --all --dry-run --quiet").fine();
    let names: Vec<_> = patch.lines().filter_map(|line| line.strip_prefix("+++ ")).collect();
    assert_eq!(names, ["b/services/bag-api.yaml", "b/deep/er/checkout-api.yaml"]);
}

#[test]
fn a_patch_is_taken_whatever_the_folders_are_called() {
    for folder in ["my team", "tab\there", "new\nline", "a \"quote\" \\ and\ttab", "\u{200b}é"] {
        let file = format!("services/{folder}/bag-api.yaml");
        let estate = estate();
        let text = estate.read("services/bag-api.yaml");
        fs::remove_file(estate.path().join("services/bag-api.yaml")).expect("removed");
        let estate = estate.with(&file, &text);
        let patch = estate.run("migrate bag-api --dry-run --quiet").fine();
        let estate = estate.with("the.patch", &patch);
        estate.git(&["apply", "the.patch"]);
        assert!(estate.read(&file).contains("rubric: ours@2"), "{patch}");
    }
}

#[test]
fn colours_stay_what_they_were() {
    let estate = estate();
    let before = estate.run("show bag-api --rubric 2 --format json").fine();
    estate.run("migrate bag-api").fine();
    let after = estate.run("show bag-api --format json").fine();
    let categories = |text: &str| {
        let json: serde_json::Value = serde_json::from_str(text).expect("JSON");
        json["categories"].clone()
    };
    assert_eq!(categories(&after), categories(&before));
}

#[test]
fn a_drop_is_still_a_drop_after_moving() {
    let assessments = "
  - { date: 2026-05-10, rubric: ours@1, scores: { timeouts: green, retries: green } }
  - { date: 2026-06-10, rubric: ours@1, scores: { retries: red } }
";
    let estate = Estate::empty().with("rubric/v1.toml", OLD).with("rubric/v2.toml", NEW);
    let estate = estate.with_service("bag-api", GOLDEN_THREAD, assessments);
    assert_eq!(estate.run("gate").code, 4);
    estate.run("migrate --all").fine();
    assert_eq!(estate.run("gate").code, 4);
}

#[test]
fn what_can_not_be_moved_is_said() {
    let assessed_today = "\n  - { date: 2026-11-20, rubric: ours@1, scores: { logs: red } }\n";
    let estate = estate().with_service("bag-api", ELSEWHERE, assessed_today);
    let run = estate.run("migrate bag-api");
    assert_eq!((run.code, run.err.as_str()), (3, ""));
    let said = "bag-api: assessed on 2026-11-20, and a day has one assessment; move it on a later day\n";
    assert_eq!(run.out.replace('`', ""), format!("{said}\nNothing to move.\n"));
    let said = estate.run("migrate search-api checkout-api --to fundamentals@2").fine();
    assert!(said.starts_with("`checkout-api`: judged under ours@1, another rubric\n"), "{said}");
    for (arguments, reason) in [
        ("migrate basket-api", "error: unknown service `basket-api`"),
        ("migrate bag-api --to 9", "error: unknown rubric `ours@9`"),
    ] {
        let said = estate.run(arguments).refused(2);
        assert!(said.starts_with(reason), "{said}");
    }
    assert_eq!(estate.run("migrate").code, 2);
    assert_eq!(estate.run("migrate bag-api --all").code, 2);
}

#[test]
fn nothing_moves_back_or_to_what_is_not_published_yet() {
    let estate = estate();
    let said = estate.run("migrate search-api --to 1").fine();
    assert_eq!(said, "`search-api`: at ours@2 already\n\nNothing to move.\n");
    let estate = estate.replacing("rubric/v2.toml", "2026-01-01", "2026-11-21");
    let said = estate.run("migrate bag-api").fine();
    assert_eq!(said, "`bag-api`: at ours@1 already\n\nNothing to move.\n");
    let said = estate.run("migrate bag-api --today 2026-11-21").fine();
    assert!(said.ends_with("\nMoved 1 service.\n"), "{said}");
}

#[test]
fn what_is_inherited_is_for_the_provider_to_judge() {
    let inherits =
        "\n  - date: 2026-05-10\n    rubric: ours@1\n    scores:\n      logs: { inherited-from: bag-api }\n";
    let judged = "\n  - { date: 2026-05-10, rubric: ours@1, scores: { timeouts: green } }\n";
    let estate = estate().with_service("bag-api", ELSEWHERE, judged);
    let estate = estate.with_service("checkout-api", ELSEWHERE, inherits);
    let said = estate.run("migrate checkout-api").fine();
    assert!(said.contains("\n  1 of 3 categories carried over\n"), "{said}");
    assert!(said.contains("\n  not judged yet: outside-calls, restore\n"), "{said}");
}

#[test]
fn a_service_whose_file_has_errors_stays_and_is_mentioned() {
    let estate = estate().with_service("new-api", ELSEWHERE, "\n  - { date: never }\n");
    let before = estate.read("services/new-api.yaml");
    let run = estate.run("migrate --all");
    assert_eq!(run.code, 3);
    assert!(run.err.starts_with("warning: `new-api` is left out"), "{}", run.err);
    assert!(run.out.ends_with("\nMoved 2 services; 1 stayed.\n"), "{}", run.out);
    assert_eq!(estate.read("services/new-api.yaml"), before);
    let said = estate.run("migrate new-api");
    assert_eq!((said.code, said.out.as_str()), (3, ""));
}

/// Everything below a folder that isn't a service's file.
fn left_behind(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("listed").map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| Path::new(name).extension().is_none_or(|extension| extension != "yaml")).collect()
}

#[test]
fn a_failure_half_way_leaves_every_file_old_or_new() {
    // The second file is too large for what the shell lets a process write; the first is not.
    let large = format!("{}  # {}\n", BAG, "x".repeat(8 * 1024));
    let estate = estate().with_service("checkout-api", ELSEWHERE, &large);
    let before = files(&estate);
    let moved = {
        let estate = self::estate();
        estate.run("migrate bag-api").fine();
        files(&estate)
    };
    for (trap, leftovers) in [("trap '' XFSZ; ", 0), ("", 1)] {
        fs::write(estate.path().join("services/bag-api.yaml"), &before[0]).expect("written");
        let program = command(estate.path(), "migrate --all");
        let arguments: Vec<_> = program.get_args().map(|it| it.to_string_lossy().into_owned()).collect();
        let mut shell = Command::new("bash");
        let line = format!(
            "{trap}ulimit -f 4; exec '{}' {}",
            env!("CARGO_BIN_EXE_fundamentals"),
            arguments.join(" ")
        );
        let output = shell.current_dir(estate.path()).args(["-c", &line]).output().expect("bash runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{said}");
        if leftovers == 0 {
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(
                said.contains("stopped after 1 service of 2: failed to write")
                    && said.contains("checkout-api.yaml"),
                "{said}"
            );
        }
        let after = files(&estate);
        assert_eq!(after[0], moved[0], "the first is new");
        assert_eq!(after[1..], before[1..], "the others are old");
        assert_eq!(left_behind(&estate.path().join("services")).len(), leftovers);
    }
    // What a killed process left behind is in nobody's way, and goes.
    estate.run("migrate --all").fine();
    assert_eq!(left_behind(&estate.path().join("services")), [""; 0]);
}
