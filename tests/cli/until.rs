//! Reports as of a past day: what they say is what they said on that day.

use serde_json::Value;

use crate::support::{Estate, parse_json, run, shop, yaml_files};

/// Days on which a report is asked for: of a review, between reviews, and of an assessment.
const DAYS: [&str; 3] = ["2026-09-29", "2026-10-15", "2026-11-10"];

/// The example shop without measurements.
fn unmeasured() -> Estate {
    let estate = Estate::shop();
    std::fs::remove_dir_all(estate.path().join("slo")).expect("the folder is there");
    estate
}

/// The same without any entry that is dated after a day, as a plain YAML reader finds them.
fn cut_off(day: &str) -> Estate {
    let estate = unmeasured();
    for path in yaml_files(&shop().join("services")) {
        let text = std::fs::read_to_string(&path).expect("a service file can be read");
        let mut file: Value = serde_yaml::from_str(&text).expect("YAML");
        let is_past = |entry: &Value, key: &str| entry[key].as_str().is_none_or(|written| written <= day);
        for (list, key) in [("assessments", "date"), ("actions", "raised"), ("waivers", "raised")] {
            if let Some(entries) = file[list].as_array_mut() {
                entries.retain(|entry| is_past(entry, key));
            }
        }
        for action in file["actions"].as_array_mut().into_iter().flatten() {
            if !is_past(action, "done") {
                action.as_object_mut().expect("an object").remove("done");
            }
        }
        let absent: Vec<_> = ["actions", "waivers"].into_iter().filter(|list| file[list].is_null()).collect();
        for list in absent {
            file.as_object_mut().expect("an object").remove(list);
        }
        let place = path.strip_prefix(shop()).expect("a file of the shop");
        estate.with_text(place.to_str().expect("a plain name"), &file.to_string());
    }
    estate
}

/// A document without the command that makes it.
fn json(estate: &Estate, args: &str) -> Value {
    let mut json = parse_json(&estate.run(&format!("{args} --format json")).fine());
    if let Some(about) = json["about"].as_object_mut() {
        about.remove("command");
    }
    json
}

#[test]
fn a_report_of_a_past_day_knows_nothing_that_was_written_down_later() {
    let estate = unmeasured();
    for day in DAYS {
        let then = cut_off(day);
        for args in [
            "report --domain shopping",
            "report",
            "report --upcoming",
            "actions",
            "actions --since 2026-08-01",
        ] {
            let (now, then) = (
                json(&estate, &format!("{args} --until {day}")),
                json(&then, &format!("--today {day} {args}")),
            );
            assert_eq!(now, then, "{args} {day}");
        }
    }
}

#[test]
fn what_was_measured_in_a_month_that_was_not_over_is_not_known_on_a_past_day() {
    let months = |day: &str| {
        let pack = parse_json(
            &run(&format!("report --domain shopping --section slos --until {day} --format json")).fine(),
        );
        pack["slos"]["months"].as_array().expect("a list").last().cloned()
    };
    assert_eq!(months("2026-10-30"), Some("2026-09".into()));
    assert_eq!(months("2026-10-31"), Some("2026-10".into()));
}

#[test]
fn the_command_that_a_past_pack_names_makes_it_again_although_later_entries_are_there() {
    let pack = |args: &str| parse_json(&run(&format!("{args} --format json")).fine());
    for args in ["report --domain shopping --until 2026-09-29", "report --until 2026-10-15 --golden-thread"] {
        let first = pack(args);
        let command = first["about"]["command"].as_str().expect("a command").to_owned();
        assert!(!command.contains("--today"), "{command}");
        assert_eq!(first, pack(command.strip_prefix("fundamentals ").expect("the program's name")));
    }
}

#[test]
fn a_report_of_a_day_to_come_is_wrong_usage() {
    for command in ["report", "report --domain shopping", "report --upcoming", "actions", "trend"] {
        let said = run(&format!("{command} --until 2026-11-21")).refused(2);
        assert_eq!(said, "error: --until 2026-11-21 is after today, 2026-11-20\n");
    }
    let said = run("report --until 2026-10-15 --since 2026-10-15").refused(2);
    assert_eq!(said, "error: --since 2026-10-15 is not before 2026-10-15\n");
    let said = run("actions --until 2026-10-15 --since 2026-10-16").refused(2);
    assert_eq!(said, "error: --since 2026-10-16 is after 2026-10-15\n");
}

#[test]
fn a_report_of_today_is_the_report() {
    for args in ["report --domain shopping", "actions"] {
        let (asked, usual) =
            (json(&Estate::shop(), &format!("{args} --until 2026-11-20")), json(&Estate::shop(), args));
        assert_eq!(asked, usual, "{args}");
    }
}
