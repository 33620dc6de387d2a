//! `fundamentals gate`: fails when a Golden Thread service has dropped to red, and only then.

use fundamentals::model::GateRule;
use serde_json::Value;

use crate::support::{ELSEWHERE, Estate, GOLDEN_THREAD, assert_snapshot, assessed, parse_json, run, run_in};

const BAG: &str = "services/shopping/bag-api.yaml";

/// The one drop of the example's Golden Thread, as its file tells it.
const DROP: &str = "load-testing:\n        rag: red\n";

/// A waiver for it.
fn waiver(until: &str) -> String {
    format!(
        "\nwaivers:\n  - {{ category: load-testing, until: {until}, because: The cache grows back on Monday, \
         approved-by: head-of-shopping }}\n"
    )
}

/// What a Golden Thread service and another were, and are.
fn dropped(scope: &str) -> Estate {
    let history = assessed("2026-10-01", "logging: amber") + &assessed("2026-11-01", "logging: red");
    Estate::empty().with_service("bag-api", scope, &history)
}

#[test]
fn a_golden_thread_service_that_dropped_to_red_fails_the_gate() {
    let run = run("gate");
    assert_eq!((run.code, run.err.as_str()), (4, ""));
    assert_snapshot!("gate", run.out);
}

#[test]
fn the_list_of_rules_needs_no_estate_and_says_that_it_is_the_default_policy() {
    let nowhere = tempfile::tempdir().expect("a folder");
    let list = |format: &str| run_in(nowhere.path(), &format!("gate --list --format {format}")).fine();
    let human = list("human").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(human.contains("drop-to-red"), "{human}");
    assert!(human.ends_with("these are the defaults, since there is no `fundamentals.toml` here"), "{human}");
    let json = parse_json(&list("json"));
    assert_eq!((&json["policy"], &json["base"]), (&"default".into(), &Value::Null));
    assert!(list("markdown").contains("| `drop-to-red` |"), "{}", list("markdown"));
}

#[test]
fn the_list_of_rules_as_json_has_the_levels_that_the_settings_give() {
    let settings = "[gate]\nstale = \"warn\"\n[gate.drop-to-red]\nelsewhere = \"allow\"\ncriticality = { low = \"deny\" }\n";
    let json = parse_json(
        &Estate::empty().with("fundamentals.toml", settings).run("gate --list --format json").fine(),
    );
    assert_eq!(
        (&json["format"], &json["policy"]),
        (&"fundamentals/gate-rules/v1".into(), &"settings".into())
    );
    let rule = |name: &str| {
        let rules = json["rules"].as_array().expect("a list");
        rules.iter().find(|rule| rule["rule"] == name).expect("the rule is listed").clone()
    };
    assert_eq!(json["rules"].as_array().expect("a list").len(), GateRule::ALL.len());
    assert_eq!(rule("stale")["elsewhere"], "warn");
    let drop = rule("drop-to-red");
    assert_eq!((&drop["golden_thread"], &drop["elsewhere"]), (&"deny".into(), &"allow".into()));
    assert_eq!(drop["criticality"], serde_json::json!([{ "name": "low", "level": "deny" }]));
    assert_eq!(rule("settings-loosened")["golden_thread"], Value::Null);
}

#[test]
fn the_list_of_rules_at_a_base_names_the_revision() {
    let estate = Estate::empty().with("fundamentals.toml", "[gate]\nstale = \"warn\"\n").with_service(
        "bag-api",
        ELSEWHERE,
        &assessed("2026-06-01", "logging: green"),
    );
    estate.commit("Before");
    let estate = estate.with("fundamentals.toml", "");
    let json = parse_json(&estate.run("gate --list --base main --format json").fine());
    assert_eq!((&json["policy"], &json["base"]), (&"settings".into(), &"main".into()));
    assert!(
        json["rules"]
            .as_array()
            .expect("a list")
            .iter()
            .any(|rule| rule["rule"] == "stale" && rule["elsewhere"] == "warn")
    );
}

