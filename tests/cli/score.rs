//! `fundamentals score` without a terminal: what is said goes into the file, and what is wrong with it is pointed at.

use crate::support::{ELSEWHERE, Estate, GOLDEN_THREAD, assert_snapshot, assessed, command, ended};

/// A golden thread service that is green where it was judged, and one whose file has a comment.
fn estate() -> Estate {
    Estate::empty()
        .with_service(
            "bag-api",
            GOLDEN_THREAD,
            &format!("\n{}", assessed("2026-05-10", "logging: green, metrics: amber, tracing: green")),
        )
        .with_service("search-api", ELSEWHERE, " []  # soon")
}

/// The file behind its fifth line.
fn written(estate: &Estate, service: &str) -> String {
    let text = estate.read(&format!("services/{service}.yaml"));
    text.split_inclusive('\n').skip(4).collect()
}

#[test]
fn what_is_said_is_written_and_its_consequences_told() {
    let estate = estate();
    let said = estate.run_with(&[
        "score",
        "bag-api",
        "--set",
        "metrics=green",
        "--evidence",
        "https://metrics.example/bag",
        "--set",
        "logging=red",
        "--because",
        "The logs of the new version: gone",
        "--confirm",
        "tracing",
        "--by",
        "team-bag,sre",
    ]);
    assert_snapshot!("score", format!("{}\n{}", said.fine(), written(&estate, "bag-api")));
    estate.run("check").fine();
}

#[test]
fn confirming_all_takes_one_short_command() {
    let estate = estate();
    let said = estate.run("score bag-api --confirm all").fine();
    assert!(said.contains("looked at again: 3 categories"), "{said}");
    assert!(said.contains("The gate passes since the last assessment."), "{said}");
    assert!(written(&estate, "bag-api").trim_end().ends_with("confirmed: all"));
}

#[test]
fn two_runs_on_one_day_go_into_one_assessment() {
    let estate = estate();
    estate.run_with(&["score", "bag-api", "--set", "logging=amber", "--because", "Two gaps"]).fine();
    // Said again, it keeps its reason; what says something else does not.
    estate
        .run_with(&["score", "bag-api", "--set", "logging=amber", "--evidence", "https://x.example/1"])
        .fine();
    estate.run("score bag-api --set metrics=green --confirm logging").fine();
    let text = written(&estate, "bag-api");
    assert_eq!(text.matches("date: 2026-11-20").count(), 1, "{text}");
    assert!(text.contains("because: Two gaps") && text.contains("x.example/1"), "{text}");
    assert!(!text.contains("confirmed"), "judged is more than confirmed: {text}");
    estate.run("score bag-api --set logging=green").fine();
    assert!(!written(&estate, "bag-api").contains("Two gaps"));
    let said = estate.run("score bag-api --set logging=green").fine();
    assert!(said.ends_with("services/bag-api.yaml says so already.\n"), "{said}");
}

#[test]
fn everything_that_is_wrong_is_pointed_at_and_nothing_is_written() {
    let estate = estate();
    let before = written(&estate, "bag-api");
    let said = estate.run_with(&[
        "score",
        "bag-api",
        "--set",
        "loging=gren",
        "--set",
        "metrics",
        "--set",
        "tracing=not-applicable",
        "--set",
        "failure-testing=amber",
        "--set",
        "metrics=red",
        "--set",
        "metrics=green",
        "--confirm",
        "alrting",
    ]);
    assert_snapshot!("score-wrong", said.refused(2));
    assert_eq!(written(&estate, "bag-api"), before);
}

#[test]
fn what_would_make_the_file_wrong_is_not_written() {
    let estate = estate();
    let before = written(&estate, "bag-api");
    for (args, code) in [
        ("score bag-api --confirm alerting", "never-judged"),
        ("score bag-api --set logging=green --date 2026-12-01", "future-date"),
        ("score bag-api --set logging=inherited-from:nobody", "unknown-provider"),
        ("score bag-api --set logging=inherited-from:bag-api", "inherited-loop"),
    ] {
        let said = estate.run(args).refused(3);
        assert!(said.starts_with(&format!("error[{code}]")), "{args}: {said}");
        assert!(
            said.ends_with("error: nothing was written: the file would be wrong in this way\n"),
            "{said}"
        );
        assert_eq!(written(&estate, "bag-api"), before, "{args}");
    }
}

