//! A service under several rubrics, as `show` and `score` have it.

use crate::small_rubric::small_rubric;
use crate::support::{Estate, parse_json};

/// Who `cart` is and was, under `base` and `peak`, which both have `load`.
const CART: &str = "service: cart
domain: shop
platform: web
criticality: low
renamed-from: [basket]
previously:
  - { until: 2026-08-31, domain: customer, platform: profile }
assessments:
  - { date: 2026-09-03, rubric: base@1, scores: { logs: green, load: amber } }
  - { date: 2026-11-10, rubric: peak@1, scores: { load: red, freeze: green } }
  - { date: 2026-11-11, rubric: base@1, confirmed: [logs] }
";

fn rubric(id: &str, categories: [&str; 2]) -> String {
    small_rubric(&format!("{id}@1"), "", &categories.map(|category| (category, "")))
}

fn estate() -> Estate {
    let estate = Estate::empty().with("fundamentals.toml", "[estate]\ndefault-rubric = \"base@1\"\n");
    let estate = estate.with("rubric/base.toml", &rubric("base", ["logs", "load"]));
    estate.with("rubric/peak.toml", &rubric("peak", ["load", "freeze"])).with("services/cart.yaml", CART)
}

#[test]
fn a_red_under_one_rubric_is_not_hidden_by_a_later_confirmation_under_another() {
    let shown = parse_json(&estate().run("show cart --format json").fine());
    assert_eq!((shown["colour"].as_str(), shown["counts"]["red"].as_i64()), (Some("red"), Some(1)));
    let rubrics = shown["rubrics"].as_array().expect("a list");
    let colours: Vec<_> =
        rubrics.iter().map(|part| (part["rubric"].as_str(), part["colour"].as_str())).collect();
    assert_eq!(colours, [(Some("base@1"), Some("amber")), (Some("peak@1"), Some("red"))]);
}

#[test]
fn show_groups_by_rubric_and_names_a_category_of_two_with_its_rubric() {
    let shown = estate().run("show cart --width 100").fine();
    let [base, peak] = ["Base (base@1)", "Peak (peak@1)"].map(|heading| shown.find(heading));
    assert!(base.is_some() && base < peak, "{shown}");
    assert!(shown.contains("Load (base)") && shown.contains("Load (peak)"), "{shown}");
    assert!(!shown.contains("Freeze (peak)"), "only where the title alone is ambiguous: {shown}");
}

#[test]
fn show_under_one_rubric_says_nothing_of_the_other() {
    for name in ["peak", "peak@1"] {
        let shown = parse_json(&estate().run(&format!("show cart --rubric {name} --format json")).fine());
        let of: Vec<_> = shown["categories"].as_array().expect("a list").iter().map(|it| &it["id"]).collect();
        assert_eq!(of, ["load", "freeze"]);
    }
}

#[test]
fn show_until_a_day_shows_what_was_known_and_who_it_was_on_that_day() {
    let shown = parse_json(&estate().run("show cart --until 2026-11-09 --format json").fine());
    assert_eq!((shown["colour"].as_str(), shown["as_of"].as_str()), (Some("amber"), Some("2026-11-09")));
    assert_eq!(shown["rubrics"].as_array().map(Vec::len), Some(1));
    let before = parse_json(&estate().run("show cart --until 2026-08-31 --format json").fine());
    assert_eq!((before["domain"].as_str(), before["platform"].as_str()), (Some("customer"), Some("profile")));
    let refused = estate().run("show cart --until 2026-11-21");
    assert_eq!(refused.code, 2);
}

#[test]
fn an_old_id_means_the_service() {
    assert!(estate().run("show basket").fine().starts_with("cart (cart)"));
    let [old, new] =
        ["basket", "cart"].map(|id| estate().run(&format!("trend --service {id} --format csv")).fine());
    assert_eq!(old, new);
}

#[test]
fn a_retired_service_is_shown_as_of_its_last_day_with_nothing_left_to_do() {
    let retired =
        CART.replace("assessments:", "retired: { on: 2026-11-15, because: Replaced }\nassessments:");
    let estate = estate().with("services/cart.yaml", &retired);
    let shown = estate.run("show cart").fine();
    assert!(shown.contains("retired on 2026-11-15: Replaced") && !shown.contains("Next steps"), "{shown}");
    assert!(shown.contains("R as of 2026-11-14"), "{shown}");
}

