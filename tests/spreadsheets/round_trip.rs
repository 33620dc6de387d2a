//! What `show --format csv` writes, `import scores` reads: the ratings come back as they were.

use std::collections::BTreeMap;
use std::path::Path;

use fundamentals::eval::Timeline;
use fundamentals::model::Estate;
use proptest::prelude::*;

use crate::folder;
use crate::random::{Plan, TODAY, plan, plan_across_versions};
use crate::support::{self, RUBRICS};

/// A folder with an estate and its rubrics.
fn written(files: &[(String, String)]) -> folder::Estate {
    let estate = RUBRICS
        .iter()
        .fold(folder::Estate::new(), |estate, (path, text)| estate.file(format!("rubric/{path}"), text));
    files.iter().fold(estate, |estate, (path, text)| estate.file(format!("services/{path}"), text))
}

fn run(estate: &folder::Estate, arguments: &[&str]) -> String {
    let run = estate.run(arguments);
    assert_eq!(run.exit, Some(0), "{arguments:?}: {}{}", run.out, run.err);
    run.out
}

/// The files without what was assessed.
fn without_assessments(files: &[(String, String)]) -> Vec<(String, String)> {
    let head = |text: &str| text.split("assessments:\n").next().unwrap_or_default().to_owned();
    files.iter().map(|(path, text)| (path.clone(), head(text))).collect()
}

/// The status of each category, and whose colour it is, under the rubric of each assessment on its day.
fn statuses(estate: &Estate, of: &Estate) -> Vec<String> {
    let mut statuses = Vec::new();
    for original in of.services() {
        let service = estate.service(original.id.as_str()).expect("the same services");
        let mut timeline = Timeline::new(estate, service);
        for assessment in &original.assessments {
            let rubric = estate.rubrics.get(&assessment.rubric.key()).expect("the same rubrics");
            let state = timeline.state_under(rubric, assessment.date);
            for (_, category, standing) in state.categories() {
                let provider = standing.provider.map(ToString::to_string);
                let line = format!(
                    "{} {} {} {:?} {provider:?}",
                    service.id, assessment.date, category.id, standing.status
                );
                statuses.push(line);
            }
        }
    }
    statuses
}

fn comes_back(plan: &Plan) {
    let files = plan.files(false);
    let original = written(&files);
    let mut table = String::new();
    for (path, _) in &files {
        let name = path.strip_suffix(".yaml").expect("a service file");
        let csv = run(&original, &["show", name, "--format", "csv"]);
        let rows =
            if table.is_empty() { csv.as_str() } else { csv.split_once('\n').map_or("", |(_, rows)| rows) };
        table.push_str(rows);
    }
    if table.lines().count() < 2 {
        return;
    }
    let copy = written(&without_assessments(&files)).file("table.csv", &table);
    run(&copy, &["import", "scores", "table.csv"]);
    let read = |folder: &folder::Estate| -> Vec<(String, String)> {
        let text = |path: &String| std::fs::read_to_string(folder.path(Path::new("services").join(path)));
        files.iter().map(|(path, _)| (path.clone(), text(path).expect("a file"))).collect()
    };
    let imported = read(&copy);
    let (before, after) = (support::estate(&files, TODAY), support::estate(&imported, TODAY));
    assert_eq!(statuses(&after, &before), statuses(&before, &before), "{table}");
    let again = run(&copy, &["import", "scores", "table.csv"]);
    assert!(again.starts_with("Nothing is new."), "{again}");
    assert_eq!(read(&copy), imported);
    // Onto the estate that it came from, it changes nothing.
    let onto = written(&files).file("table.csv", &table);
    let said = run(&onto, &["import", "scores", "table.csv"]);
    assert!(said.starts_with("Nothing is new."), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ratings_under_one_rubric_come_back_as_they_were(plan in plan()) {
        comes_back(&plan);
    }

    #[test]
    fn ratings_under_two_versions_of_a_rubric_come_back_as_they_were(plan in plan_across_versions()) {
        comes_back(&plan);
    }
}

#[test]
fn reasons_evidence_notes_and_people_come_back_as_they_were() {
    let file = "service: s\ndomain: d\nplatform: p\ncriticality: low\ntags: [api]\n";
    let assessed = "assessments:\n  - date: 2025-03-01\n    rubric: r@1\n    by: [team-a, team-b]\n    with: [sre]\n    scores:\n      \
                    a: { rag: red, because: \"=1+1, or \\\"more\\\"; so\", evidence: [https://a.example, See the runbook], note: -5 }\n      \
                    b: { rag: not-applicable, because: Nothing like it }\n";
    let original = written(&[("s.yaml".to_owned(), format!("{file}{assessed}"))]);
    let table = run(&original, &["show", "s", "--format", "csv"]);
    let copy = written(&[("s.yaml".to_owned(), file.to_owned())]).file("table.csv", &table);
    run(&copy, &["import", "scores", "table.csv"]);
    assert_eq!(run(&copy, &["show", "s", "--format", "csv"]), table);
}

#[test]
fn the_map_of_a_review_comes_back_with_the_same_colours() {
    let shop = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/shop");
    let mut estate = folder::Estate::new();
    for entry in walkdir::WalkDir::new(&shop).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&shop).expect("within the shop");
            estate = estate.file(path, std::fs::read(entry.path()).expect("a file"));
        }
    }
    let map = ["report", "--domain", "shopping", "--section", "map", "--format", "csv"];
    let statuses = |csv: &str| -> BTreeMap<String, String> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let rows = reader.deserialize().map(|row| row.expect("a row"));
        rows.map(|row: BTreeMap<String, String>| {
            (format!("{} {} {}", row["service"], row["rubric"], row["category"]), row["status"].clone())
        })
        .collect()
    };
    let before = estate.run(&map);
    assert_eq!(before.exit, Some(0), "{}", before.err);
    // As the map says it, each rating is there already.
    let estate = estate.file("map.csv", &before.out);
    let same = estate.run(&["import", "scores", "map.csv"]);
    assert!(same.exit == Some(0) && same.out.starts_with("Nothing is new."), "{same:?}");
    // In files that say other things of the same days, they are put right.
    let colours = [("red", "green"), ("amber", "red"), ("green", "red")];
    let turned = |line: &str| {
        let is_row = line.contains(",false,false,,");
        let turn = colours.iter().find(|(from, _)| is_row && line.contains(&format!(",{from},20")));
        turn.map_or(line.to_owned(), |(from, to)| {
            line.replacen(&format!(",{from},20"), &format!(",{to},20"), 1)
        })
    };
    let other: Vec<_> = before.out.lines().map(turned).collect();
    let estate = estate.file("other.csv", other.join("\n"));
    let turned = estate.run(&["import", "scores", "other.csv", "--replace"]);
    assert_eq!(turned.exit, Some(0), "{}", turned.err);
    assert_ne!(statuses(&estate.run(&map).out), statuses(&before.out));
    assert_eq!(estate.run(&["import", "scores", "map.csv", "--replace"]).exit, Some(0));
    let after = estate.run(&map);
    let (before, after) = (statuses(&before.out), statuses(&after.out));
    let differing: Vec<_> = before.iter().filter(|(key, status)| after.get(*key) != Some(status)).collect();
    assert!(differing.is_empty(), "{differing:?}");
}
