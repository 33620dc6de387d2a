//! GitLab CI: the example's jobs, interpreted.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::comment::{comments, with_host};
use crate::files::{assert_all_ran, has_content, lines, yaml};
use crate::machine::{Machine, Run};
use crate::repository::{Change, Depth, Origin};

const FILE: &str = "examples/ci/gitlab-ci.yml";

/// A job with what it extends: its own keys count.
fn job(file: &Value, name: &str) -> Value {
    let own = file[name].as_object().expect("a job").clone();
    let mut whole = own.get("extends").map_or_else(serde_json::Map::new, |base| {
        job(file, base.as_str().expect("a name")).as_object().expect("a job").clone()
    });
    whole.extend(own);
    Value::Object(whole)
}

/// The job that is for pipelines of this source: exactly one.
fn job_for(file: &Value, source: &str) -> Value {
    let names = file.as_object().expect("jobs").keys().filter(|name| !name.starts_with('.'));
    let rule = format!("$CI_PIPELINE_SOURCE == \"{source}\"");
    let mut jobs: Vec<_> =
        names.map(|name| job(file, name)).filter(|job| job["rules"][0]["if"] == rule).collect();
    assert_eq!(jobs.len(), 1, "one job is for {source}");
    jobs.remove(0)
}

/// Runs a job in a checkout of `branch`, with these variables besides those of every pipeline.
fn run(
    file: &Value,
    source: &str,
    origin: &Origin,
    branch: &str,
    variables: &[(&str, &str)],
) -> (Run, Machine) {
    let job = job_for(file, source);
    let mut machine = Machine::new().with(&[("CI_PIPELINE_SOURCE", source)]).with(variables);
    let depth = if job["variables"]["GIT_DEPTH"] == "0" { Depth::Whole } else { Depth::One };
    origin.checkout(branch, depth, &machine.checkout());
    let set = job["variables"].as_object().expect("variables").iter();
    let set = set.map(|(name, value)| (name.clone(), value.as_str().expect("a text").to_owned()));
    let mut set: BTreeMap<_, _> = set.collect();
    set.insert("CI_PROJECT_DIR".to_owned(), machine.checkout().display().to_string());
    let parts = ["before_script", "script"].map(|key| lines(&job[key]));
    parts.iter().for_each(|part| machine.note(part));
    let run = machine.bash(&parts.join("\n"), &machine.checkout(), &set);
    (run, machine)
}

/// What the gate's job comes to in a merge request.
fn gate(origin: &Origin, branch: &str, target: &str) -> (Run, Machine) {
    let variables = [
        ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", &origin.parting()),
        ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", target),
    ];
    run(&yaml(FILE), "merge_request_event", origin, branch, &variables)
}

#[test]
fn the_example_for_gitlab_passes_a_clean_change_and_fails_a_drop() {
    for (change, code) in [(Change::Clean, 0), (Change::Drop, 4)] {
        let origin = Origin::with(change);
        let merged_into = origin.merged_into();
        for (branch, target) in [("change", ""), ("merge", merged_into.as_str())] {
            let (run, machine) = gate(&origin, branch, target);
            run.assert_ended_with(code);
            let report = machine.checkout().join("gl-code-quality-report.json");
            assert!(has_content(&report), "{change:?}");
            let report = std::fs::read_to_string(report).expect("the report is there");
            let report: Value = serde_json::from_str(&report).expect("the report is JSON");
            assert_eq!(report.as_array().expect("a list").is_empty(), code == 0, "{report}");
            let root = machine.checkout().join(".fundamentals");
            let build = format!(
                "install --locked --git https://github.com/OWNER/fundamentals --tag v{} --root {} fundamentals, in /\n",
                env!("CARGO_PKG_VERSION"),
                root.display()
            );
            assert_eq!(machine.installed(), build);
        }
    }
}

#[test]
fn the_example_for_gitlab_publishes_what_it_names() {
    let file = yaml(FILE);
    let gate = job_for(&file, "merge_request_event");
    assert_eq!(gate["artifacts"]["reports"]["codequality"], "gl-code-quality-report.json");
    let pack = job_for(&file, "schedule");
    assert_eq!(pack["artifacts"]["paths"][0], "review-pack/");
    for job in [gate, pack] {
        assert_eq!(job["artifacts"]["when"], "always", "also what failed has something to show");
        assert_eq!(job["cache"]["paths"][0], ".fundamentals/");
    }
}

#[test]
fn the_example_for_gitlab_publishes_the_review_pack_and_forgets_no_step() {
    let origin = Origin::with(Change::Clean);
    let (pack, machine) = run(&yaml(FILE), "schedule", &origin, "main", &[]);
    pack.assert_ended_with(0);
    assert!(has_content(&machine.checkout().join("review-pack/summary.md")));
    let (_, gate) = gate(&origin, "change", "");
    let comment = comment(&gate);
    let ran = machine.ran().into_iter().chain(gate.ran()).chain(comment.ran());
    let ran: BTreeSet<_> = ran.collect();
    assert_all_ran(FILE, &ran);
}

/// Runs the job that comments, with what the gate's job left for it.
fn comment(gate: &Machine) -> Machine {
    let job = job(&yaml(FILE), "fundamentals-comment");
    assert_eq!(job["needs"][0], "fundamentals-gate");
    let mut machine = with_host(Machine::new());
    machine.install("apk", "#!/usr/bin/env bash\n");
    let parts = ["before_script", "script"].map(|key| lines(&job[key]));
    parts.iter().for_each(|part| machine.note(part));
    machine.bash(&parts.join("\n"), &gate.checkout(), &BTreeMap::new()).assert_ended_with(0);
    machine
}

#[test]
fn the_example_for_gitlab_comments_with_the_gates_findings() {
    let origin = Origin::with(Change::Drop);
    let (_, gate) = gate(&origin, "change", "");
    let comments = comments(&comment(&gate));
    assert!(comments[1].contains("Logging dropped from amber to red"), "{comments:?}");
}

#[test]
fn the_example_for_gitlab_says_what_to_fetch_for_a_shallow_checkout() {
    let mut file = yaml(FILE);
    file[".fundamentals"]["variables"]["GIT_DEPTH"] = "1".into();
    let origin = Origin::with(Change::Drop);
    let base = [("CI_MERGE_REQUEST_DIFF_BASE_SHA", &*origin.parting())];
    let (run, _) = run(&file, "merge_request_event", &origin, "change", &base);
    run.assert_ended_with(3).assert_says("`GIT_DEPTH: 0` in GitLab");
}