#[test]
fn the_list_of_rules_refuses_formats_that_are_for_findings() {
    for format in ["github", "sarif", "junit", "gitlab"] {
        let reason = Estate::shop().run(&format!("gate --list --format {format}")).refused(2);
        assert!(reason.contains("use `--format human`, `json` or `markdown`"), "{reason}");
    }
}

#[test]
fn the_list_of_rules_is_not_shown_where_the_settings_are_wrong() {
    let estate = Estate::empty().with("fundamentals.toml", "[gate]\nstale = \"never\"\n");
    let reason = estate.run("gate --list --format json").refused(3);
    assert!(reason.contains("never"), "{reason}");
}

#[test]
fn the_gate_passes_once_the_drop_is_put_right() {
    let out = Estate::shop().replacing(BAG, DROP, "load-testing:\n        rag: amber\n").run("gate").fine();
    assert!(out.contains("gate passed, 2 warnings"), "{out}");
    assert!(!out.contains("bag-api"), "{out}");
}

#[test]
fn a_waiver_in_force_is_shown_and_lets_the_drop_pass() {
    for until in ["2026-12-31", "2026-11-20"] {
        let out = Estate::shop().appending(BAG, &waiver(until)).run("gate --golden-thread").fine();
        if until == "2026-12-31" {
            assert_snapshot!("gate-waived", out);
        }
        assert!(out.contains("waived[drop-to-red]: ★ Bag API"), "{out}");
    }
}

#[test]
fn an_expired_waiver_lets_nothing_pass() {
    let run = Estate::shop().appending(BAG, &waiver("2026-11-19")).run("gate --golden-thread");
    assert_eq!(run.code, 4, "{}", run.out);
    assert!(run.out.contains("denied[drop-to-red]: ★ Bag API"), "{}", run.out);
}

#[test]
fn a_waiver_for_another_category_lets_nothing_pass() {
    let other = waiver("2026-12-31").replace("load-testing", "runbooks");
    assert_eq!(Estate::shop().appending(BAG, &other).run("gate").code, 4);
}

#[test]
fn a_drop_beside_the_golden_thread_only_warns() {
    let out = dropped(ELSEWHERE).run("gate").fine();
    assert!(
        out.starts_with("warning[drop-to-red]: bag-api (bag-api): Logging dropped from amber to red\n"),
        "{out}"
    );
    assert!(
        out.ends_with(
            "gate passed, 1 warning (1 service looked at, 0 of them on the Golden Thread, as of 2026-11-20)\n"
        ),
        "{out}"
    );
}

#[test]
fn settings_say_what_a_drop_means_in_each_scope() {
    for (key, scope) in [("golden-thread", GOLDEN_THREAD), ("elsewhere", ELSEWHERE)] {
        for (level, code, first_word) in
            [("allow", 0, "gate"), ("warn", 0, "warning["), ("deny", 4, "denied[")]
        {
            let settings = format!("[gate.drop-to-red]\n{key} = \"{level}\"\n");
            let run = dropped(scope).with("fundamentals.toml", &settings).run("gate");
            assert_eq!(run.code, code, "{key} = {level}: {}", run.out);
            assert!(run.out.starts_with(first_word), "{key} = {level}: {}", run.out);
        }
    }
}

#[test]
fn a_level_for_one_scope_leaves_the_other_as_it_was() {
    let settings = "[gate.drop-to-red]\nelsewhere = \"allow\"\n";
    assert_eq!(dropped(GOLDEN_THREAD).with("fundamentals.toml", settings).run("gate").code, 4);
}

#[test]
fn a_first_red_is_news_and_no_drop() {
    let first = assessed("2026-10-01", "metrics: green") + &assessed("2026-11-01", "logging: red");
    let out = Estate::empty().with_service("bag-api", GOLDEN_THREAD, &first).run("gate").fine();
    assert!(out.starts_with("gate passed (1 service"), "{out}");
}

#[test]
fn red_before_and_red_now_is_no_drop() {
    let red = assessed("2026-10-01", "logging: red") + &assessed("2026-11-01", "logging: red");
    let out = Estate::empty().with_service("bag-api", GOLDEN_THREAD, &red).run("gate").fine();
    assert!(out.starts_with("gate passed (1 service"), "{out}");
}

