//! Azure Pipelines: the example's jobs, interpreted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::files::{assert_all_ran, has_content, lines, yaml};
use crate::machine::{Machine, Run};
use crate::repository::{Change, Depth, Origin};

const FILE: &str = "examples/ci/azure-pipelines.yml";

/// An agent of Azure Pipelines.
struct Agent<'o> {
    machine: Machine,
    origin: &'o Origin,
    reason: String,
    variables: BTreeMap<String, String>,
    job: Run,
    published: BTreeSet<String>,
}

impl<'o> Agent<'o> {
    /// Runs the job that is for this reason: exactly one.
    fn run(file: &Value, reason: &str, origin: &'o Origin, target: &str) -> Self {
        let variables = file["variables"].as_object().expect("variables").iter();
        let variables =
            variables.map(|(name, value)| (name.clone(), value.as_str().expect("a text").to_owned()));
        let machine = Machine::new();
        let workspace = machine.temp().display().to_string();
        let machine = machine.with(&[
            ("BUILD_REASON", reason),
            ("PIPELINE_WORKSPACE", &workspace),
            ("SYSTEM_PULLREQUEST_TARGETBRANCH", target),
        ]);
        let jobs = file["jobs"].as_array().expect("jobs").iter();
        let is_for =
            |job: &&Value| job["condition"].as_str().expect("a condition").contains(&format!("'{reason}'"));
        let jobs: Vec<_> = jobs.filter(is_for).collect();
        assert_eq!(jobs.len(), 1, "one job is for {reason}");
        let mut agent = Self {
            machine,
            origin,
            reason: reason.to_owned(),
            variables: variables.collect(),
            job: Run::default(),
            published: BTreeSet::new(),
        };
        jobs[0]["steps"].as_array().expect("steps").iter().for_each(|step| agent.step(step));
        agent
    }

    fn step(&mut self, step: &Value) {
        match step.get("condition").and_then(Value::as_str) {
            None if self.job.code != 0 => return,
            None | Some("succeededOrFailed()") => {}
            Some(other) => panic!("no test knows what {other} is"),
        }
        if step.get("checkout").is_some() {
            self.checkout(&step["fetchDepth"]);
        } else if let Some(script) = step.get("bash") {
            self.bash(&lines(script), &step["target"]);
        } else if let Some(path) = step.get("publish") {
            self.publish(path.as_str().expect("a path"));
        } else {
            match step["task"].as_str() {
                Some("Cache@2") => {
                    assert_eq!(step["inputs"]["path"], "$(Pipeline.Workspace)/fundamentals");
                }
                Some("PublishTestResults@2") => {
                    self.publish(step["inputs"]["testResultsFiles"].as_str().expect("a path"));
                }
                Some(_) | None => panic!("no test knows how to run {step}"),
            }
        }
    }

    fn checkout(&self, depth: &Value) {
        let depth = if *depth == 0 { Depth::Whole } else { Depth::One };
        let branch = if self.reason == "PullRequest" { "merge" } else { "main" };
        self.origin.checkout(branch, depth, &self.machine.checkout());
    }

    fn bash(&mut self, script: &str, target: &Value) {
        self.machine.note(script);
        let run = self.machine.bash(script, &self.machine.checkout(), &self.variables);
        let prints_what_others_wrote = script.contains("fundamentals -C");
        assert_eq!(prints_what_others_wrote, target["commands"] == "restricted", "{script}");
        for command in run.out.lines().filter_map(|line| line.strip_prefix("##vso[")) {
            let (name, value) = command.split_once(']').expect("a command ends");
            match name {
                "task.prependpath" => self.machine.put_on_path(PathBuf::from(value)),
                "task.uploadsummary" => self.publish(value),
                other => panic!("no test knows what {other} is"),
            }
        }
        self.job.and(&run);
    }

    fn publish(&mut self, path: &str) {
        let whole = self.machine.checkout().join(path);
        assert!(has_content(&whole), "{path} has nothing in it");
        let name = Path::new(path).file_name().expect("a name").to_string_lossy().into_owned();
        self.published.insert(name);
    }
}

#[test]
fn the_example_for_azure_passes_a_clean_change_and_fails_a_drop() {
    for (change, code) in [(Change::Clean, 0), (Change::Drop, 4)] {
        for target in ["refs/heads/main", "main"] {
            let origin = Origin::with(change);
            let agent = Agent::run(&yaml(FILE), "PullRequest", &origin, target);
            agent.job.assert_ended_with(code);
            assert_eq!(agent.published, ["gate.md", "gate.xml"].map(str::to_owned).into());
            let root = agent.machine.temp().join("fundamentals");
            let build = format!(
                "install --locked --git https://github.com/OWNER/fundamentals --tag v{} --root {} fundamentals, in {}\n",
                env!("CARGO_PKG_VERSION"),
                root.display(),
                agent.machine.temp().display()
            );
            assert_eq!(agent.machine.installed(), build);
            let results = std::fs::read_to_string(agent.machine.checkout().join("gate.xml"));
            assert!(results.expect("the results are there").starts_with("<?xml"));
        }
    }
}

#[test]
fn the_example_for_azure_publishes_the_review_pack_and_forgets_no_step() {
    let origin = Origin::with(Change::Clean);
    let pack = Agent::run(&yaml(FILE), "Schedule", &origin, "");
    pack.job.assert_ended_with(0);
    assert_eq!(pack.published, ["review-pack".to_owned()].into());
    let gate = Agent::run(&yaml(FILE), "PullRequest", &origin, "main");
    let ran: BTreeSet<_> = pack.machine.ran().into_iter().chain(gate.machine.ran()).collect();
    assert_all_ran(FILE, &ran);
}

#[test]
fn the_example_for_azure_says_what_to_fetch_for_a_shallow_checkout() {
    let mut file = yaml(FILE);
    file["jobs"][0]["steps"][0]["fetchDepth"] = 1.into();
    // Nothing was compared, so there are no results to publish.
    let steps = file["jobs"][0]["steps"].as_array_mut().expect("steps");
    steps.retain(|step| step["task"] != "PublishTestResults@2");
    let origin = Origin::with(Change::Drop);
    let agent = Agent::run(&file, "PullRequest", &origin, "main");
    agent.job.assert_ended_with(3).assert_says("`fetchDepth: 0` in Azure Pipelines");
}
