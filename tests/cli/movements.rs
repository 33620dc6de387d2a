//! What joined, moved and left, as the readers of a pack see it.

use serde_json::Value;

use crate::lives::{CHANGED_ON, changed, retired, under_two_rubrics};
use crate::support::{ELSEWHERE, Estate, assessed, parse_json, run};

fn pack(estate: &Estate, args: &str) -> Value {
    parse_json(&estate.run(&format!("report --format json {args}")).fine())
}

/// The movements of a pack: service, kind, day and words.
fn movements(estate: &Estate, args: &str) -> Vec<[String; 4]> {
    let pack = pack(estate, args);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let movements = pack["movements"].as_array().expect("a list").iter();
    movements
        .map(|it| [text(&it["service"]["id"]), text(&it["kind"]), text(&it["on"]), text(&it["remark"])])
        .collect()
}

#[test]
fn a_pack_names_what_moved_in_and_out_and_what_left_the_golden_thread() {
    let out = ["pricing-api", "moved-out", CHANGED_ON, "moved out to engagement/promotions on 2026-11-05"];
    let page =
        ["product-page", "left-golden-thread", CHANGED_ON, "no longer on the Golden Thread since 2026-11-05"];
    assert_eq!(movements(&changed(), "--domain shopping"), [out, page]);
    let into = ["pricing-api", "moved-in", CHANGED_ON, "moved in from shopping/catalogue on 2026-11-05"];
    assert_eq!(movements(&changed(), "--domain engagement"), [into]);
    let within = "moved from shopping/catalogue to engagement/promotions on 2026-11-05";
    assert_eq!(movements(&changed(), ""), [["pricing-api", "moved", CHANGED_ON, within], page]);
    assert_eq!(movements(&changed(), "--golden-thread --domain shopping"), [out, page]);
    assert_eq!(movements(&changed(), "--domain customer").len(), 0);
}

#[test]
fn a_pack_says_when_and_why_a_service_retired() {
    let raffle = ["raffle-draw", "retired", "2026-10-20", "retired on 2026-10-20: The raffle is over"];
    assert_eq!(movements(&retired(), "--domain engagement"), [raffle]);
    let before = movements(&retired(), "--domain engagement --until 2026-10-19");
    assert_eq!(before.len(), 0, "{before:?}");
}

#[test]
fn a_service_joined_on_the_day_that_its_file_says_or_was_first_assessed() {
    let assessment = assessed("2026-11-10", "logging: green");
    let joined = format!("joined: 2026-11-02\n{ELSEWHERE}");
    let estate =
        Estate::empty().with_service("one", &joined, &assessment).with_service("two", ELSEWHERE, &assessment);
    let told = movements(&estate, "--domain shop --since 2026-10-01");
    let expected = [
        ["one", "joined", "2026-11-02", "joined on 2026-11-02"],
        [
            "two",
            "first-assessed",
            "2026-11-10",
            "first assessed on 2026-11-10; its file doesn't say when it joined",
        ],
    ];
    assert_eq!(told, expected);
    assert_eq!(movements(&estate, "--domain shop --since 2026-11-12").len(), 0);
}

#[test]
fn every_format_says_what_joined_moved_and_left() {
    let estate = changed();
    for format in ["table", "markdown", "html"] {
        let pack = estate.run(&format!("report --domain shopping --width 200 --format {format}")).fine();
        assert!(pack.contains("Services that joined, moved or left"), "{format}");
        assert!(pack.contains("Pricing API: moved out to engagement/promotions on 2026-11-05"), "{format}");
        let quiet = Estate::shop().run(&format!("report --domain shopping --format {format}")).fine();
        assert!(!quiet.contains("joined, moved or left"), "nothing moved: {format}");
    }
}