#[test]
fn a_drop_from_green_counts_and_says_so() {
    let history = assessed("2026-10-01", "logging: green") + &assessed("2026-11-01", "logging: red");
    let run = Estate::empty().with_service("bag-api", GOLDEN_THREAD, &history).run("gate");
    assert_eq!(run.code, 4);
    assert!(run.out.contains("Logging dropped from green to red"), "{}", run.out);
}

#[test]
fn a_slip_to_amber_is_no_drop() {
    let history = assessed("2026-10-01", "logging: green") + &assessed("2026-11-01", "logging: amber");
    Estate::empty().with_service("bag-api", GOLDEN_THREAD, &history).run("gate").fine();
}

#[test]
fn a_drop_before_the_latest_assessment_is_old_news() {
    let later = assessed("2026-11-10", "metrics: green");
    dropped(GOLDEN_THREAD).appending("services/bag-api.yaml", &later).run("gate").fine();
}

#[test]
fn a_judgement_of_tomorrow_is_no_pass() {
    let run = run("--today 2026-11-09 gate --service bag-api");
    assert_eq!(run.code, 3, "{}", run.out);
    assert!(run.err.ends_with("error: nothing was looked at, which is never a pass\n"), "{}", run.err);
}

/// A Golden Thread service with these assessments, and a gateway whose tracing drops on 5 November.
fn heir(assessments: &str) -> Estate {
    let provider = assessed("2026-09-01", "tracing: green") + &assessed("2026-11-05", "tracing: red");
    Estate::empty().with_service("gateway", ELSEWHERE, &provider).with_service(
        "bag-api",
        GOLDEN_THREAD,
        assessments,
    )
}

#[test]
fn an_inherited_category_drops_with_its_provider() {
    let history = assessed("2026-09-15", "tracing: { inherited-from: gateway }")
        + &assessed("2026-10-01", "logging: green");
    let run = heir(&history).run("gate --service bag-api");
    assert_eq!(run.code, 4, "{}", run.out);
    assert_snapshot!("gate-inherited", run.out);
}

#[test]
fn what_was_first_inherited_in_the_latest_assessment_has_no_base_to_drop_from() {
    let history = assessed("2026-10-01", "tracing: { inherited-from: gateway }");
    heir(&history).run("gate --service bag-api").fine();
}

#[test]
fn golden_thread_leaves_out_drops_that_would_only_warn() {
    let run = run("gate --golden-thread");
    assert_eq!(run.code, 4);
    assert!(!run.out.contains("warning[drop-to-red]"), "{}", run.out);
    assert!(run.out.contains("(11 services looked at, 11 of them on the"), "{}", run.out);
}

#[test]
fn filters_say_what_is_looked_at() {
    assert_eq!(run("gate --service bag-api").code, 4);
    assert_eq!(run("gate --category load-testing").code, 4);
    assert_eq!(run("gate --pillar performance --domain shopping").code, 4);
    let out = run("gate --service wishlist-api").fine();
    assert_eq!(out, "gate passed (1 service looked at, 0 of them on the Golden Thread, as of 2026-11-20)\n");
    run("gate --service bag-api --category runbooks").fine();
}

#[test]
fn nothing_looked_at_is_never_a_pass() {
    for filters in ["--domain shopping --platform edge", "--pillar resilience --category load-testing"] {
        assert_eq!(
            run(&format!("gate {filters}")).refused(3),
            "error: nothing was looked at, which is never a pass\n"
        );
    }
    let message = Estate::empty().run("gate").refused(3);
    assert!(message.starts_with("error[nothing-to-check]: no service file in this folder\n"), "{message}");
}

#[test]
fn a_file_with_errors_is_no_pass() {
    let estate = Estate::shop()
        .replacing(BAG, DROP, "load-testing:\n        rag: amber\n")
        .appending("services/customer/wishlist-api.yaml", "colour: red\n");
    let run = estate.run("gate --golden-thread --domain shopping --rubric fundamentals");
    assert_eq!(run.code, 3);
    assert_eq!(
        run.out,
        "gate undecided: some files have errors (9 services looked at, 9 of them on the Golden Thread, as of\n  \
         2026-11-20)\n"
    );
    assert!(run.err.starts_with("warning: `wishlist-api` is left out"), "{}", run.err);
}

