//! GitHub Actions: the example's jobs and the action that they use, interpreted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::comment::{comments, with_host};
use crate::files::{assert_all_ran, has_content, lines, root, yaml};
use crate::machine::{Machine, Run};
use crate::repository::{Change, Depth, Origin};

const WORKFLOW: &str = "examples/ci/github-actions.yml";
const COMMENT: &str = "examples/ci/github-comment.yml";
const ACTION: &str = "action.yml";

/// A runner of GitHub, with what expressions may ask about.
struct Runner<'o> {
    machine: Machine,
    origin: &'o Origin,
    contexts: BTreeMap<String, String>,
    job: Run,
}

impl<'o> Runner<'o> {
    fn new(origin: &'o Origin, event: &str, machine: Machine) -> Self {
        let temp = machine.temp();
        let file = |name: &str| temp.join(name).display().to_string();
        let (summary, output, path) = (file("summary.md"), file("output"), file("path"));
        let base = if event == "pull_request" { "main" } else { "" };
        let machine = machine.with(&[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_EVENT_NAME", event),
            ("GITHUB_BASE_REF", base),
            ("GITHUB_STEP_SUMMARY", &summary),
            ("GITHUB_OUTPUT", &output),
            ("GITHUB_PATH", &path),
            ("GITHUB_ACTION_PATH", &root().display().to_string()),
            ("RUNNER_TEMP", &temp.display().to_string()),
        ]);
        let group = if event == "merge_group" { origin.merged_into() } else { String::new() };
        let contexts = [
            ("github.event_name", event),
            ("github.event.merge_group.base_sha", &group),
            ("github.token", "s3cret"),
            ("github.event.pull_request.number", "5"),
            // What it is compared with: a branch of the repository itself.
            ("github.event.pull_request.head.repo.full_name", "github.repository"),
            ("runner.os", "Linux"),
            ("runner.arch", "X64"),
        ];
        let contexts = contexts.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self { machine, origin, contexts: contexts.into(), job: Run::default() }
    }

    /// Runs the jobs that are for the event: exactly one.
    fn run(mut self, workflow: &Value) -> Self {
        let jobs = workflow["jobs"].as_object().expect("jobs").values();
        let mut jobs: Vec<_> = jobs.filter(|job| self.holds(text(&job["if"]))).collect();
        let job = jobs.pop().expect("a job is for the event");
        assert!(jobs.is_empty(), "one job is for the event");
        self.steps(&job["steps"]);
        self
    }

    fn steps(&mut self, steps: &Value) {
        for step in steps.as_array().expect("steps") {
            let condition = step.get("if").map_or("success()", text);
            let id = step.get("id").map(text);
            if let Some(id) = id {
                self.contexts.insert(format!("steps.{id}"), String::new());
            }
            if !self.holds(condition) {
                continue;
            }
            match step.get("uses") {
                Some(action) => self.uses(text(action), step),
                None => self.shell(step),
            }
            if let Some(id) = id {
                self.take_outputs(id);
            }
        }
    }

    fn shell(&mut self, step: &Value) {
        assert!(step.get("working-directory").is_none(), "no test knows of a step's own folder");
        let script = lines(&step["run"]);
        self.machine.note(&script);
        let variables = step.get("env").and_then(Value::as_object).into_iter().flatten();
        let variables = variables.map(|(name, value)| (name.clone(), self.expand(text(value)))).collect();
        let run = self.machine.bash(&script, &self.machine.checkout(), &variables);
        self.job.and(&run);
        let path = fs::read_to_string(self.machine.temp().join("path")).unwrap_or_default();
        path.lines().for_each(|folder| self.machine.put_on_path(PathBuf::from(folder)));
    }

    fn uses(&mut self, action: &str, step: &Value) {
        let with = |key: &str| step["with"].get(key).map(plain);
        match action {
            "actions/checkout@v4" => {
                let depth =
                    if with("fetch-depth").as_deref() == Some("0") { Depth::Whole } else { Depth::One };
                assert_eq!(with("persist-credentials").as_deref(), Some("false"));
                let branch = if self.contexts["github.event_name"] == "schedule" { "main" } else { "merge" };
                self.origin.checkout(branch, depth, &self.machine.checkout());
            }
            "actions/cache@v4" => {
                let key = self.expand(&with("key").expect("a key"));
                assert_eq!(key.len(), "fundamentals-Linux-X64-".len() + 40, "{key}");
                let path = self.expand(&with("path").expect("a path"));
                assert_eq!(path, self.machine.temp().join("fundamentals").display().to_string());
            }
            "actions/upload-artifact@v4" => {
                let path = self.machine.checkout().join(with("path").expect("a path"));
                assert!(has_content(&path), "{}", path.display());
            }
            own if own.starts_with("OWNER/fundamentals@") => self.action(step),
            other => panic!("no test knows how to run {other}"),
        }
    }

