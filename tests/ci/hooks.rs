//! The hooks of pre-commit: what they run, and for which files.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::files::{assert_all_ran, lines, yaml};
use crate::machine::{Machine, Run};
use crate::repository::{Change, Depth, Origin};

const FILE: &str = ".pre-commit-hooks.yaml";

fn hook(id: &str) -> Value {
    let hooks = yaml(FILE);
    let hook = hooks.as_array().expect("a list").iter().find(|hook| hook["id"] == id);
    hook.unwrap_or_else(|| panic!("a hook {id}")).clone()
}

/// Runs a hook in a clone on the branch of a change, as pre-commit does: its entry, with its arguments.
fn run(id: &str, change: Change, before: &str) -> (Run, BTreeSet<String>) {
    let hook = hook(id);
    assert_eq!(hook["language"], "rust");
    assert_eq!(hook["pass_filenames"], false);
    let entry = lines(&hook["entry"]);
    let words = hook.get("args").and_then(Value::as_array).into_iter().flatten();
    let words: Vec<_> = words.map(|word| format!("'{}'", word.as_str().expect("a text"))).collect();
    let mut machine = Machine::new().with_program();
    machine.note(&entry);
    let origin = Origin::with(change);
    origin.checkout("change", Depth::Whole, &machine.checkout());
    let script = format!("{before}\n{entry} {}", words.join(" "));
    let run = machine.bash(&script, &machine.checkout(), &BTreeMap::new());
    (run, machine.ran())
}

#[test]
fn the_hook_that_gates_passes_a_clean_change_and_fails_a_drop() {
    for (change, code) in [(Change::Clean, 0), (Change::Drop, 4)] {
        run("fundamentals-gate", change, "").0.assert_ended_with(code);
    }
    let hook = hook("fundamentals-gate");
    assert_eq!(hook["always_run"], true, "what was committed before counts, too");
    assert_eq!(hook["stages"][0], "pre-push");
}

#[test]
fn the_hook_that_checks_fails_a_file_with_an_error() {
    run("fundamentals-check", Change::Drop, "").0.assert_ended_with(0);
    let typo = "sed -i.bak 's/^domain/domian/' services/bag-api.yaml";
    run("fundamentals-check", Change::Clean, typo).0.assert_ended_with(3);
}

#[test]
fn the_hooks_forget_no_entry() {
    let hooks = ["fundamentals-check", "fundamentals-gate"];
    let ran: BTreeSet<_> = hooks.into_iter().flat_map(|id| run(id, Change::Clean, "").1).collect();
    assert_all_ran(FILE, &ran);
}

#[test]
fn the_hook_that_checks_is_for_the_files_of_an_estate() {
    let files = hook("fundamentals-check")["files"].as_str().expect("a pattern").to_owned();
    let matches = |path: &str| {
        let variables = [("FILES", files.as_str()), ("FILE", path)];
        let machine = Machine::new().with(&variables);
        machine.bash("grep -qE \"$FILES\" <<< \"$FILE\"", &machine.temp(), &BTreeMap::new()).code == 0
    };
    for path in [
        "fundamentals.toml",
        "services/shop/bag-api.yaml",
        "services/bag-api.yml",
        "rubric/ours/v1.toml",
        "slo/2026-11.csv",
        "slo/checkout-api.json",
        "estate/fundamentals.toml",
        "estate/services/bag-api.yaml",
    ] {
        assert!(matches(path), "{path}");
    }
    for path in
        ["README.md", "src/services.rs", "my-services/bag-api.yaml", "Cargo.toml", "fundamentals-toml"]
    {
        assert!(!matches(path), "{path}");
    }
}
