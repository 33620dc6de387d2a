//! `fundamentals report`: the pack and the summary as text, and what is asked of the command line.

use std::collections::BTreeSet;

use crate::excerpts::{assert_sections, heading, sections, start};
use crate::support::{ELSEWHERE, Estate, assert_snapshot, assessed, command, ended, parse_json, run};

/// The sections of a domain's pack, as they are headed.
const SECTIONS: [&str; 8] = [
    "at-a-glance",
    "what-changed",
    "the-map",
    "hot-spots",
    "commitments",
    "slos-beside-scores",
    "worth-talking-about",
    "waivers-and-small-print",
];

/// The different words of a text, wherever its lines end.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[test]
fn a_domains_pack_for_a_terminal() {
    let sections = assert_sections("report_domain", &run("report --domain shopping").fine(), heading);
    assert_eq!(sections[1..], SECTIONS);
}

#[test]
fn a_domains_pack_for_a_code_host() {
    let pack = run("report --domain customer --format markdown").fine();
    let sections = assert_sections("report_domain_markdown", &pack, heading);
    assert_eq!(sections[1..], SECTIONS);
}

#[test]
fn the_summary_of_an_estate_for_a_terminal() {
    assert_snapshot!("report_summary", run("report").fine());
}

#[test]
fn the_summary_of_an_estate_for_a_code_host() {
    assert_snapshot!("report_summary_markdown", run("report --format markdown").fine());
}

#[test]
fn a_narrow_terminal_gets_a_narrower_pack() {
    let out = run("--width 60 report --domain shopping").fine();
    let widest = out.lines().map(|line| line.chars().count()).max();
    assert_eq!(widest, Some(60), "{out}");
    let sections = sections(&out, heading);
    assert!(sections[1..].iter().map(|(id, _)| id).eq(SECTIONS), "{out}");
    let starts: Vec<_> = sections.iter().map(|(_, section)| start(section, 16)).collect();
    assert_snapshot!("report_narrow", starts.concat());
    let wide = run("report --domain shopping").fine();
    let lost: Vec<_> = words(&wide).difference(&words(&out)).copied().collect();
    assert_eq!(lost, ["O"], "only heads of the map are cut in another place");
}

#[test]
fn only_the_sections_that_are_asked_for_are_printed() {
    let out = run("report --domain shopping --section talk,glance").fine();
    let headings: Vec<_> = out.lines().filter(|line| line.starts_with("──")).collect();
    assert!(headings.len() == 2 + 2, "two sections, and the rules of two tables: {headings:?}");
    assert!(out.contains("── At a glance") && out.contains("── Worth talking about"), "{out}");
}

#[test]
fn a_pack_can_be_compared_with_any_day() {
    let json =
        |args: &str| parse_json(&run(&format!("report --domain shopping --format json {args}")).fine());
    let last_review = json("");
    assert_eq!(last_review["about"]["since"]["date"], "2026-09-29");
    assert_eq!(last_review, json("--since last-review"));
    let asked = json("--since 2025-01-01");
    assert_eq!(asked["about"]["since"]["basis"], "asked");
    let improved = |report: &serde_json::Value| report["changes"]["counts"]["improved"].as_u64();
    assert!(improved(&asked) > improved(&last_review));
}

#[test]
fn filters_choose_what_a_pack_is_about_and_it_says_so() {
    let args = "report --domain shopping --platform checkout --pillar performance --format json";
    let report = parse_json(&run(args).fine());
    assert_eq!(report["about"]["filters"], "--platform checkout --pillar performance");
    let command = report["about"]["command"].as_str().expect("a command");
    assert_eq!(
        command,
        "fundamentals --today 2026-11-20 report --domain shopping --platform checkout --pillar performance"
    );
    let again = parse_json(&run(&format!("{} --format json", command.replace("fundamentals ", ""))).fine());
    assert_eq!(report, again, "the command that a pack names makes it again");
    assert_eq!(report["map"]["pillars"].as_array().map(Vec::len), Some(1));
}

#[test]
fn the_command_that_a_pack_names_has_all_that_was_asked_but_where_it_goes() {
    let named = |args: &str| {
        let report = parse_json(&run(&format!("report {args} --format json")).fine());
        report["about"]["command"].as_str().expect("a command").to_owned()
    };
    for args in [
        "--domain shopping --criticality mission-critical --rubric fundamentals@2 --golden-thread",
        "--domain shopping --since 2026-01-01 --section talk,glance",
        "--domain shopping,customer --service bag-api",
    ] {
        assert_eq!(named(args), format!("fundamentals --today 2026-11-20 report {args}"));
    }
    assert!(!named("--domain shopping -o -").contains("-o"), "where it goes makes no other pack");
}

#[test]
fn a_shell_takes_the_command_that_a_pack_names_as_it_was_meant() {
    let file = "service: s\ndomain: shop\nplatform: web\ncriticality: low\ntags: [\"it's; here\"]\n";
    let estate = Estate::empty().with("services/s.yaml", file);
    let mut asked = command(estate.path(), "report --domain shop --section talk --format json");
    let report = parse_json(&ended(asked.args(["--tag", "it's; here"])).fine());
    assert_eq!(
        report["about"]["command"],
        r"fundamentals --today 2026-11-20 report --domain shop --tag 'it'\''s; here' --section talk"
    );
}

