//! Scores that teams really gave themselves, with answers that others worked out, and reports of slo-generator.
//!
//! The data is no part of this project. `FUNDAMENTALS_DATA` names the folder that holds it; its `README.md` says
//! what is in it and what the right answers are.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::support::{
    COUNTS, ELSEWHERE, Estate, Run, json_counts, parse_json, run_in, service_files, yaml_files,
};

/// A folder of the data, or `None` with a note on stderr.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let named = std::env::var_os("FUNDAMENTALS_DATA").map(PathBuf::from);
    let data = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"));
    let folder = data.join(name);
    if !folder.is_dir() {
        let note =
            format!("skipped: {} is not there; FUNDAMENTALS_DATA says where it is\n", folder.display());
        let _ = std::io::stderr().write_all(note.as_bytes());
        return None;
    }
    Some(folder)
}

/// The estate of code libraries.
pub(crate) fn imm() -> Option<PathBuf> {
    folder("imm")
}

/// Red, amber, green, not applicable, not assessed, to re-score, applicable.
const RIGHT: [usize; 7] = [69, 38, 56, 13, 0, 0, 163];

fn add(sum: [usize; COUNTS.len()], more: [usize; COUNTS.len()]) -> [usize; COUNTS.len()] {
    std::array::from_fn(|at| sum[at] + more[at])
}

#[test]
fn nothing_is_wrong_with_it() {
    let Some(estate) = imm() else { return };
    assert_eq!(run_in(&estate, "check").fine(), "checked 11 service files and 1 rubric: nothing wrong\n");
}