    /// The steps of the repository's own action.
    fn action(&mut self, step: &Value) {
        let action = yaml(ACTION);
        let inputs = action["inputs"].as_object().expect("inputs");
        let with = step.get("with").and_then(Value::as_object).cloned().unwrap_or_default();
        for name in with.keys() {
            assert!(inputs.contains_key(name), "the action has no input {name}");
        }
        for (name, input) in inputs {
            let value = with.get(name).unwrap_or(&input["default"]);
            self.contexts.insert(format!("inputs.{name}"), plain(value));
        }
        self.steps(&action["runs"]["steps"]);
    }

    fn take_outputs(&mut self, id: &str) {
        let file = self.machine.temp().join("output");
        let outputs = fs::read_to_string(&file).unwrap_or_default();
        for (name, value) in outputs.lines().filter_map(|line| line.split_once('=')) {
            self.contexts.insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
        }
        let _ = fs::remove_file(file);
    }

    /// A text with the values of its expressions.
    fn expand(&self, text: &str) -> String {
        let mut parts = text.split("${{");
        let mut expanded = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (expression, rest) = part.split_once("}}").expect("an expression ends");
            expanded.push_str(&self.value(expression));
            expanded.push_str(rest);
        }
        expanded
    }

    /// The first of some alternatives that isn't empty.
    fn value(&self, expression: &str) -> String {
        let mut alternatives = expression.split("||").map(|name| self.one_value(name.trim()));
        alternatives.find(|value| !value.is_empty()).unwrap_or_default()
    }

    fn one_value(&self, name: &str) -> String {
        if let Some(value) = self.contexts.get(name) {
            return value.clone();
        }
        let step = name.split(".outputs.").next().unwrap_or_default();
        assert!(self.contexts.contains_key(step), "no test knows what {name} is");
        String::new()
    }

    fn holds(&self, condition: &str) -> bool {
        let all = |part: &str| part.split("&&").all(|test| self.test_holds(test.trim()));
        // What doesn't ask how the steps before ended is for when they went well.
        let in_time = condition.contains("always()") || self.job.code == 0;
        in_time && condition.split("||").any(all)
    }

    fn test_holds(&self, test: &str) -> bool {
        let literal = |text: &str| text.trim().trim_matches('\'').to_owned();
        if let Some((name, value)) = test.split_once("==") {
            return self.value(name) == literal(value);
        }
        if let Some((name, value)) = test.split_once("!=") {
            return self.value(name) != literal(value);
        }
        assert!(["always()", "success()"].contains(&test), "no test knows what {test} is");
        true
    }

    fn summary(&self) -> String {
        fs::read_to_string(self.machine.temp().join("summary.md")).unwrap_or_default()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}

/// A scalar as GitHub hands it on: as text.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The example with another value in the checkout or the action of its gate.
fn gate_with(uses: &str, key: &str, value: &str) -> Value {
    let mut workflow = yaml(WORKFLOW);
    let steps = workflow["jobs"]["gate"]["steps"].as_array_mut().expect("steps");
    let step =
        steps.iter_mut().rfind(|step| text(&step["uses"]).starts_with(uses)).expect("the step is there");
    step["with"][key] = value.into();
    workflow
}

#[test]
fn the_example_for_github_passes_a_clean_change_and_fails_a_drop() {
    for event in ["pull_request", "merge_group"] {
        for (change, code) in [(Change::Clean, 0), (Change::Drop, 4)] {
            let origin = Origin::with(change);
            let runner = Runner::new(&origin, event, Machine::new()).run(&yaml(WORKFLOW));
            runner.job.assert_ended_with(code);
            assert!(!runner.summary().is_empty(), "{change:?}");
            let place = runner.machine.temp().join("fundamentals");
            let build =
                format!("install --locked --path . --root {}, in {}\n", place.display(), root().display());
            assert_eq!(runner.machine.installed(), build, "built once, from the action's own source");
            assert_eq!(runner.job.out.contains("::error "), code == 4, "{}", runner.job.out);
        }
    }
}

