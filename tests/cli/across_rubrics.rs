//! An estate that has moved from one major version of its rubric to the next.

use crate::rubric_diff::{NEW, OLD};
use crate::support::{
    BY, ELSEWHERE, Estate, assert_snapshot, parse_csv, parse_json, run, service_files, shop,
};

/// A service judged under the old version in May and under the new one in September.
fn moved() -> Estate {
    let assessments = "
  - { date: 2026-05-10, rubric: ours@1, scores: { logs: green, timeouts: green, retries: red, uptime-page: green } }
  - { date: 2026-09-10, rubric: ours@2, scores: { restore: red } }
";
    let estate = Estate::empty().with("rubric/v1.toml", OLD).with("rubric/v2.toml", NEW);
    estate.with_service("bag-api", ELSEWHERE, assessments)
}

#[test]
fn a_trend_shows_where_the_rubric_changed() {
    assert_snapshot!("across-trend", moved().run("trend").fine());
}

#[test]
fn show_marks_what_was_carried_over_and_where_the_rubric_changed() {
    assert_snapshot!("across-show", moved().run("show bag-api").fine());
}

#[test]
fn show_says_what_became_of_a_category_that_an_action_or_a_waiver_names() {
    let action = |category: &str, target: &str| {
        format!("  - {{ what: Do it, category: {category}, raised: 2026-05-10, owner: us{target} }}\n")
    };
    let waiver = |category: &str| {
        format!("  - {{ category: {category}, until: 2027-01-31, because: So, approved-by: them }}\n")
    };
    let commitments = [
        "actions:\n".to_owned(),
        action("logs", ", target: green"),
        action("uptime-page", ""),
        action("restore", ", target: amber"),
        "waivers:\n".to_owned(),
        waiver("retries"),
        waiver("restore"),
    ];
    let moved = moved().appending("services/bag-api.yaml", &commitments.concat());
    let show = moved.run("show bag-api").fine();
    for expected in [
        "Do it (logs, now logging, to green) – us",
        "Do it (uptime-page, no longer asked) – us",
        "Do it (restore to amber) – us",
        "- retries, now outside-calls, until 2027-01-31: So",
        "- restore until 2027-01-31: So",
    ] {
        assert!(show.contains(expected), "{expected}: {show}");
    }
    let then = moved.run("show bag-api --rubric 1").fine();
    assert!(then.contains("Do it (logs to green)") && then.contains("(restore to amber)"), "{then}");
}

#[test]
fn programs_are_told_where_a_score_was_carried_from() {
    let json = parse_json(&moved().run("show bag-api --format json").fine());
    let categories = json["categories"].as_array().expect("a list");
    let told: Vec<_> =
        categories.iter().map(|it| (it["state"].as_str(), it["carried_from"].as_str())).collect();
    let expected =
        [(Some("needs-rescore"), Some("ours@1")), (Some("red"), Some("ours@1")), (Some("red"), None)];
    assert_eq!(told, expected);
}

#[test]
fn a_rubric_can_be_looked_at_alone() {
    let rows =
        parse_csv(&moved().run("trend --rubric 1 --by category --format csv --since 2026-05-01").fine());
    let told: Vec<_> =
        rows.iter().filter(|row| row["applicable"] != "0").map(|row| row["period"].as_str()).collect();
    assert_eq!(told.len(), 4 * 4, "four categories from May to August: {told:?}");
    assert!(told.iter().all(|period| *period < "2026-09"));
    let show = moved().run("show bag-api --rubric ours@1").fine();
    assert!(show.contains("ours@1 · 3 of 4 green, 0 amber, 1 red"), "{show}");
}

#[test]
fn what_was_under_another_rubric_is_blank_and_not_unassessed() {
    for rubric in ["1", "2"] {
        for format in ["table", "markdown"] {
            let trend = moved().run(&format!("trend --rubric {rubric} --format {format}")).fine();
            assert!(trend.contains("blank: another rubric was in force"), "{trend}");
            assert!(!trend.contains("nothing assessed"), "{trend}");
        }
    }
    assert!(!moved().run("trend").fine().contains("blank"));
}

