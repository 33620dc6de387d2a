//! `fundamentals init`: what it starts is a valid estate.

use crate::support::{Estate, TODAY, assert_snapshot, parse_json};

#[test]
fn an_estate_is_started_and_nothing_is_wrong_with_it() {
    let estate = Estate::empty();
    assert_snapshot!("init", estate.run("init").fine());
    assert_eq!(estate.run("check").fine(), "checked 1 service file: nothing wrong\n");
    assert_snapshot!("init-trend", estate.run("trend").fine());
    let shown = parse_json(&estate.run("show my-service --format json").fine());
    assert_eq!(shown["last_assessed"], TODAY);
    estate.run("gate").fine();
}

#[test]
fn the_settings_it_writes_are_the_defaults() {
    let estate = Estate::empty();
    estate.run("init").fine();
    let settings = estate.read("fundamentals.toml");
    // With every commented setting switched on (but for the domain, which restricts), nothing changes.
    let switched_on: String = settings
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(setting) if setting.contains(" = ") && !is_of_a_domain(setting) => format!("{setting}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    assert!(switched_on.contains("\nstale-after-weeks = 16\n"), "{switched_on}");
    let before = estate.run("trend").fine();
    let after = estate.with("fundamentals.toml", &switched_on).run("trend").fine();
    assert_eq!(after, before.replace("as of", "My organisation · as of"));
}

fn is_of_a_domain(setting: &str) -> bool {
    ["id = ", "title = ", "reviews = "].iter().any(|key| setting.starts_with(key))
}

#[test]
fn it_never_overwrites_anything() {
    for taken in ["fundamentals.toml", "services/my-service.yaml"] {
        let estate = Estate::empty().with(taken, "mine");
        let message = estate.run("init").refused(2);
        assert!(message.contains(taken), "{message}");
        assert!(message.ends_with(" is there already; nothing was written\n"), "{message}");
        assert_eq!(estate.read(taken), "mine");
        let other = if taken == "fundamentals.toml" { "services" } else { "fundamentals.toml" };
        assert!(!estate.path().join(other).exists(), "{other} was written");
    }
}

#[test]
fn a_second_init_changes_nothing() {
    let estate = Estate::empty();
    estate.run("init").fine();
    let files = ["fundamentals.toml", "services/my-service.yaml"];
    let before = files.map(|file| estate.read(file));
    estate.run("--today 2026-12-24 init").refused(2);
    assert_eq!(files.map(|file| estate.read(file)), before);
}

#[test]
fn it_makes_nothing_that_other_file_systems_take_for_what_is_there() {
    for taken in ["Fundamentals.TOML", "Services/a.txt", "services/My-Service.yaml"] {
        let estate = Estate::empty().with(taken, "mine");
        let message = estate.run("init").refused(2);
        assert!(message.ends_with("take both for the same; nothing was written\n"), "{message}");
        assert!(!estate.path().join("fundamentals.toml").exists(), "{taken}");
    }
}
