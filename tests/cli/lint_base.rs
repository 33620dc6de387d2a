//! `fundamentals rubric lint --base`: published versions stay what they were.

use std::os::unix::fs::symlink;
use std::path::Path;

use crate::rubric_diff::{NEW, OLD};
use crate::support::{Estate, command, ended, git, run_in};

/// An estate below a repository's top folder, committed.
fn estate() -> Estate {
    let estate = Estate::empty().with("here/fundamentals.toml", "").with("here/rubric/v1.toml", OLD);
    let estate = estate.with("here/rubric/v2.toml", NEW);
    estate.commit("first");
    estate
}

/// The codes that `rubric lint --base` finds against a revision.
#[track_caller]
fn codes(folder: &Path, revision: &str) -> Vec<String> {
    let run = run_in(folder, &format!("rubric lint --format concise --base {revision}"));
    assert!(run.err.lines().all(|line| line.starts_with("note: ")), "{}", run.err);
    let codes =
        run.out.lines().filter_map(|line| Some(line.split_once("error[")?.1.split_once(']')?.0.to_owned()));
    codes.collect()
}

#[test]
fn an_older_version_may_not_be_edited_either() {
    let estate = estate();
    let here = estate.path().join("here");
    assert_eq!(codes(&here, "HEAD"), [""; 0]);
    let estate = estate.replacing("here/rubric/v1.toml", "Somebody can find them.", "Nearly everybody can.");
    assert_eq!(codes(&here, "main"), ["edited-in-place"]);
    // Under another name it is still the same version.
    std::fs::rename(here.join("rubric/v1.toml"), here.join("rubric/first.toml")).expect("renamed");
    assert_eq!(codes(&here, "main"), ["edited-in-place"]);
    estate.commit("second");
    assert_eq!(codes(&here, "HEAD~1"), ["edited-in-place"]);
    assert_eq!(codes(&here, "HEAD"), [""; 0]);
}

#[test]
fn what_was_done_on_the_base_since_is_not_held_against_this_side() {
    let estate = estate();
    estate.git(&["switch", "-q", "-c", "work"]);
    estate.git(&["switch", "-q", "main"]);
    let estate = estate.replacing("here/rubric/v1.toml", "Somebody can find them.", "Nearly everybody can.");
    estate.commit("on main");
    estate.git(&["switch", "-q", "work"]);
    let here = estate.path().join("here");
    assert_eq!(codes(&here, "main"), [""; 0]);
    let said = run_in(&here, "rubric lint --base main").err;
    assert!(said.starts_with("note: compared with an older commit of `main`: "), "{said}");
    assert_eq!(run_in(&here, "--quiet rubric lint --base main").err, "");
}

#[test]
fn a_base_that_can_not_be_had_is_refused_with_what_to_do() {
    let estate = estate();
    let here = estate.path().join("here");
    let refused =
        |folder: &Path, revision: &str| run_in(folder, &format!("rubric lint --base={revision}")).refused(3);
    assert_eq!(
        refused(&here, "nowhere"),
        "error: git knows no revision `nowhere` here; it may have to be fetched first\n"
    );
    assert!(refused(&here, "--all").contains("git knows no revision `--all`"));

    estate.commit("second");
    let top = estate.path().to_string_lossy().into_owned();
    let clones = Estate::empty();
    clones.git(&["clone", "-q", "--depth=1", &format!("file://{top}"), "shallow"]);
    let shallow = clones.path().join("shallow");
    let said = refused(&shallow.join("here"), "HEAD~1");
    assert!(
        said.contains("`HEAD~1`")
            && said.contains("this clone is shallow")
            && said.contains("fetch-depth: 0"),
        "{said}"
    );
    git(&shallow, &["switch", "-q", "-c", "work"]);
    git(&shallow, &["branch", "-q", "-D", "main"]);
    assert!(refused(&shallow.join("here"), "main").contains("did you mean `origin/main`?"));

    let bare = Estate::empty().with("rubric/v1.toml", OLD);
    let said = bare.run("rubric lint --base HEAD").refused(3);
    assert!(said.starts_with("error: not a git repository"), "{said}");
}

