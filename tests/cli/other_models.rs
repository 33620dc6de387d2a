//! Rubrics of other shapes: the example with other models is what its README says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fundamentals::load::{Loaded, load_texts};
use fundamentals::model::{CriticalityLevels, DomainId, Identity, PlatformId, Rubric, RubricKey, Settings};

use crate::support::{ELSEWHERE, Estate, Run, assessed, parse_json, run_in, yaml_files};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/other-models")
}

fn run(args: &str) -> Run {
    run_in(&folder(), args)
}

const RUBRICS: [&str; 3] = ["crawl-walk-run", "data-products", "production-readiness"];

fn rubrics() -> Loaded {
    let read = |id: &str| {
        let path = format!("rubric/{id}/v1.toml");
        let text = fs::read_to_string(folder().join(&path)).expect("the rubric is there");
        (path, text)
    };
    let files = RUBRICS.map(read);
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    load_texts(None, &files, &[])
}

#[track_caller]
fn rubric<'a>(loaded: &'a Loaded, key: &str) -> &'a Rubric {
    loaded.estate.rubrics.get(&RubricKey::parse(key).expect("a key")).expect("the rubric was read")
}

/// How many categories ask a service.
fn depth(rubric: &Rubric, levels: &CriticalityLevels, level: &str, tags: &[&str]) -> usize {
    let level = levels.find(level).expect("a level");
    let identity = Identity {
        domain: DomainId::new("d").expect("an id"),
        platform: PlatformId::new("p").expect("an id"),
        owner: None,
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        criticality: level.clone(),
        golden_thread: false,
        rubrics: None,
        retired: None,
    };
    rubric.categories.iter().filter(|category| category.applies_to.asks(&identity)).count()
}

#[test]
fn other_models_lint_and_check_clean() {
    assert_eq!(run("rubric lint").fine(), "linted 3 rubrics: nothing wrong\n");
    assert_eq!(run("check").fine(), "checked 9 service files and 3 rubrics: nothing wrong\n");
}

#[test]
fn the_maturity_model_has_seven_pillars_of_three_and_each_level_names_its_step() {
    let loaded = rubrics();
    let model = rubric(&loaded, "crawl-walk-run@1");
    assert_eq!(model.pillars.len(), 7);
    for pillar in 0..7 {
        let categories = model.categories.iter().filter(|category| category.pillar == pillar);
        assert_eq!(categories.count(), 3, "{}", model.pillars[pillar].id);
    }
    for category in &model.categories {
        let steps = category.definitions().map(|(_, definition)| definition.statements[0].split_once(": "));
        let steps: Vec<_> = steps.map(|step| step.map(|(step, _)| step)).collect();
        assert_eq!(steps, [Some("Up to crawl"), Some("Walk"), Some("Run")], "{}", category.id);
        assert_eq!(category.applies_to.span, None, "{} asks everybody", category.id);
    }
}

#[test]
fn the_checklist_has_no_amber_and_asks_more_the_more_an_outage_would_cost() {
    let loaded = rubrics();
    let checklist = rubric(&loaded, "production-readiness@1");
    assert!(checklist.categories.iter().all(|category| category.amber.is_none()));
    let lists = checklist.categories.iter().filter(|category| category.green.statements.len() > 1);
    assert!(lists.count() >= 28);

    let levels = Settings::default().criticality;
    let depths: Vec<_> = levels.names().map(|level| depth(checklist, &levels, level, &[])).collect();
    assert_eq!(depths, [7, 10, 15, 20, 24]);
    let all = ["web-api", "public", "stores-data", "personal-data"];
    assert_eq!(depth(checklist, &levels, "mission-critical", &all), 30);
}

#[test]
fn what_data_products_are_asked_depends_on_their_kind_alone() {
    let loaded = rubrics();
    let model = rubric(&loaded, "data-products@1");
    let levels = Settings::default().criticality;
    for level in levels.names() {
        let depths = [&["batch"][..], &["streaming"], &["batch", "model"]]
            .map(|tags| depth(model, &levels, level, tags));
        assert_eq!(depths, [7, 8, 11], "{level}");
    }
    let halfway = model.categories.iter().filter(|category| category.amber.is_some());
    assert_eq!((halfway.count(), model.categories.len()), (9, 13));
}

#[test]
fn the_depth_is_seen_in_show() {
    let applicable = |service: &str| {
        let shown = parse_json(&run(&format!("show {service} --format json")).fine());
        shown["counts"]["applicable"].as_u64().expect("a count")
    };
    let services = ["exhibit-quiz", "room-booking", "door-access", "loans-api"];
    assert_eq!(services.map(applicable), [7, 24, 30, 21]);
    let experiment = run("show exhibit-quiz").fine();
    assert!(experiment.contains("production-readiness@1 · 5 of 7 green"), "{experiment}");
    assert!(
        experiment.contains("green  Somebody other than the author built and started it"),
        "{experiment}"
    );
    let loans = run("show loans-api").fine();
    assert!(loans.contains("amber  Walk: in the last 12 months it took the busiest hour"), "{loans}");
}

#[test]
fn the_checklist_asks_whoever_was_never_assessed() {
    assert!(run("rubric show").fine().starts_with("Production Readiness Checklist 1.0\n"));
}