#[test]
fn a_drop_is_a_drop_whatever_other_files_hold() {
    let run = Estate::shop().appending("services/customer/wishlist-api.yaml", "colour: red\n").run("gate");
    assert_eq!(run.code, 4, "{}", run.out);
    assert!(run.out.contains("gate failed: 1 denied"), "{}", run.out);
}

#[test]
fn the_only_service_s_broken_file_is_no_pass() {
    let run = dropped(GOLDEN_THREAD).appending("services/bag-api.yaml", "colour: red\n").run("gate");
    assert_eq!(run.code, 3, "{}", run.out);
    assert!(!run.out.contains("passed"), "{}", run.out);
}

#[test]
fn an_objective_that_was_missed_while_everything_is_green_is_mentioned() {
    let rubric = crate::rubric_diff::OLD;
    let green = "  - { date: 2026-11-01, rubric: ours@1, scores: { logs: green, timeouts: green, retries: green, \
                 uptime-page: green } }";
    let estate = |months: &str, scores: &str| {
        let measured = format!("service,slo,period,objective,attained\n{months}");
        let estate = Estate::empty().with("rubric/v1.toml", rubric).with("slo/2026.csv", &measured);
        estate.with_service("bag-api", ELSEWHERE, scores)
    };
    let missed = "bag-api,availability,2026-09,99.9%,100%\nbag-api,availability,2026-10,99.9%,99.89%\n";
    let out = estate(missed, green).run("gate --width 200").fine();
    let title = "every category is green, and `availability` attained 99.89% of 99.9% in 2026-10";
    assert!(
        out.starts_with(&format!(
            "warning[slo-missed-while-green]: bag-api (bag-api): {title}\n  --> slo/2026.csv:3:1\n"
        )),
        "{out}"
    );
    let amber = green.replace("logs: green", "logs: amber");
    let met_again = "bag-api,availability,2026-09,99.9%,99%\nbag-api,availability,2026-10,99.9%,99.9%\n";
    for fine in [estate(missed, &amber), estate(met_again, green), estate("", green)] {
        let out = fine.run("gate").fine();
        assert!(out.starts_with("gate passed (1 service"), "{out}");
    }
    let denied =
        estate(missed, green).with("fundamentals.toml", "[gate]\nslo-missed-while-green = \"deny\"\n");
    assert_eq!(denied.run("gate").code, 4);
}

/// The date where clocks are this far from UTC, as `TZ` says it.
fn date_at(time_zone: &str) -> String {
    let date =
        std::process::Command::new("date").env("TZ", time_zone).arg("+%F").output().expect("date runs");
    String::from_utf8(date.stdout).expect("a date").trim().to_owned()
}

/// Runs the program by the clock, where it is earliest of all.
fn run_behind(estate: &Estate, args: &[&str]) -> (Option<i32>, String) {
    let mut program = assert_cmd::Command::new(env!("CARGO_BIN_EXE_fundamentals"));
    let output = program.current_dir(estate.path()).env("TZ", "XXX12").args(args).output().expect("it runs");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_day_that_has_begun_anywhere_is_not_the_future_and_a_drop_on_it_is_seen() {
    let ahead = date_at("XXX-14");
    let history = assessed("2026-10-01", "logging: amber") + &assessed(&ahead, "logging: red");
    let estate = Estate::empty().with_service("bag-api", GOLDEN_THREAD, &history);
    let (code, out) = run_behind(&estate, &["check"]);
    assert_eq!((code, out.as_str()), (Some(0), "checked 1 service file: nothing wrong\n"));
    let (code, out) = run_behind(&estate, &["gate"]);
    // Midnight may pass anywhere between two lines of this test, but only forwards.
    assert_eq!(code, Some(4), "{out}");
    assert!(out.contains("dropped from amber to red"), "{out}");
    let (code, out) = run_behind(&estate, &["--today", "2026-10-02", "check"]);
    assert_eq!(code, Some(3), "who says what day it is means it: {out}");
}