#[test]
fn a_base_without_rubrics_is_no_comparison_and_that_is_said() {
    let estate = Estate::empty().with("README.md", "");
    estate.commit("empty");
    let run = estate.with("rubric/v1.toml", OLD).run("rubric lint --base HEAD --format concise");
    assert_eq!(run.err, "warning: there is no rubric here at `HEAD`, so nothing is compared\n");
    assert_eq!(run.code, 0);
}

#[test]
fn a_rubric_that_had_errors_is_not_compared_and_that_is_said() {
    let estate = Estate::empty().with("rubric/v1.toml", &OLD.replace("1.0", "one"));
    estate.commit("broken");
    let run = estate.with("rubric/v1.toml", OLD).run("rubric lint --base HEAD --format concise");
    assert_eq!(run.err, "warning: 1 rubric had errors at `HEAD`, and nothing is compared with that\n");
    assert_eq!(run.code, 0);
}

#[test]
fn links_that_lead_in_circles_come_to_an_end() {
    let estate = Estate::empty().with("rubric/v1.toml", OLD).with("rubric/0/f", "");
    let folder = |at: usize| estate.path().join(format!("rubric/{at}"));
    (1..18).for_each(|at| std::fs::create_dir(folder(at)).expect("made"));
    for (at, next) in (0..18).zip((1..18).chain([0])) {
        symlink(format!("../{next}"), folder(at).join("one")).expect("linked");
        symlink(format!("../{next}"), folder(at).join("two")).expect("linked");
    }
    estate.commit("in circles");
    let said = estate.run("rubric lint --base HEAD").refused(3);
    assert!(said.contains("do they lead in circles?"), "{said}");
    // One that leads to the folder that holds it adds nothing.
    let estate = Estate::empty().with("rubric/v1.toml", OLD);
    symlink("../rubric", estate.path().join("rubric/again")).expect("linked");
    estate.commit("itself");
    let estate = estate.replacing("rubric/v1.toml", "Somebody can find them.", "Nearly everybody can.");
    assert_eq!(codes(estate.path(), "HEAD"), ["edited-in-place"]);
}

#[test]
fn rubrics_in_a_submodule_are_refused_however_the_globs_name_them() {
    for glob in ["ours/rubric/*.toml", "ours/**/*.toml", "*/rubric/*.toml"] {
        let settings = format!("[estate]\nrubrics = [\"{glob}\"]\n");
        let estate = Estate::empty().with("fundamentals.toml", &settings).with("ours/rubric/v1.toml", OLD);
        let inner = estate.path().join("ours");
        git(&inner, &["init", "-q", "-b", "main"]);
        git(&inner, &["add", "-A"]);
        git(&inner, &["commit", "-q", "-m", "theirs"]);
        estate.commit("with a submodule");
        let said = estate.run("rubric lint --base HEAD").refused(3);
        assert!(said.starts_with("error: `ours` is a submodule"), "{glob}: {said}");
    }
}

#[test]
fn the_order_of_sources_and_tags_means_nothing() {
    let asked = OLD.replace("id = \"timeouts\"", "id = \"timeouts\"\napplies-to.tags = [\"web\", \"job\"]");
    let estate = Estate::empty().with("rubric/v1.toml", &asked).with("rubric/v2.toml", NEW);
    estate.commit("first");
    let estate = estate.replacing("rubric/v1.toml", "[\"web\", \"job\"]", "[\"job\", \"web\"]");
    let estate = estate.replacing("rubric/v1.toml", "\"1.0\"", "\"1.1\"");
    let estate =
        estate.replacing("rubric/v2.toml", "[\"timeouts\", \"retries\"]", "[\"retries\", \"timeouts\"]");
    let estate = estate.replacing("rubric/v2.toml", "\"2.0\"", "\"2.1\"");
    assert_eq!(codes(estate.path(), "HEAD"), [""; 0]);
    let estate = estate.replacing("rubric/v1.toml", "[\"job\", \"web\"]", "[\"job\"]");
    assert_eq!(codes(estate.path(), "HEAD"), ["minor-changes-meaning"]);
}