#[test]
fn every_rubric_has_services_and_one_service_moved_from_one_to_another() {
    let mut pins: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
    for path in yaml_files(&folder().join("services")) {
        let text = fs::read_to_string(&path).expect("a service file can be read");
        for pin in text.lines().filter_map(|line| line.trim().strip_prefix("rubric: ")) {
            pins.entry(pin.to_owned()).or_default().insert(path.clone());
        }
    }
    let pins: Vec<_> = pins.iter().map(|(pin, files)| (pin.as_str(), files.len())).collect();
    assert_eq!(pins, [("crawl-walk-run@1", 4), ("data-products@1", 3), ("production-readiness@1", 4)]);
    let trend = run("trend --last 9 --service room-booking").fine();
    assert!(trend.contains('┊'), "{trend}");
}

#[test]
fn a_service_under_two_rubrics_is_as_good_as_the_worse_of_them() {
    let colour = |restriction: &str| {
        let shown = run(&format!("show reading-tips {restriction} --format json")).fine();
        parse_json(&shown)["colour"].as_str().map(str::to_owned)
    };
    let colours = ["--rubric data-products", "--rubric production-readiness", ""].map(colour);
    assert_eq!(colours.each_ref().map(Option::as_deref), [Some("amber"), Some("red"), Some("red")]);
}

#[test]
fn guidance_of_other_models_leads_to_a_heading() {
    let loaded = rubrics();
    let mut links = 0;
    for category in RUBRICS.iter().flat_map(|id| &rubric(&loaded, &format!("{id}@1")).categories) {
        for link in category.links() {
            let (page, anchor) = link.href.split_once('#').expect("a place in a page");
            let text = fs::read_to_string(folder().join(page)).expect("the page is there");
            let headings = text.lines().filter(|line| line.starts_with('#'));
            let mut anchors = headings.map(|heading| {
                let words = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
                words.chars().filter(|letter| letter.is_alphanumeric() || *letter == '-').collect::<String>()
            });
            assert!(anchors.any(|known| known == anchor), "{}: {}", category.id, link.href);
            links += 1;
        }
    }
    assert_eq!(links, 21 + 31 + 13);
}

#[test]
fn pillars_of_a_rubric_that_is_not_the_default_have_the_names_of_its_newest_version() {
    let service = assessed("2026-11-01", "logging: red");
    let estate = Estate::copy_of(&folder()).with_service("bag-api", ELSEWHERE, &service);
    let estate = estate.replacing(
        "fundamentals.toml",
        "[[domain]]\nid = \"lending\"",
        "[[domain]]\nid = \"shop\"\n\n[[domain]]\nid = \"lending\"",
    );
    let trend = estate.run("trend --by pillar --service bag-api").fine();
    assert!(trend.contains("Deployability") && !trend.contains("API Performance"), "{trend}");
}

#[test]
fn a_trend_counts_the_services_that_are_in_it() {
    for (args, expected) in [
        ("", "9 services, 1 of them on the Golden Thread"),
        ("--rubric data-products@1", "3 services"),
        ("--rubric crawl-walk-run@1", "3 services, 1 of them on the Golden Thread"),
        ("--rubric crawl-walk-run@1 --last 9", "3 services, 1 of them on the Golden Thread"),
        ("--category drift", "3 services"),
    ] {
        let trend = run(&format!("trend {args}")).fine();
        assert!(trend.contains(&format!("as of 2026-11-20 · {expected}")), "{args}: {trend}");
    }
}

#[test]
fn last_assessed_is_said_of_the_rubric_that_is_shown() {
    for (rubric, expected) in [
        ("crawl-walk-run@1", "last assessed 2026-04-02"),
        ("production-readiness@1", "last assessed 2026-09-10"),
        ("data-products@1", "never assessed under data-products"),
    ] {
        let shown = run(&format!("show room-booking --rubric {rubric}")).fine();
        assert!(shown.contains(&format!("\n{expected}")), "{shown}");
        let json = parse_json(&run(&format!("show room-booking --rubric {rubric} --format json")).fine());
        assert_eq!(json["last_assessed"].as_str(), expected.strip_prefix("last assessed "), "{json}");
    }
}

#[test]
fn what_a_service_is_not_asked_is_counted_and_what_was_judged_not_applicable_is_listed() {
    let experiment = run("show exhibit-quiz").fine();
    assert!(experiment.contains("\n24 categories don't ask this service\n"), "{experiment}");
    assert!(!experiment.contains("Failure Drill") && !experiment.contains("n/a or -"), "{experiment}");
    assert!(!experiment.contains("\nData "), "a pillar that asks nothing is left out: {experiment}");
    let batch = run("show loan-figures").fine();
    assert!(batch.contains(" categories don't ask this service"), "{batch}");

    let json = parse_json(&run("show exhibit-quiz --format json").fine());
    let categories = json["categories"].as_array().expect("a list");
    let not_asked: Vec<_> = categories.iter().filter(|it| it["asked"] == false).collect();
    assert_eq!((categories.len(), not_asked.len()), (31, 24));
    assert!(not_asked.iter().all(|it| it["state"] == "not-applicable" && it["judged"].is_null()));

    let judged = "logging: { rag: not-applicable, because: It says nothing }";
    let estate = Estate::empty().with_service("bag-api", ELSEWHERE, &assessed("2026-11-01", judged));
    let shown = estate.run("show bag-api").fine();
    assert!(
        shown.contains("  Logging                   n/a ") && !shown.contains("ask this service"),
        "{shown}"
    );
}