#[test]
fn the_trend_counts_its_latest_state_right() {
    let Some(estate) = imm() else { return };
    let trend = parse_json(&run_in(&estate, "trend --last 1 --format json").fine());
    let rows = trend["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 11);
    let counts = |row: &serde_json::Value| json_counts(&row["periods"][0]["judgements"]);
    assert_eq!(rows.iter().map(counts).fold([0; 7], add), RIGHT);
    let worst = rows.iter().max_by_key(|row| counts(row)[0]).expect("there are rows");
    assert_eq!(worst["service"], "corvus-storage");
    assert_eq!((counts(worst)[0], counts(worst)[6]), (13, 15));
}

#[test]
fn the_answers_to_each_question_are_those_of_the_trend_by_category() {
    let Some(estate) = imm() else { return };
    let trend = parse_json(&run_in(&estate, "trend --by category --last 1 --format json").fine());
    let health = parse_json(&run_in(&estate, "rubric health --format json").fine());
    let questions = health["categories"].as_array().expect("categories");
    assert_eq!((questions.len(), &health["services"]["looked_at"]), (16, &serde_json::json!(11)));
    for (row, question) in trend["rows"].as_array().expect("rows").iter().zip(questions) {
        assert_eq!(row["category"], question["id"]);
        let counts = json_counts(&row["periods"][0]["judgements"]);
        assert_eq!(counts, json_counts(&question["judgements"]), "{}", question["id"]);
    }
}

#[test]
fn showing_every_service_counts_the_same() {
    let Some(estate) = imm() else { return };
    let counts = |id: &String| {
        let shown = parse_json(&run_in(&estate, &format!("show {id} --format json")).fine());
        assert_eq!(shown["categories"].as_array().map(Vec::len), Some(16));
        json_counts(&shown["counts"])
    };
    let ids: Vec<_> = service_files(&estate).into_iter().map(|file| file.service).collect();
    assert_eq!(ids.iter().map(counts).fold([0; 7], add), RIGHT);
}

#[test]
fn as_it_is_the_gate_passes() {
    let Some(estate) = imm() else { return };
    let out = run_in(&estate, "gate").fine();
    assert!(out.contains("\ngate passed, 2 resolved (11 services looked at"), "{out}");
}

/// The text with only the first assessments, up to each of its dates: `(date, text)`.
fn replay(text: &str) -> Vec<(String, String)> {
    let dates = text.match_indices("  - date: ").map(|(at, mark)| (at, at + mark.len()));
    let dates: Vec<_> = dates.map(|(at, date)| (at, text[date..date + 10].to_owned())).collect();
    assert!(dates.is_sorted_by_key(|(_, date)| date.clone()), "assessments stand in order");
    let ends = dates.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    dates.iter().zip(ends).map(|((_, date), end)| (date.clone(), text[..end].to_owned())).collect()
}

/// Service and category of each drop that is denied.
fn dropped(run: &Run) -> Vec<[String; 2]> {
    let entries = run.out.split("\n\n").filter(|entry| entry.starts_with("denied[drop-to-red]: "));
    let drops = entries.filter_map(|entry| {
        let (service, _) = entry.split_once("): ")?;
        let (category, _) = entry.split_once("judge `")?.1.split_once('`')?;
        Some([service.rsplit_once('(')?.1, category].map(str::to_owned))
    });
    drops.collect()
}

/// The drops that those who made the data have found: service, date and category.
const DROPS: [[&str; 3]; 3] = [
    ["dotnet-adr", "2023-06-18", "code-coverage"],
    ["vellum-cli", "2020-07-24", "associated-work-items"],
    ["vellum-cli", "2020-07-24", "reference-documentation"],
];

#[test]
fn replaying_its_history_the_gate_fails_at_the_three_drops_and_nowhere_else() {
    let Some(original) = imm() else { return };
    let mut drops = Vec::new();
    let mut runs = 0;
    for path in yaml_files(&original.join("services")) {
        let service = path.file_stem().and_then(|stem| stem.to_str()).expect("an id").to_owned();
        let text = fs::read_to_string(&path).expect("a service file can be read");
        // Only this service: of the others some files would hold dates that lie ahead.
        let mut estate = Estate::copy_of(&original);
        fs::remove_dir_all(estate.path().join("services")).expect("it is a copy");
        for (date, so_far) in replay(&text) {
            estate = estate.with(&format!("services/{service}.yaml"), &so_far);
            let run = estate.run(&format!("--today {date} --width 1000 gate --service {service}"));
            runs += 1;
            assert_eq!(run.err, "", "{service} {date}");
            let categories: Vec<_> = dropped(&run).into_iter().map(|[_, category]| category).collect();
            assert_eq!(run.code, if categories.is_empty() { 0 } else { 4 }, "{service} {date}: {}", run.out);
            drops.extend(categories.into_iter().map(|category| (service.clone(), date.clone(), category)));
        }
    }
    drops.sort();
    let drops: Vec<_> = drops.iter().map(|(service, date, category)| [service, date, category]).collect();
    assert_eq!(runs, 43);
    assert_eq!(drops, DROPS);
}

#[test]
fn replayed_as_commits_each_compared_with_the_one_before_the_gate_fails_at_the_same_drops() {
    let Some(original) = imm() else { return };
    let mut estate = Estate::copy_of(&original);
    fs::remove_dir_all(estate.path().join("services")).expect("it is a copy");
    let mut commits = Vec::new();
    for path in yaml_files(&original.join("services")) {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a file name").to_owned();
        let text = fs::read_to_string(&path).expect("a service file can be read");
        commits.extend(replay(&text).into_iter().map(|(date, so_far)| (date, name.clone(), so_far)));
    }
    commits.sort();
    let mut drops = Vec::new();
    for (at, (date, name, so_far)) in commits.iter().enumerate() {
        estate = estate.with(&format!("services/{name}"), so_far);
        estate.commit(&format!("{name} on {date}"));
        if at == 0 {
            continue;
        }
        let run = estate.run(&format!("--today {date} --width 1000 gate --base HEAD~1"));
        let dropped = dropped(&run);
        assert_eq!(
            (run.code, run.err.as_str()),
            (if dropped.is_empty() { 0 } else { 4 }, ""),
            "{name} {date}"
        );
        drops.extend(dropped.into_iter().map(|[service, category]| [service, date.clone(), category]));
    }
    drops.sort();
    assert_eq!(commits.len(), 43);
    assert_eq!(drops, DROPS);
}

/// Each of slo-generator's own two versions of a report.
fn reports() -> Option<[String; 2]> {
    let folder = folder("slo-generator")?;
    let text = |name| fs::read_to_string(folder.join(name)).expect("a report can be read");
    Some(["slo_report_v1.json", "slo_report_v2.json"].map(text))
}

/// An estate of one service, which is called as in the reports, with a file of SLO results.
fn with_results(text: &str) -> Estate {
    let scores = "  - { date: 2026-11-01, rubric: ours@1, scores: { logs: green, timeouts: green, retries: green, \
                  uptime-page: green } }";
    let estate = Estate::empty().with("rubric/v1.toml", crate::rubric_diff::OLD).with("slo/a.json", text);
    estate.with_service("test", ELSEWHERE, scores)
}

#[test]
fn reports_of_slo_generator_over_half_a_day_are_read_and_passed_over() {
    let Some(reports) = reports() else { return };
    for report in reports {
        let estate = with_results(&report);
        let out = estate.run("check").fine();
        assert!(out.ends_with("1 file of SLO results: nothing wrong\n"), "{out}");
        assert!(estate.run("gate").fine().starts_with("gate passed (1 service"));
    }
}

#[test]
fn reports_of_slo_generator_over_a_month_are_held_against_the_scores() {
    let Some(reports) = reports() else { return };
    let names = [
        "test/slo-pubsub-acked-msg` attained 50% of 90% in 2019-08",
        "test/test` attained 50% of 90% in 2023-11",
    ];
    for (report, name) in reports.iter().zip(names) {
        let estate = with_results(&report.replace("\"window\": 43200", "\"window\": 2592000"));
        let out = estate.run("gate --width 200").fine();
        assert!(out.contains(&format!("every category is green, and `{name}\n")), "{out}");
    }
}

#[test]
fn another_answer_of_monitoring_is_told_to_be_no_report() {
    let Some(folder) = folder("slo-generator") else { return };
    let history = fs::read_to_string(folder.join("dd_slo_history.json")).expect("it can be read");
    let run = with_results(&history).run("check --format concise");
    assert_eq!(
        (run.code, run.out.as_str()),
        (3, "slo/a.json:1:1: error[invalid-slo-report]: this is not an SLO report\n")
    );
}
