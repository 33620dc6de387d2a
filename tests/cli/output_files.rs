//! What `-o` writes, and what it leaves alone.

use std::fs;
use std::os::unix::fs::symlink;
use std::time::{Duration, SystemTime};

use crate::support::Estate;

const PACK: &str = "report --domain shopping --format";

#[test]
fn no_file_of_the_estate_is_overwritten() {
    let estate = Estate::shop().with("README.md", "# Shop\n").with("data.csv", "a,b\n1,2\n");
    estate.commit("Before");
    symlink("fundamentals.toml", estate.path().join("link.json")).expect("a link");
    fs::hard_link(estate.path().join("README.md"), estate.path().join("hard.md")).expect("a link");
    for path in [
        "fundamentals.toml",
        "services/shopping/bag-api.yaml",
        "slo/search-api.json",
        "README.md",
        "data.csv",
        "link.json",
        "hard.md",
    ] {
        let before = estate.read(path);
        for command in [
            "schema service",
            &format!("{PACK} json"),
            &format!("{PACK} html"),
            &format!("{PACK} csv"),
            &format!("{PACK} markdown"),
            &format!("{PACK} table"),
            &format!("{PACK} xlsx"),
        ] {
            let run = estate.run(&format!("{command} -o {path}"));
            assert_eq!(run.code, 1, "{command} -o {path}: {}", run.err);
            assert!(run.err.contains("is no earlier result"), "{}", run.err);
            assert_eq!(estate.read(path), before, "{command} -o {path}");
        }
    }
}

#[test]
fn an_earlier_result_is_replaced_whatever_its_format() {
    let estate = Estate::shop();
    for (format, name) in
        [("json", "a"), ("html", "b"), ("csv", "c"), ("markdown", "d"), ("table", "e"), ("xlsx", "f")]
    {
        for day in ["2026-11-19", "2026-11-20"] {
            estate.run(&format!("--today {day} {PACK} {format} -o {name}")).fine();
        }
    }
    for _ in 0..2 {
        estate.run("schema service -o schema.json").fine();
        estate.run("report --upcoming -o soon.md").fine();
    }
}

#[test]
fn what_is_no_regular_file_is_written_to() {
    let estate = Estate::shop();
    estate.run(&format!("{PACK} json -o /dev/null")).fine();
    assert!(estate.run(&format!("{PACK} json -o /dev/stdout")).fine().starts_with('{'));
}

#[test]
fn what_a_killed_run_left_is_cleaned_up_unless_somebody_writes_it() {
    let estate = Estate::shop();
    let old = SystemTime::now() - Duration::from_secs(3600);
    let file = |name: &str| {
        let file = fs::File::create(estate.path().join(name)).expect("a file");
        file.set_modified(old).expect("its day is set");
        file
    };
    drop(file(".fundamentals-dead.tmp"));
    let held = file(".fundamentals-alive.tmp");
    held.lock().expect("it can be locked");
    drop(file(".other.tmp"));
    estate.run("schema service -o schema.json").fine();
    let is_there = |name: &str| estate.path().join(name).exists();
    assert!(!is_there(".fundamentals-dead.tmp"));
    assert!(is_there(".fundamentals-alive.tmp") && is_there(".other.tmp"));
}