#[test]
fn score_adds_to_the_assessment_of_its_rubric() {
    let estate = estate();
    for (rubric, category) in [("peak", "freeze=red"), ("base", "logs=red"), ("peak", "load=green")] {
        estate.run(&format!("score cart --rubric {rubric} --set {category}")).fine();
    }
    let text = estate.read("services/cart.yaml");
    let today = text.split("2026-11-20").skip(1).collect::<Vec<_>>();
    assert_eq!(today.len(), 2, "one assessment for each rubric: {text}");
    let peak = today.iter().find(|part| part.contains("rubric: peak@1")).expect("one under peak");
    assert!(peak.contains("freeze: red") && peak.contains("load: green"), "{text}");
}

#[test]
fn score_without_a_rubric_takes_the_only_one_that_has_the_categories() {
    let one = estate().run("score cart --set freeze=red --dry-run").out;
    assert!(one.contains("+    rubric: peak@1"), "{one}");
    for ambiguous in ["--set load=red", "--set logs=red --set freeze=red", "--confirm all"] {
        let refused = estate().run(&format!("score cart {ambiguous}"));
        assert_eq!(refused.code, 2, "{ambiguous}");
        assert!(refused.err.contains("name one with `--rubric`"), "{}", refused.err);
    }
}

#[test]
fn score_works_under_a_rubric_for_the_first_time() {
    let first = CART.lines().filter(|line| !line.contains("peak@1")).collect::<Vec<_>>().join("\n");
    let estate = estate().with("services/cart.yaml", &first);
    let patch = estate.run("score cart --rubric peak --set freeze=green --dry-run").out;
    assert!(patch.contains("+    rubric: peak@1") && patch.contains("+      freeze: green"), "{patch}");
}

#[test]
fn a_required_rubric_that_was_never_used_shows_as_not_assessed_from_its_day_on() {
    let first = CART.lines().filter(|line| !line.contains("peak@1")).collect::<Vec<_>>().join("\n");
    let settings =
        "[estate]\ndefault-rubric = \"base@1\"\n\n[[require]]\nrubric = \"peak\"\nfrom = 2026-10-01\n";
    let estate = estate().with("services/cart.yaml", &first).with("fundamentals.toml", settings);
    let count = |until: &str| {
        let shown = estate.run(&format!("show cart --until {until} --format json"));
        let shown = parse_json(&shown.fine());
        shown["counts"]["not_assessed"].as_i64()
    };
    assert_eq!((count("2026-09-30"), count("2026-10-01")), (Some(0), Some(2)));
}

#[test]
fn filters_take_a_rubric_in_every_version_or_in_one() {
    for name in ["peak", "peak@1"] {
        let trend =
            estate().run(&format!("trend --rubric {name} --by category --format csv --last 1")).fine();
        assert_eq!(trend.lines().count(), 3, "{trend}");
    }
}

fn with_waiver(category: &str) -> Estate {
    let waiver = format!(
        "waivers:\n  - {{ category: {category}, until: 2026-12-31, because: Peak is over, approved-by: ann }}\n"
    );
    estate().with(
        "services/cart.yaml",
        &format!(
            "{}{waiver}",
            CART.replace("criticality: low", "criticality: mission-critical\ngolden-thread: true")
        ),
    )
}