#[test]
fn a_row_in_which_nothing_applies_says_so() {
    let assessments = |verdict: &str| {
        format!(
            "  - {{ date: 2026-05-10, rubric: ours@1, scores: {{ logs: {{ rag: {verdict}, because: So }} }} }}"
        )
    };
    let estate = Estate::empty().with("rubric/v1.toml", OLD);
    let estate = estate.with_service("bag-api", ELSEWHERE, &assessments("not-applicable"));
    let estate = estate.with_service("pay-api", ELSEWHERE, &assessments("not-applicable"));
    let trend = estate.run("trend --by category --last 1").fine();
    let row = |name: &str| {
        trend.lines().find(|line| line.contains(name)).map(|line| line.split_whitespace().last())
    };
    assert_eq!((row("Logs"), row("Timeouts")), (Some(Some("n/a")), Some(Some("·"))), "{trend}");
    assert!(trend.contains("· nothing assessed; n/a not applicable"), "{trend}");
}

#[test]
fn a_trend_by_category_crosses_a_renaming() {
    let trend = moved().run("trend --by category").fine();
    assert_snapshot!("across-trend-by-category", trend);
    let markdown = moved().run("trend --by category --format markdown").fine();
    assert!(markdown.contains("\n| Uptime page (only in ours@1) |"), "{markdown}");
    assert!(!markdown.contains("Logs"), "{markdown}");
}

#[test]
fn the_csv_names_the_rubrics_in_force_as_the_json_does() {
    for by in BY {
        let args = format!("trend --by {by} --last 5");
        let rows = parse_csv(&run(&format!("{args} --format csv")).fine());
        let json = parse_json(&run(&format!("{args} --format json")).fine());
        let periods =
            json["rows"].as_array().expect("a list").iter().filter_map(|row| row["periods"].as_array());
        let rubrics = periods.flatten().map(|period| period["rubrics"].as_array().expect("a list").clone());
        let names =
            rubrics.map(|rubrics| rubrics.iter().filter_map(|it| it.as_str()).collect::<Vec<_>>().join(" "));
        let (names, told): (Vec<_>, Vec<_>) =
            (names.collect(), rows.iter().map(|row| row["rubric"].clone()).collect());
        assert_eq!(told, names, "{by}");
        assert!(told.contains(&"fundamentals@1".to_owned()) || by != "service", "{told:?}");
        assert!(told.contains(&"fundamentals@1 fundamentals@2".to_owned()) || by == "service", "{told:?}");
    }
    let before =
        parse_csv(&run("trend --service gift-finder,bag-api --since 2026-01-01 --format csv").fine());
    assert!(
        before.iter().any(|row| row["rubric"].is_empty()),
        "nothing was in force before the first assessment"
    );
}

#[test]
fn a_rubric_that_is_not_known_is_wrong_usage() {
    for command in ["trend --rubric 9", "show bag-api --rubric 9", "rubric show 9", "gate --rubric 9"] {
        let said = moved().run(command).refused(2);
        assert!(said.starts_with("error: unknown rubric `ours@9`: did you mean `ours@2`?"), "{said}");
    }
}

#[test]
fn the_example_has_moved_but_for_one_service() {
    let json = parse_json(&run("trend --format json").fine());
    let rows = json["rows"].as_array().expect("a list");
    let periods = |row: &serde_json::Value| row["periods"].as_array().expect("a list").clone();
    let moved = rows.iter().filter(|row| periods(row).iter().any(|it| it["rubric_changed"] == true)).count();
    assert!(moved >= 6, "{moved} services moved in these months");
    let still = rows.iter().filter(|row| {
        periods(row).last().is_some_and(|now| now["rubrics"] == serde_json::json!(["fundamentals@1"]))
    });
    assert_eq!(still.map(|row| row["service"].as_str()).collect::<Vec<_>>(), [Some("raffle-draw")]);
}