#[test]
fn what_was_published_can_not_be_taken_back() {
    let estate = estate();
    let here = estate.path().join("here");
    let estate = estate.replacing("here/rubric/v1.toml", "2025-01-01", "2027-01-01");
    assert_eq!(codes(&here, "HEAD"), ["edited-in-place"]);
    let estate = estate.replacing("here/rubric/v1.toml", "\"1.0\"", "\"1.1\"");
    assert_eq!(codes(&here, "HEAD"), ["edited-in-place"]);
    let _estate = estate.replacing("here/rubric/v1.toml", "2027-01-01", "2024-12-01");
    assert_eq!(codes(&here, "HEAD"), [""; 0]);
}

#[test]
fn a_raised_bar_and_another_retired_category_are_edits() {
    let estate = Estate::empty().with("rubric/v1.toml", OLD).with("rubric/v2.toml", NEW);
    estate.commit("first");
    let lowered = NEW.replace("rescore = true\n", "");
    let estate = estate.with("rubric/v2.toml", &lowered);
    assert_eq!(codes(estate.path(), "HEAD"), ["edited-in-place"]);
    let estate = estate.with("rubric/v2.toml", &lowered.replace("\"2.0\"", "\"2.1\""));
    assert_eq!(codes(estate.path(), "HEAD"), ["minor-changes-meaning"]);
    let estate = estate.with("rubric/v2.toml", &NEW.replace("retired = [\"uptime-page\"]\n", ""));
    assert_eq!(codes(estate.path(), "HEAD"), ["lost-category", "edited-in-place"]);
}

#[test]
fn in_a_hook_the_repository_around_the_estate_is_asked() {
    let estate = estate();
    let estate = estate.replacing("here/rubric/v1.toml", "Somebody can find them.", "Nearly everybody can.");
    let here = estate.path().join("here");
    let mut program = command(&here, "rubric lint --format concise --base HEAD");
    for (name, value) in [
        ("GIT_DIR", ".git"),
        ("GIT_WORK_TREE", "."),
        ("GIT_INDEX_FILE", ".git/index"),
        ("GIT_PREFIX", "here/"),
    ] {
        program.env(name, value);
    }
    let run = ended(&mut program);
    assert!(run.code == 3 && run.out.contains("error[edited-in-place]"), "{run:?}");
}

#[test]
fn a_rubric_that_was_too_large_is_not_compared_and_that_is_said() {
    let large = format!("{OLD}# {}\n", "x".repeat(1024 * 1024));
    let estate = Estate::empty().with("rubric/v1.toml", &large).with("rubric/v2.toml", NEW);
    estate.commit("large");
    let estate =
        estate.with("rubric/v1.toml", &OLD.replace("Somebody can find them.", "Nearly everybody can."));
    let run = estate.run("rubric lint --base HEAD --format concise");
    assert_eq!(run.err, "warning: 1 rubric had errors at `HEAD`, and nothing is compared with that\n");
    assert_eq!(run.code, 0);
}

#[test]
fn where_no_thread_can_be_made_the_base_is_still_compared() {
    let estate = estate();
    let estate = estate.replacing("here/rubric/v1.toml", "Somebody can find them.", "Nearly everybody can.");
    let mut program = command(&estate.path().join("here"), "rubric lint --format concise --base HEAD");
    // No address space has room for such a stack.
    let run = ended(program.env("RUST_MIN_STACK", (1_u64 << 47).to_string()));
    assert!(run.code == 3 && run.out.contains("error[edited-in-place]"), "{run:?}");
}
