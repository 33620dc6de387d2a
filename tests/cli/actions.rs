//! `fundamentals actions`: what was promised.

use crate::support::{ELSEWHERE, Estate, assert_snapshot, parse_csv, parse_json, run};

#[test]
fn commitments_for_a_terminal() {
    assert_snapshot!("actions", run("actions").fine());
}

#[test]
fn commitments_for_a_code_host() {
    assert_snapshot!("actions_markdown", run("actions --domain customer --format markdown").fine());
}

#[test]
fn commitments_for_programs() {
    assert_snapshot!("actions_json", run("actions --domain customer --format json").fine());
}

#[test]
fn filters_and_statuses_choose() {
    let count = |args: &str| {
        let report = parse_json(&run(&format!("actions --format json {args}")).fine());
        report["commitments"]["lines"].as_array().expect("a list").len()
    };
    let overdue = count("--status overdue");
    assert_eq!(count("--status overdue,open"), overdue + count("--status open"));
    let of_domains =
        ["shopping", "customer", "engagement"].map(|domain| count(&format!("--domain {domain}")));
    assert_eq!(of_domains.iter().sum::<usize>(), count(""));
    assert!(count("--since 2024-01-01 --status kept,slipped") > count("--status kept,slipped"));
    assert_eq!(parse_csv(&run("actions --format csv").fine()).len(), count(""), "a line for each");
}

#[test]
fn commitments_about_a_category_are_those_of_its_older_names_too() {
    let out =
        run("actions --service raffle-site --category startup-time --since 2024-01-01 --format csv").fine();
    let others = run("actions --service raffle-site --since 2024-01-01 --format csv").fine();
    assert!(out.lines().count() < others.lines().count(), "{out}");
    assert!(out.lines().skip(1).all(|line| line.contains("startup-time")), "{out}");
}

#[test]
fn a_day_to_come_is_wrong_usage_and_an_estate_without_commitments_is_fine() {
    assert_eq!(
        run("actions --since 2026-12-01").refused(2),
        "error: --since 2026-12-01 is after today, 2026-11-20\n"
    );
    let file = "service: s\ndomain: shop\nplatform: web\ncriticality: low\n";
    let out = Estate::empty().with("services/s.yaml", file).run("actions").fine();
    assert!(out.ends_with("0 kept, 0 slipped, 0 open, 0 overdue.\n"), "{out}");
}

/// `docs/service-file.md` says where an action's reason is shown.
#[test]
fn the_reason_of_an_action_is_shown_in_every_format() {
    let action = "actions:\n  - { what: Rehearse it, raised: 2026-11-01, because: Nobody has tried yet }\n";
    let estate = Estate::empty().with_service("bag-api", ELSEWHERE, action);
    for format in ["table", "markdown", "csv", "json"] {
        let out = estate.run(&format!("actions --format {format}")).fine();
        assert!(out.contains("Nobody has tried yet"), "{out}");
    }
    let pack = estate.run("report --domain shop --format html").fine();
    assert!(pack.contains("Nobody has tried yet"));
}

/// `docs/settings.md` says what uses `cadence-weeks`.
#[test]
fn the_cadence_decides_when_a_review_is_due_that_nobody_planned() {
    let due = |weeks: u32| {
        let settings = format!(
            "[review]\ncadence-weeks = {weeks}\n[[domain]]\nid = \"shop\"\ntitle = \"Shop\"\nreviews = [2026-11-03]\n"
        );
        let estate =
            Estate::empty().with("fundamentals.toml", &settings).with_service("bag-api", ELSEWHERE, "");
        estate.run("report --upcoming --format csv").fine()
    };
    assert!(due(4).contains("2026-12-01"), "{}", due(4));
    assert!(due(6).contains("2026-12-15"), "{}", due(6));
}
