//! The files under test, and every shell step in them, however deep.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Where a CI file may hold what a shell runs.
const SHELL_KEYS: [&str; 9] =
    ["run", "script", "bash", "before_script", "after_script", "entry", "pwsh", "powershell", "inlineScript"];

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(crate) fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The lines of a step: a text, or a list of them.
pub(crate) fn lines(step: &Value) -> String {
    match step {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().map(lines_of_item).collect::<Vec<_>>().join("\n"),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
            panic!("not a shell step: {step}")
        }
    }
}

fn lines_of_item(item: &Value) -> String {
    item.as_str().unwrap_or_else(|| panic!("not a line of a shell step: {item}")).to_owned()
}

/// Every shell step beneath a value.
pub(crate) fn shell_steps(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Object(map) => {
            let of_key = |(key, value): (&String, &Value)| {
                if SHELL_KEYS.contains(&key.as_str()) {
                    BTreeSet::from([lines(value)])
                } else {
                    shell_steps(value)
                }
            };
            map.iter().flat_map(of_key).collect()
        }
        Value::Array(items) => items.iter().flat_map(shell_steps).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => BTreeSet::new(),
    }
}

/// Fails if a file has a shell step that no test ran, so that none can be forgotten.
#[track_caller]
pub(crate) fn assert_all_ran(file: &str, ran: &BTreeSet<String>) {
    let steps = shell_steps(&yaml(file));
    assert!(!steps.is_empty(), "{file} has no shell steps");
    let forgotten: Vec<_> = steps.difference(ran).collect();
    assert!(forgotten.is_empty(), "{file}: never run: {forgotten:#?}");
}

/// Whether a file, or some file in a folder, has something in it.
pub(crate) fn has_content(path: &Path) -> bool {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("the folder can be read");
        return entries.filter_map(Result::ok).any(|entry| has_content(&entry.path()));
    }
    fs::metadata(path).is_ok_and(|file| file.len() > 0)
}

#[test]
fn every_file_for_ci_is_known_to_these_tests() {
    let known = [
        "README.md",
        "azure-pipelines.yml",
        "comment.sh",
        "github-actions.yml",
        "github-comment.yml",
        "gitlab-ci.yml",
        "plain.sh",
        "review-pack.sh",
    ];
    let entries = fs::read_dir(root().join("examples/ci")).expect("the folder is there");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    assert_eq!(names.collect::<BTreeSet<_>>(), known.map(str::to_owned).into());
}

#[test]
fn the_examples_install_this_version() {
    let version = env!("CARGO_PKG_VERSION");
    let pins = [
        ("examples/ci/github-actions.yml", format!("uses: OWNER/fundamentals@v{version}\n"), 3),
        ("examples/ci/github-comment.yml", format!("uses: OWNER/fundamentals@v{version}\n"), 1),
        ("examples/ci/gitlab-ci.yml", format!("FUNDAMENTALS_VERSION: \"{version}\"\n"), 1),
        ("examples/ci/azure-pipelines.yml", format!("FUNDAMENTALS_VERSION: \"{version}\"\n"), 1),
        ("examples/ci/plain.sh", format!("${{FUNDAMENTALS_VERSION:-{version}}}"), 1),
        ("examples/ci/README.md", format!("rev: v{version}\n"), 1),
    ];
    for (file, pin, times) in pins {
        assert_eq!(text(file).matches(&pin).count(), times, "{file}: {pin}");
    }
}

#[test]
fn nobody_elses_text_becomes_shell_code() {
    for file in ["action.yml", "examples/ci/github-actions.yml", "examples/ci/github-comment.yml"] {
        for step in shell_steps(&yaml(file)) {
            assert!(!step.contains("${{"), "{file}: pass it as a variable:\n{step}");
        }
    }
}