#[test]
fn the_example_for_github_publishes_the_review_pack_and_forgets_no_step() {
    let origin = Origin::with(Change::Clean);
    let pack = Runner::new(&origin, "schedule", Machine::new()).run(&yaml(WORKFLOW));
    pack.job.assert_ended_with(0);
    assert!(pack.summary().contains("Hot spots"), "{}", pack.summary());
    let gate = Runner::new(&origin, "pull_request", Machine::new()).run(&yaml(WORKFLOW));
    let ran: BTreeSet<_> = pack.machine.ran().into_iter().chain(gate.machine.ran()).collect();
    assert_all_ran(WORKFLOW, &ran);
    assert_all_ran(ACTION, &ran);
}

#[test]
fn the_comment_on_github_has_the_gates_findings_whether_it_passes_or_not() {
    for (change, words) in
        [(Change::Clean, "gate passed"), (Change::Drop, "Logging dropped from amber to red")]
    {
        let origin = Origin::with(change);
        let runner = Runner::new(&origin, "pull_request", with_host(Machine::new())).run(&yaml(COMMENT));
        runner.job.assert_ended_with(0);
        let comments = comments(&runner.machine);
        assert!(comments[1].contains(words), "{comments:?}");
        assert_all_ran(COMMENT, &runner.machine.ran());
    }
}

#[test]
fn a_pull_request_from_a_fork_gets_no_comment_and_no_job_may_write_for_it() {
    let origin = Origin::with(Change::Drop);
    let mut fork = Runner::new(&origin, "pull_request", Machine::new());
    fork.contexts
        .insert("github.event.pull_request.head.repo.full_name".to_owned(), "fork/estate".to_owned());
    let workflow = yaml(COMMENT);
    assert!(!fork.holds(text(&workflow["jobs"]["comment"]["if"])));
    for file in [COMMENT, WORKFLOW] {
        assert!(yaml(file)["on"].get("pull_request_target").is_none(), "{file}");
    }
}

#[test]
fn the_action_shows_a_drop_and_fails_nothing_in_a_trial() {
    let origin = Origin::with(Change::Drop);
    let workflow = gate_with("OWNER/", "exit-zero", "true");
    let runner = Runner::new(&origin, "pull_request", Machine::new()).run(&workflow);
    runner.job.assert_ended_with(0).assert_says("without `--exit-zero` this would exit with 4");
    assert!(runner.summary().contains("bag-api"), "{}", runner.summary());
}

#[test]
fn the_action_says_what_to_fetch_for_a_shallow_checkout() {
    let origin = Origin::with(Change::Drop);
    let workflow = gate_with("actions/checkout", "fetch-depth", "1");
    let runner = Runner::new(&origin, "pull_request", Machine::new()).run(&workflow);
    runner.job.assert_ended_with(3).assert_says("`fetch-depth: 0` in GitHub Actions");
}

#[test]
fn the_action_takes_more_options_as_words_and_runs_none_of_them() {
    let origin = Origin::with(Change::Drop);
    let one_word = gate_with("OWNER/", "args", "--service search-api");
    Runner::new(&origin, "pull_request", Machine::new()).run(&one_word).job.assert_ended_with(0);
    let hostile = gate_with("OWNER/", "args", "; touch pwned $(touch pwned) `touch pwned` *");
    let runner = Runner::new(&origin, "pull_request", Machine::new()).run(&hostile);
    runner.job.assert_ended_with(2);
    assert!(!runner.machine.checkout().join("pwned").exists());
    let an_option = gate_with("OWNER/", "base", "--list");
    let runner = Runner::new(&origin, "pull_request", Machine::new()).run(&an_option);
    runner.job.assert_ended_with(3).assert_says("git knows no revision `--list`");
}

#[test]
fn the_action_builds_nothing_where_the_program_is_on_path() {
    let origin = Origin::with(Change::Drop);
    let mut workflow = yaml(WORKFLOW);
    for step in workflow["jobs"]["gate"]["steps"].as_array_mut().expect("steps") {
        if text(&step["uses"]).starts_with("OWNER/") {
            step["with"]["installed"] = "true".into();
        }
    }
    let runner = Runner::new(&origin, "pull_request", Machine::new().with_program()).run(&workflow);
    runner.job.assert_ended_with(4);
    assert_eq!(runner.machine.installed(), "");
}

#[test]
fn the_action_refuses_a_command_that_it_does_not_have() {
    let origin = Origin::with(Change::Clean);
    let workflow = gate_with("OWNER/", "command", "trend");
    let runner = Runner::new(&origin, "pull_request", Machine::new()).run(&workflow);
    runner.job.assert_ended_with(2).assert_says("`gate`, `check` or `install`");
}