#[test]
fn in_the_example_no_move_is_a_drop() {
    for file in service_files(&shop()) {
        let versions = file.assessments.iter().map(|it| (&it.date, &it.rubric));
        let Some((moved, _)) = versions.filter(|(_, rubric)| *rubric == "fundamentals@2").min() else {
            continue;
        };
        let out = run(&format!("trend --service {} --until {moved} --last 2", file.service)).fine();
        let row = out.lines().nth(3).expect("a row");
        assert!(!row.contains(['▼', '▽']), "{out}");
    }
}

#[test]
fn what_was_judged_by_an_older_version_is_shown_as_of_its_last_day() {
    let show = moved().run("show bag-api --rubric 1").fine();
    assert!(show.contains("R as of 2026-09-09 · ours@1"), "{show}");
    assert!(show.contains("ours@2 is in force by now"), "{show}");
    assert!(!show.contains('┊'), "{show}");
}

#[test]
fn who_may_move_is_told() {
    let assessments = "\n  - { date: 2026-05-10, rubric: ours@1, scores: { logs: green } }\n";
    let estate = Estate::empty().with("rubric/v1.toml", OLD).with("rubric/v2.toml", NEW);
    let estate = estate.with_service("bag-api", ELSEWHERE, assessments);
    let show = estate.run("show bag-api").fine();
    let told = "ours@2 was published on 2026-01-01; `fundamentals migrate bag-api` moves there";
    assert!(show.contains(told), "{show}");
    let ahead = estate.run("show bag-api --rubric 2").fine();
    assert!(ahead.contains("ours@1 is in force; this is what carries over"), "{ahead}");
}

/// Two services, each judged by a rubric of its own, which have ids in common.
fn apart() -> Estate {
    let theirs = OLD.replace("\"ours\"", "\"theirs\"").replace("id = \"retries\"", "id = \"repeats\"");
    let judged = |rubric: &str| {
        format!("  - {{ date: 2026-05-10, rubric: {rubric}@1, scores: {{ logs: red, timeouts: green }} }}")
    };
    let estate = Estate::empty().with("rubric/ours.toml", OLD).with("rubric/theirs.toml", &theirs);
    estate.with_service("bag-api", ELSEWHERE, &judged("ours")).with_service(
        "pay-api",
        ELSEWHERE,
        &judged("theirs"),
    )
}

#[test]
fn a_trend_over_different_rubrics_says_so() {
    let different = "Different rubrics: `ours@1` and `theirs@1`; `--rubric` shows one of them";
    for by in ["service", "platform", "domain", "pillar", "category"] {
        for format in ["table", "markdown"] {
            let trend = apart().run(&format!("trend --by {by} --format {format} --width 200")).fine();
            assert!(trend.contains(different), "{trend}");
        }
    }
    let alone = apart().run("trend --rubric ours@1").fine();
    assert!(!alone.contains("Different rubrics"), "{alone}");
    assert!(
        !moved().run("trend").fine().contains("Different rubrics"),
        "versions of one rubric are no others"
    );
}

#[test]
fn a_trend_marks_and_counts_what_is_carried_over_until_it_is_looked_at() {
    let row = |estate: &Estate, args: &str| {
        let out = estate.run(&format!("trend --last 1 {args}")).fine();
        out.lines().find(|line| line.contains("bag-api")).expect("a row").to_owned()
    };
    let carried = moved();
    assert!(row(&carried, "").contains("»R 0/3"), "{}", row(&carried, ""));
    assert!(row(&carried, "--format csv").ends_with(",ours@2,2,0,0,0,"), "{}", row(&carried, "--format csv"));
    let json = parse_json(&carried.run("trend --last 1 --format json").fine());
    assert_eq!(json["rows"][0]["periods"][0]["judgements"]["carried"], 2);
    let confirmed = carried.appending(
        "services/bag-api.yaml",
        "  - { date: 2026-10-10, rubric: ours@2, scores: { logging: green }, confirmed: all }\n",
    );
    assert!(!row(&confirmed, "").contains('»'), "{}", row(&confirmed, ""));
}