#[test]
fn what_is_wrong_with_other_files_is_not_held_against_this_one() {
    let unreadable = "\n  - { date: 2026-12-24, rubric: fundamentals@2, scores: { logging: grene } }\n";
    let said = estate().with_service("other", ELSEWHERE, unreadable).run("score bag-api --confirm alerting");
    assert_eq!((said.code, said.out.as_str()), (3, ""), "{}", said.err);
    assert!(said.err.contains("error[never-judged]"), "{}", said.err);
    assert!(!said.err.contains("2026-12-24"), "{}", said.err);
}

#[test]
fn of_two_reasons_for_one_score_neither_is_lost_in_silence() {
    let estate = estate();
    let before = written(&estate, "bag-api");
    for option in ["--because", "--note"] {
        let args = ["score", "bag-api", "--set", "logging=red", option, "One", option, "Two"];
        let said = estate.run_with(&args).refused(2);
        assert!(said.contains(&format!("the key `{option}` is given twice")), "{said}");
    }
    assert_eq!(written(&estate, "bag-api"), before);
}

#[test]
fn a_reason_belongs_to_the_score_before_it() {
    let estate = estate();
    let said = estate.run_with(&[
        "score",
        "bag-api",
        "--because",
        "x",
        "--set",
        "logging=red",
        "--set",
        "metrics=red",
    ]);
    assert!(said.refused(2).contains("--because has no --set before it"));
    // A single score is what everything is about.
    estate.run_with(&["score", "bag-api", "--because", "Why not", "--set", "logging=red"]).fine();
    assert!(written(&estate, "bag-api").contains("because: Why not"));
}

#[test]
fn nothing_said_is_wrong_usage_where_nobody_can_be_asked() {
    for args in ["score bag-api", "score bag-api --by us", "score bag-api --date 2026-11-01"] {
        let said = estate().run(args).refused(2);
        assert!(said.contains("use `--set`, `--confirm` or `--from`"), "{said}");
    }
    assert!(estate().run("score bagapi --confirm all").refused(2).contains("did you mean `bag-api`?"));
}

#[test]
fn a_table_is_read_from_a_file_or_from_standard_input() {
    let table = "service,category,colour,because,evidence,inherited-from\n\
                 bag-api,logging,red,\"Gone, all of it\",https://a.example/1 https://a.example/2,\n\
                 bag-api,metrics,,,,\n\
                 search-api,logging,green,,,\n\
                 bag-api,tracing,,,,search-api\n";
    let estate = estate().with("scores.csv", table);
    let said = estate.run("score bag-api --from scores.csv");
    assert_eq!((said.code, said.err.as_str()), (0, "note: 1 cell is left out: not assessed\n"));
    let text = written(&estate, "bag-api");
    assert!(text.contains("because: \"Gone, all of it\""), "{text}");
    assert!(text.contains("evidence: [https://a.example/1, https://a.example/2]"), "{text}");
    assert!(text.contains("inherited-from: search-api"), "{text}");
    assert!(!text.contains("metrics:\n"), "{text}");

    let said = ended(command(estate.path(), "score search-api --from -").write_stdin(table));
    assert!(said.fine().contains("logging  · not assessed → G green"));
    estate.run("check").fine();
}

#[test]
fn what_is_wrong_with_a_table_is_pointed_at() {
    let estate = estate().with(
        "scores.csv",
        "category,colour,because\nloging,green,\nlogging,Green,\nmetrics,green,\nmetrics,red,\ntracing,not-applicable,\n",
    );
    assert_snapshot!("score-wrong-table", estate.run("score bag-api --from scores.csv").refused(3));
    let estate = estate.with("scores.csv", "category,owner\nlogging,us\n");
    let said = estate.run("score bag-api --from scores.csv").refused(3);
    assert!(said.contains("error[invalid-table]: no table of scores"), "{said}");
    let estate = estate.with("scores.csv", "category,colour,service\nlogging,green,other\n");
    assert!(estate.run("score bag-api --from scores.csv").refused(3).contains("no row is about `bag-api`"));
    assert!(estate.run("score bag-api --from nothing.csv").refused(3).contains("error[no-such-path]"));
}