#[test]
fn a_waiver_by_the_id_alone_means_the_rubric_that_was_used_first() {
    let steps = |category: &str| {
        let shown = parse_json(&with_waiver(category).run("show cart --format json").fine());
        let steps = shown["next_steps"].as_array().expect("a list").clone();
        let waived = steps.into_iter().filter(|step| !step["waiver"].is_null());
        waived.map(|step| step["rubric"].as_str().expect("a rubric").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(steps("load"), ["base@1"]);
    assert_eq!(steps("base/load"), ["base@1"]);
    assert_eq!(steps("peak/load"), ["peak@1"]);
}

#[test]
fn a_category_of_a_rubric_that_the_service_does_not_use_is_unknown() {
    let checked = with_waiver("other/load").run("check");
    assert!(checked.out.contains("the service is not assessed under `other`"), "{}", checked.out);
}

#[test]
fn waive_and_action_add_name_the_rubric_only_where_the_id_is_ambiguous() {
    let waive = |category: &str| {
        estate().run(&format!(
            "waive cart {category} --until 2026-12-31 --because Agreed --approved-by ann --dry-run"
        ))
    };
    assert!(waive("freeze").out.contains("+  - category: freeze"));
    assert!(waive("peak/load").out.contains("+  - category: peak/load"));
    let refused = waive("load");
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("say `base/load` or `peak/load`"), "{}", refused.err);
    let added = estate().run("action add cart Test --category base/load --dry-run");
    assert!(added.out.contains("category: base/load"), "{} {}", added.out, added.err);
}

#[test]
fn migrate_moves_a_service_under_each_of_its_rubrics() {
    let second = |id: &str, categories: [&str; 2]| {
        small_rubric(&format!("{id}@2"), "published = 2026-11-01", &categories.map(|category| (category, "")))
    };
    let estate = estate().with("rubric/base2.toml", &second("base", ["logs", "load"]));
    let estate = estate.with("rubric/peak2.toml", &second("peak", ["load", "freeze"]));
    let moved = estate.run("migrate --all").fine();
    assert!(moved.contains("base@1 → base@2") && moved.contains("peak@1 → peak@2"), "{moved}");
    let text = estate.read("services/cart.yaml");
    assert_eq!(text.matches("2026-11-20").count(), 2, "{text}");
    assert!(estate.run("migrate cart").fine().contains("Nothing to move"));
}

#[test]
fn a_rubric_is_listed_with_the_services_whose_last_assessment_under_it_pins_it() {
    let listed = estate().run("rubric list").fine();
    for rubric in ["base", "peak"] {
        let line = listed.lines().find(|line| line.trim_start().starts_with(rubric)).expect("a line");
        assert_eq!(line.split_whitespace().nth(5), Some("1"), "{listed}");
    }
}

#[test]
fn a_retired_service_pins_no_rubric() {
    let retired = CART.replace("assessments:", "retired: 2026-11-15\nassessments:");
    let estate = estate().with("services/cart.yaml", &retired);
    let pinned = |day: &str| {
        let listed = estate.run(&format!("--today {day} rubric list")).fine();
        let line = listed.lines().find(|line| line.starts_with("base@1")).expect("a line");
        line.split_whitespace().nth(5).map(str::to_owned)
    };
    assert_eq!(pinned("2026-11-14").as_deref(), Some("1"));
    assert_eq!(pinned("2026-11-15").as_deref(), Some("0"));
}

#[test]
fn a_move_to_fewer_rubrics_keeps_those_of_the_time_before_and_the_gate_tells() {
    let estate = estate();
    estate.commit("base");
    let said = estate.run("move cart --rubrics base").fine();
    assert!(said.contains("- rubrics: all that its assessments use → base\n"), "{said}");
    let text = estate.read("services/cart.yaml");
    assert!(text.contains("\nrubrics: [base]\n"), "{text}");
    assert!(text.contains("until: 2026-11-19") && text.contains("rubrics: []"), "{text}");
    let colours =
        |day: &str| parse_json(&estate.run(&format!("show cart --until {day} --format json")).fine());
    assert_eq!(colours("2026-11-19")["colour"], "red");
    assert_eq!(colours("2026-11-20")["colour"], "amber");
    let gate = estate.run("gate --base HEAD");
    assert!(gate.out.contains("rubric-dropped"), "{}{}", gate.out, gate.err);
    let unknown = estate.run("move cart --rubrics bass").refused(3);
    assert!(
        unknown.contains("error[unknown-rubric]") && unknown.contains("did you mean `base`?"),
        "{unknown}"
    );
    estate.run("move cart --rubrics=").fine();
    assert!(
        !estate.read("services/cart.yaml").contains("\nrubrics:"),
        "{}",
        estate.read("services/cart.yaml")
    );
    assert_eq!(colours("2026-11-20")["colour"], "red");
}

#[test]
fn a_rubric_taken_up_since_changes_no_number_of_the_review_before() {
    let glance = |args: &str| {
        let pack =
            estate().run(&format!("report --domain shop {args} --section glance --format json")).fine();
        let mut lines = parse_json(&pack)["glance"]["lines"].as_array().expect("lines").clone();
        lines.pop().expect("all services")
    };
    let (then, since) = (glance("--until 2026-11-09 --since 2026-10-01"), glance("--since 2026-11-09"));
    assert_eq!(since["before"], then["now"]);
    assert_ne!(since["before"], since["now"]);
}