#[test]
fn what_a_pack_compares_with_is_unchanged_by_what_moved_since() {
    let (original, changed) = (Estate::shop(), changed());
    for args in ["--domain shopping", "--domain engagement", "--domain shopping --golden-thread", ""] {
        let (one, other) = (pack(&original, args), pack(&changed, args));
        let before = |pack: &Value| {
            let lines = pack["glance"]["lines"].as_array().expect("a list").iter();
            // The Golden Thread has a line from its first service on.
            let lines = lines.filter(|line| line["before"]["judgements"]["applicable"] != 0);
            lines.map(|line| (line["title"].clone(), line["before"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(before(&one), before(&other), "{args}");
        let history = |pack: &Value| {
            let points = pack["glance"]["history"].as_array().expect("a list").iter();
            let past = points.filter(|point| point["as_of"].as_str().expect("a day") < CHANGED_ON);
            past.cloned().collect::<Vec<_>>()
        };
        assert_eq!(history(&one), history(&other), "{args}");
        assert!(!history(&one).is_empty());
    }
}

#[test]
fn a_chart_marks_the_day_from_which_it_is_about_other_services() {
    let marks = |estate: &Estate| {
        let pack = pack(estate, "--domain shopping");
        let history = pack["glance"]["history"].as_array().expect("a list");
        history.iter().filter(|point| point["members_changed"] == true).count()
    };
    assert_eq!((marks(&Estate::shop()), marks(&changed())), (0, 1));
    let page = |estate: &Estate| estate.run("report --domain shopping --format html").fine();
    assert_eq!(page(&changed()).matches(">⇄</text>").count(), 1);
    assert!(!page(&Estate::shop()).contains('⇄'));
}

#[test]
fn the_pack_of_a_domain_that_all_services_left_says_so() {
    let retired = format!("retired: 2026-11-02\n{ELSEWHERE}");
    let estate = Estate::empty().with_service("one", &retired, &assessed("2026-09-10", "logging: green"));
    let told = movements(&estate, "--domain shop --since 2026-10-01");
    assert_eq!(told, [["one", "retired", "2026-11-02", "retired on 2026-11-02"]]);
}

#[test]
fn a_retired_service_is_in_no_list_of_what_is_due() {
    let open = "actions:\n  - { what: Do it, owner: us, raised: 2026-09-11, due: 2026-10-01 }\nwaivers:\n  - \
                { category: logging, until: 2026-10-30, because: So, approved-by: them, raised: 2026-09-11 }\n";
    let rest = assessed("2026-09-10", "logging: red") + open;
    let estate = |head: &str| {
        let estate =
            Estate::empty().with_service("stays", ELSEWHERE, &assessed("2026-09-10", "logging: red"));
        estate.with_service("one", &format!("{head}{ELSEWHERE}"), &rest)
    };
    let gone = estate("retired: 2026-10-10\n");
    for args in ["actions", "report --domain shop", "report"] {
        let listed = |estate: &Estate, day: &str| estate.run(&format!("{args} --until {day}")).fine();
        assert!(listed(&estate(""), "2026-11-20").contains("one"), "{args}");
        assert!(!listed(&gone, "2026-11-20").contains("Do it"), "{args}");
        assert!(!listed(&gone, "2026-11-20").contains("because So"), "{args}");
        assert_eq!(
            listed(&gone, "2026-10-09"),
            listed(&estate(""), "2026-10-09"),
            "{args}: that day keeps its numbers"
        );
    }
    let summary = pack(&gone, "");
    assert_eq!(summary["domains"][0]["overdue_commitments"], 0);
    assert_eq!(summary["waivers"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_pack_of_several_rubrics_says_whose_a_category_is() {
    let estate = under_two_rubrics();
    for format in ["table", "markdown", "html"] {
        let pack = estate.run(&format!("report --domain shop --since 2026-09-11 --format {format}")).fine();
        for name in ["Ours (ours)", "Peak (peak)", "peak/Logging"] {
            assert!(pack.contains(name), "{name}: {pack}");
        }
        assert!(!pack.contains("peak/Load"), "only where the name alone is ambiguous: {pack}");
    }
    let pack = pack(&estate, "--domain shop");
    let pillars = pack["map"]["pillars"].as_array().expect("a list").iter();
    let categories = pillars.flat_map(|pillar| pillar["categories"].as_array().expect("a list"));
    let mut rubrics: Vec<_> = categories.map(|it| (it["rubric"].as_str(), it["id"].as_str())).collect();
    rubrics.sort_unstable();
    let expected = [("ours", "logging"), ("ours", "rollback"), ("peak", "load"), ("peak", "logging")];
    assert_eq!(rubrics, expected.map(|(rubric, id)| (Some(rubric), Some(id))));
}

#[test]
fn the_map_has_a_part_for_each_rubric_that_fits_a_narrow_terminal() {
    let out = run("--width 60 report --domain customer").fine();
    let map = out.split("── The map").nth(1).and_then(|rest| rest.split("\n── ").next()).expect("a map");
    assert!(map.lines().all(|line| line.chars().count() <= 60), "{map}");
    let line = |start: &str| map.lines().find(|line| line.starts_with(start)).unwrap_or_default();
    assert_eq!(line("Service "), "Service              Green  Trend     Change", "all rubrics first: {map}");
    let (_, peak) = map.split_once("\nPeak Readiness (peak-readiness)\n\n").expect("a part of its own");
    let table: Vec<_> = peak.lines().take_while(|line| !line.is_empty()).collect();
    assert!(
        table[0].starts_with("Service ") && table[0].ends_with("Green  Demand  Change  People"),
        "{peak}"
    );
    assert!(table.iter().any(|row| row.contains("Edge gateway  G    8/8    GGG     GGG     GG")), "{peak}");
    assert!(!peak.contains("Wishlist"), "nobody asked it: {peak}");
}