#[test]
fn each_known_ending_is_a_format_and_a_dash_is_standard_output() {
    let estate = Estate::shop();
    for (ending, format) in
        [("html", "html"), ("htm", "html"), ("md", "markdown"), ("markdown", "markdown"), ("csv", "csv")]
    {
        assert_eq!(estate.run(&format!("report --domain customer -o pack.{ending}")).fine(), "");
        let printed = estate.run(&format!("report --domain customer --format {format}")).fine();
        assert_eq!(estate.read(&format!("pack.{ending}")), printed, "{ending}");
    }
    assert_eq!(estate.run("report -o -").fine(), estate.run("report").fine());
}

#[test]
fn the_name_of_the_file_says_the_format() {
    let estate = Estate::shop();
    assert_eq!(estate.run("report --domain customer -o pack.md").fine(), "");
    assert_eq!(estate.read("pack.md"), estate.run("report --domain customer --format markdown").fine());
    assert_eq!(estate.run("report --domain customer -o pack.json --format markdown").fine(), "");
    assert_eq!(estate.read("pack.json"), estate.read("pack.md"), "unless it is said otherwise");
    assert_eq!(estate.run("--color always report --domain customer -o pack.txt").fine(), "");
    assert_eq!(
        estate.read("pack.txt"),
        estate.run("report --domain customer").fine(),
        "a file has no styles"
    );
}

#[test]
fn a_file_that_cannot_be_written_is_the_tools_failure() {
    let run = run("report --domain customer -o /dev/full");
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("error: failed to write /dev/full: "), "{}", run.err);
}

#[test]
fn what_makes_no_sense_together_is_wrong_usage() {
    for (args, expected) in [
        (
            "report --domain shoping",
            "unknown domain `shoping`: did you mean `shopping`? known here: `customer`, `engagement` and `shopping`",
        ),
        ("report --section map", "there is no section `map` in a summary; name one `--domain` for its pack"),
        ("report --domain shopping --section domains", "there is no section `domains` in a domain's pack"),
        ("report --domain shopping --since 2026-11-20", "--since 2026-11-20 is not before today, 2026-11-20"),
        (
            "report --domain shopping --format csv --section map,talk",
            "CSV is one table: ask for one `--section`",
        ),
        (
            "report --domain shopping --format xlsx",
            "a spreadsheet is not for standard output: name a file with `-o pack.xlsx`",
        ),
        ("report --upcoming --format html", "--upcoming is printed as table, markdown, csv or json"),
    ] {
        assert_eq!(run(args).refused(2), format!("error: {expected}\n"), "{args}");
    }
}

#[test]
fn a_domain_without_sound_services_has_no_pack() {
    let settings = "[[domain]]\nid = \"shop\"\n[[domain]]\nid = \"empty\"\n";
    let estate = Estate::empty().with("fundamentals.toml", settings).with_service(
        "s",
        ELSEWHERE,
        &assessed("2026-11-01", "logging: red"),
    );
    let expected = "error: no service is left: the filters together match none\n";
    assert_eq!(estate.run("report --domain empty").refused(3), expected);
}

#[test]
fn a_file_with_errors_is_named_in_the_pack_and_the_exit_code_says_so() {
    let estate = Estate::shop().appending("services/shopping/bag-api.yaml", "colour: red\n");
    let run = estate.run("report --domain shopping");
    assert_eq!(run.code, 3);
    assert!(run.err.starts_with("warning: `bag-api` is left out: its file has errors"), "{}", run.err);
    assert!(run.out.contains("1 file of the estate has errors, and nothing in it is counted"), "{}", run.out);
    assert!(run.out.contains("Left out: bag-api, because its file has errors"), "{}", run.out);
}

#[test]
fn an_estate_without_settings_has_a_pack_too() {
    let estate =
        Estate::empty().with_service("s", ELSEWHERE, &assessed("2026-11-01", "logging: red, metrics: green"));
    assert_snapshot!("report_without_settings", estate.run("report --domain shop").fine());
}

#[test]
fn coming_reviews_are_planned_due_late_or_unknown() {
    let settings = r#"
[[domain]]
id = "planned"
reviews = [2026-10-01, 2026-11-20]
[[domain]]
id = "late"
title = "Late | one"
reviews = [2026-01-01]
[[domain]]
id = "due"
reviews = [2026-11-01]
[[domain]]
id = "never"
"#;
    let file = "service: s\ndomain: late\nplatform: web\ncriticality: low\n";
    let estate = Estate::empty().with("fundamentals.toml", settings).with("services/s.yaml", file);
    let all = ["table", "markdown", "csv", "json"];
    let all = all.map(|format| estate.run(&format!("report --upcoming --format {format}")).fine());
    assert_snapshot!("report_upcoming", all.join("\n"));
    let one = estate.run("report --upcoming --domain late --format csv").fine();
    assert_eq!(one.lines().count(), 2, "{one}");
}