#[test]
fn a_dry_run_prints_a_patch_that_does_what_the_run_would_do() {
    let estate = estate();
    estate.commit("before");
    let patch = estate.run("score bag-api --set logging=red --dry-run");
    assert_eq!(patch.code, 0);
    assert!(patch.err.ends_with("No file was changed.\n"), "{}", patch.err);
    assert_eq!(estate.git(&["status", "--porcelain"]), "");
    let estate = estate.with("change.patch", &patch.out);
    estate.git(&["apply", "change.patch"]);
    let patched = estate.read("services/bag-api.yaml");
    estate.git(&["checkout", "-q", "services"]);
    estate.run("score bag-api --set logging=red").fine();
    assert_eq!(estate.read("services/bag-api.yaml"), patched);
}

#[test]
fn an_earlier_day_is_judged_by_the_rubric_of_that_day() {
    let estate = Estate::empty().with_service(
        "bag-api",
        ELSEWHERE,
        "\n  - { date: 2025-03-01, rubric: fundamentals@1, scores: { structured-logging: red } }\n  - { date: 2026-06-10, rubric: \
         fundamentals@2, scores: { metrics: red } }\n",
    );
    let known = crate::support::rubric_file("fundamentals@1");
    let category = &known.first().expect("the rubric has categories").id;
    let estate = estate.replacing("services/bag-api.yaml", "structured-logging", category);
    estate.run(&format!("score bag-api --set {category}=amber --date 2025-04-01")).fine();
    let text = estate.read("services/bag-api.yaml");
    assert!(text.contains("2025-04-01") && text.matches("fundamentals@1").count() == 2, "{text}");
    estate.run("check").fine();
}

#[test]
fn a_service_with_errors_is_not_scored_and_others_are() {
    let estate = estate().with_service("broken", ELSEWHERE, "\n  - { date: 2026-13-01 }\n");
    assert!(estate.run("score broken --confirm all").refused(3).contains("the file of `broken` has errors"));
    let said = estate.run("score bag-api --confirm all");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("`broken` is left out"), "{}", said.err);
}

/// Green in the first commit; in the working tree, red since, which is the last assessment.
fn dropped_since_the_commit() -> Estate {
    let green = assessed("2026-10-01", "logging: green");
    let estate = Estate::empty().with_service("bag-api", GOLDEN_THREAD, &green);
    estate.commit("the base");
    let red = format!("{green}{}", assessed("2026-11-10", "logging: red").replace("assessments:\n", ""));
    estate.with_service("bag-api", GOLDEN_THREAD, &red)
}

#[test]
fn the_preview_compares_with_the_default_branch_where_one_is_known() {
    let estate = dropped_since_the_commit();
    let preview = || estate.run("score bag-api --set metrics=green --dry-run").err;
    let passes = preview();
    assert!(passes.contains("The gate passes since the last assessment."), "{passes}");
    for branch in ["master", "main", "HEAD"] {
        estate.git(&["update-ref", &format!("refs/remotes/origin/{branch}"), "HEAD"]);
        let fails = preview();
        let said = format!("The gate fails compared with origin/{branch}: Logging dropped from green to red");
        assert!(fails.contains(&said), "{fails}");
    }
}

#[test]
fn a_default_branch_that_cannot_be_read_fails_no_preview() {
    let estate = dropped_since_the_commit();
    let other = estate.git(&["commit-tree", "HEAD^{tree}", "-m", "another history"]);
    estate.git(&["update-ref", "refs/remotes/origin/main", other.trim()]);
    let said = estate.run("score bag-api --set metrics=green").fine();
    assert!(said.contains("The gate passes since the last assessment."), "{said}");
    assert!(said.contains("Not compared with origin/main: "), "{said}");
}
